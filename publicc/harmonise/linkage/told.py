"""What is compared of a record as one text: kept so, a few records in a hundred are found without reading the others.

Parts stand in the order of the columns' names, between separators that no cleaned value holds.
"""

from collections.abc import Iterable
from typing import Final

import duckdb

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
    parts = (f"coalesce({_in_one_sql(name, kinds[name])}, {_said(_NOTHING)})" for _, name in _placed(model))
    rarities = "".join(f", {one.name}" for one in model.frequencies)
    return f"SELECT record_no, {f' || {_said(_BETWEEN)} || '.join(parts)} AS told{rarities} FROM {records}"


def untold_sql(connection: duckdb.DuckDBPyConnection, told: str, like: str, model: Model) -> str:
    """SQL: the rows that the SQL `told` gives, with the columns, text or lists of text, that the table `like` has."""
    kinds = _kinds(connection, like)
    columns = (f"{_out_of_one_sql(f'parts[{place}]', kinds[name])} AS {name}" for place, name in _placed(model))
    rarities = "".join(f", {one.name}" for one in model.frequencies)
    return f"""SELECT record_no, {", ".join(columns)}{rarities}
        FROM (SELECT * EXCLUDE (told), string_split(told, {_said(_BETWEEN)}) AS parts FROM ({told}))"""


def _placed(model: Model) -> Iterable[tuple[int, str]]:
    return enumerate(compared_columns(model), start=1)


def _out_of_one_sql(part: str, kind: str) -> str:
    known = f"nullif({part}, {_said(_NOTHING)})"
    if not kind.endswith(_LIST):
        return known
    return f"if({part} = '', [], string_split({known}, {_said(_IN_LIST)}))"


def _in_one_sql(name: str, kind: str) -> str:
    return f"array_to_string({name}, {_said(_IN_LIST)})" if kind.endswith(_LIST) else name


def _said(mark: str) -> str:
    return f"chr({ord(mark)})"


def _kinds(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.execute(f"DESCRIBE {table}").fetchall()}
