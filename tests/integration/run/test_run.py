"""`publicc run`: from raw exports to everything an organization gets, as a person runs it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

ROOT = Path(__file__).parents[3]
CLIENTS = """Code client,Titre,Prénom,Nom,Adresse,Ville,Province,Pays,Code postal,Téléphone,Courriel
1,Mme,Adalbertine,Quenneville,77 rue Rachel,Montréal,QC,Canada,H2X 1Y4,514 555 7788,canari@canari.example
2,M.,Zébulon,Thivierge,8 rue Racine,Québec,QC,Canada,G1R 4P5,418 555 0102,zebulon@canari.example
"""
ORDERS = """Numéro de transaction,Code client,Code événement,Date & heure transaction,Montant du billet,\
Catégorie de prix
9001,1,EV1,2019-01-02 10:00,"25,00",Régulier
9001,1,EV1,2019-01-02 10:00,"25,00",Régulier
9002,2,EV2,2019-01-03 11:30,"30,00",Étudiant
"""
EVENTS = """Code événement,Titre événement,Nom de la salle,Date & heure de début,Nombre de sièges,Discipline
EV1,Hamlet,Grande salle,2019-02-01 19:30,100,Théâtre
EV2,Hamlet - Supplémentaire,Grande salle,2019-02-02 19:30,100,Théâtre
"""
SECRETS = ("quenneville", "thivierge", "canari", "7788", "h2x1y4", "h2x 1y4", "g1r 4p5", "77 rue", "9001", "ev1")


def write_exports(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name, content in (("clients.csv", CLIENTS), ("transactions.csv", ORDERS), ("evenements.csv", EVENTS)):
        (folder / name).write_text(content, encoding="utf-8")


def publicc_run(home: Path, source: Path, out: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "publicc", "run", source, "--out", out, "--lang", "en", *options],
        cwd=ROOT,
        env={"PUBLICC_HOME": str(home), "PUBLICC_LANG": "fr", "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two good organizations, two that cannot be used and a file that is nobody's, run once."""
    room = tmp_path_factory.mktemp("run")
    write_exports(room / "source" / "Opéra du Nord")
    write_exports(room / "source" / "ballet")
    (room / "source" / "broken").mkdir()
    (room / "source" / "broken" / "x.csv").write_bytes(bytes(range(256)) * 40)
    (room / "source" / "broken" / "y.csv").write_text("")
    (room / "source" / "nothing yet").mkdir()
    (room / "source" / "ballet" / "notes.pdf").write_bytes(b"%PDF-1.7 x")
    (room / "source" / "lost.csv").write_text("a,b\n1,2\n")
    told = publicc_run(room / "home", room / "source", room / "out", "--json")
    (room / "stdout").write_text(told.stdout)
    (room / "stderr").write_text(told.stderr)
    (room / "code").write_text(str(told.returncode))
    return room


def run_json(room: Path, out: str = "out") -> dict[str, Any]:
    return dict(json.loads((room / out / "run.json").read_text(encoding="utf-8")))


def test_one_unusable_organization_does_not_stop_the_others_and_is_said(room: Path) -> None:
    assert (room / "code").read_text() == "1"
    told = (room / "stderr").read_text()
    assert "nothing yet: This folder has no file to read." in told
    assert set(run_json(room)["organizations"]) == {"opera-du-nord", "ballet"}
    assert set(run_json(room)["unusable"]) == {"broken", "nothing yet"}


def test_each_refused_file_has_its_own_sentence(room: Path) -> None:
    (told,) = [line for line in (room / "stderr").read_text().split("\n\n") if "broken:" in line]
    assert "x.csv" in told
    assert "This file is empty. File: y.csv." in told


def test_a_file_beside_the_folders_is_nobodys_and_is_said(room: Path) -> None:
    assert "belong to no organization and were not read: lost.csv" in (room / "stderr").read_text()
    assert run_json(room)["loose"] == ["lost.csv"]


def test_an_unreadable_file_among_good_ones_is_said_and_does_not_stop_them(room: Path) -> None:
    assert "ballet, notes.pdf: This is no data file" in (room / "stderr").read_text()
    (unread,) = run_json(room)["unread"]
    assert (unread["organization"], unread["file"]) == ("ballet", "notes.pdf")
    assert "données lisible" in unread["fr"]


def test_json_alone_stands_on_stdout(room: Path) -> None:
    assert json.loads((room / "stdout").read_text()) == run_json(room)


def test_what_was_read_is_counted(room: Path) -> None:
    told = run_json(room)
    one = told["organizations"]["ballet"]
    assert one == {
        "files": 3, "rows_read": 7, "rows_kept": 7, "rows_refused": 0, "customers": 2, "persons": 2, "households": 2,
        "performances": 2, "shows": 1, "tickets": 3, "revenue": 80.0, "taxes": 0.0,
        "first_order_on": "2019-01-02", "last_order_on": "2019-01-03",
    }  # fmt: skip
    assert (told["pool"]["tickets"], told["pool"]["revenue"], told["pool"]["persons"]) == (6, 160.0, 4)
    assert told["peak_memory_mb"] > 0
    assert {"intake", "link", "pool"} <= set(told["stages"])
    assert set(told["stages"]["intake"]) == {"seconds", "rows", "rows_per_second"}
    assert "publicc" in told["versions"]


def test_every_file_of_the_contract_is_there(room: Path) -> None:
    out = room / "out"
    for slug in ("opera-du-nord", "ballet"):
        for name in (f"quality/{slug}.json", f"quality/{slug}.html", f"mapping/{slug}.toml", f"dashboards/{slug}.json"):
            assert (out / name).is_file(), name
    for table in ("persons", "purchases", "performances", "shows", "venues", "organizations"):
        found = duckdb.execute(f"SELECT DISTINCT organization FROM '{out}/pool/{table}.parquet' ORDER BY 1").fetchall()
        assert found == [("ballet",), ("opera-du-nord",)], table
    assert (out / "release" / "cells.parquet").is_file()
    assert (out / "release" / "certificate.json").is_file()


def test_no_identity_stays_in_the_results_or_in_the_home(room: Path) -> None:
    for folder in ("out", "home"):
        for path in (room / folder).rglob("*"):
            if path.is_file():
                content = path.read_bytes().lower()
                found = [secret for secret in SECRETS if secret.encode() in content]
                assert not found, (path, found)
    pool = [str(value).lower() for path in (room / "out" / "pool").glob("*.parquet")
            for row in duckdb.execute(f"SELECT * FROM '{path}'").fetchall() for value in row]  # fmt: skip
    assert not [secret for secret in SECRETS for value in pool if secret in value]
    assert not list((room / "home").rglob("*.duckdb"))


def test_the_same_input_gives_the_same_bytes_but_for_times(room: Path) -> None:
    again = publicc_run(room / "home", room / "source", room / "again")
    assert again.returncode == 1
    for path in (room / "out").rglob("*.json"):
        twin = room / "again" / path.relative_to(room / "out")
        if path.name == "run.json":
            first, second = run_json(room), run_json(room, "again")
            for told in (first, second):
                del told["stages"], told["peak_memory_mb"]
            assert first == second
        elif path.name != "certificate.json":
            assert path.read_bytes() == twin.read_bytes(), path.name


def test_a_former_run_is_replaced_and_anything_else_is_not(room: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    write_exports(source)
    assert publicc_run(room / "home", source, tmp_path / "out").returncode == 0  # loose files: one organization
    assert set(run_json(tmp_path)["organizations"]) == {"source"}
    (tmp_path / "out" / "old").write_text("left by the run before")
    assert publicc_run(room / "home", source, tmp_path / "out").returncode == 0
    assert not (tmp_path / "out" / "old").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine")
    refused = publicc_run(room / "home", source, tmp_path / "mine")
    assert refused.returncode == 2
    assert "something other than a run" in refused.stderr
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("kind", ["missing", "empty", "file", "unreadable"])
def test_a_folder_that_cannot_be_read_leaves_nothing(tmp_path: Path, kind: str) -> None:
    source = tmp_path / "source"
    if kind == "empty":
        source.mkdir()
    elif kind == "file":
        source.write_text("x")
    elif kind == "unreadable":
        (source / "a").mkdir(parents=True)
        (source / "a" / "x.csv").write_bytes(b"\0\1\2" * 400)
    told = publicc_run(tmp_path / "home", source, tmp_path / "out")
    assert told.returncode == 2
    assert re.search(r"\b(folder|file)\b", told.stderr), "in the language that was asked"
    assert "Traceback" not in told.stderr
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.glob(".publicc-run-*"))


def test_deposit_then_harmonise_publishes_a_snapshot(room: Path, tmp_path: Path) -> None:
    write_exports(tmp_path / "exports")
    environment = {"PUBLICC_HOME": str(tmp_path / "home"), "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    for command in (["deposit", "opera", tmp_path / "exports"], ["harmonise", "--json", "--as-of", "2019-06-01"]):
        told = subprocess.run(
            [sys.executable, "-m", "publicc", *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["organizations"]["opera"]["tickets"] == 3
