"""Cells and tables as markup: every state has its shape and its words, so that none depends on colour."""

from dataclasses import replace
from datetime import date
from functools import cache
from html import escape
from itertools import chain, repeat
from typing import Final, NamedTuple, assert_never

from django.utils.safestring import SafeString

from publicc.dashboards.page import Column, DataTable, Tile, Value
from publicc.kernel import formats
from publicc.kernel.cells import Cell, Shown, Unknown, Withheld
from publicc.kernel.formats import Unit
from publicc.kernel.text import Lang, Text
from publicc.metrics.missing import missing_words

CENTS_BELOW: Final = 1000
FEW_POINTS: Final[dict[Lang, float]] = {"fr": 2.0, "en": 0.0}
"""Under this, « point » stays singular: French says 1,9 point, English 0.5 points."""
UNCHANGED: Final = Text("inchangé", "unchanged")


class Place(NamedTuple):
    """One place of a table: what is drawn, the key it sorts by (empty = last, None = its own words), its class."""

    drawn: SafeString
    key: str | None
    kind: str

    def told(self, tag: str) -> str:
        """The opening tag of its cell."""
        kind = f' class="{self.kind}"' if self.kind else ""
        key = "" if self.key is None else f' data-key="{self.key}"'
        return f"<{tag}{kind}{key}>"


def is_fragile(cell: Shown, unit: Unit) -> bool:
    """Whether the mark of a small base is put: on shares, means and medians, never on what is merely counted."""
    return cell.fragile and not unit.is_count


def state(cell: Cell, unit: Unit) -> str:
    """The name of a cell's state, for its class."""
    match cell:
        case Shown(provisional=provisional):
            return "fragile" if is_fragile(cell, unit) else "provisional" if provisional else "shown"
        case Withheld():
            return "withheld"
        case Unknown():
            return "unknown"
        case _:
            assert_never(cell)


def explained(cell: Cell, unit: Unit, lang: Lang) -> str:
    """What the mark on a cell means; empty for a plain figure."""
    match cell:
        case Shown(n=n) if is_fragile(cell, unit):
            return _small_base(n, lang)
        case Shown(provisional=True):
            told = Text("Provisoire : historique de moins de 36 mois.", "Provisional: under 36 months of history.")
            return told.said(lang)
        case Shown():
            return ""
        case Withheld(wider=wider):
            told = Text("Trop peu de monde derrière ce chiffre.", "Too few stand behind this figure.")
            return f"{told.said(lang)} {wider or ''}".strip()
        case Unknown(missing=missing):
            told = Text("Ne peut pas être calculé", "Cannot be computed")
            why = missing_words(missing) if missing else None
            return Text("{a} : {b}.", "{a}: {b}.").said(lang, a=told, b=why) if why else f"{told.said(lang)}."
        case _:
            assert_never(cell)


@cache
def _small_base(n: int | None, lang: Lang) -> str:
    """Written once for each base: there are thirty, and a page marks hundreds of figures."""
    return Text("Fragile : base de {n} seulement.", "Fragile: a base of only {n}.").said(lang, n=n)


def drawn(cell: Cell, unit: Unit, lang: Lang, decimals: int | None = None) -> SafeString:
    """The cell as markup."""
    words = formats.cell_words(cell, unit, lang, decimals)
    kind = state(cell, unit)
    if kind == "shown":
        return SafeString(f'<span class="cell">{escape(words)}</span>')
    told = escape(explained(cell, unit, lang))
    marked = f'<span class="cell cell-{kind}" title="{told}">{escape(words)}</span>'
    return SafeString(f'{marked}<span class="visually-hidden"> ({told})</span>')


KEY_DIGITS: Final = 7
"""Digits of a figure's key: enough to sort what is read in four, a fraction of the weight of all seventeen."""
MOST_ROWS: Final = 100
"""Rows drawn on a page: nobody reads more there, and a long table makes everyone wait."""


def body_of(table: DataTable, lang: Lang) -> tuple[SafeString, SafeString]:
    """The first rows of a table and its total as markup; the total is empty when there is none.

    Written here and not in the template: a page has hundreds of places, and a template takes each in ten steps.
    """
    rows, total = rows_of(table, lang)
    leads = chain(table.leads, repeat(""))
    drawn_rows = (_row(row, lead) for row, lead in zip(rows, leads, strict=False))
    return SafeString("".join(drawn_rows)), SafeString(_row(total) if total else "")


def _row(places: list[Place], lead: str = "") -> str:
    head, *others = places
    words = f'<a href="{escape(lead)}">{head.drawn}</a>' if lead else head.drawn
    rest = (f"{one.told('td')}{one.drawn}</td>" for one in others)
    first = head.told('th scope="row"')
    return f"<tr>{first}{words}</th>{''.join(rest)}</tr>\n"


def rows_of(table: DataTable, lang: Lang) -> tuple[list[list[Place]], list[Place] | None]:
    """The first rows of a table and its total, ready to draw; the file of the table has every row."""
    tops = [_top(table, at) if column.bar else None for at, column in enumerate(table.columns)]
    columns = [_without_cents(column, _top(table, at)) for at, column in enumerate(table.columns)]
    rows = [[_place(*each, lang) for each in zip(row, columns, tops, strict=True)] for row in table.rows[:MOST_ROWS]]
    if table.total is None:
        return rows, None
    return rows, [_place(value, column, None, lang) for value, column in zip(table.total, columns, strict=True)]


def _without_cents(column: Column, top: float | None) -> Column:
    return replace(column, decimals=0) if _drops_cents(column.unit, column.decimals, top) else column


def _drops_cents(unit: Unit | None, decimals: int | None, top: float | None) -> bool:
    """Money that reaches a thousand dollars is read in dollars, a whole column alike; prices keep their cents."""
    return unit is Unit.MONEY and decimals is None and top is not None and top >= CENTS_BELOW


def tile_decimals(tile: Tile) -> int | None:
    """The decimals of a tile's figure, and of the one a season earlier."""
    figures = [float(cell.value) for cell in (tile.cell, tile.before) if isinstance(cell, Shown)]
    return 0 if _drops_cents(tile.unit, tile.decimals, max(figures, default=None)) else tile.decimals


def _top(table: DataTable, at: int) -> float | None:
    """The greatest figure of a column, which its bars are measured against."""
    figures = [float(row[at].value) for row in table.rows if isinstance(row[at], Shown)]  # type: ignore[union-attr]
    return max(figures, default=0.0) or None


def _place(value: Value, column: Column, top: float | None, lang: Lang) -> Place:
    if isinstance(value, Text | str):
        words = value.said(lang) if isinstance(value, Text) else value
        return Place(SafeString(escape(words)), None, "")
    if isinstance(value, date):
        return Place(SafeString(escape(formats.short_day(value, lang))), value.isoformat(), "is-date")
    shown = drawn(value, column.unit or Unit.COUNT, lang, column.decimals)
    if not isinstance(value, Shown):
        return Place(shown, "", "is-figure")
    if top:
        shown = _with_bar(shown, float(value.value) / top)
    return Place(shown, f"{float(value.value):.{KEY_DIGITS}g}", "is-figure")


def _with_bar(shown: SafeString, share: float) -> SafeString:
    width = f"{max(0.0, min(1.0, share)) * 100:.1f}"
    return SafeString(
        '<span class="with-bar">'
        '<svg class="cell-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{width}" height="8"></rect></svg>{shown}</span>'
    )


class Change(NamedTuple):
    """How a figure moved since the season before: by how much (empty when it cannot be said), and what it was."""

    moved: str
    was: str


def change(tile: Tile, lang: Lang) -> Change:
    """How a tile's figure moved since the season before, in words; the move is empty when either side is fragile."""
    now, before = tile.cell, tile.before
    if not isinstance(before, Shown):
        return Change("", "")
    was = formats.cell_words(before, tile.unit, lang, tile_decimals(tile))
    fragile = isinstance(now, Shown) and (is_fragile(now, tile.unit) or is_fragile(before, tile.unit))
    if not isinstance(now, Shown) or fragile:
        return Change("", Text("saison précédente : {was}", "season before: {was}").said(lang, was=was))
    moved = _moved(float(now.value), float(before.value), tile.unit, lang)
    if moved is UNCHANGED:
        return Change(UNCHANGED.said(lang), Text("depuis la saison d'avant", "since the season before").said(lang))
    return Change(
        str(moved), Text("contre {was} la saison d'avant", "against {was} the season before").said(lang, was=was)
    )


def _moved(now: float, before: float, unit: Unit, lang: Lang) -> str | Text:
    """By how much, in points or in percent; UNCHANGED when what is written would be zero."""
    if unit is Unit.RATIO:
        points = round(100 * (now - before), 1)
        told = Text("{n} point", "{n} point") if abs(points) < FEW_POINTS[lang] else Text("{n} points", "{n} points")
        return told.said(lang, n=formats.signed(points, lang, 1)) if points else UNCHANGED
    if not before:
        return ""
    share = now / before - 1
    if abs(share) < 0.0005:
        return UNCHANGED
    return ("+" if share > 0 else "") + formats.percent(share, lang)
