"""What people met outside venues answered to the two questions on non-publics, as totals by day, beside a rollup.

Written by `surveys` from one organization's own answers; read with its rows as table `attitudes`. Nobody stands in it:
each row adds up the people of one day who answered alike, with the sum of their weights and of the squares of these.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Final

import duckdb

from publicc.kernel.errors import Broken
from publicc.kernel.text import Text
from publicc.store.durable import version_of, write_atomically
from publicc.store.engine import sql_text
from publicc.store.home import Home
from publicc.store.snapshots import rollup_file

TABLE: Final = "attitudes"
_TYPES: Final = "{'day': 'DATE', 'attitude': 'VARCHAR', 'attended': 'BOOLEAN', 'people': 'INTEGER', 'weight': 'DOUBLE', 'squares': 'DOUBLE'}"  # noqa: E501 - one literal of the engine


@dataclass(frozen=True, slots=True, order=True)
class DayOfAttitudes:
    """People of one day who answered alike: how many, what they weigh in all, and the sum of the squares of that."""

    day: date
    attitude: str
    attended: bool
    people: int
    weight: float
    squares: float


def attitudes_file(home: Home, snapshot_id: str, slug: str) -> Path:
    """Where they are kept. Raises NoSnapshot when the snapshot has no such organization."""
    return rollup_file(home, snapshot_id, slug).with_suffix(".attitudes")


def version_of_attitudes(home: Home, snapshot_id: str, slug: str) -> str:
    """Changes whenever they do; empty when there are none."""
    return version_of(attitudes_file(home, snapshot_id, slug))


def write_attitudes(file: Path, days: Iterable[DayOfAttitudes]) -> None:
    """Put these in the place of the former ones; no file for none, and nothing is touched when they are the same."""
    told = sorted(days)
    if not told:
        file.unlink(missing_ok=True)
        return
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(one.name for one in fields(DayOfAttitudes))
    writer.writerows(map(astuple, told))
    content = out.getvalue().encode()
    if not file.is_file() or file.read_bytes() != content:
        write_atomically(file, content, mode=0o600, replace=True)


def say_attitudes(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Make the table readable through a connection; no table without a file. Raises Broken for a damaged one."""
    if not file.is_file():
        return
    try:
        source = f"read_csv({sql_text(str(file))}, header = true, columns = {_TYPES})"
        connection.execute(f"CREATE TEMP TABLE {TABLE} AS SELECT * FROM {source}")
    except duckdb.Error:
        raise Broken(
            Text("Les réponses sur les non-publics sont endommagées.", "The answers on non-publics are damaged."),
            do=Text("Ouvrir les résultats du sondage.", "Open the results of the survey."),
        ) from None
