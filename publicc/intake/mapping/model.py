"""What a mapping and a question are. Pure data: they go to a page, to a TOML file and back without loss."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from publicc.intake.grain import Grain
from publicc.intake.mapping.targets import Target
from publicc.kernel.text import Text

Words: TypeAlias = Dictionary[str, Dictionary[str, str]]
"""Labels of a source → our codes, one table a list: `ticket_status`, `price_category`, `channel`, `product_kind`, …"""


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """One column and its meaning. `column` is the name of the column in the relation read (`c1`…); None = dropped."""

    column: str
    header: str
    target: Target | None
    samples: tuple[str, ...] = ()
    """A few cells, for the review screen of the person who deposits; never written in a memory, a report or a log."""


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How one table is understood. `signature` recognises the same headers next time, whatever the file's name."""

    file_name: str
    part: str
    signature: str
    kind: str
    """Known system whose layout it is (`pretix`, `template`, …); `generic` when mapped by headers and values."""
    grain: Grain
    columns: tuple[ColumnUse, ...]
    options: Dictionary[str, str] = field(default_factory=dict)
    """Choices of the layout: `taxes` (included, excluded, unknown), `amount` (ticket, line), `date_order`, `key`…"""

    @property
    def dropped(self) -> tuple[str, ...]:
        """Headers of the columns that have no meaning for us: named in the report, never kept."""
        return tuple(use.header for use in self.columns if use.target is None)

    def columns_of(self, target: Target) -> tuple[str, ...]:
        """The columns that carry a meaning, in the order of the file."""
        return tuple(use.column for use in self.columns if use.target is target)

    def has(self, *targets: Target) -> bool:
        """Whether every one of these meanings has a column."""
        return {use.target for use in self.columns}.issuperset(targets)


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a whole deposit is understood, and what was answered to earlier questions."""

    source: str
    tables: tuple[TableMapping, ...] = ()
    words: Words = field(default_factory=dict)
    answers: Dictionary[str, str] = field(default_factory=dict)
    """Question id → the choice made by a person."""


class QuestionKind(StrEnum):
    """What a person may be asked."""

    WHICH_TABLE = "which_table"
    WHICH_COLUMN = "which_column"
    DAY_OR_MONTH = "day_or_month"
    WORD = "word"
    TAXES = "taxes"
    AMOUNT = "amount"
    SAME_SOURCE = "same_source"
    PERIOD = "period"
    TEST_EVENT = "test_event"
    COLUMN_CHANGED = "column_changed"


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class Question:
    """Something only a person can settle. Until then `default` is taken, and the report says so.

    `id` is stable from one deposit to the next: `Mapping.answers[id] = choice.code` settles it for good.
    `label` is the word asked about, of the depositor's own file: for the depositor's eyes only.
    """

    id: str
    kind: QuestionKind
    text: Text
    file_name: str
    choices: tuple[Choice, ...]
    default: str
    column: str = ""
    label: str = ""
    rows: int = 0
