"""Latent classes by expectation and maximisation over weighted patterns: exact, and fast enough to start many times.

A level that is not known is a dropped term. Several starts run side by side in one multiplication of matrices, on one
processor: these matrices are narrow, and sharing them out takes many times longer than multiplying them.
Why not StepMix: docs/decisions/0030-the-segmentation-fits-patterns-itself.md; tests compare the two.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from publicc.kernel.later import later

threadpoolctl = later("threadpoolctl")

Floats = NDArray[np.float64]
Places = NDArray[np.int8]
_Any = NDArray[np.floating]

PSEUDO: Final = 1.0
"""People added to each class and feature, spread over its levels: no probability of zero."""
FIRST: Final = 10
"""Rounds that every start gets before the worst are left aside."""
KEPT: Final = 0.2
ROUNDS: Final = 250
TOLERANCE: Final = 1e-6
"""Gain of mean log-likelihood a person under which a fit has converged."""
NEAR: Final = 1e-4


@dataclass(frozen=True, eq=False)
class Design:
    """Patterns as a table of zeros and ones: `levels` patterns × levels of all features; `widths` levels a feature."""

    levels: NDArray[np.float32]
    widths: tuple[int, ...]

    @property
    def edges(self) -> list[int]:
        """First column of each feature."""
        return [int(one) for one in np.cumsum((0, *self.widths[:-1]))]

    @property
    def owner(self) -> NDArray[np.int64]:
        """Which feature each column is of."""
        return np.repeat(np.arange(len(self.widths)), self.widths)


def design(places: Places, widths: tuple[int, ...]) -> Design:
    """`places`: patterns × features, which level, −1 = not known."""
    levels = np.zeros((len(places), sum(widths)), dtype=np.float32)
    first = 0
    for at, width in enumerate(widths):
        known = np.flatnonzero(places[:, at] >= 0)
        levels[known, first + places[known, at]] = 1
        first += width
    return Design(levels, widths)


@dataclass(frozen=True, eq=False)
class Fit:
    """One solution: priors (k), log tables (levels × k), mean log-likelihood a person.

    `near`: of the starts followed to their end, the share that reach this likelihood.
    """

    priors: Floats
    logs: Floats
    likelihood: float
    near: float = 1.0

    @property
    def k(self) -> int:
        """Number of classes."""
        return len(self.priors)

    def scores(self, of: Design) -> Floats:
        """Patterns × classes: log prior + Σ log p of the levels known."""
        return np.asarray(of.levels @ self.logs.astype(np.float32) + np.log(self.priors), dtype=np.float64)

    def classes(self, of: Design) -> NDArray[np.int64]:
        """The likeliest class of each pattern."""
        return np.asarray(np.argmax(self.scores(of), axis=1), dtype=np.int64)

    def ordered(self) -> "Fit":
        """Classes by prior, the largest first."""
        order = np.argsort(-self.priors, kind="stable")
        return Fit(self.priors[order], self.logs[:, order], self.likelihood, self.near)


def fit(of: Design, weights: Floats, k: int, *, starts: int, seed: int) -> Fit:
    """The best of `starts` random starts. After a few rounds the worst are left aside: the others go to their end."""
    state = _State.random(of, weights, (starts, k), np.random.default_rng(seed))
    state.run(FIRST)
    state = state.best(max(2, round(KEPT * starts)))
    state.run(ROUNDS)
    near = float((state.likelihoods > state.likelihoods.max() - NEAR).mean())
    return state.fit(int(np.argmax(state.likelihoods)), near).ordered()


def refined(of: Design, weights: Floats, start: Fit) -> Fit:
    """The same solution followed to its end on other patterns or weights."""
    state = _State(of, weights, start.priors[None, :], start.logs[:, None, :])
    state.run(ROUNDS)
    return state.fit(0, start.near).ordered()


class _State:
    """Several solutions under way: priors starts × k, log tables levels × starts × k."""

    def __init__(self, of: Design, weights: _Any, priors: _Any, logs: _Any) -> None:
        self.of, self.weights = of, weights.astype(np.float32)
        self.total = float(weights.sum())
        self.priors, self.logs = priors.astype(np.float32), logs.astype(np.float32)
        self.likelihoods = np.full(len(priors), -np.inf)

    @classmethod
    def random(cls, of: Design, weights: Floats, size: tuple[int, int], chance: np.random.Generator) -> "_State":
        starts, k = size
        margins = (weights @ of.levels)[:, None, None] + PSEUDO
        tables = margins * np.exp(chance.normal(0.0, 1.0, (len(margins), starts, k)))
        shares = chance.dirichlet(np.full(k, 8.0), starts)
        return cls(of, weights, shares, np.log(tables / _sums(of, tables)))

    def run(self, rounds: int) -> None:
        """Improve until nothing gains any more, `rounds` times at most."""
        with threadpoolctl.threadpool_limits(limits=1, user_api="blas"):
            before = self.likelihoods
            for at in range(rounds):
                self._round()
                if at % 5 == 4:
                    if np.all(self.likelihoods - before < 5 * TOLERANCE):
                        return
                    before = self.likelihoods

    def _round(self) -> None:
        """One step of all starts. Scores are k × starts × patterns: sums over classes run along whole rows."""
        starts, k = self.priors.shape
        flat = self.logs.transpose(2, 1, 0).reshape(k * starts, len(self.logs))
        scores = (flat @ self.of.levels.T).reshape(k, starts, -1)
        scores += np.log(self.priors.T)[:, :, None]
        top = scores.max(axis=0)
        scores -= top
        np.exp(scores, out=scores)
        sums = scores.sum(axis=0)
        told = (top + np.log(sums)).astype(np.float64)
        self.likelihoods = np.asarray(told @ self.weights.astype(np.float64) / self.total)
        scores *= self.weights / sums
        counts = (scores.reshape(k * starts, -1) @ self.of.levels).reshape(k, starts, -1).transpose(2, 1, 0)
        counts = counts + (PSEUDO / np.repeat(self.of.widths, self.of.widths))[:, None, None].astype(np.float32)
        self.logs = np.log(counts / _sums(self.of, counts))
        shares = scores.sum(axis=2).T + PSEUDO
        self.priors = shares / shares.sum(axis=1, keepdims=True)

    def best(self, n: int) -> "_State":
        chosen = np.argsort(-self.likelihoods, kind="stable")[:n]
        kept = _State(self.of, self.weights, self.priors[chosen], self.logs[:, chosen])
        kept.likelihoods = self.likelihoods[chosen]
        return kept

    def fit(self, at: int, near: float) -> Fit:
        return Fit(
            self.priors[at].astype(np.float64), self.logs[:, at].astype(np.float64), float(self.likelihoods[at]), near
        )


def _sums(of: Design, tables: NDArray[np.floating]) -> NDArray[np.floating]:
    """The sum of each feature's levels, on every one of its lines."""
    return np.add.reduceat(tables, of.edges, axis=0)[of.owner]


def bic(of: Design, one: Fit, people: float) -> float:
    """Bayesian information criterion: the lower, the better the fit for its number of parameters."""
    parameters = one.k - 1 + one.k * (sum(of.widths) - len(of.widths))
    return -2 * one.likelihood * people + parameters * float(np.log(people))


def adjusted_rand(one: NDArray[np.int64], other: NDArray[np.int64], weights: Floats) -> float:
    """How alike two partitions are, people weighted: 1 the same, 0 as chance would."""
    table = np.zeros((int(one.max()) + 1, int(other.max()) + 1))
    np.add.at(table, (one, other), weights)
    together, rows, columns = (_pairs(x) for x in (table, table.sum(axis=1), table.sum(axis=0)))
    expected = rows * columns / _pairs(table.sum(keepdims=True))
    most = (rows + columns) / 2
    return 1.0 if most == expected else float((together - expected) / (most - expected))


def _pairs(counts: NDArray[np.floating]) -> float:
    return float((counts * (counts - 1) / 2).sum())
