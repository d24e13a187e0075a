"""Where an organization stands in the calendar: its territory, its discipline, its place, who of its buyers crosses."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from publicc.collective.models import Organization
from publicc.dashboards.asking import Asker
from publicc.dashboards.calendar.address import Asked
from publicc.dashboards.calendar.days import FlowTable, Standing
from publicc.dashboards.screens.supply_grids import territory_of
from publicc.directory.places import place_of
from publicc.directory.territories import territories
from publicc.kernel.cells import Shown
from publicc.kernel.period import Period
from publicc.kernel.vocabulary import Discipline
from publicc.store.supply import Offered

_PLACE = """SELECT v.latitude, v.longitude FROM performances AS p JOIN venues AS v ON v.organization = p.organization
AND v.venue_id = p.venue_id WHERE v.latitude IS NOT NULL AND v.longitude IS NOT NULL
GROUP BY ALL ORDER BY count(*) DESC, 1, 2 LIMIT 1"""


def year_around(asker: Asker) -> tuple[Offered, ...]:
    """A year of public supply before the day of the data, and a year after."""
    return asker.supply.between(asker.as_of - timedelta(366), asker.as_of + timedelta(366))


def known_territories(around: tuple[Offered, ...]) -> list[str]:
    """Territories to choose from: those named, then those where something is given."""
    return [*territories(), *sorted({one.territory for one in around if one.territory} - set(territories()))]


def usual_question(asker: Asker, around: tuple[Offered, ...], organization: Organization) -> Asked:
    """The month of the day of the data, one's own territory and one's most given discipline."""
    known = known_territories(around)
    declared = organization.territory if organization.territory in known else known[0]
    kinds = Counter(one.discipline for one in around if one.own and one.discipline != Discipline.UNKNOWN.value)
    named = next((one for one in organization.disciplines if one in Discipline.__members__), Discipline.THEATRE.value)
    return Asked(
        month=asker.as_of.replace(day=1),
        territory=territory_of(around) or declared,
        discipline=min(kinds, key=lambda kind: (-kinds[kind], kind)) if kinds else named,
    )


def standing_of(asker: Asker, organization: Organization) -> Standing:
    """Its most used venue that has a point, else the first room it described; who of its buyers crosses to what."""
    found = asker.facts.connection.execute(_PLACE).fetchone()
    latitude, longitude = found or _described(organization)
    return Standing(latitude, longitude, flows_of(asker, asker.as_of))


def _described(organization: Organization) -> tuple[float | None, float | None]:
    places = [place_of(room.get("postal_code", "")) for room in organization.venues]
    point = next((one for one in places if one and one.latitude is not None), None)
    return (point.latitude, point.longitude) if point else (None, None)


def flows_of(asker: Asker, as_of: date) -> FlowTable:
    """Own flows between disciplines over 24 months, where thirty buyers or more say them."""
    whole = replace(asker, filters=asker.filters.over(Period(as_of - timedelta(364), as_of)))
    rows = whole.answer(("discipline_flow",)).rows
    told = {
        (row.dims["discipline"], row.dims["to_discipline"]): float(cell.value)
        for row in rows
        if isinstance(cell := row.cells["discipline_flow"], Shown) and not cell.fragile
    }
    return tuple(sorted(told.items()))
