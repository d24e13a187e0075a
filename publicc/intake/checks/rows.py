"""Many checks in one scan of a relation: rows tested, rows failing and the first row numbers, by table of the files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb

from publicc.intake.checks.report import ROWS_SHOWN

_WIDE = 8 * ROWS_SHOWN
"""Tickets of one order line share its row: so many are kept before repeated row numbers are dropped."""


@dataclass(frozen=True, slots=True)
class RowCheck:
    """A check of single rows, as two SQL predicates over the columns of a relation. An unknown answer does not pass."""

    check: str
    tested: str
    passes: str


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A table of a file of a deposit."""

    deposit_id: int
    file_no: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What a check found in one table of a file."""

    check: str
    place: Place
    tested: int
    failed: int
    rows: tuple[int, ...]


def measure(vault: duckdb.DuckDBPyConnection, relation: str, checks: Sequence[RowCheck]) -> list[Measured]:
    """Run `checks` over `relation`, which has `deposit_id, file_no, row_number`, in one scan."""
    columns = ", ".join(
        f"count(*) FILTER (WHERE {check.tested}), count(*) FILTER (WHERE {_fails(check)}), "
        f"min(row_number, {_WIDE}) FILTER (WHERE {_fails(check)})"
        for check in checks
    )
    found = vault.execute(
        f"SELECT deposit_id, file_no, {columns} FROM {relation} "
        "GROUP BY deposit_id, file_no ORDER BY deposit_id, file_no"
    ).fetchall()
    return [
        Measured(check.check, Place(row[0], row[1]), *_counts(row[2 + 3 * i : 5 + 3 * i]))
        for row in found
        for i, check in enumerate(checks)
    ]


def _fails(check: RowCheck) -> str:
    return f"({check.tested}) AND NOT coalesce({check.passes}, FALSE)"


def _counts(cells: Sequence[object]) -> tuple[int, int, tuple[int, ...]]:
    tested, failed, rows = cells
    return int(str(tested)), int(str(failed)), first_rows(rows if isinstance(rows, list) else ())


def first_rows(rows: Iterable[int]) -> tuple[int, ...]:
    """The first distinct row numbers, ascending."""
    return tuple(sorted(set(rows))[:ROWS_SHOWN])
