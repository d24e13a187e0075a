"""Text whose columns are cut by position: found by the positions that stay blank on every line."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import Final

import duckdb

from publicc.intake.reading import refusals
from publicc.intake.reading.delimited import Loaded, TextFile
from publicc.intake.reading.publishing import published
from publicc.intake.reading.scratch import RawTable
from publicc.intake.reading.shapes import HeaderVote, looks_like_header, shape_of
from publicc.intake.reading.tables import Evidence, Limits, ProblemKind, SourceTable

_SAME_LENGTH: Final = 0.95
_FEWEST_LINES: Final = 5


@dataclass(frozen=True, slots=True)
class Columns:
    """Where columns begin and end, and the header if the first line is one."""

    spans: tuple[tuple[int, int], ...]
    header: tuple[str, ...] | None

    def cut(self, line: str) -> list[str]:
        """The cells of a line, trimmed."""
        return [line[start:end].strip() for start, end in self.spans]

    def fits(self, line: str) -> bool:
        """Whether nothing stands between the columns."""
        ends = [0, *(end for _, end in self.spans)]
        starts = [*(start for start, _ in self.spans), len(line)]
        return all(not line[end:start].strip() for end, start in zip(ends, starts, strict=True))


def columns_of(lines: Sequence[str]) -> Columns | None:
    """The columns of a fixed-width file, None when it is not one.

    Lines have (nearly) all the same length, and some positions are blank on all of them; a header need not be aligned,
    it only needs as many words as there are columns.
    """
    stripped = [line.rstrip("\r\n") for line in lines if line.strip()]
    body = stripped[1:]
    if len(body) < _FEWEST_LINES:
        return None
    length, count = Counter(map(len, body)).most_common(1)[0]
    body = [line for line in body if len(line) == length]
    if count < _SAME_LENGTH * (len(stripped) - 1) or length < 4:
        return None
    spans = _spans([any(line[i] != " " for line in body) for i in range(length)])
    if len(spans) < 2:
        return None
    columns = Columns(tuple(spans), None)
    return replace(columns, header=_header(stripped[0], columns, body)) if _plausible(columns, body) else None


def over_all_lines(columns: Columns, lines: Iterable[str]) -> Columns:
    """The columns once every line was seen: a wide value on line 40 000 moves a border, it does not break a row.

    Borders stay where they were when some line leaves none of their positions blank: that line is the odd one.
    """
    borders = [range(end, start) for (_, end), (start, _) in pairwise(columns.spans)]
    blank = {i for border in borders for i in border}
    for line in lines:
        blank -= {i for i in blank if i < len(line) and not line[i].isspace()}
    left = [[i for i in border if i in blank] for border in borders]
    if not all(left):
        return columns
    starts = [columns.spans[0][0], *(max(border) + 1 for border in left)]
    ends = [*(min(border) for border in left), columns.spans[-1][1]]
    return replace(columns, spans=tuple(zip(starts, ends, strict=True)))


def _spans(filled: list[bool]) -> list[tuple[int, int]]:
    spans, start = [], None
    for i, char in enumerate([*filled, False]):
        if char and start is None:
            start = i
        elif not char and start is not None:
            spans.append((start, i))
            start = None
    return spans


def _plausible(columns: Columns, body: list[str]) -> bool:
    """Prose may line up by chance; data has at least one column of numbers, dates or codes."""
    rows = [columns.cut(line) for line in body[:50]]
    return any(
        all(shape_of(row[i]) in {"number", "date", "code", "empty"} for row in rows) for i in range(len(columns.spans))
    )


def _header(first: str, columns: Columns, body: list[str]) -> tuple[str, ...] | None:
    below = [columns.cut(line) for line in body[:20]]
    for cells in (columns.cut(first) if columns.fits(first) else [], first.split()):
        if len(cells) == len(columns.spans) and looks_like_header(cells, below) is HeaderVote.HEADER:
            return tuple(cells)
    return None


def load(
    scratch: duckdb.DuckDBPyConnection,
    name: str,
    file: TextFile,
    columns: Columns,
    *,
    evidence: Evidence,
    place: str,
    limits: Limits,
) -> SourceTable:
    """Read every line by position; lines with something between the columns are refused, with their number."""
    if len(columns.spans) > limits.columns:
        raise refusals.too_many_columns(file.place, len(columns.spans), limits.columns)
    columns = over_all_lines(columns, islice(file.lines(), 1 if columns.header else 0, None))
    table = RawTable(scratch, name, len(columns.spans))
    empty, header_row = 0, None
    for number, line in enumerate(file.lines(), start=1):
        bare = line.rstrip("\r\n")
        if not bare.strip():
            empty += 1
        elif columns.header and header_row is None:
            header_row = number
        elif columns.fits(bare):
            table.keep(number, columns.cut(bare))
            if number in file.mended_lines:
                table.mended(ProblemKind.MIXED_ENCODING, number)
        else:
            table.refuse(ProblemKind.OUT_OF_LINE, number, bare)
    table.finish()
    return published(
        scratch,
        name,
        Loaded(table.kept, table.columns, empty, table.tally, table.has_refused),
        place=place,
        headers=columns.header or (),
        evidence=replace(evidence, header_row=header_row),
        limits=limits,
    )
