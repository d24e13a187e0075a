"""Makes an installation ready to answer: control database, cache table, static files. Quick when nothing changed."""

import hashlib
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

from publicc import __version__
from publicc.cli.app import spoken_language
from publicc.kernel.text import Text

_PACKAGE = Path(__file__).parents[1]


def say(words: Text) -> None:
    """One line to whoever runs the command; never on stdout, which is for results."""
    sys.stderr.write(words.said(spoken_language()) + "\n")


class Told:
    """Progress on a terminal: one line a step, on stderr."""

    def __init__(self) -> None:
        self._last: Text | None = None

    def step(self, what: Text, done: int = 0, total: int | None = None) -> None:  # noqa: ARG002 - only the words are told
        """Say a step once."""
        if what != self._last:
            self._last = what
            say(Text(f"· {what.fr}", f"· {what.en}"))


def prepare() -> None:
    """Bring the control database and the static files to this version, unless they already are.

    Django is set up only when there is something to bring: a site that begins again sets it up once, where it answers.
    """
    stamp = Path(settings.HOME) / "prepared"
    wanted = _fingerprint()
    if stamp.is_file() and stamp.read_text() == wanted and Path(settings.STATIC_ROOT).is_dir():
        return
    django.setup()
    prepare_database()
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(wanted)


def prepare_database() -> None:
    """Create or bring up to date the control database."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def _fingerprint() -> str:
    """Changes whenever a migration, a style, a script or a picture does."""
    kept = hashlib.sha256(f"{__version__} {settings.DATABASES['default']['NAME']}".encode())
    files = (
        p for p in _PACKAGE.rglob("*") if p.suffix in {".css", ".js", ".svg", ".json"} or p.parent.name == "migrations"
    )
    for path in sorted(p for p in files if p.is_file() and p.suffix != ".pyc"):
        kept.update(f"{path.relative_to(_PACKAGE)} {path.stat().st_mtime_ns}".encode())
    return kept.hexdigest()
