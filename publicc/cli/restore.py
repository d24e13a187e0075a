"""`publicc restore`: a backup, back into an empty installation."""

import importlib
import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import django
import typer

from publicc.cli import installation
from publicc.cli.app import spoken_language
from publicc.cli.control import control_of
from publicc.cli.shown import Shown
from publicc.kernel.errors import BadInput, Broken
from publicc.kernel.text import Text
from publicc.store.backup import Backup
from publicc.store.home import Home
from publicc.store.restore import Departure, check_backup, chosen, restore

app = typer.Typer()


@app.command("restore")
def restore_backup(
    backup: Annotated[Path, typer.Argument(help="Folder of a backup, or of backups: the newest is taken.")],
    *,
    check: Annotated[bool, typer.Option("--check", help="Only read the backup again, file by file.")] = False,
    departed: Annotated[
        Path | None,
        typer.Option("--departed", help="Folder of certificates of organizations that left, kept apart.", exists=True),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON alone on stdout.")] = False,
) -> None:
    """Bring a backup back into PUBLICC_HOME, which must be empty but for its master key.

    Every file is verified first. What organizations that left since still had in it is destroyed before anything opens.

    Example: publicc restore /media/backups
    """
    home, folder = Home.from_environment(), chosen(backup)
    if check:
        _tell(check_backup(folder), "checked", as_json)
        return
    left = _departures(departed)
    with Shown(spoken_language()) as progress:
        told = restore(home, control_of(home), folder, departures=left, progress=progress)
    _open_again(told, left)
    _tell(told, "restored", as_json)


def _open_again(told: Backup, left: list[Departure]) -> None:
    """Bring the control database to this version, check its trail, tell the restoration in it."""
    django.setup()
    installation.prepare_database()
    trail = importlib.import_module("publicc.collective.trail")
    members = importlib.import_module("publicc.collective.actions")
    if trail.first_broken() is not None or not trail.holds(told.trail_head):
        raise Broken(
            Text(
                "Tout est restauré, mais le journal ne mène pas au sceau de la sauvegarde.",
                "All is restored, but the trail does not lead to the seal of the backup.",
            ),
            do=Text("Prendre une autre sauvegarde.", "Take another backup."),
        )
    for one in left:
        if one.at > told.made_at:
            members.close_organization(one.organization)
    trail.record(action="restore_backup", actor=None, organization=None)


def _departures(folder: Path | None) -> list[Departure]:
    try:
        told = (
            [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))] if folder else []
        )
        return [Departure(str(one["organization"]), datetime.fromisoformat(one["at"])) for one in told]
    except (ValueError, KeyError, TypeError) as problem:
        raise BadInput(
            Text("Un certificat de départ ne se lit pas.", "A certificate of departure cannot be read."),
            where=Text("Dossier de --departed.", "Folder of --departed."),
            do=Text(
                "Y laisser les seuls certificats que publicc a écrits.",
                "Leave in it only the certificates that publicc wrote.",
            ),
        ) from problem


def _tell(told: Backup, what: str, as_json: bool) -> None:  # noqa: FBT001 - the command's own option
    if as_json:
        brief: dict[str, Any] = {**told.as_json(), "files": len(told.files)}
        typer.echo(json.dumps({what: True, **brief}))
        return
    words = _SAID[what]
    installation.say(words.filled(n=len(told.files), at=told.made_at.isoformat(timespec="seconds")))


_SAID = {
    "checked": Text(
        "Sauvegarde entière : {n} fichiers relus, faite le {at}.", "Whole backup: {n} files read again, made on {at}."
    ),
    "restored": Text(
        "Restauré et relu : {n} fichiers, sauvegarde du {at}. Voir publicc doctor.",
        "Restored and read again: {n} files, backup of {at}. See publicc doctor.",
    ),
}
