"""What a drawing takes from a table: plain rows with values to place and words to show."""

from datetime import date
from typing import Any

from publicc.dashboards.page import Column, DataTable, Value
from publicc.kernel.cells import Shown, Unknown, Withheld
from publicc.kernel.formats import Unit, cell_words, short_day
from publicc.kernel.text import Lang, Text


def rows_to_draw(table: DataTable, lang: Lang) -> list[dict[str, Any]]:
    """One dict a row: `<column>` holds the value (None when it is not shown), `<column>_words` how it is read.

    `lead` is the address of the page about a row, when the table has one.
    `state` of a figure is kept in `<column>_state` so that withheld and unknown are drawn as what they are.
    """
    drawn = [_row(table.columns, row, lang, at) for at, row in enumerate(table.rows)]
    for row, lead in zip(drawn, table.leads, strict=False):
        row["lead"] = lead
    return drawn


def _row(columns: tuple[Column, ...], row: tuple[Value, ...], lang: Lang, at: int) -> dict[str, Any]:
    drawn: dict[str, Any] = {"order": at}
    for column, value in zip(columns, row, strict=True):
        place, words, state = _parts(value, column, lang)
        drawn[column.id] = place
        drawn[f"{column.id}_words"] = words
        if state is not None:
            drawn[f"{column.id}_state"] = state
    return drawn


def _parts(value: Value, column: Column, lang: Lang) -> tuple[Any, str, str | None]:
    match value:
        case Shown(value=figure, fragile=fragile):
            unit = column.unit or Unit.PLAIN
            marked = fragile and not unit.is_count
            return float(figure), cell_words(value, unit, lang, column.decimals), "fragile" if marked else "shown"
        case Unknown() | Withheld():
            state = "unknown" if isinstance(value, Unknown) else "withheld"
            return None, cell_words(value, column.unit or Unit.PLAIN, lang), state
        case date():
            return value.isoformat(), short_day(value, lang), None
        case Text():
            return value.said(lang), value.said(lang), None
        case str():
            return value, value, None


def label_of(table: DataTable, column_id: str, lang: Lang) -> str:
    """The header of a column."""
    return next(c.label.said(lang) for c in table.columns if c.id == column_id)


def axis_format(unit: Unit | None) -> str:
    """The d3 format of an axis in a unit; the reader's locale puts the separators."""
    match unit:
        case Unit.RATIO:
            return ".0%"
        case Unit.MONEY:
            return "$,.0f"
        case _:
            return ",.0f"
