"""One organization's own rows of a snapshot as a small database of its own, for screens."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import duckdb

from publicc.kernel.scope import OwnRows
from publicc.store.engine import EngineLimits, sql_text
from publicc.store.snapshots import ROLLUPS
from publicc.store.tables import TABLES

_CIRCLE_IDS: Final = ("person_id", "pool_household_id")
"""Two organizations that compared their files would find whom they share: own rows do not carry the circle's ids."""


Write: TypeAlias = Callable[[duckdb.DuckDBPyConnection, OwnRows], None]


@dataclass(frozen=True, slots=True)
class RollupTables:
    """Tables that a room above adds to each rollup. `version` changes whenever they would."""

    version: str
    write: Write


def write_rollup(folder: Path, slug: str, more: RollupTables | None = None) -> Path:
    """Write `rollups/<slug>.duckdb` in a snapshot's folder from the Parquet files of that organization there."""
    target = folder / ROLLUPS / f"{slug}.duckdb"
    target.parent.mkdir(exist_ok=True)
    with duckdb.connect(str(target), config={"memory_limit": EngineLimits.from_environment().memory}) as connection:
        _own_rows(connection, folder, slug)
        if more is not None:
            more.write(connection, OwnRows(slug))
    target.chmod(0o600)
    return target


def _own_rows(connection: duckdb.DuckDBPyConnection, folder: Path, slug: str) -> None:
    for table, columns in TABLES.items():
        chosen = ", ".join(f"NULL::VARCHAR AS {name}" if name in _CIRCLE_IDS else name for name in columns)
        source = sql_text(str(folder / table / f"{slug}.parquet"))
        connection.execute(f"CREATE TABLE {table} AS SELECT {chosen} FROM read_parquet({source})")
