"""How sales build up: curves by days before, the gap to last season. What lies beyond the day of computation is blank.

`sold(t)`: paid tickets ordered up to t and not yet cancelled at t; cancelled at an unknown date is never sold.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from functools import partial
from typing import Final

from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.period import season_period, season_year
from publicc.kernel.text import Text
from publicc.metrics.definition import Atom, Basis, Grain, Key, Metric, Solved
from publicc.metrics.formulas import dollars, no_base, no_data
from publicc.metrics.gathering import Cut, Facts, Lot, gather, rows_of
from publicc.metrics.words import NEVER_SHARED, SOLD_IN, SOLD_OUT

LONGEST_DAYS: Final = 730
"""Sales earlier than two years before count in the first point."""


class Alignment(StrEnum):
    """What the days of a curve are counted to."""

    PERFORMANCE = "performance"
    SEASON_CLOSE = "season_close"
    OPENING = "opening"
    ON_SALE = "on_sale"
    """Days since, not before."""


class Measure(StrEnum):
    """What a curve adds up."""

    TICKETS = "tickets"
    REVENUE = "revenue"
    SHARE_OF_FINAL = "share_of_final"
    SHARE_OF_CAPACITY = "share_of_capacity"


@dataclass(frozen=True, slots=True)
class Point:
    """What was sold up to and including a day: `day` before the anchor (since, for ON_SALE)."""

    day: int
    cell: Cell


@dataclass(frozen=True, slots=True)
class Curve:
    """Points in the order of time; it stops where the day of computation stops."""

    alignment: Alignment
    measure: Measure
    points: tuple[Point, ...]


_ANCHOR: Final = {
    Alignment.PERFORMANCE: "starts_on",
    Alignment.SEASON_CLOSE: "make_date(season + 1, 8, 31)",
    Alignment.OPENING: "opening_on",
    Alignment.ON_SALE: "general_sale_on",
}
_SOLD: Final = """SELECT part, before, sum(n), sum(cents) FROM (
 SELECT {part} AS part, date_diff('day', ordered_on, {anchor}) AS before, sum(tickets) AS n, sum(net_cents) FILTER (WHERE is_priced) AS cents
 FROM cut WHERE ever_paid AND ordered_on <= $as_of AND {anchor} IS NOT NULL
 AND (ticket_status = 'VALID' OR cancelled_on IS NOT NULL) GROUP BY 1, 2
 UNION ALL
 SELECT {part} AS part, date_diff('day', cancelled_on, {anchor}) AS before, -sum(tickets) AS n, 0 AS cents
 FROM cut WHERE ever_paid AND ordered_on <= $as_of AND {anchor} IS NOT NULL
 AND ticket_status <> 'VALID' AND cancelled_on <= $as_of GROUP BY 1, 2) AS events GROUP BY 1, 2"""
_HOUSES: Final = """SELECT {part} AS part, max(date_diff('day', $as_of, {anchor})), min(date_diff('day', $as_of, {anchor})),
 count(*), count(capacity), sum(capacity) FROM pf WHERE kept AND {anchor} IS NOT NULL GROUP BY 1"""
_WHOLE: Final = "0"
"""The one part of a cut taken whole."""


def sales_curve(facts: Facts, cut: Cut, alignment: Alignment, measure: Measure) -> Curve:
    """The curve of all performances of the cut, added at equal days. Performances to come are in, up to `as_of`.

    A show's curve is blank from the day that its latest performance has not reached.
    """
    found = _curves(facts, cut, _WHOLE, (alignment, measure))
    return next(iter(found.values()), Curve(alignment, measure, ()))


def season_curves(facts: Facts, cut: Cut) -> dict[int, Curve]:
    """Paid tickets by days before 31 August, one curve for each season of the period that sold any."""
    return _curves(facts, cut, "season", (Alignment.SEASON_CLOSE, Measure.TICKETS))


def _curves(facts: Facts, cut: Cut, part: str, told: tuple[Alignment, Measure]) -> dict[int, Curve]:
    measure, anchor = told[1], _ANCHOR[told[0]]
    sold: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for of, before, tickets, cents in rows_of(facts, cut, _SOLD.format(anchor=anchor, part=part), Grain.SALE):
        sold[of][min(before, LONGEST_DAYS)] += int((cents or 0) if measure is Measure.REVENUE else tickets)
    houses = rows_of(facts, cut, _HOUSES.format(anchor=anchor, part=part), Grain.SALE)
    return {of: _curve(sold[of], tuple(rest), told) for of, *rest in houses if sold[of] and rest[0] is not None}


def _curve(sold: Counter[int], houses: tuple[int, ...], told: tuple[Alignment, Measure]) -> Curve:
    alignment, measure = told
    since = alignment is Alignment.ON_SALE
    stop = houses[0] if since else max(houses[0], 0)
    days = range(max(*sold, stop), stop - 1, -1)
    points = [Point(-day if since else day, cell) for day, cell in _cumulated(sold, days, measure, houses)]
    return Curve(alignment, measure, tuple(points))


def _cumulated(
    sold: Counter[int], days: Iterable[int], measure: Measure, houses: tuple[int, ...]
) -> Iterable[tuple[int, Cell]]:
    latest, _, performances, seated, seats = houses
    total, final = 0, sum(sold.values())
    for day in days:
        total += sold[day]
        yield day, _said(total, measure, (final if latest <= 0 else 0, seats if seated == performances else 0))


def _said(total: int, measure: Measure, wholes: tuple[int, int]) -> Cell:
    """The point in its unit. The final is known once all is played, the capacity when every performance has its seats."""
    final, seats = wholes
    if measure is Measure.TICKETS:
        return Shown(total, n=total)
    if measure is Measure.REVENUE:
        return Shown(dollars(total))
    if measure is Measure.SHARE_OF_FINAL:
        return Shown(total / final, n=final) if final else no_base("played")
    return Shown(total / seats, n=seats) if seats else no_data("capacity")


def _by_days_before(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    curve = sales_curve(facts, replace(cut, by=()), Alignment.PERFORMANCE, Measure.TICKETS)
    return {(str(point.day),): point.cell for point in curve.points}


_FILTERS: Final = frozenset(
    {
        "show",
        "performance",
        "venue",
        "discipline",
        "season",
        "month",
        "weekday",
        "channel",
        "price_group",
        "price_zone",
        "is_extra",
    }
)
_CUTS: Final = _FILTERS - {"season", "month"}

# ---------------------------------------------------------------- against last season

_STANDING: Final = "ever_paid AND ordered_on <= $as_of AND (ticket_status = 'VALID' OR cancelled_on > $as_of)"
_TICKETS: Final = Atom("standing", Grain.SALE, f"sum(tickets) FILTER (WHERE {_STANDING})")
_CENTS: Final = Atom("standing_cents", Grain.SALE, f"sum(net_cents) FILTER (WHERE {_STANDING} AND is_priced)")


@dataclass(frozen=True, slots=True)
class Standing:
    """Sold now for this season, and at the same point for the one before."""

    now: int
    then: int


def _standings(facts: Facts, cut: Cut, atom: Atom) -> dict[Key, Standing]:
    """By group: for performances of the season of the period's last day, future ones too, at equal days before 31 August."""
    season = season_year(cut.period.last_on)
    this, last = season_period(season), season_period(season - 1)
    today = min(facts.as_of, this.last_on)
    before = last.last_on - timedelta((this.last_on - today).days)
    found: defaultdict[Key, list[int]] = defaultdict(lambda: [0, 0])
    for place, (period, day) in enumerate(((this, today), (last, before))):
        lot = Lot(Grain.SALE, replace(cut, period=period))
        for key, atoms in gather(replace(facts, as_of=day), {lot: (atom,)})[lot].items():
            found[key][place] = atoms.count(atom)
    return {key: Standing(*both) for key, both in found.items()}


def _gap(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    found = _standings(facts, cut, _TICKETS)
    return {
        key: Shown(one.now - one.then, n=one.then) if one.then else no_base("last_season") for key, one in found.items()
    }


def _gap_in_dollars(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    found = _standings(facts, cut, _CENTS)
    return {
        key: Shown(dollars(one.now - one.then)) if one.then else no_base("last_season") for key, one in found.items()
    }


def _gap_in_share(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    found = _standings(facts, cut, _TICKETS)
    return {
        key: Shown((one.now - one.then) / one.then, n=one.then) if one.then else no_base("last_season")
        for key, one in found.items()
    }


_of_sales: Final = partial(
    Metric,
    counts_in=SOLD_IN,
    counts_out=SOLD_OUT,
    grain=Grain.SALE,
    base=NEVER_SHARED,
    needs=("ordered_on",),
    basis=Basis.SALES,
)

METRICS: Final = (
    _of_sales(
        id="sales_curve",
        label=Text("Courbe de vente", "Sales curve"),
        unit=Unit.TICKETS,
        formula=Text(
            "vendus(t) cumulés, par jours avant la représentation; au-delà du jour de calcul : blanc",
            "sold(t) cumulated, by days before the performance; beyond the day of computation: blank",
        ),
        recipe=Solved(_by_days_before, ("days_before",)),
        source="Encore; Tessitura users",
        examples=("curve-1",),
        cuts=_FILTERS,
    ),
    _of_sales(
        id="season_gap",
        label=Text("Écart à la saison passée", "Gap to last season"),
        unit=Unit.TICKETS,
        formula=Text(
            "vendus(D) pour la saison s − vendus pour s − 1 à autant de jours du 31 août",
            "sold(D) for season s − sold for s − 1 at equal days before 31 August",
        ),
        recipe=Solved(_gap),
        source="Tessitura users",
        examples=("pace-1",),
        cuts=_CUTS,
    ),
    _of_sales(
        id="season_gap_revenue",
        label=Text("Écart à la saison passée, en $", "Gap to last season, in $"),
        unit=Unit.MONEY,
        formula=Text(
            "vendus(D) pour la saison s − vendus pour s − 1 à autant de jours du 31 août",
            "sold(D) for season s − sold for s − 1 at equal days before 31 August",
        ),
        recipe=Solved(_gap_in_dollars),
        source="Tessitura users",
        cuts=_CUTS,
        examples=("pace-1",),
    ),
    _of_sales(
        id="season_gap_share",
        label=Text("Écart à la saison passée, en %", "Gap to last season, in %"),
        unit=Unit.RATIO,
        formula=Text(
            "vendus(D) pour la saison s − vendus pour s − 1 à autant de jours du 31 août, ÷ s − 1",
            "sold(D) for season s − sold for s − 1 at equal days before 31 August, ÷ s − 1",
        ),
        recipe=Solved(_gap_in_share),
        source="Tessitura users",
        cuts=_CUTS,
        examples=("pace-1",),
    ),
)
