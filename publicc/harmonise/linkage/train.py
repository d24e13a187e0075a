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

    def agrees(self) -> NDArray[np.bool_]:
        """Patterns in which the field reaches any level but the last one."""
        reached = self.level_of[self.at]
        return np.asarray((reached >= 0) & (reached < len(self.comparison.levels) - 1))

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
    groups, share = _groups_of_strangers(fields, len(seen.patterns))
    nobody = _say_too_little(fields) & model.households
    strangers = share * max(float(seen.possible_pairs), 1.0)
    same, home = 0.3 * seen.records + 1, (0.2 * seen.records + 1) * model.households
    posterior = np.zeros((len(seen.patterns), 3))
    for _ in range(ROUNDS):
        before = posterior
        posterior = _judge(fields, groups, nobody, np.log(np.maximum([same, home, strangers.sum()], _NO_PAIR)))
        weighted = posterior * np.column_stack([seen.joins, seen.joins, seen.pairs])
        _learn(fields, groups, weighted, strangers)
        same = float(weighted[:, 0].sum()) + 0.5
        home = (float(weighted[:, 1].sum()) + 0.5) * model.households
        if float(np.abs(posterior - before).max(initial=0.0)) < SETTLED:
            break
    pairs = {"same": same, "home": home}
    return Trained(tuple(_steps(f) for f in fields), pairs, seen.patterns, seen.pairs, posterior, groups)


def _say_too_little(fields: Sequence[_Field]) -> NDArray[np.bool_]:
    """Patterns that cannot make one person, whatever the weights: a table with shifted columns merges no one."""
    agreeing = np.array([f.agrees() for f in fields])
    identifies = np.array([f.comparison.identifies for f in fields])
    suffices = np.array([f.comparison.suffices for f in fields])
    enough = (agreeing.sum(axis=0) >= 2) | agreeing[suffices].any(axis=0)
    return np.asarray(~(agreeing[identifies].any(axis=0) & enough))


def _groups_of_strangers(fields: Sequence[_Field], patterns: int) -> tuple[Ints, Floats]:
    """For each pattern, how far the names resemble; and the share of strangers in each group, by chance."""
    groups, share = np.zeros(patterns, dtype=np.int64), np.ones(1)
    for f in fields:
        if f.comparison.names_the_person:
            resembles = np.array([level.resembles for level in f.comparison.levels])
            groups = groups * _RESEMBLANCES + np.where(f.level_of[f.at] < 0, 0, resembles[f.level_of[f.at]])
            here = np.bincount(resembles, weights=_normal(f.by_chance), minlength=_RESEMBLANCES)
            share = np.outer(share, here).ravel()
    return groups, np.pad(share, (0, _GROUPS - len(share)))


def _judge(fields: Sequence[_Field], groups: Ints, nobody: NDArray[np.bool_], log_pairs: Floats) -> Floats:
    log = np.tile(log_pairs, (len(groups), 1))
    for f in fields:
        log[:, 0] += f.log_steps(f.same, f.among_kin)[f.at]
        log[:, 1] += f.log_steps(f.home, f.among_strangers if f.comparison.differs_at_home else f.among_kin)[f.at]
        by_group = np.array([f.log_steps(strangers, _within(f, group)) for group, strangers in enumerate(f.strangers)])
        log[:, 2] += by_group[groups, f.at]
    log[nobody, 0] = -np.inf
    log -= log.max(axis=1, keepdims=True)
    share = np.exp(log)
    return np.asarray(share / share.sum(axis=1, keepdims=True))


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
