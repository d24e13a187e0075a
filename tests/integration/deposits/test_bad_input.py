"""What a person can hand over by mistake or by malice, through a whole deposit: the table is the specification.

Each line: a clear sentence in both languages (what, where, what was found, what to do); what the vault held stays as it
was; a good file beside the bad one is still received; nothing of the file lingers.
"""

import gzip
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from publicc.cli import app
from publicc.intake.deposits.words import said_report
from publicc.intake.models import Deposit
from publicc.intake.states import DepositState
from publicc.kernel.errors import BadInput
from tests.intake_deposits import Vault, accounts_hold
from tests.unit.intake.reading import hostile
from tests.unit.intake.reading.hostile import MIB, archive, text

CLIENTS = """Code client,Prénom,Nom,Courriel,Code postal
C1,Ada,Roy,ada@example.org,H2X 1Y4
C2,Ben,Côté,ben@example.org,H7N 1A1
C3,Chloé,Gagné,chloe@example.org,G1R 4P5
"""
SHOWS = """Code événement,Titre événement,Nom de la salle,Date & heure de début,Nombre de sièges,Discipline
E1,Hamlet,Grande salle,2019-01-10 20:00,300,Théâtre
E2,Tartuffe,Grande salle,2019-03-02 20:00,300,Théâtre
"""
HEAD = "Numéro de transaction,Code client,Code événement,Date & heure transaction,Montant du billet,Catégorie de prix\n"
SALES = HEAD + "".join(f"T{n},C{n % 3 + 1},E{n % 2 + 1},2018-12-{n + 1:02d} 10:00,35.00,Régulier\n" for n in range(9))
WIDE = ",".join(f"c{n}" for n in range(301)) + "\n" + ",".join("1" * 301) + "\n"


@dataclass(frozen=True)
class Refused:
    """A file of which nothing can be taken: its name, what makes it, and words of the sentence that refuses it."""

    name: str
    make: Callable[[Path], None]
    fr: str
    en: str


REFUSED = {
    "empty file": Refused("ventes.csv", text(""), "est vide", "is empty"),
    "header only": Refused("ventes.csv", text(HEAD), "aucune donnée", "no data"),
    "wrong table": Refused("budget.csv", text("Poste,Montant prévu\nDécor,5000\nSon,3000\n"),
                           "Aucune table reconnue", "No table is recognised"),
    "binary renamed csv": Refused("ventes.csv", text(b"\x89PNG\r\n\x1a\n" + bytes(1000)), "données lisible",
                                  "no data file"),
    "truncated ZIP": Refused("ventes.zip", hostile.truncated_archive, "endommagé", "damaged"),
    "ZIP bomb": Refused("ventes.zip", hostile.bomb, "démesuré", "enormous"),
    "XLSX that explodes in memory": Refused("ventes.xlsx", hostile.exploding_workbook, "démesuré", "enormous"),
    "NUL bytes": Refused("ventes.csv", text((HEAD + "T1,C1,E1,2018-12-01 10:00,35\0,Régulier\n").encode()),
                         "ligne 2", "line 2"),
    "more than 300 columns": Refused("ventes.csv", text(WIDE), "301 colonnes", "301 columns"),
    "endless line": Refused("ventes.csv", hostile.endless_line, "démesurée", "enormous line"),
}  # fmt: skip


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """A vault that already holds three customers, nine tickets and two performances."""
    held = Vault(tmp_path)
    held.deposit(files={"clients.csv": CLIENTS, "representations.csv": SHOWS, "transactions.csv": SALES})
    return held


def state(vault: Vault) -> list[object]:
    tables = ("current_customers", "current_tickets", "current_performances", "deposits", "refused_rows")
    return [vault.rows(f"SELECT count(*), bit_xor(hash(t)) FROM {table} AS t") for table in tables]


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_of_no_use_is_refused_in_a_sentence_and_harms_nothing(vault: Vault, tmp_path: Path, case: str) -> None:
    bad = REFUSED[case]
    (tmp_path / "new").mkdir()
    path = tmp_path / "new" / bad.name
    bad.make(path)
    before = state(vault)
    with pytest.raises(BadInput) as refused:
        vault.deposit(path)
    french, english = (refused.value.sentence(lang).replace("\u00a0", " ") for lang in ("fr", "en"))
    assert bad.fr in french
    assert bad.en in english
    assert bad.name in french
    assert refused.value.do is not None
    assert "Roy" not in french + english
    assert state(vault) == before
    good = tmp_path / "new" / "nouvelles.csv"
    good.write_text(HEAD + "T99,C1,E1,2018-12-30 10:00,35.00,Régulier\n", encoding="utf-8")
    report = vault.deposit(path, good)
    assert report.held.tickets == 10
    assert (
        bad.fr in " ".join([p.problem.said("fr").replace("\u00a0", " ") for p in report.problems])
        or case == "wrong table"
    )


@dataclass(frozen=True)
class Kept:
    """Sales with something wrong in them: the last rows of the file, how many are refused, and what is said."""

    rows: str
    refused: int
    tickets: int
    """Valid tickets held afterwards, of the nine before and those of the file."""
    fr: str = ""
    en: str = ""
    head: str = HEAD


TWENTY = "".join(f"N{n},C1,E1,2018-11-{n + 1:02d} 10:00,20.00,Régulier\n" for n in range(20))
TWICE = HEAD.replace("Catégorie de prix\n", "Catégorie de prix,Catégorie de prix\n")
MANY = HEAD.rstrip() + "".join(f",x{n}" for n in range(294)) + "\n"


def one_more(row: str, refused: int, fr: str = "", en: str = "") -> Kept:
    """Twenty good sales and one of which something is odd."""
    return Kept(f"{TWENTY}{row}\n", refused, 30 - refused, fr, en)


ROWS = {
    "a date in 1900": one_more("X,C1,E1,1900-01-01 00:00,35.00,Régulier", 1, "avant 1970", "before 1970"),
    "a date in 2999": one_more("X,C1,E1,2999-01-01 00:00,35.00,Régulier", 1, "avenir", "future"),
    "a negative amount alone": one_more("X,C1,E1,2018-12-01 00:00,-35.00,Régulier", 1, "négatif", "negative"),
    "a refund of a sale": Kept(f"{TWENTY}N0,C1,E1,2018-12-01 00:00,-20.00,Régulier\n", 0, 28),
    "an amount that is none": one_more(
        "X,C1,E1,2018-12-01 00:00,gratis,Régulier", 1, "ne se lit pas", "cannot be read"
    ),
    "too many cells": one_more("X,C1,E1,2018-12-01 00:00,35.00,Régulier,a,b", 1, "trop ou trop peu", "too many or too"),
    "a customer nobody knows": one_more("X,C999,E1,2018-12-01 00:00,35.00,Régulier", 0),
    "a performance nobody knows": one_more("X,C1,E999,2018-12-01 00:00,35.00,Régulier", 0),
    "a formula": one_more("X,C1,E1,2018-12-01 00:00,35.00,=cmd|' /C calc'!A0", 0),
    "two headers alike": Kept(TWENTY.replace("\n", ",x\n"), 0, 29, head=TWICE),
    "300 columns": Kept(TWENTY.replace("\n", "," * 294 + "\n"), 0, 29, head=MANY),
}


@pytest.mark.parametrize("case", ROWS)
def test_a_row_that_cannot_be_is_refused_with_its_number_and_the_others_are_taken(vault: Vault, case: str) -> None:
    one = ROWS[case]
    report = vault.deposit(files={"nouvelles.csv": one.head + one.rows})
    assert accounts_hold(report)
    assert report.held.tickets == one.tickets
    assert sum(refused.count for refused in report.refusals) == one.refused
    if one.refused:
        (refused,) = report.refusals
        assert (refused.file_name, refused.rows) == ("nouvelles.csv", (22,))
        assert one.fr in refused.why.fr
        assert one.en in refused.why.en
        assert vault.rows("SELECT row_number, cells LIKE '%X%' FROM refused_rows") == [(22, True)], "nothing is lost"
        assert "✗ nouvelles.csv, ligne 22" in said_report(report, "fr")
        assert "✗ nouvelles.csv, row 22" in said_report(report, "en")


def test_mixed_encodings_are_mended_line_by_line_and_said(vault: Vault, tmp_path: Path) -> None:
    lines = (CLIENTS + "C4,Zoé,Hébert,z@example.org,H2X 1Y4\n").encode().splitlines(keepends=True)
    lines.append("C5,Noémie,Lévesque,n@example.org,H2X 1Y4\n".encode("cp1252"))
    (tmp_path / "mixte.csv").write_bytes(b"".join(lines))
    report = vault.deposit(tmp_path / "mixte.csv")
    assert accounts_hold(report)
    names = dict(vault.rows("SELECT customer_key, last_name FROM current_customers"))
    assert (names["C4"], names["C5"]) == ("Hébert", "Lévesque")


def test_codes_given_to_others_by_a_new_system_are_asked_about_and_kept_apart(vault: Vault) -> None:
    others = CLIENTS.replace("Ada,Roy,ada", "Zoé,Lavoie,zoe").replace("Ben,Côté,ben", "Guy,Hébert,guy").replace(
        "Chloé,Gagné,chloe", "Luc,Morin,luc").replace("H2X 1Y4", "J1H 1A1").replace("H7N 1A1", "J1H 2B2").replace(
        "G1R 4P5", "J1H 3C3")  # fmt: skip
    report = vault.deposit(files={"clients-2019.csv": others})
    (question,) = [one for one in report.questions if one.id.startswith("same_source")]
    assert "nouveau système" in question.text.fr
    assert report.held.customers == 6


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("case", ["empty file", "truncated ZIP", "wrong table"])
def test_the_command_ends_with_the_sentence_and_with_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], case: str, lang: str
) -> None:
    bad = REFUSED[case]
    bad.make(tmp_path / bad.name)
    monkeypatch.setattr(sys, "argv", ["publicc", "deposit", "opera", str(tmp_path / bad.name), "--lang", lang])
    with pytest.raises(SystemExit) as left:
        app.main()
    told = capsys.readouterr()
    assert left.value.code == 2
    assert (bad.fr if lang == "fr" else bad.en) in told.err.replace("\u00a0", " ")
    assert told.out == ""
    assert len(told.err.splitlines()) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("case", ["empty file", "binary renamed csv", "ZIP bomb", "header only", "NUL bytes"])
def test_the_page_says_the_same_and_keeps_nothing_of_the_file(
    signed_in: Callable[..., Client], own_home: Path, tmp_path: Path, case: str
) -> None:
    bad = REFUSED[case]
    bad.make(tmp_path / bad.name)
    client = signed_in()
    client.post("/o/theatre-du-nord/deposit/",
                {"files": [SimpleUploadedFile(bad.name, (tmp_path / bad.name).read_bytes())]})  # fmt: skip
    deposit = Deposit.objects.order_by("brought_at").last()
    if case == "empty file":
        assert deposit is None or deposit.where is DepositState.REFUSED
        return
    assert deposit is not None
    assert deposit.where is DepositState.REFUSED
    assert bad.fr in deposit.problem["fr"].replace("\u00a0", " ")
    assert bad.en in deposit.problem["en"]
    assert list((own_home / "deposits" / "theatre-du-nord").iterdir()) == []


def two_gigabytes_of_one_line(path: Path) -> None:
    """A line that never ends, of which the disk holds almost nothing."""
    with path.open("wb") as out:
        out.write(HEAD.encode())
        out.write(b"x" * (4 * MIB))
        out.truncate(2 * 1024 * MIB)


def two_gigabytes_packed(path: Path) -> None:
    """The same line for true, in two megabytes."""
    with gzip.open(path, "wb", compresslevel=1) as out:
        out.write(HEAD.encode())
        for _ in range(128):
            out.write(b"x" * (16 * MIB))


HEAVY: dict[str, tuple[str, Callable[[Path], None]]] = {
    "2 GB line": ("ventes.csv", two_gigabytes_of_one_line),
    "2 GB line, packed": ("ventes.csv.gz", two_gigabytes_packed),
    "ZIP bomb": ("ventes.zip", hostile.bomb),
    "exploding workbook": ("ventes.xlsx", hostile.exploding_workbook),
    "a thousand members": ("ventes.zip", archive({f"{n}.csv": b"a\n1\n" for n in range(1001)})),
}
MOST_MEGABYTES = 700
PEAK_OF = """import resource, subprocess, sys
done = subprocess.run(sys.argv[2:])
open(sys.argv[1], "w").write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(done.returncode)"""
"""A command told of by a small process of its own: one that leaves a large process counts that one's memory as its."""


@pytest.mark.parametrize("case", HEAVY)
def test_memory_stays_bounded_whatever_comes(tmp_path: Path, case: str) -> None:
    name, make = HEAVY[case]
    make(tmp_path / name)
    environment = {**os.environ, "PUBLICC_HOME": str(tmp_path / "home"), "PUBLICC_LANG": "fr"}
    command = [sys.executable, "-m", "publicc", "deposit", "opera", tmp_path / name]
    told = [sys.executable, "-c", PEAK_OF, tmp_path / "peak", *command]
    done = subprocess.run(told, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    assert name in done.stderr
    assert int((tmp_path / "peak").read_text()) / 1024 < MOST_MEGABYTES
    assert not [path for path in (tmp_path / "home").rglob("*") if path.is_file() and path.stat().st_size > MIB]
