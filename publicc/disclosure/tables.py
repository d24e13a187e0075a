"""Tables as linear systems: one row of zeros and ones over units for each cell, every margin included."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from publicc.disclosure.policy import ReleaseRefused
from publicc.kernel.text import Text

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]
CellKey: TypeAlias = tuple[tuple[str, str], ...]
"""The dimension values of a cell, in the table's order; a dimension left out is summed over."""
TOGETHER: Final = "|"
"""Between values that are told together, as one: `05|17|04`."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way of cutting, and every value it may take, fixed before the data are read."""

    name: str
    values: tuple[str, ...]
    families: tuple[tuple[str, ...], ...] = ()
    """Values that are alike, families that are next to one another: what may be told together first."""


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of every margin over units. `matrix[j, e]` is 1 when unit e lies in cell j."""

    dimensions: tuple[Dimension, ...]
    units: tuple[CellKey, ...]
    cells: tuple[CellKey, ...]
    matrix: Ints

    def order(self) -> list[int]:
        """Cells as they are offered for publication: widest first, then by key. Never by value."""
        return sorted(range(len(self.cells)), key=lambda at: (*_narrowness(self.cells[at]), self.cells[at]))


def partition_table(dimensions: Sequence[Dimension], offered: Sequence[Sequence[str]] | None = None) -> Table:
    """A table whose units are the finest cells: every person lies in exactly one of them.

    `offered`: the sets of dimensions by which it is cut, by name; every one of them when it is not given.
    """
    units = tuple(
        tuple(zip((d.name for d in dimensions), values, strict=True))
        for values in itertools.product(*(d.values for d in dimensions))
    )
    return _table(tuple(dimensions), units, offered)


def membership_table(dimensions: Sequence[Dimension], members: Mapping[str, Mapping[str, str]]) -> Table:
    """A table whose units are organizations, each with its public value of every dimension.

    Cells that hold nobody are left out: who is a member is public. Raises ReleaseRefused for a value outside the list.
    """
    units = tuple(tuple((d.name, _allowed(d, told[d.name])) for d in dimensions) for _, told in sorted(members.items()))
    whole = _table(tuple(dimensions), units)
    peopled: Flags = np.asarray(whole.matrix.any(axis=1))
    cells = tuple(cell for cell, held in zip(whole.cells, peopled.tolist(), strict=True) if held)
    return Table(whole.dimensions, units, cells, whole.matrix[peopled])


def with_cells(table: Table, keys: Sequence[CellKey]) -> Table:
    """The table with more cells, at its end: of values told together."""
    if not keys:
        return table
    units = [dict(unit) for unit in table.units]
    rows = [[all(unit[name] in value.split(TOGETHER) for name, value in key) for unit in units] for key in keys]
    return Table(
        table.dimensions, table.units, (*table.cells, *keys), np.vstack((table.matrix, np.array(rows, dtype=np.int64)))
    )


def _narrowness(key: CellKey) -> tuple[int, int]:
    """By how many dimensions a cell is cut; then, the fewer values it holds."""
    return len(key), -sum(value.count(TOGETHER) for _, value in key)


def merged(table: Table, owners: Sequence[str]) -> Table:
    """The same cells over fewer units: those of one owner become one, in every cell where one of them is.

    `owners`: of each unit. Units follow the order of their owners' names.
    """
    names = sorted(set(owners))
    columns = [[at for at, one in enumerate(owners) if one == name] for name in names]
    matrix = np.stack([table.matrix[:, held].max(axis=1) for held in columns], axis=1) if names else table.matrix
    return Table(table.dimensions, tuple(table.units[held[0]] for held in columns), table.cells, matrix)


def _allowed(dimension: Dimension, value: str) -> str:
    if value not in dimension.values:
        raise ReleaseRefused(
            Text(
                f"Une valeur de la dimension {dimension.name} n'est pas au catalogue.",
                f"A value of dimension {dimension.name} is not in the catalogue.",
            )
        )
    return value


def _table(
    dimensions: tuple[Dimension, ...], units: tuple[CellKey, ...], offered: Sequence[Sequence[str]] | None = None
) -> Table:
    every = (kept for size in range(len(dimensions) + 1) for kept in itertools.combinations(dimensions, size))
    wanted = None if offered is None else {frozenset(names) for names in offered}
    cells = tuple(
        tuple(zip((d.name for d in kept), values, strict=True))
        for kept in every
        if wanted is None or frozenset(d.name for d in kept) in wanted
        for values in itertools.product(*(d.values for d in kept))
    )
    columns = {
        (d.name, value): np.array([dict(unit)[d.name] == value for unit in units], dtype=np.int64)
        for d in dimensions
        for value in d.values
    }
    whole = np.ones(len(units), dtype=np.int64)
    rows = [np.prod([columns[place] for place in cell], axis=0) if cell else whole for cell in cells]
    return Table(dimensions, units, cells, np.array(rows, dtype=np.int64).reshape(len(cells), len(units)))
