"""The kind of one column, guessed from the cells of a sample. Pure."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from publicc.intake.values.amounts import money_form
from publicc.intake.values.cell_shapes import has_html, shapes
from publicc.intake.values.date_shapes import DateShape, date_shape, shape_in_words
from publicc.intake.values.forms import Clock, ColumnProfile, DateForm, Kind
from publicc.intake.values.truths import boolean_form

_MOST: Final = 0.8
_HALF: Final = 0.5
_DATE_WORD: Final = re.compile(r"date|heure|time|jour|unix|epoch|timestamp|_at$|le$", re.IGNORECASE)
_EPOCH: Final = re.compile(r"^1\d{9}$")
_EPOCH_MS: Final = re.compile(r"^1\d{12}$")
_SERIAL: Final = re.compile(r"^[2-6]\d{4}(?:[.,]\d+)?$")
_SAMPLES: Final = 5


def guess(column: str, header: str, rows: int, cells: Mapping[str, int]) -> ColumnProfile:
    """A first profile of a column from `cells` (trimmed cell → how often); counts of all rows are filled in later."""
    filled = sum(cells.values())
    if not filled:
        return ColumnProfile(column, header, Kind.EMPTY, rows, 0, 0, unique=False)
    shares = _shares(cells, filled)
    leading_zeros = any(len(cell) > 1 and cell[0] == "0" and cell.isdigit() for cell in cells)
    dates = {cell: shape for cell in cells if (shape := date_shape(cell)) is not None}
    dated = sum(cells[cell] for cell in dates) / filled
    form = _date_form(cells, dates, dated) or _counted_form(header, cells, filled)
    boolean = boolean_form(cells, some_empty=filled < rows)
    kind = _kind(form, dates, shares, is_boolean=boolean is not None and boolean.yes != ("1",))
    if kind is Kind.INTEGER and leading_zeros:
        kind = Kind.IDENTIFIER
    if kind in {Kind.DATE, Kind.DATETIME}:
        shares[Kind.TIME] = sum(cells[c] for c, s in dates.items() if s.midnight) / filled
    return ColumnProfile(
        column=column,
        header=header,
        kind=kind,
        rows=rows,
        filled=filled,
        distinct=len(cells),
        unique=len(cells) == filled,
        samples=tuple(cells)[:_SAMPLES],
        shares=shares,
        date=form if kind in {Kind.DATE, Kind.DATETIME, Kind.TIME} else None,
        money=money_form(cells) if _numeric(shares) else None,
        boolean=boolean,
        leading_zeros=leading_zeros,
        html=sum(n for cell, n in cells.items() if has_html(cell)) > 0.1 * filled,
    )


def _shares(cells: Mapping[str, int], filled: int) -> dict[Kind, float]:
    counts: Counter[Kind] = Counter()
    for cell, n in cells.items():
        for kind in shapes(cell):
            counts[kind] += n
    if sum(n for cell, n in cells.items() if any(map(str.isdigit, cell))) < 0.2 * filled:
        del counts[Kind.IDENTIFIER]  # words in capitals, not codes
    return {kind: n / filled for kind, n in counts.items()}


def _numeric(shares: Mapping[Kind, float]) -> bool:
    return shares.get(Kind.INTEGER, 0) + shares.get(Kind.MONEY, 0) + shares.get(Kind.PERCENT, 0) >= _HALF


def _kind(
    form: DateForm | None, dates: Mapping[str, DateShape], shares: Mapping[Kind, float], *, is_boolean: bool
) -> Kind:
    if is_boolean:
        return Kind.BOOLEAN
    if form is not None:
        if form.count_of:
            return Kind.DATETIME if form.has_time else Kind.DATE
        has_date = any(shape.has_date for shape in dates.values())
        return (Kind.DATETIME if form.has_time else Kind.DATE) if has_date else Kind.TIME
    return _kind_of_shapes(shares)


def _kind_of_shapes(shares: Mapping[Kind, float]) -> Kind:
    integer, money = shares.get(Kind.INTEGER, 0), shares.get(Kind.MONEY, 0)
    if shares.get(Kind.EMAIL, 0) >= _HALF:
        return Kind.EMAIL
    if shares.get(Kind.POSTAL_CODE, 0) >= _HALF:
        return Kind.POSTAL_CODE
    if shares.get(Kind.PERCENT, 0) >= _HALF:
        return Kind.PERCENT
    if shares.get(Kind.PHONE, 0) >= _MOST and integer < _HALF:
        return Kind.PHONE
    if integer + money >= 0.95:
        return Kind.MONEY if money else Kind.INTEGER
    return Kind.IDENTIFIER if shares.get(Kind.IDENTIFIER, 0) >= 0.95 else Kind.TEXT


def _date_form(cells: Mapping[str, int], dates: Mapping[str, DateShape], dated: float) -> DateForm | None:
    """The form of a column of which most cells are dates, or times; the commonest template comes first."""
    if dated < _MOST:
        return None
    with_date = [shape.has_date for shape in dates.values()]
    if any(with_date) and not all(with_date):
        return None
    in_words = any(shape.in_words for shape in dates.values())
    templates: Counter[str] = Counter()
    zoned = 0
    for cell, shape in dates.items():
        plain = (shape_in_words(cell) if in_words else None) or shape
        templates[plain.template] += cells[cell]
        zoned += plain.zoned
    return DateForm(
        templates=tuple(template for template, _ in sorted(templates.items(), key=lambda t: (-t[1], t[0]))),
        has_time=any(shape.has_time for shape in dates.values()),
        clock=Clock.OFFSET if zoned else Clock.LOCAL,
        in_words=in_words,
    )


def _counted_form(header: str, cells: Mapping[str, int], filled: int) -> DateForm | None:
    """Instants as bare numbers, believed only under a header that speaks of time."""
    if not _DATE_WORD.search(header):
        return None
    for pattern, unit in ((_EPOCH, "seconds"), (_EPOCH_MS, "milliseconds"), (_SERIAL, "days")):
        if sum(n for cell, n in cells.items() if pattern.match(cell)) >= 0.95 * filled:
            with_time = unit != "days" or any("." in cell or "," in cell for cell in cells)
            return DateForm(templates=(), has_time=with_time, count_of=unit)
    return None
