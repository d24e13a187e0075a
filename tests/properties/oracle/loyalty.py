"""Who is new, who came back, who keeps coming, and how unevenly."""

from collections.abc import Iterable
from datetime import date, timedelta

from publicc.kernel.period import months_before
from tests.properties.oracle.rows import NO_BASE, NO_DATA, Figure, Rows, over


def _in(rows: Rows, buyer: str, first: date, last: date) -> list[date]:
    return [day for day, _ in rows.book.visits[buyer] if first <= day <= last]


def _first(rows: Rows, buyer: str) -> date:
    return min(day for day, _ in rows.book.visits[buyer])


def _before(rows: Rows) -> date:
    return rows.stretch.first_on - timedelta(1)


def _share(rows: Rows, chosen: Iterable[str]) -> Figure:
    return over(sum(1 for _ in chosen), len(rows.buyers))


def _new(rows: Rows) -> list[str]:
    return [b for b in rows.buyers if _first(rows, b) >= rows.stretch.first_on]


def _depth(rows: Rows) -> int:
    return rows.book.depth(rows.stretch.first_on)


def _is_year(rows: Rows) -> bool:
    return rows.stretch.last_on + timedelta(1) == months_before(rows.stretch.first_on, -12)


def _end_of_next(rows: Rows) -> date:
    return months_before(rows.stretch.last_on + timedelta(1), -12) - timedelta(1)


def _back(rows: Rows, buyer: str) -> bool:
    return bool(_in(rows, buyer, rows.stretch.last_on + timedelta(1), _end_of_next(rows)))


def _if_told(rows: Rows, figure: Figure) -> Figure:
    """A season of which nothing was told after is not one that nobody came back from."""
    return figure if figure == NO_BASE or rows.book.told_after(rows.stretch.last_on) else NO_DATA


def new_buyer_share(rows: Rows) -> Figure:
    return _share(rows, _new(rows)) if _depth(rows) >= 12 else NO_BASE


def new_buyer_share_36m(rows: Rows) -> Figure:
    if _depth(rows) < 36:
        return NO_BASE
    new = []
    for b in rows.buyers:
        came = min(_in(rows, b, rows.stretch.first_on, rows.stretch.last_on))
        if not _in(rows, b, months_before(came, 36), _before(rows)):
            new.append(b)
    return _share(rows, new)


def new_to_pool_share(rows: Rows) -> Figure:
    return NO_DATA if rows.book.own else new_buyer_share(rows)


def reactivated_share(rows: Rows) -> Figure:
    if not _is_year(rows):
        return NO_BASE
    year_before = months_before(rows.stretch.first_on, 12)
    return _share(
        rows, (b for b in rows.buyers if not _in(rows, b, year_before, _before(rows)) and _first(rows, b) < year_before)
    )


def retention_rate(rows: Rows) -> Figure:
    if not _is_year(rows) or _end_of_next(rows) > rows.as_of:
        return NO_BASE
    return _if_told(rows, _share(rows, (b for b in rows.buyers if _back(rows, b))))


def retention_to_date(rows: Rows) -> Figure:
    if not _is_year(rows) or rows.as_of <= rows.stretch.last_on:
        return NO_BASE
    return _if_told(rows, _share(rows, (b for b in rows.buyers if _back(rows, b))))


def new_buyer_retention(rows: Rows) -> Figure:
    if not _is_year(rows) or _end_of_next(rows) > rows.as_of or _depth(rows) < 12:
        return NO_BASE
    new = _new(rows)
    return _if_told(rows, over(sum(1 for b in new if _back(rows, b)), len(new)))


def frequency(rows: Rows) -> Figure:
    visits = sum(len({t.performance.key for t in theirs}) for theirs in rows.tickets_of.values())
    return over(visits, len(rows.buyers)) if _is_year(rows) else NO_BASE


def _sizes(rows: Rows) -> list[int]:
    return sorted(len(theirs) for theirs in rows.tickets_of.values())


def concentration_top10(rows: Rows) -> Figure:
    sizes = _sizes(rows)
    top = -(-len(sizes) // 10)
    return over(sum(sizes[len(sizes) - top :]), sum(sizes), len(sizes))


def gini_tickets(rows: Rows) -> Figure:
    sizes = _sizes(rows)
    n = len(sizes)
    return over(sum((2 * i - n - 1) * x for i, x in enumerate(sizes, start=1)), n * sum(sizes), n)
