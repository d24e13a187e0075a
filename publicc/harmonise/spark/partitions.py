"""What runs inside a worker: DuckDB over one partition, by the same statements as over a whole table."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any, Final

import duckdb
import pyarrow as pa

from publicc.harmonise.clean.by_value import readings
from publicc.harmonise.linkage.block import keys_sql, meet_on
from publicc.harmonise.linkage.compare import pattern_sql
from publicc.harmonise.linkage.model import Model
from publicc.harmonise.linkage.pairs import counts_sql, together_sql

Batches = Iterator[pa.RecordBatch]

MEMORY: Final = "1GB"
"""Of DuckDB in one worker process."""
ROWS_GIVEN: Final = 65_536
"""Rows handed back to Spark at a time."""
SIGN: Final = 1 << 63
"""Spark knows signed numbers only: hashes are moved down by this, which keeps their order."""

KEYS: Final = "key_no int, k long, record_no int"
MET: Final = "l int, r int, weight double, key_no int, number long, largest long, k long"
"""A pair; a pair that stands for a capped value (`weight`); or, where `key_no` is told, how many values of that key
passed the cap, and of the most shared one the rows, the hash and the first row (`l`)."""
PATTERNS: Final = "l int, r int, weight double, pattern long"
COUNTS: Final = "pattern long, pairs double, joins double"


class PartitionFailed(RuntimeError):
    """A statement failed in a worker. It says which kind of failure, never a value."""


@contextmanager
def partition_of(first: pa.RecordBatch, rest: Batches) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in which `arrived` is the partition, to be read once. In memory only: nothing is spilled in clear."""
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET temp_directory = ''")
        connection.execute("SET enable_external_access = false")
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute("SET threads = 1")
        connection.execute("SET TimeZone = 'UTC'")
        connection.register("arrived", pa.RecordBatchReader.from_batches(first.schema, chain([first], rest)))
        try:
            yield connection
        except duckdb.Error as problem:
            raise PartitionFailed(type(problem).__name__) from None


class OnPartition:
    """What Spark calls with the batches of a partition: `work` readies tables and gives the final query."""

    def __init__(self, work: Callable[[duckdb.DuckDBPyConnection], str]) -> None:
        self.work = work

    def __call__(self, batches: Batches) -> Batches:
        """The rows of the final query; none for a partition without rows."""
        first = next(batches, None)
        if first is None:
            return
        with partition_of(first, batches) as connection:
            yield from connection.execute(self.work(connection)).to_arrow_reader(ROWS_GIVEN)


class Readings:
    """Reads each value of the column `value`."""

    def __init__(self, read: Callable[[str], Sequence[Any]], schema: pa.Schema) -> None:
        self.read, self.schema = read, schema

    def __call__(self, batches: Batches) -> Batches:
        """`value` and the columns of the reading."""
        for batch in batches:
            yield from readings(batch.column(0).to_pylist(), self.read, self.schema).to_batches()


class WriteKeys:
    """From records to the keys that each of them has."""

    def __init__(self, model: Model, within: str) -> None:
        self.model, self.within = model, within

    def __call__(self, connection: duckdb.DuckDBPyConnection) -> str:
        """See `OnPartition`."""
        connection.execute("CREATE TEMP TABLE records AS FROM arrived")
        return " UNION ALL ".join(
            f"""SELECT {number} AS key_no, (k::HUGEINT - {SIGN})::BIGINT AS k, record_no
            FROM ({keys_sql("records", key, self.within)})"""
            for number, key in enumerate(self.model.keys)
        )


class Meet:
    """From keys, all rows of one key's value in one partition, to the pairs that they bring together."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def __call__(self, connection: duckdb.DuckDBPyConnection) -> str:
        """See `OnPartition`."""
        connection.execute("CREATE TEMP TABLE keys AS FROM arrived")
        connection.execute("CREATE TEMP TABLE _block_found (l INTEGER, r INTEGER)")
        connection.execute("CREATE TEMP TABLE met_capped (l INTEGER, r INTEGER, weight DOUBLE)")
        connection.execute(f"CREATE TEMP TABLE over ({MET})")
        for (number,) in connection.execute("SELECT DISTINCT key_no FROM keys ORDER BY 1").fetchall():
            connection.execute(
                "CREATE OR REPLACE TEMP TABLE _block_keys AS SELECT record_no, k FROM keys WHERE key_no = ?", [number]
            )
            if found := meet_on(connection, self.model.keys[number], "met"):
                connection.execute(
                    "INSERT INTO over VALUES (?, NULL, NULL, ?, ?, ?, ?)",
                    [found.first, number, found.values, found.largest, found.k],
                )
        return """SELECT DISTINCT l, r, NULL::DOUBLE AS weight, NULL::INTEGER AS key_no, NULL::BIGINT AS number,
                NULL::BIGINT AS largest, NULL::BIGINT AS k FROM _block_found WHERE l < r
            UNION ALL SELECT l, r, weight, NULL, NULL, NULL, NULL FROM met_capped UNION ALL FROM over"""


class Compare:
    """From pairs with both records, `l` and `r`, to their patterns."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def __call__(self, _: duckdb.DuckDBPyConnection) -> str:
        """See `OnPartition`."""
        return f"""SELECT l_no AS l, r_no AS r, weight, pattern FROM (
            SELECT l.record_no AS l_no, r.record_no AS r_no, weight, {pattern_sql(self.model)} AS pattern
            FROM arrived)"""


def count_patterns(connection: duckdb.DuckDBPyConnection) -> str:
    """From compared pairs, all those of one pattern in one partition, to how many make it."""
    connection.execute("CREATE TEMP TABLE compared AS FROM arrived")
    weights = "SELECT pattern, sum(weight) FROM compared WHERE weight IS NOT NULL GROUP BY pattern"
    together = together_sql(counts_sql("(FROM compared WHERE weight IS NULL)"), weights)
    return f"SELECT pattern, pairs::DOUBLE AS pairs, joins::DOUBLE AS joins FROM ({together})"
