"""What the common model says of one organization's buyers: a small file beside its rollup, replaced in one step.

Written by `segments` from own rows alone; read with them, as tables `profiles`, `profiles_by_season`,
`profile_classes` and `profile_model`, which are empty before the first time.
"""

import os
import uuid
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

import duckdb

from publicc.kernel.errors import Broken
from publicc.kernel.text import Text
from publicc.store.durable import sync_folder, version_of
from publicc.store.engine import bare_connection, sql_text
from publicc.store.home import Home
from publicc.store.snapshots import rollup_file

CATALOGUE: Final = "scored"
TABLES: Final = {
    "profiles": "buyer INTEGER, buyer_id VARCHAR, profile VARCHAR, certainty DOUBLE",
    "profiles_by_season": "season SMALLINT, buyer INTEGER, buyer_id VARCHAR, profile VARCHAR, certainty DOUBLE",
    "profile_classes": "position INTEGER, code VARCHAR, name_fr VARCHAR, name_en VARCHAR, card_fr VARCHAR,"
    " card_en VARCHAR, colour VARCHAR",
    "profile_model": "id VARCHAR, version VARCHAR, sha256 VARCHAR, as_of DATE",
}
"""Table → columns. `buyer` is the number of the buyer in the rollup; `profile` NULL = « indéterminé »; `certainty` 0–1,
two digits. `profiles_by_season` tells them as they stood on the last day of each season."""


def profiles_file(home: Home, snapshot_id: str, slug: str) -> Path:
    """Where they are kept. Raises NoSnapshot when the snapshot has no such organization."""
    return rollup_file(home, snapshot_id, slug).with_suffix(".profiles")


def version_of_profiles(home: Home, snapshot_id: str, slug: str) -> str:
    """Changes whenever they are written again; empty when they never were."""
    return version_of(profiles_file(home, snapshot_id, slug))


def write_profiles(file: Path, write: Callable[[duckdb.DuckDBPyConnection], None]) -> None:
    """Have `write` fill the tables of a new file, in the schema in use, then put it in the place of the former one."""
    building = file.with_name(f".{file.name}-{uuid.uuid4().hex}")
    try:
        with closing(bare_connection()) as connection:
            connection.execute(f"ATTACH {sql_text(str(building))} AS {CATALOGUE}")
            make_tables(connection)
            write(connection)
            connection.execute(f"DETACH {CATALOGUE}")
        building.chmod(0o600)
        os.replace(building, file)  # noqa: PTH105 - the atomic one, said by its name
        sync_folder(file.parent)
    finally:
        building.unlink(missing_ok=True)


def forget_profiles(home: Home, snapshot_id: str, slug: str) -> None:
    """Remove them: the organization is not scored any more."""
    profiles_file(home, snapshot_id, slug).unlink(missing_ok=True)


def attach_profiles(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Make the tables readable through a connection; empty ones without a file. Raises Broken for a damaged one."""
    if not file.is_file():
        connection.execute(f"ATTACH ':memory:' AS {CATALOGUE}")
        make_tables(connection)
        return
    try:
        connection.execute(f"ATTACH {sql_text(str(file))} AS {CATALOGUE} (READ_ONLY)")
    except duckdb.Error:
        raise Broken(
            Text("Les profils de cet organisme sont endommagés.", "This organization's profiles are damaged."),
            do=Text("Lancer publicc segment score.", "Run publicc segment score."),
        ) from None


def name_profiles(connection: duckdb.DuckDBPyConnection) -> None:
    """Let the tables be read by their names alone, through this connection."""
    for name in TABLES:
        connection.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM {CATALOGUE}.{name}")


def make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the empty tables in the catalogue."""
    for name, columns in TABLES.items():
        connection.execute(f"CREATE TABLE {CATALOGUE}.{name} ({columns})")
