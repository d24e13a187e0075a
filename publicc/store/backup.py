"""A backup: one moment of an installation, copied whole into a folder that tells the digest of each of its files.

Harmonisation and vaults wait while the copy is made, so that the control database, the vaults and the snapshot tell the
same story. The folder gets its name in one step, once everything in it is durable: a process killed at any moment
leaves the backups that were there, and nothing half. The master key is not in it unless that is asked: without that
key, vaults and keys of the backup open nothing.
"""

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Self

from publicc.kernel.errors import BadInput
from publicc.kernel.progress import SILENT, Progress
from publicc.kernel.text import Text
from publicc.store.control_copy import Control
from publicc.store.durable import sync_folder, sync_tree, write_atomically
from publicc.store.held import held, vault_file
from publicc.store.home import Home, private_folder, working_folder
from publicc.store.keys import KeyRing, master_key_file
from publicc.store.snapshots import current, publishing

FORMAT: Final = 1
MANIFEST: Final = "backup.json"
NAME: Final = "publicc-"
KEPT_DAYS: Final = 35
"""How long backups stay by default, by the retention schedule."""
MASTER_KEY: Final = "keys/master.key"
SEALED: Final = ("release-signing.key", "django.secret")
"""Secrets of `keys/` that travel under the master key."""
_REPORT: Final = "backup.json"
_CHUNK: Final = 1 << 20
_WHOLE: Final = ("releases", "reports", "geography")


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup says of itself. `files`: path below the folder → octets and SHA-256."""

    made_at: datetime
    version: str
    control: str
    key_proof: str
    trail_head: str
    snapshot: str | None
    organizations: tuple[str, ...]
    with_master_key: bool
    files: dict[str, tuple[int, str]]

    @property
    def octets(self) -> int:
        """Size of all files."""
        return sum(size for size, _ in self.files.values())

    def as_json(self) -> dict[str, Any]:
        """For machines, and for the manifest."""
        return {"format": FORMAT, **asdict(self), "made_at": self.made_at.isoformat(), "octets": self.octets}

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The backup of a folder. Raises BadInput for a folder that is none, or of another format."""
        try:
            told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            if told.pop("format") != FORMAT:
                raise _no_backup(folder)
            told.pop("octets")
            told["made_at"] = datetime.fromisoformat(told["made_at"])
            told["organizations"] = tuple(told["organizations"])
            told["files"] = {str(name): (int(size), str(digest)) for name, (size, digest) in told["files"].items()}
            return cls(**told)
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise _no_backup(folder) from problem


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a backup is asked to hold and to tell, and the folder of backups it goes to."""

    version: str
    to: Path
    trail_head: str = ""
    with_master_key: bool = False


def make_backup(home: Home, ring: KeyRing, control: Control, wanted: Wanted, *, progress: Progress = SILENT) -> Path:
    """Copy one moment of the installation; the folder made. Raises Busy when work does not pause for it."""
    to = private_folder(wanted.to)
    made_at = datetime.now(UTC)
    with working_folder(to, ".making-") as making:
        whole = private_folder(making / "whole")
        with _paused(home):
            progress.step(Text("Base de contrôle", "Control database"))
            control.copy_into(private_folder(whole / "control"))
            progress.step(Text("Coffres, portrait des données, diffusions", "Vaults, data snapshot, releases"))
            _copy_home(home, ring, whole, with_master_key=wanted.with_master_key)
            found = current(home)
        progress.step(Text("Vérification", "Verification"))
        told = Backup(
            made_at=made_at,
            version=wanted.version,
            control=control.kind,
            key_proof=ring.proof(),
            trail_head=wanted.trail_head,
            snapshot=found.id if found else None,
            organizations=tuple(sorted(path.stem for path in (whole / "vaults").glob("[!@]*.duckdb"))),
            with_master_key=wanted.with_master_key,
            files=dict(digests(whole)),
        )
        write_atomically(whole / MANIFEST, json.dumps(told.as_json(), indent=1).encode(), mode=0o600)
        sync_tree(whole)
        final = to / f"{NAME}{made_at:%Y%m%dT%H%M%S}-{hashlib.sha256(repr(told).encode()).hexdigest()[:8]}"
        whole.rename(final)
        sync_folder(to)
    _tell(home, final, told)
    return final


def backups_in(folder: Path) -> list[tuple[Path, Backup]]:
    """The whole backups of a folder, newest first."""
    found = [(path, Backup.read(path)) for path in folder.glob(f"{NAME}*") if (path / MANIFEST).is_file()]
    return sorted(found, key=lambda one: one[1].made_at, reverse=True)


def forget_older(folder: Path, days: int, *, now: datetime) -> list[Path]:
    """Remove the backups older than so many days; the newest one always stays."""
    gone = [path for path, told in backups_in(folder)[1:] if told.made_at < now - timedelta(days=days)]
    for path in gone:
        shutil.rmtree(path)
    return gone


def last_backup(home: Home) -> tuple[datetime, str, int] | None:
    """When the last backup was made, the name of its folder and its size; None when none was."""
    try:
        told = json.loads((home.reports / _REPORT).read_text(encoding="utf-8"))
        return datetime.fromisoformat(told["made_at"]), str(told["folder"]), int(told["octets"])
    except (OSError, ValueError, KeyError):
        return None


def digests(folder: Path) -> Iterator[tuple[str, tuple[int, str]]]:
    """Every file below a folder but the manifest: its path there, its octets, its SHA-256."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if name != MANIFEST:
            with path.open("rb") as content:
                told = hashlib.file_digest(content, "sha256")
            yield name, (path.stat().st_size, told.hexdigest())


@contextmanager
def _paused(home: Home) -> Iterator[None]:
    """No snapshot is published and no vault written as long as the block runs; in the order that harmonising takes."""
    with ExitStack() as stack:
        stack.enter_context(publishing(home))
        for slug in sorted(path.stem for path in _vaults(home)):
            stack.enter_context(held(home, slug))
        yield


def _vaults(home: Home) -> Iterable[Path]:
    """Vaults that a backup holds. What linkages keep aside is made again when it is lost: it does not travel."""
    return (path for path in home.vaults.glob("*.duckdb") if not path.stem.startswith("@linkage-"))


def _copy_home(home: Home, ring: KeyRing, whole: Path, *, with_master_key: bool) -> None:
    _copy_keys(home, ring, whole)
    if with_master_key:
        _copy(master_key_file(home), whole / MASTER_KEY)
    for vault in _vaults(home):
        file = vault_file(home, vault.stem)
        for one in (file, file.with_name(f"{file.name}.wal")):
            if one.exists():
                _copy(one, whole / "vaults" / one.name)
    found = current(home)
    if found is not None:
        _copy(home.pool / "current", whole / "pool" / "current")
        _copy_tree(home.pool / found.id, whole / "pool" / found.id)
        _copy_tree(home.rollups / found.id, whole / "rollups" / found.id)
    for name in _WHOLE:
        _copy_tree(home.root / name, whole / name)


def _copy_keys(home: Home, ring: KeyRing, whole: Path) -> None:
    for wrapped in (home.keys / "wrapped").glob("*.json"):
        if not wrapped.stem.startswith("@linkage-"):
            _copy(wrapped, whole / "keys" / "wrapped" / wrapped.name)
    for name in SEALED:
        if (home.keys / name).is_file():
            target = private_folder(whole / "keys" / "sealed") / name
            target.write_bytes(ring.sealed(name, (home.keys / name).read_bytes()))


def _copy_tree(source: Path, target: Path) -> None:
    for path in source.rglob("*"):
        if path.is_file() and not path.name.startswith(".") and path.suffix != ".lock":
            _copy(path, target / path.relative_to(source))


def _copy(source: Path, target: Path) -> None:
    private_folder(target.parent)
    shutil.copyfile(source, target)
    target.chmod(0o600)


def _tell(home: Home, folder: Path, told: Backup) -> None:
    """Remember the last backup, for whoever asks after it."""
    kept = {"made_at": told.made_at.isoformat(), "folder": folder.name, "octets": told.octets}
    write_atomically(private_folder(home.reports) / _REPORT, json.dumps(kept).encode(), mode=0o600)


def _no_backup(folder: Path) -> BadInput:
    return BadInput(
        Text("Ce dossier n'est pas une sauvegarde entière.", "This folder is not a whole backup."),
        where=Text("Dossier {name}.", "Folder {name}.").filled(name=folder.name),
        do=Text("Donner un dossier que publicc backup a fait.", "Give a folder that publicc backup made."),
    )
