"""What a screen is made of, as data: tiles, charts, tables, and the sentence that answers. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from publicc.kernel.cells import Cell
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text

Value: TypeAlias = str | Text | date | Cell
"""What a table's cell may hold: words, a day, or a figure with its state. Never a bare number, never None."""

Spec: TypeAlias = dict[str, Any]
"""A Vega-Lite specification with its data inside."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. `unit` is None for words; `bar` asks for a bar behind the figure."""

    id: str
    label: Text
    unit: Unit | None = None
    decimals: int | None = None
    bar: bool = False


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table as it is read, downloaded and drawn. `total` is a last row set apart.

    `leads`: for each row, the address of the page about what its first place names, from the page where the table
    stands; empty when there is none.
    """

    id: str
    title: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] | None = None
    note: Text | None = None
    leads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure with its label, its definition's id and, when there is one, the same figure a season earlier."""

    metric: str
    label: Text
    cell: Cell
    unit: Unit
    decimals: int | None = None
    before: Cell | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened, drawn on a curve at `at` of its horizontal axis. Numbered; its words stand below."""

    number: int
    at: float
    words: Text
    until: float | None = None
    """The other end, when the day is not at one place of the axis: days before each of several performances."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its title (the finding), its subtitle (measure, unit, period, n), its words and its table twin.

    `kind` names the drawing in `charts`; it reads the twin and nothing else, so picture and table cannot differ.
    """

    id: str
    kind: str
    title: Text
    subtitle: Text
    summary: Text
    table: DataTable
    metrics: tuple[str, ...]
    note: Text | None = None
    """What must be read with the picture: an attribution, a caution."""
    marks: tuple[Mark, ...] = ()
    """Notes of the organization, on curves."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader must know before the figures: partial coverage, short history, stale data, no data."""

    level: str
    """`info`, `warning` or `missing`."""

    words: Text
    link: str | None = None
    link_words: Text | None = None
    query: str = ""
    """What the page that is led to is asked, as the query of its address."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something to try, drawn from the figures of the page. `screen`: where to look first, under the same filters."""

    words: Text
    screen: str = ""


@dataclass(frozen=True, slots=True)
class Chooser:
    """What the page is about, chosen in a list: `name` in the address, the values with their words, the one in use."""

    name: str
    label: Text
    options: tuple[tuple[str, Text], ...]
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """A whole page: who decides what, the answer, the notices, the proof, and what it was computed from."""

    id: str
    title: Text
    purpose: Text
    answer: Text
    notices: tuple[Notice, ...] = ()
    tiles: tuple[Tile, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[DataTable, ...] = ()
    metrics: tuple[str, ...] = ()
    is_empty: bool = False
    """Nothing answers the filters in use: the page says so and offers to remove them."""
    steps: tuple[Step, ...] = ()
    """What to try, on a page that answers a question."""
    chooser: Chooser | None = None
    onward: tuple[Step, ...] = ()
    """What can be done from here, each with the page where it is done."""
    limits: tuple[Text, ...] = ()
    """What the page does not say."""
    beside: Text | None = None
    """The figure of the answer beside that of peers, with its certainty; or why theirs is not shown."""
    deeper: tuple[str, ...] = ()
    """Screens that go further, by id."""

    def table(self, table_id: str) -> DataTable | None:
        """The table of that id, whether it stands alone or is a chart's twin."""
        every = (*self.tables, *(chart.table for chart in self.charts))
        return next((table for table in every if table.id == table_id), None)

    def chart(self, chart_id: str) -> Chart | None:
        """The chart of that id."""
        return next((chart for chart in self.charts if chart.id == chart_id), None)
