"""Large libraries that few pages need: named where they are used, loaded when something of them is first asked for."""

import importlib
from typing import Any


class _Later:
    """Stands for a module. Safe between threads: Python lets one of them load it, the others wait."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, wanted: str) -> Any:  # noqa: ANN401 - whatever the module holds
        return getattr(importlib.import_module(self._name), wanted)


def later(name: str) -> Any:  # noqa: ANN401 - a module
    """The module of that name. A web process loads them all once it answers (`publicc.config.server`)."""
    return _Later(name)
