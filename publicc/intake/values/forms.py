"""What a column of text can hold, and the forms in which people and systems write it. Frozen and pure."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What nearly all cells of a column are. One header word never decides it."""

    EMPTY = "empty"
    TEXT = "text"
    IDENTIFIER = "identifier"
    INTEGER = "integer"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    BOOLEAN = "boolean"
    EMAIL = "email"
    PHONE = "phone"
    POSTAL_CODE = "postal_code"


class DayOrder(StrEnum):
    """Which of the numbers of `04/06/15` is the day."""

    DMY = "DMY"
    MDY = "MDY"
    YMD = "YMD"


class Settled(StrEnum):
    """What settled the order of day and month."""

    BY_FORM = "by_form"
    """Nothing to settle: the year comes first, or the month has a name."""
    BY_COLUMN = "by_column"
    """A part above 12 in the column itself."""
    BY_FILE = "by_file"
    """A part above 12 in another date column of the same file."""
    BY_SALE_ORDER = "by_sale_order"
    """Sales come before performances in one reading and not in the other."""
    BY_PERSON = "by_person"
    """Somebody answered the question, now or at an earlier deposit."""
    AMBIGUOUS = "ambiguous"
    """Nothing settles it: a person has to say. `day_order` is None."""


class Clock(StrEnum):
    """Which clock the times were read on."""

    LOCAL = "local"
    OFFSET = "offset"
    """Each value carries its own offset (`-05:00`, `Z`)."""
    UTC = "utc"
    """UTC without any mark, recognised by its name and by its local twin."""


@dataclass(frozen=True, slots=True)
class DateForm:
    """How the dates, instants or times of a column are written.

    `templates` are strptime formats, in which `{a}` and `{b}` stand for day and month in the order to settle.
    """

    templates: tuple[str, ...]
    day_order: DayOrder | None = None
    settled: Settled = Settled.BY_FORM
    has_time: bool = False
    clock: Clock = Clock.LOCAL
    in_words: bool = False
    """French month names, `20 h`, days of the week: cells are put in plain form first."""
    count_of: str | None = None
    """`seconds`, `milliseconds` (since 1970) or `days` (of a spreadsheet) when the cells are bare numbers."""

    @property
    def ambiguous(self) -> bool:
        """Whether a person has to say which number is the day."""
        return self.settled is Settled.AMBIGUOUS

    @property
    def formats(self) -> tuple[str, ...]:
        """The strptime formats with day and month in their places; none while the order is ambiguous."""
        if self.day_order is None and any("{a}" in template for template in self.templates):
            return ()
        a, b = ("%m", "%d") if self.day_order is DayOrder.MDY else ("%d", "%m")
        return tuple(template.replace("{a}", a).replace("{b}", b) for template in self.templates)


@dataclass(frozen=True, slots=True)
class MoneyForm:
    """How the amounts of a column are written."""

    decimal: str = "."
    """`.` or `,`, or `either` when each cell shows by itself which one it uses."""
    currency: str | None = None
    """Symbol or code seen beside the numbers."""
    ambiguous: bool = False
    """`1,234` everywhere: a thousand, or a number with three decimals."""
    minor_units_suspected: bool = False
    """Whole numbers that look like cents."""


@dataclass(frozen=True, slots=True)
class BooleanForm:
    """The words for yes and no in a column, lower case. An empty cell is no when `empty_is_no`."""

    yes: tuple[str, ...]
    no: tuple[str, ...]
    empty_is_no: bool = False


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """What the cells of one column show. Counts are of all rows; `shares` of a sample."""

    column: str
    """`c1`…"""
    header: str
    kind: Kind
    rows: int
    filled: int
    distinct: int
    """Exact up to 100 000 and for columns where most cells differ, else approximate (± 15 %)."""
    unique: bool
    """Every filled cell differs from all others."""
    samples: tuple[str, ...] = field(default=(), repr=False)
    """Five frequent values, for those who deposited the file; never for logs."""
    shares: dict[Kind, float] = field(default_factory=dict, repr=False)
    """Share of filled cells, in a sample, that have the shape of each kind: several can be high."""
    date: DateForm | None = None
    money: MoneyForm | None = None
    """How to read the numbers, for every column of numbers, whatever its kind."""
    boolean: BooleanForm | None = None
    time_column: str | None = None
    """For a date with void or no time: the column that holds the time."""
    unreadable: int = 0
    """Filled cells that the form of the column cannot read."""
    least: dt.datetime | dt.time | Decimal | int | None = field(default=None, repr=False)
    most: dt.datetime | dt.time | Decimal | int | None = field(default=None, repr=False)
    total: Decimal | None = field(default=None, repr=False)
    longest: int = 0
    leading_zeros: bool = False
    guarded: int = 0
    """Cells behind a spreadsheet guard (`'+1418…`)."""
    mojibake: int = 0
    """Cells whose accents were spoilt before they reached us (`Ã©`)."""
    outer_spaces: int = 0
    html: bool = False
    as_is: bool = False
    """No cell of any row has anything to trim, compose or take off: the raw cell is its text."""

    @property
    def fill_rate(self) -> float:
        """Share of the rows where the column says something."""
        return self.filled / self.rows if self.rows else 0.0


@dataclass(frozen=True, slots=True)
class TableProfile:
    """What the columns of one source table show."""

    relation: str
    place: str
    rows: int
    columns: tuple[ColumnProfile, ...]
    questions: tuple[str, ...] = ()
    """Columns whose order of day and month only a person can say."""

    def column(self, name: str) -> ColumnProfile:
        """The profile of `c3`. Raises KeyError for a column that is not there."""
        return {profile.column: profile for profile in self.columns}[name]
