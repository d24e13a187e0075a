"""What each area could be expected to bring, from the census alone: quasi-Poisson regression, each left out in turn.

    households reached ~ Poisson(φ), log link, offset ln(households of the census), standardized census variables

An area is predicted from all the others. φ = Pearson's χ² ÷ (n − parameters); 80 % interval μ ± 1.28·√(φμ). Under 30 %
of the deviance explained, the model says nothing. Describes areas, never persons; what goes together, never why.
Source: docs/explanation/non-publics.en.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

LEAST_DEVIANCE: Final = 0.30
LEAST_SPARE: Final = 10
"""Areas there must be beyond the number of parameters."""
Z_80: Final = 1.28
_STEPS: Final = 60
_STILL: Final = 1e-6
"""A step under it is the last: the next one would be its square."""
_CHORDS: Final = 12
_STILL_BY_CHORD: Final = 1e-9
_FARTHEST: Final = 30.0
_CONSTANT: Final = 1e-12

Floats: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Area:
    """One area: its households, how many were reached, and what the model knows of it."""

    code: str
    households: int
    reached: int
    known: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """What an area would bring if it were like the others, in households, with its 80 % interval."""

    area: Area
    low: float
    middle: float
    high: float

    def gap_per_thousand(self, expected: float) -> float:
        """Households for 1 000 that are missing against an expectation; never under 0."""
        return gap_per_thousand(self.area.households, self.area.reached, expected)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model and what it expects of every area."""

    explained: float
    """Share of the deviance that the variables explain."""
    dispersion: float
    expected: tuple[Expected, ...]

    @property
    def strong(self) -> bool:
        """Whether the model may speak."""
        return self.explained >= LEAST_DEVIANCE


def gap_per_thousand(households: int, reached: float, expected: float) -> float:
    """max(0, expected − reached), for 1 000 households."""
    return 1000 * max(0.0, expected - reached) / households


def growth_ceiling(found: Fitted, bound: str = "middle") -> float:
    """Σ missing households ÷ households reached already, at a bound of what is expected."""
    reached = sum(one.area.reached for one in found.expected)
    missing: float = sum(max(0.0, getattr(one, bound) - one.area.reached) for one in found.expected)
    return missing / reached


def fitted(areas: Sequence[Area]) -> Fitted | None:
    """The model over these areas; None when there are too few, nobody is reached, or it does not settle."""
    reached = np.array([one.reached for one in areas], dtype=np.float64)
    homes = np.array([one.households for one in areas], dtype=np.float64)
    if not reached.sum():
        return None
    design = _design(np.array([one.known for one in areas], dtype=np.float64))
    spare = len(areas) - design.shape[1]
    if spare < LEAST_SPARE:
        return None
    start = np.zeros((1, design.shape[1]))
    start[0, 0] = np.log(reached.sum() / homes.sum())
    whole = _settled(design, reached, homes, np.ones((len(areas), 1)), start)
    if whole is None:
        return None
    apart = _left_out(design, reached, homes, whole)
    if apart is None:
        return None
    mean = _means(design, homes, whole)[:, 0]
    dispersion = float(((reached - mean) ** 2 / mean).sum() / spare)
    predicted = np.diagonal(_means(design, homes, apart))
    reach = Z_80 * np.sqrt(dispersion * predicted)
    flat = homes * reached.sum() / homes.sum()
    explained = 1 - _deviance(reached, mean) / null if (null := _deviance(reached, flat)) else 0.0
    return Fitted(
        explained,
        dispersion,
        tuple(
            Expected(area, max(0.0, float(mu - by)), float(mu), float(mu + by))
            for area, mu, by in zip(areas, predicted, reach, strict=True)
        ),
    )


def _design(known: Floats) -> Floats:
    """A constant, then every variable that varies, standardized."""
    spread = known.std(axis=0)
    varying = spread > _CONSTANT
    standardized = (known[:, varying] - known[:, varying].mean(axis=0)) / spread[varying]
    return np.hstack((np.ones((len(known), 1)), standardized))


def _means(design: Floats, homes: Floats, coefficients: Floats) -> Floats:
    """Areas × models: households expected."""
    steps = np.clip(design @ coefficients.T, -_FARTHEST, _FARTHEST)
    means: Floats = homes[:, None] * np.exp(steps)
    return means


def _left_out(design: Floats, reached: Floats, homes: Floats, whole: Floats) -> Floats | None:
    """Areas × variables: coefficients of the model that never saw each area; None if one never settles.

    Each begins at the whole model, with its curve less the area's own part, and keeps that curve (chord method);
    those that are not still soon go back and take Newton's steps.
    """
    apart, moving = np.repeat(whole, len(design), axis=0), np.arange(len(design))
    if np.linalg.matrix_rank(design) == design.shape[1]:
        parts = _means(design, homes, whole)[:, :, None] * (design[:, :, None] * design[:, None, :])
        moving = _chords(design, reached, homes, np.linalg.pinv(parts.sum(axis=0) - parts, hermitian=True), apart)
    if not moving.size:
        return apart
    others = 1.0 - np.eye(len(design))
    newton = _settled(design, reached, homes, others[:, moving], np.repeat(whole, moving.size, axis=0))
    if newton is None:
        return None
    apart[moving] = newton
    return apart


def _chords(  # noqa: PLR0917 - what the model is made of
    design: Floats, reached: Floats, homes: Floats, inverse: Floats, apart: Floats
) -> npt.NDArray[np.intp]:
    """Move `apart` in place, each model without the area of its row; the rows that are not still after a few steps."""
    moving = np.arange(len(design))
    for _ in range(_CHORDS):
        missed = reached[:, None] - _means(design, homes, apart[moving])
        missed[moving, np.arange(moving.size)] = 0.0
        step = (inverse[moving] @ (design.T @ missed).T[:, :, None])[:, :, 0]
        apart[moving] += step
        moving = moving[np.abs(step).max(axis=1) >= _STILL_BY_CHORD]
        if not moving.size:
            break
    return moving


def _settled(  # noqa: PLR0917 - what the model is made of
    design: Floats, reached: Floats, homes: Floats, weights: Floats, start: Floats
) -> Floats | None:
    """Newton's steps of models at once, one a column of `weights` (areas × models), each until it is still.

    None if one never settles.
    """
    solve = _solved if np.linalg.matrix_rank(design) == design.shape[1] else _least
    squares = (design[:, :, None] * design[:, None, :]).reshape(len(design), -1)
    size = design.shape[1]
    coefficients = start.copy()
    moving = np.arange(len(start))
    for _ in range(_STEPS):
        shares = weights[:, moving]
        means = _means(design, homes, coefficients[moving])
        slope = (design.T @ (shares * (reached[:, None] - means))).T
        curve = ((shares * means).T @ squares).reshape(-1, size, size)
        step = solve(curve, slope)
        step /= np.maximum(1.0, np.abs(step).max(axis=1, keepdims=True))
        coefficients[moving] += step
        moving = moving[np.abs(step).max(axis=1) >= _STILL]
        if not moving.size:
            return coefficients
    return None


def _solved(curve: Floats, slope: Floats) -> Floats:
    """One step of many models; by the pseudo-inverse where an area alone carries a variable."""
    try:
        return np.asarray(np.linalg.solve(curve, slope[:, :, None])[:, :, 0], dtype=np.float64)
    except np.linalg.LinAlgError:
        return _least(curve, slope)


def _least(curve: Floats, slope: Floats) -> Floats:
    """The smallest step, where variables repeat one another."""
    return np.asarray((np.linalg.pinv(curve, hermitian=True) @ slope[:, :, None])[:, :, 0], dtype=np.float64)


def _deviance(reached: Floats, mean: Floats) -> float:
    some = reached > 0
    return float(2 * ((reached[some] * np.log(reached[some] / mean[some])).sum() - (reached - mean).sum()))


@dataclass(frozen=True, slots=True)
class Range:
    """What growth is realistic. `low` is None when only the ceiling may be said."""

    low: float | None
    high: float


def realistic_growth(median: float, upper: float, ceiling: float | None) -> Range:
    """From the peers' median to the smaller of their upper quartile and the ceiling; under the median, it alone."""
    if ceiling is None:
        return Range(median, upper)
    return Range(median, min(upper, ceiling)) if ceiling >= median else Range(None, ceiling)
