"""Planned dates as the common calendar may show them to one organization: its own whole, others' as they chose."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from publicc.collective import row_wall
from publicc.collective.models import Organization
from publicc.directory.dates.openness import Openness
from publicc.directory.models import PlannedDate
from publicc.directory.places import place_of
from publicc.directory.territories import territory_holding


@dataclass(frozen=True, slots=True)
class PlannedOffer:
    """A planned date in the calendar. `room` and `title` are empty unless it is one's own, or announced (room only).

    `holder` serves to leave out a plan that is on sale already; no page shows it.
    """

    on: date
    at: time | None
    discipline: str
    seats: int | None
    latitude: float | None
    longitude: float | None
    territory: str | None
    room: str
    title: str
    own: bool
    holder: str
    openness: Openness


def plans_seen_by(organization: Organization, first_on: date, last_on: date) -> list[PlannedOffer]:
    """Own dates, and those that others offered or announced, of a span of days. What others hold is not even read."""
    told = PlannedDate.objects.filter(on__gte=first_on, on__lte=last_on).select_related("organization")
    shared = told.filter(openness__in=[Openness.OFFERED.value, Openness.ANNOUNCED.value])
    with row_wall.everyone():  # what the others let out is what this page is about
        rows = [*told.filter(organization=organization), *shared.exclude(organization=organization)]
    return [_seen(row, organization) for row in sorted(rows, key=lambda row: (row.on, row.at or time.min, row.pk))]


def _seen(row: PlannedDate, viewer: Organization) -> PlannedOffer:
    own, openness = row.organization_id == viewer.pk, Openness(row.openness)
    place = place_of(postal_code_of(row))
    return PlannedOffer(
        on=row.on,
        at=row.at,
        discipline=row.discipline,
        seats=row.seats,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        territory=territory_holding(place.fsa if place else None, row.organization.territory or None),
        room=row.room if own or openness is Openness.ANNOUNCED else "",
        title=row.title if own else "",
        own=own,
        holder=row.organization.slug,
        openness=openness,
    )


def postal_code_of(row: PlannedDate) -> str:
    """Of the date itself, else of the room that the organization described, else of its only room."""
    if row.postal_code:
        return row.postal_code
    rooms = row.organization.venues
    named = [one for one in rooms if _same(one.get("label", ""), row.room)]
    chosen = named or (rooms if len(rooms) == 1 else [])
    return chosen[0].get("postal_code", "") if chosen else ""


def _same(name: str, other: str) -> bool:
    return bool(name) and name.casefold().strip() == other.casefold().strip()


def usual_rooms(organization: Organization) -> Iterable[str]:
    """Rooms to choose from: those described, and those of dates already entered."""
    told = [str(one.get("label") or "") for one in organization.venues]
    entered = PlannedDate.objects.filter(organization=organization).values_list("room", flat=True).distinct()
    return sorted({*told, *entered} - {""})
