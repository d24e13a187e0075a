"""Tables as files people open: CSV and XLSX, with their definitions and stamp, safe for spreadsheets.

A text that a spreadsheet would run as a formula gets a leading apostrophe; figures are written as figures.
Source: docs/explanation/front-end.md (files).
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from publicc.dashboards.page import Column, DataTable, Value
from publicc.kernel.cells import Shown, Unknown, Withheld
from publicc.kernel.formats import Unit, cell_words, rounded
from publicc.kernel.later import later
from publicc.kernel.spreadsheets import safe_text
from publicc.kernel.text import Lang, Text

if TYPE_CHECKING:
    import xlsxwriter
else:
    xlsxwriter = later("xlsxwriter")

_EXACT_DECIMALS: Final = {Unit.RATIO: 6, Unit.MONEY: 2, Unit.KM: 1}
EXCEL_FORMATS: Final = {Unit.RATIO: "0.0%", Unit.MONEY: "#,##0.00", Unit.KM: "0.0", Unit.PLAIN: "0.00"}


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a file says of itself: definitions, then whose data, which period, which snapshot."""

    definitions: tuple[tuple[Text, Text], ...]
    stamp: tuple[tuple[Text, str], ...]


def as_csv(table: DataTable, provenance: Provenance, lang: Lang) -> bytes:
    """The table as CSV in UTF-8 with BOM: `;` and decimal comma in French, `,` and point in English."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if lang == "fr" else ",", lineterminator="\r\n")
    writer.writerow([safe_text(column.label.said(lang)) for column in table.columns])
    for row in _rows(table):
        writer.writerow([csv_value(v, c, lang) for v, c in zip(row, table.columns, strict=True)])
    writer.writerow([])
    for label, words in _provenance_lines(provenance, lang):
        writer.writerow([safe_text(label), safe_text(words)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(table: DataTable, provenance: Provenance, lang: Lang) -> bytes:
    """The table as a workbook: one sheet of figures with formats, one of definitions. No author, no hidden sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
        sheet = book.add_worksheet(Text("Tableau", "Table").said(lang))
        sheet.freeze_panes(1, 1)
        for x, column in enumerate(table.columns):
            sheet.write_string(0, x, safe_text(column.label.said(lang)), head)
            sheet.set_column(x, x, 34 if column.unit is None and x == 0 else 16)
            form = book.add_format({"num_format": EXCEL_FORMATS.get(column.unit, "#,##0") if column.unit else "@"})
            for y, row in enumerate(_rows(table), start=1):
                write_excel(sheet, y, x, row[x], column, form, lang)
        notes = book.add_worksheet(Text("Définitions", "Definitions").said(lang))
        notes.set_column(0, 0, 30)
        notes.set_column(1, 1, 100, book.add_format({"text_wrap": True}))
        for y, (label, words) in enumerate(_provenance_lines(provenance, lang)):
            notes.write_string(y, 0, safe_text(label), head)
            notes.write_string(y, 1, safe_text(words))
    return out.getvalue()


def _rows(table: DataTable) -> Iterable[tuple[Value, ...]]:
    yield from table.rows
    if table.total is not None:
        yield table.total


def _provenance_lines(provenance: Provenance, lang: Lang) -> Iterable[tuple[str, str]]:
    for label, definition in provenance.definitions:
        yield label.said(lang), definition.said(lang)
    for label, words in provenance.stamp:
        yield label.said(lang), words


def exact(value: Shown, column: Column) -> Decimal:
    """A figure as files hold it: ratios 0–1 to six decimals, money to the cent."""
    decimals = _EXACT_DECIMALS.get(column.unit, 4) if column.unit else 4
    return rounded(value.value, decimals).normalize()


def csv_value(value: Value, column: Column, lang: Lang) -> str:
    """One place of a table as files write it: figures bare, words safe for spreadsheets."""
    match value:
        case Shown():
            plain = f"{exact(value, column):f}"
            return plain.replace(".", ",") if lang == "fr" else plain
        case Unknown() | Withheld():
            return cell_words(value, column.unit or Unit.PLAIN, lang)
        case date():
            return value.isoformat()
        case Text():
            return safe_text(value.said(lang))
        case str():
            return safe_text(value)


def write_excel(  # noqa: PLR0917 - the sheet's own coordinates
    sheet: "xlsxwriter.worksheet.Worksheet",
    y: int,
    x: int,
    value: Value,
    column: Column,
    form: "xlsxwriter.format.Format",
    lang: Lang,
) -> None:
    """One place of a sheet: figures as numbers, all else as words."""
    if isinstance(value, Shown):
        sheet.write_number(y, x, float(exact(value, column)), form)
    else:
        sheet.write_string(y, x, csv_value(value, column, lang))
