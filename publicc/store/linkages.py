"""Linkages kept aside: what linking compared, in encrypted databases beside the vaults, each under a key of its own.

They let a harmonisation compare only what changed. They hold identities of several organizations, so the wall of the
vaults stands before them: only `harmonise` may import this module. Each is named after all that it depends on but rows:
who is in it and under which rules. When that changes, or an organization leaves, key and file are destroyed, and the
next harmonisation compares everything again. That is also what happens when one is lost: nothing else depends on them.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import duckdb
from filelock import FileLock, Timeout

from publicc.store.engine import attach_encrypted
from publicc.store.home import Home, private_folder
from publicc.store.keys import KeyRing

_BEGINNING: Final = "@linkage-"


@dataclass(frozen=True, slots=True)
class Aside:
    """An encrypted database of one linkage, there or yet to be made."""

    file: Path
    key: bytes = field(repr=False)

    def attach(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        """ATTACH it under `name`; one that does not open is made anew: nothing is lost but time."""
        try:
            attach_encrypted(connection, self.file, name, key=self.key)
        except duckdb.Error:
            _remove(self.file)
            attach_encrypted(connection, self.file, name, key=self.key)
        self.file.chmod(0o600)


@contextmanager
def linkages_aside(home: Home, ring: KeyRing, wanted: Mapping[str, str]) -> Iterator[dict[str, Aside]]:
    """The linkages `wanted` (alias → what it depends on), held as long as the block runs; all others are destroyed.

    None at all when another process holds them, or when the ring's vaults do not stay.
    """
    if ring.passes:
        yield {}
        return
    private_folder(home.vaults)
    try:
        held = FileLock(home.vaults / f"{_BEGINNING}.lock", timeout=0, mode=0o600).acquire()
    except Timeout:
        yield {}
        return
    with held:
        names = {alias: f"{_BEGINNING}{alias}-{depends_on}" for alias, depends_on in wanted.items()}
        _destroy_others(home, ring, names.values())
        yield {alias: Aside(_file(home, name), ring.vault_key(name)) for alias, name in names.items()}


def destroy_linkages(home: Home, ring: KeyRing) -> None:
    """Destroy the key and the file of every linkage: when an organization leaves. Doing it twice is fine."""
    _destroy_others(home, ring, ())


def _destroy_others(home: Home, ring: KeyRing, kept: Collection[str]) -> None:
    there = {file.stem for file in home.vaults.glob(f"{_BEGINNING}*.duckdb")}
    held = {name for name in ring.holders() if name.startswith(_BEGINNING)}
    for name in (there | held) - (set(kept) & held):
        ring.destroy(name)
        _remove(_file(home, name))


def _file(home: Home, name: str) -> Path:
    return home.vaults / f"{name}.duckdb"


def _remove(file: Path) -> None:
    for left in (file, file.with_name(f"{file.name}.wal")):
        left.unlink(missing_ok=True)
