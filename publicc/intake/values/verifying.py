"""Figures of every row of a table, column by column: what a sample suggested is counted out.

A column of few different cells is grouped first and judged on its groups; the others are judged in one scan together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import duckdb

from publicc.intake.values.cell_shapes import MOJIBAKE, MOJIBAKE_SIGNS
from publicc.intake.values.forms import ColumnProfile, Kind
from publicc.intake.values.sql import identifier, quoted, sql_datetime, sql_integer, sql_number, sql_raw, sql_time

_FEW: Final = 100_000
_NEARLY_ALL: Final = 0.8
"""The quick count of different cells may be a sixth too low or too high."""
_WORDY: Final = frozenset({Kind.TEXT, Kind.IDENTIFIER, Kind.EMAIL})


@dataclass(frozen=True, slots=True)
class _Figures:
    """SQL aggregates of one column, over cells or over groups of `n` equal cells."""

    profile: ColumnProfile
    weight: str

    def expressions(self) -> list[str]:
        """In the order that `_filled_in` takes them."""
        column, raw = identifier(self.profile.column), sql_raw(self.profile.column)
        value = _value(self.profile)
        return [
            self._rows(f"{raw} IS NOT NULL"),
            self._rows(f"{raw} IS NOT NULL AND {value} IS NULL") if value else "0",
            f"min({value})" if value else "NULL",
            f"max({value})" if value else "NULL",
            f"sum({value} * {self.weight})" if value and self.profile.kind in _SUMMED else "NULL",
            f"coalesce(max(length({column})), 0)",
            self._rows(f"starts_with({column}, '''') AND substr({column}, 2, 1) IN ('=', '+', '-', '@')"),
            self._rows(_spoilt(column)) if self.profile.kind in _WORDY else "0",
            self._rows(f"starts_with({column}, ' ') OR ends_with({column}, ' ')"),
        ]

    def _rows(self, condition: str) -> str:
        if self.weight == "1":
            # A CASE stops at the first part that settles it; a FILTER works out every part on every row.
            return f"count(CASE WHEN {condition} THEN 1 END)"
        return f"CAST(coalesce(sum(CASE WHEN {condition} THEN {self.weight} END), 0) AS BIGINT)"


_SUMMED: Final = frozenset({Kind.INTEGER, Kind.MONEY, Kind.PERCENT})


def verified(
    scratch: duckdb.DuckDBPyConnection, relation: str, profiles: Sequence[ColumnProfile]
) -> list[ColumnProfile]:
    """The profiles with the figures of all rows."""
    table = identifier(relation)
    counts = ", ".join(f"approx_count_distinct({identifier(p.column)})" for p in profiles)
    different = dict(
        zip(
            (p.column for p in profiles), scratch.execute(f"SELECT {counts} FROM {table}").fetchone() or (), strict=True
        )
    )
    few = [p for p in profiles if different[p.column] <= _FEW]
    many = [p for p in profiles if different[p.column] > _FEW]
    done = {p.column: _grouped(scratch, table, p) for p in few}
    done |= _together(scratch, table, many, different)
    return [done[p.column] for p in profiles]


def _grouped(scratch: duckdb.DuckDBPyConnection, table: str, profile: ColumnProfile) -> ColumnProfile:
    column = identifier(profile.column)
    groups = f"(SELECT {column}, count(*) AS n FROM {table} WHERE {column} IS NOT NULL GROUP BY {column})"
    figures = _Figures(profile, "n").expressions()
    row = scratch.execute(
        f"SELECT count(DISTINCT {sql_raw(profile.column)}), {', '.join(figures)} FROM {groups}"
    ).fetchone()
    distinct, *rest = row or ()
    return _filled_in(profile, distinct, rest)


def _together(
    scratch: duckdb.DuckDBPyConnection, table: str, profiles: Sequence[ColumnProfile], different: dict[str, int]
) -> dict[str, ColumnProfile]:
    if not profiles:
        return {}
    figures = [_Figures(profile, "1").expressions() for profile in profiles]
    row = scratch.execute(f"SELECT {', '.join(e for of_one in figures for e in of_one)} FROM {table}").fetchone() or ()
    width = len(figures[0])
    done = {}
    for index, profile in enumerate(profiles):
        mine = row[index * width : (index + 1) * width]
        distinct = different[profile.column]
        if distinct > _NEARLY_ALL * mine[0]:
            distinct = _exact(scratch, table, profile.column)
        done[profile.column] = _filled_in(profile, distinct, mine)
    return done


def _exact(scratch: duckdb.DuckDBPyConnection, table: str, column: str) -> int:
    """Different cells, counted by 64-bit hashes: half the memory, and a collision in 10 million cells is a rarity."""
    found = scratch.execute(
        f"SELECT count(DISTINCT hash({sql_raw(column)})) FROM {table} WHERE {identifier(column)} IS NOT NULL"
    )
    return int((found.fetchone() or (0,))[0])


def _value(profile: ColumnProfile) -> str | None:
    if profile.date is not None and profile.date.ambiguous:
        return None
    if profile.date is not None:
        return (sql_time if profile.kind is Kind.TIME else sql_datetime)(profile.column, profile.date)
    if profile.kind is Kind.INTEGER:
        return sql_integer(profile.column)
    if profile.kind in {Kind.MONEY, Kind.PERCENT} and profile.money is not None:
        return sql_number(profile.column, profile.money)
    return None


def _spoilt(column: str) -> str:
    signs = " OR ".join(f"contains({column}, {quoted(sign)})" for sign in MOJIBAKE_SIGNS)
    return f"strlen({column}) <> length({column}) AND ({signs}) AND regexp_matches({column}, {quoted(MOJIBAKE)})"


def _filled_in(profile: ColumnProfile, distinct: int, figures: Sequence[Any]) -> ColumnProfile:
    filled, unreadable, least, most, total, longest, guarded, spoilt, spaces = figures
    distinct = min(distinct, filled)
    return replace(
        profile,
        filled=filled,
        distinct=distinct,
        unique=bool(filled) and distinct == filled,
        unreadable=unreadable,
        least=least,
        most=most,
        total=total,
        longest=longest,
        guarded=guarded,
        mojibake=spoilt,
        outer_spaces=spaces,
    )
