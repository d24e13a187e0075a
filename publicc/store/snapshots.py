"""Snapshots of the pool: built aside, made durable, then `current` moves to them in one step.

A process killed at any moment leaves the last good snapshot in place; the next publication removes what it left.
"""

import re
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from publicc.kernel.errors import BadInput, Broken, Busy
from publicc.kernel.text import Text
from publicc.store.durable import sync_folder, sync_tree, write_atomically
from publicc.store.home import Home, private_folder
from publicc.store.manifest import Manifest

KEPT: Final = 3
"""Snapshots that stay: the current one and those before it, for readers that opened them."""
ROLLUPS: Final = "rollups"
"""Folder, inside the one being built, that becomes the snapshot's folder of rollups."""
WAIT_SECONDS: Final = 60.0

_BUILDING: Final = ".building-"
_POINTER: Final = "current"
_ID: Final = re.compile(r"[a-z0-9]{8,64}")


class NoSnapshot(BadInput):
    """Nothing was harmonised yet, or not for this organization."""

    code = "no_snapshot"


def publish(
    home: Home, build: Callable[[Path], Manifest], *, keep: int = KEPT, wait_seconds: float = WAIT_SECONDS
) -> Manifest:
    """Have `build` write a snapshot's Parquet files (and rollups, under `rollups/`), then make it the current one.

    A snapshot of the same id that is already there is kept as it is: same id, same content. Whatever `build` raises
    leaves everything as it was. Raises Busy when another process is publishing.
    """
    with publishing(home, wait_seconds):
        _remove_leftovers(home)
        folder = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=home.pool))
        try:
            manifest = build(folder)
            _put_in_place(home, folder, manifest)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        _point_to(home, manifest.id)
        _remove_older(home, manifest.id, keep)
    return snapshot(home, manifest.id)


def make_current(home: Home, snapshot_id: str, *, wait_seconds: float = WAIT_SECONDS) -> Manifest | None:
    """Make a snapshot that is already there the current one; None when there is none of that id."""
    with publishing(home, wait_seconds):
        if not snapshot_folder(home, snapshot_id).is_dir():
            return None
        _point_to(home, snapshot_id)
        return snapshot(home, snapshot_id)


def forget_others(home: Home, *, wait_seconds: float = WAIT_SECONDS) -> tuple[str, ...]:
    """Remove every snapshot but the current one, and their rollups: what an organization that leaves asks for.

    Gives the ids removed. What a snapshot held is gone with its files: they are not shredded by a key.
    """
    with publishing(home, wait_seconds):
        kept = current(home)
        gone = tuple(one.id for one in snapshots_kept(home) if kept is None or one.id != kept.id)
        for old in gone:
            _remove(home, old)
    return gone


def forget(home: Home, ids: Collection[str], *, wait_seconds: float = WAIT_SECONDS) -> None:
    """Remove these snapshots and their rollups, never the current one."""
    with publishing(home, wait_seconds):
        kept = current(home)
        for old in ids:
            if kept is None or old != kept.id:
                _remove(home, old)


def forget_all(home: Home, *, wait_seconds: float = WAIT_SECONDS) -> tuple[str, ...]:
    """Remove every snapshot, the current one too: nobody's rows are left to be read."""
    with publishing(home, wait_seconds):
        (home.pool / _POINTER).unlink(missing_ok=True)
    return forget_others(home, wait_seconds=wait_seconds)


def current(home: Home) -> Manifest | None:
    """The manifest of the current snapshot; None when nothing was published yet. Raises Broken when it is damaged."""
    try:
        named = (home.pool / _POINTER).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as problem:
        raise _damaged() from problem
    return snapshot(home, named)


def current_or_refuse(home: Home) -> Manifest:
    """The manifest of the current snapshot. Raises NoSnapshot when nothing was published yet."""
    found = current(home)
    if found is None:
        raise NoSnapshot(
            Text("Aucune donnée n'a encore été harmonisée.", "No data has been harmonised yet."),
            do=Text(
                "Déposer des fichiers, puis lancer publicc harmonise.", "Deposit files, then run publicc harmonise."
            ),
        )
    return found


def snapshot(home: Home, snapshot_id: str) -> Manifest:
    """The manifest of one snapshot. Raises Broken when it is not there or damaged."""
    try:
        return Manifest.read(snapshot_folder(home, snapshot_id))
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise _damaged() from problem


def snapshot_folder(home: Home, snapshot_id: str) -> Path:
    """Folder of one snapshot's Parquet files: `<table>/<organization>.parquet`. Raises Broken for what is no id."""
    if not _ID.fullmatch(snapshot_id):
        raise _damaged()
    return home.pool / snapshot_id


def rollup_file(home: Home, snapshot_id: str, slug: str) -> Path:
    """One organization's own rows of one snapshot. Raises NoSnapshot when the snapshot has none."""
    file = home.rollups / snapshot_folder(home, snapshot_id).name / f"{slug}.duckdb"
    if Path(slug).name != slug or not file.is_file():
        raise NoSnapshot(
            Text("Cet organisme n'a pas encore de données.", "This organization has no data yet."),
            do=Text(
                "Déposer des fichiers, puis lancer publicc harmonise.", "Deposit files, then run publicc harmonise."
            ),
        )
    return file


def snapshots_kept(home: Home) -> tuple[Manifest, ...]:
    """Every whole snapshot that is there, newest first."""
    found = [snapshot(home, path.name) for path in home.pool.glob("*") if _ID.fullmatch(path.name) and path.is_dir()]
    return tuple(sorted(found, key=lambda one: (one.made_at, one.id), reverse=True))


@contextmanager
def publishing(home: Home, wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Keep every snapshot as it is as long as the block runs. Raises Busy when another process is publishing."""
    private_folder(home.pool)
    private_folder(home.rollups)
    lock = FileLock(home.pool / ".publishing", timeout=wait_seconds, mode=0o600)
    try:
        lock.acquire()
    except Timeout as problem:
        raise Busy(
            Text("Une harmonisation est déjà en cours.", "A harmonisation is already under way."),
            do=Text("Attendre qu'elle finisse, puis recommencer.", "Wait until it ends, then try again."),
        ) from problem
    try:
        yield
    finally:
        lock.release()


def _put_in_place(home: Home, built: Path, manifest: Manifest) -> None:
    final = snapshot_folder(home, manifest.id)
    if final.is_dir():
        return
    manifest.write(built)
    sync_tree(built)
    rollups = home.rollups / manifest.id
    shutil.rmtree(rollups, ignore_errors=True)  # of a process killed between the two renames
    if (built / ROLLUPS).is_dir():
        (built / ROLLUPS).rename(rollups)
        sync_folder(home.rollups)
    built.rename(final)
    sync_folder(home.pool)


def _point_to(home: Home, snapshot_id: str) -> None:
    write_atomically(home.pool / _POINTER, f"{snapshot_id}\n".encode(), mode=0o600)


def _remove_leftovers(home: Home) -> None:
    for left in home.pool.glob(f"{_BUILDING}*"):
        shutil.rmtree(left, ignore_errors=True)
    for left in home.rollups.iterdir():
        if not (home.pool / left.name).is_dir():
            shutil.rmtree(left, ignore_errors=True)


def _remove_older(home: Home, current_id: str, keep: int) -> None:
    others = [one.id for one in snapshots_kept(home) if one.id != current_id]
    for old in others[max(keep - 1, 0) :]:
        _remove(home, old)


def _remove(home: Home, snapshot_id: str) -> None:
    """Take a snapshot away whole, then its files: a process killed in between leaves none that is half there."""
    folder = snapshot_folder(home, snapshot_id)
    if folder.is_dir():
        aside = home.pool / f"{_BUILDING}gone-{snapshot_id}"
        shutil.rmtree(aside, ignore_errors=True)
        folder.rename(aside)
        sync_folder(home.pool)
        shutil.rmtree(aside, ignore_errors=True)
    shutil.rmtree(home.rollups / snapshot_id, ignore_errors=True)


def _damaged() -> Broken:
    return Broken(
        Text("Le portrait courant des données est endommagé.", "The current data snapshot is damaged."),
        do=Text("Relancer publicc harmonise.", "Run publicc harmonise again."),
    )
