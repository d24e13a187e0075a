"""What `publicc run` finds in its source: one organization a folder, or one organization in all."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from publicc.collective.profiles import PROFILE_FILE
from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text

_TRUTH: Final = "truth"
"""The demonstration's planted truths lie beside its exports, in a folder of that name with a file of that name."""


@dataclass(frozen=True, slots=True)
class Folder:
    """One organization's folder and its exports, in order."""

    path: Path
    files: tuple[Path, ...]


def folders_of(source: Path) -> Sequence[Folder]:
    """The organizations of a source. Raises BadInput when it cannot be read or holds no file."""
    try:
        inside = sorted(path for path in source.iterdir() if not path.name.startswith("."))
    except OSError as problem:
        raise _unreadable(source) from problem
    folders = [] if (source / PROFILE_FILE).is_file() else [path for path in inside if path.is_dir()]
    found = [Folder(path, files) for path in folders if not _is_truth(path) and (files := _files(path))]
    if not found and (files := _files(source)):
        found = [Folder(source, files)]
    if not found:
        raise _unreadable(source)
    return found


def _files(folder: Path) -> tuple[Path, ...]:
    """The exports of a folder; those of its own folders when it holds none itself."""
    try:
        direct = [path for path in folder.iterdir() if path.is_file()]
    except OSError:
        return ()
    kept = _exports(direct) or _exports([path for path in folder.rglob("*") if path.is_file()])
    return tuple(sorted(kept))


def _exports(paths: Sequence[Path]) -> list[Path]:
    return [path for path in paths if not path.name.startswith(".") and path.name != PROFILE_FILE]


def _is_truth(folder: Path) -> bool:
    return folder.name == _TRUTH and (folder / f"{_TRUTH}.json").is_file()


def _unreadable(source: Path) -> BadInput:
    exists = source.is_dir() and os.access(source, os.R_OK)
    return BadInput(
        Text("Ce dossier n'a aucun fichier à lire.", "This folder has no file to read.")
        if exists
        else Text("Ce dossier ne se lit pas.", "This folder cannot be read."),
        where=Text(f"Dossier {source.name}.", f"Folder {source.name}."),
        do=Text(
            "Donner un dossier qui contient un dossier d'exports par organisation, ou des exports.",
            "Give a folder that holds one folder of exports an organization, or exports.",
        ),
    )
