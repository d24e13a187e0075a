"""What a web process does once it has begun: loads what charts and documents will need, while it already answers."""

import importlib
import threading
from typing import Any, Final

LATER: Final = ("altair", "xlsxwriter", "scipy.optimize", "scipy.special", "publicc.reports.slides")


def post_worker_init(worker: Any) -> None:  # noqa: ANN401, ARG001 - as gunicorn calls it
    """Gunicorn's hook."""
    threading.Thread(target=_load, daemon=True).start()


def _load() -> None:
    for name in LATER:
        importlib.import_module(name)
