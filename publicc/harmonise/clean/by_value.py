"""Applies a Python reading to a column: once for each distinct value, however many rows hold it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

import duckdb
import pyarrow as pa


class Reader(Protocol):
    """`read_values`, or what does the same elsewhere."""

    def __call__(
        self,
        connection: duckdb.DuckDBPyConnection,
        distinct_values: str,
        read: Callable[[str], Sequence[Any]],
        schema: pa.Schema,
        *,
        into: str,
    ) -> None:
        """Make the temporary table `into(value, …schema)`."""


def read_values(
    connection: duckdb.DuckDBPyConnection,
    distinct_values: str,
    read: Callable[[str], Sequence[Any]],
    schema: pa.Schema,
    *,
    into: str,
) -> None:
    """Make the temporary table `into(value, …schema)`: the reading of each value that `distinct_values` yields."""
    values = [value for (value,) in connection.execute(distinct_values).fetchall()]
    keep_readings(connection, readings(values, read, schema), into=into)


def readings(values: Sequence[str], read: Callable[[str], Sequence[Any]], schema: pa.Schema) -> pa.Table:
    """`value` and the columns of `schema`: the reading of each value."""
    rows = [read(value) for value in values]
    columns: Iterable[Sequence[Any]] = zip(*rows, strict=True) if rows else ((),) * len(schema)
    return pa.Table.from_arrays(
        [pa.array(values, pa.string()), *(pa.array(c, f.type) for c, f in zip(columns, schema, strict=True))],
        schema=pa.schema([pa.field("value", pa.string()), *schema]),
    )


def keep_readings(connection: duckdb.DuckDBPyConnection, table: pa.Table, *, into: str) -> None:
    """Make the temporary table `into` of readings."""
    connection.register("_readings", table)
    try:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {into} AS SELECT * FROM _readings")
    finally:
        connection.unregister("_readings")
