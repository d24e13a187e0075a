"""How a text file is cut into cells, and which of its rows is the header. Decided on its first rows, by constancy.

The separator is the one that gives the same number of cells on nearly every row, not the most frequent one: decimal
commas and commas in titles do not deceive it.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from publicc.intake.reading.shapes import HeaderVote, looks_like_header

SEPARATORS: Final = (",", ";", "\t", "|")
_SEP_LINE: Final = re.compile(r'^"?sep=(.)"?\s*$', re.IGNORECASE)
_ROWS_WEIGHED: Final = 400
_ROWS_BELOW: Final = 20


@dataclass(frozen=True, slots=True)
class Dialect:
    """How to cut the file. `first_row` is the index (from 0) of the first row of data, `header` stands above it."""

    delimiter: str
    columns: int
    header: tuple[str, ...] | None
    header_index: int | None
    first_row: int
    constant: float
    """Share of the rows weighed that have `columns` cells."""
    skip_spaces: bool = False
    """Whether a quote may follow spaces after the separator."""


def cells_of(lines: Sequence[str], delimiter: str, *, skip_spaces: bool = False) -> Iterator[list[str]]:
    """Rows of cells of some lines, quotes understood, leniently."""
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=skip_spaces)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield []


def dialect_of(lines: Sequence[str]) -> Dialect | None:
    """The dialect of the first lines of a file; None when no separator cuts them evenly.

    `lines` keep their line ends. One column is a dialect too when nothing separates but a header stands above values.
    """
    announced = _SEP_LINE.match(lines[0]) if lines else None
    if announced:
        return _cut(lines, announced.group(1), first=1)
    best = max((_cut(lines, separator) for separator in SEPARATORS), key=_merit)
    return best if best.columns > 1 and best.constant >= 0.5 else None


def single_column(lines: Sequence[str]) -> Dialect:
    """The file as one column."""
    return _cut(lines, ",") if not any("," in line for line in lines) else _cut(lines, "\x1f")


def _merit(dialect: Dialect) -> tuple[float, int]:
    return (round(dialect.constant, 1) if dialect.columns > 1 else 0.0, dialect.columns)


def _cut(lines: Sequence[str], delimiter: str, first: int = 0) -> Dialect:
    skip_spaces = delimiter != "\t" and any(f'{delimiter} "' in line for line in lines)
    rows = list(cells_of(lines[first:], delimiter, skip_spaces=skip_spaces))[:_ROWS_WEIGHED]
    return frame(rows, delimiter=delimiter, first=first, skip_spaces=skip_spaces)


def frame(
    rows: Sequence[Sequence[str]],
    *,
    delimiter: str,
    first: int = 0,
    columns: int | None = None,
    skip_spaces: bool = False,
) -> Dialect:
    """Where the table stands in the first rows of a file or sheet: its width, its header, its first row of data."""
    widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row) and len(row) > 1)
    columns = columns or (max(widths, key=lambda n: (widths[n], n)) if widths else 1)
    weighed = sum(widths.values())
    header_index = _header_index(rows, columns)
    start = _first_row_of(rows, columns) if header_index is None else header_index
    header = tuple(cell.strip() for cell in rows[start]) if header_index is not None else None
    return Dialect(
        delimiter=delimiter,
        columns=columns,
        header=header,
        header_index=None if header_index is None else header_index + first,
        first_row=first + start + (1 if header_index is not None else 0),
        constant=widths[columns] / weighed if weighed else 0.0,
        skip_spaces=skip_spaces,
    )


def _header_index(rows: Sequence[Sequence[str]], columns: int) -> int | None:
    """The first row that is filled like the fullest ones and names what stands below; titles printed above do not."""
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    enough = max(min(columns, 2), 0.6 * max(filled, default=0))
    full = next((i for i, row in enumerate(rows) if len(row) >= columns and filled[i] >= enough), None)
    if full is None:
        return None
    below = [row for row in rows[full + 1 :] if len(row) == columns][:_ROWS_BELOW]
    return full if looks_like_header(rows[full], below) is not HeaderVote.DATA else None


def _first_row_of(rows: Sequence[Sequence[str]], columns: int) -> int:
    """The first row of the table when it has no header: nothing of its width is left above."""
    return next((i for i, row in enumerate(rows) if len(row) == columns and any(cell.strip() for cell in row)), 0)
