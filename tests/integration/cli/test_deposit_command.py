"""`publicc deposit` as a person types it: a rehearsal keeps nothing, the account comes in words or in JSON."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from publicc.cli import app
from publicc.collective.models import Organization
from tests.agreed import with_agreement

SALES = """Numéro de transaction,Code client,Code événement,Date & heure transaction,Montant du billet
T1,C1,E1,2018-12-01 10:00,35.00
"""
Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """Run `publicc deposit theatre …` in a home of its own: exit code, stdout, stderr."""
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path / "home"))

    def run(*words: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["publicc", "deposit", "theatre", *map(str, words)])
        code = 0
        try:
            app.main()
        except SystemExit as left:
            code = int(str(left.code or 0))
        told = capsys.readouterr()
        return code, told.out.replace("\u00a0", " "), told.err

    return run


@pytest.fixture
def sales(tmp_path: Path) -> Path:
    path = tmp_path / "exports" / "ventes.csv"
    path.parent.mkdir()
    path.write_text(SALES, encoding="utf-8")
    return path


def test_a_rehearsal_says_all_and_keeps_nothing(said: Said, sales: Path) -> None:
    code, out, err = said(sales, "--dry-run", "--lang", "fr")
    assert (code, err) == (0, "")
    assert "Une ligne est un billet. 1 ligne lue, 1 acceptée, 0 mise à part, 0 refusée." in out
    assert "Répétition seulement : rien n'a été gardé." in out
    assert "Qualité : " in out
    code, out, _ = said(sales, "--lang", "en")
    assert code == 0
    assert "1 added" in out
    assert "In the vault: 1 valid ticket, 1 order" in out
    assert "Quality: " in out


def test_a_rehearsal_tells_the_quality_of_what_the_vault_would_hold(said: Said, sales: Path) -> None:
    assert said(sales)[0] == 0
    sales.write_text(SALES + "T2,C2,E1,2018-12-02 10:00,\n", encoding="utf-8")
    rehearsed = json.loads(said(sales, "--dry-run", "--json")[1])["quality"]
    received = json.loads(said(sales, "--json")[1])["quality"]
    assert rehearsed == received
    assert received["rows_read"] == 3


def test_json_stands_alone_and_holds_the_account_and_the_quality(said: Said, sales: Path) -> None:
    code, out, _ = said(sales, "--json")
    told = json.loads(out)
    assert code == 0
    assert (told["rows_read"], told["rows_kept"], told["rows_refused"]) == (1, 1, 0)
    assert told["held"]["tickets"] == 1
    assert set(told["quality"]["dimensions"])
    assert set(told["tables"][0]["sentence"]) == {"fr", "en"}
    again = json.loads(said(sales, "--json")[1])
    assert again["already_received"] is True


def test_a_mapping_is_written_read_back_and_obeyed(said: Said, sales: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "correspondance.toml"
    assert said(sales, "--mapping", mapping)[0] == 0
    written = mapping.read_text(encoding="utf-8")
    assert '"Montant du billet" = "amount"' in written
    mapping.write_text(written.replace('"Montant du billet" = "amount"', '"Montant du billet" = "-"'), encoding="utf-8")
    _, out, _ = said(sales, "--mapping", mapping, "--lang", "fr")
    assert "Colonnes non gardées : Montant du billet." in out
    mapping.write_text("source = [", encoding="utf-8")
    code, _, err = said(sales, "--mapping", mapping, "--lang", "en")
    assert code == 2
    assert "not valid TOML" in err


def test_a_folder_is_its_files_and_its_description(said: Said, sales: Path) -> None:
    (sales.parent / "organization.toml").write_text('name = "Théâtre"\ntime_zone = "America/Halifax"\n')
    (sales.parent / "2019").mkdir()
    (sales.parent / "2019" / "ventes.csv").write_text(SALES.replace("T1", "T2"), encoding="utf-8")
    code, out, _ = said(sales.parent, "--json")
    assert code == 0
    assert json.loads(out)["held"]["tickets"] == 2


def test_a_file_that_is_not_there_is_said_in_one_sentence(said: Said, tmp_path: Path) -> None:
    code, out, err = said(tmp_path / "absent.csv", "--lang", "en")
    assert (code, out) == (2, "")
    assert "This file does not exist. File absent.csv." in err
    assert said(tmp_path, "--lang", "de")[0] == 2


def test_no_file_is_taken_of_an_organization_whose_agreement_does_not_allow_it(
    db: None, said: Said, sales: Path, tmp_path: Path
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "control.sqlite3").touch()
    theatre = Organization.objects.create(slug="theatre", name="Théâtre du Nord")
    code, out, err = said(sales, "--lang", "fr")
    assert (code, out) == (2, "")
    assert "Aucune entente en vigueur ne permet de prendre vos fichiers." in err
    assert not (tmp_path / "home" / "vaults").exists()
    with_agreement(theatre)
    assert said(sales)[0] == 0
