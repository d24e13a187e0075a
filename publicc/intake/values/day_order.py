"""Day or month first? Settled by the column, the file, or sales that precede performances; else a person is asked."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import duckdb

from publicc.intake.values.forms import ColumnProfile, DayOrder, Settled
from publicc.intake.values.sql import identifier, sql_date, sql_raw

_SALE: Final = re.compile(
    r"commande|transaction|achat|vente|reservation|réservation|order|purchase|sale|booked", re.IGNORECASE
)
_PERFORMANCE: Final = re.compile(
    r"repr[eé]sentation|spectacle|s[eé]ance|d[eé]but|[eé]v[eé]nement|event|performance|show|start|instance",
    re.IGNORECASE,
)
_PARTS: Final = "'^(\\d{1,2})[-/. ](\\d{1,2})'"
_CLEARLY: Final = 0.9
_CLEARLY_NOT: Final = 0.7


def is_open(profile: ColumnProfile) -> bool:
    """Whether the order of day and month of a column has to be settled."""
    return profile.date is not None and any("{a}" in template for template in profile.date.templates)


def settled_orders(
    scratch: duckdb.DuckDBPyConnection,
    relation: str,
    profiles: Sequence[ColumnProfile],
    *,
    told: DayOrder | None = None,
) -> list[ColumnProfile]:
    """The profiles with the order of day and month settled wherever something settles it.

    `told` is a person's answer: it holds for every column that does not contradict it by itself.
    """
    open_columns = [p for p in profiles if is_open(p)]
    own = {p.column: _own_order(scratch, relation, p.column) for p in open_columns}
    known = {order for order in own.values() if order}
    shared = next(iter(known)) if len(known) == 1 else None
    result = []
    for profile in profiles:
        if profile.column not in own:
            result.append(profile)
        elif order := own[profile.column]:
            result.append(_with_order(profile, order, Settled.BY_COLUMN))
        elif told or shared:
            result.append(_with_order(profile, told or shared, Settled.BY_PERSON if told else Settled.BY_FILE))
        else:
            result.append(_with_order(profile, None, Settled.AMBIGUOUS))
    return _by_sale_order(scratch, relation, result)


def _with_order(profile: ColumnProfile, order: DayOrder | None, by: Settled) -> ColumnProfile:
    if profile.date is None:
        return profile
    return replace(profile, date=replace(profile.date, day_order=order, settled=by))


def _own_order(scratch: duckdb.DuckDBPyConnection, relation: str, column: str) -> DayOrder | None:
    """What the numbers of all rows say: more firsts above 12 means the day comes first."""
    cell = sql_raw(column)
    found = scratch.execute(
        f"""
        SELECT count(*) FILTER (TRY_CAST(parts[1] AS INT) > 12), count(*) FILTER (TRY_CAST(parts[2] AS INT) > 12)
        FROM (SELECT DISTINCT [regexp_extract(head, {_PARTS}, 1), regexp_extract(head, {_PARTS}, 2)] AS parts
              FROM (SELECT DISTINCT left({cell}, 10) AS head FROM {identifier(relation)}))
        """
    ).fetchone()
    firsts, seconds = found or (0, 0)
    if firsts == seconds:
        return None
    return DayOrder.DMY if firsts > seconds else DayOrder.MDY


def _by_sale_order(
    scratch: duckdb.DuckDBPyConnection, relation: str, profiles: list[ColumnProfile]
) -> list[ColumnProfile]:
    """Settle what is left when one reading puts sales before performances and the other does not."""
    unsettled = [p for p in profiles if p.date and p.date.ambiguous]
    dated = [p for p in profiles if p.date and (p.date.formats or p.date.ambiguous) and "%d" in _any_template(p)]
    sale = next((p for p in dated if _SALE.search(p.header)), None)
    show = next((p for p in dated if _PERFORMANCE.search(p.header) and not _SALE.search(p.header)), None)
    if not unsettled or sale is None or show is None:
        return profiles
    shares = {
        order: _sold_before(scratch, relation, sale=sale, show=show, order=order)
        for order in (DayOrder.DMY, DayOrder.MDY)
    }
    best, other = sorted(shares, key=lambda order: -shares[order])
    if shares[best] < _CLEARLY or shares[other] > _CLEARLY_NOT:
        return profiles
    return [_with_order(p, best, Settled.BY_SALE_ORDER) if p in unsettled else p for p in profiles]


def _any_template(profile: ColumnProfile) -> str:
    return " ".join(profile.date.templates).replace("{a}", "%d") if profile.date else ""


def _sold_before(
    scratch: duckdb.DuckDBPyConnection, relation: str, *, sale: ColumnProfile, show: ColumnProfile, order: DayOrder
) -> float:
    """Share of the rows whose sale, read with `order`, is not after the performance; unreadable rows count against."""
    sold, shown = (
        sql_date(p.column, replace(p.date, day_order=p.date.day_order or order)) for p in (sale, show) if p.date
    )
    found = scratch.execute(
        f"SELECT count(*) FILTER ({sold} <= {shown}), count(*) FILTER ({sql_raw(sale.column)} IS NOT NULL "
        f"AND {sql_raw(show.column)} IS NOT NULL) FROM {identifier(relation)}"
    ).fetchone()
    before, both = found or (0, 0)
    return float(before) / both if both else 0.0
