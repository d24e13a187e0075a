"""Each day of a month as the calendar knows it: what is offered, how it presses, what the day is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from publicc.dashboards.calendar.address import EVENING_FROM, Asked
from publicc.directory.almanac import Almanac
from publicc.directory.dates.openness import Openness
from publicc.directory.dates.queries import PlannedOffer
from publicc.directory.distance import distance_km
from publicc.kernel.cells import Cell, Shown, Unknown, UnknownReason
from publicc.kernel.period import season_period
from publicc.kernel.text import Text
from publicc.metrics.pressure import Offer, Usual, calendar_pressure, pressure_index, usual_pressures
from publicc.store.supply import Offered, PublicSupply

BANDS: Final = (50.0, 85.0, 115.0, 150.0)
"""Bounds of the five colours around 100: far below, below, usual, above, far above."""
FlowTable = tuple[tuple[tuple[str, str], float], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the one who asks stands: the point from which distances are taken, and who crosses to what."""

    latitude: float | None
    longitude: float | None
    flows: FlowTable


@dataclass(frozen=True, slots=True)
class Given:
    """One performance of a day: public, offered by another, or one's own plan (`title` then)."""

    on: date
    hour: int | None
    discipline: str
    seats: int | None
    room: str
    km: float | None
    state: Text
    title: str
    own: bool
    offer: Offer


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day: what is known to be given, the index for the discipline asked, the day's own marks."""

    on: date
    given: tuple[Given, ...]
    index: Cell
    alike: int
    """Performances of the discipline asked."""
    unknown: int
    """Performances that could not be weighed: seats or place not known."""
    is_supposed: bool
    """Whether the crossing between two disciplines had to be supposed."""
    marks: Text
    is_holiday: bool
    is_break: bool

    @property
    def band(self) -> int:
        """Its colour, 1–5; 0 without an index."""
        if not isinstance(self.index, Shown):
            return 0
        return 1 + sum(1 for bound in BANDS if float(self.index.value) > bound)


_PUBLIC: Final = Text("publique", "public")
_OFFERED: Final = Text("offerte par un membre", "offered by a member")
_OWN: Final = Text("à vous", "yours")
_OWN_PLAN: Final = Text("prévue par vous", "planned by you")


def calendar_days(
    asked: Asked,
    days: Iterable[date],
    *,
    supply: PublicSupply,
    plans: Sequence[PlannedOffer],
    standing: Standing,
    almanac: Almanac,
    as_of: date,
) -> list[CalendarDay]:
    """Those days, in order, for a performance of the discipline asked at one's own place."""
    wanted = sorted(set(days))
    if not wanted:
        return []
    given = _by_day(asked, wanted, supply, plans, standing)
    usual = usual_of(supply, asked.territory, last_closed_season(as_of), standing.flows, evening=asked.evening)
    mine = Offer(asked.discipline, None, standing.latitude, standing.longitude)
    flows = dict(standing.flows)
    return [_day(asked, on, given[on], mine, flows, usual, almanac) for on in wanted]


def _day(  # noqa: PLR0917 - everything that a day is made of
    asked: Asked,
    on: date,
    given: Sequence[Given],
    mine: Offer,
    flows: Mapping[tuple[str, str], float],
    usual: Mapping[int, Usual],
    almanac: Almanac,
) -> CalendarDay:
    pressure = calendar_pressure(mine, _others(asked, given), flows)
    weekday = usual.get(on.isoweekday())
    index = None if mine.latitude is None else pressure_index(pressure, weekday)
    missing = "place" if mine.latitude is None else "last_season"
    return CalendarDay(
        on=on,
        given=tuple(given),
        index=Unknown(UnknownReason.NO_BASE, missing)
        if index is None or weekday is None
        else Shown(index, estimated=pressure.supposed > 0),
        alike=sum(1 for one in given if one.discipline == asked.discipline),
        unknown=pressure.unknown,
        is_supposed=pressure.supposed > 0,
        marks=almanac.marks(on),
        is_holiday=almanac.holiday(on) is not None,
        is_break=bool(almanac.breaks(on)),
    )


def _others(asked: Asked, given: Sequence[Given]) -> list[Offer]:
    """What presses: everything but one's own performance of that discipline, the one in question if there is one."""
    mine = next((at for at, one in enumerate(given) if one.own and one.discipline == asked.discipline), None)
    return [one.offer for at, one in enumerate(given) if at != mine]


def last_closed_season(as_of: date) -> int:
    """First year of the last season that was over at that day."""
    year = as_of.year - 1 if as_of.month >= 9 else as_of.year - 2
    return year if season_period(year + 1).last_on > as_of else year + 1


@lru_cache(maxsize=64)
def usual_of(  # what is usual depends on nothing else
    supply: PublicSupply, territory: str, season: int, flows: FlowTable, *, evening: bool
) -> Mapping[int, Usual]:
    """Weekday → usual pressure of the territory in that season."""
    period = season_period(season)
    days: dict[date, list[Offer]] = defaultdict(list)
    for one in supply.between(period.first_on, period.last_on):
        if one.territory == territory and _in_time(one.hour, evening=evening):
            days[one.on].append(_offer(one))
    return usual_pressures(days, dict(flows))


def _by_day(  # noqa: PLR0917 - everything that a day is made of
    asked: Asked, days: Sequence[date], supply: PublicSupply, plans: Sequence[PlannedOffer], standing: Standing
) -> dict[date, list[Given]]:  # fmt: skip
    wanted, found = set(days), defaultdict[date, list[Given]](list)
    for month_first, month_last in _spans(days):
        for one in supply.between(month_first, month_last):
            if one.on in wanted and one.territory == asked.territory and _in_time(one.hour, evening=asked.evening):
                found[one.on].append(_public(one, standing))
    for plan in plans:
        hour = plan.at.hour if plan.at else None
        here = plan.on in wanted and plan.territory == asked.territory and _in_time(hour, evening=asked.evening)
        if here and not supply.is_held_by(plan.holder, plan.on, hour):
            found[plan.on].append(_planned(plan, standing))
    return {on: sorted(found[on], key=_place) for on in days}


def _spans(days: Sequence[date]) -> list[tuple[date, date]]:
    """The months that these days fall in: what is read is kept by month."""
    months = sorted({on.replace(day=1) for on in days})
    return [(first, (first + timedelta(31)).replace(day=1) - timedelta(1)) for first in months]


def _place(one: Given) -> tuple[int, float, str]:
    return (one.hour if one.hour is not None else 24, one.km if one.km is not None else 1e9, one.discipline)


def _in_time(hour: int | None, *, evening: bool) -> bool:
    return not evening or hour is None or hour >= EVENING_FROM


def _offer(one: Offered | PlannedOffer) -> Offer:
    return Offer(one.discipline, one.seats, one.latitude, one.longitude)


def _km(one: Offered | PlannedOffer, standing: Standing) -> float | None:
    points = (one.latitude, one.longitude, standing.latitude, standing.longitude)
    known = [point for point in points if point is not None]
    return distance_km(*known) if len(known) == len(points) else None


def _public(one: Offered, standing: Standing) -> Given:
    room = ", ".join(part for part in (one.room, one.municipality) if part)
    state = _OWN if one.own else _PUBLIC
    km, offer = _km(one, standing), _offer(one)
    return Given(one.on, one.hour, one.discipline, one.seats, room, km, state, "", one.own, offer)


def _planned(plan: PlannedOffer, standing: Standing) -> Given:
    others = _PUBLIC if plan.openness is Openness.ANNOUNCED else _OFFERED
    state, hour = _OWN_PLAN if plan.own else others, plan.at.hour if plan.at else None
    km, offer = _km(plan, standing), _offer(plan)
    return Given(plan.on, hour, plan.discipline, plan.seats, plan.room, km, state, plan.title, plan.own, offer)
