"""What the answers teach: a correction of the model's own word, adopted only when it is better on answers it never saw.

The correction is a logistic regression whose starting point is the model's log-odds: without answers it says what the
model says, and each answer moves it a little (ridge penalty). Its features are the degrees of agreement of the fields,
alone and two by two. Only answers on pairs drawn at random are lessons: the others were asked because something else
than the pair spoke against its chance. The penalty is chosen, and the gain measured, by cross-validation; a gain within
its own error is none. Boosted trees were not taken: they need a thousand answers to beat this, and a dependency.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from publicc.harmonise.linkage.compare import decoded, steps_of
from publicc.harmonise.linkage.evidence import ABSENT
from publicc.harmonise.linkage.model import Model
from publicc.harmonise.linkage.train import Trained
from publicc.harmonise.review.evidence import Evidence, evidence_json
from publicc.kernel.later import later

optimize, special = later("scipy.optimize"), later("scipy.special")

ENOUGH: Final = 200
"""Answers under which nothing is learned: the threshold alone would be fitted to chance."""
FOLDS: Final = 5
PENALTIES: Final = (0.1, 1.0, 10.0)
CERTAIN: Final = 12.0
"""Log-odds beyond which the model is taken at its word."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One answer: the evidence it was given on, and whether the two records are one person."""

    evidence: Evidence
    same: bool


@dataclass(frozen=True, slots=True)
class Card:
    """What a learning gave: kept beside the snapshot's reports. Losses are mean log-losses on answers left out."""

    answers: int
    used: int
    penalty: float | None
    loss_before: float | None
    loss_after: float | None
    adopted: bool

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {
            "answers": self.answers,
            "used": self.used,
            "penalty": self.penalty,
            "loss_before": self.loss_before,
            "loss_after": self.loss_after,
            "adopted": self.adopted,
        }

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> Self:
        """From what `as_json` gave."""
        return cls(**told)


@dataclass(frozen=True, slots=True)
class Correction:
    """A scorer that was learned: the model's own word, moved by `weights` of the features."""

    weights: tuple[float, ...]

    def __call__(self, trained: Trained, model: Model) -> Floats:
        """Chance of one person for each pattern; where the model is certain, its own word."""
        own = trained.posterior[:, 0]
        start = _log_odds(own)
        judged = special.expit(start + _features(trained.patterns, model) @ np.array(self.weights))
        return np.asarray(np.where((own <= 0) | (np.abs(start) >= CERTAIN), own, judged))


class Teacher:
    """A scorer for the linkage (`LinkSettings.scorer`): judges patterns again.

    It remembers in `card` how it went, and in `correction` what was adopted.
    """

    def __init__(self, lessons: Sequence[Lesson]) -> None:
        self.lessons = tuple(lessons)
        self.card = Card(len(self.lessons), 0, None, None, None, adopted=False)
        self.correction: Correction | None = None

    @property
    def mark(self) -> str:
        """A digest of the lessons; empty as long as they are too few to teach anything."""
        told = "|".join(f"{evidence_json(one.evidence)}{one.same}" for one in self.lessons)
        return hashlib.sha256(told.encode()).hexdigest() if len(self.lessons) >= ENOUGH else ""

    def __call__(self, trained: Trained, model: Model) -> Floats:
        """Chance of one person for each pattern: the model's own word, or the corrected one when it is better."""
        own = trained.posterior[:, 0]
        at, same = _found(self.lessons, trained, model)
        self.card, self.correction = Card(len(self.lessons), len(at), None, None, None, adopted=False), None
        if len(at) < ENOUGH or same.all() or not same.any():
            return own
        start = _log_odds(own)
        features = _features(trained.patterns, model)
        loss_before = _losses(start[at], same)
        trials = {penalty: _left_out(features[at], start[at], same, penalty) for penalty in PENALTIES}
        penalty = min(trials, key=lambda one: (float(trials[one].mean()), -one))
        gain = loss_before - trials[penalty]
        adopted = bool(gain.mean() > gain.std(ddof=1) / np.sqrt(len(gain)))
        self.card = Card(
            len(self.lessons),
            len(at),
            penalty,
            round(float(loss_before.mean()), 5),
            round(float(trials[penalty].mean()), 5),
            adopted,
        )
        if not adopted:
            return own
        self.correction = Correction(tuple(_fitted(features[at], start[at], same, penalty).tolist()))
        return self.correction(trained, model)


def _log_odds(chance: Floats) -> Floats:
    low = float(special.expit(-CERTAIN))
    return np.asarray(special.logit(np.clip(chance, low, 1 - low)))


def _losses(log_odds: Floats, same: NDArray[np.bool_]) -> Floats:
    return np.asarray(np.logaddexp(0.0, np.where(same, -log_odds, log_odds)))


def _left_out(features: Floats, start: Floats, same: NDArray[np.bool_], penalty: float) -> Floats:
    """The loss on each answer of a correction that was learned without it."""
    fold = np.arange(len(same)) % FOLDS
    losses = np.zeros(len(same))
    for number in range(FOLDS):
        out = fold == number
        weights = _fitted(features[~out], start[~out], same[~out], penalty)
        losses[out] = _losses(start[out] + features[out] @ weights, same[out])
    return losses


def _fitted(features: Floats, start: Floats, same: NDArray[np.bool_], penalty: float) -> Floats:
    def cost(weights: Floats) -> tuple[float, Floats]:
        log_odds = start + features @ weights
        slope = features.T @ (special.expit(log_odds) - same) + penalty * weights
        return float(_losses(log_odds, same).sum() + penalty * weights @ weights / 2), np.asarray(slope)

    return np.asarray(optimize.minimize(cost, np.zeros(features.shape[1]), jac=True, method="L-BFGS-B").x)


def _degrees(model: Model) -> list[Ints]:
    """For each comparison, the coarse degree of each of its steps."""
    found = []
    for comparison in model.comparisons:
        degrees = []
        for step in steps_of(comparison):
            if step.level is None:
                degrees.append(0)
            elif step.level is comparison.levels[-1]:
                degrees.append(1)
            else:
                degrees.append(3 if step.level is comparison.levels[0] else 2)
        found.append(np.array(degrees, dtype=np.int64))
    return found


def _features(patterns: Ints, model: Model) -> Floats:
    """Pattern × (constant, levels of each field, rarity of what agrees, degrees of two fields together)."""
    steps = decoded(patterns, model)
    columns: list[Floats] = [np.ones((len(patterns), 1))]
    for comparison, at in zip(model.comparisons, steps, strict=True):
        known = steps_of(comparison)
        level = np.array([-1 if s.level is None else comparison.levels.index(s.level) for s in known])
        rarity = np.array([0 if s.rarity is None else s.rarity for s in known]) / 10
        columns += [np.eye(len(comparison.levels) + 1)[level[at] + 1], rarity[at][:, None]]
    coarse = [degrees[at] for degrees, at in zip(_degrees(model), steps, strict=True)]
    columns += [np.eye(16)[4 * one + other] for one, other in combinations(coarse, 2)]
    return np.concatenate(columns, axis=1)


def _found(lessons: Sequence[Lesson], trained: Trained, model: Model) -> tuple[Ints, NDArray[np.bool_]]:
    """Where each lesson's pattern stands among the trained ones, and its answer; lessons of unknown patterns rest.

    A lesson is found by its levels; of the patterns that share them, the nearest in rarity is taken.
    """
    if not lessons or not len(trained.patterns):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool)
    codes, rarities = _codes(trained.patterns, model)
    order = np.argsort(codes, kind="stable")
    in_order = codes[order]
    at, same = [], []
    for lesson in lessons:
        code, rarity = _code_of(lesson.evidence, model)
        first, last = np.searchsorted(in_order, [code, code + 1])
        if first < last:
            among = order[first:last]
            at.append(int(among[np.abs(rarities[among] - rarity).sum(axis=1).argmin()]))
            same.append(lesson.same)
    return np.array(at, dtype=np.int64), np.array(same, dtype=bool)


def _codes(patterns: Ints, model: Model) -> tuple[Ints, Floats]:
    """For each pattern, one number that says its levels whatever the rarity, and the rarity of each field."""
    codes, rarities = np.zeros(len(patterns), dtype=np.int64), []
    for comparison, at in zip(model.comparisons, decoded(patterns, model), strict=True):
        known = steps_of(comparison)
        level = np.array([0 if s.level is None else 1 + comparison.levels.index(s.level) for s in known])
        codes = codes * (len(comparison.levels) + 1) + level[at]
        rarities.append(np.array([s.rarity or 0 for s in known], dtype=float)[at])
    return codes, np.array(rarities).T


def _code_of(evidence: Evidence, model: Model) -> tuple[int, Floats]:
    """The same two of a lesson; −1 when it was given under a model that had other fields or levels."""
    told, code = {one.field: one for one in evidence}, 0
    for comparison in model.comparisons:
        names = [ABSENT, *(level.name for level in comparison.levels)]
        one = told.get(comparison.name)
        if one is None or one.level not in names:
            return -1, np.zeros(len(model.comparisons))
        code = code * len(names) + names.index(one.level)
    return code, np.array([told[comparison.name].rarity or 0 for comparison in model.comparisons], dtype=float)
