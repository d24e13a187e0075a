"""What was offered and how full it was."""

from collections import Counter
from fractions import Fraction

from tests.properties.oracle.rows import NO_BASE, NO_DATA, UNKNOWN, Figure, Performance, Rows, Table, over


def _admissions(rows: Rows, p: Performance) -> int:
    return sum(1 for t in rows.tv if t.performance.key == p.key)


def _paid(rows: Rows, p: Performance) -> int:
    return sum(1 for t in rows.tp if t.performance.key == p.key)


def _in_person(rows: Rows) -> list[Performance]:
    return [p for p in rows.pf if p.in_person]


def _eligible(rows: Rows) -> list[Performance]:
    """PE: in person, seats known, some ticket row, at most 2 % over capacity."""
    with_rows = {t.performance.key for t in rows.rows}
    return [
        p for p in _in_person(rows)
        if p.capacity and p.key in with_rows and Fraction(_admissions(rows, p)) <= Fraction(102, 100) * p.capacity
    ]  # fmt: skip


def _seats_known(rows: Rows) -> bool:
    return not _in_person(rows) or any(p.capacity for p in _in_person(rows))


def performance_count(rows: Rows) -> Figure:
    return len(rows.pf), len(rows.pf)


def cancelled_performance_count(rows: Rows) -> Figure:
    called_off = sum(1 for p in rows.performances if p.status == "CANCELLED" and p.ours)
    return called_off, called_off


def show_count(rows: Rows) -> Figure:
    shows = len({p.show for p in rows.pf} - {None})
    return shows, shows


def seats_offered(rows: Rows) -> Figure:
    seated = [p.capacity for p in _in_person(rows) if p.capacity]
    return (sum(seated), len(seated)) if _seats_known(rows) else NO_DATA


def capacity_coverage(rows: Rows) -> Figure:
    return over(sum(1 for p in _in_person(rows) if p.capacity), len(_in_person(rows)))


def supply_grid(rows: Rows) -> Table:
    known = Counter((str(p.starts_on.isoweekday()), f"{p.hour:02d}") for p in rows.pf if p.hour is not None)
    if not known:
        return {(UNKNOWN, UNKNOWN): NO_DATA if rows.pf else NO_BASE}
    whole = sum(known.values())
    return {key: (Fraction(n, whole), whole) for key, n in known.items()}


def occupancy_rate(rows: Rows) -> Figure:
    pe = _eligible(rows)
    seats = sum(p.capacity or 0 for p in pe)
    return over(sum(_admissions(rows, p) for p in pe), seats, len(pe), supplied=_seats_known(rows))


def paid_occupancy_rate(rows: Rows) -> Figure:
    pe = _eligible(rows)
    seats = sum(p.capacity or 0 for p in pe)
    return over(sum(_paid(rows, p) for p in pe), seats, len(pe), supplied=_seats_known(rows))


def sold_out_share(rows: Rows) -> Figure:
    pe = _eligible(rows)
    full = [p for p in pe if p.soldout_since or Fraction(_admissions(rows, p)) >= Fraction(98, 100) * (p.capacity or 0)]
    return over(len(full), len(pe), supplied=_seats_known(rows))


def early_sellout_share(rows: Rows) -> Figure:
    pe, full = _eligible(rows), 0
    for p in pe:
        early = [t for t in rows.tv if t.performance.key == p.key and t.lead is not None and t.lead >= 14]
        full += Fraction(len(early)) >= Fraction(98, 100) * (p.capacity or 0)
    return over(full, len(pe), supplied=_seats_known(rows))


def no_show_rate(rows: Rows) -> Figure:
    scanned = admissions = 0
    for p in rows.pf:
        of = [t for t in rows.tv if t.performance.key == p.key]
        here = sum(1 for t in of if t.scanned)
        if of and here * 2 >= len(of):
            scanned, admissions = scanned + here, admissions + len(of)
    supplied = not rows.tv or any(t.scanned is not None for t in rows.tv)
    return over(admissions - scanned, admissions, supplied=supplied)


def zone_sell_through(rows: Rows) -> Figure:
    """No snapshot says the seats of a zone."""
    return NO_DATA
