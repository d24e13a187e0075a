"""What a metric is: a contract that two people working apart can compute from the same rows.

Source: docs/metrics/conventions.en.md.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeAlias

from publicc.kernel.cells import Cell
from publicc.kernel.formats import Unit
from publicc.kernel.period import Period
from publicc.kernel.text import Text

UNKNOWN: Final = "UNKNOWN"
"""Value of a dimension on rows where it is not known."""


class Basis(StrEnum):
    """Which date must fall in the period."""

    ATTENDANCE = "attendance"
    """The performance's."""

    SALES = "sales"
    """The order's, up to the day of computation; performances to come are in."""


class Grain(StrEnum):
    """The rows an atom is computed on; it decides which dimensions mean something."""

    PERFORMANCE = "performance"
    """One row a performance, with what was sold for it."""

    TICKET = "ticket"
    """One row a ticket of a played performance (PF)."""

    SALE = "sale"
    """One row a ticket of any performance kept, played or to come."""

    BUYER = "buyer"
    """One row a buyer who visited (B)."""


class IntervalRule(StrEnum):
    """Which 95 % interval goes with the value."""

    NONE = "none"
    WILSON = "wilson"
    """Share of `n` units."""


@dataclass(frozen=True, slots=True)
class Atom:
    """One aggregate, as a fragment of SQL over the columns of its grain (`metrics.rowsets`)."""

    name: str
    grain: Grain
    sql: str


class Atoms:
    """The atoms computed for one group. A count that no row fed is 0; a quantile that no row fed is None."""

    __slots__ = ("values",)

    def __init__(self, values: Mapping[str, Any] | None = None) -> None:
        self.values = dict(values or {})

    @classmethod
    def merged(cls, several: Iterable["Atoms"]) -> "Atoms":
        """Atoms of several grains for the same group."""
        return cls({name: value for one in several for name, value in one.values.items()})

    @classmethod
    def added(cls, several: Iterable["Atoms"], counts: Iterable[Atom]) -> "Atoms":
        """The sums of those counts over several groups."""
        groups = list(several)
        return cls({atom.name: sum(one.count(atom) for one in groups) for atom in counts})

    def count(self, atom: Atom) -> int:
        """A count or a sum of whole numbers."""
        return int(self.values.get(atom.name) or 0)

    def get(self, atom: Atom) -> Any:  # noqa: ANN401
        """A quantile, a date, or None when there was nothing to compute it from."""
        return self.values.get(atom.name)


Key: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """What a formula may know besides the atoms of its group."""

    period: Period
    as_of: date
    history_from: date | None = None
    """Earliest played performance with a paid ticket, of all that is loaded."""
    history_to: date | None = None
    """Latest one: what comes after was never told, which is not the same as nobody coming."""
    households: Mapping[str, int] | None = None
    """Census households by FSA; None when no such table was given."""
    axis: Key = ()
    """The axis that categories are read along."""
    territories: frozenset[str] | None = None
    """The only home territories asked for; None for all."""
    own: bool = True
    """True for one organization's rows, False for the pool's."""


Compute: TypeAlias = Callable[[Atoms, Context], Cell]
Spread: TypeAlias = Callable[[Mapping[Key, Atoms], Context], dict[Key, Cell]]
Fold: TypeAlias = Callable[[Mapping[Key, Atoms], Context], Cell]


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value a group, from the atoms of that group alone."""

    atoms: tuple[Atom, ...]
    compute: Compute


@dataclass(frozen=True, slots=True)
class Along:
    """One value a category of the axis, from the atoms of all categories of the group: shares, tiers, penetration."""

    axis: tuple[str, ...]
    atoms: tuple[Atom, ...]
    spread: Spread
    other_axes: tuple[tuple[str, ...], ...] = ()
    """Axes that may be asked for instead, such as another level of territory."""


@dataclass(frozen=True, slots=True)
class Folded:
    """One value a group, from the atoms of a finer cut that stays hidden: concentration, Gini, areas for half."""

    axis: tuple[str, ...]
    atoms: tuple[Atom, ...]
    fold: Fold


@dataclass(frozen=True, slots=True)
class Indexed:
    """100 × the value of the group ÷ the same value over a reference period, by default the last closed season."""

    atoms: tuple[Atom, ...]
    compute: Compute


@dataclass(frozen=True, slots=True)
class Solved:
    """A figure with a statement of its own: matrices, curves, tables. `solve(facts, cut)` gives its cells."""

    solve: Callable[[Any, Any], dict[Key, Cell]]
    axis: tuple[str, ...] = ()

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """None: it asks its own question."""
        return ()


Recipe: TypeAlias = Scalar | Along | Folded | Indexed | Solved


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One figure: what it is called, what it counts, and how it is computed."""

    id: str
    label: Text
    unit: Unit
    formula: Text
    counts_in: Text
    counts_out: Text
    recipe: Recipe
    source: str
    base: Text
    grain: Grain
    version: int = 1
    basis: Basis = Basis.ATTENDANCE
    needs: tuple[str, ...] = ()
    """Fields that the source must have supplied."""
    decimals: int | None = None
    """Digits shown after the mark on own screens, when not those usual for the unit."""
    window_months: int | None = None
    """The figure looks back this many months from the period's last day, whatever its first."""
    interval: IntervalRule = IntervalRule.NONE
    needs_history: bool = False
    needs_households: bool = False
    cuts: frozenset[str] | None = None
    """The only dimensions that mean something, when the grain allows more than that."""
    examples: tuple[str, ...] = ()
    """Worked examples that compute it (`metrics.examples`)."""

    @property
    def axis(self) -> tuple[str, ...]:
        """Dimensions that the answer always has, beside those asked for."""
        return self.axis_in(())

    def axis_in(self, by: tuple[str, ...]) -> tuple[str, ...]:
        """The axis when the question is cut by `by`: another one that the metric accepts if it is all there."""
        match self.recipe:
            case Along(axis=axis, other_axes=others):
                return next((one for one in others if set(one) <= set(by)), axis)
            case Solved(axis=axis):
                return axis
            case _:
                return ()
