"""Patterns of people of planted profiles, drawn from a seed: what a training must find again."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from publicc.metrics.traits import CODES, TRAITS
from publicc.releases.patterns import Patterns

SHARES = (0.32, 0.26, 0.24, 0.18)


@dataclass(frozen=True)
class Planted:
    """Patterns, and how many people of each planted profile each pattern has."""

    patterns: Patterns
    people: NDArray[np.int64]


def planted(people: int = 2500, organizations: int = 8, seed: int = 3, *, sure: float = 0.8) -> Planted:
    """Each profile likes one level of each trait with that probability; one value in ten is unknown."""
    chance = np.random.default_rng(seed)
    k = len(SHARES)
    of = chance.choice(k, size=people, p=SHARES)
    home = chance.integers(0, organizations, people)
    columns = []
    for at, name in enumerate(TRAITS):
        width = len(CODES[name])
        liked = (of + at) % width if at % 2 else (of // 2 + at) % width
        drawn = np.where(chance.random(people) < sure, liked, chance.integers(0, width, people))
        columns.append(np.where(chance.random(people) < 0.1, -1, drawn))
    places, row = np.unique(np.stack(columns, axis=1).astype(np.int8), axis=0, return_inverse=True)
    by_home = np.zeros((len(places), organizations), dtype=np.int64)
    np.add.at(by_home, (row.reshape(-1), home), 1)
    by_class = np.zeros((len(places), k), dtype=np.int64)
    np.add.at(by_class, (row.reshape(-1), of), 1)
    return Planted(Patterns(TRAITS, CODES, places, by_home, date(2026, 1, 31)), by_class)
