"""The few shapes that formulas take. Each says what it answers when its base is empty: `NO_DATA` or `NO_BASE`, never 0.

Ratios are sums divided by sums, never means of ratios; nothing is rounded.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from publicc.kernel.cells import Cell, Shown, Unknown, UnknownReason
from publicc.metrics.definition import UNKNOWN, Along, Atom, Atoms, Context, Key, Scalar


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the source: `rows` should have had it, `filled` had it."""

    name: str
    rows: Atom
    filled: Atom

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """What is needed to tell a field never supplied from an empty base."""
        return (self.rows, self.filled)

    def missing(self, atoms: Atoms) -> bool:
        """Whether rows exist and none was supplied with the field."""
        return atoms.count(self.rows) > 0 and atoms.count(self.filled) == 0


def no_base(missing: str | None = None) -> Unknown:
    """The denominator is empty, or the history too short."""
    return Unknown(UnknownReason.NO_BASE, missing)


def no_data(missing: str) -> Unknown:
    """The source never supplied the field."""
    return Unknown(UnknownReason.NO_DATA, missing)


def empty(atoms: Atoms, field: Field | None) -> Unknown:
    """Why there is no value: the field was never supplied, or there is nothing to compute on."""
    return no_data(field.name) if field is not None and field.missing(atoms) else no_base()


def dollars(cents: int | float | Decimal) -> Decimal:
    """Cents as dollars, exactly."""
    return Decimal(str(cents)) / 100


def counted(what: Atom, field: Field | None = None) -> Scalar:
    """A count, its own base. Zero is a value; a field never supplied is `NO_DATA`."""

    def compute(atoms: Atoms, _: Context) -> Cell:
        if field is not None and field.missing(atoms):
            return no_data(field.name)
        return Shown(atoms.count(what), n=atoms.count(what))

    return Scalar((what, *(field.atoms if field else ())), compute)


def summed(what: Atom, base: Atom, field: Field | None = None) -> Scalar:
    """A sum of whole units over `base` rows."""

    def compute(atoms: Atoms, _: Context) -> Cell:
        if field is not None and field.missing(atoms):
            return no_data(field.name)
        return Shown(atoms.count(what), n=atoms.count(base))

    return Scalar((what, base, *(field.atoms if field else ())), compute)


def money(cents: Atom, base: Atom, field: Field) -> Scalar:
    """A sum of cents, said in dollars, over `base` rows."""

    def compute(atoms: Atoms, _: Context) -> Cell:
        if field.missing(atoms):
            return no_data(field.name)
        return Shown(dollars(atoms.count(cents)), n=atoms.count(base))

    return Scalar((cents, base, *field.atoms), compute)


def ratio(part: Atom, whole: Atom, *, n: Atom | None = None, field: Field | None = None) -> Scalar:
    """`part ÷ whole`; `n` is the base when it is not the denominator."""
    base = n or whole

    def compute(atoms: Atoms, _: Context) -> Cell:
        denominator = atoms.count(whole)
        if denominator == 0:
            return empty(atoms, field)
        return Shown(atoms.count(part) / denominator, n=atoms.count(base))

    return Scalar((part, whole, base, *(field.atoms if field else ())), compute)


def complement(part: Atom, whole: Atom, *, field: Field | None = None) -> Scalar:
    """`1 − part ÷ whole`, computed as `(whole − part) ÷ whole`."""

    def compute(atoms: Atoms, _: Context) -> Cell:
        denominator = atoms.count(whole)
        if denominator == 0:
            return empty(atoms, field)
        return Shown((denominator - atoms.count(part)) / denominator, n=denominator)

    return Scalar((part, whole, *(field.atoms if field else ())), compute)


def money_each(cents: Atom, whole: Atom, *, n: Atom | None = None, field: Field | None = None) -> Scalar:
    """Dollars for each unit of `whole`."""
    base = n or whole

    def compute(atoms: Atoms, _: Context) -> Cell:
        denominator = atoms.count(whole)
        if denominator == 0:
            return empty(atoms, field)
        return Shown(dollars(atoms.count(cents)) / denominator, n=atoms.count(base))

    return Scalar((cents, whole, base, *(field.atoms if field else ())), compute)


def quantile(
    what: Atom, base: Atom, field: Field | None = None, said: Callable[[float], float | Decimal] = float
) -> Scalar:
    """A quantile of `base` entries; `said` turns the engine's unit into ours (cents into dollars)."""

    def compute(atoms: Atoms, _: Context) -> Cell:
        value = atoms.get(what)
        return empty(atoms, field) if value is None else Shown(said(value), n=atoms.count(base))

    return Scalar((what, base, *(field.atoms if field else ())), compute)


def share_along(
    axis: tuple[str, ...],
    part: Atom,
    *,
    missing: str | Field | None = None,
    categories: tuple[Key, ...] = (),
    unknown_counts: bool = False,
) -> Along:
    """Each category's `part` ÷ the sum over all categories of the axis, which is the base.

    `categories` are always there, empty ones as 0. Rows whose category is unknown are in no sum, unless
    `unknown_counts` makes them a line of their own. When no category is known, the field `missing` was never supplied.
    """

    def unfed(rows: Mapping[Key, Atoms]) -> bool:
        if isinstance(missing, Field):
            return missing.missing(Atoms.added(rows.values(), missing.atoms))
        return missing is not None and any(atoms.count(part) for atoms in rows.values())

    def spread(rows: Mapping[Key, Atoms], _: Context) -> dict[Key, Cell]:
        fed = {key: atoms.count(part) for key, atoms in rows.items() if atoms.count(part)}
        known = {key: n for key, n in fed.items() if UNKNOWN not in key}
        if not known:
            name = missing.name if isinstance(missing, Field) else missing
            why = no_data(name) if name and unfed(rows) else no_base()
            return dict.fromkeys(categories or ((UNKNOWN,) * len(axis),), why)
        counted = fed if unknown_counts else known
        total = sum(counted.values())
        return {key: Shown(counted.get(key, 0) / total, n=total) for key in dict.fromkeys((*categories, *counted))}

    return Along(axis, (part, *(missing.atoms if isinstance(missing, Field) else ())), spread)
