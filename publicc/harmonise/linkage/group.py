"""Grouping that resists chains: average linkage over the chances that two rows are one person.

Two groups join when, over all pairs of rows between them, being one person is likelier than not on average; a pair that
no key brought together counts as unlikely. So a weak bridge, or one row that resembles two persons, never joins them.
"""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

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


def group_rows(rows: int, links: Links, *, threshold: float = 0.5, largest: int = LARGEST) -> Groups:
    """Groups of `rows` rows under average linkage with `threshold`; the same whatever the order of the links."""
    group, confidence = np.arange(rows, dtype=np.int64), np.ones(rows)
    held = 0
    strong = (links.chance >= threshold) & ~links.never
    if not strong.any():
        return Groups(group, confidence, held)
    graph = coo_matrix((strong[strong], (links.left[strong], links.right[strong])), shape=(rows, rows))
    _, component = connected_components(graph, directed=False)
    inside = component[links.left] == component[links.right]
    order = np.lexsort((links.right[inside], links.left[inside], component[links.left[inside]]))
    left, right = links.left[inside][order], links.right[inside][order]
    chance, never, always = (column[inside][order] for column in (links.chance, links.never, links.always))
    starts = np.flatnonzero(np.diff(component[left], prepend=-1))
    alone = np.diff(starts, append=len(left)) == 1
    lone = starts[alone]
    group[right[lone]] = left[lone]
    confidence[left[lone]] = confidence[right[lone]] = chance[lone]
    for start, end in zip(starts[~alone], np.append(starts, len(left))[1:][~alone], strict=True):
        at = slice(start, end)
        cluster, held_here = _clustered(
            Links(left[at], right[at], chance[at], never[at], always[at]), threshold=threshold, largest=largest
        )
        held += held_here
        for members, strengths in cluster.groups():
            group[members] = min(members)
            confidence[members] = strengths
    return Groups(group, confidence, held)


def _clustered(links: Links, *, threshold: float, largest: int) -> tuple["_Clusters", int]:
    """One component, grouped; and how many joins were held.

    Groups between which a person said *same* are joined whole. Where that would break another decision, the rows that a
    person put together are joined first and the model has what is left.
    """

    def begun() -> _Clusters:
        chance = np.where(links.always, 0.0, links.chance)  # what a person said is no measure of the model's own joins
        cluster = _Clusters(links.left.tolist(), links.right.tolist(), chance.tolist(), largest)
        cluster.keep_apart(zip(links.left[links.never].tolist(), links.right[links.never].tolist(), strict=True))
        return cluster

    together = list(zip(links.left[links.always].tolist(), links.right[links.always].tolist(), strict=True))
    cluster = begun()
    held = cluster.join(threshold)
    if together and not cluster.put_together(together):
        cluster = begun()
        cluster.put_together(together)
    return cluster, held + cluster.join(threshold) if together else held


class _Clusters:
    """Average linkage inside one component."""

    def __init__(self, left: Sequence[int], right: Sequence[int], chance: Sequence[float], largest: int) -> None:
        self.members: dict[int, list[int]] = {row: [row] for row in {*left, *right}}
        self.strength: dict[int, float] = dict.fromkeys(self.members, 1.0)
        self.largest = largest
        self.sums: dict[int, dict[int, float]] = {row: {} for row in self.members}
        self.best: dict[int, dict[int, float]] = {row: {} for row in self.members}
        self.apart: dict[int, set[int]] = {row: set() for row in self.members}
        for a, b, p in zip(left, right, chance, strict=True):
            self.sums[a][b] = self.sums[b][a] = p
            self.best[a][b] = self.best[b][a] = p

    def keep_apart(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Never join the two rows of any of `pairs`."""
        for a, b in pairs:
            self.apart[a].add(b)
            self.apart[b].add(a)

    def put_together(self, pairs: Sequence[tuple[int, int]]) -> bool:
        """Join the groups of the rows of each pair whatever the average says; false when a decision kept some apart."""
        holder = {row: group for group, members in self.members.items() for row in members}
        whole = True
        for one, other in pairs:
            a, b = sorted((holder[one], holder[other]))
            if b in self.apart[a]:
                whole = False
            elif a != b:
                holder |= dict.fromkeys(self.members[b], a)
                self._merge(a, b, strength=1.0)
        return whole

    def join(self, threshold: float) -> int:
        """Join the two nearest groups until none is near enough; say how many joins were held for their size."""
        held = 0
        heap = [
            (-near, a, b, len(self.members[a]), len(self.members[b]))
            for a, others in self.sums.items()
            for b, p in others.items()
            if a < b and (near := p / (len(self.members[a]) * len(self.members[b]))) >= threshold
        ]
        heapq.heapify(heap)
        while heap:
            _, a, b, size_a, size_b = heapq.heappop(heap)
            if len(self.members.get(a, ())) != size_a or len(self.members.get(b, ())) != size_b or b in self.apart[a]:
                continue
            if size_a + size_b > self.largest:
                held += 1
                continue
            for other, near in self._merge(a, b, strength=self.best[a][b]):
                if near >= threshold:
                    low, high = min(a, other), max(a, other)
                    heapq.heappush(heap, (-near, low, high, len(self.members[low]), len(self.members[high])))
        return held

    def _merge(self, a: int, b: int, *, strength: float) -> Iterable[tuple[int, float]]:
        """Put group `b` into `a`; yield the groups next to it and their average chance with it."""
        for row in (*self.members[a], *self.members[b]):
            self.strength[row] = min(self.strength[row], strength)
        self.members[a] += self.members.pop(b)
        sums, best = self.sums.pop(b), self.best.pop(b)
        for other, p in sums.items():
            del self.sums[other][b]
            top = best[other]
            del self.best[other][b]
            if other != a:
                self.sums[a][other] = self.sums[other][a] = self.sums[a].get(other, 0.0) + p
                self.best[a][other] = self.best[other][a] = max(self.best[a].get(other, 0.0), top)
        for other in self.apart.pop(b):
            self.apart[other].discard(b)
            self.apart[other].add(a)
            self.apart[a].add(other)
        return [
            (other, p / (len(self.members[a]) * len(self.members[other]))) for other, p in sorted(self.sums[a].items())
        ]

    def groups(self) -> Iterable[tuple[list[int], list[float]]]:
        """Each group's rows and the strength of the weakest join that holds each."""
        for members in self.members.values():
            yield members, [self.strength[row] for row in members]
