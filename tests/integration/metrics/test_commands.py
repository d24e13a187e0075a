import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from publicc.cli.app import app
from publicc.kernel.errors import BadUsage
from publicc.metrics.definitions.supply import METRICS as SUPPLY
from publicc.store.home import Home
from publicc.store.manifest import Manifest
from publicc.store.snapshots import publish
from publicc.store.tables import TABLES
from tests.spec.metrics.world import theatre


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    facts = theatre(
        """
        performance_id | starts_on  | capacity | show_id
        ---------------+------------+----------+--------
        P1             | 2019-01-10 | 100      | s1
        P2             | 2019-02-10 | –        | s2
        """,
        """
        performance_id | tickets | net     | channel | buyer
        ---------------+---------+---------+---------+------
        P1             | 40      | 1234.50 | WEB     | ada
        P2             | 2       | 30      | COUNTER | –
        """,
        as_of="2019-06-30",
        shows="show_id | title\n s1 | Les Belles-Sœurs\n s2 | Tosca",
    )

    def build(folder: Path) -> Manifest:
        for table in TABLES:
            (folder / table).mkdir()
            facts.execute(f"COPY {table} TO '{folder / table / 'theatre.parquet'}' (FORMAT parquet)")
        (folder / "rollups").mkdir()
        facts.execute(f"ATTACH '{folder / 'rollups' / 'theatre.duckdb'}' AS rollup")
        for table in TABLES:
            facts.execute(f"CREATE TABLE rollup.{table} AS SELECT * FROM main.{table}")
        facts.execute("DETACH rollup")
        return Manifest("a" * 32, datetime(2019, 7, 1, tzinfo=UTC), date(2019, 6, 30), "test")

    publish(Home(tmp_path), build)
    return tmp_path


def run(*words: str) -> str:
    done = CliRunner().invoke(app, list(words), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_query_answers_in_the_json_of_the_contract(home: Path) -> None:
    told = json.loads(
        run(
            "query",
            "admission_count",
            "occupancy_rate",
            "ticket_revenue",
            "--organization",
            "theatre",
            "--by",
            "month",
            "--period",
            "2018-2019",
            "--lang",
            "fr",
            "--json",
        )
    )
    assert told["period"] == {"from": "2018-09-01", "to": "2019-08-31"}
    assert (told["snapshot"], told["scope"], told["by"]) == ("a" * 32, {"organization": "theatre"}, ["month"])
    assert told["metrics"][0] == {"id": "admission_count", "version": 1, "unit": "n", "label": "Entrées"}
    assert told["rows"] == [
        {
            "month": "2019-01",
            "admission_count": {"state": "shown", "value": 40, "n": 40},
            "occupancy_rate": {"state": "shown", "value": 0.4, "n": 1},
            "ticket_revenue": {"state": "shown", "value": 49380.0, "n": 40},
        },
        {
            "month": "2019-02",
            "admission_count": {"state": "shown", "value": 2, "n": 2},
            "occupancy_rate": {"state": "unknown", "reason": "no_data", "missing": "capacity"},
            "ticket_revenue": {"state": "shown", "value": 60.0, "n": 2},
        },
    ]


def test_query_draws_a_table_in_the_language_of_the_reader(home: Path) -> None:
    drawn = run(
        "query",
        "average_price_paid",
        "--organization",
        "theatre",
        "--by",
        "show",
        "--where",
        "channel=WEB",
        "--lang",
        "fr",
    )
    assert "Les Belles-Sœurs" in drawn
    assert "1\u00a0234,50\u00a0$" in drawn
    assert "Tosca" not in drawn
    assert "computed as of 2019-06-30" in run("query", "show_count", "--organization", "theatre", "--lang", "en")


def test_query_as_of_an_earlier_day_leaves_out_what_was_not_played(home: Path) -> None:
    told = json.loads(run("query", "admission_count", "--organization", "theatre", "--as-of", "2019-01-31", "--json"))
    assert told["rows"] == [{"admission_count": {"state": "shown", "value": 40, "n": 40}}]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ocupancy_rate",), "occupancy_rate"),
        (("occupancy_rate", "--by", "channel"), "venue"),
        (("occupancy_rate", "--by", "moon"), "month"),
        (("admission_count", "--where", "channel"), "--where"),
        (("admission_count", "--where", "channel=SMOKE"), "WEB"),
        (("admission_count", "--as-of", "hier"), "2019-08-31"),
        (("lead_time_bucket_share", "admission_count"), "--by lead_time_bucket"),
    ],
)
def test_a_question_that_means_nothing_is_refused_with_what_would_do(
    home: Path, words: tuple[str, ...], said: str
) -> None:
    done = CliRunner().invoke(app, ["query", *words, "--organization", "theatre"])
    assert isinstance(done.exception, BadUsage)
    assert said in done.exception.sentence("fr")


def test_metrics_lists_the_registry_and_explains_one() -> None:
    assert "occupancy_rate" in run("metrics", "--lang", "en")
    assert "Σ_PE admissions" in run("metrics", "occupancy_rate", "--lang", "en")
    told = json.loads(run("metrics", "occupancy_rate", "--lang", "fr", "--json"))
    assert (told["label"], "month" in told["dimensions"], "channel" in told["dimensions"]) == (
        "Taux d'occupation",
        True,
        False,
    )
    assert {one["id"] for one in json.loads(run("metrics", "--json"))} >= {one.id for one in SUPPLY}


def test_dimensions_are_listed_with_their_values() -> None:
    assert "WEB PHONE" in run("dimensions", "--lang", "fr")
    told = {one["id"]: one for one in json.loads(run("dimensions", "--json"))}
    assert told["weekday"]["values"] == ["1", "2", "3", "4", "5", "6", "7"]
