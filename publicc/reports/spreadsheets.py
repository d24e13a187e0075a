"""A document as files of tables: a workbook whose tables sort and filter, and one tidy CSV. Safe for spreadsheets."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final

from publicc.dashboards.page import Column, DataTable, Tile, Value
from publicc.dashboards.writing import EXCEL_FORMATS, csv_value, write_excel
from publicc.kernel.cells import Shown, Unknown, Withheld
from publicc.kernel.formats import Unit
from publicc.kernel.later import later
from publicc.kernel.spreadsheets import safe_text
from publicc.kernel.text import Lang, Text
from publicc.reports.document import Chapter, Document, rows_of
from publicc.reports.letterhead import Letterhead
from publicc.reports.saying import MARKS_SAID, gap_words, mark

if TYPE_CHECKING:
    import xlsxwriter
else:
    xlsxwriter = later("xlsxwriter")

_SUMMARY: Final = Text("Sommaire", "Summary")
_DEFINITIONS: Final = Text("Définitions", "Definitions")
_FIGURE: Final = Text("Chiffre", "Figure")
_KEY_FIGURES: Final = Text("Chiffres clés", "Key figures")
_BEFORE: Final = Text("Un an plus tôt", "A year earlier")
_GAPS: Final = Text("Masqué ou inconnu", "Withheld or unknown")
_NO_GAP: Final = Text("rien", "nothing")
_COLUMNS: Final = (
    Text("chapitre", "chapter"),
    Text("tableau", "table"),
    Text("ligne", "row"),
    Text("chiffre", "figure"),
    Text("valeur", "value"),
    Text("unité", "unit"),
    Text("état", "state"),
    Text("base (n)", "base (n)"),
)
_STATES: Final = {
    Withheld: Text("masqué", "withheld"),
    Unknown: Text("inconnu", "unknown"),
}
_SHOWN: Final = Text("montré", "shown")
_NOT_IN_SHEET_NAMES: Final = re.compile(r"[\[\]:*?/\\']")
_STYLE: Final = "Table Style Light 1"
LONGEST_SHEET_NAME: Final = 31


def report_csv(document: Document, lang: Lang) -> bytes:
    """One line a figure: chapter, table, row, figure, value, unit, state, base; then where they come from.

    UTF-8 with BOM; `;` and decimal comma in French, `,` and point in English. Several words of one row are joined.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if lang == "fr" else ",", lineterminator="\r\n")
    writer.writerow([one.said(lang) for one in _COLUMNS])
    for chapter in document.chapters:
        for table in _tables(chapter):
            for line in _lines(table, lang):
                writer.writerow([safe_text(chapter.title.said(lang)), safe_text(table.title.said(lang)), *line])
    writer.writerow([])
    for label, words in _provenance(document, lang):
        writer.writerow([safe_text(label), safe_text(words)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _lines(table: DataTable, lang: Lang) -> Iterator[list[str]]:
    """Figure by figure: the words of its row, its label, its value, unit, state and base."""
    words = [at for at, column in enumerate(table.columns) if column.unit is None]
    for row in rows_of(table):
        name = " › ".join(csv_value(row[at], table.columns[at], lang) for at in words)
        for column, value in zip(table.columns, row, strict=True):
            if column.unit is not None:
                yield [name, safe_text(column.label.said(lang)), *_told(value, column, lang)]


def _told(value: Value, column: Column, lang: Lang) -> list[str]:
    base = str(value.n) if isinstance(value, Shown) and value.n is not None else ""
    state = _STATES.get(type(value), _SHOWN).said(lang)
    unit = column.unit.value if column.unit else ""
    return [csv_value(value, column, lang), unit, state, base]


def _tables(chapter: Chapter) -> tuple[DataTable, ...]:
    """The key figures of a chapter as a table, then its tables and those of its charts."""
    if not chapter.tiles:
        return chapter.every_table
    return (*(_key_figures(one) for one in chapter.tiles), *chapter.every_table)


def _key_figures(tile: Tile) -> DataTable:
    """One tile as a table of one row, so that each figure keeps its unit."""
    columns = (Column("figure", _FIGURE), Column(tile.metric, _VALUE, tile.unit, tile.decimals))
    rows: list[tuple[Value, ...]] = [(tile.label, tile.cell)]
    if tile.before is not None:
        before = Text(f"{tile.label.fr} › {_BEFORE.fr}", f"{tile.label.en} › {_BEFORE.en}")
        rows.append((before, tile.before))
    return DataTable(f"key-{tile.metric}", _KEY_FIGURES, columns, tuple(rows))


_VALUE: Final = Text("Valeur", "Value")


def _provenance(document: Document, lang: Lang) -> Iterator[tuple[str, str]]:
    yield document.title.said(lang), f"{document.organization} · {document.subtitle.said(lang)}"
    for label, words in document.stamp:
        yield label.said(lang), words.said(lang)
    yield _GAPS.said(lang), " ".join(gap_words(document, lang)) or _NO_GAP.said(lang)
    for label, words in document.definitions:
        yield label.said(lang), words.said(lang)


def report_xlsx(document: Document, letterhead: Letterhead, lang: Lang) -> bytes:
    """A sheet of answers and key figures, a sheet a table (each a real table of Excel), and the definitions."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": document.title.said(lang), "created": datetime.fromisoformat(document.made_on)})
        _Book(book, document, letterhead, lang).write()
    return out.getvalue()


class _Book:
    """A workbook being written: its sheets by name, its formats by unit."""

    def __init__(self, book: "xlsxwriter.Workbook", document: Document, letterhead: Letterhead, lang: Lang) -> None:
        self._book, self._document, self._lang = book, document, lang
        colour = letterhead.colour
        self._title = book.add_format({"bold": True, "font_size": 16, "font_color": colour})
        self._head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self._chapter = book.add_format({"bold": True, "font_size": 12, "font_color": colour})
        self._wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self._link = book.add_format({"font_color": colour, "underline": 1})
        self._forms: dict[Unit | None, xlsxwriter.format.Format] = {}
        self._names: set[str] = set()

    def write(self) -> None:
        """Every sheet, the summary first."""
        summary = self._sheet(_SUMMARY.said(self._lang))
        summary.hide_gridlines(2)
        places = [
            (chapter, [self._table(table) for table in chapter.every_table]) for chapter in self._document.chapters
        ]
        self._write_summary(summary, places)
        self._write_definitions()
        summary.activate()

    def _sheet(self, wanted: str) -> "xlsxwriter.worksheet.Worksheet":
        """A sheet under a name that Excel accepts and that is not taken."""
        clean = _NOT_IN_SHEET_NAMES.sub(" ", wanted).strip() or "-"
        name, n = clean[:LONGEST_SHEET_NAME].strip(), 1
        while name.lower() in self._names:
            n += 1
            name = f"{clean[: LONGEST_SHEET_NAME - 4].strip()} {n}"
        self._names.add(name.lower())
        return self._book.add_worksheet(name)

    def _form(self, unit: Unit | None) -> "xlsxwriter.format.Format":
        if unit not in self._forms:
            self._forms[unit] = self._book.add_format({"num_format": EXCEL_FORMATS.get(unit, "#,##0") if unit else "@"})
        return self._forms[unit]

    def _table(self, table: DataTable) -> tuple[str, str]:
        """A table on a sheet of its own; gives its title and the name of its sheet."""
        lang, title = self._lang, table.title.said(self._lang)
        sheet = self._sheet(title)
        rows = list(table.rows)
        sheet.freeze_panes(3, 1)
        sheet.write_string(0, 0, safe_text(title), self._chapter)
        if table.note:
            sheet.write_string(1, 0, safe_text(table.note.said(lang)))
        headers = _unique([column.label.said(lang) for column in table.columns])
        last = 2 + max(1, len(rows))
        columns = [{"header": safe_text(one), "header_format": self._head} for one in headers]
        sheet.add_table(2, 0, last, len(headers) - 1, {"columns": columns, "style": _STYLE, "name": self._table_name()})
        for x, column in enumerate(table.columns):
            sheet.set_column(x, x, 36 if x == 0 else 24 if column.unit is None else 15)
            for y, row in enumerate(rows, start=3):
                write_excel(sheet, y, x, row[x], column, self._form(column.unit), lang)
            if table.total is not None:
                write_excel(sheet, last + 1, x, table.total[x], column, self._form(column.unit), lang)
        if _has_marks(table):
            self._write_bases(sheet, table, len(headers), last)
        return title, sheet.get_name()

    def _table_name(self) -> str:
        return f"tableau_{len(self._names)}"

    def _write_bases(self, sheet: "xlsxwriter.worksheet.Worksheet", table: DataTable, right: int, last: int) -> None:
        """Beside the table, the marks of its fragile or provisional figures, row by row, and what they mean."""
        sheet.set_column(right + 1, right + 1, 40)
        for y, row in enumerate(table.rows, start=3):
            marked = [
                f"{column.label.said(self._lang)} {mark(value, column.unit)} n = {value.n}"
                for column, value in zip(table.columns, row, strict=True)
                if isinstance(value, Shown) and column.unit and mark(value, column.unit)
            ]
            if marked:
                sheet.write_string(y, right + 1, safe_text(" · ".join(marked)))
        sheet.write_string(last + 3, 0, MARKS_SAID.said(self._lang))

    def _write_summary(
        self, sheet: "xlsxwriter.worksheet.Worksheet", places: list[tuple[Chapter, list[tuple[str, str]]]]
    ) -> None:
        lang = self._lang
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 2, 18)
        sheet.write_string(0, 0, safe_text(self._document.title.said(lang)), self._title)
        sheet.write_string(1, 0, safe_text(f"{self._document.organization} · {self._document.subtitle.said(lang)}"))
        y = 3
        for chapter, tables in places:
            if not chapter.continues and chapter.title.said(lang):
                sheet.write_string(y, 0, safe_text(chapter.title.said(lang)), self._chapter)
                y += 1
            for words in (*(one.plain for one in chapter.prose), chapter.answer.said(lang)):
                if words:
                    sheet.write_string(y, 0, safe_text(words))
                    y += 1
            y = self._write_tiles(sheet, y, chapter)
            for title, name in tables:
                sheet.write_url(y, 0, f"internal:'{name}'!A1", self._link, string=safe_text(title))
                y += 1
            y += 1

    def _write_tiles(self, sheet: "xlsxwriter.worksheet.Worksheet", y: int, chapter: Chapter) -> int:
        """The key figures of a chapter, with those of a year earlier; gives the row after them."""
        if any(tile.before is not None for tile in chapter.tiles):
            sheet.write_string(y, 2, _BEFORE.said(self._lang), self._head)
            sheet.write_string(y, 1, _VALUE.said(self._lang), self._head)
            y += 1
        for tile in chapter.tiles:
            column = Column(tile.metric, tile.label, tile.unit, tile.decimals)
            sheet.write_string(y, 0, safe_text(tile.label.said(self._lang)))
            write_excel(sheet, y, 1, tile.cell, column, self._form(tile.unit), self._lang)
            if tile.before is not None:
                write_excel(sheet, y, 2, tile.before, column, self._form(tile.unit), self._lang)
            y += 1
        return y

    def _write_definitions(self) -> None:
        sheet = self._sheet(_DEFINITIONS.said(self._lang))
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 120)
        for y, (label, words) in enumerate(_provenance(self._document, self._lang)):
            sheet.write_string(y, 0, safe_text(label), self._head)
            sheet.write_string(y, 1, safe_text(words), self._wrap)


def _has_marks(table: DataTable) -> bool:
    return any(
        isinstance(value, Shown) and column.unit is not None and mark(value, column.unit)
        for row in table.rows
        for column, value in zip(table.columns, row, strict=True)
    )


def _unique(headers: list[str]) -> list[str]:
    """Headers that differ, as tables of Excel need them."""
    seen: dict[str, int] = {}
    told = []
    for header in headers:
        n = seen[header] = seen.get(header, 0) + 1
        told.append(header if n == 1 else f"{header} ({n})")
    return told
