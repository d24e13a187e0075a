"""What `publicc run` finds in its source: one organization a folder, or one organization in all."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from publicc.cli.exports import exports_in
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


@dataclass(frozen=True, slots=True)
class Source:
    """The organizations of a source, and what lies beside their folders and is no organization's."""

    folders: Sequence[Folder]
    loose: tuple[Path, ...] = ()


def source_of(source: Path) -> Source:
    """What a source holds. Raises BadInput when it cannot be read or holds no file."""
    try:
        inside = sorted(path for path in source.iterdir() if not path.name.startswith("."))
    except OSError as problem:
        raise no_file(source) from problem
    folders = [] if (source / PROFILE_FILE).is_file() else [path for path in inside if path.is_dir()]
    found = [Folder(path, exports_in(path)) for path in folders if not _is_truth(path)]
    if any(folder.files for folder in found):
        return Source(found, tuple(path for path in inside if path.is_file()))
    if files := exports_in(source):
        return Source([Folder(source, files)])
    raise no_file(source)


def _is_truth(folder: Path) -> bool:
    return folder.name == _TRUTH and (folder / f"{_TRUTH}.json").is_file()


def no_file(source: Path) -> BadInput:
    """A folder without a file, or which may not be read."""
    exists = source.is_dir() and os.access(source, os.R_OK)
    return BadInput(
        Text("Ce dossier n'a aucun fichier à lire.", "This folder has no file to read.")
        if exists
        else Text("Ce dossier ne se lit pas.", "This folder cannot be read."),
        where=Text(f"Dossier {source.name}.", f"Folder {source.name}."),
        do=Text(
            "Donner un dossier qui contient un dossier d'exports par organisme, ou des exports.",
            "Give a folder that holds one folder of exports an organization, or exports.",
        ),
    )
