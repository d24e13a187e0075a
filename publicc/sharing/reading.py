"""One owner's own rows of one show, under its grant: nights, exact figures, and the curve of sales.

The scope is the owner's: what is read is its alone, and only of the nights that its grant opens.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from publicc.dashboards.known import own_source
from publicc.kernel.cells import Cell
from publicc.kernel.period import Period
from publicc.kernel.scope import OwnRows
from publicc.metrics.answers import answer
from publicc.metrics.definitions.curves import Alignment, Measure, Point, sales_curve
from publicc.metrics.gathering import Cut, facts_of
from publicc.metrics.questions import Question
from publicc.metrics.rowsets import KEPT
from publicc.metrics.source import Source
from publicc.sharing.states import Figures
from publicc.sharing.terms import Night, Opening
from publicc.store.home import Home
from publicc.store.manifest import Manifest

METRICS: Mapping[Figures, tuple[str, ...]] = {
    Figures.ATTENDANCE: ("performance_count", "admission_count", "seats_offered", "occupancy_rate"),
    Figures.REVENUE: ("ticket_revenue", "average_price_paid"),
    Figures.TIMING: ("lead_time_median",),
}
"""Exact figures of each family; curves, price groups and persons are read apart."""
EACH_NIGHT = ("admission_count", "occupancy_rate", "ticket_revenue", "average_price_paid")
_NIGHTS = f"""SELECT p.show_id, p.performance_id, p.starts_on, p.starts_hour,
    coalesce(v.common_venue_id, v.fsa, lower(v.municipality), ''), coalesce(v.municipality, ''),
    coalesce(v.admin_region, ''), p.capacity
FROM performances p LEFT JOIN venues v ON v.organization = p.organization AND v.venue_id = p.venue_id
WHERE {KEPT} AND list_contains($shows, p.show_id) ORDER BY p.starts_on, p.starts_hour, p.performance_id"""


@dataclass(frozen=True, slots=True)
class Exact:
    """What an owner's rows say, exactly, of the nights it opened."""

    whole: Mapping[str, Cell] = field(default_factory=dict)
    """Metric → cell over all nights of its family."""
    nights: Mapping[str, Mapping[str, Cell]] = field(default_factory=dict)
    """Performance → metric → cell."""
    curve: tuple[Point, ...] = ()
    price_groups: Mapping[str, Cell] = field(default_factory=dict)


def nights_of(home: Home, manifest: Manifest, owner: str, shows: Iterable[str]) -> dict[str, tuple[Night, ...]]:
    """An owner's performances of its own shows, by show, whether it has granted them or not."""
    with own_source(home, OwnRows(owner), manifest.id, manifest.as_of) as (source, _):
        rows = source.connection.execute(_NIGHTS, {"shows": list(shows)}).fetchall()
    found: dict[str, list[Night]] = {}
    for show, *told in rows:
        found.setdefault(show, []).append(Night(*told))
    return {show: tuple(nights) for show, nights in found.items()}


def titles_of(home: Home, manifest: Manifest, owner: str, shows: Iterable[str]) -> dict[str, str]:
    """What an owner calls these shows, among those that its current data hold."""
    with own_source(home, OwnRows(owner), manifest.id, manifest.as_of) as (source, known):
        titles = known.titles(source)
    return {show: titles[show] for show in shows if show in titles}


def exact_figures(home: Home, manifest: Manifest, opening: Opening) -> Exact:
    """Every exact figure that an opening lets out."""
    scope = OwnRows(opening.owner)
    with own_source(home, scope, manifest.id, manifest.as_of) as (source, _):
        whole: dict[str, Cell] = {}
        nights: dict[str, dict[str, Cell]] = {}
        for family, metrics in METRICS.items():
            opened = tuple(night.id for night in opening.of(family))
            if not opened:
                continue
            whole |= _rows(source, scope, (metrics, ()), opened, manifest.as_of)[""]
            each = tuple(one for one in metrics if one in EACH_NIGHT)
            if each:
                for night, cells in _rows(source, scope, (each, ("performance",)), opened, manifest.as_of).items():
                    nights.setdefault(night, {}).update(cells)
        return Exact(
            whole,
            nights,
            _curve(source, scope, opening.of(Figures.TIMING), manifest.as_of),
            _price_groups(source, scope, opening.of(Figures.PRICES), manifest.as_of),
        )


def _rows(  # noqa: PLR0917 - of whom, what, of which nights, as of when
    source: Source, scope: OwnRows, asked: tuple[tuple[str, ...], tuple[str, ...]], nights: tuple[str, ...], as_of: date
) -> dict[str, dict[str, Cell]]:
    """`asked`: metrics, and what they are cut by. By value of the cut; the whole is under an empty name."""
    metrics, by = asked
    question = Question(metrics, by=by, where={"performance": nights}, as_of=as_of, with_coverage=False)
    found = answer(source, question, scope).rows
    return {next(iter(row.dims.values()), ""): dict(row.cells) for row in found}


def _curve(source: Source, scope: OwnRows, nights: tuple[Night, ...], as_of: date) -> tuple[Point, ...]:
    if not nights:
        return ()
    period = Period(min(one.on for one in nights), max(one.on for one in nights))
    facts = facts_of(source, scope, period=period, as_of=as_of, reference=None)
    cut = Cut((), {"performance": tuple(one.id for one in nights)}, period)
    return tuple(sales_curve(facts, cut, Alignment.PERFORMANCE, Measure.TICKETS).points)


def _price_groups(source: Source, scope: OwnRows, nights: tuple[Night, ...], as_of: date) -> dict[str, Cell]:
    if not nights:
        return {}
    asked = (("paid_admission_count",), ("price_group",))
    found = _rows(source, scope, asked, tuple(one.id for one in nights), as_of)
    return {group: cells["paid_admission_count"] for group, cells in found.items()}
