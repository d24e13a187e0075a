"""What leaves is a type: a figure is shown, withheld or unknown, and never anything else.

Pages, charts, exports and the API take `Cell`s; `match` over them is exhaustive: no surface forgets the withheld case.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias, assert_never

Number: TypeAlias = int | float | Decimal

FRAGILE_BELOW = 30
"""F30: an own figure whose base is smaller is shown, marked fragile."""


class WithheldReason(StrEnum):
    """Why others may not see a figure. Says nothing of its size or cause (docs/explanation/disclosure.md)."""

    PERSONS = "persons"
    ORGANIZATIONS = "organizations"
    GROUP = "group"


class UnknownReason(StrEnum):
    """Why a figure cannot be computed."""

    NO_BASE = "no_base"
    """The denominator is empty, or the history too short."""

    NO_DATA = "no_data"
    """The source never supplied the field."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure that may be seen. `value` as computed (ratios 0–1, money in dollars); `n` is its base."""

    value: Number
    n: int | None = None
    provisional: bool = False
    """True when the history is shorter than the figure asks for (12–35 months where 36 are needed)."""
    estimated: bool = False
    """True when a field was not supplied and its documented substitute was used."""

    @property
    def fragile(self) -> bool:
        """Whether the base is under 30 (F30): still shown to its owner, with the mark and no trend arrow."""
        return self.n is not None and self.n < FRAGILE_BELOW


@dataclass(frozen=True, slots=True)
class Withheld:
    """A figure about others that the policy keeps back. `wider` names the nearest permitted wider cell."""

    reason: WithheldReason
    wider: str | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """A figure that cannot be computed from own rows. `missing` names the column or history that would allow it."""

    reason: UnknownReason
    missing: str | None = None


Cell: TypeAlias = Shown | Withheld | Unknown


def cell_as_json(cell: Cell) -> dict[str, object]:
    """The JSON form of docs/reference/query.md: never null, never a silent 0."""
    match cell:
        case Shown():
            return _shown_as_json(cell)
        case Withheld(reason=reason, wider=wider):
            held: dict[str, object] = {"state": "withheld", "reason": reason.value}
            if wider is not None:
                held["wider"] = wider
            return held
        case Unknown(reason=why, missing=missing):
            unknown: dict[str, object] = {"state": "unknown", "reason": why.value}
            if missing is not None:
                unknown["missing"] = missing
            return unknown
        case _:
            assert_never(cell)


def _shown_as_json(cell: Shown) -> dict[str, object]:
    number = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
    shown: dict[str, object] = {"state": "shown", "value": number}
    if cell.n is not None:
        shown["n"] = cell.n
    marks = {"provisional": cell.provisional, "estimated": cell.estimated}
    return shown | {name: True for name, marked in marks.items() if marked}
