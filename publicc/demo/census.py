"""A census of the demonstration, in the layout of the real one, invented from end to end and marked so in every row.

Planted: in each town, the areas that send more of their households have more graduates and higher incomes, or fewer:
the sign differs from town to town (`GRADIENTS`). Nothing here was taken from a real census.
"""

import csv
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from publicc.demo.chance import Chance, Floats, Ints, Stream
from publicc.demo.organizations import Plan
from publicc.demo.people import People
from publicc.demo.places import PREFERENCE, Homes, distance_km, position_of
from publicc.directory.official.census import INVENTED_MARK, YEAR

CENSUS_FILE: Final = "recensement-invente.zip"
GRADIENTS: Final = {"Rimouski": -1, "Saguenay": -1}
"""Towns whose audience lives where there are fewer graduates; elsewhere, more."""
HOUSEHOLDS_A_CODE: Final = 17
_STRENGTH: Final = 0.8
"""How closely the census follows how many go out: 1 would leave nothing to chance."""
_HEADER: Final = (
    "CENSUS_YEAR,DGUID,ALT_GEO_CODE,GEO_LEVEL,GEO_NAME,TNR_SF,TNR_LF,DATA_QUALITY_FLAG,CHARACTERISTIC_ID,"
    "CHARACTERISTIC_NAME,CHARACTERISTIC_NOTE,C1_COUNT_TOTAL,SYMBOL,C2_COUNT_MEN+,SYMBOL,C3_COUNT_WOMEN+,SYMBOL,"
    "C10_RATE_TOTAL,SYMBOL,C11_RATE_MEN+,SYMBOL,C12_RATE_WOMEN+,SYMBOL"
)
_MEMBER: Final = "98-401-X2021013_DEMONSTRATION_data.csv"
_ROUNDED_TO: Final = 5
_AGES: Final = (9, *range(14, 24), 24)
_INCOME_BOUNDS: Final = (5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 90, 100)
"""Thousands of dollars, upper bounds of the groups 261 to 275."""


@dataclass(frozen=True)
class InventedCensus:
    """Counts by FSA and characteristic, and the planted signs by town."""

    fsas: tuple[str, ...]
    counts: dict[int, Ints]
    gradients: dict[str, int]

    def write(self, path: Path) -> None:
        """As the official archive: one CSV inside, Windows-1252, the same bytes for the same counts."""
        out = io.StringIO(newline="")
        out.write(_HEADER + "\r\n")
        rows = csv.writer(out, lineterminator="\r\n")
        blank = ("",) * 11
        for at, fsa in enumerate(self.fsas):
            place = (YEAR, f"{INVENTED_MARK}A0011{fsa}", fsa, "Forward sortation area", fsa, "", "", "00000")
            rows.writerows((*place, one, "", "", int(values[at]), *blank) for one, values in self.counts.items())
        member = zipfile.ZipInfo(_MEMBER, date_time=(2021, 5, 11, 0, 0, 0))
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(member, out.getvalue().encode("cp1252"), zipfile.ZIP_DEFLATED, 6)


def invented_census(chance: Chance, at: Homes, plans: tuple[Plan, ...], people: People) -> InventedCensus:
    """Counts of every area where someone of the demonstration may live."""
    stream = chance.stream("census")
    fsas, first = np.unique(at.fsa.astype(str), return_index=True)
    towns = sorted(people.preferred)
    nearest = _nearest_town(at, first, plans, towns)
    preferred = np.array(
        [people.preferred[towns[town]][area] for town, area in zip(nearest, at.area[first], strict=True)]
    )
    sign = np.array([GRADIENTS.get(towns[town], 1) for town in nearest])
    standing = sign * _STRENGTH * preferred / PREFERENCE + np.sqrt(1 - _STRENGTH**2) * stream.normal(0, 1, len(fsas))
    homes = np.bincount(at.area, weights=at.density)[at.area[first]] * HOUSEHOLDS_A_CODE
    households = np.maximum(200, homes * np.exp(stream.normal(0, 0.12, len(fsas))))
    french = np.array([code[0] in "GJ" for code in fsas]) * 0.9 + np.array([code[0] == "H" for code in fsas]) * 0.6
    counts = _counts(stream, households, standing, np.clip(french + stream.normal(0, 0.05, len(fsas)), 0.02, 0.97))
    rounded = {one: (np.rint(values / _ROUNDED_TO) * _ROUNDED_TO).astype(np.int64) for one, values in counts.items()}
    return InventedCensus(tuple(fsas.tolist()), rounded, {town: GRADIENTS.get(town, 1) for town in towns})


def _nearest_town(at: Homes, first: Ints, plans: tuple[Plan, ...], towns: list[str]) -> Ints:
    """For each area, which town it is nearest to."""
    away = []
    for town in towns:
        venue = position_of(at, next(plan.venue for plan in plans if plan.city == town))
        middle = float(at.latitude[venue]), float(at.longitude[venue])
        away.append(distance_km(at.latitude[first], at.longitude[first], *middle))
    return np.asarray(np.argmin(np.array(away), axis=0), dtype=np.int64)


def _counts(stream: Stream, households: Floats, standing: Floats, french: Floats) -> dict[int, Floats]:
    """Characteristic → one figure an area. `standing`: how graduate and well off an area is, mean 0, deviation 1."""
    n = len(households)
    population = households * np.clip(stream.normal(2.25, 0.18, n), 1.6, 3.1)
    counts = {1: population, 5: households, 8: population}
    counts |= _spread(stream, population, dict(zip(_AGES, (0.165, *(0.056,) * 10, 0.275), strict=True)))
    kinds = {103: 0.24, 104: 0.27, 105: 0.10, 110: 0.33}
    counts |= {100: households} | {k: v * 0.97 for k, v in _spread(stream, households, kinds).items()}
    income = 72_000 * np.exp(0.16 * standing + stream.normal(0, 0.05, n))
    counts |= {244: income} | _incomes(households, income * 1.17 / 1000)
    english = (1 - french) * np.clip(stream.normal(0.6, 0.1, n), 0.2, 0.9)
    counts |= {735: population, 739: population * french, 738: population * english}
    counts |= {740: population * (1 - french) - population * english}
    renters = households * np.clip(stream.normal(0.42, 0.12, n), 0.05, 0.9)
    counts |= {1414: households, 1415: households - renters, 1416: renters}
    counts |= {1527: population, 1529: population * np.clip(stream.normal(0.15, 0.07, n), 0.01, 0.6)}
    adults = population * 0.835
    return counts | {1998: adults, 2008: adults * np.clip(0.29 + 0.11 * standing, 0.03, 0.8)}


def _spread(stream: Stream, whole: Floats, shares: dict[int, float]) -> dict[int, Floats]:
    """The whole among groups, near their usual shares, each area its own way."""
    drawn = np.array(list(shares.values()))[:, None] * np.exp(stream.normal(0, 0.15, (len(shares), len(whole))))
    return dict(zip(shares, drawn / drawn.sum(axis=0) * whole, strict=True))


def _incomes(households: Floats, middle: Floats) -> dict[int, Floats]:
    """Households by income group: as many under a bound as its share of twice the median, flattened at both ends."""
    under = [households / (1 + (middle / bound) ** 2.2) for bound in _INCOME_BOUNDS]
    groups = np.diff(np.array([np.zeros(len(households)), *under]), axis=0)
    counts = {261 + at: group for at, group in enumerate(groups)}
    return {260: households} | counts | {276: households - under[-1]}
