"""The way back from a backup: every digest checked first, built aside, then put in place in one step.

A home that holds anything is never overwritten. A process killed while it restores leaves the home as it was, or one
that the same command finishes: what is left to do lies in `.restoring`.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from publicc.kernel.errors import BadInput, BadUsage, Broken
from publicc.kernel.progress import SILENT, Progress
from publicc.kernel.text import Text
from publicc.store.backup import MANIFEST, MASTER_KEY, SEALED, Backup, backups_in, digests
from publicc.store.control_copy import Control
from publicc.store.durable import sync_folder, sync_tree, write_atomically
from publicc.store.home import Home, private_folder
from publicc.store.keys import MASTER_KEY_VARIABLE, KeyRing, master_key_file
from publicc.store.snapshots import forget_all

_LEFT: Final = ".restoring"
"""Folder of a restored home that holds what is still to be put back: the control database."""
_MAY_BE_THERE: Final = {"keys/master.key", "keys/django.secret"}


@dataclass(frozen=True, slots=True)
class Departure:
    """An organization that left, and when: what a backup made before still holds of it must not come back."""

    organization: str
    at: datetime


def chosen(given: Path) -> Path:
    """The folder of a backup, or the newest one of a folder of backups. Raises BadInput when there is none."""
    if (given / MANIFEST).is_file():
        return given
    found = backups_in(given) if given.is_dir() else []
    if not found:
        raise BadInput(
            Text("Aucune sauvegarde entière ici.", "No whole backup here."),
            where=Text("Dossier {name}.", "Folder {name}.").filled(name=given.name),
            do=Text("Donner un dossier que publicc backup a fait.", "Give a folder that publicc backup made."),
        )
    return found[0][0]


def check_backup(folder: Path) -> Backup:
    """The backup of a folder, every file of it read again. Raises BadInput for one missing, changed or added."""
    told = Backup.read(folder)
    found = dict(digests(folder))
    wrong = sorted(name for name in {*told.files, *found} if found.get(name) != told.files.get(name))
    if wrong:
        raise BadInput(
            Text("Cette sauvegarde n'est pas ce qu'elle dit être.", "This backup is not what it says it is."),
            found=Text(
                "Fichiers manquants, changés ou ajoutés : {n}, dont {name}.",
                "Files missing, changed or added: {n}, among them {name}.",
            ).filled(n=len(wrong), name=wrong[0]),
            do=Text("En prendre une autre : rien n'a été restauré.", "Take another one: nothing was restored."),
        )
    return told


def restore(
    home: Home,
    control: Control,
    folder: Path,
    *,
    departures: Sequence[Departure] = (),
    progress: Progress = SILENT,
) -> Backup:
    """Bring a backup into a home that holds nothing but, at most, its master key.

    `departures`: organizations that left; what a backup made before holds of them is destroyed before anything opens.
    Raises BadUsage for a home that holds something, BadInput for a damaged backup, Broken for the wrong master key.
    """
    if not (home.root / _LEFT).is_dir():
        whole = _beside(home, "restored")
        if not whole.is_dir():
            _check_empty(home, control)
            progress.step(Text("Vérification de la sauvegarde", "Verification of the backup"))
            told = check_backup(folder)
            _check_kind(told, control)
            progress.step(Text("Copie", "Copy"))
            _build(home, folder, told, departures).rename(whole)
            sync_folder(whole.parent)
        shutil.rmtree(home.root, ignore_errors=True)
        whole.rename(home.root)
        sync_folder(home.root.parent)
    progress.step(Text("Base de contrôle", "Control database"))
    return _finish(home, control)


def _finish(home: Home, control: Control) -> Backup:
    left = home.root / _LEFT
    told = Backup.read(left)
    if control.is_empty():
        control.put_back(left / "control")
    shutil.rmtree(left)
    return told


def _check_empty(home: Home, control: Control) -> None:
    there = {path.relative_to(home.root).as_posix() for path in home.root.rglob("*") if path.is_file()}
    if there - _MAY_BE_THERE or not control.is_empty():
        raise BadUsage(
            Text(
                "Il y a déjà quelque chose ici : rien n'a été écrasé.",
                "Something is already here: nothing was overwritten.",
            ),
            where=Text(
                "Dossier que nomme PUBLICC_HOME, ou base de contrôle.",
                "Folder named by PUBLICC_HOME, or control database.",
            ),
            do=Text(
                "Restaurer dans un dossier vide (PUBLICC_HOME) et une base vide.",
                "Restore into an empty folder (PUBLICC_HOME) and an empty database.",
            ),
        )


def _check_kind(told: Backup, control: Control) -> None:
    if told.control != control.kind:
        raise BadInput(
            Text(
                "La base de contrôle de cette sauvegarde est d'une autre sorte.",
                "The control database of this backup is of another kind.",
            ),
            found=Text(f"{told.control}, ici {control.kind}.", f"{told.control}, here {control.kind}."),
            do=Text("Accorder DATABASE_URL.", "Set DATABASE_URL accordingly."),
        )


def _beside(home: Home, what: str) -> Path:
    """A folder beside the home, on the same disk, so that a rename puts it in place."""
    return home.root.parent / f".{home.root.name}-{what}"


def _build(home: Home, folder: Path, told: Backup, departures: Sequence[Departure]) -> Path:
    """The whole home, aside and durable."""
    private_folder(home.root.parent)
    aside = _beside(home, "restoring")
    shutil.rmtree(aside, ignore_errors=True)
    private_folder(aside)
    for name in told.files:
        top = name.partition("/")[0]
        if top == "control":
            _copy(folder / name, aside / _LEFT / name)
        elif name != MASTER_KEY and not name.startswith("keys/sealed/"):
            _copy(folder / name, aside / name)
    _copy(folder / MANIFEST, aside / _LEFT / MANIFEST)
    ring = _ring(home, Home(aside), folder, told)
    for name in SEALED:
        sealed = folder / "keys" / "sealed" / name
        if sealed.is_file():
            write_atomically(aside / "keys" / name, ring.unsealed(name, sealed.read_bytes()), mode=0o400)
    _replay(Home(aside), ring, told, departures)
    sync_tree(aside)
    return aside


def _ring(home: Home, aside: Home, folder: Path, told: Backup) -> KeyRing:
    """The keys of the home that is being built, opened by the master key of this installation, or of the backup."""
    private_folder(aside.keys)
    mine, kept = master_key_file(home), folder / MASTER_KEY
    source = mine if mine.is_file() else kept
    if not source.is_file():
        raise Broken(
            Text(
                "La clé maîtresse n'est pas là : sans elle, rien ne s'ouvrirait.",
                "The master key is not there: without it, nothing would open.",
            ),
            where=Text(
                f"Fichier que nomme {MASTER_KEY_VARIABLE}, sinon keys/master.key du dossier des données.",
                f"File named by {MASTER_KEY_VARIABLE}, else keys/master.key of the data folder.",
            ),
            do=Text(
                "La remettre, puis recommencer : rien n'a été restauré.",
                "Put it back, then try again: nothing was restored.",
            ),
        )
    target = master_key_file(aside)
    if not target.is_file():
        private_folder(target.parent)
        write_atomically(target, source.read_bytes(), mode=0o400)
    ring = KeyRing.open(aside, create=False)
    if ring.proof() != told.key_proof:
        raise Broken(
            Text(
                "Cette clé maîtresse n'est pas celle de la sauvegarde.", "This master key is not the one of the backup."
            ),
            do=Text(
                "Mettre celle du jour de la sauvegarde : rien n'a été restauré.",
                "Put the one of the day of the backup: nothing was restored.",
            ),
        )
    return ring


def _replay(aside: Home, ring: KeyRing, told: Backup, departures: Sequence[Departure]) -> None:
    """Destroy again what organizations that left since had here: keys, vault, every snapshot that may hold a row."""
    left = {one.organization for one in departures if one.at > told.made_at}
    for slug in left:
        ring.destroy(slug)
        for file in aside.vaults.glob(f"{slug}.duckdb*"):
            file.unlink()
        for report in aside.reports.glob(f"*/{slug}.*"):
            report.unlink()
    if left:
        forget_all(aside)


def _copy(source: Path, target: Path) -> None:
    private_folder(target.parent)
    shutil.copyfile(source, target)
    target.chmod(0o600)
