"""Where performances were given: the room's postal code, else its city, else the organization's own territory.

A point is given only where it means something: a postal code or a municipality, never a region. What is not known
stays unknown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

import duckdb
import pyarrow as pa

from publicc.collective.profiles import OrganizationProfile, VenuePlace
from publicc.directory.names import folded
from publicc.directory.places import place_of, register
from publicc.directory.territories import REGIONS, local_territory_of
from publicc.kernel.blind import BlindKey, blinded

_COLUMNS: Final = {
    "room_label": pa.string(), "city": pa.string(), "postal_code": pa.string(), "venue_id": pa.string(),
    "label": pa.string(), "municipality": pa.string(), "fsa": pa.string(), "admin_region": pa.string(),
    "latitude": pa.float64(), "longitude": pa.float64(), "local_territory": pa.string(),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """A place a venue can be in. `point` None: too wide a place for a distance."""

    municipality: str | None = None
    fsa: str | None = None
    admin_region: str | None = None
    point: tuple[float, float] | None = None
    local_territory: str | None = None


NOWHERE: Final = Spot()


def place_venues(connection: duckdb.DuckDBPyConnection, *, key: BlindKey, organization: OrganizationProfile) -> None:
    """Make `venue_of(room_label, city, postal_code, venue_id, …place…)` from `performances`.

    A venue is one room label in one place: where the performance says, else where the organization says that room is,
    else, for a house with one address, there; else the organization's own territory.
    """
    rooms = {folded(venue.label): spot for venue in organization.venues if (spot := _by_place(venue))}
    at_home = _only(rooms.values()) or _by_name(organization.territory)
    asked = connection.execute(
        "SELECT DISTINCT room_label, city, postal_code FROM performances ORDER BY ALL"
    ).fetchall()
    rows = []
    for room, city, postal_code in asked:
        told = rooms.get(folded(room or ""))
        spot = _by_code(postal_code) or told or _by_name(city or "") or at_home or NOWHERE
        local = organization.local_territory or spot.local_territory
        latitude, longitude = spot.point or (None, None)
        rows.append(
            (room, city, postal_code, _venue_id(key, room, spot), room, spot.municipality, spot.fsa,
             spot.admin_region, latitude, longitude, local)
        )  # fmt: skip
    columns = (
        dict(zip(_COLUMNS, map(list, zip(*rows, strict=True)), strict=True)) if rows else {n: [] for n in _COLUMNS}
    )
    connection.register("_handed_over", pa.table(columns, schema=pa.schema(list(_COLUMNS.items()))))
    connection.execute("CREATE OR REPLACE TEMP TABLE venue_of AS SELECT * FROM _handed_over")
    connection.unregister("_handed_over")


def _venue_id(key: BlindKey, room: str | None, spot: Spot) -> str | None:
    """None when nothing at all is said of where it was."""
    if room is None and spot is NOWHERE:
        return None
    return blinded(key, "venue", folded(room or ""), spot.fsa or spot.municipality or spot.admin_region or "")


def _by_place(venue: VenuePlace) -> Spot | None:
    return _by_code(venue.postal_code) or _by_name(venue.city)


def _only(spots: Iterable[Spot]) -> Spot | None:
    """The one spot of a house whose rooms are all in the same place."""
    distinct = set(spots)
    return distinct.pop() if len(distinct) == 1 else None


def _by_code(postal_code: str | None) -> Spot | None:
    place = place_of(postal_code or "")
    if place is None or place.fsa is None or place.latitude is None or place.longitude is None:
        return None  # only the province is known, or not even that
    point = (place.latitude, place.longitude)
    return Spot(place.municipality, place.fsa, place.admin_region, point, local_territory_of(place.fsa))


def _by_name(name: str) -> Spot | None:
    """A municipality, else an administrative region, by its name or its number."""
    sought = folded(name)
    if not sought:
        return None
    region = next((code for code, region in REGIONS.items() if sought in (folded(region), code, f"region{code}")), None)
    return _towns().get(sought) or (Spot(admin_region=region) if region else None)


@cache
def _towns() -> Mapping[str, Spot]:
    """Municipalities and older town names, each with the middle of its postal codes; homonyms go to the largest."""
    with duckdb.connect() as connection:
        register(connection, copied=False)
        found = connection.execute(_TOWNS).fetchall()
    return MappingProxyType(
        {
            folded(name): Spot(municipality or name, None, region, (latitude, longitude), local_territory_of(fsa))
            for name, municipality, region, latitude, longitude, fsa in found
        }
    )


_TOWNS: Final = """SELECT name, municipality, mode(admin_region ORDER BY admin_region), median(latitude),
    median(longitude), mode(fsa ORDER BY fsa) AS usual_fsa
FROM (SELECT municipality AS name, * FROM postal_codes UNION ALL SELECT place AS name, * FROM postal_codes)
WHERE name IS NOT NULL AND precise GROUP BY name, municipality, province ORDER BY count(*), name, municipality"""
