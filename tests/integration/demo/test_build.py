"""The demonstration collective: the same seed writes the same bytes; every organization writes its own form."""

import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from publicc.cli.app import app
from publicc.collective.profiles import profile_of_folder
from publicc.demo.build import Wanted, build
from publicc.demo.layouts import LAYOUTS
from publicc.demo.organizations import PLANS
from publicc.kernel.errors import BadUsage

SMALL = Wanted(customers=2500, seed=7)


@pytest.fixture(scope="module")
def collective(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "collective"
    build(SMALL, folder)
    return folder


@pytest.fixture(scope="module")
def truth(collective: Path) -> dict[str, Any]:
    return dict(json.loads((collective / "truth" / "truth.json").read_text(encoding="utf-8")))


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def table(content: bytes, encoding: str, delimiter: str, skip: int = 0) -> list[dict[str, str]]:
    text = content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
    return list(csv.DictReader(io.StringIO("\n".join(text.split("\n")[skip:])), delimiter=delimiter))


def test_the_same_seed_writes_the_same_bytes(collective: Path, tmp_path: Path) -> None:
    build(SMALL, tmp_path / "again")
    assert digests(tmp_path / "again") == digests(collective)


def test_another_seed_writes_other_people(collective: Path, tmp_path: Path) -> None:
    build(Wanted(customers=400, seed=1), tmp_path / "one")
    build(Wanted(customers=400, seed=2), tmp_path / "two")
    one, two = digests(tmp_path / "one"), digests(tmp_path / "two")
    assert one.keys() == two.keys()
    assert one["theatre-du-grand-hunier/clients.csv"] != two["theatre-du-grand-hunier/clients.csv"]


def test_every_organization_hands_over_another_form() -> None:
    assert sorted(plan.layout for plan in PLANS) == sorted(LAYOUTS)


def test_no_two_organizations_write_the_same_kind_of_bytes(collective: Path) -> None:
    heads = {path.name: (collective / path.name) for path in collective.iterdir() if path.name != "truth"}
    first_bytes = {
        name: b"|".join(sorted(f.name.encode() + f.read_bytes()[:60] for f in folder.iterdir() if f.suffix != ".toml"))
        for name, folder in heads.items()
    }
    assert len(set(first_bytes.values())) == len(PLANS)


def test_encodings_are_what_old_systems_write(collective: Path) -> None:
    def head(path: str) -> bytes:
        return (collective / path).read_bytes()[:4000]

    assert head("festival-les-nuits-de-la-marelle/ventes.tsv").startswith(b"\xff\xfe")
    assert head("diffusion-cap-au-nord/commandes_2017-2018.csv").startswith(b"\xef\xbb\xbf")
    assert "Prénom".encode("cp1252") in head("theatre-du-grand-hunier/clients.csv")
    assert "Prénom".encode("mac_roman") in head("spectacles-pointe-aux-vents/liste_clients.txt")
    assert b"\n" not in head("spectacles-pointe-aux-vents/ventes.txt")
    assert head("orchestre-du-mont-cendre/billetterie.xlsx").startswith(b"PK")
    assert b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in head("maison-des-petits-pas/billetterie.ods")


def test_each_folder_says_who_it_is(collective: Path, truth: dict[str, Any]) -> None:
    for slug, told in truth["organizations"].items():
        profile = profile_of_folder(collective / slug)
        assert (profile.slug, profile.name) == (slug, told["name"])
        assert profile.disciplines


def test_counts_of_the_template_are_those_of_its_files(collective: Path, truth: dict[str, Any]) -> None:
    folder, told = collective / "theatre-du-grand-hunier", truth["organizations"]["theatre-du-grand-hunier"]
    clients = table((folder / "clients.csv").read_bytes(), "cp1252", ";")
    sales = table((folder / "transactions.csv").read_bytes(), "cp1252", ";")
    events = table((folder / "evenements.csv").read_bytes(), "cp1252", ";")
    assert len({row["Code client"] for row in clients}) == told["customers"] == len(clients)
    assert len(sales) == told["tickets"]
    assert sum(float(row["Montant du billet"].replace(",", ".")) for row in sales) == pytest.approx(told["revenue"])
    assert len(events) == told["performances"]
    assert len({row["Numéro de transaction"] for row in sales}) == told["orders"]
    known = {row["Code événement"] for row in events}
    orphans = [row for row in sales if row["Code événement"] not in known]
    assert len(orphans) == told["tickets_of_unknown_performance"] > 0


def test_counts_of_order_lines_are_quantities(collective: Path, truth: dict[str, Any]) -> None:
    folder, told = collective / "diffusion-cap-au-nord", truth["organizations"]["diffusion-cap-au-nord"]
    rows = [row for path in sorted(folder.glob("*.csv")) for row in table(path.read_bytes(), "utf-8-sig", ",")]
    assert sum(int(row["Quantité"]) for row in rows) == told["tickets"]
    assert sum(float(row["Total"]) for row in rows) == pytest.approx(told["revenue"])


def test_a_ticket_number_written_twice_is_one_ticket(collective: Path, truth: dict[str, Any]) -> None:
    path = collective / "cabaret-des-deux-lampes" / "export_billets.csv"
    rows = table(path.read_bytes(), "utf-8", ";")
    numbers = {row["Numero billet"] for row in rows}
    assert len(numbers) == truth["organizations"]["cabaret-des-deux-lampes"]["tickets"] <= len(rows)


def test_the_second_system_gives_the_same_numbers_to_others(collective: Path) -> None:
    people = []
    for name, member, encoding, delimiter, code, family in (
        ("ancienne_billetterie_2017-2019.zip", "clients.csv", "cp1252", ";", "Code client", "Nom"),
        ("nouvelle_billetterie_2019-2026.zip", "customers.csv", "utf-8", ",", "Customer number", "Last name"),
    ):
        with zipfile.ZipFile(collective / "opera-du-levant" / name) as package:
            rows = table(package.read(member), encoding, delimiter)
        people.append({row[code]: row[family] for row in rows})
    both = people[0].keys() & people[1].keys()
    assert len(both) > 0.5 * min(map(len, people))
    assert sum(people[0][code] == people[1][code] for code in both) < 0.1 * len(both)


def test_the_report_begins_by_its_title_and_ends_in_dollars(collective: Path, truth: dict[str, Any]) -> None:
    content = (collective / "quai-des-ombres" / "rapport_ventes.csv").read_bytes()
    rows = table(content, "utf-8-sig", ";", skip=3)
    assert len(rows) == truth["organizations"]["quai-des-ombres"]["tickets"]
    amounts = [float(row["Montant payé"].removesuffix(" $").replace(",", ".")) for row in rows]
    assert sum(amounts) == pytest.approx(truth["organizations"]["quai-des-ombres"]["revenue"])


def test_true_identities_cover_every_numbered_record(collective: Path, truth: dict[str, Any]) -> None:
    entities = pq.read_table(collective / "truth" / "entities.parquet").to_pylist()
    for slug in ("theatre-du-grand-hunier", "harbourlight-stage"):
        own = [row for row in entities if row["organization"] == slug]
        assert len({row["customer_number"] for row in own}) == truth["organizations"][slug]["customers"]
        assert len({row["entity"] for row in own if row["is_person"]}) == truth["organizations"][slug]["persons"]
    by_person: dict[str, set[str]] = {}
    for row in entities:
        if row["is_person"]:
            by_person.setdefault(row["entity"], set()).add(row["organization"])
    assert sum(len(seen) > 1 for seen in by_person.values()) > 0.05 * len(by_person)


def test_the_wrong_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadUsage):
        Wanted(organizations=0)
    (tmp_path / "kept.txt").write_text("kept")
    with pytest.raises(BadUsage):
        build(SMALL, tmp_path)
    assert (tmp_path / "kept.txt").read_text() == "kept"


def test_more_organizations_than_described_still_differ(tmp_path: Path) -> None:
    built = build(Wanted(organizations=14, customers=900), tmp_path / "many")
    names = [one["name"] for one in built.truth["organizations"].values()]
    assert len(set(names)) == 14


def test_the_command_prints_json_alone(tmp_path: Path) -> None:
    arguments = ["demo", "build", "--organizations", "2", "--customers", "300", "--out", str(tmp_path / "x"), "--json"]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert list(told["organizations"]) == ["theatre-du-grand-hunier", "danse-meridienne"]
