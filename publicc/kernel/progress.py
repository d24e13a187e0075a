"""How long work tells the person who waits what is being done and how much is done."""

from typing import Protocol

from publicc.kernel.text import Text


class Progress(Protocol):
    """Hears of each step. `total` is None while it is not known."""

    def step(self, what: Text, done: int = 0, total: int | None = None) -> None:
        """Say what is being done, and `done` of `total` (rows, files or steps)."""


class Silent:
    """For whoever does not listen."""

    def step(self, what: Text, done: int = 0, total: int | None = None) -> None:
        """Hear and keep nothing."""


SILENT: Progress = Silent()
