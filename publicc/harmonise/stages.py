"""How long each stage of the work took, and over how many rows."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from publicc.kernel.progress import SILENT, Progress
from publicc.kernel.text import Text


@dataclass(slots=True)
class Stage:
    """One stage, all organizations together."""

    seconds: float = 0.0
    rows: int = 0


@dataclass(slots=True)
class Stages:
    """A stopwatch with named laps that also tells whoever waits. Laps of the same name add up."""

    progress: Progress = SILENT
    laps: dict[str, Stage] = field(default_factory=dict)

    @contextmanager
    def lap(self, name: str, what: Text, done: int = 0, total: int | None = None) -> Iterator[Stage]:
        """Time the block under `name`; the block adds its rows to what it is given."""
        self.progress.step(what, done, total)
        stage = self.laps.setdefault(name, Stage())
        started = time.perf_counter()
        try:
            yield stage
        finally:
            stage.seconds += time.perf_counter() - started

    def as_json(self) -> dict[str, dict[str, float | int]]:
        """Stage → seconds, rows, rows a second."""
        return {
            name: {
                "seconds": round(stage.seconds, 3),
                "rows": stage.rows,
                "rows_per_second": round(stage.rows / stage.seconds) if stage.seconds > 0 else 0,
            }
            for name, stage in self.laps.items()
        }
