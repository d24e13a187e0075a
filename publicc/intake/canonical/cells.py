"""One meaning of one table → the SQL that reads its cells, and the condition that says they could not be read."""

from collections.abc import Iterable
from typing import Final

from publicc.intake.canonical.bench import ReadTable
from publicc.intake.mapping.targets import Target, ValueKind
from publicc.intake.values import (
    ColumnProfile,
    MoneyForm,
    sql_bool,
    sql_datetime,
    sql_identifier,
    sql_money_cents,
    sql_number,
    sql_raw,
    sql_text,
    sql_time,
)

TYPES: Final = {
    ValueKind.KEY: "VARCHAR",
    ValueKind.TEXT: "VARCHAR",
    ValueKind.WORD: "VARCHAR",
    ValueKind.MOMENT: "TIMESTAMP",
    ValueKind.TIME: "TIME",
    ValueKind.MONEY: "BIGINT",
    ValueKind.NUMBER: "BIGINT",
    ValueKind.FLAG: "BOOLEAN",
}
"""How each kind of value is kept once read. Money in cents."""

_TEXTS: Final = frozenset({ValueKind.KEY, ValueKind.TEXT, ValueKind.WORD})
_ADDED_UP: Final = frozenset({Target.FEES, Target.TAXES})
_YES: Final = "('oui', 'yes', 'true', 'vrai', '1', 'y', 'o', 'x')"


def cell(table: ReadTable, target: Target) -> str:
    """SQL that reads this meaning in a row of the table's relation; a NULL of its type when no column has it.

    Several columns: amounts are added up, address lines joined, otherwise the first that is filled.
    """
    columns = table.mapping.columns_of(target)
    if not columns:
        return f"NULL::{TYPES[target.kind]}"
    read = [read_cell(table, column, target.kind) for column in columns]
    if len(read) == 1:
        return read[0]
    if target in _ADDED_UP:
        return " + ".join(f"coalesce({one}, 0)" for one in read)
    if target is Target.ADDRESS:
        return f"nullif(concat_ws(', ', {', '.join(read)}), '')"
    return f"coalesce({', '.join(read)})"


def unreadable(table: ReadTable, target: Target) -> str:
    """SQL condition: a cell holds something that could not be read; an empty text when that cannot happen."""
    if target.kind in _TEXTS or target.kind is ValueKind.FLAG:
        return ""
    doubtful = [column for column in table.mapping.columns_of(target) if _may_fail(table.profiles[column], target.kind)]
    return " OR ".join(
        f"({_filled(table, column)} AND {read_cell(table, column, target.kind)} IS NULL)" for column in doubtful
    )


def _filled(table: ReadTable, column: str) -> str:
    return f"{sql_raw(column, as_is=table.profiles[column].as_is)} IS NOT NULL"


def bad_cell(table: ReadTable, targets: Iterable[Target]) -> str:
    """SQL of the meaning of the first cell that holds something and could not be read; NULL when all were."""
    cases = [f"WHEN {problem} THEN '{target.value}'" for target in targets if (problem := unreadable(table, target))]
    return f"CASE {' '.join(cases)} END" if cases else "NULL::VARCHAR"


def _may_fail(profile: ColumnProfile, kind: ValueKind) -> bool:
    """Whether any cell of the column was seen to be unreadable: most columns need no condition at all."""
    sure = profile.filled == 0 or (kind is ValueKind.MOMENT and profile.date is not None and profile.unreadable == 0)
    return not sure


def read_cell(table: ReadTable, column: str, kind: ValueKind) -> str:
    """SQL that reads one column as one kind of value, with the form found for that column."""
    profile = table.profiles[column]
    as_is = profile.as_is
    match kind:
        case ValueKind.KEY:
            return sql_identifier(column, as_is=as_is)
        case ValueKind.TEXT | ValueKind.WORD:
            return sql_text(column, as_is=as_is)
        case ValueKind.MONEY:
            return sql_money_cents(column, profile.money or MoneyForm(), as_is=as_is)
        case ValueKind.NUMBER:
            return f"CAST({sql_number(column, profile.money or MoneyForm(), as_is=as_is)} AS BIGINT)"
        case ValueKind.FLAG:
            words = f"(lower({sql_raw(column, as_is=as_is)}) IN {_YES})"
            return sql_bool(column, profile.boolean, as_is=as_is) if profile.boolean else words
        case ValueKind.TIME:
            return sql_time(column, profile.date, as_is=as_is) if profile.date else "NULL::TIME"
        case ValueKind.MOMENT:
            zone = table.time_zone
            return sql_datetime(column, profile.date, zone=zone, as_is=as_is) if profile.date else "NULL::TIMESTAMP"
