"""What runs inside a worker, run here: the keys, pairs, patterns and counts of one process, partition by partition."""

from collections.abc import Iterator

import duckdb
import pyarrow as pa
import pytest

from publicc.harmonise.linkage.block import find_candidates
from publicc.harmonise.linkage.compare import compare_pairs
from publicc.harmonise.linkage.levels import key, level
from publicc.harmonise.linkage.model import Comparison, Model
from publicc.harmonise.linkage.pairs import counts_sql
from publicc.harmonise.spark.partitions import (
    Compare,
    Meet,
    OnPartition,
    PartitionFailed,
    Readings,
    WriteKeys,
    count_patterns,
)

MODEL = Model(
    comparisons=(
        Comparison(
            "name",
            absent="l.name IS NULL OR r.name IS NULL",
            levels=(
                level("exact", "l.name = r.name", same=0.9, home=0.1, chance=0.01),
                level("different", "true", same=0.1, home=0.9, chance=0.99),
            ),
        ),
    ),
    keys=(
        key("ville", "city", "city", cap=3),
        key("nom", "name", "name"),
        key("mot", "word", "element", unnest="words"),
    ),
    frequencies=(),
)
RECORDS = """SELECT n::INTEGER AS record_no, 'name' || n % 4 AS name, ['w' || n % 5, 'v' || n] AS words,
    CASE WHEN n < 9 THEN 'laval' ELSE 'c' || n // 2 END AS city FROM range(1, 14) numbers(n)"""


def batches(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[pa.RecordBatch]:
    return iter(connection.execute(query).to_arrow_table().to_batches(max_chunksize=4))


def rows(found: Iterator[pa.RecordBatch]) -> list[dict[str, object]]:
    return [row for batch in found for row in batch.to_pylist()]


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE records AS {RECORDS}")
        yield connection


def test_keys_bring_together_what_they_do_in_one_process(connection: duckdb.DuckDBPyConnection) -> None:
    capped = find_candidates(connection, "records", MODEL, within="''", into="candidates")
    keys = list(OnPartition(WriteKeys(MODEL, "''"))(batches(connection, "FROM records")))
    met = rows(Meet(MODEL)(iter(keys)))
    pairs = {(row["l"], row["r"]) for row in met if row["weight"] is None and row["key_no"] is None}
    assert pairs == set(connection.execute("FROM candidates").fetchall())
    over = [row for row in met if row["key_no"] is not None]
    assert [(row["key_no"], row["number"], row["largest"], row["l"]) for row in over] == [(0, 1, 8, 1)]
    assert [(one.values, one.largest, one.example) for one in capped] == [(1, 8, "laval")]
    sampled = {(row["l"], row["r"], row["weight"]) for row in met if row["weight"] is not None}
    assert sampled == {(1, 5, 7.0), (2, 6, 7.0), (3, 7, 7.0), (4, 8, 7.0)}  # four stand for the twenty-eight


def test_pairs_get_the_patterns_and_the_counts_of_one_process(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "CREATE TABLE pairs AS SELECT a.record_no AS l, b.record_no AS r FROM records a, records b WHERE l < r"
    )
    compare_pairs(connection, "pairs", "records", MODEL, into="compared")
    both = "SELECT l, r, NULL::DOUBLE AS weight FROM records l JOIN records r ON l.record_no < r.record_no"
    arrived = list(OnPartition(Compare(MODEL))(batches(connection, both)))
    told = {(row["l"], row["r"]): row["pattern"] for row in rows(iter(arrived))}
    assert told == {(left, right): pattern for left, right, pattern in connection.execute("FROM compared").fetchall()}
    counted = {row["pattern"]: (row["pairs"], row["joins"]) for row in rows(OnPartition(count_patterns)(iter(arrived)))}
    whole = connection.execute(counts_sql("compared")).fetchall()
    assert counted == {pattern: (pairs, joins) for pattern, pairs, joins in whole}


def test_values_are_read_as_in_one_process() -> None:
    read = Readings(lambda value: (value.upper(),), pa.schema([("loud", pa.string())]))
    values = pa.record_batch({"value": ["ada", "ben"]})
    assert rows(read(iter([values]))) == [{"value": "ada", "loud": "ADA"}, {"value": "ben", "loud": "BEN"}]


def test_a_partition_without_rows_gives_none() -> None:
    assert list(OnPartition(lambda _: "FROM nowhere")(iter(()))) == []
    assert list(Meet(MODEL)(iter(()))) == []


def test_a_statement_that_fails_says_what_kind_of_failure_and_no_value() -> None:
    secret = pa.record_batch({"value": ["ada@example.org"]})
    with pytest.raises(PartitionFailed) as found:
        list(OnPartition(lambda _: "SELECT value::INTEGER FROM arrived")(iter([secret])))
    assert str(found.value) == "ConversionException"
