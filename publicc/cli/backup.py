"""`publicc backup`: one moment of the installation, copied whole and verified."""

import importlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import django
import typer

from publicc import __version__
from publicc.cli import installation
from publicc.cli.app import spoken_language
from publicc.cli.control import backups_folder, control_of
from publicc.cli.shown import Shown
from publicc.kernel import formats
from publicc.kernel.errors import BadUsage
from publicc.kernel.text import Text
from publicc.store.backup import KEPT_DAYS, Backup, Wanted, forget_older, make_backup
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.restore import check_backup

app = typer.Typer()


@app.command()
def backup(
    *,
    to: Annotated[
        Path | None, typer.Option("--to", help="Folder of backups; PUBLICC_BACKUPS, else backups/ of the home.")
    ] = None,
    with_master_key: Annotated[
        bool, typer.Option("--with-master-key", help="Put the master key in it: whoever holds the backup reads all.")
    ] = False,
    keep_days: Annotated[
        int, typer.Option("--keep-days", min=1, help="Remove backups older than so many days; the newest stays.")
    ] = KEPT_DAYS,
    as_json: Annotated[bool, typer.Option("--json", help="JSON alone on stdout.")] = False,
) -> None:
    """Copy the control database, wrapped keys, vaults, current snapshot, releases, reports, and read the copy again.

    The master key is not in it: keep that one elsewhere. Other work waits while the copy is made.

    Example: publicc backup --to /media/backups
    """
    home = Home.from_environment()
    if not home.keys.is_dir() and not home.control_database.exists():
        raise BadUsage(
            Text("Il n'y a rien à sauvegarder ici.", "There is nothing to back up here."),
            where=Text("Dossier que nomme PUBLICC_HOME.", "Folder named by PUBLICC_HOME."),
        )
    folder = backups_folder(home, to)
    trail = _trail()
    with Shown(spoken_language()) as progress:
        wanted = Wanted(__version__, trail_head=trail.last_seal(), with_master_key=with_master_key, to=folder)
        made = make_backup(home, KeyRing.open(home), control_of(home), wanted, progress=progress)
        told = check_backup(made)
    trail.record(action="make_backup", actor=None, organization=None, object_id=made.name)
    gone = forget_older(folder, keep_days, now=datetime.now(UTC))
    if as_json:
        typer.echo(json.dumps({"folder": str(made), **_brief(told), "removed": [path.name for path in gone]}))
        return
    installation.say(
        Text(
            "Sauvegarde faite et relue : {folder} ({n} fichiers, {size}).",
            "Backup made and read again: {folder} ({n} files, {size}).",
        ).filled(folder=made, n=len(told.files), size=formats.file_size(told.octets, spoken_language()))
    )
    if to is None and folder.is_relative_to(home.root):
        installation.say(_SAME_DISK)


_SAME_DISK = Text(
    "Elle est sur le même disque que les données : la copier ailleurs, ou donner --to.",
    "It is on the same disk as the data: copy it elsewhere, or give --to.",
)


def _brief(told: Backup) -> dict[str, Any]:
    kept = told.as_json()
    return {**{name: value for name, value in kept.items() if name != "files"}, "files": len(told.files)}


def _trail() -> Any:  # noqa: ANN401 - a module that may be imported only once Django is set up
    """The trail, with the control database brought to this version."""
    django.setup()
    installation.prepare_database()
    return importlib.import_module("publicc.collective.trail")
