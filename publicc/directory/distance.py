"""Distances as the crow flies, on a sphere of the Earth's mean radius."""

import math
from typing import Final

EARTH_RADIUS_KM: Final = 6371.0088
"""Mean radius of the Earth (IUGG)."""


def distance_km(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> float:
    """Great-circle distance between two points given in degrees. Unit: km. Haversine; symmetric; never NaN."""
    phi, to_phi = math.radians(latitude), math.radians(to_latitude)
    half = (
        math.sin((to_phi - phi) / 2) ** 2
        + math.cos(phi) * math.cos(to_phi) * math.sin(math.radians(to_longitude - longitude) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))


def distance_sql(latitude: str, longitude: str, to_latitude: str, to_longitude: str) -> str:
    """The same figure as an SQL expression over four column expressions, unrounded; NULL when one of them is NULL.

    The arguments are names written by the caller's own code, never by a person.
    """
    half = (
        f"pow(sin(radians({to_latitude} - {latitude}) / 2), 2) + cos(radians({latitude})) * cos(radians({to_latitude}))"
        f" * pow(sin(radians({to_longitude} - {longitude}) / 2), 2)"
    )
    # least() of DuckDB leaves NULLs out, so the clamp is a subtraction: what is unknown stays unknown.
    return f"{2 * EARTH_RADIUS_KM} * asin(sqrt(({half}) - greatest(({half}) - 1.0, 0.0)))"
