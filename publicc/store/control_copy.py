"""The control database as a backup carries it: one consistent copy, and the way back, for SQLite and PostgreSQL."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from publicc.kernel.errors import BadInput, Broken
from publicc.kernel.text import Text

_SECONDS: Final = 3600


class Control(Protocol):
    """A control database that can be copied and put back."""

    @property
    def kind(self) -> str:
        """`sqlite` or `postgresql`: a copy of one is not put back into the other."""

    def copy_into(self, folder: Path) -> None:
        """Write one consistent copy of the whole database, while others go on working."""

    def is_empty(self) -> bool:
        """Whether nothing is there that a restoration would overwrite."""

    def put_back(self, folder: Path) -> None:
        """Bring back the copy of that folder; all of it or nothing."""


@dataclass(frozen=True, slots=True)
class SqliteControl:
    """A file of SQLite."""

    file: Path
    kind: str = "sqlite"

    def copy_into(self, folder: Path) -> None:
        """As SQLite's own copy: what is committed when it begins, writers not held back."""
        if not self.file.exists():
            raise Broken(
                Text("Cette installation n'a pas de base de contrôle.", "This installation has no control database."),
                do=Text("Vérifier PUBLICC_HOME.", "Check PUBLICC_HOME."),
            )
        target = folder / "control.sqlite3"
        with closing(sqlite3.connect(self.file)) as here, closing(sqlite3.connect(target)) as there:
            here.backup(there)
        target.chmod(0o600)

    def is_empty(self) -> bool:
        """Whether the file is not there."""
        return not self.file.exists()

    def put_back(self, folder: Path) -> None:
        """Check the copy, then give it its name."""
        copy = folder / "control.sqlite3"
        with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as kept:
            if kept.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise BadInput(
                    Text("La base de contrôle sauvegardée est endommagée.", "The saved control database is damaged.")
                )
        fresh = self.file.with_name(f".{self.file.name}-fresh")
        shutil.copyfile(copy, fresh)
        fresh.chmod(0o600)
        fresh.replace(self.file)


_ABOUT_ALL: Final = "-c app.organization=*"
"""What lets the copy through the walls between organizations: without it, their rows would not be in it."""


@dataclass(frozen=True, slots=True)
class PostgresControl:
    """A database of PostgreSQL, copied by its own tools. `settings`: those of Django's connection."""

    settings: Mapping[str, object] = field(repr=False)
    kind: str = "postgresql"

    def copy_into(self, folder: Path) -> None:
        """As `pg_dump` does: one snapshot of the database."""
        copy = f"--file={folder / 'control.dump'}"
        self._run("pg_dump", "--format=custom", "--no-owner", "--enable-row-security", copy)
        (folder / "control.dump").chmod(0o600)

    def is_empty(self) -> bool:
        """Whether the database has no table."""
        asked = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        return self._run("psql", "--tuples-only", "--no-align", f"--command={asked}").strip() == "0"

    def put_back(self, folder: Path) -> None:
        """As `pg_restore` does, in one transaction."""
        copy = str(folder / "control.dump")
        self._run("pg_restore", "--no-owner", "--single-transaction", "--exit-on-error", "--dbname", self._name(), copy)

    def _name(self) -> str:
        return str(self.settings["NAME"])

    def _run(self, program: str, *arguments: str) -> str:
        """Run a tool of PostgreSQL; the password goes by the environment, never on the command line."""
        found = shutil.which(program)
        if found is None:
            raise Broken(
                Text(f"Le programme {program} manque.", f"The program {program} is missing."),
                do=Text("Installer le client de PostgreSQL.", "Install PostgreSQL's client."),
            )
        told = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
        named = {name: str(self.settings[key]) for name, key in told.items() if self.settings.get(key)}
        done = subprocess.run(  # noqa: S603 - PostgreSQL's own tools, arguments of ours
            [found, *arguments],
            env={**os.environ, **named, "PGOPTIONS": _ABOUT_ALL},
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        if done.returncode:
            raise Broken(
                Text(f"{program} n'a pas abouti.", f"{program} did not succeed."),
                found=Text(f"Code {done.returncode}.", f"Code {done.returncode}."),
                do=Text(
                    "Vérifier DATABASE_URL et la version du client.", "Check DATABASE_URL and the client's version."
                ),
            )
        return done.stdout
