"""Vaults: an organization's identified rows in one encrypted DuckDB file, opened by one process at a time.

Only `intake` and `harmonise` may import this module (import-linter holds it, tests/architecture trespasses).

A vault connection sees `vault` (the default: the encrypted file), `temp` (temporary tables, which spill to encrypted
files) and, when one is given, `scratch`. Files outside can be read only when they were named in `reachable`: an intake
names the files it was handed and its own working folder, reads them into `temp` or `scratch`, then writes `vault`.
One transaction writes one database: fill `scratch` first, commit, then write `vault` from it.
"""

import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import duckdb

from publicc.kernel.errors import Broken
from publicc.kernel.text import Text
from publicc.store.engine import EngineLimits, attach_encrypted, encrypting_connection, lock_down
from publicc.store.held import WAIT_SECONDS, held, vault_file
from publicc.store.home import Home, private_folder
from publicc.store.keys import KeyRing
from publicc.store.linkages import Aside


@dataclass(frozen=True, slots=True)
class Scratch:
    """A throwaway encrypted database: a file and a random key which is never written anywhere.

    One connection at a time: attached to a vault as `scratch`, or opened alone.
    """

    file: Path
    key: bytes = field(repr=False)


@contextmanager
def new_scratch(home: Home) -> Iterator[Scratch]:
    """A scratch database in a private working folder, both gone when the block ends or the process dies."""
    with home.working_folder("scratch") as folder:
        yield Scratch(folder / "scratch.duckdb", secrets.token_bytes(32))


@contextmanager
def open_scratch(
    home: Home, scratch: Scratch, *, reachable: Sequence[Path] = (), beside: Mapping[str, Aside] | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The scratch database as the default one, and those `beside` it under their names.

    SQL reaches `reachable` (files, folders) and nothing else.
    """
    with _connection(home, "scratch", reachable) as connection:
        attach_encrypted(connection.engine, scratch.file, "scratch", key=scratch.key)
        for name, aside in (beside or {}).items():
            aside.attach(connection.engine, name)
        yield connection.locked("scratch")


@contextmanager
def open_vault(
    home: Home,
    ring: KeyRing,
    slug: str,
    *,
    read_only: bool = False,
    reachable: Sequence[Path] = (),
    scratch: Scratch | None = None,
    wait_seconds: float = WAIT_SECONDS,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The vault of one organization, made when it does not exist and `read_only` is false.

    `reachable`: files and folders that SQL may read and write (exports to take in, a folder to build in); nothing else
    outside can be reached. `scratch`: a throwaway database to attach under that name.
    Raises Busy when another process keeps it longer than `wait_seconds`, Broken when the key or the file is wrong.
    """
    with held(home, slug, wait_seconds), _connection(home, slug, reachable) as connection:
        _attach_vault(connection.engine, vault_file(home, slug), key=ring.vault_key(slug), read_only=read_only)
        if scratch is not None:
            attach_encrypted(connection.engine, scratch.file, "scratch", key=scratch.key)
        yield connection.locked("vault")


def vaults_of(home: Home) -> tuple[str, ...]:
    """Slugs of the organizations that have a vault. That of a linking circle (`@…`) is nobody's."""
    return tuple(sorted(path.stem for path in home.vaults.glob("*.duckdb") if not path.stem.startswith("@")))


def remove_vault(home: Home, ring: KeyRing, slug: str, *, wait_seconds: float = WAIT_SECONDS) -> None:
    """Destroy an organization's keys, then its vault file. Doing it twice is fine."""
    with held(home, slug, wait_seconds):
        ring.destroy(slug)
        file = vault_file(home, slug)
        for left in (file, file.with_name(f"{file.name}.wal")):
            left.unlink(missing_ok=True)
        shutil.rmtree(home.deposits / slug, ignore_errors=True)


MEMORY: Final = "3GB"
"""What a vault's connection may use by default: ten million tickets are staged in it without spilling much."""


@dataclass(frozen=True, slots=True)
class _Unlocked:
    """A connection to which databases can still be attached."""

    engine: duckdb.DuckDBPyConnection
    spill: Path
    reachable: Sequence[Path]

    def locked(self, default: str) -> duckdb.DuckDBPyConnection:
        """Locked down, with `default` as the database that unqualified names mean."""
        limits = EngineLimits.from_environment(memory=MEMORY)
        lock_down(self.engine, spill=self.spill, limits=limits, reachable=self.reachable)
        self.engine.execute(f"USE {default}")
        return self.engine


@contextmanager
def _connection(home: Home, purpose: str, reachable: Sequence[Path]) -> Iterator[_Unlocked]:
    with home.working_folder(purpose) as working:
        engine = encrypting_connection()
        try:
            yield _Unlocked(engine, private_folder(working / "spill"), reachable)
        finally:
            engine.close()


def _attach_vault(connection: duckdb.DuckDBPyConnection, file: Path, *, key: bytes, read_only: bool) -> None:
    if read_only and not file.exists():
        raise Broken(
            Text("Cet organisme n'a encore rien déposé.", "This organization has not deposited anything yet."),
            where=Text(f"Organisation {file.stem}.", f"Organization {file.stem}."),
        )
    try:
        attach_encrypted(connection, file, "vault", key=key, read_only=read_only)
    except duckdb.Error:
        # The engine's own message names the file's path and may echo more: it is not chained.
        raise Broken(
            Text(
                "Le coffre ne s'ouvre pas : ce n'est pas sa clé, ou le fichier est endommagé.",
                "The vault does not open: this is not its key, or the file is damaged.",
            ),
            where=Text(f"Organisation {file.stem}.", f"Organization {file.stem}."),
            do=Text(
                "Restaurer le coffre et ses clés depuis la même sauvegarde.",
                "Restore the vault and its keys from the same backup.",
            ),
        ) from None
    file.chmod(0o600)
