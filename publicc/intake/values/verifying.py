"""Figures of every row of a table, column by column: what a sample suggested is counted out.

A column of few different cells is grouped first and judged on its groups; the others are judged in one scan together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any, Final

import duckdb

from publicc.intake.values.cell_shapes import MOJIBAKE, MOJIBAKE_SIGNS
from publicc.intake.values.forms import ColumnProfile, Kind
from publicc.intake.values.sql import (
    identifier,
    quoted,
    sql_datetime,
    sql_integer,
    sql_needs_care,
    sql_number,
    sql_raw,
    sql_time,
)

FEW_ROWS: Final = 5_000
_AT_ONCE: Final = 16
"""Columns judged by one statement, on few rows."""
_FEW: Final = 100_000
_NEARLY_ALL: Final = 0.8
"""The quick count of different cells may be a sixth too low or too high."""
_WORDY: Final = frozenset({Kind.TEXT, Kind.IDENTIFIER, Kind.EMAIL})


@dataclass(frozen=True, slots=True)
class _Figures:
    """SQL of the figures of one column: what is read of each of its cells, then aggregates over `n` equal cells."""

    profile: ColumnProfile
    weight: str = "1"

    def cells(self) -> str:
        """The cell, its text and its value, under names of this column."""
        column, as_is = self.profile.column, self.profile.as_is
        value = _value(self.profile) or "NULL::BIGINT"
        return f"{identifier(column)}, {sql_raw(column, as_is=as_is)} AS text_{column}, {value} AS value_{column}"

    def distinct(self) -> str:
        """How many different texts."""
        return f"count(DISTINCT text_{self.profile.column})"

    def aggregates(self) -> list[str]:
        """In the order that `_filled_in` takes them."""
        profile, column = self.profile, identifier(self.profile.column)
        text, value = f"text_{profile.column}", f"value_{profile.column}"
        readable = _value(profile) is not None
        return [
            f"count({text})" if self.weight == "1" else self._rows(f"{text} IS NOT NULL"),
            self._unreadable(text, value) if readable else "0",
            *self.values(),
            f"coalesce(max(length({column})), 0)",
            "0" if profile.as_is else self._rows(f"starts_with({column}, '''') AND {_guards(column)}"),
            self._rows(_spoilt(column)) if profile.kind in _WORDY else "0",
            "0" if profile.as_is else self._rows(f"starts_with({column}, ' ') OR ends_with({column}, ' ')"),
        ]

    def values(self) -> tuple[str, str, str]:
        """The least, the greatest and the sum of what is read."""
        if _value(self.profile) is None:
            return "NULL", "NULL", "NULL"
        value = f"value_{self.profile.column}"
        total = f"sum({value} * {self.weight})" if self.profile.kind in _SUMMED else "NULL"
        return f"min({value})", f"max({value})", total

    def _unreadable(self, text: str, value: str) -> str:
        # What was read has a text: on plain rows, both are counted without looking at any of them.
        if self.weight == "1":
            return f"count({text}) - count({value})"
        return self._rows(f"{text} IS NOT NULL AND {value} IS NULL")

    def _rows(self, condition: str) -> str:
        # A CASE stops at the first part that settles it; a FILTER works out every part on every row.
        if self.weight == "1":
            return f"count(CASE WHEN {condition} THEN 1 END)"
        return f"CAST(coalesce(sum(CASE WHEN {condition} THEN {self.weight} END), 0) AS BIGINT)"


_SUMMED: Final = frozenset({Kind.INTEGER, Kind.MONEY, Kind.PERCENT})


def verified(
    scratch: duckdb.DuckDBPyConnection,
    relation: str,
    profiles: Sequence[ColumnProfile],
    *,
    rows: int,
    sample_cells: int,
) -> list[ColumnProfile]:
    """The profiles with the figures of all rows. `sample_cells`: different cells at which a sample stopped counting."""
    table = identifier(relation)
    if rows <= FEW_ROWS:
        return _in_few_rows(scratch, table, profiles)
    different = _different(scratch, table, [p.column for p in profiles if p.distinct >= sample_cells])
    few = [p for p in profiles if different.get(p.column, 0) <= _FEW]
    many = [p for p in profiles if different.get(p.column, 0) > _FEW]
    done = {p.column: _grouped(scratch, table, p) for p in few}
    done |= _together(scratch, table, many, different)
    return [done[p.column] for p in profiles]


def _in_few_rows(
    scratch: duckdb.DuckDBPyConnection, table: str, profiles: Sequence[ColumnProfile]
) -> list[ColumnProfile]:
    """All columns as one of texts, then what is read of those that hold values.

    On few rows, planning a statement takes longer than running it: wide tables of sixty rows took ten seconds.
    """
    done = []
    texts = _texts(scratch, table, profiles)
    careful = {p.column: replace(p, as_is=texts[p.column][0]) for p in profiles if p.column in texts}
    read = _read_values(scratch, table, [p for p in careful.values() if _value(p) is not None])
    for profile in profiles:
        if profile.column not in texts:
            done.append(replace(profile, as_is=True))
            continue
        _, distinct, filled, *words, spoilt, spaces = texts[profile.column]
        readable, *values = read.get(profile.column, (filled, None, None, None))
        figures = [filled, filled - readable, *values, *words, spoilt if profile.kind in _WORDY else 0, spaces]
        done.append(_filled_in(careful[profile.column], distinct, figures))
    return done


def one_under_another(table: str, columns: Sequence[str]) -> str:
    """SQL: the cells of several columns, as rows of the column's `name` and its `cell`; empty ones are left out."""
    names = ", ".join(identifier(column) for column in columns)
    return f"(UNPIVOT (SELECT {names} FROM {table}) ON {names} INTO NAME name VALUE cell)"


def _texts(
    scratch: duckdb.DuckDBPyConnection, table: str, profiles: Sequence[ColumnProfile]
) -> dict[str, tuple[Any, ...]]:
    """Of each column that has cells: taken as is, different, filled, longest, guarded, spoilt, with outer spaces."""
    if not profiles:
        return {}
    every = _Figures(replace(profiles[0], column="cell", kind=Kind.TEXT, date=None, money=None, as_is=False))
    filled, _unreadable, _least, _most, _total, *words = every.aggregates()
    cells = one_under_another(table, [p.column for p in profiles])
    found = scratch.execute(
        f"SELECT name, {_cared_for(every.profile)}, {every.distinct()}, {filled}, {', '.join(words)} "
        f"FROM (SELECT name, {every.cells()} FROM {cells}) GROUP BY name"
    ).fetchall()
    return {name: tuple(figures) for name, *figures in found}


def _read_values(
    scratch: duckdb.DuckDBPyConnection, table: str, profiles: Sequence[ColumnProfile]
) -> dict[str, tuple[Any, ...]]:
    """Of each column that holds values: how many cells are read, the least, the greatest, the sum."""
    done: dict[str, tuple[Any, ...]] = {}
    for first in range(0, len(profiles), _AT_ONCE):
        figures = [_Figures(profile) for profile in profiles[first : first + _AT_ONCE]]
        asked = ", ".join(chain.from_iterable((f"count(value_{one.profile.column})", *one.values()) for one in figures))
        cells = ", ".join(one.cells() for one in figures)
        told = iter(scratch.execute(f"SELECT {asked} FROM (SELECT {cells} FROM {table})").fetchone() or ())
        done |= {one.profile.column: tuple(islice(told, 4)) for one in figures}
    return done


def _cared_for(profile: ColumnProfile) -> str:
    """SQL: whether every cell can be taken as it is."""
    return f"count(CASE WHEN {sql_needs_care(profile.column)} THEN 1 END) = 0"


def _different(scratch: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str]) -> dict[str, int]:
    """About how many different cells each column has."""
    if not columns:
        return {}
    counts = ", ".join(f"approx_count_distinct({identifier(column)})" for column in columns)
    found = scratch.execute(f"SELECT {counts} FROM {table}").fetchone() or ()
    return dict(zip(columns, found, strict=True))


def _grouped(scratch: duckdb.DuckDBPyConnection, table: str, profile: ColumnProfile) -> ColumnProfile:
    column, figures = identifier(profile.column), _Figures(profile, "n")
    groups = f"(SELECT {column}, count(*) AS n FROM {table} WHERE {column} IS NOT NULL GROUP BY {column})"
    row = scratch.execute(
        f"SELECT {_cared_for(profile)}, {figures.distinct()}, {', '.join(figures.aggregates())} "
        f"FROM (SELECT n, {figures.cells()} FROM {groups})"
    ).fetchone()
    as_is, distinct, *rest = row or ()
    return _filled_in(replace(profile, as_is=as_is), distinct, rest)


def _together(
    scratch: duckdb.DuckDBPyConnection, table: str, profiles: Sequence[ColumnProfile], different: dict[str, int]
) -> dict[str, ColumnProfile]:
    if not profiles:
        return {}
    figures = [_Figures(profile) for profile in _with_care(scratch, table, profiles)]
    aggregates = [figure.aggregates() for figure in figures]
    cells = ", ".join(figure.cells() for figure in figures)
    row = scratch.execute(
        f"SELECT {', '.join(e for of_one in aggregates for e in of_one)} FROM (SELECT {cells} FROM {table})"
    ).fetchone()
    width = len(aggregates[0])
    done = {}
    for index, figure in enumerate(figures):
        mine = (row or ())[index * width : (index + 1) * width]
        distinct = different[figure.profile.column]
        if distinct > _NEARLY_ALL * mine[0]:
            distinct = _exact(scratch, table, figure.profile)
        done[figure.profile.column] = _filled_in(figure.profile, distinct, mine)
    return done


def _with_care(
    scratch: duckdb.DuckDBPyConnection, table: str, profiles: Sequence[ColumnProfile]
) -> list[ColumnProfile]:
    """The profiles, each with whether its cells can be taken as they are: it spares trimming them one by one."""
    counts = ", ".join(_cared_for(profile) for profile in profiles)
    found = scratch.execute(f"SELECT {counts} FROM {table}").fetchone() or ()
    return [replace(profile, as_is=as_is) for profile, as_is in zip(profiles, found, strict=True)]


def _exact(scratch: duckdb.DuckDBPyConnection, table: str, profile: ColumnProfile) -> int:
    """Different cells, counted by 64-bit hashes: half the memory, and a collision in 10 million cells is a rarity."""
    text = sql_raw(profile.column, as_is=profile.as_is)
    found = scratch.execute(
        f"SELECT count(DISTINCT hash({text})) FROM {table} WHERE {identifier(profile.column)} IS NOT NULL"
    )
    return int((found.fetchone() or (0,))[0])


def _value(profile: ColumnProfile) -> str | None:
    if profile.date is not None and profile.date.ambiguous:
        return None
    if profile.date is not None:
        read = sql_time if profile.kind is Kind.TIME else sql_datetime
        return read(profile.column, profile.date, as_is=profile.as_is)
    if profile.kind is Kind.INTEGER:
        return sql_integer(profile.column, as_is=profile.as_is)
    if profile.kind in {Kind.MONEY, Kind.PERCENT} and profile.money is not None:
        return sql_number(profile.column, profile.money, as_is=profile.as_is)
    return None


def _guards(column: str) -> str:
    return f"substr({column}, 2, 1) IN ('=', '+', '-', '@')"


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
