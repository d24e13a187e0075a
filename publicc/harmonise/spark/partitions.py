"""What runs inside a worker: DuckDB over one partition, by the same statements as over a whole table."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from publicc.harmonise.clean.by_value import readings
from publicc.harmonise.linkage.block import distinct, keys_sql, meet, table_of
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
_MET: Final = pa.schema(
    [("l", pa.int32()), ("r", pa.int32()), ("weight", pa.float64()), ("key_no", pa.int32())]
    + [(name, pa.int64()) for name in ("number", "largest", "k")]
)
PATTERNS: Final = "l int, r int, weight double, pattern long"
COUNTS: Final = "pattern long, pairs double, joins double"


class PartitionFailed(RuntimeError):
    """A statement failed in a worker. It says which kind of failure, never a value."""


@contextmanager
def partition_of(first: pa.RecordBatch, rest: Batches) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in which `arrived` is the partition, to be read once; all in memory, nothing is spilled."""
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
    """From keys, all records of one key's value in one partition, to the pairs that they bring together."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def __call__(self, batches: Batches) -> Batches:
        """Pairs and what passed the cap, in the columns of `MET`; a pair once for the whole partition."""
        arrived = list(batches)
        if not arrived:
            return
        table = pa.Table.from_batches(arrived)
        key_no, record, k = (table[name].to_numpy() for name in ("key_no", "record_no", "k"))
        found = list[NDArray[np.uint64]]()
        for number in np.unique(key_no).tolist():
            here = key_no == number
            met = meet(record[here], k[here], cap=self.model.keys[number].cap)
            found += met.pairs
            if over := met.over:
                yield from _as_met(table_of(met.sampled, met.weight))
                told = {"l": over.first, "key_no": number, "number": over.values, "largest": over.largest, "k": over.k}
                yield from _as_met(pa.table({name: [value] for name, value in told.items()}))
        yield from _as_met(table_of(distinct(np.concatenate([np.zeros(0, np.uint64), *found]))))


def _as_met(table: pa.Table) -> Batches:
    """The same rows in the columns of `MET`; those that are not there are not known."""
    columns = [
        table[field.name].cast(field.type) if field.name in table.column_names else pa.nulls(len(table), field.type)
        for field in _MET
    ]
    yield from pa.Table.from_arrays(columns, schema=_MET).to_batches(ROWS_GIVEN)


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
