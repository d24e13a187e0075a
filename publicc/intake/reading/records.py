"""Text lines → records, one by one, with care: for files that a fast reader refuses, and for all small ones.

A record is what a spreadsheet program shows as one row: cells in quotes may hold line ends, an empty line is a row. A
quote that opens and never closes, or that swallows lines which are whole rows by themselves, is an ordinary character.
"""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Record(NamedTuple):
    """One row of the file. `line` counts physical lines from 1."""

    line: int
    raw: str
    cells: list[str]
    stray_quote: bool = False


class Records:
    """Iterates over the records of some lines (line ends kept)."""

    def __init__(
        self, lines: Iterable[str], delimiter: str, *, width: int, longest: int, skip_spaces: bool = False
    ) -> None:
        self._lines = iter(lines)
        self._delimiter = delimiter
        self._width = width
        self._longest = longest
        self._skip_spaces = skip_spaces
        self._held: deque[str] = deque()
        self._line = 0

    def __iter__(self) -> Iterator[Record]:
        while (line := self._next()) is not None:
            start = self._line
            if '"' in line:
                yield self._quoted(line, start)
            else:
                yield Record(start, line, self._plain(line))

    def _next(self) -> str | None:
        line = self._held.popleft() if self._held else next(self._lines, None)
        if line is not None:
            self._line += 1
        return line

    def _plain(self, line: str) -> list[str]:
        return line.rstrip("\r\n").split(self._delimiter)

    def _quoted(self, first: str, start: int) -> Record:
        taken = [first]
        cells, closed = self._cut(taken)
        if len(taken) == 1 and closed:
            return Record(start, first, cells)
        whole = closed and not (self._width > 1 and all(len(self._plain(line)) == self._width for line in taken))
        if whole and (len(cells) == self._width or len(self._plain(first)) != self._width):
            return Record(start, "".join(taken), cells)
        self._line -= len(taken) - 1
        self._held.extendleft(reversed(taken[1:]))
        return Record(start, first, self._plain(first), stray_quote=True)

    def _cut(self, taken: list[str]) -> tuple[list[str], bool]:
        """Cells of the record that begins with `taken[0]`, further lines being taken while a quote is open."""
        ran_out = False

        def feed() -> Iterator[str]:
            nonlocal ran_out
            yield taken[0]
            size = len(taken[0])
            while size <= self._longest:
                line = self._next()
                if line is None:
                    break
                taken.append(line)
                size += len(line)
                yield line
            ran_out = True

        reader = csv.reader(feed(), delimiter=self._delimiter, skipinitialspace=self._skip_spaces)
        try:
            cells = next(reader)
        except csv.Error:
            # A lone CR outside quotes, or a cell beyond the module's own limit, which is above ours.
            return self._plain("".join(taken).replace("\r", " ")), len(taken) == 1
        return cells, not ran_out
