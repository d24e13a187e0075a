"""What is compared of a record as one text: kept so, a few records in a hundred are found without reading the others.

Parts stand in the order of the columns' names, between separators that no cleaned value holds.
"""

from typing import Final

import duckdb
import pyarrow as pa
from pyarrow.compute import SplitPatternOptions, call_function

from publicc.harmonise.linkage.frequency import compared_columns
from publicc.harmonise.linkage.model import Model

_BETWEEN: Final = "\x1f"
_IN_LIST: Final = "\x1e"
_NOTHING: Final = "\x1d"
_LIST: Final = "[]"


def told_columns(model: Model) -> str:
    """SQL: the columns of a table of `told_sql`. The text is not compressed: that costs more than it spares."""
    rarities = "".join(f", {one.name} TINYINT" for one in model.frequencies)
    return f"record_no INTEGER, told VARCHAR USING COMPRESSION uncompressed{rarities}"


def told_sql(connection: duckdb.DuckDBPyConnection, records: str, model: Model) -> str:
    """SQL: `record_no`, `told` and the rarities of `records`."""
    kinds = _kinds(connection, records)
    parts = (f"coalesce({_in_one_sql(name, kinds[name])}, {_said(_NOTHING)})" for name in compared_columns(model))
    rarities = "".join(f", {one.name}" for one in model.frequencies)
    return f"SELECT record_no, {f' || {_said(_BETWEEN)} || '.join(parts)} AS told{rarities} FROM {records}"


def untold(connection: duckdb.DuckDBPyConnection, told: str, like: str, model: Model) -> pa.Table:
    """The rows that the SQL `told` gives, with the columns, text or lists of text, that the table `like` has."""
    found, kinds = connection.execute(told).to_arrow_table(), _kinds(connection, like)
    parts = _split(found["told"].combine_chunks(), _BETWEEN)
    columns = {"record_no": found["record_no"]}
    for place, name in enumerate(compared_columns(model)):
        columns[name] = _untold(call_function("list_element", [parts, place]), kinds[name])
    return pa.table(columns | {one.name: found[one.name] for one in model.frequencies})


def _untold(part: pa.Array, kind: str) -> pa.Array:
    known = call_function("if_else", [call_function("equal", [part, _NOTHING]), pa.scalar(None, part.type), part])
    if not kind.endswith(_LIST):
        return known
    items, none = _split(known, _IN_LIST), pa.scalar([], pa.list_(pa.string()))
    return call_function("if_else", [call_function("equal", [known, ""]), none, items])


def _split(text: pa.Array, mark: str) -> pa.Array:
    return call_function("split_pattern", [text], SplitPatternOptions(mark))


def _in_one_sql(name: str, kind: str) -> str:
    return f"array_to_string({name}, {_said(_IN_LIST)})" if kind.endswith(_LIST) else name


def _said(mark: str) -> str:
    return f"chr({ord(mark)})"


def _kinds(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.execute(f"DESCRIBE {table}").fetchall()}
