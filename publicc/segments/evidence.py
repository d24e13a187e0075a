"""What little is enough: agreement with the full answer when only some features are known, and what to ask first."""

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from publicc.segments.fitting import Fit, Floats, fit
from publicc.segments.learning import Material, Settings
from publicc.segments.model import POOL, Evidence

QUESTIONS: Final = 8
USUAL: Final = 0.01
"""A gap that this share of people have is measured."""


class Terms:
    """The part of each feature in the score of each pattern, so that any of them can be dropped."""

    def __init__(self, of: Material, solution: Fit) -> None:
        made = of.design
        edges = [*made.edges, made.levels.shape[1]]
        self.of = of
        self.names = [one.id for one in of.features]
        self.prior = np.log(solution.priors)
        self.parts = [
            made.levels[:, first:last].astype(np.float64) @ solution.logs[first:last] for first, last in pairwise(edges)
        ]

    def classes(self, known: Iterable[str]) -> NDArray[np.int64]:
        """The likeliest class of each pattern when only these features are known."""
        scores = np.tile(self.prior, (len(self.of.places), 1))
        for name in known:
            scores += self.parts[self.names.index(name)]
        return np.asarray(np.argmax(scores, axis=1), dtype=np.int64)

    def agreement(self, known: Iterable[str]) -> float:
        """Share of people whose class stays what all that is known of them gives."""
        return float(self.of.people @ (self.classes(known) == self.classes(self.names)) / self.of.people.sum())


def evidence(of: Material, solution: Fit, golden: Sequence[str]) -> tuple[Evidence, ...]:
    """Agreement for each usual gap: all known, one or two missing, what people do miss, only the first questions."""
    terms, every = Terms(_complete(of), solution), frozenset(one.id for one in of.features)
    pool = frozenset(one.id for one in of.features if one.source == POOL)
    gaps = {frozenset(gap) for n in (0, 1, 2) for gap in combinations(sorted(every), n)}
    gaps |= {gap | pool for gap in gaps | set(_usual_gaps(of))} | set(_usual_gaps(of))
    asked = {every - frozenset(golden[: n + 1]) for n in range(len(golden))}
    kept = sorted((every - gap for gap in gaps | asked if gap != every), key=lambda one: (-len(one), sorted(one)))
    return tuple(Evidence(known, round(terms.agreement(known), 4)) for known in kept)


def golden_questions(of: Material, k: int, settings: Settings) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """What to ask, in order, and the agreement after each, on people kept out of the choice and of the fit."""
    learnt, held = _halves(of, settings.seed)
    solution = fit(learnt.design, learnt.weights, k, starts=settings.starts, seed=settings.seed)
    inside, outside = Terms(_complete(learnt), solution), Terms(_complete(held), solution)
    asked: list[str] = []
    reached: list[float] = []
    while len(asked) < min(QUESTIONS, len(of.features)):
        left = [one.id for one in of.features if one.id not in asked]
        asked.append(max(left, key=lambda name: (inside.agreement([*asked, name]), name)))
        reached.append(round(outside.agreement(asked), 4))
    return tuple(asked), tuple(reached)


def membership_advantage(of: Material, k: int, settings: Settings) -> float:
    """AUC of guessing, from the file and a person's levels, whether the person was learnt from: 0.5 is chance."""
    learnt, held = _halves(of, settings.seed + 1)
    solution = fit(learnt.design, learnt.weights, k, starts=settings.starts, seed=settings.seed)
    scores, people, inside = [], [], []
    for rows, was in ((learnt, 1.0), (held, 0.0)):
        told = solution.scores(rows.design)
        top = told.max(axis=1)
        scores.append(top + np.log(np.exp(told - top[:, None]).sum(axis=1)))
        people.append(rows.people)
        inside.append(np.full(len(rows.people), was))
    return _auc(np.concatenate(scores), np.concatenate(inside), np.concatenate(people))


def _auc(scores: Floats, inside: Floats, people: Floats) -> float:
    """Chance that somebody inside scores above somebody outside, ties counting half; `people` are weights."""
    levels, place = np.unique(scores, return_inverse=True)
    ins, outs = np.zeros(len(levels)), np.zeros(len(levels))
    np.add.at(ins, place.reshape(-1), people * inside)
    np.add.at(outs, place.reshape(-1), people * (1 - inside))
    below = np.cumsum(outs) - outs
    return float((ins * (below + outs / 2)).sum() / (ins.sum() * outs.sum()))


def _halves(of: Material, seed: int) -> tuple[Material, Material]:
    chance = np.random.default_rng(seed)
    one = chance.binomial(of.by_organization.astype(np.int64), 0.5).astype(np.float64)
    return of.of(one), of.of(of.by_organization - one)


def _complete(of: Material) -> Material:
    """People of whom every feature is known, when they are enough to measure on; else everyone."""
    whole = (of.places >= 0).all(axis=1)
    if of.people[whole].sum() < max(500.0, 0.2 * of.people.sum()):
        return of
    people = of.by_organization[whole]
    return Material(of.features, of.places[whole], people, of.weights[whole])


def _usual_gaps(of: Material) -> list[frozenset[str]]:
    """The sets of features that enough people have unknown together."""
    missing, place = np.unique(of.places < 0, axis=0, return_inverse=True)
    people = np.zeros(len(missing))
    np.add.at(people, place.reshape(-1), of.people)
    names = [one.id for one in of.features]
    return [
        frozenset(name for name, gone in zip(names, row, strict=True) if gone)
        for row, share in zip(missing, people / people.sum(), strict=True)
        if share >= USUAL
    ]
