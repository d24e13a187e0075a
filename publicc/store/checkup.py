"""The check-up of what lies in the home: keys, snapshot, room on the disk, engine, worker, backups."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import duckdb
import pyarrow.parquet as pq

from publicc.kernel.checkup import Checked, bad, caution, good
from publicc.kernel.errors import PublicCError
from publicc.kernel.text import Text
from publicc.store.backup import last_backup
from publicc.store.engine import encryption_extension
from publicc.store.home import Home
from publicc.store.keys import KeyRing, master_key_file
from publicc.store.presence import someone_at_work
from publicc.store.snapshots import current, rollup_file, snapshot_folder
from publicc.store.tables import TABLES

GIB: Final = 1 << 30
_LOW, _NONE = 5 * GIB, GIB
BACKUP_EVERY: Final = timedelta(days=1)


def check_home(home: Home, *, now: datetime) -> Iterator[Checked]:
    """Every check of the home, in the order in which one thing needs another."""
    yield check_master_key(home)
    yield check_engine()
    yield check_snapshot(home)
    yield check_disk(home.root)
    yield check_worker(home)
    yield check_backup_age(home, now=now)


def check_master_key(home: Home) -> Checked:
    """Whether the master key is there, readable by its owner only, and opens every wrapped key."""
    wrapped = home.keys / "wrapped"
    if not master_key_file(home).exists() and not any(wrapped.glob("*.json")):
        return good(
            "master_key",
            Text("Clé maîtresse : pas encore faite, rien à ouvrir.", "Master key: not made yet, nothing to open."),
        )
    try:
        ring = KeyRing.open(home, create=False)
        closed = ring.unopened()
    except PublicCError as problem:
        return bad("master_key", problem.what, problem.do or _RESTORE)
    if closed:
        told = Text(
            "Clés que la clé maîtresse n'ouvre pas : {n}, dont celle de {name}.",
            "Keys that the master key does not open: {n}, among them {name}'s.",
        )
        return bad("master_key", told.filled(n=len(closed), name=closed[0]), _RESTORE)
    if master_key_file(home).stat().st_mode & 0o077:
        do = Text(f"chmod 400 {master_key_file(home).name}.", f"chmod 400 {master_key_file(home).name}.")
        return caution(
            "master_key",
            Text("La clé maîtresse est lisible par d'autres comptes.", "The master key can be read by other accounts."),
            do,
        )
    if master_key_file(home).is_relative_to(home.root):
        do = Text(
            "La déplacer, et la nommer par PUBLICC_MASTER_KEY_FILE.",
            "Move it, and name it with PUBLICC_MASTER_KEY_FILE.",
        )
        told = Text(
            "La clé maîtresse ouvre chaque clé ({n}); elle est dans le dossier des données.",
            "The master key opens each key ({n}); it is inside the data folder.",
        )
        return caution("master_key", told.filled(n=len(ring.holders())), do)
    return good(
        "master_key",
        Text("La clé maîtresse ouvre chaque clé ({n}).", "The master key opens each key ({n}).").filled(
            n=len(ring.holders())
        ),
    )


def check_engine() -> Checked:
    """Whether DuckDB has its packaged encryption."""
    try:
        encryption_extension()
    except PublicCError as problem:
        return bad("engine", problem.what, problem.do or _RESTORE)
    return good(
        "engine", Text("DuckDB {v} et son chiffrement.", "DuckDB {v} and its encryption.").filled(v=duckdb.__version__)
    )


def check_snapshot(home: Home) -> Checked:
    """Whether the current snapshot is whole: every table of every organization, and its rollup, readable."""
    again = Text("Lancer publicc harmonise.", "Run publicc harmonise.")
    try:
        found = current(home)
    except PublicCError as problem:
        return bad("snapshot", problem.what, again)
    if found is None:
        return caution("snapshot", Text("Rien n'a encore été harmonisé.", "Nothing has been harmonised yet."), again)
    missing = [slug for slug in found.organizations if not _whole(home, found.id, slug)]
    if missing:
        told = Text(
            "Le portrait des données est incomplet (organismes : {n}, dont {name}).",
            "The data snapshot is incomplete (organizations: {n}, among them {name}).",
        )
        return bad("snapshot", told.filled(n=len(missing), name=missing[0]), again)
    told = Text(
        "Portrait des données {id} entier (organismes : {n}).", "Data snapshot {id} whole (organizations: {n})."
    )
    return good("snapshot", told.filled(id=found.id, n=len(found.organizations)))


def check_disk(folder: Path) -> Checked:
    """Room left on the disk of a folder."""
    free = shutil.disk_usage(folder).free
    told = Text("{n} Go libres sur le disque.", "{n} GB free on the disk.").filled(n=free // GIB)
    do = Text(
        "Faire de la place : un dépôt prend jusqu'à quatre fois sa taille.",
        "Make room: a deposit takes up to four times its size.",
    )
    return bad("disk", told, do) if free < _NONE else caution("disk", told, do) if free < _LOW else good("disk", told)


def check_worker(home: Home) -> Checked:
    """Whether someone does the background work."""
    if someone_at_work(home):
        return good("worker", Text("Le travail de fond est en marche.", "The background work is running."))
    do = Text("Lancer publicc serve, ou publicc worker.", "Run publicc serve, or publicc worker.")
    return caution(
        "worker",
        Text(
            "Personne ne fait le travail de fond sur cette machine.", "Nobody does the background work on this machine."
        ),
        do,
    )


def check_backup_age(home: Home, *, now: datetime) -> Checked:
    """Whether a backup was made lately."""
    found = last_backup(home)
    do = Text("Lancer publicc backup chaque jour.", "Run publicc backup every day.")
    if found is None:
        return caution("backup", Text("Aucune sauvegarde n'a encore été faite.", "No backup was made yet."), do)
    hours = int((now - found[0]).total_seconds() // 3600)
    told = Text("Dernière sauvegarde il y a {n} h ({name}).", "Last backup {n} h ago ({name}).").filled(
        n=hours, name=found[1]
    )
    return caution("backup", told, do) if now - found[0] > BACKUP_EVERY else good("backup", told)


def _whole(home: Home, snapshot_id: str, slug: str) -> bool:
    folder = snapshot_folder(home, snapshot_id)
    try:
        for table in TABLES:
            pq.read_metadata(folder / table / f"{slug}.parquet")
        with duckdb.connect(str(rollup_file(home, snapshot_id, slug)), read_only=True) as rollup:
            rollup.execute("SELECT count(*) FROM purchases").fetchone()
    except (OSError, PublicCError, duckdb.Error):
        return False
    return True


_RESTORE: Final = Text("Restaurer les clés depuis leur sauvegarde.", "Restore the keys from their backup.")
