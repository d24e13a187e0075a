"""The exports that a folder holds, wherever they lie in it."""

from pathlib import Path

from publicc.collective.profiles import PROFILE_FILE


def exports_in(folder: Path) -> tuple[Path, ...]:
    """Every file of the folder and of its own folders, in order; hidden ones and its description left out.

    What is no export is among them: reading says so, and nothing is passed over in silence.
    """
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != PROFILE_FILE)
    return tuple(sorted(path for path in found if not is_hidden(path, folder)))


def is_hidden(path: Path, folder: Path) -> bool:
    """Whether the path, or a folder on its way from `folder`, has a name that begins with a dot."""
    return any(part.startswith(".") for part in path.relative_to(folder).parts)
