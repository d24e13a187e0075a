"""Attacks on a release by brute force. They import nothing of the engine: only what a member reads and knows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.optimize import linprog

Key = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Published:
    """A figure as published, with the interval that its rounding leaves."""

    key: Key
    low: float
    high: float


def rows_of(published: Sequence[Published], units: Sequence[Key]) -> np.ndarray:
    return np.array([[float(holds(one.key, dict(unit))) for unit in units] for one in published]).reshape(
        -1, len(units)
    )


def holds(key: Key, unit: Mapping[str, str]) -> bool:
    """Whether a figure counts the unit: `05|17` is told of both values together."""
    return all(unit[name] in value.split("|") for name, value in key)


def reach(
    published: Sequence[Published],
    units: Sequence[Key],
    target: np.ndarray,
    floor: np.ndarray,
    roof: np.ndarray | None = None,
) -> tuple[float, float]:
    """Smallest and largest value of the target, for somebody who knows that each unit is at least `floor`."""
    rows = rows_of(published, units)
    a = np.vstack((rows, -rows)) if len(rows) else None
    b = np.array([p.high for p in published] + [-p.low for p in published]) if len(rows) else None
    bounds = list(zip(floor, roof if roof is not None else [None] * len(floor), strict=True))
    ends = []
    for sign in (1, -1):
        found = linprog(sign * target, A_ub=a, b_ub=b, bounds=bounds, method="highs")
        ends.append(sign * found.fun if found.status == 0 else sign * -np.inf)
    return ends[0], ends[1]


def persons_pinned(
    published: Sequence[Published], units: Sequence[Key], persons: np.ndarray, by_org: np.ndarray, k: int = 10
) -> Iterator[tuple[int, int]]:
    """Every member against every finest cell with fewer than k others: those it knows within 5 persons."""
    for member, unit in product(range(len(by_org)), range(len(units))):
        if persons[unit] - by_org[member][unit] < k:
            target = np.eye(len(units))[unit]
            low, high = reach(published, units, target, by_org[member].astype(float))
            if high - low < 5 - 1e-6:
                yield member, unit


def amounts_found(
    published: Sequence[Published], units: Sequence[Key], amounts: np.ndarray, p: float = 0.15
) -> Iterator[tuple[int, int]]:
    """Every member against every other's amount: those it knows within p, from above or from below."""
    for member, other in product(range(len(amounts)), repeat=2):
        if member == other:
            continue
        floor = np.zeros(len(amounts))
        floor[member] = amounts[member]
        roof = np.full(len(amounts), np.inf)
        roof[member] = amounts[member]
        low, high = reach(published, units, np.eye(len(amounts))[other], floor, roof)
        slack = 1e-6 * max(amounts[other], 1)
        if high < (1 + p) * amounts[other] - slack or low > (1 - p) * amounts[other] + slack:
            yield member, other


def in_cell(key: Key, members: Mapping[str, Key]) -> list[str]:
    return [name for name, told in members.items() if set(key) <= set(told)]


def near_groups(
    groups: Sequence[frozenset[str]], viewer: str, fewest: int = 3
) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Pairs of groups, of all that one member was ever shown, that differ by one or two others: shopping pays there."""
    seen = sorted({group - {viewer} for group in groups}, key=sorted)
    return [
        (one, other)
        for at, one in enumerate(seen)
        for other in seen[at + 1 :]
        if 0 < len(one - other) < fewest or 0 < len(other - one) < fewest
    ]


def cornered(groups: Sequence[frozenset[str]], together: Sequence[str]) -> set[str]:
    """Others whose share in a common total the group figures and the members `together` determine exactly."""
    names = sorted({name for group in groups for name in group})
    rows = np.array(
        [[float(name in group) for name in names] for group in groups]
        + [[float(name == one) for name in names] for one in together]
    )
    rank = np.linalg.matrix_rank(rows)
    alone = (np.vstack((rows, np.eye(len(names))[at])) for at in range(len(names)))
    return {name for name, row in zip(names, alone, strict=True) if np.linalg.matrix_rank(row) == rank} - set(together)
