"""Raking: weights that give respondents the shares of buyers. Pure.

Start 1, each margin in turn, until every margin is within 1e-8 or 100 rounds; trim to [0.3, 3], rake once more; mean 1.
Source: docs/reference/surveys.en.md (weights); checked against `ipfn`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Codes: TypeAlias = npt.NDArray[np.int64]

TOLERANCE: Final = 1e-8
MOST_ROUNDS: Final = 100
LEAST, MOST = 0.3, 3.0
SMALLEST_CATEGORY: Final = 10


@dataclass(frozen=True, slots=True)
class Margin:
    """One margin: the category of each respondent (−1 = not known) and the share each category should have (sum 1)."""

    name: str
    codes: Codes
    targets: Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of mean 1. `agrees` is False when the margins contradict each other: then every weight is 1."""

    values: Floats
    rounds: int
    agrees: bool
    trimmed_share: float
    margins: tuple[str, ...]

    @property
    def design_effect(self) -> float:
        """Kish: n Σw² ÷ (Σw)²; 1 when all weights are equal."""
        return len(self.values) / effective_n(self.values) if len(self.values) else 1.0


def effective_n(weights: Floats) -> float:
    """Kish's effective size: (Σw)² ÷ Σw². 0 for nobody."""
    squares = float(np.square(weights).sum())
    return float(weights.sum()) ** 2 / squares if squares else 0.0


def unweighted(count: int) -> Weights:
    """Every respondent for one."""
    return Weights(np.ones(count), 0, agrees=True, trimmed_share=0.0, margins=())


def weigh(count: int, margins: Sequence[Margin]) -> Weights:
    """The weights of `count` respondents for these margins; margins that say nothing are left out.

    A category of fewer than ten respondents is joined to its neighbour; a margin left with one category says nothing.
    """
    useful = [one for one in (joined(margin) for margin in margins) if len(one.targets) > 1]
    if not useful:
        return unweighted(count)
    first, rounds, agrees = rake(np.ones(count), useful)
    names = tuple(one.name for one in useful)
    if not agrees:
        return Weights(np.ones(count), rounds, agrees=False, trimmed_share=0.0, margins=names)
    clipped = np.clip(first, LEAST, MOST)
    trimmed = float(np.mean(clipped != first))
    last = rake(clipped, useful)[0] if trimmed else first
    return Weights(last / last.mean(), rounds, agrees=True, trimmed_share=trimmed, margins=names)


def rake(base: Floats, margins: Sequence[Margin]) -> tuple[Floats, int, bool]:
    """Weights that meet every margin among those whose category is known, the rounds it took, whether it was met."""
    weights = base.astype(np.float64).copy()
    for done in range(1, MOST_ROUNDS + 1):
        for margin in margins:
            weights *= _factors(weights, margin)
        if max(_distance(weights, margin) for margin in margins) <= TOLERANCE:
            return weights / weights.mean(), done, True
    return weights / weights.mean(), MOST_ROUNDS, False


def joined(margin: Margin) -> Margin:
    """The margin with every category of fewer than ten respondents, or without a target, joined to a neighbour."""
    codes, targets = margin.codes.copy(), margin.targets / margin.targets.sum()
    while len(targets) > 1:
        counts = np.bincount(codes[codes >= 0], minlength=len(targets))
        short = np.flatnonzero((counts < SMALLEST_CATEGORY) | (targets <= 0))
        if not len(short):
            break
        at = int(short[np.argmin(counts[short])])
        into = at - 1 if at == len(targets) - 1 or (at > 0 and counts[at - 1] <= counts[at + 1]) else at + 1
        low = min(at, into)
        targets = np.concatenate([targets[:low], [targets[at] + targets[into]], targets[low + 2 :]])
        codes[codes == max(at, into)] = low
        codes[codes > max(at, into)] -= 1
    return Margin(margin.name, codes, targets)


def _shares(weights: Floats, margin: Margin) -> Floats:
    known = margin.codes >= 0
    sums = np.bincount(margin.codes[known], weights=weights[known], minlength=len(margin.targets))
    shares: Floats = sums / sums.sum()
    return shares


def _factors(weights: Floats, margin: Margin) -> Floats:
    shares = _shares(weights, margin)
    factors = np.divide(margin.targets, shares, out=np.ones_like(shares), where=shares > 0)
    return np.where(margin.codes >= 0, factors[np.maximum(margin.codes, 0)], 1.0)


def _distance(weights: Floats, margin: Margin) -> float:
    return float(np.abs(_shares(weights, margin) - margin.targets).max())
