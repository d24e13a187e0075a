"""Who bought: how many persons, how often, how much."""

from collections import Counter
from fractions import Fraction

from tests.properties.oracle.rows import HABITS, NO_DATA, UNKNOWN, Figure, Rows, Table, habit, median_of, over


def buyer_count(rows: Rows) -> Figure:
    return (len(rows.buyers), len(rows.buyers)) if rows.named else NO_DATA


def buyer_coverage(rows: Rows) -> Figure:
    return over(sum(1 for t in rows.tp if t.person), len(rows.tp))


def tickets_per_buyer(rows: Rows) -> Figure:
    return over(sum(1 for t in rows.tp if t.person), len(rows.buyers), supplied=rows.named)


def spend_per_buyer(rows: Rows) -> Figure:
    cents = sum(t.net or 0 for t in rows.tpk if t.person)
    return over(Fraction(cents, 100), len(rows.buyers), supplied=rows.named)


def _visits(rows: Rows) -> dict[str, int]:
    return {buyer: len({t.performance.key for t in theirs}) for buyer, theirs in rows.tickets_of.items()}


def multi_buyer_share(rows: Rows) -> Figure:
    return over(sum(1 for n in _visits(rows).values() if n >= 2), len(rows.buyers))


def subscriber_share(rows: Rows) -> Figure:
    with_one = sum(1 for theirs in rows.tickets_of.values() if any(t.group == "SUBSCRIPTION" for t in theirs))
    return over(with_one, len(rows.buyers))


def recency_median(rows: Rows) -> Figure:
    return median_of((rows.as_of - max(day for day, _ in rows.book.visits[b])).days for b in rows.buyers)


def frequency_band_share(rows: Rows) -> Table:
    counts = Counter(habit(HABITS[0], theirs) for theirs in rows.tickets_of.values())
    return {(band,): over(counts[band], len(rows.buyers)) for band in ("1", "2", "3", "4-10", "11+")}


def breadth_share(rows: Rows) -> Table:
    """Whose disciplines are all to be mapped is in no part of it."""
    counts = Counter(habit(HABITS[1], theirs) for theirs in rows.tickets_of.values())
    known = len(rows.buyers) - counts[UNKNOWN]
    supplied = not rows.buyers or known > 0
    return {(one,): over(counts[one], known, supplied=supplied) for one in ("1", "2", "3+")}
