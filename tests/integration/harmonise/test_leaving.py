"""The linkage right and the exit, through the commands of whoever runs the hub."""

import json
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from publicc.harmonise.leaving import leave_pool
from publicc.harmonise.people import CIRCLE
from publicc.harmonise.review import desk
from publicc.harmonise.review.book import Answer
from publicc.kernel.errors import Broken, NotFound
from publicc.store.held import vault_file
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.snapshots import current, snapshots_kept
from publicc.store.vaults import open_vault, vaults_of
from tests.drawn_vaults import fill
from tests.integration.harmonise.asking import ask, run

AT = datetime(2026, 1, 9, tzinfo=UTC)
SHARED = "SELECT count(*) - count(DISTINCT person_id) FROM persons"


def publicc(home: Home, *arguments: str, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "publicc", *arguments],
        env={"PUBLICC_HOME": str(home.root), "PUBLICC_LANG": "en", "PATH": "", "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done.stdout if code == 0 else done.stderr


def exports(folder: Path, code: str) -> list[str]:
    """Customers, sales and one performance of a house; the same person buys at every house."""
    folder.mkdir()
    tables = {
        "clients.csv": [
            "Code client;Prénom;Nom;Ville;Code Postal;Téléphone;Courriel",
            f"{code}1;Adèle;Quenneville;Laval;H7N 1A1;450 662 2222;adele@exemple.ca",
            {"A": "A2;Ugo;Vézina;Laval;H7N 1B9;450 662 9933;ugo@exemple.ca", "B": "B2;Zoé;Roy;Québec;G1R 4P5;;"}[code],
        ],
        "evenements.csv": [
            "Code événement;Titre événement;Nom de la salle;Date & heure de début;Nombre de sièges",
            "E1;Hamlet;Grande salle;2019-02-01 20:00;100",
        ],
        "transactions.csv": [
            "Numéro de transaction;Code client;Code événement;Date & heure transaction;Montant du billet",
            f"T1;{code}1;E1;2018-12-01 10:22;33,50",
            f"T2;{code}2;E1;2018-12-02 10:22;33,50",
        ],
    }
    for name, lines in tables.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [str(folder / name) for name in tables]


def test_a_right_granted_withdrawn_and_an_exit_by_public_commands(home: Home, tmp_path: Path) -> None:
    for name in ("opera", "ballet"):
        publicc(home, "account", "organization", name, "--links-across")
    assert "opera: left aside, no agreement" in publicc(home, "harmonise", code=2)
    unsigned = publicc(home, "deposit", "opera", *exports(tmp_path / "early", "A"), code=2)
    assert "No agreement in force allows taking your files" in unsigned
    for name, code in (("opera", "A"), ("ballet", "B")):
        signed = ("--signatory", "Ana Roy", "--title", "Directrice", "--on", date.today().isoformat())  # noqa: DTZ011
        publicc(home, "account", "agreement", name, *signed)
        publicc(home, "deposit", name, *exports(tmp_path / name, code))
    publicc(home, "harmonise")
    assert ask(home, SHARED) == [(1,)]

    publicc(home, "account", "linking", "ballet", "--withdraw")
    publicc(home, "account", "organization", "ballet", "--territory", "montreal")  # says nothing of the right
    publicc(home, "harmonise")
    assert ask(home, SHARED) == [(0,)]

    backup = shutil.copy(vault_file(home, "ballet"), tmp_path / "backup.duckdb")
    assert "Nothing was destroyed" in publicc(home, "account", "leave", "ballet", code=2)
    told = json.loads(publicc(home, "account", "leave", "ballet", "--yes", "--json"))
    assert (told["keys_destroyed"], told["vault_removed"]) == (True, True)
    assert len(told["snapshots_removed"]) == 2
    assert json.loads((home.reports / "destruction" / "ballet.json").read_text()) == told
    assert vaults_of(home) == ("opera",)
    assert [one.id for one in snapshots_kept(home)] == [told["snapshot_now"]]
    assert ask(home, "SELECT DISTINCT organization FROM purchases") == [("opera",)]
    left = [path.name for path in home.root.rglob("*") if "ballet" in path.name and path.suffix != ".lock"]
    assert left == ["ballet.json"]

    shutil.copy(backup, vault_file(home, "ballet"))
    with pytest.raises(Broken, match="no longer exists"), open_vault(home, KeyRing.open(home), "ballet"):
        pass
    assert "No organization" in publicc(home, "account", "linking", "ballet", "--grant", code=2)


PEOPLE = """
    customer_key | first_name | last_name | address    | city  | postal_code | phone
    -------------+------------+-----------+------------+-------+-------------+-------------
    {one}        | {name}     | Bellerose | 3 rue Nord | Laval | H7N 1A1     | 450 662 2222
"""


def test_who_leaves_takes_along_what_was_answered_of_its_records(home: Home) -> None:
    for slug, name in (("opera", "Marc"), ("ballet", "M")):
        fill(home, slug, customers=PEOPLE.format(one=slug, name=name))
    run(home, "opera", "ballet", circle=("opera", "ballet"))
    ring = KeyRing.open(home)
    _, pairs = desk.queue(home, ring, CIRCLE, most=9)
    for pair in pairs:
        desk.answer(home, ring, CIRCLE, pair.id, Answer.DIFFERENT, by="hub")
    leave_pool(home, ring, "ballet", (), at=AT)
    counts, waiting = desk.queue(home, ring, CIRCLE)
    assert (counts.answered, waiting) == (0, [])


def test_when_the_last_one_leaves_no_snapshot_is_left(home: Home) -> None:
    fill(home, "opera", customers=PEOPLE.format(one="1", name="Marc"))
    run(home)
    about, of_another = (home.reports / "quality" / f"{slug}.json" for slug in ("opera", "theatre"))
    about.parent.mkdir(parents=True, exist_ok=True)
    for report in (about, of_another):
        report.write_text("{}")
    told = leave_pool(home, KeyRing.open(home), "opera", (), at=AT)
    assert (told.snapshot_now, len(told.snapshots_removed)) == (None, 1)
    assert (about.exists(), of_another.exists()) == (False, True)
    assert current(home) is None
    assert list(home.rollups.iterdir()) == []
    with pytest.raises(NotFound):
        leave_pool(home, KeyRing.open(home), "opera", (), at=AT)


def test_the_circle_itself_never_leaves(home: Home) -> None:
    with pytest.raises(NotFound):
        leave_pool(home, KeyRing.open(home), CIRCLE, (), at=AT)
