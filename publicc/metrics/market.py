"""Buyers against those who live there: which areas are compared, and the few figures that come of it. Pure.

R, the reference, is the same above and below: the territories asked for, else the province of most buyer households.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final, TypeAlias

from publicc.directory.places import LETTERS, home_territories
from publicc.directory.territories import REGIONS
from publicc.metrics.definition import Key

LEAST_HOUSEHOLDS: Final = 500
"""An area of fewer households has no rate: one family more or less would move it."""
QUEBEC: Final = "QC"
OF_TERRITORIES: Final = ("home_territory",)

Counts: TypeAlias = Mapping[str, int]


def living_along(households: Counts, axis: Key) -> dict[str, int]:
    """Households of each category of the axis: FSAs as they are, or added up by home territory."""
    if axis != OF_TERRITORIES:
        return dict(households)
    held: dict[str, int] = {}
    for fsa, n in households.items():
        territory = territory_of(fsa)
        held[territory] = held.get(territory, 0) + n
    return held


@cache
def territory_of(fsa: str) -> str:
    """The region or province that a census counts an FSA in."""
    return home_territories().get(fsa) or LETTERS.get(fsa[0], "")


@cache
def province_of(area: str) -> str:
    """The province of an FSA or of a home territory."""
    if area in REGIONS:
        return QUEBEC
    return area if len(area) == len(QUEBEC) else LETTERS.get(area[0], "")


def reference(reached: Counts, living: Counts, territories: frozenset[str] | None = None) -> dict[str, int]:
    """Households of the areas of R. Empty when nobody is reached and no territory is asked for."""
    if territories is not None:
        return {area: n for area, n in living.items() if area in territories or territory_of(area) in territories}
    at: dict[str, int] = {}
    for area, n in reached.items():
        if n and area in living:
            at[province_of(area)] = at.get(province_of(area), 0) + n
    home = min(at, key=lambda one: (-at[one], one), default=None)
    return {area: n for area, n in living.items() if home is not None and province_of(area) == home}


def per_thousand(reached: Counts, living: Counts) -> dict[str, float]:
    """Buyer households for 1 000 households, in every area."""
    return {area: 1000 * reached.get(area, 0) / n for area, n in living.items() if n}


def location_quotient(reached: Counts, living: Counts) -> dict[str, float]:
    """100 × (share of the buyers) ÷ (share of the households) over the areas of R. Empty without a buyer."""
    buyers, homes = sum(reached.get(area, 0) for area in living), sum(living.values())
    if not buyers:
        return {}
    return {area: 100 * (reached.get(area, 0) * homes) / (buyers * n) for area, n in living.items() if n}


def unreached_share(reached: Counts, living: Counts) -> dict[str, float]:
    """Share of the households of each area that did not buy; never under 0."""
    return {area: max(0.0, 1 - reached.get(area, 0) / n) for area, n in living.items() if n}


def non_public_index(reached: Counts, living: Counts) -> dict[str, float]:
    """100 × (1 − pen(area)) ÷ (1 − pen(R)); empty when every household of R bought."""
    homes = sum(living.values())
    away = 1 - sum(reached.get(area, 0) for area in living) / homes if homes else 0.0
    if away <= 0:
        return {}
    return {area: 100 * share / away for area, share in unreached_share(reached, living).items()}
