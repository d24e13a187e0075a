"""What screens are kept under: everything that they depend on, and no more. Kept until one of these changes."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from publicc import __version__

SCREENS_CACHE: Final = "screens"
_PACKAGE: Final = Path(__file__).parents[1]


def kept_under(*told: object) -> str:
    """The key of a screen: a digest of what it was computed from, and of the program that computed it."""
    return sha256(repr((program(), *told)).encode()).hexdigest()


@cache
def program() -> str:
    """Changes whenever a module or a template does, so that an upgrade never shows what the version before kept."""
    told = sha256(__version__.encode())
    for path in sorted(p for p in _PACKAGE.rglob("*") if p.suffix in {".py", ".html"}):
        found = path.stat()
        told.update(f"{path.relative_to(_PACKAGE)} {found.st_size} {found.st_mtime_ns}".encode())
    return told.hexdigest()
