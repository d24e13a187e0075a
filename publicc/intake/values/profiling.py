"""Source table → profile: kinds decided on a large sample, the same for the same rows, then verified on every row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import duckdb

from publicc.intake.reading import SourceTable
from publicc.intake.values.cell_shapes import MOJIBAKE, MOJIBAKE_SIGNS
from publicc.intake.values.columns import guess
from publicc.intake.values.day_order import settled_orders
from publicc.intake.values.forms import Clock, ColumnProfile, DayOrder, Kind, TableProfile
from publicc.intake.values.sql import identifier, quoted, sql_datetime, sql_integer, sql_number, sql_raw, sql_time

SAMPLE_ROWS: Final = 50_000
SAMPLE_CELLS: Final = 3_000
_EXACT_UP_TO: Final = 100_000
_WORDY: Final = {Kind.TEXT, Kind.IDENTIFIER, Kind.EMAIL}


def profile_table(
    scratch: duckdb.DuckDBPyConnection, table: SourceTable, *, day_order: DayOrder | None = None
) -> TableProfile:
    """What the columns of `table` hold. `day_order` is a person's answer, now or remembered.

    Kinds come from up to 50 000 rows picked evenly by row number; fill, unreadable cells, extremes and sums from all.
    """
    relation = identifier(table.relation)
    every = max(1, -(-table.row_count // SAMPLE_ROWS))
    scratch.execute(f"CREATE OR REPLACE TEMP TABLE profiled AS SELECT * FROM {relation} WHERE row_number % {every} = 0")
    guessed = [
        guess(column, header, table.row_count, _sample(scratch, column))
        for column, header in zip(table.columns, table.headers, strict=True)
    ]
    scratch.execute("DROP TABLE profiled")
    profiles = settled_orders(scratch, table.relation, guessed, told=day_order)
    profiles = _with_times(_with_utc_twins(scratch, table.relation, profiles))
    profiles = _verified(scratch, table, profiles)
    return TableProfile(
        relation=table.relation,
        place=table.place,
        rows=table.row_count,
        columns=tuple(profiles),
        questions=tuple(p.column for p in profiles if p.date and p.date.ambiguous),
    )


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


@dataclass(frozen=True, slots=True)
class _Check:
    """SQL of the value of a column, and of its total."""

    value: str | None = None
    total: str = "NULL"


def _verified(
    scratch: duckdb.DuckDBPyConnection, table: SourceTable, profiles: Sequence[ColumnProfile]
) -> list[ColumnProfile]:
    """Figures of all rows, in one scan."""
    parts: list[str] = []
    for profile in profiles:
        raw, check = sql_raw(profile.column), _check(profile)
        column = identifier(profile.column)
        parts += [
            f"count({raw})",
            f"approx_count_distinct({column})",
            f"count(*) FILTER ({raw} IS NOT NULL AND {check.value} IS NULL)" if check.value else "0",
            f"min({check.value})" if check.value else "NULL",
            f"max({check.value})" if check.value else "NULL",
            check.total,
            f"coalesce(max(length({column})), 0)",
            f"count(*) FILTER ({column} LIKE '''%' AND substr({column}, 2, 1) IN ('=', '+', '-', '@'))",
            f"count(*) FILTER ({_spoilt(column)})" if profile.kind in _WORDY else "0",
            f"count(*) FILTER ({column} LIKE ' %' OR {column} LIKE '% ')",
        ]
    row = scratch.execute(f"SELECT {', '.join(parts)} FROM {identifier(table.relation)}").fetchone() or ()
    width = len(parts) // len(profiles)
    return [
        _filled_in(scratch, table.relation, profile, row[i * width : (i + 1) * width])
        for i, profile in enumerate(profiles)
    ]


def _spoilt(column: str) -> str:
    signs = " OR ".join(f"contains({column}, {quoted(sign)})" for sign in MOJIBAKE_SIGNS)
    return f"({signs}) AND regexp_matches({column}, {quoted(MOJIBAKE)})"


def _check(profile: ColumnProfile) -> _Check:
    if profile.date is not None and profile.kind is Kind.TIME:
        return _Check(sql_time(profile.column, profile.date))
    if profile.date is not None and not profile.date.ambiguous:
        return _Check(sql_datetime(profile.column, profile.date))
    if profile.kind is Kind.INTEGER:
        return _Check(sql_integer(profile.column), f"sum({sql_integer(profile.column)})")
    if profile.kind in {Kind.MONEY, Kind.PERCENT} and profile.money is not None:
        number = sql_number(profile.column, profile.money)
        return _Check(number, f"sum({number})")
    return _Check()


def _filled_in(
    scratch: duckdb.DuckDBPyConnection, relation: str, profile: ColumnProfile, figures: Sequence[Any]
) -> ColumnProfile:
    filled, distinct, unreadable, least, most, total, longest, guarded, spoilt, spaces = figures
    distinct = min(distinct, filled)
    if filled and (distinct <= _EXACT_UP_TO or distinct > 0.95 * filled):
        cell = sql_raw(profile.column)
        exact = scratch.execute(
            f"SELECT count(DISTINCT hash({cell})) FROM {identifier(relation)} WHERE {cell} IS NOT NULL"
        )
        distinct = (exact.fetchone() or (distinct,))[0]
    return replace(
        profile,
        filled=filled,
        distinct=distinct,
        unique=bool(filled) and distinct == filled,
        unreadable=unreadable if not (profile.date and profile.date.ambiguous) else 0,
        least=least,
        most=most,
        total=total,
        longest=longest,
        guarded=guarded,
        mojibake=spoilt,
        outer_spaces=spaces,
    )
