"""What the hub answers, as types. A field that a newer hub adds is passed over, so that an older client still reads."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure with its state, `shown`, `withheld` or `unknown`: never a silent 0. `value` is there when shown."""

    state: str
    value: float | None = None
    n: int | None = None
    provisional: bool = False
    estimated: bool = False
    reason: str = ""
    missing: str = ""
    wider: str = ""

    def __float__(self) -> float:
        """The figure. Raises ValueError, with the reason, when it is not shown."""
        if self.value is None:
            raise ValueError(f"{self.state}: {self.reason or self.missing}")
        return self.value


@dataclass(frozen=True, slots=True)
class Organization:
    """An organization that the token opens."""

    slug: str
    name: str
    role: str
    time_zone: str
    disciplines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure and its definition, in the client's language."""

    id: str
    version: int
    label: str
    unit: str
    formula: str
    counts_in: str
    counts_out: str
    base: str
    dimensions: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Dimension:
    """What figures are cut and filtered by; `values` when the list is closed."""

    id: str
    label: str
    level: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedMetric:
    """A figure of an answer."""

    id: str
    version: int
    unit: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the value of each dimension, the cell of each figure."""

    dims: Mapping[str, str]
    cells: Mapping[str, Cell]

    def __getitem__(self, metric: str) -> Cell:
        """The cell of one figure."""
        return self.cells[metric]


@dataclass(frozen=True, slots=True)
class Answer:
    """Own figures, whole: what was asked, over which period and data, every row."""

    snapshot: str
    organization: str
    first_on: date
    last_on: date
    as_of: date
    by: tuple[str, ...]
    metrics: tuple[AskedMetric, ...]
    coverage: Mapping[str, Cell]
    rows: tuple[Row, ...]

    def records(self) -> list[dict[str, str | float | None]]:
        """A record a row, for a table: figures that are not shown are None, never 0."""
        return [{**row.dims, **{name: cell.value for name, cell in row.cells.items()}} for row in self.rows]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the common directory."""

    code: str
    kind: str
    name_fr: str
    name_en: str
    discipline: str
    municipality: str
    artsdata: str


@dataclass(frozen=True, slots=True)
class Deposit:
    """A deposit and where it is on its way."""

    id: UUID
    state: str
    brought_at: datetime
    finished_at: datetime | None
    file_names: tuple[str, ...]
    octets: int
    problem: str
    page: str


@dataclass(frozen=True, slots=True)
class Brought:
    """A deposit that begins; `left_out`: files that were not taken, and why."""

    deposit: Deposit
    left_out: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report that can be made."""

    id: str
    title: str
    purpose: str
    about_show: bool
    about_survey: bool
    forms: tuple[str, ...]


def read(shape: type[T], told: Mapping[str, Any]) -> T:
    """The shape, from JSON: lists as tuples, what it does not know left out."""
    known = {one.name for one in fields(shape)}  # type: ignore[arg-type]
    return shape(
        **{
            name: tuple(one) if isinstance(one, list) else one
            for name, one in told.items()
            if name in known and one is not None
        }
    )


def read_deposit(told: Mapping[str, Any]) -> Deposit:
    """A deposit, its moments and number as types."""
    ended = told.get("finished_at")
    return Deposit(
        id=UUID(told["id"]),
        state=told["state"],
        brought_at=datetime.fromisoformat(told["brought_at"]),
        finished_at=datetime.fromisoformat(ended) if ended else None,
        file_names=tuple(told["file_names"]),
        octets=told["octets"],
        problem=told["problem"],
        page=told["page"],
    )


def read_answer(told: Mapping[str, Any], rows: list[Mapping[str, Any]]) -> Answer:
    """An answer whose rows were gathered."""
    return Answer(
        snapshot=told["snapshot"],
        organization=told["scope"]["organization"],
        first_on=date.fromisoformat(told["period"]["from"]),
        last_on=date.fromisoformat(told["period"]["to"]),
        as_of=date.fromisoformat(told["as_of"]),
        by=tuple(told["by"]),
        metrics=tuple(read(AskedMetric, one) for one in told["metrics"]),
        coverage={name: read(Cell, one) for name, one in told["coverage"].items()},
        rows=tuple(_row(one) for one in rows),
    )


def _row(told: Mapping[str, Any]) -> Row:
    return Row(
        {name: one for name, one in told.items() if isinstance(one, str)},
        {name: read(Cell, one) for name, one in told.items() if isinstance(one, Mapping)},
    )
