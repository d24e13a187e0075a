"""Grouping that resists chains: average linkage over the chances that two rows are one person.

Two groups join when, over all pairs of rows between them, being one person is likelier than not on average; a pair that
no key brought together counts as unlikely. So a weak bridge, or one row that resembles two persons, never joins them.

Every two groups that are each other's nearest join at the same time, round after round, over whole columns: under
average linkage this gives what joining the nearest two of all, one after the other, would give.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

LARGEST: Final = 50
"""Rows in one group: a join that would make more is not done but held for a person to review."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Links:
    """Scored pairs between rows 0…n−1: `chance` that they belong together; `never`, `always` where a person said so."""

    left: Ints
    right: Ints
    chance: Floats
    never: Bools
    always: Bools

    @classmethod
    def undecided(cls, left: Ints, right: Ints, chance: Floats) -> "Links":
        """Links of which no person has said anything."""
        return cls(left, right, chance, np.zeros(len(left), dtype=bool), np.zeros(len(left), dtype=bool))


@dataclass(frozen=True, slots=True)
class Groups:
    """For each row the smallest row of its group, and the strength of the weakest join that holds it there."""

    group: Ints
    confidence: Floats
    held: int
    """Joins left undone because the group would have passed `LARGEST` rows."""


@dataclass(frozen=True, slots=True)
class _Edges:
    """Pairs of groups, each named by its smallest row, low < high: what the links between their rows add up to."""

    low: Ints
    high: Ints
    total: Floats
    """Sum of the chances over the pairs of rows."""
    best: Floats
    never: Bools

    def kept(self, which: Bools) -> "_Edges":
        return _Edges(self.low[which], self.high[which], self.total[which], self.best[which], self.never[which])

    def renamed(self, group: Ints) -> "_Edges":
        """Between the groups that these have become; those that became one group are gone, twins are added up."""
        one, other = group[self.low], group[self.high]
        low, high = np.minimum(one, other), np.maximum(one, other)
        order, starts = ordered(low, high)
        low, high = low[order], high[order]
        if not len(starts):
            return self.kept(np.zeros(len(self.low), dtype=bool))
        return _Edges(
            low[starts],
            high[starts],
            np.add.reduceat(self.total[order], starts),
            np.maximum.reduceat(self.best[order], starts),
            np.logical_or.reduceat(self.never[order], starts),
        )


@dataclass(slots=True)
class _Grouping:
    """Groups under way: for each row its group, its strength; for each group, named by its smallest row, its size."""

    group: Ints
    size: Ints
    strength: Floats
    held: int = 0

    @classmethod
    def of_single_rows(cls, rows: int) -> "_Grouping":
        return cls(np.arange(rows), np.ones(rows, dtype=np.int64), np.ones(rows))

    def join(self, low: Ints, high: Ints, joined_by: Floats) -> None:
        """Put each group of `high` into its neighbour of `low`; no group is in two joins at once."""
        joined = np.ones(len(self.group))
        self.group[high], joined[low] = low, joined_by
        self.group = self.group[self.group]
        self.size[low] += self.size[high]
        self.strength = np.minimum(self.strength, joined[self.group])

    def part(self, groups: Iterable[int]) -> None:
        """Make single rows again of these groups."""
        rows = np.flatnonzero(np.isin(self.group, list(groups)))
        self.group[rows], self.size[rows], self.strength[rows] = rows, 1, 1.0


def group_rows(rows: int, links: Links, *, threshold: float = 0.5, largest: int = LARGEST) -> Groups:
    """Groups of `rows` rows under average linkage with `threshold`; the same whatever the order of the links.

    Groups between which a person said *same* are joined whole. Where that would break another decision, the rows that a
    person put together are joined first and the model has what is left.
    """
    chance = np.where(links.always, 0.0, links.chance)  # what a person said is no measure of the model's own joins
    edges = _Edges(links.left, links.right, chance, chance, links.never).renamed(np.arange(rows))
    found = _Grouping.of_single_rows(rows)
    _join_nearest(found, edges, threshold=threshold, largest=largest)
    if links.always.any():
        if broken := _put_together(found, links):
            found.part(broken)
            _put_together(found, links)
        _join_nearest(found, edges.renamed(found.group), threshold=threshold, largest=largest)
    return Groups(found.group, found.strength, found.held)


def _join_nearest(found: _Grouping, edges: _Edges, *, threshold: float, largest: int) -> None:
    rows = len(found.group)
    while len(edges.low):
        near = edges.total / (found.size[edges.low] * found.size[edges.high])
        wanted = (near >= threshold) & ~edges.never
        fits = found.size[edges.low] + found.size[edges.high] <= largest
        joins = _nearest_of_both(edges, near, wanted & fits, rows)
        if not len(joins):
            found.held += int(wanted.sum())
            return
        found.join(edges.low[joins], edges.high[joins], edges.best[joins])
        edges = edges.kept(_may_join_yet(edges, wanted, rows)).renamed(found.group)


def _nearest_of_both(edges: _Edges, near: Floats, possible: Bools, rows: int) -> NDArray[np.int64]:
    """Places of the possible joins than which neither of the two groups has a nearer; equals are taken in row order."""
    order = np.flatnonzero(possible)  # edges stand in row order, which a stable sort keeps among equals
    order = order[np.argsort(-near[order], kind="stable")]
    first = np.full(rows, len(order))
    backwards, places = order[::-1], np.arange(len(order))[::-1]
    for end in (edges.low, edges.high):
        here = np.full(rows, len(order))
        here[end[backwards]] = places
        first = np.minimum(first, here)
    places = places[::-1]
    return np.asarray(order[(first[edges.low[order]] == places) & (first[edges.high[order]] == places)])


def ordered(low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """Places of the pairs of two different rows, in row order; and where in that order each new pair begins."""
    order = np.flatnonzero(low != high)
    both = low[order] << 32 | high[order]
    sorting = np.argsort(both, kind="stable")
    return order[sorting], np.flatnonzero(np.diff(both[sorting], prepend=-1))


def _may_join_yet(edges: _Edges, wanted: Bools, rows: int) -> Bools:
    """Edges between groups that each have somewhere to go: no average with a union is above both averages."""
    going = np.zeros(rows, dtype=bool)
    going[edges.low[wanted]] = going[edges.high[wanted]] = True
    return np.asarray(going[edges.low] & going[edges.high])


def _put_together(found: _Grouping, links: Links) -> set[int]:
    """Join the groups between which a person said *same*; give the groups among which a *never* forbade some of it."""
    apart: dict[int, set[int]] = {}
    for a, b in _between(found.group, links, links.never):
        apart.setdefault(a, set()).add(b)
        apart.setdefault(b, set()).add(a)
    holder: dict[int, int] = {}
    members: dict[int, set[int]] = {}
    broken: set[int] = set()
    for one, other in _between(found.group, links, links.always):
        low, high = sorted((holder.get(one, one), holder.get(other, other)))
        here, there = members.get(low, {low}), members.get(high, {high})
        if any(apart.get(group, set()) & there for group in here):
            broken |= here | there
        elif low != high:
            members[low] = here | there
            holder |= dict.fromkeys(members[low], low)
            found.join(np.array([low]), np.array([high]), np.ones(1))
    return {holder.get(group, group) for group in broken}


def _between(group: Ints, links: Links, which: Bools) -> list[tuple[int, int]]:
    """Pairs of groups between which these links are, in their order."""
    left, right = group[links.left[which]], group[links.right[which]]
    return sorted(zip(np.minimum(left, right).tolist(), np.maximum(left, right).tolist(), strict=True))
