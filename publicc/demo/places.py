"""Where people live and shows are played: real postal codes and municipalities, from the directory."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

import duckdb
import numpy as np

from publicc.demo.chance import Floats, Ints, Stream, Words, indices, words
from publicc.directory import places

EARTH_KM = 6371.0088
PREFERENCE = 0.9
"""How much the areas of a town differ in how many of their households go out."""


@dataclass(frozen=True)
class Homes:
    """Every postal code someone of the demonstration may live at, in code order."""

    code: Words
    city: Words
    province: Words
    fsa: Words
    area: Ints
    """Number of the FSA, in its order."""
    latitude: Floats
    longitude: Floats
    density: Floats
    """How likely a code is to be drawn, before distance: a rural code covers far more homes."""


@cache
def homes() -> Homes:
    """Codes of Québec, of Ontario from Ottawa to Toronto, and of New Brunswick."""
    with duckdb.connect() as connection:
        places.register(connection)
        rows = connection.execute("""
            SELECT code, regexp_replace(coalesce(municipality, place), ' \\(.*$', ''), left(code, 1), latitude,
                   longitude
            FROM postal_codes
            WHERE left(code, 1) IN ('G', 'H', 'J', 'K', 'L', 'M', 'E') AND code <> 'H0H0H0' AND latitude < 55
            ORDER BY code
        """).fetchnumpy()
    columns = list(rows.values())
    code = words(columns[0].tolist())
    letter = words(columns[2].tolist())
    fsa = words([text[:3] for text in code])
    return Homes(
        code=code,
        city=words(columns[1].tolist()),
        province=words(["QC" if c in "GHJ" else "NB" if c == "E" else "ON" for c in letter]),
        fsa=fsa,
        area=np.cumsum(np.concatenate([[0], fsa[1:] != fsa[:-1]])).astype(np.int64),
        latitude=np.asarray(columns[3], dtype=np.float64),
        longitude=np.asarray(columns[4], dtype=np.float64),
        density=np.array([8.0 if text[1] == "0" else 1.0 for text in code]),
    )


def distance_km(latitude: Floats, longitude: Floats, from_latitude: float, from_longitude: float) -> Floats:
    """Great circle distances from one point."""
    lat1, lat2 = np.radians(from_latitude), np.radians(latitude)
    half = np.sin((lat2 - lat1) / 2) ** 2
    half += np.cos(lat1) * np.cos(lat2) * np.sin(np.radians(longitude - from_longitude) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(half)))


def position_of(at: Homes, prefix: str) -> int:
    """The first postal code that begins by `prefix`: where a venue stands."""
    i = bisect_left(at.code, prefix)
    if i == len(at.code) or not at.code[i].startswith(prefix):
        raise LookupError(f"no postal code begins by {prefix}")
    return i


def settle(stream: Stream, at: Homes, around: int, n: int, *, reach_km: float) -> tuple[Ints, Floats]:
    """Homes of `n` households around a place: thinner with distance, denser in the areas a town's audiences prefer.

    With them, how much each area is preferred, as a logarithm: what the invented census will tell.
    """
    km = distance_km(at.latitude, at.longitude, float(at.latitude[around]), float(at.longitude[around]))
    preferred = stream.normal(0.0, PREFERENCE, int(at.area[-1]) + 1)
    weights = at.density * np.exp(preferred)[at.area] * (np.exp(-km / reach_km) + 0.0012 * (km < 320) + 0.0001)
    return indices(stream, weights, n), preferred
