"""A document in one language, as plain words: what PDF pages and slides write."""

from collections.abc import Iterator
from typing import Final

from publicc.dashboards.page import Column, DataTable, Tile, Value
from publicc.kernel.cells import Cell, Shown, Unknown, Withheld
from publicc.kernel.formats import Unit, cell_words, number, short_day
from publicc.kernel.text import Lang, Text
from publicc.metrics.missing import missing_words
from publicc.reports.document import Document

CENTS_BELOW: Final = 1000
_BEFORE: Final = Text("{figure} un an plus tôt", "{figure} a year earlier")
_FRAGILE: Final = Text("fragile, n = {n}", "fragile, n = {n}")
_PROVISIONAL: Final = Text("provisoire", "provisional")
_MARKS: Final = ("*", "°")
MARKS_SAID: Final = Text(
    "* petite base (moins de 30), à lire avec prudence · ° provisoire : historique de moins de 36 mois",
    "* small base (under 30), read with caution · ° provisional: under 36 months of history",
)


def tile_note(tile: Tile, lang: Lang) -> str:
    """What stands under the figure of a tile: its small base, then the same figure a season earlier."""
    said = []
    if isinstance(tile.cell, Shown) and tile.cell.fragile and not tile.unit.is_count:
        said.append(_FRAGILE.said(lang, n=number(tile.cell.n or 0, lang)))
    elif isinstance(tile.cell, Shown) and tile.cell.provisional:
        said.append(_PROVISIONAL.said(lang))
    if isinstance(tile.before, Shown):
        said.append(_BEFORE.said(lang, figure=cell_words(tile.before, tile.unit, lang, decimals_of(tile))))
    return " · ".join(said)


def tile_figure(tile: Tile, lang: Lang) -> str:
    """The figure of a tile, or why there is none."""
    return cell_words(tile.cell, tile.unit, lang, decimals_of(tile))


def decimals_of(tile: Tile) -> int | None:
    """Money that reaches a thousand dollars is read in dollars, as on the page."""
    large = isinstance(tile.cell, Shown) and tile.unit is Unit.MONEY and tile.cell.value >= CENTS_BELOW
    return 0 if large and tile.decimals is None else tile.decimals


def value_words(value: Value, column: Column, lang: Lang, decimals: int | None = None) -> str:
    """One place of a table as it is read, its marks after it."""
    match value:
        case Shown():
            unit = column.unit or Unit.PLAIN
            return cell_words(value, unit, lang, decimals) + mark(value, unit)
        case Unknown() | Withheld():
            return cell_words(value, column.unit or Unit.PLAIN, lang)
        case Text():
            return value.said(lang)
        case str():
            return value
        case _:
            return short_day(value, lang)


def mark(cell: Shown, unit: Unit) -> str:
    """`*` for a small base, `°` for what is provisional, as `MARKS_SAID` explains."""
    if cell.fragile and not unit.is_count:
        return _MARKS[0]
    return _MARKS[1] if cell.provisional else ""


def column_decimals(table: DataTable, at: int) -> int | None:
    """The decimals of a column: money that reaches a thousand dollars is read in dollars, all rows alike."""
    column = table.columns[at]
    tops = [abs(float(row[at].value)) for row in table.rows if isinstance(row[at], Shown)]  # type: ignore[union-attr]
    if column.unit is Unit.MONEY and column.decimals is None and tops and max(tops) >= CENTS_BELOW:
        return 0
    return column.decimals


def table_words(table: DataTable, lang: Lang) -> Iterator[list[str]]:
    """The rows of a table as they are read, its total last."""
    decimals = [column_decimals(table, at) for at in range(len(table.columns))]
    for row in (*table.rows, *((table.total,) if table.total is not None else ())):
        yield [value_words(v, c, lang, d) for v, c, d in zip(row, table.columns, decimals, strict=True)]


def column_shares(table: DataTable, rows: list[list[str]]) -> list[float]:
    """How wide each column is beside the others: figures alike, words by how long they are."""
    shares = []
    for at, column in enumerate(table.columns):
        if column.unit is not None:
            shares.append(1.0)
        else:
            mean = sum(len(row[at]) for row in rows) / max(1, len(rows))
            shares.append(min(4.0, max(1.2, mean / 9)))
    return shares


def gap_words(document: Document, lang: Lang) -> list[str]:
    """Each figure that is withheld or unknown somewhere: which, why, in how many places."""
    return [
        Text("{label} : {why} ({n}).", "{label}: {why} ({n}).").said(
            lang, label=gap.label, why=_why(gap.cell, lang), n=_places(gap.places, lang)
        )
        for gap in document.gaps()
    ]


def _why(cell: Cell, lang: Lang) -> str:
    said = cell_words(cell, Unit.PLAIN, lang)
    missing = missing_words(cell.missing).said(lang) if isinstance(cell, Unknown) and cell.missing else ""
    return f"{said}, {missing}" if missing else said


def _places(n: int, lang: Lang) -> str:
    if lang == "fr":
        return f"{number(n, lang)} {'case' if n < 2 else 'cases'}"
    return f"{number(n, lang)} {'place' if n == 1 else 'places'}"
