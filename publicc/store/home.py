"""The folder that holds everything of an installation, and the private working folders inside it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from filelock import FileLock, Timeout

from publicc.kernel.environment import home_folder
from publicc.kernel.errors import Broken
from publicc.kernel.text import Text

_LOCK: Final = ".in-use"


@dataclass(frozen=True, slots=True)
class Home:
    """One installation's data. Every folder below it is readable by its owner only."""

    root: Path

    @classmethod
    def from_environment(cls) -> Self:
        """The home that `PUBLICC_HOME` names, else the default of `kernel.environment`."""
        return cls(home_folder(os.environ))

    @property
    def control_database(self) -> Path:
        """SQLite file of accounts, organizations and the trail."""
        return self.root / "control.sqlite3"

    @property
    def keys(self) -> Path:
        """Folder of the wrapped keys and, unless `PUBLICC_MASTER_KEY_FILE` says otherwise, of the master key."""
        return self.root / "keys"

    @property
    def vaults(self) -> Path:
        """One encrypted file per organization."""
        return self.root / "vaults"

    @property
    def pool(self) -> Path:
        """One folder per snapshot, and the pointer `current`."""
        return self.root / "pool"

    @property
    def rollups(self) -> Path:
        """One folder per snapshot, one file per organization."""
        return self.root / "rollups"

    @property
    def deposits(self) -> Path:
        """Files that arrived and are not yet in a vault."""
        return self.root / "deposits"

    @property
    def reports(self) -> Path:
        """Quality reports and what else is written for people to read."""
        return self.root / "reports"

    @property
    def geography(self) -> Path:
        """Official limits, census and codes that were imported (`store.shelf`)."""
        return self.root / "geography"

    @property
    def temporary(self) -> Path:
        """Working folders of running processes; what a killed process left is removed by the next one."""
        return self.root / "tmp"

    @contextmanager
    def working_folder(self, purpose: str) -> Iterator[Path]:
        """A private folder for as long as the block runs, wiped after it; leftovers of killed processes go first."""
        with working_folder(private_folder(self.temporary), f"{purpose}-", left="*") as folder:
            yield folder


def private_folder(folder: Path) -> Path:
    """The folder itself, made if it is missing, readable by its owner only. Raises Broken when it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as problem:
        raise Broken(
            Text("Le dossier des données ne peut pas être créé.", "The data folder cannot be made."),
            where=Text(f"Dossier {folder.name}.", f"Folder {folder.name}."),
            do=Text("Vérifier PUBLICC_HOME et ses droits.", "Check PUBLICC_HOME and its permissions."),
        ) from problem
    return folder


@contextmanager
def working_folder(parent: Path, prefix: str, *, left: str | None = None) -> Iterator[Path]:
    """A private folder in `parent` for as long as the block runs, wiped after it.

    Before it is made, those that killed processes left under the same prefix (or the pattern `left`) are removed.
    """
    with FileLock(parent / ".sweeping", mode=0o600):
        sweep(parent, left or f"{prefix}*")
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        held = FileLock(folder / _LOCK, mode=0o600).acquire()
    with held:
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def sweep(parent: Path, left: str = "*") -> int:
    """Remove the working folders of this pattern that no living process holds; how many were removed."""
    return sum(_removed_if_left(folder) for folder in sorted(parent.glob(left)) if (folder / _LOCK).exists())


def _removed_if_left(folder: Path) -> bool:
    try:
        with FileLock(folder / _LOCK, timeout=0, mode=0o600):
            shutil.rmtree(folder, ignore_errors=True)
    except Timeout:
        return False
    return True
