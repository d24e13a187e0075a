"""Runs the parsers of workbooks and JSON documents in a process of their own: little memory, time and disk.

A worker is a script that knows nothing of Public C: it gets a path and limits, writes one CSV a table into a private
folder and a list of them on its output. What it does wrong, or whatever is done to it, ends there.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from publicc.intake.reading import refusals
from publicc.intake.reading.tables import Limits
from publicc.kernel.errors import BadInput

_HERE: Final = Path(__file__).parent
WORKBOOK_WORKER: Final = _HERE / "workbook_worker.py"
JSON_WORKER: Final = _HERE / "json_worker.py"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that a worker wrote: rows as CSV; `header` when it is known rather than one of the rows."""

    path: Path
    part: str
    width: int
    header: tuple[str, ...] | None


def run_worker(worker: Path, source: Path, *, place: str, folder: Path, limits: Limits) -> list[Sheet]:
    """Let `worker` read `source`. Raises BadInput when it refuses, or when it had to be stopped."""
    out = folder.absolute() / "parsed"  # the worker stands in its own folder: relative paths would lead elsewhere
    out.mkdir()
    request = json.dumps(
        {
            "source": str(source.absolute()),
            "out": str(out),
            "memory": limits.parser_memory_bytes,
            "cpu": limits.parser_cpu_seconds,
            "columns": limits.columns,
            "disk": limits.unpacked_archive_bytes,
        }
    )
    try:
        done = subprocess.run(  # noqa: S603 (our own interpreter and script; the file's path goes by standard input)
            [sys.executable, "-I", str(worker)],
            input=request.encode(),
            capture_output=True,
            timeout=limits.parser_wall_seconds,
            cwd=out,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as problem:
        raise refusals.too_heavy(place) from problem
    if done.returncode != 0:
        raise refusals.too_heavy(place)
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise _refusal(answer, place, limits)
    return [
        Sheet(out / table["file"], table["part"], table["width"], tuple(table["header"]) if table["header"] else None)
        for table in answer["tables"]
    ]


def _refusal(answer: dict[str, object], place: str, limits: Limits) -> BadInput:
    match answer["refused"]:
        case "encrypted":
            return refusals.encrypted(place)
        case "too_heavy":
            return refusals.too_heavy(place)
        case "too_many_columns":
            found = answer.get("found")
            return refusals.too_many_columns(place, found if isinstance(found, int) else 0, limits.columns)
        case "not_a_table":
            return refusals.not_a_table(place)
        case "no_rows":
            return refusals.no_rows(place)
    return refusals.damaged(place)
