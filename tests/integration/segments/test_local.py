"""Traits of buyers drawn by hand, scored at home, read as any other cut."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from publicc.kernel.cells import Shown
from publicc.kernel.errors import Broken
from publicc.metrics.answers import answer
from publicc.metrics.counted import source_of
from publicc.metrics.labels import labels
from publicc.metrics.questions import Question
from publicc.metrics.rollup import rollup_tables
from publicc.metrics.traits import TRAITS, traits_of_buyers
from publicc.segments.local import score_organization
from publicc.segments.model import SegmentModel
from publicc.segments.scoring import typed
from publicc.segments.sql import answers_of
from publicc.store.facts import another, own_facts
from publicc.store.home import Home
from publicc.store.manifest import Manifest
from publicc.store.profiles import profiles_file, version_of_profiles
from publicc.store.rollups import write_rollup
from publicc.store.snapshots import publish
from publicc.store.tables import TABLES
from tests.spec.metrics.world import ORGANIZATION, OWN, World, drawn
from tests.unit.segments.made_up import made_up_model

AS_OF = date(2025, 9, 1)
SNAPSHOT = "d" * 32
PERFORMANCES = """
    performance_id | starts_on  | starts_hour | discipline | show_id
    ---------------+------------+-------------+------------+--------
    old            | 2020-01-10 | 20          | DANCE      | s0
    first          | 2024-10-12 | 14          | THEATRE    | s1
    second         | 2024-11-15 | 20          | DANCE      | s2
    third          | 2025-03-08 | 20          | THEATRE    | s3
    coming         | 2025-10-08 | 20          | CIRCUS     | s4
"""
TICKETS = """
    performance_id | tickets | net | channel | buyer | ordered_on | price_group
    ---------------+---------+-----+---------+-------+------------+-------------
    old            | 1       | 20  | WEB     | ada   | 2020-01-01 | FULL
    first          | 2       | 20  | WEB     | ada   | 2024-10-10 | FULL
    second         | 2       | 20  | WEB     | ada   | 2024-11-10 | FULL
    third          | 3       | 60  | PHONE   | ada   | 2024-12-01 | SUBSCRIPTION
    first          | 6       | 60  | COUNTER | ben   | 2024-05-01 | FULL
    coming         | 6       | 60  | COUNTER | cyd   | 2025-05-01 | FULL
    old            | 1       | 20  | WEB     | dan   | 2020-01-01 | FULL
"""


def world() -> World:
    return World(drawn(PERFORMANCES), drawn(TICKETS), AS_OF, shows=[{"show_id": f"s{n}"} for n in range(5)])


@pytest.fixture
def home(tmp_path: Path) -> Home:
    def build(folder: Path) -> Manifest:
        with world().connection() as facts:
            for table in TABLES:
                (folder / table).mkdir()
                facts.execute(f"COPY {table} TO '{folder / table / ORGANIZATION}.parquet' (FORMAT parquet)")
        write_rollup(folder, ORGANIZATION, rollup_tables())
        return Manifest(SNAPSHOT, datetime(2025, 9, 2, tzinfo=UTC), AS_OF, "test")

    publish(Home(tmp_path), build)
    return Home(tmp_path)


@contextmanager
def scored(home: Home, model: SegmentModel) -> Iterator[duckdb.DuckDBPyConnection]:
    score_organization(home, OWN, model)
    with own_facts(home, OWN) as facts:
        yield facts


def test_traits_are_what_most_visits_of_the_last_36_months_have() -> None:
    asked = {"on": AS_OF, "first_on": date(2022, 9, 1)}
    rows = world().connection().execute(traits_of_buyers(own=True), asked).to_arrow_table().to_pylist()
    told = {row["buyer"]: {name: row[name] for name in TRAITS} for row in rows}
    assert told == {
        "ada": {
            "breadth": "2", "usual_discipline": "THEATRE", "party": "2", "lead_time": "0-7", "price_level": "AROUND",
            "distance": None, "moment": "WEEKEND", "channel": "WEB", "subscription": "PART", "organizations": None,
        },
        "ben": {
            "breadth": "1", "usual_discipline": "THEATRE", "party": "5+", "lead_time": "91+", "price_level": "AROUND",
            "distance": None, "moment": "MATINEE", "channel": "COUNTER", "subscription": "NONE", "organizations": None,
        },
    }  # fmt: skip


def test_in_the_pool_a_person_is_one_wherever_they_went() -> None:
    facts = world().connection()
    facts.execute("UPDATE purchases SET person_id = 'p-' || buyer_id")
    facts.execute("UPDATE purchases SET organization = 'opera' WHERE performance_id = 'second'")
    facts.execute("UPDATE performances SET organization = 'opera' WHERE performance_id = 'second'")
    asked = {"on": AS_OF, "first_on": date(2022, 9, 1)}
    rows = facts.execute(traits_of_buyers(own=False), asked).to_arrow_table().to_pylist()
    ada = next(row for row in rows if row["buyer"] == "p-ada")
    assert (ada["visits"], ada["organizations"], ada["home"]) == (3, "2", ORGANIZATION)


def test_before_the_first_scoring_every_buyer_is_undetermined(home: Home) -> None:
    with own_facts(home, OWN) as facts:
        assert facts.execute("SELECT count(*) FROM profiles").fetchall() == [(0,)]
        told = answer(source_of(facts), Question(("buyer_count",), by=("profile",)), OWN)
        assert [row.dims["profile"] for row in told.rows] == ["UNKNOWN"]
        named = labels(facts, "profile", ["UNKNOWN"], OWN)
        assert (named["UNKNOWN"].fr, named["UNKNOWN"].en) == ("Indéterminé", "Undetermined")
    assert version_of_profiles(home, SNAPSHOT, ORGANIZATION) == ""


def test_each_buyer_gets_the_profile_that_the_formula_gives(home: Home) -> None:
    model = made_up_model()
    with scored(home, model) as facts:
        rows = facts.execute("SELECT buyer_id, profile, certainty FROM profiles ORDER BY 1").fetchall()
        asked = {"on": AS_OF, "first_on": date(2022, 9, 1)}
        traits = facts.execute(f"{traits_of_buyers(own=True)} ORDER BY buyer", asked).to_arrow_table().to_pylist()
        told = [(row["buyer"], typed(model, answers_of(row))) for row in traits]
        assert rows == [(buyer, one.code, pytest.approx(one.certainty, abs=0.005)) for buyer, one in told]
        assert facts.execute("SELECT sha256, as_of FROM profile_model").fetchall() == [(model.sha256, AS_OF)]
        with another(facts) as beside:
            assert beside.execute("SELECT count(*) FROM profiles").fetchall() == [(len(rows),)]


def test_a_profile_is_a_cut_like_another_as_it_stood_at_the_end_of_the_period(home: Home) -> None:
    model = made_up_model()
    with scored(home, model) as facts:
        seasons = facts.execute("SELECT season, buyer_id FROM profiles_by_season ORDER BY 1, 2").fetchall()
        assert (2019, "dan") in seasons
        assert (2024, "dan") not in seasons
        of_2024 = dict(facts.execute("SELECT buyer_id, profile FROM profiles_by_season WHERE season = 2024").fetchall())
        question = Question(("paid_admission_count", "buyer_count"), by=("profile",))
        rows = answer(source_of(facts), question, OWN).rows
        counted = {row.dims["profile"]: row.cells["buyer_count"] for row in rows}
    wanted: dict[str, int] = {}
    for buyer in ("ada", "ben", "dan"):
        code = of_2024.get(buyer) or "UNKNOWN"
        wanted[code] = wanted.get(code, 0) + 1
    assert {code: cell.value for code, cell in counted.items() if isinstance(cell, Shown)} == wanted


def test_scoring_again_replaces_what_was_there_in_one_step(home: Home) -> None:
    with scored(home, made_up_model()) as before:
        first = version_of_profiles(home, SNAPSHOT, ORGANIZATION)
        with scored(home, made_up_model(4, seed=9)) as after:
            assert len(after.execute("SELECT code FROM profile_classes").fetchall()) == 4
        assert len(before.execute("SELECT code FROM profile_classes").fetchall()) == 3
    assert version_of_profiles(home, SNAPSHOT, ORGANIZATION) not in {"", first}


def test_a_damaged_file_of_profiles_is_told_with_what_to_do(home: Home) -> None:
    profiles_file(home, SNAPSHOT, ORGANIZATION).write_bytes(b"nothing of the kind" * 1000)
    with pytest.raises(Broken) as told, own_facts(home, OWN):
        pass
    assert "publicc segment score" in told.value.sentence("fr")
