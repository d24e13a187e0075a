"""Where buyers live: distance, origin, catchment, and the three indices."""

from collections import Counter
from collections.abc import Callable
from fractions import Fraction

from publicc.directory.territories import territories
from tests.properties.oracle.rows import (
    NO_BASE,
    NO_DATA,
    OF_TICKET,
    Figure,
    Rows,
    Table,
    Ticket,
    median_of,
    over,
)
from tests.properties.oracle.timing import lead_time_median

_BANDS = ("0-5", "5-10", "10-25", "25-50", "50-100", "100+", "FOREIGN")


def _together(rows: Rows) -> list[Ticket]:
    return [t for t in rows.tp if t.performance.in_person]


def _homes(rows: Rows) -> list[Ticket]:
    return [t for t in rows.tp if t.with_a_home]


def _unknown_homes(rows: Rows) -> str | None:
    """Under 40 % of known homes, geography has no base; without any, no data."""
    if len(_homes(rows)) * 100 < len(_together(rows)) * 40:
        return NO_BASE if _homes(rows) else NO_DATA
    return None


def postal_coverage(rows: Rows) -> Figure:
    return over(len(_homes(rows)), len(_together(rows)))


def _distance(rows: Rows, share: Fraction) -> Figure:
    return _unknown_homes(rows) or median_of([t.km for t in rows.tp if t.canadian and t.km is not None], share)


def distance_median(rows: Rows) -> Figure:
    return _distance(rows, Fraction(1, 2))


def distance_km(rows: Rows) -> Figure:
    return _distance(rows, Fraction(1, 2))


def distance_p25(rows: Rows) -> Figure:
    return _distance(rows, Fraction(1, 4))


def distance_p75(rows: Rows) -> Figure:
    return _distance(rows, Fraction(3, 4))


def distance_band_share(rows: Rows) -> Table:
    counts = Counter(band for t in _together(rows) if (band := OF_TICKET["distance_band"](t)))
    why = _unknown_homes(rows)
    return {(band,): why or over(counts[band], sum(counts.values())) for band in _BANDS}


def origin_share(rows: Rows, axis: str = "admin_region") -> Table:
    homes = _homes(rows)
    counts = Counter(where for t in homes if (where := OF_TICKET[axis](t)))
    why = _unknown_homes(rows)
    return {(where,): why or over(n, len(homes)) for where, n in counts.items()}


def out_of_province_share(rows: Rows) -> Figure:
    away = sum(1 for t in rows.tp if t.canadian and t.province not in (None, t.performance.home_province))
    return _unknown_homes(rows) or over(away, len(_homes(rows)))


def foreign_share(rows: Rows) -> Figure:
    return _unknown_homes(rows) or over(sum(1 for t in _homes(rows) if t.origin == "FOREIGN"), len(_homes(rows)))


def market_tier(rows: Rows) -> Table:
    """By FSA, the share of revenue that those before it make."""
    spent, placed = Counter[str](), Counter[str]()
    for t in rows.tp:
        if t.canadian and t.fsa:
            placed[t.fsa] += 1
            spent[t.fsa] += (t.net or 0) if t.priced else 0
    before, found = 0, dict[tuple[str, ...], Figure]()
    for fsa in sorted((fsa for fsa in spent if spent[fsa] > 0), key=lambda fsa: (-spent[fsa], fsa)):
        found[fsa,] = Fraction(before, sum(n for n in spent.values() if n > 0)), placed[fsa]
        before += spent[fsa]
    return found


def _areas(rows: Rows) -> list[int]:
    return sorted(Counter(t.fsa for t in rows.tp if t.canadian and t.fsa).values(), reverse=True)


def fsas_for_half(rows: Rows) -> Figure:
    gathered, areas = 0, _areas(rows)
    for place, tickets in enumerate(areas, start=1):
        gathered += tickets
        if 2 * gathered >= sum(areas):
            return _unknown_homes(rows) or (place, sum(areas))
    return _unknown_homes(rows) or NO_BASE


def hhi_fsa(rows: Rows) -> Figure:
    areas = _areas(rows)
    return _unknown_homes(rows) or over(sum(n * n for n in areas), sum(areas) ** 2, sum(areas))


def _local_share(rows: Rows) -> Figure:
    def local(t: Ticket) -> bool:
        where = territories().get(t.performance.local_territory or "")
        return t.canadian and where is not None and t.fsa is not None and where.holds(t.fsa)

    return _unknown_homes(rows) or over(sum(1 for t in rows.tp if local(t)), len(_homes(rows)))


def _index(rows: Rows, level: Callable[[Rows], Figure]) -> Figure:
    now, then = level(rows), level(rows.then)
    if isinstance(now, str):
        return now
    if isinstance(then, str) or not then[0]:
        return NO_BASE
    return 100 * Fraction(now[0]) / Fraction(then[0]), now[1]


def distance_index(rows: Rows) -> Figure:
    return _index(rows, distance_median)


def local_penetration_index(rows: Rows) -> Figure:
    return _index(rows, _local_share)


def sale_period_index(rows: Rows) -> Figure:
    return _index(rows, lead_time_median)
