"""What a report is made of before it is written, whatever its form. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from publicc.dashboards.page import Chart, DataTable, Notice, Tile, Value
from publicc.kernel.cells import Shown, Unknown, Withheld
from publicc.kernel.text import Text
from publicc.reports.prose import Paragraph


@dataclass(frozen=True, slots=True)
class Chapter:
    """One question of a report: its answer, then the proof. `table_rows`: rows of a table that a page shows at most."""

    id: str
    title: Text
    answer: Text
    notices: tuple[Notice, ...] = ()
    tiles: tuple[Tile, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[DataTable, ...] = ()
    prose: tuple[Paragraph, ...] = ()
    """Words of the organization, in its own language."""
    continues: bool = False
    """Whether it follows the one before under the same title, which is not said again."""

    @property
    def every_table(self) -> tuple[DataTable, ...]:
        """The tables of the chapter and those that its charts draw, once each."""
        twins = (chart.table for chart in self.charts)
        return tuple({table.id: table for table in (*self.tables, *twins)}.values())


@dataclass(frozen=True, slots=True)
class Gap:
    """A figure that some places of the report could not show: which, why, in how many places."""

    label: Text
    cell: Withheld | Unknown
    places: int


@dataclass(frozen=True, slots=True)
class Document:
    """A report: whose, of what, its chapters, and what makes each number traceable."""

    kind: str
    title: Text
    purpose: Text
    organization: str
    subtitle: Text
    """Period and filters, as one reads them."""
    chapters: tuple[Chapter, ...]
    definitions: tuple[tuple[Text, Text], ...]
    """Label of a figure → what counts, what does not, its formula and version."""
    stamp: tuple[tuple[Text, Text], ...]
    """Period, day of computation, last sale known, filters, version of the data."""
    snapshot: str
    made_on: str
    """Day of the data, ISO: a document made again from the same data is the same document."""
    one_page: bool = False
    flowing: bool = False
    """Whether chapters follow one another on the same page, as blocks that someone put side by side."""

    def gaps(self) -> tuple[Gap, ...]:
        """Every figure that is withheld or unknown somewhere, most places first."""
        counted: Counter[tuple[Text, Withheld | Unknown]] = Counter(self._unsaid())
        return tuple(Gap(label, cell, n) for (label, cell), n in counted.most_common())

    def _unsaid(self) -> Iterator[tuple[Text, Withheld | Unknown]]:
        for chapter in self.chapters:
            for tile in chapter.tiles:
                if not isinstance(tile.cell, Shown):
                    yield tile.label, tile.cell
            for table in chapter.every_table:
                yield from _unsaid_in(table)


def _unsaid_in(table: DataTable) -> Iterator[tuple[Text, Withheld | Unknown]]:
    for row in rows_of(table):
        for column, value in zip(table.columns, row, strict=True):
            if isinstance(value, Withheld | Unknown):
                yield column.label, value


def rows_of(table: DataTable) -> Iterator[tuple[Value, ...]]:
    """The rows of a table, its total last."""
    yield from table.rows
    if table.total is not None:
        yield table.total
