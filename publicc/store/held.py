"""The file of a vault, and the lock that lets one process at a time near it. What it holds is `vaults`' business."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from publicc.kernel.errors import Broken, Busy
from publicc.kernel.text import Text
from publicc.store.home import Home, private_folder

WAIT_SECONDS: Final = 60.0
"""How long a process waits for another to leave a vault."""


def vault_file(home: Home, slug: str) -> Path:
    """The encrypted file of one organization. Raises Broken for a name that is no slug."""
    if not slug or Path(slug).name != slug or slug.startswith("."):
        raise Broken(Text("Ce nom ne peut pas porter de coffre.", "This name cannot hold a vault."))
    return home.vaults / f"{slug}.duckdb"


@contextmanager
def held(home: Home, slug: str, wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Keep every other process away from a vault as long as the block runs. Raises Busy after the wait."""
    private_folder(home.vaults)
    lock = FileLock(vault_file(home, slug).with_suffix(".lock"), timeout=wait_seconds, mode=0o600)
    try:
        lock.acquire()
    except Timeout as problem:
        raise Busy(
            Text("Un autre traitement utilise ce coffre.", "Another process is using this vault."),
            where=Text(f"Organisation {slug}.", f"Organization {slug}."),
            do=Text("Attendre qu'il finisse, puis recommencer.", "Wait until it ends, then try again."),
        ) from problem
    try:
        yield
    finally:
        lock.release()
