"""The grain of a table of no known system, from its meanings and its figures."""

from typing import Final

import duckdb

from publicc.intake.grain import Grain
from publicc.intake.mapping.columns import Meanings
from publicc.intake.mapping.targets import Target
from publicc.intake.reading import SourceTable
from publicc.intake.values import MoneyForm, TableProfile, sql_number

_SALE: Final = frozenset({
    Target.ORDER_KEY, Target.ORDERED_AT, Target.AMOUNT, Target.LINE_TOTAL, Target.ORDER_TOTAL, Target.TICKET_KEY,
    Target.QUANTITY,
})  # fmt: skip
_PERSON: Final = frozenset({Target.CUSTOMER_KEY, Target.FIRST_NAME, Target.LAST_NAME, Target.FULL_NAME, Target.EMAIL})
_NAMED: Final = frozenset({Target.FIRST_NAME, Target.LAST_NAME, Target.FULL_NAME, Target.EMAIL})
_SHOW: Final = frozenset({Target.PERFORMANCE_KEY, Target.STARTS_AT, Target.SHOW_TITLE})
_TOTALS: Final = frozenset({Target.TOTAL_REVENUE, Target.TOTAL_TICKETS, Target.TOTAL_CAPACITY})


def grain_of(
    scratch: duckdb.DuckDBPyConnection, table: SourceTable, profile: TableProfile, meanings: Meanings
) -> Grain:
    """What one row is. UNKNOWN when nothing a box office sells, plays or knows is there."""
    used = {target for target in meanings.values() if target}
    if used & _TOTALS and not used & {Target.ORDER_KEY, Target.TICKET_KEY} and Target.SHOW_TITLE in used:
        return Grain.TOTALS
    money = used & {Target.AMOUNT, Target.LINE_TOTAL, Target.ORDER_TOTAL, Target.QUANTITY, Target.PRICE_CATEGORY}
    if used & _SALE and (money or Target.TICKET_KEY in used or {Target.ORDER_KEY, Target.PERFORMANCE_KEY} <= used):
        return _grain_of_sales(scratch, table, profile, meanings)
    if _names_shows(used):
        return Grain.PERFORMANCE
    if (Target.CUSTOMER_KEY in used and len(used & _PERSON) > 1) or len(used & _NAMED) > 1:
        return Grain.CUSTOMER
    return Grain.UNKNOWN


def _names_shows(used: set[Target]) -> bool:
    """A performance has a start, and a code or a title; a code with a title and nobody named will do."""
    if used & _NAMED:
        return False
    return len(used & _SHOW) >= 2


def _grain_of_sales(
    scratch: duckdb.DuckDBPyConnection, table: SourceTable, profile: TableProfile, meanings: Meanings
) -> Grain:
    used = {target for target in meanings.values() if target}
    least, most = _quantities(scratch, table, profile, meanings)
    if least < 0 and Target.ORDER_KEY in used:
        return Grain.LEDGER
    if not used & (_PERSON | {Target.ORDER_KEY, Target.TICKET_KEY}):
        return _grain_without_buyers(used)
    if Target.TICKET_KEY in used and most <= 1:
        return Grain.TICKET
    performed = used & _SHOW
    if (
        Target.ORDER_TOTAL in used and not used & {Target.AMOUNT, Target.LINE_TOTAL, Target.TICKET_KEY}
    ) or not performed:
        return Grain.ORDER if _orders_only(used) else Grain.ORDER_LINE if Target.QUANTITY in used else Grain.TICKET
    return Grain.ORDER_LINE if Target.QUANTITY in used else Grain.TICKET


def _grain_without_buyers(used: set[Target]) -> Grain:
    """Sales without buyers nor orders: totals by performance when one is told, totals by show otherwise."""
    if Target.QUANTITY in used and (Target.PERFORMANCE_KEY in used or Target.STARTS_AT in used):
        return Grain.AGGREGATE
    if Target.SHOW_TITLE in used and Target.STARTS_AT not in used and Target.PERFORMANCE_KEY not in used:
        return Grain.TOTALS
    return Grain.TICKET if used & {Target.PERFORMANCE_KEY, Target.STARTS_AT} else Grain.UNKNOWN


def _orders_only(used: set[Target]) -> bool:
    return Target.ORDER_KEY in used and Target.ORDER_TOTAL in used and Target.PRICE_CATEGORY not in used


def _quantities(
    scratch: duckdb.DuckDBPyConnection, table: SourceTable, profile: TableProfile, meanings: Meanings
) -> tuple[float, float]:
    column = next((c for c, target in meanings.items() if target is Target.QUANTITY), None)
    if column is None:
        return 1, 1
    number = sql_number(column, profile.column(column).money or MoneyForm())
    least, most = scratch.execute(f"SELECT min({number}), max({number}) FROM {table.relation}").fetchone() or (1, 1)
    return float(least if least is not None else 1), float(most if most is not None else 1)
