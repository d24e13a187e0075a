"""Training without labels: how often each level is reached between records of one person, one household, strangers.

Fellegi and Sunter's model, fitted to agreement patterns by expectation and maximization, and two things that customer
tables need: people of one household, who share everything but the first name, are a class of their own; and strangers
whose names resemble are asked apart how often they share the e-mail address that providers make of a name. Agreement by
chance is measured on random pairs; agreement that a key seeks out is counted among the candidates. So the chance of a
random match, which falls as tables grow, comes from the table itself and never from a constant.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from publicc.harmonise.linkage.chance import Chance
from publicc.harmonise.linkage.compare import Step, decoded, steps_of
from publicc.harmonise.linkage.model import Comparison, Model, Relation

ROUNDS: Final = 60
SETTLED: Final = 1e-4
"""Training ends when no pattern's chances move more than this."""
PRIOR_PAIRS: Final = 100.0
"""Weight of the first guess, in pairs: a table of ten rows keeps it, a table of thousands forgets it."""
_FLOOR: Final = 1e-12
_NO_PAIR: Final = 1e-300
_RESEMBLANCES: Final = 3
_GROUPS: Final = _RESEMBLANCES**2
"""Groups of strangers: how far the first names resemble × how far the surnames do."""
_SHARED_BY_NAMESAKES: Final = (0.0, 0.0, 0.0, 0.0, 0.001, 0.001, 0.0, 0.001, 0.01)
"""First guess, for each group, of how often strangers share what is made of the name."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Seen:
    """The agreement patterns of the candidates."""

    patterns: Ints
    pairs: Floats
    """Pairs that make each pattern; strangers that capped values would have brought together are among them."""
    joins: Floats
    """How many of them tell something new: fifty rows alike make 1 225 pairs but 49 joins, so that a small table with
    one large group of likenesses does not take them for what a person, or a household, is."""
    records: int
    possible_pairs: int
    """Pairs that could have been compared: those that are no match are pairs of strangers."""


@dataclass(frozen=True, slots=True)
class Trained:
    """What was learned: for each comparison, the log chance of each step by class; each pattern's posterior."""

    by_comparison: tuple[dict[str, Floats], ...]
    pairs: dict[str, float]
    """How many pairs of each class the table is thought to hold."""
    patterns: Ints
    counts: Floats
    posterior: Floats
    """Pattern × class, in the order of `Relation`."""
    strangers_like: Ints
    """For each pattern, the group of strangers it is held against: how far the names resemble."""

    model: Model
    """The model that was trained."""

    def judged(self, patterns: Ints) -> Floats:
        """Pattern × class: the chances of any patterns, seen in training or not."""
        groups = _groups_of(patterns, self.model)
        log = np.tile(_log_pairs(self.pairs), (len(patterns), 1))
        for logs, at in zip(self.by_comparison, decoded(patterns, self.model), strict=True):
            log += np.column_stack([logs["same"][at], logs["home"][at], logs["strangers"][groups, at]])
        log[_say_too_little(patterns, self.model), 0] = -np.inf
        log -= log.max(axis=1, keepdims=True, initial=-np.inf)
        share = np.exp(log)
        return np.asarray(share / share.sum(axis=1, keepdims=True))

    def over(self, patterns: Ints) -> "Trained":
        """The same, over these patterns alone: none of them was learned from."""
        return replace(
            self,
            patterns=patterns,
            counts=np.zeros(len(patterns)),
            posterior=self.judged(patterns),
            strangers_like=_groups_of(patterns, self.model),
        )

    def wider(self, patterns: Ints) -> "Trained":
        """The same, over these patterns too; those that were not learned from have no pairs."""
        union = np.union1d(self.patterns, patterns)
        counts = np.zeros(len(union))
        counts[np.searchsorted(union, self.patterns)] = self.counts
        return replace(self.over(union), counts=counts)

    def judged_again(self, same: Floats) -> "Trained":
        """The same with other chances of one person for each pattern; household and strangers share the rest."""
        rest = self.posterior[:, 1:]
        others = rest * ((1 - same) / np.maximum(rest.sum(axis=1), _NO_PAIR))[:, None]
        return replace(self, posterior=np.column_stack([same, others]))


class _Field:
    """One comparison during training: where each pattern stands, and what each class expects there."""

    def __init__(self, comparison: Comparison, steps: Sequence[Step], at: Ints, chance: Chance) -> None:
        self.comparison, self.at = comparison, at
        levels = comparison.levels
        self.level_of = np.array([-1 if s.level is None else levels.index(s.level) for s in steps])
        self.among_kin, self.among_strangers = chance.within_kin, chance.within_strangers
        self.present, self.by_chance = chance.present, chance.levels
        self.guessed = np.array([level.chance for level in levels])
        self.sought = np.array([level.sought for level in levels])
        self.same = _normal(np.array([level.expected[Relation.SAME_PERSON] for level in levels]))
        self.home = _normal(np.array([level.expected[Relation.SAME_HOUSEHOLD] for level in levels]))
        self.first_same, self.first_home = self.same.copy(), self.home.copy()
        if comparison.differs_at_home:
            self.home = _normal(self.by_chance)
        self.strangers = np.tile(np.maximum(self.by_chance, _FLOOR), (_GROUPS, 1))

    def log_steps(self, of_levels: Floats, within: Floats) -> Floats:
        """Log probability of each step; a step where one side says nothing weighs nothing."""
        probability = np.where(self.level_of < 0, 1.0, of_levels[self.level_of] * within)
        return np.asarray(np.log(np.maximum(probability, _FLOOR**2)))

    def seen(self, responsibility: Floats) -> Floats:
        """Expected number of pairs of a class at each level."""
        steps = np.bincount(self.at, weights=responsibility, minlength=len(self.level_of))
        return np.asarray(
            np.bincount(self.level_of[1:], weights=steps[1:], minlength=len(self.comparison.levels)), float
        )

    def count_strangers(self, weights: Floats, groups: Ints, pairs: Floats) -> None:
        """What strangers do: sought levels are counted, half a pair where none was seen; others are by chance."""
        if self.comparison.made_of_the_name:
            for group, guess in enumerate(_SHARED_BY_NAMESAKES):
                seen = self.seen(weights * (groups == group))
                self.strangers[group] = self._counted(seen, pairs[group], np.maximum(self.guessed, guess))
        else:
            self.strangers[:] = self._counted(self.seen(weights), pairs.sum(), self.guessed)

    def _counted(self, seen: Floats, pairs: float, guess: Floats) -> Floats:
        """Shares of `pairs`; where so few would show not one, the guess is kept, the less the more are seen."""
        counted = (seen + 0.5) / (pairs * self.present + 0.5 / (np.maximum(guess, _FLOOR) * (1 + seen)))
        return np.clip(np.where(self.sought, counted, self.by_chance), _FLOOR, 1.0)


def _normal(shares: Floats) -> Floats:
    return np.asarray(shares / shares.sum())


def train(seen: Seen, model: Model, chances: Sequence[Chance]) -> Trained:
    """Learn from the agreement patterns of the candidates, and from what strangers do by chance."""
    fields = [
        _Field(comparison, steps_of(comparison), at, chance)
        for comparison, at, chance in zip(model.comparisons, decoded(seen.patterns, model), chances, strict=True)
    ]
    groups = _groups_of(seen.patterns, model)
    strangers = _share_of_groups(fields) * max(float(seen.possible_pairs), 1.0)
    same, home = 0.3 * seen.records + 1, (0.2 * seen.records + 1) * model.households
    trained = _told(fields, {"same": same, "home": home, "strangers": float(strangers.sum())}, seen, groups, model)
    for _ in range(ROUNDS):
        weighted = trained.posterior * np.column_stack([seen.joins, seen.joins, seen.pairs])
        _learn(fields, groups, weighted, strangers)
        same = float(weighted[:, 0].sum()) + 0.5
        home = (float(weighted[:, 1].sum()) + 0.5) * model.households
        before = trained.posterior
        trained = _told(fields, {**trained.pairs, "same": same, "home": home}, seen, groups, model)
        if float(np.abs(trained.posterior - before).max(initial=0.0)) < SETTLED:
            break
    return trained


def _told(  # noqa: PLR0917 - all that a trained model is made of
    fields: Sequence[_Field], pairs: dict[str, float], seen: Seen, groups: Ints, model: Model
) -> Trained:
    nothing = np.zeros((0, len(Relation)))
    told = Trained(tuple(_steps(f) for f in fields), pairs, seen.patterns, seen.pairs, nothing, groups, model)
    return replace(told, posterior=told.judged(seen.patterns))


def _log_pairs(pairs: dict[str, float]) -> Floats:
    return np.log(np.maximum([pairs["same"], pairs["home"], pairs["strangers"]], _NO_PAIR))


def _say_too_little(patterns: Ints, model: Model) -> NDArray[np.bool_]:
    """Patterns that cannot make one person, whatever the weights: a table with shifted columns merges no one."""
    if not model.households:
        return np.zeros(len(patterns), dtype=bool)
    agreeing = np.array([_reached(c, at) for c, at in zip(model.comparisons, decoded(patterns, model), strict=True)])
    identifies = np.array([comparison.identifies for comparison in model.comparisons])
    suffices = np.array([comparison.suffices for comparison in model.comparisons])
    enough = (agreeing.sum(axis=0) >= 2) | agreeing[suffices].any(axis=0)
    return np.asarray(~(agreeing[identifies].any(axis=0) & enough))


def _reached(comparison: Comparison, at: Ints) -> NDArray[np.bool_]:
    """Patterns in which the field reaches any level but the last one."""
    agrees = [step.level is not None and step.level is not comparison.levels[-1] for step in steps_of(comparison)]
    return np.array(agrees)[at]


def _groups_of(patterns: Ints, model: Model) -> Ints:
    """For each pattern, the group of strangers it is held against: how far the names resemble."""
    groups = np.zeros(len(patterns), dtype=np.int64)
    for comparison, at in zip(model.comparisons, decoded(patterns, model), strict=True):
        if comparison.names_the_person:
            resembles = [0 if step.level is None else step.level.resembles for step in steps_of(comparison)]
            groups = groups * _RESEMBLANCES + np.array(resembles)[at]
    return groups


def _share_of_groups(fields: Sequence[_Field]) -> Floats:
    """The share of strangers in each group, by chance."""
    share = np.ones(1)
    for f in fields:
        if f.comparison.names_the_person:
            resembles = np.array([level.resembles for level in f.comparison.levels])
            here = np.bincount(resembles, weights=_normal(f.by_chance), minlength=_RESEMBLANCES)
            share = np.outer(share, here).ravel()
    return np.pad(share, (0, _GROUPS - len(share)))


def _within(f: _Field, group: int) -> Floats:
    """Strangers whose names resemble may meet on an address that only they bear; others only on common values."""
    return f.among_kin if f.comparison.made_of_the_name and group else f.among_strangers


def _learn(fields: Sequence[_Field], groups: Ints, weighted: Floats, strangers: Floats) -> None:
    for f in fields:
        f.same = _normal(f.seen(weighted[:, 0]) + PRIOR_PAIRS * f.first_same)
        if not f.comparison.differs_at_home:
            f.home = _normal(f.seen(weighted[:, 1]) + PRIOR_PAIRS * f.first_home)
        f.count_strangers(weighted[:, 2], groups, strangers)


def _steps(f: _Field) -> dict[str, Floats]:
    return {
        "same": f.log_steps(f.same, f.among_kin),
        "home": f.log_steps(f.home, f.among_strangers if f.comparison.differs_at_home else f.among_kin),
        "strangers": np.array(
            [f.log_steps(strangers, _within(f, group)) for group, strangers in enumerate(f.strangers)]
        ),
    }
