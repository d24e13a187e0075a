"""Buyers against the census: penetration, those who do not come, what the audience over-represents, growth."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from fractions import Fraction

from publicc.directory.official.traits import TRAITS
from publicc.kernel.period import months_before
from tests.properties.oracle.rows import (
    NO_BASE,
    NO_DATA,
    OF_TICKET,
    TERRITORIES,
    UNKNOWN,
    Figure,
    Rows,
    Table,
    middle,
)


def _reached(rows: Rows, axis: str = "fsa") -> dict[str, int]:
    households: defaultdict[str, set[str]] = defaultdict(set)
    for t in rows.tp:
        where = OF_TICKET[axis](t)
        if t.person and t.canadian and where:
            households[where].add(t.household or t.buyer or "")
    return {where: len(theirs) for where, theirs in households.items()}


def _territory(fsa: str) -> str:
    return TERRITORIES.get(fsa) or {"H": "QC", "J": "QC", "G": "QC", "M": "ON"}[fsa[0]]


def _province(area: str) -> str:
    if area.isdecimal() or area[0] in "GHJ":
        return "QC"
    return "ON" if area[0] == "M" else area


def _living(rows: Rows, axis: str) -> dict[str, int]:
    """Households by FSA or territory; only those of the territories asked for, when some are."""
    found: Counter[str] = Counter()
    asked = rows.all.get("home_territory") if axis == "fsa" else rows.conditions.get("home_territory")
    for fsa, n in (rows.book.households or {}).items():
        if asked is None or _territory(fsa) in asked:
            found[fsa if axis == "fsa" else _territory(fsa)] += n
    return dict(found)


def _within(rows: Rows, axis: str) -> dict[str, int]:
    """Households of R: the territories asked for, else the province of most buyer households (the first of two alike)."""
    living, reached = _living(rows, axis), _reached(rows, axis)
    asked = rows.all.get("home_territory") if axis == "fsa" else rows.conditions.get("home_territory")
    if asked is not None:
        return living
    homes = Counter[str]()
    for area, n in reached.items():
        if n and area in living:
            homes[_province(area)] += n
    best = max(homes.values(), default=None)
    home = min((one for one, n in homes.items() if n == best), default=None)
    return {area: n for area, n in living.items() if home is not None and _province(area) == home}


def _rates(rows: Rows, axis: str, living: dict[str, int], rate: Callable[[int, int], Fraction | None]) -> Table:
    """A figure an area; an area under 500 households has no base."""
    reached = _reached(rows, axis)
    if rows.book.households is None:
        return dict.fromkeys([(area,) for area in reached] or [(UNKNOWN,)], NO_DATA)
    told: Table = {}
    for area, n in living.items():
        value = rate(reached.get(area, 0), n)
        if value is not None:
            told[area,] = (value, reached.get(area, 0)) if n >= 500 else NO_BASE
    return told or {(UNKNOWN,): NO_BASE}


def household_penetration(rows: Rows, axis: str = "fsa") -> Table:
    return _rates(rows, axis, _living(rows, axis), lambda here, n: Fraction(1000 * here, n))


def penetration_index(rows: Rows, axis: str = "fsa") -> Table:
    living, reached = _within(rows, axis), _reached(rows, axis)
    buyers, homes = sum(reached.get(area, 0) for area in living), sum(living.values())
    return _rates(
        rows, axis, living, lambda here, n: 100 * Fraction(here, buyers) / Fraction(n, homes) if buyers else None
    )


def unreached_household_share(rows: Rows, axis: str = "fsa") -> Table:
    return _rates(rows, axis, _within(rows, axis), lambda here, n: max(Fraction(0), 1 - Fraction(here, n)))


def non_public_index(rows: Rows, axis: str = "fsa") -> Table:
    living, reached = _within(rows, axis), _reached(rows, axis)
    homes = sum(living.values())
    away = 1 - Fraction(sum(reached.get(area, 0) for area in living), homes) if homes else Fraction(0)
    return _rates(
        rows, axis, living, lambda here, n: 100 * max(Fraction(0), 1 - Fraction(here, n)) / away if away > 0 else None
    )


def census_profile_index(rows: Rows) -> Table:
    if rows.book.households is None:
        return {(trait,): NO_DATA for trait in TRAITS}
    living, reached, census = _within(rows, "fsa"), _reached(rows), rows.book.census
    told: Table = {}
    for trait in TRAITS:
        known = {fsa: Fraction(*census[fsa][trait]) for fsa in living if trait in census[fsa]}
        buyers, homes = sum(reached.get(fsa, 0) for fsa in known), sum(living[fsa] for fsa in known)
        if not known:
            told[trait,] = NO_DATA
        elif not buyers:
            told[trait,] = NO_BASE
        else:
            ours = sum((reached.get(fsa, 0) * share for fsa, share in known.items()), Fraction()) / buyers
            usual = sum((living[fsa] * share for fsa, share in known.items()), Fraction()) / homes
            told[trait,] = (100 * ours / usual, buyers)
    return told


def _modelled(rows: Rows) -> str:
    """Five areas are too few for any model: tests/unit/metrics/test_potential.py counts the model itself again."""
    if rows.book.households is None:
        return NO_DATA
    played = [p for p in rows.book.performances if p.kept and rows.period.first_on <= p.starts_on <= rows.last]
    return NO_BASE if any(p.venue == "hall" for p in played) else NO_DATA


def potential_gap(rows: Rows) -> Table:
    return {(UNKNOWN, bound): _modelled(rows) for bound in ("low", "middle", "high")}


def growth_ceiling(rows: Rows) -> Table:
    return {(bound,): _modelled(rows) for bound in ("low", "middle", "high")}


def _attitude_bounds(rows: Rows, holds: Callable[[str, bool], bool]) -> list[Figure] | str:
    """Low, middle and high of the weighted share of people, 24 months back from the last day; a state instead."""
    if rows.book.answers is None or not rows.book.own:
        return NO_DATA
    first = months_before(rows.last, 24)
    told = [one for one in rows.book.answers if first <= one[0] <= rows.last]
    if len(told) < 10:
        return NO_BASE
    total = sum(weight for *_, weight in told)
    share = sum(weight for _, kind, came, weight in told if holds(kind, came)) / total
    n = float(total * total / sum(weight * weight for *_, weight in told))
    p, z = float(share), 1.959964
    middle, reach = p + z * z / (2 * n), z * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
    ends = [(middle - reach) / (1 + z * z / n), p, (middle + reach) / (1 + z * z / n)]
    return [(Fraction(min(1.0, max(0.0, end))), len(told)) for end in ends]


def _by_bound(told: list[Figure] | str) -> dict[str, Figure]:
    names = ("low", "middle", "high")
    return dict.fromkeys(names, told) if isinstance(told, str) else dict(zip(names, told, strict=True))


def non_public_rate(rows: Rows) -> Table:
    return {(bound,): one for bound, one in _by_bound(_attitude_bounds(rows, lambda _, came: not came)).items()}


def attitude_share(rows: Rows) -> Table:
    return {
        (name, bound): one
        for name in ("interested", "potential", "sceptical", "indifferent")
        for bound, one in _by_bound(_attitude_bounds(rows, lambda kind, _, name=name: kind == name)).items()
    }


def buyer_growth(rows: Rows) -> Figure:
    """Seasons whole within 60 months of the last day, each against the one before."""
    counts = Counter[int]()
    for season in {t.performance.season for t in rows.tp}:
        whole = date(season, 9, 1) >= months_before(rows.last, 60) and date(season + 1, 8, 31) <= rows.last
        if whole:
            counts[season] = len({t.buyer for t in rows.tp if t.person and t.performance.season == season})
    changes = [
        Fraction(counts[season] - counts[season - 1], counts[season - 1])
        for season in sorted(counts)
        if counts[season] and counts[season - 1]
    ]
    last = max((season for season in counts if counts[season] and counts[season - 1]), default=None)
    return NO_BASE if last is None else (middle(changes[-3:]) or 0, counts[last])
