"""Performances on sale against comparable ones that were played."""

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction

from publicc.kernel.period import season_period, season_year
from tests.properties.oracle.rows import NO_BASE, NO_DATA, Figure, Performance, Rows, Table, middle

_QUARTERS = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4))


def _sold(rows: Rows, p: Performance, days_before: int | None) -> int:
    """Tickets sold so many days before; None: in the end."""
    of = [t for t in rows.book.tickets if t.performance.key == p.key and t.ever_paid and t.ordered_on]
    of = [t for t in of if t.valid or t.cancelled_on]
    if days_before is None:
        return sum(1 for t in of if t.valid)
    day = p.starts_on - timedelta(days_before)
    return sum(1 for t in of if t.sold_at(day))


def _comparables(rows: Rows, p: Performance) -> list[Performance]:
    closed = season_year(rows.as_of)
    closed -= season_period(closed).last_on > rows.as_of
    seasons = range(closed - 2, closed + 1)
    sold = {
        t.performance.key for t in rows.book.tickets if t.ever_paid and t.ordered_on and (t.valid or t.cancelled_on)
    }
    return [
        c for c in rows.book.performances
        if rows.book.played(c) and c.in_person and c.capacity and p.capacity and c.key in sold
        and c.discipline == p.discipline is not None and c.season in seasons
        and p.capacity <= 2 * c.capacity and c.capacity <= 2 * p.capacity
    ]  # fmt: skip


def _shares(rows: Rows, p: Performance) -> tuple[list[Fraction], list[Fraction]]:
    """What comparables had sold at the same days before: of their capacity, of their final."""
    days = (p.starts_on - rows.as_of).days
    found = [(c, _sold(rows, c, days), _sold(rows, c, None)) for c in _comparables(rows, p)]
    of_capacity = [Fraction(then, c.capacity or 1) for c, then, _ in found]
    return of_capacity, [Fraction(then, ever) for _, then, ever in found if ever]


def _each(rows: Rows, told: Callable[[Rows, Performance], dict[str, Figure]]) -> Table:
    on_sale = [p for p in rows.performances if p.kept and p.in_person and p.starts_on > rows.as_of]
    return {(p.id, bound): figure for p in on_sale for bound, figure in told(rows, p).items()}


def _now(rows: Rows, p: Performance) -> int:
    return sum(1 for t in rows.sales if t.performance.key == p.key and t.sold_at(rows.as_of))


def _band(rows: Rows, p: Performance) -> dict[str, Figure]:
    of_capacity, _ = _shares(rows, p)
    if len(of_capacity) < 4:
        return {"low": NO_BASE, "high": NO_BASE}
    low, _, high = (Fraction(middle(of_capacity, q) or 0) for q in _QUARTERS)
    return {"low": (low, len(of_capacity)), "high": (high, len(of_capacity))}


def _status(rows: Rows, p: Performance) -> dict[str, Figure]:
    if not p.capacity:
        return {"UNKNOWN": NO_DATA}
    of_capacity, _ = _shares(rows, p)
    if len(of_capacity) < 4:
        return {"UNKNOWN": NO_BASE}
    share = Fraction(_now(rows, p), p.capacity)
    low, _, high = (Fraction(middle(of_capacity, q) or 0) for q in _QUARTERS)
    return {"BELOW" if share < low else "ABOVE" if share > high else "WITHIN": (share, len(of_capacity))}


def _projected(rows: Rows, p: Performance) -> dict[str, Figure]:
    bounds = ("high", "middle", "low")
    if not p.capacity:
        return dict.fromkeys(bounds, NO_DATA)
    _, of_final = _shares(rows, p)
    quarters = [Fraction(middle(of_final, q) or 0) for q in _QUARTERS]
    if len(of_final) < 8 or quarters[1] < Fraction(15, 100):
        return dict.fromkeys(bounds, NO_BASE)
    sold, seats = _now(rows, p), Fraction(p.capacity)
    return {
        bound: (min(seats, sold / at) if at else seats, len(of_final))
        for bound, at in zip(bounds, quarters, strict=True)
    }


def pace_band(rows: Rows) -> Table:
    return _each(rows, _band)


def pace_status(rows: Rows) -> Table:
    return _each(rows, _status)


def projected_admissions(rows: Rows) -> Table:
    return _each(rows, _projected)
