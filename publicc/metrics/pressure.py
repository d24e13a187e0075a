"""How crowded a date is: seats that others offer that day, by how near they are in kind and in space. Pure arithmetic.

    pressure(i) = Σ over j ≠ i, same date, of seats(j) × flow(discipline i → discipline j) × exp(−km(i, j) ÷ 5)
    index = 100 × pressure ÷ usual pressure of that territory and weekday (median, last closed season)

The flow of a discipline to itself is 1; one that nobody knows is supposed, and the figure marked estimated.
Says how much is offered nearby, never that it takes anyone's public.
Source: docs/explanation/calendar.en.md.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

import numpy as np

from publicc.directory.distance import EARTH_RADIUS_KM, distance_km
from publicc.metrics.rules import quantile

DECAY_KM: Final = 5.0
SUPPOSED_FLOW: Final = 0.2
"""Flow between two disciplines that nobody knows: proposed, and said wherever it is used."""
LEAST_USUAL: Final = 10
"""Fewer performances than this on a weekday of the season say nothing of what is usual there."""

Flows: TypeAlias = Mapping[tuple[str, str], float]
"""(discipline, other discipline) → share of the buyers of the first who also buy the second. To itself: 1."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One performance of a day: its discipline, its seats, where it is. None: not known."""

    discipline: str
    seats: int | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Pressure:
    """The pressure on one performance, and what could not be weighed in it. Unit: seats, weighted."""

    value: float
    weighed: int
    unknown: int
    """Others of the day whose seats or place nobody knows: in the count of the day, not in the pressure."""
    supposed: int
    """Of those weighed, the ones whose flow is supposed."""


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual pressure of a weekday in a territory: the median over its performances, and how many they are."""

    median: float
    n: int


def calendar_pressure(mine: Offer, others: Iterable[Offer], flows: Flows) -> Pressure:
    """Pressure of the other performances of the same date on this one."""
    total, weighed, unknown, supposed = 0.0, 0, 0, 0
    for other in others:
        points = (mine.latitude, mine.longitude, other.latitude, other.longitude)
        known = [float(one) for one in points if one is not None]
        if other.seats is None or len(known) < len(points):
            unknown += 1
            continue
        flow = _flow(mine.discipline, other.discipline, flows)
        total += other.seats * flow * math.exp(-distance_km(*known) / DECAY_KM)
        weighed += 1
        supposed += mine.discipline != other.discipline and (mine.discipline, other.discipline) not in flows
    return Pressure(total, weighed, unknown, supposed)


def _flow(kind: str, other: str, flows: Flows) -> float:
    return 1.0 if kind == other else flows.get((kind, other), SUPPOSED_FLOW)


def usual_pressures(days: Mapping[date, Sequence[Offer]], flows: Flows) -> dict[int, Usual]:
    """Weekday 1–7 → usual pressure, from the performances of one territory over one closed season.

    Each performance is weighed against the others of its day. One without a place is not weighed.
    """
    found: dict[int, list[float]] = {}
    for on, offers in days.items():
        found.setdefault(on.isoweekday(), []).extend(_of_a_day(offers, flows))
    return {weekday: Usual(quantile(held, 0.5), len(held)) for weekday, held in sorted(found.items()) if held}


def _of_a_day(offers: Sequence[Offer], flows: Flows) -> list[float]:
    """The pressure on each performance of a day by all the others: every pair at once."""
    placed = [one for one in offers if one.latitude is not None and one.longitude is not None]
    if not placed:
        return []
    kinds = sorted({one.discipline for one in placed})
    table = np.array([[_flow(a, b, flows) for b in kinds] for a in kinds])
    kind = np.array([kinds.index(one.discipline) for one in placed])
    phi, far = (np.radians([getattr(one, name) for one in placed]) for name in ("latitude", "longitude"))
    half = (
        np.sin((phi[:, None] - phi[None, :]) / 2) ** 2
        + np.cos(phi)[:, None] * np.cos(phi)[None, :] * np.sin((far[:, None] - far[None, :]) / 2) ** 2
    )
    km = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, half)))
    weights = table[kind[:, None], kind[None, :]] * np.exp(-km / DECAY_KM)
    np.fill_diagonal(weights, 0.0)
    told: list[float] = (weights @ np.array([float(one.seats or 0) for one in placed])).tolist()
    return told


def pressure_index(pressure: Pressure, usual: Usual | None) -> float | None:
    """100 = as crowded as usual on that weekday. None when too little was offered to say what is usual."""
    if usual is None or usual.n < LEAST_USUAL or usual.median <= 0:
        return None
    return 100 * pressure.value / usual.median
