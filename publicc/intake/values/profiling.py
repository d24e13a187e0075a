"""Source table → profile: kinds decided on a large sample, the same for the same rows, then verified on every row."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

import duckdb

from publicc.intake.reading import SourceTable
from publicc.intake.values.columns import guess
from publicc.intake.values.day_order import settled_orders
from publicc.intake.values.forms import Clock, ColumnProfile, DayOrder, Kind, TableProfile
from publicc.intake.values.sql import identifier, sql_datetime, sql_raw
from publicc.intake.values.verifying import FEW_ROWS, one_under_another, verified

SAMPLE_ROWS: Final = 50_000
SAMPLE_CELLS: Final = 3_000


def profile_table(
    scratch: duckdb.DuckDBPyConnection, table: SourceTable, *, day_order: DayOrder | None = None
) -> TableProfile:
    """What the columns of `table` hold. `day_order` is a person's answer, now or remembered.

    Kinds come from up to 50 000 rows picked evenly by row number; fill, unreadable cells, extremes and sums from all.
    """
    relation = identifier(table.relation)
    every = max(1, -(-table.row_count // SAMPLE_ROWS))
    scratch.execute(f"CREATE OR REPLACE TEMP TABLE profiled AS SELECT * FROM {relation} WHERE row_number % {every} = 0")
    empty = _without_cells(scratch, table)
    samples = _samples(scratch, [column for column in table.columns if column not in empty], table.row_count)
    guessed = [
        guess(column, header, table.row_count, samples.get(column, {}))
        for column, header in zip(table.columns, table.headers, strict=True)
    ]
    scratch.execute("DROP TABLE profiled")
    profiles = settled_orders(scratch, table.relation, guessed, told=day_order)
    profiles = _with_times(_with_utc_twins(scratch, table.relation, profiles))
    seen = [profile for profile in profiles if profile.column not in empty]
    done = {
        p.column: p for p in verified(scratch, table.relation, seen, rows=table.row_count, sample_cells=SAMPLE_CELLS)
    }
    profiles = [done.get(p.column) or replace(p, as_is=True) for p in profiles]
    return TableProfile(
        relation=table.relation,
        place=table.place,
        rows=table.row_count,
        columns=tuple(profiles),
        questions=tuple(p.column for p in profiles if p.date and p.date.ambiguous),
    )


def _without_cells(scratch: duckdb.DuckDBPyConnection, table: SourceTable) -> set[str]:
    """Columns without a single cell: half of those of some exports, and nothing more is asked of them."""
    counts = ", ".join(f"count({identifier(column)})" for column in table.columns)
    found = scratch.execute(f"SELECT {counts} FROM {identifier(table.relation)}").fetchone() or ()
    return {column for column, cells in zip(table.columns, found, strict=True) if not cells}


def _samples(scratch: duckdb.DuckDBPyConnection, columns: Sequence[str], rows: int) -> dict[str, dict[str, int]]:
    """Of each column, its commonest cells and how many rows have each, in that order then by the cell."""
    if rows > FEW_ROWS or not columns:
        return {column: _sample(scratch, column) for column in columns}
    counted: dict[str, dict[str, int]] = {column: {} for column in columns}
    for column, cell, n in scratch.execute(
        f"SELECT name, {sql_raw('cell')} AS text, count(*) AS n FROM {one_under_another('profiled', columns)} "
        "WHERE text IS NOT NULL GROUP BY ALL ORDER BY n DESC, text"
    ).fetchall():
        counted[column][cell] = n
    return {column: dict(islice(cells.items(), SAMPLE_CELLS)) for column, cells in counted.items()}


def _sample(scratch: duckdb.DuckDBPyConnection, column: str) -> dict[str, int]:
    cell = sql_raw(column)
    return dict(
        scratch.execute(
            f"SELECT {cell} AS cell, count(*) AS n FROM profiled WHERE cell IS NOT NULL "
            f"GROUP BY cell ORDER BY n DESC, cell LIMIT {SAMPLE_CELLS}"
        ).fetchall()
    )


def _with_times(profiles: Sequence[ColumnProfile]) -> list[ColumnProfile]:
    """Give a date without time, or with a void one, the column of times that follows it."""
    result = list(profiles)
    for index, profile in enumerate(profiles[:-1]):
        following = profiles[index + 1]
        void = profile.kind is Kind.DATE or (profile.kind is Kind.DATETIME and profile.shares.get(Kind.TIME, 0) > 0.95)
        if void and following.kind is Kind.TIME:
            result[index] = replace(profile, time_column=following.column)
    return result


def _with_utc_twins(
    scratch: duckdb.DuckDBPyConnection, relation: str, profiles: Sequence[ColumnProfile]
) -> list[ColumnProfile]:
    """Mark as UTC the unmarked instants that their name says are, or that are some whole hours after a local twin."""
    result = list(profiles)
    for index, profile in enumerate(profiles):
        if profile.kind is not Kind.DATETIME or profile.date is None or profile.date.clock is not Clock.LOCAL:
            continue
        twins = [p for p in profiles if p is not profile and _names_twin(profile, p)]
        if twins and _hours_apart(scratch, relation, profile, twins[0]):
            result[index] = replace(profile, date=replace(profile.date, clock=Clock.UTC))
    return result


def _names_twin(profile: ColumnProfile, other: ColumnProfile) -> bool:
    return (
        other.kind is Kind.DATETIME
        and profile.header.lower().startswith(other.header.lower())
        and profile.header.lower().endswith(("utc", "gmt"))
    )


def _hours_apart(
    scratch: duckdb.DuckDBPyConnection, relation: str, profile: ColumnProfile, twin: ColumnProfile
) -> bool:
    if profile.date is None or twin.date is None:
        return False
    later, sooner = sql_datetime(profile.column, profile.date), sql_datetime(twin.column, twin.date)
    found = scratch.execute(
        f"SELECT count(*) FILTER (apart IN (2.5, 3, 3.5, 4, 5, 6, 7, 8)), count(apart) FROM "
        f"(SELECT date_diff('minute', {sooner}, {later}) / 60 AS apart FROM {identifier(relation)})"
    ).fetchone()
    hours, both = found or (0, 0)
    return bool(both) and hours >= 0.95 * both
