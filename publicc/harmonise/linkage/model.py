"""What a linkage model is, as data: which keys bring two records together, which levels compare them.

Pure: no DuckDB here. A model for other columns (a benchmark's, a museum's) is another value of these types.
SQL conditions speak of the two records as `l` and `r`; keys speak of one record.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from publicc.kernel.text import Text


class Relation(StrEnum):
    """What two records may be to each other. Only the first one links."""

    SAME_PERSON = "same person"
    SAME_HOUSEHOLD = "same household"
    STRANGERS = "strangers"


@dataclass(frozen=True, slots=True)
class Level:
    """One degree of agreement. `rarity` names the frequency column that makes agreement on a rare value weigh more."""

    name: str
    condition: str
    rarity: str | None = None
    expected: Mapping[Relation, float] = field(default_factory=dict)
    """First guess of how often this level is seen when both values are present; learned from the data afterwards."""
    resembles: int = 0
    """For a field that names the person: 2 the same name, 1 one that could make the same e-mail address, 0 another."""
    chance: float = 0.0
    """First guess of how often two strangers reach this level: what a table too small to measure it goes by."""
    sought: bool = False
    """Some key brings together every pair that reaches this level, so that strangers who reach it can be counted."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How one field, or several taken jointly, are compared. The first level that holds is the one taken."""

    name: str
    absent: str
    """True when one side says nothing: neither for nor against."""
    levels: tuple[Level, ...]
    identifies: bool = True
    """It speaks of one person, not of a family or a place. Records that agree on no such field are never one person."""
    suffices: bool = False
    """Agreement on it alone may be enough; otherwise two fields at least must agree."""
    differs_at_home: bool = False
    """Two persons of one household agree on it no more often than two strangers: the first name."""
    names_the_person: bool = False
    """Strangers are told apart by how far such fields resemble, for the sake of fields that are made of the name."""
    made_of_the_name: bool = False
    """Strangers agree on it the more, the more their names resemble: the e-mail address."""


@dataclass(frozen=True, slots=True)
class Key:
    """Two records are compared when this key, not null, is the same for both."""

    label: Text
    columns: tuple[str, ...]
    """SQL expressions that make the key together; one of them NULL and there is no key."""
    cap: int = 40
    """A value held by more records than this brings no pairs by itself: its yield is too poor."""
    unnest: str | None = None
    """A list column of which each element makes a key; `columns` then speak of it as `element`."""


@dataclass(frozen=True, slots=True)
class Frequency:
    """How common each value of `value` is among distinct `holder`s: column `name` holds its rarity in bits."""

    name: str
    value: str
    holder: str


@dataclass(frozen=True, slots=True)
class Model:
    """A whole linkage model."""

    comparisons: tuple[Comparison, ...]
    keys: tuple[Key, ...]
    frequencies: tuple[Frequency, ...]
    households: bool = True
    """Whether the table may hold several persons of one household."""


RARITY_STEPS = 22
"""Rarity runs from 0 to 21 bits: a value held by one person in two million is as rare as it gets."""
