"""The three criteria of the anonymization regulation, measured on the best record-level rebuild of the counts released.

Persons are split in two halves by chance. The counts of the first are protected as for a release; an attacker rebuilds
a row a person from them (iterative proportional fitting) and attacks the persons of the first half:

singling out  a combination that the rebuild holds once picks exactly one person
linkability   two views of one person, each holding other columns, meet in the same row of the rebuild
inference     the last column is guessed from the others

The same attacks on the second half, an independent draw of the same population that is not in the release, are the
reference: what anyone could guess. What counts is the difference, with its interval. After anonymeter.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from publicc.disclosure.tables import Floats, Ints, Table

LIMIT: Final = 0.05
"""Largest excess of risk over the reference."""
_Z: Final = 1.96
_ROUNDS: Final = 200
_NEAR: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Risk:
    """One criterion: attempts and successes on persons of the release, and on others of the same population."""

    attempts: int
    successes: int
    reference_attempts: int
    reference_successes: int

    @property
    def risk(self) -> float:
        """Share of attacks that succeed on persons of the release; 0 when nothing can be tried."""
        return self.successes / self.attempts if self.attempts else 0.0

    @property
    def reference(self) -> float:
        """The same on persons who are not in it."""
        return self.reference_successes / self.reference_attempts if self.reference_attempts else 0.0

    @property
    def excess(self) -> float:
        """What the release adds."""
        return self.risk - self.reference

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the excess."""
        spread = sum(
            share * (1 - share) / n
            for share, n in ((self.risk, self.attempts), (self.reference, self.reference_attempts))
            if n
        )
        reach = _Z * float(np.sqrt(spread))
        return self.excess - reach, self.excess + reach

    @property
    def held(self) -> bool:
        """Whether the excess stays within the limit; past it, it must be more than chance to fail."""
        return self.excess <= LIMIT or self.interval[0] <= 0


Criteria = Mapping[str, Risk]


def three_criteria(table: Table, shown: Mapping[int, int], halves: tuple[Ints, Ints]) -> Criteria:
    """`shown`: counts released of the first half, by cell of the table. `halves`: persons by unit, of each half."""
    targets, fresh = halves
    rebuilt = _whole(rebuild(table, shown))
    units = np.array([[dict(unit)[d.name] for d in table.dimensions] for unit in table.units])
    attacks: dict[str, Callable[[Ints, Ints], tuple[int, int]]] = {
        "singling_out": _single_out,
        "linkability": lambda source, of: _link(units, source, of),
        "inference": lambda source, of: _infer(units, source, of),
    }
    return {name: Risk(*attack(rebuilt, targets), *attack(rebuilt, fresh)) for name, attack in attacks.items()}


def rebuild(table: Table, shown: Mapping[int, int]) -> Floats:
    """Persons by unit that fit the counts shown best and suppose nothing else: every unit starts alike."""
    people = np.ones(len(table.units))
    if not shown:
        return np.zeros(len(table.units))
    rows = [(table.matrix[cell] > 0, float(count)) for cell, count in sorted(shown.items())]
    for _ in range(_ROUNDS):
        before = people.copy()
        for held, count in rows:
            now = people[held].sum()
            if now > 0:
                people[held] *= count / now
        if np.abs(people - before).max() < _NEAR:
            break
    covered = np.any([held for held, _ in rows], axis=0)
    return np.where(covered, people, 0.0)


def _whole(people: Floats) -> Ints:
    """Whole persons that add up to the same: the largest remainders are rounded up."""
    floor = np.floor(people).astype(np.int64)
    missing = round(float(people.sum())) - int(floor.sum())
    up = np.argsort(-(people - floor), kind="stable")[: max(0, missing)]
    floor[up] += 1
    return floor


def _single_out(source: Ints, targets: Ints) -> tuple[int, int]:
    """Combinations that the attacker's rows hold once: how many, and how many of them hold exactly one target."""
    once = source == 1
    return int(once.sum()), int((targets[once] == 1).sum())


def _link(units: np.ndarray, source: Ints, targets: Ints) -> tuple[int, int]:
    """Each target's first column on one side, the others on the other: rows of the rebuild drawn from each that meet.

    The expected number of meetings, in whole persons: each side is equally likely to be any row that fits it.
    """
    first = np.array([(units[:, 0] == unit[0]) * source for unit in units]).sum(axis=1)
    rest = np.array([(units[:, 1:] == unit[1:]).all(axis=1) * source for unit in units]).sum(axis=1)
    chances = np.divide(source, first * rest, out=np.zeros(len(units)), where=first * rest > 0)
    return int(targets.sum()), round(float(targets @ chances))


def _infer(units: np.ndarray, source: Ints, targets: Ints) -> tuple[int, int]:
    """The last column guessed from the others: the most usual one among rows that share these; ties go to the first."""
    guessed = np.zeros(len(units), dtype=bool)
    for known in np.unique(units[:, :-1], axis=0):
        alike = np.flatnonzero((units[:, :-1] == known).all(axis=1))
        if source[alike].any():
            guessed[alike[int(source[alike].argmax())]] = True
    return int(targets.sum()), int(targets[guessed].sum())
