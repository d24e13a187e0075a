"""Doors for reading: one organization's own rows, or every row of the pool. Read-only, and locked to what they show."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import duckdb

from publicc.directory.official.census import FILE as CENSUS_FILE
from publicc.directory.official.layers import Layer
from publicc.directory.official.traits import HOUSEHOLDS
from publicc.kernel.errors import Broken
from publicc.kernel.scope import OwnRows, WholePool
from publicc.kernel.text import Text
from publicc.store.attitudes import attitudes_file, say_attitudes
from publicc.store.engine import EngineLimits, bare_connection, lock_down, sql_text
from publicc.store.home import Home, private_folder
from publicc.store.manifest import Manifest
from publicc.store.profiles import attach_profiles, name_profiles, profiles_file
from publicc.store.shelf import Shelf
from publicc.store.snapshots import current_or_refuse, rollup_file, snapshot, snapshot_folder
from publicc.store.tables import TABLES

_FACTS: Final = "facts"
SMALL_BYTES: Final = 64_000_000
"""A rollup under this size is read by one thread: handing work over costs more than it saves."""


@contextmanager
def own_facts(home: Home, scope: OwnRows, *, snapshot_id: str | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """One organization's own rows, for the time of a block. As `open_own_facts`."""
    with closing(open_own_facts(home, scope, snapshot_id=snapshot_id)) as connection:
        yield connection


def open_own_facts(home: Home, scope: OwnRows, *, snapshot_id: str | None = None) -> duckdb.DuckDBPyConnection:
    """One organization's own rows: the tables of `store.tables` by name, from its rollup of the current snapshot.

    With what the common model says of its buyers: the tables of `store.profiles`, empty before it is told. With what
    people met outside venues answered: table `attitudes` of `store.attitudes`, when there is any.
    The caller closes it. Raises NoSnapshot when nothing was harmonised yet for it, Broken when a file is damaged.
    """
    manifest = snapshot(home, snapshot_id) if snapshot_id else current_or_refuse(home)
    file = rollup_file(home, manifest.id, scope.organization)
    connection = bare_connection()
    try:
        _say_snapshot(connection, manifest)
        _say_census(connection, home)
        _attach(connection, file)
        attach_profiles(connection, profiles_file(home, manifest.id, scope.organization))
        name_profiles(connection)
        say_attitudes(connection, attitudes_file(home, manifest.id, scope.organization))
        _lock(home, connection, threads=1 if file.stat().st_size < SMALL_BYTES else None)
        connection.execute(f"USE {_FACTS}")
    except BaseException:
        connection.close()
        raise
    return connection


def another(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Another connection to the same own facts, for another thread; cheap. The caller closes it.

    It does not have the table `snapshot`: whoever opened the first one knows it.
    """
    made = connection.cursor()
    made.execute(f"USE {_FACTS}")
    name_profiles(made)
    return made


def _attach(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    try:
        connection.execute(f"ATTACH {sql_text(str(file))} AS {_FACTS} (READ_ONLY)")
    except duckdb.Error:
        raise Broken(
            Text("Les données de cet organisme sont endommagées.", "This organization's data is damaged."),
            do=Text("Relancer publicc harmonise.", "Run publicc harmonise again."),
        ) from None


@contextmanager
def pool_facts(home: Home, scope: WholePool, *, snapshot_id: str | None = None) -> Iterator[duckdb.DuckDBPyConnection]:  # noqa: ARG001 - the scope is the permission: only who holds one comes in
    """Every organization's rows: the tables of `store.tables` as views over the Parquet files of a snapshot.

    Raises NoSnapshot when nothing was harmonised yet.
    """
    manifest = snapshot(home, snapshot_id) if snapshot_id else current_or_refuse(home)
    folder = snapshot_folder(home, manifest.id)
    with closing(bare_connection()) as connection:
        _say_snapshot(connection, manifest)
        _say_census(connection, home)
        for table in TABLES:
            files = sql_text(f"{folder}/{table}/*.parquet")
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet({files})")
        _lock(home, connection, (folder,))
        yield connection


def _say_snapshot(connection: duckdb.DuckDBPyConnection, manifest: Manifest) -> None:
    """Table `snapshot(id, as_of)`, one row: what every figure states it was computed from, and as of when."""
    connection.execute(
        "CREATE TEMP TABLE snapshot AS SELECT CAST($id AS VARCHAR) AS id, CAST($as_of AS DATE) AS as_of",
        {"id": manifest.id, "as_of": manifest.as_of},
    )


def _say_census(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Tables `census(fsa, trait, part, whole)` and `households(fsa, households)`, when a census was imported."""
    file = Shelf.of(home).file(Layer.CENSUS, CENSUS_FILE)
    if file is None:
        return
    connection.execute(f"CREATE TEMP TABLE census AS SELECT * FROM read_parquet({sql_text(str(file))})")
    connection.execute(
        "CREATE TEMP TABLE households AS SELECT fsa, part::INTEGER AS households FROM census WHERE trait = $trait",
        {"trait": HOUSEHOLDS},
    )


def _lock(
    home: Home, connection: duckdb.DuckDBPyConnection, reachable: Sequence[Path] = (), *, threads: int | None = None
) -> None:
    spill = private_folder(home.temporary) / f"reading-{uuid.uuid4().hex}"  # the engine makes and removes it if needed
    limits = EngineLimits.from_environment()
    limits = replace(limits, threads=threads) if threads and not limits.threads else limits
    lock_down(connection, spill=spill, limits=limits, reachable=reachable)
