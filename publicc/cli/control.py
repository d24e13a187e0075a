"""The control database of an installation, known without starting Django, and where its backups go."""

import os
from pathlib import Path

import dj_database_url

from publicc.store.control_copy import Control, PostgresControl, SqliteControl
from publicc.store.home import Home


def control_of(home: Home) -> Control:
    """The control database of a home."""
    settings = dj_database_url.config(default=f"sqlite:///{home.control_database}")
    if str(settings["ENGINE"]).endswith("sqlite3"):
        return SqliteControl(Path(str(settings["NAME"])))
    return PostgresControl(dict(settings))


def backups_folder(home: Home, given: Path | None) -> Path:
    """Where backups go: as asked, else `PUBLICC_BACKUPS`, else `backups` of the home."""
    named = os.environ.get("PUBLICC_BACKUPS")
    return given or (Path(named).expanduser() if named else home.root / "backups")
