"""The same persons, households and confidence on Spark as in one process, whatever the partitions and the row order."""

import random

import duckdb
import numpy as np
import pytest

pytest.importorskip("pyspark", reason="Spark is an extra: make test installs it")

from pyspark.sql import SparkSession

from publicc.harmonise.linkage import LinkResult, LinkScope, LinkSettings, link
from publicc.harmonise.linkage.pairs import HERE, Workers
from publicc.harmonise.spark.workers import SparkWorkers
from tests.integration.harmonise.customers import rows_of
from tests.integration.spark.crowd import crowd
from tests.shared_data import SHARED, needs_shared

Told = list[tuple[object, ...]]


def outcome(
    connection: duckdb.DuckDBPyConnection, table: str, scope: LinkScope, workers: Workers
) -> tuple[Told, LinkResult]:
    result = link(connection, table, scope=scope, settings=LinkSettings(workers=workers))
    told = connection.execute(
        f"""SELECT organization, customer_number, record_no, person_no, household_no, confidence, buyer_kind
        FROM {result.relation} ORDER BY ALL"""
    ).fetchall()
    return told, result


def of_rows(rows: list[dict[str, str]], scope: LinkScope, workers: Workers) -> tuple[Told, LinkResult]:
    with duckdb.connect() as connection:
        return outcome(connection, rows_of(connection, rows), scope, workers)


def check_alike(one: LinkResult, other: LinkResult) -> None:
    for told in ("persons", "households", "candidates", "held", "courtesies", "capped"):
        assert getattr(one, told) == getattr(other, told), told
    assert one.trained.patterns.tolist() == other.trained.patterns.tolist()
    np.testing.assert_allclose(one.trained.posterior, other.trained.posterior, rtol=0, atol=1e-9)


def test_partitions_and_row_order_change_nothing(session: SparkSession) -> None:
    scope, parts = LinkScope.ORGANIZATION, 5
    rows = crowd(1200, seed=5)
    shuffled = random.Random(1).sample(rows, len(rows))
    here, found_here = of_rows(rows, scope, HERE)
    there, found_there = of_rows(shuffled, scope, SparkWorkers(session, parts=parts, few_values=100))
    assert found_here.persons < len(rows)
    assert found_here.capped
    assert here == there
    check_alike(found_here, found_there)


@pytest.mark.parametrize("count", [0, 3])
def test_next_to_no_rows_are_linked_too(session: SparkSession, count: int) -> None:
    rows = crowd(3, seed=2)[:count]
    assert of_rows(rows, LinkScope.POOL, HERE)[0] == of_rows(rows, LinkScope.POOL, SparkWorkers(session))[0]


@needs_shared
@pytest.mark.shared
@pytest.mark.slow
def test_twenty_thousand_canadian_customers_are_linked_alike(session: SparkSession) -> None:
    with duckdb.connect() as connection:
        connection.read_parquet(str(SHARED / "linkage" / "canada_20k.parquet")).create_view("source")
        here, found_here = outcome(connection, "source", LinkScope.POOL, HERE)
        there, found_there = outcome(connection, "source", LinkScope.POOL, SparkWorkers(session))
    assert here == there
    check_alike(found_here, found_there)
