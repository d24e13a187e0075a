"""Files that arrived and are not yet in a vault: one private folder a deposit, gone as soon as it ends.

The name a person gave is kept as cleaned text only; what decides of a file is what it holds.
"""

import shutil
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO, Final, Protocol

from publicc.store.home import Home, private_folder

_NAME_LENGTH: Final = 120


class Arrived(Protocol):
    """A file as the web server hands it over."""

    name: str | None

    def chunks(self) -> Iterable[bytes]:
        """Its content, piece by piece."""


def clean_name(given: str | None) -> str:
    """The last part of a name, without control characters nor leading dots, of bounded length; its ending is kept."""
    last = PurePosixPath(PureWindowsPath(given or "").name).name
    kept = "".join(c for c in unicodedata.normalize("NFC", last) if c.isprintable() and c not in '<>:"/\\|?*')
    kept = kept.strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if not dot:
        return kept[:_NAME_LENGTH] or "fichier"
    return f"{stem[: _NAME_LENGTH - len(ending) - 1] or 'fichier'}.{ending[:20]}"


def folder_of(home: Home, slug: str, deposit_id: object) -> Path:
    """The private folder of a deposit."""
    return home.deposits / slug / str(deposit_id)


def keep_files(folder: Path, files: Sequence[Arrived]) -> list[Path]:
    """Write the files into the folder, each under its own number so that equal names live side by side."""
    private_folder(folder)
    return [_keep(private_folder(folder / f"{number:03d}"), file) for number, file in enumerate(files, start=1)]


def _keep(place: Path, file: Arrived) -> Path:
    target = place / clean_name(file.name)
    with target.open("xb") as kept:
        target.chmod(0o600)
        _copy(file, kept)
    return target


def _copy(file: Arrived, kept: IO[bytes]) -> None:
    for piece in file.chunks():
        kept.write(piece)


def files_in(folder: Path) -> list[Path]:
    """The files of a deposit, in the order they were given."""
    return [file for place in sorted(folder.glob("[0-9][0-9][0-9]")) for file in place.iterdir() if file.is_file()]


def forget(folder: Path) -> None:
    """Remove everything of a deposit; doing it twice is fine."""
    shutil.rmtree(folder, ignore_errors=True)
