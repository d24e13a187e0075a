"""The pool is the same whoever recognised the buyers, and Spark reads from it the figures that DuckDB reads."""

import random
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

pytest.importorskip("pyspark", reason="Spark is an extra: make test installs it")

from pyspark.sql import SparkSession

from publicc.collective.profiles import OrganizationProfile
from publicc.harmonise.linkage.pairs import HERE, Workers
from publicc.harmonise.people import CIRCLE
from publicc.harmonise.pipeline import harmonise
from publicc.harmonise.spark.workers import SparkWorkers
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.scope import Scope, WholePool
from publicc.metrics.answers import answer
from publicc.metrics.compiler import Shape, parameters_of, statement
from publicc.metrics.dimensions import can_cut
from publicc.metrics.questions import Question
from publicc.metrics.registry import METRICS
from publicc.metrics.source import Rows, Source
from publicc.store.facts import pool_facts
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.snapshots import snapshot_folder
from publicc.store.tables import TABLES
from tests.drawn_vaults import fill
from tests.integration.harmonise.asking import MADE_AT
from tests.integration.spark.crowd import crowd

AS_OF = date(2021, 1, 1)
HOUSES = ("opera", "musee", "cirque")


def drawn(rows: list[dict[str, str]]) -> str:
    """Rows as a drawn table."""
    header = " | ".join(rows[0])
    return "\n".join([header, "-" * len(header), *(" | ".join(row.values()) for row in rows)])


def fill_houses(home: Home) -> None:
    chance = random.Random(4)
    for house in HOUSES:
        people = [row for row in crowd(700, seed=11) if row["organization"] == house]
        customers = [
            {"customer_key": row["customer_number"]} | {n: v or "-" for n, v in row.items() if n in _CONTACT}
            for row in people
        ]
        shows = [
            {"performance_key": f"P{n}", "title": f"Pièce {n // 3}", "room_label": "Salle", "postal_code": "H2X 1Y4",
             "starts_on": f"{2018 + n // 4}-{1 + n % 12:02}-15", "capacity": "40"}
            for n in range(10)
        ]  # fmt: skip
        tickets = [
            {"order_key": f"O{n // 2}", "customer_key": chance.choice(people)["customer_number"] if n % 9 else "-",
             "performance_key": f"P{chance.randrange(10)}", "net_cents": str(100 * chance.randrange(15, 90)),
             "channel": chance.choice(("WEB", "COUNTER")), "ordered_on": f"2018-{1 + n % 9:02}-0{1 + n % 9}"}
            for n in range(300)
        ]  # fmt: skip
        fill(home, house, customers=drawn(customers), performances=drawn(shows), tickets=drawn(tickets))


_CONTACT = ("first_name", "last_name", "email", "phone", "address", "city", "postal_code")


@dataclass(frozen=True)
class Pool:
    """A home that was harmonised, its snapshot's id, and the rows of every table of its pool in their order."""

    home: Home
    snapshot: str
    tables: dict[str, list[tuple[Any, ...]]]


def harmonised(home: Home, workers: Workers) -> Pool:
    profiles = [OrganizationProfile(house, house.title(), links_across=True) for house in HOUSES]
    made = harmonise(home, KeyRing.open(home), profiles, as_of=AS_OF, made_at=MADE_AT, workers=workers)
    with pool_facts(home, WholePool("test")) as facts:
        return Pool(home, made.id, {table: facts.execute(f"FROM {table}").fetchall() for table in TABLES})


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Home]:
    """Two homes with the same vaults under the same keys, nothing harmonised yet."""
    here, there = (Home(tmp_path_factory.mktemp(name) / "home") for name in ("here", "there"))
    fill_houses(here)
    for key in (*HOUSES, CIRCLE):
        KeyRing.open(here).blind_key(key)  # made at the first use
    shutil.copytree(here.root, there.root)
    return here, there


@pytest.fixture(scope="module")
def here(homes: tuple[Home, Home]) -> Pool:
    return harmonised(homes[0], HERE)


def test_the_pool_is_the_same_row_for_row(here: Pool, homes: tuple[Home, Home], session: SparkSession) -> None:
    there = harmonised(homes[1], SparkWorkers(session, parts=4))
    assert 300 < len(here.tables["persons"]) < 700
    assert len(here.tables["purchases"]) == 900
    assert here.snapshot == there.snapshot
    assert here.tables == there.tables


@dataclass(eq=False)
class OnSpark(Source):
    """Facts whose statements Spark answers, from the pool's own Parquet files."""

    session: SparkSession | None = None

    def rows(self, shape: Shape, values: Mapping[str, Any], scope: Scope) -> Rows:  # noqa: ARG002
        given = {name: _of_this_age(values[name]) for name in parameters_of(shape)}
        assert self.session
        return [tuple(row) for row in self.session.sql(statement(shape, "spark"), args=given).collect()]


def _of_this_age(value: object) -> object:
    """Spark's Python writes no year of fewer than four digits: the first of all days becomes an early one."""
    return max(value, date(1000, 1, 1)) if isinstance(value, date) else value


def value_of(cell: Cell) -> object:
    """A cell to compare: the last digits of a sum of doubles depend on the order in which it was added up."""
    return replace(cell, value=pytest.approx(float(cell.value), rel=1e-9)) if isinstance(cell, Shown) else cell


def some_figures() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Every third figure that has no axis of its own: by season where it can be cut so, else uncut."""
    plain = [name for name, one in METRICS.items() if not one.axis][::3]
    by_season = tuple(name for name in plain if can_cut(METRICS[name], "season"))
    return {("season",): by_season, (): tuple(name for name in plain if name not in by_season)}


def test_spark_reads_the_figures_that_duckdb_reads(here: Pool, session: SparkSession) -> None:
    folder = snapshot_folder(here.home, here.snapshot)
    for table in TABLES:
        session.read.parquet(str(folder / table)).createOrReplaceTempView(table)
    read, wrong = 0, list[str]()
    with pool_facts(here.home, WholePool("test")) as facts:
        for by, metrics in some_figures().items():
            question = Question(metrics, by, as_of=AS_OF, with_coverage=False)
            expected = answer(Source(facts), question, WholePool("test"))
            found = answer(OnSpark(facts, session=session), question, WholePool("test"))
            assert [row.dims for row in found.rows] == [row.dims for row in expected.rows]
            for one, other in zip(found.rows, expected.rows, strict=True):
                wrong += [name for name in metrics if value_of(one.cells[name]) != value_of(other.cells[name])]
                read += sum(isinstance(cell, Shown) for cell in other.cells.values())
    assert not wrong
    assert read > 20
