"""What is compared of a record as one text: kept so, a few records in a hundred are found without reading the others.

Parts stand in the order of the columns' names, between separators that no cleaned value holds.
"""

from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

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


def untold(told: pa.Table, like: pa.Schema, model: Model) -> pa.Table:
    """The records of `told`, rows of a table of `told_sql`, in the columns of `like`: text, or lists of text."""
    names = compared_columns(model)
    parts = _split(told["told"].combine_chunks(), _BETWEEN).flatten()
    columns = {name: told[name].combine_chunks() for name in told.column_names if name != "told"}
    for place, name in enumerate(names):
        text = parts.take(pa.array(np.arange(place, len(parts), len(names))))
        known = pc.call_function("if_else", [pc.call_function("equal", [text, _NOTHING]), None, text])
        columns[name] = _listed(known) if pa.types.is_list(like.field(name).type) else known
    return pa.table({name: columns[name] for name in like.names}).cast(like)


def _listed(texts: pa.StringArray) -> pa.ListArray:
    """The list that each text tells; nothing told is no list, an empty text an empty one."""
    some = pc.call_function("not_equal", [texts, ""]).fill_null(fill_value=False)
    lists = _split(texts.filter(some), _IN_LIST)
    items = np.zeros(len(texts) + 1, dtype=np.int32)
    items[1:][some.to_numpy(zero_copy_only=False)] = lists.value_lengths().to_numpy()
    ends = pa.array(np.cumsum(items, dtype=np.int32))
    return pa.ListArray.from_arrays(ends, lists.flatten(), mask=texts.is_null())


def _split(texts: pa.StringArray, mark: str) -> pa.ListArray:
    return pc.call_function("split_pattern", [texts], pc.SplitPatternOptions(mark))


def _in_one_sql(name: str, kind: str) -> str:
    return f"array_to_string({name}, {_said(_IN_LIST)})" if kind.endswith(_LIST) else name


def _said(mark: str) -> str:
    return f"chr({ord(mark)})"


def _kinds(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.execute(f"DESCRIBE {table}").fetchall()}
