"""How sales build up, and how they stand against last season."""

from datetime import date, timedelta
from fractions import Fraction

from publicc.kernel.period import Period, season_period, season_year
from tests.properties.oracle.rows import NO_BASE, Figure, Rows, Table, Ticket

_LONGEST = 730


def _moves(rows: Rows) -> list[tuple[int, int]]:
    """(days before the performance, +1 or −1): what was sold, and what of it was cancelled, up to the day of computation."""
    found = []
    for t in rows.sales:
        if not t.ever_paid or t.ordered_on is None or t.ordered_on > rows.as_of:
            continue
        if not t.valid and t.cancelled_on is None:
            continue
        found.append((min((t.performance.starts_on - t.ordered_on).days, _LONGEST), 1))
        if not t.valid and t.cancelled_on is not None and t.cancelled_on <= rows.as_of:
            found.append((min((t.performance.starts_on - t.cancelled_on).days, _LONGEST), -1))
    return found


def sales_curve(rows: Rows) -> Table:
    """Blank from the day that the latest performance has not reached."""
    moves = _moves(rows)
    if not moves:
        return {}
    stop = max(0, *((p.starts_on - rows.as_of).days for p in rows.performances if p.kept))
    found: Table = {}
    for day in range(max(stop, *(before for before, _ in moves), stop), stop - 1, -1):
        sold = sum(n for before, n in moves if before >= day)
        found[str(day),] = (sold, sold)
    return found


def _standing(rows: Rows) -> tuple[list[Ticket], list[Ticket]]:
    """Sold at the day of computation for the season, and for the one before at an equal number of days before its close."""
    season = season_year(rows.period.last_on)
    this, last = season_period(season), season_period(season - 1)
    today = min(rows.as_of, this.last_on)
    before = last.last_on - timedelta((this.last_on - today).days)

    def sold(period: Period, day: date) -> list[Ticket]:
        return [t for t in rows.at(period).sales if t.sold_at(day)]

    return sold(this, today), sold(last, before)


def season_gap(rows: Rows) -> Figure:
    now, then = _standing(rows)
    return (len(now) - len(then), len(then)) if then else NO_BASE


def season_gap_share(rows: Rows) -> Figure:
    now, then = _standing(rows)
    return (Fraction(len(now) - len(then), len(then)), len(then)) if then else NO_BASE


def season_gap_revenue(rows: Rows) -> Figure:
    """In money, of the tickets whose price is still known: a refund leaves none."""
    now, then = (sum(t.net or 0 for t in sold if t.priced) for sold in _standing(rows))
    return (Fraction(now - then, 100), None) if then else NO_BASE
