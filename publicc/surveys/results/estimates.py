"""Shares, means and net recommendation of weighted answers, each with what it may be off by. Pure.

Shares: Wilson interval on the effective size. Means and net recommendation: normal interval, weighted variance over the
effective size. 95 %. Source: docs/reference/surveys.en.md (certainty).
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from publicc.surveys.results.weighting import Floats, effective_n

Z: Final = 1.959963984540054
HIDDEN_BELOW: Final = 10
FRAGILE_BELOW: Final = 30
CAUTION_BELOW: Final = 100
CAUTION_EFFECTIVE: Final = 50


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its interval; `n` people behind it, `n_eff` that they are worth."""

    value: float
    low: float
    high: float
    n: int
    n_eff: float

    @property
    def is_hidden(self) -> bool:
        """Fewer than ten people: not shown, even to the owner."""
        return self.n < HIDDEN_BELOW

    @property
    def is_fragile(self) -> bool:
        """Ten to twenty-nine people: shown with its mark, compared with nothing."""
        return HIDDEN_BELOW <= self.n < FRAGILE_BELOW

    @property
    def needs_caution(self) -> bool:
        """Under a hundred people, or weights that make them worth under fifty."""
        return self.n < CAUTION_BELOW or self.n_eff < CAUTION_EFFECTIVE


def share(held: Floats, weights: Floats) -> Estimate:
    """The weighted share of people of whom something holds (1 or 0). Unit: ratio 0–1."""
    n_eff = effective_n(weights)
    total = float(weights.sum())
    ratio = float((weights * held).sum()) / total if total else 0.0
    low, high = wilson(ratio, n_eff)
    return Estimate(ratio, low, high, len(held), n_eff)


def mean(values: Floats, weights: Floats, scale: float = 1.0) -> Estimate:
    """The weighted mean of what people said, times `scale`."""
    n_eff = effective_n(weights)
    total = float(weights.sum())
    if not total:
        return Estimate(0.0, 0.0, 0.0, 0, 0.0)
    middle = float((weights * values).sum()) / total
    variance = float((weights * np.square(values - middle)).sum()) / total
    half = Z * math.sqrt(variance / n_eff)
    return Estimate(scale * middle, scale * (middle - half), scale * (middle + half), len(values), n_eff)


def net_recommendation(marks: Floats, weights: Floats) -> Estimate:
    """Percent of 9–10 less percent of 0–6. Unit: points, −100 to 100. Its variance is that of the three shares."""
    return mean(np.where(marks >= 9, 1.0, np.where(marks <= 6, -1.0, 0.0)), weights, 100.0)


def wilson(ratio: float, n: float) -> tuple[float, float]:
    """Wilson's interval of a share of `n` people; the whole range for nobody."""
    if n <= 0:
        return 0.0, 1.0
    centre = (ratio + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * math.sqrt(ratio * (1 - ratio) / n + Z * Z / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def margin_of_error(n: float, ratio: float = 0.5, frame: int | None = None) -> float:
    """How far a share of `n` people may be off (95 %). `frame`: how many there are in all, if known.

    Unit: ratio. 1.96 √(p(1−p) ÷ n), times √((N−n) ÷ (N−1)).
    """
    if n <= 0:
        return 1.0
    finite = math.sqrt(max(0.0, (frame - n) / (frame - 1))) if frame is not None and frame > 1 else 1.0
    return 1.96 * math.sqrt(ratio * (1 - ratio) / n) * finite
