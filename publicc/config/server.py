"""What the web server does at its hooks.

It tells the demonstration's accounts before it listens, and says when it answers; then each process loads what charts
will need.
"""

import importlib
import sys
import threading
from typing import Any, Final

from django.conf import settings
from django.db import connections

from publicc.cli.app import spoken_language
from publicc.cli.installation import say
from publicc.cli.processes import REFUSED
from publicc.kernel.errors import NotAllowed
from publicc.kernel.text import Text

LATER: Final = (
    "altair",
    "xlsxwriter",
    "scipy.optimize",
    "scipy.special",
    "markdown_it",
    "segno",
    "publicc.reports.slides",
)


_ACCOUNT: Final = Text("  {email} : {role}, {organization}", "  {email}: {role}, {organization}")


def on_starting(server: Any) -> None:  # noqa: ANN401, ARG001 - as gunicorn calls it
    """Gunicorn's hook, before any address is listened to: no demonstration opens beside a real organization."""
    if settings.DEMO:
        try:
            _tell_accounts()
        except NotAllowed as problem:
            sys.stderr.write(problem.sentence(spoken_language()) + "\n")
            sys.exit(REFUSED)
        finally:
            connections.close_all()  # the web processes that are forked from here open their own


def _tell_accounts() -> None:
    """Who may sign in to the demonstration. Raises NotAllowed beside a real organization."""
    demonstration = importlib.import_module("publicc.collective.demonstration")
    demonstration.check_only_demonstrations()
    for account in demonstration.demo_accounts():
        say(_ACCOUNT.filled(email=account.email, role=account.role, organization=account.organization))
    say(Text("Mot de passe de tous : {p}", "Password of all: {p}").filled(p=demonstration.PASSWORD))


def when_ready(server: Any) -> None:  # noqa: ANN401 - gunicorn's own
    """Gunicorn's hook, once the address is listened to: whoever opens it from then on is answered."""
    host, port = server.address[0]
    say(Text("Public C est prêt : {url}", "Public C is ready: {url}").filled(url=f"http://{host}:{port}"))


def post_worker_init(worker: Any) -> None:  # noqa: ANN401, ARG001 - as gunicorn calls it
    """Gunicorn's hook."""
    threading.Thread(target=_load, daemon=True).start()


def _load() -> None:
    for name in LATER:
        importlib.import_module(name)
