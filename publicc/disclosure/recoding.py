"""Global recoding: small values are told together before anything is withheld.

A value that may not be shown alone joins its neighbour, in an order fixed by the catalogue, until what is told
together may be shown. Two dimensions are crossed at the finest level where that holds. Nothing is decided on a count:
only on which cells the primary rules allow, as suppression is.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from publicc.disclosure.elimination import publishable
from publicc.disclosure.policy import PersonRules
from publicc.disclosure.rules import PersonUnits, safe_person_cells
from publicc.disclosure.tables import TOGETHER, CellKey, Dimension, Flags, Ints, Table, with_cells

Groups: TypeAlias = tuple[tuple[str, ...], ...]
"""Values told together, in the order of the catalogue's families; every value is in one of them."""
Cut: TypeAlias = tuple[str, ...]
ENOUGH: Final = 0.9
"""Share of persons in cells that may be shown beside both margins, from which a cross is told at a level."""


@dataclass(frozen=True, slots=True)
class Recoded:
    """A table with the cells of values told together; `offered`: those that may be published.

    `cuts`: dimensions cut by → the values of each, as they are told; a cut that holds at no level is not there.
    """

    table: Table
    offered: Flags
    cuts: dict[Cut, tuple[tuple[str, ...], ...]]


def recoded(table: Table, units: PersonUnits, rules: PersonRules, cuts: Sequence[Cut]) -> Recoded:
    """The table as it is offered by each of `cuts` (sets of one or two dimensions; the empty one is everybody)."""
    places = {one.name: one for one in table.dimensions}
    crowd = _Crowd(table, units, rules)
    alone = {name: _joined(one, crowd) for name, one in places.items()}
    found: dict[Cut, tuple[Groups, ...]] = {}
    for cut in filter(None, cuts):
        groups = (alone[cut[0]],) if len(cut) == 1 else _crossed([(places[one], alone[one]) for one in cut], crowd)
        if all(len(one) > 1 for one in groups):
            found[cut] = groups
    told = {cut: tuple(tuple(_told(one) for one in groups) for groups in by) for cut, by in found.items()}
    whole = at_cuts(table, told)
    keys = set(_keys(told))
    return Recoded(whole, np.array([key == () or key in keys for key in whole.cells]), told)


def at_cuts(table: Table, cuts: dict[Cut, tuple[tuple[str, ...], ...]]) -> Table:
    """The table with the cells of these cuts, as a certificate tells them."""
    return with_cells(table, sorted(set(_keys(cuts)) - set(table.cells)))


def _keys(cuts: dict[Cut, tuple[tuple[str, ...], ...]]) -> Iterator[CellKey]:
    for names, values in cuts.items():
        yield from (tuple(zip(names, key, strict=True)) for key in itertools.product(*values))


def _told(values: tuple[str, ...]) -> str:
    return TOGETHER.join(values)


class _Crowd:
    """Which groups of values may be shown alone, whoever looks."""

    def __init__(self, table: Table, units: PersonUnits, rules: PersonRules) -> None:
        self.table, self.units, self.rules = table, units, rules
        self.by_pair = units.by_pair.astype(float)

    def places(self, dimension: Dimension, groups: Groups) -> Ints:
        """Group × unit: 1 where the unit's value is in the group."""
        values = [dict(unit)[dimension.name] for unit in self.table.units]
        return np.array([[value in group for value in values] for group in groups], dtype=np.int64)

    def gathered(self, classes: Ints) -> PersonUnits:
        """The same persons over fewer units. `classes[c, e]`: 1 where unit e lies in class c."""
        turned = classes.T.astype(float)
        by_pair = (self.by_pair.reshape(-1, len(turned)) @ turned).reshape(*self.by_pair.shape[:2], len(classes))
        return PersonUnits(
            classes @ self.units.persons, self.units.by_org @ classes.T, np.rint(by_pair).astype(np.int64)
        )

    def allows(self, matrix: Ints, units: PersonUnits) -> Flags:
        """Of each cell, by the primary rules."""
        return safe_person_cells(matrix, units, self.rules)


def _joined(dimension: Dimension, crowd: _Crowd) -> Groups:
    """The values of a dimension: each that may not be shown alone joins a neighbour of its family, then the next."""
    families = dimension.families or (dimension.values,)
    order = [value for family in families for value in family]
    spans = _spans(len(order))
    units = crowd.gathered(crowd.places(dimension, tuple((value,) for value in order)))
    allowed = dict(zip(spans, crowd.allows(_rows(spans, len(order)), units).tolist(), strict=True))
    ends = list(itertools.accumulate(len(family) for family in families))
    inside = [
        _merged([(at, at + 1) for at in range(end - len(family), end)], allowed)
        for family, end in zip(families, ends, strict=True)
    ]
    whole = _merged(list(itertools.chain(*inside)), allowed)
    return tuple(tuple(order[first:last]) for first, last in whole)


def _merged(spans: list[tuple[int, int]], allowed: dict[tuple[int, int], bool]) -> list[tuple[int, int]]:
    """Neighbours joined, from the last, until each may be shown or one is left."""
    held = list(spans)
    while len(held) > 1 and (short := [at for at, span in enumerate(held) if not allowed[span]]):
        at = max(short[-1], 1)
        held[at - 1 : at + 1] = [(held[at - 1][0], held[at][1])]
    return held


def _crossed(by: Sequence[tuple[Dimension, Groups]], crowd: _Crowd) -> tuple[Groups, ...]:
    """Two dimensions together, at the first of three levels at which nearly everybody is in a cell that may be shown.

    By the values of each alone; by families; then by neighbouring families, with most cells among the levels where all
    of them may be shown. A single group of either says that they are not crossed.
    """
    (one, ones), (other, others) = by
    if _nearly_everybody(crowd, by):
        return ones, others
    atoms = _whole_families(one, ones), _whole_families(other, others)
    if _nearly_everybody(crowd, ((one, atoms[0]), (other, atoms[1]))):
        return atoms
    units = crowd.gathered(_grid(crowd.places(one, atoms[0]), crowd.places(other, atoms[1])))
    spans = [_spans(len(groups)) for groups in atoms]
    rows = [_rows(told, len(groups)) for groups, told in zip(atoms, spans, strict=True)]
    holds = crowd.allows(np.kron(*rows), units).reshape(len(spans[0]), len(spans[1]))
    cuts = max(
        _levels(spans, holds), key=lambda level: (len(level[0]) * len(level[1]), len(level[0])), default=((), ())
    )
    return tuple(
        tuple(tuple(itertools.chain(*groups[first:last])) for first, last in cut)
        for groups, cut in zip(atoms, cuts, strict=True)
    )


def _nearly_everybody(crowd: _Crowd, by: Sequence[tuple[Dimension, Groups]]) -> bool:
    """Whether, beside both margins, the cells of a cross that give no other away hold enough of the persons."""
    places = [crowd.places(*one) for one in by]
    units = crowd.gathered(_grid(*places))
    sizes = [len(groups) for _, groups in by]
    cells = np.eye(len(units.persons), dtype=np.int64)
    margins = [np.kron(np.eye(sizes[0]), np.ones(sizes[1])), np.kron(np.ones(sizes[0]), np.eye(sizes[1]))]
    matrix = np.vstack([*margins, cells]).astype(np.int64)
    allowed = crowd.allows(matrix, units)
    if units.persons[allowed[-len(cells) :]].sum() < ENOUGH * units.persons.sum():
        return False
    out = publishable(matrix, matrix[~allowed], range(len(matrix)), allowed)
    told = [at - sum(sizes) for at in out if at >= sum(sizes)]
    return bool(units.persons[told].sum() >= ENOUGH * units.persons.sum())


def _rows(spans: Sequence[tuple[int, int]], n: int) -> Ints:
    return np.array([[first <= at < last for at in range(n)] for first, last in spans], dtype=np.int64)


def _levels(spans: Sequence[list[tuple[int, int]]], holds: Flags) -> Iterator[tuple[tuple[tuple[int, int], ...], ...]]:
    """Every pair of ways to cut the two orders, two parts of each at least, of which every cell holds."""
    place = [{span: at for at, span in enumerate(told)} for told in spans]
    ways = [[way for way in _ways(max(last for _, last in told)) if len(way) > 1] for told in spans]
    rows = [[[at[span] for span in way] for way in told] for at, told in zip(place, ways, strict=True)]
    for first, across in zip(ways[0], rows[0], strict=True):
        held: Flags = np.asarray(holds[across].all(axis=0))
        yield from ((first, second) for second, down in zip(ways[1], rows[1], strict=True) if held[down].all())


def _spans(n: int) -> list[tuple[int, int]]:
    return [(first, last) for first in range(n) for last in range(first + 1, n + 1)]


def _ways(n: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """Every way to cut n things in a row into parts."""
    for size in range(n):
        for inner in itertools.combinations(range(1, n), size):
            yield tuple(itertools.pairwise((0, *inner, n)))


def _whole_families(dimension: Dimension, groups: Groups) -> Groups:
    """The groups, those that share a family brought together."""
    family = {value: at for at, values in enumerate(dimension.families or (dimension.values,)) for value in values}
    found: list[tuple[str, ...]] = []
    for group in groups:
        if found and family[found[-1][-1]] == family[group[0]]:
            found[-1] += group
        else:
            found.append(group)
    return tuple(found)


def _grid(ones: Ints, others: Ints) -> Ints:
    """Every class of the first within every class of the second, over the same units."""
    return (ones[:, None, :] * others[None, :, :]).reshape(-1, ones.shape[1])
