"""Progress for whoever waits at a terminal; nothing elsewhere."""

from typing import Final, Self

from rich.console import Console

from publicc.kernel.text import Lang, Text

_STDERR: Final = Console(stderr=True)


class Shown:
    """One changing line: what is being done, and how much of it is done."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang
        self._status = _STDERR.status("") if _STDERR.is_terminal else None

    def __enter__(self) -> Self:
        if self._status:
            self._status.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._status:
            self._status.stop()

    def step(self, what: Text, done: int = 0, total: int | None = None) -> None:
        """Say the step being done."""
        if self._status:
            counted = f" ({done}/{total})" if total else ""
            self._status.update(f"{what.said(self._lang)}{counted}")
