"""What the web server does at its hooks: says when it answers; then each process loads what charts will need."""

import importlib
import threading
from typing import Any, Final

from publicc.cli.installation import say
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
