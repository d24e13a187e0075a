"""What was paid, and what could have been."""

from fractions import Fraction

from tests.properties.oracle.rows import NO_DATA, Figure, Number, Performance, Rows, Ticket, median_of, middle, over
from tests.properties.oracle.supply import _eligible, _seats_known


def _known(rows: Rows) -> bool:
    return not rows.tp or bool(rows.tpk)


def _dollars(tickets: list[Ticket]) -> Fraction:
    return Fraction(sum(t.net or 0 for t in tickets), 100)


def ticket_revenue(rows: Rows) -> Figure:
    return (_dollars(rows.tpk), len(rows.tpk)) if _known(rows) else NO_DATA


def price_coverage(rows: Rows) -> Figure:
    return over(len(rows.tpk), len(rows.tp))


def average_price_paid(rows: Rows) -> Figure:
    return over(_dollars(rows.tpk), len(rows.tpk), supplied=_known(rows))


def median_price_paid(rows: Rows) -> Figure:
    return median_of([Fraction(t.net or 0, 100) for t in rows.tpk], supplied=_known(rows))


def _faced(rows: Rows) -> list[Ticket]:
    return [t for t in rows.tpk if t.face is not None]


def average_discount(rows: Rows) -> Figure:
    faced = _faced(rows)
    off = sum((t.face or 0) - (t.net or 0) for t in faced)
    return over(Fraction(off, 100), len(faced), supplied=not rows.tpk or bool(faced))


def discount_rate(rows: Rows) -> Figure:
    faced = _faced(rows)
    off = sum((t.face or 0) - (t.net or 0) for t in faced)
    return over(off, sum(t.face or 0 for t in faced), len(faced), supplied=not rows.tpk or bool(faced))


def reduced_share(rows: Rows) -> Figure:
    mapped = [t for t in rows.tp if t.group != "UNMAPPED"]
    return over(sum(1 for t in mapped if t.group != "FULL"), len(mapped), supplied=not rows.tp or bool(mapped))


def basket_value(rows: Rows) -> Figure:
    ordered = [t for t in rows.tpk if t.order is not None]
    orders = {(t.performance.organization, t.order) for t in ordered}
    return over(_dollars(ordered), len(orders), supplied=_known(rows))


def _full_price(rows: Rows, p: Performance) -> Number | None:
    return middle(
        t.face for t in rows.tp if t.performance.key == p.key and t.group == "FULL" and t.face is not None
    )  # fmt: skip


def _full_price_known(rows: Rows) -> bool:
    sold = {t.performance.key for t in rows.tp}
    return not sold or any(_full_price(rows, p) is not None for p in rows.pf)


def full_price(rows: Rows) -> Figure:
    found = [price for p in rows.pf if (price := _full_price(rows, p)) is not None]
    return median_of([Fraction(price, 100) for price in found], supplied=_full_price_known(rows))


def _houses(rows: Rows) -> list[Performance]:
    """Of PE, not free, with at least 80 % of prices known."""
    found = []
    for p in _eligible(rows):
        paid = sum(1 for t in rows.tp if t.performance.key == p.key)
        priced = sum(1 for t in rows.tpk if t.performance.key == p.key)
        if not p.is_free and Fraction(priced) >= Fraction(80, 100) * paid:
            found.append(p)
    return found


def financial_utilization(rows: Rows) -> Figure:
    revenue = possible = Fraction(0)
    houses = 0
    for p in _houses(rows):
        full = _full_price(rows, p)
        if full:
            revenue += sum(t.net or 0 for t in rows.tpk if t.performance.key == p.key)
            possible += (p.capacity or 0) * full
            houses += 1
    return over(revenue, possible, houses, supplied=_full_price_known(rows))


def revenue_per_seat_offered(rows: Rows) -> Figure:
    houses = _houses(rows)
    keys = {p.key for p in houses}
    cents = sum(t.net or 0 for t in rows.tpk if t.performance.key in keys)
    seats = sum(p.capacity or 0 for p in houses)
    return over(Fraction(cents, 100), seats, len(houses), supplied=_seats_known(rows))
