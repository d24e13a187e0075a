"""What is compared of a record as one text: kept so, a few records in a hundred are found without reading the others.

Parts stand in the order of the columns' names, between separators that no cleaned value holds.
"""

from typing import Final

import duckdb

from publicc.harmonise.linkage.frequency import compared_columns
from publicc.harmonise.linkage.model import Model

_BETWEEN, _IN_LIST, _NOTHING = ("chr(31)", "chr(30)", "chr(29)")
_LIST: Final = "[]"


def told_columns(model: Model) -> str:
    """SQL: the columns of a table of `told_sql`. The text is not compressed: that costs more than it spares."""
    rarities = "".join(f", {one.name} TINYINT" for one in model.frequencies)
    return f"record_no INTEGER, told VARCHAR USING COMPRESSION uncompressed{rarities}"


def told_sql(connection: duckdb.DuckDBPyConnection, records: str, model: Model) -> str:
    """SQL: `record_no`, `told` and the rarities of `records`."""
    kinds = _kinds(connection, records)
    parts = (
        f"coalesce({f'array_to_string({name}, {_IN_LIST})' if kinds[name].endswith(_LIST) else f'{name}::VARCHAR'},"
        f" {_NOTHING})"
        for name in compared_columns(model)
    )
    rarities = "".join(f", {one.name}" for one in model.frequencies)
    return f"SELECT record_no, {f' || {_BETWEEN} || '.join(parts)} AS told{rarities} FROM {records}"


def untold_sql(connection: duckdb.DuckDBPyConnection, told: str, like: str, model: Model) -> str:
    """SQL: the rows of `told` with the columns, and their types, that the table `like` has."""
    kinds = _kinds(connection, like)
    columns = ", ".join(
        f"{_untold(f'nullif(parts[{place}], {_NOTHING})', kinds[name])} AS {name}"
        for place, name in enumerate(compared_columns(model), start=1)
    )
    rarities = "".join(f", {one.name}" for one in model.frequencies)
    return f"""SELECT record_no, {columns}{rarities}
        FROM (SELECT * EXCLUDE (told), string_split(told, {_BETWEEN}) AS parts FROM {told})"""


def _untold(part: str, kind: str) -> str:
    if kind.endswith(_LIST):
        return f"CASE WHEN {part} = '' THEN [] ELSE string_split({part}, {_IN_LIST}) END::{kind}"
    return part if kind == "VARCHAR" else f"{part}::{kind}"


def _kinds(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.execute(f"DESCRIBE {table}").fetchall()}
