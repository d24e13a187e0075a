"""The customer tables with a known truth, opened as a benchmark of linkage needs them, and how a result is judged."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import duckdb

from bench.linkage import SHARED
from publicc.harmonise.linkage.measures import measures

DEFAULT: Final = "canada_20k,canada_100k"
JUDGED: Final = ("b_cubed", "pair", "precision", "recall", "largest_false_group")


def sets_asked() -> list[str]:
    """`PUBLICC_BENCH_SETS`, names separated by commas."""
    return os.environ.get("PUBLICC_BENCH_SETS", DEFAULT).split(",")


@contextmanager
def linkage_set(name: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with `source` (the rows) and `truth` (organization, customer_number, entity, household)."""
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '3GB'")
        connection.execute(f"CREATE TABLE truth AS FROM '{SHARED / f'{name}.truth.parquet'}'")
        connection.read_parquet(str(SHARED / f"{name}.parquet")).create_view("source")
        yield connection


def quality(connection: duckdb.DuckDBPyConnection, found: str) -> dict[str, Any]:
    """F1 of B³ and of pairs, precision and recall of B³, and the largest group that joins two persons.

    `found` is SQL that gives organization, customer_number, person_no.
    """
    rows = connection.execute(
        f"""SELECT person_no, entity FROM ({found}) JOIN truth USING (organization, customer_number)
        ORDER BY organization, customer_number"""
    ).fetchnumpy()
    made = measures(rows["person_no"].tolist(), rows["entity"].tolist())
    figures = (made.b_cubed.f1, made.pairs.f1, made.b_cubed.precision, made.b_cubed.recall)
    told = [round(figure, 4) for figure in figures]
    return dict(zip(JUDGED, [*told, made.largest_false_group], strict=True))
