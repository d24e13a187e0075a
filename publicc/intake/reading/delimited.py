"""Separated values → scratch table, two ways which must agree: DuckDB's own reader at full speed, ours with care.

The fast way is taken for big files without anything odd; it is strict, and whatever it refuses is read again the
careful way (tests/properties hold the two to the same rows). Row numbers are those a spreadsheet program shows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import duckdb

from publicc.intake.reading import refusals
from publicc.intake.reading.dialects import Dialect
from publicc.intake.reading.records import Record, Records
from publicc.intake.reading.scratch import BLANKS, RawTable, Tally, nothing_in
from publicc.intake.reading.survey import Survey
from publicc.intake.reading.tables import MIB, Limits, ProblemKind

FAST_FROM_BYTES: Final = 4 * MIB


@dataclass(frozen=True, slots=True)
class Loaded:
    """What lies in `<name>_raw`, with its own `row_number` column, or numbered by position from `first_row_number`."""

    rows: int
    columns: int
    empty_rows: int
    tally: Tally
    has_refused: bool = False
    first_row_number: int | None = None


@dataclass(frozen=True, slots=True)
class TextFile:
    """A UTF-8 text file ready to be cut: where it is, what its bytes showed, which of its lines were mended."""

    path: Path
    place: str
    seen: Survey
    mended_lines: frozenset[int] = frozenset()
    made_here: bool = False
    """Written by a worker of ours: its quotes are right."""

    def lines(self) -> Iterator[str]:
        """Its lines, line ends kept. Old Macintosh files end them with CR alone; elsewhere a CR alone ends none."""
        with self.path.open(encoding="utf-8-sig", newline="" if self.seen.old_mac_lines else "\n") as file:
            yield from file


def load(scratch: duckdb.DuckDBPyConnection, name: str, file: TextFile, dialect: Dialect, *, limits: Limits) -> Loaded:
    """Materialise the file's rows as `<name>_raw`.

    Raises BadInput when it has too many columns or a cell beyond the limit.
    """
    if dialect.columns > limits.columns:
        raise refusals.too_many_columns(file.place, dialect.columns, limits.columns)
    fast = _load_fast(scratch, name, file, dialect, limits=limits) if _may_go_fast(file, dialect) else None
    return fast or _load_carefully(scratch, name, file, dialect, limits=limits)


def _may_go_fast(file: TextFile, dialect: Dialect) -> bool:
    seen = file.seen
    return (
        seen.size >= FAST_FROM_BYTES
        and seen.one_line_end is not None
        and not seen.inner_empty_lines
        and not file.mended_lines
        and not (seen.quotes and dialect.skip_spaces)
        and dialect.columns > 1
        and (not seen.quotes or _whole_lines_above(file, dialect))
    )


def _whole_lines_above(file: TextFile, dialect: Dialect) -> bool:
    """Whether no quoted cell runs over the end of a line above the rows: what is to be skipped is then not in doubt."""
    return all(line.count('"') % 2 == 0 for line in islice(file.lines(), dialect.first_row))


def _load_fast(
    scratch: duckdb.DuckDBPyConnection, name: str, file: TextFile, dialect: Dialect, *, limits: Limits
) -> Loaded | None:
    """The rows by DuckDB's reader, or None when it met a row that is not exactly as expected.

    It finds the line ends itself: told that they are CR LF, DuckDB 1.5 in strict mode loses every row without a word.
    """
    cells = ", ".join(f"c{i}: 'VARCHAR'" for i in range(1, dialect.columns + 1))
    try:
        scratch.execute(
            f"CREATE TABLE {name}_raw AS SELECT * FROM read_csv($path, columns={{{cells}}}, auto_detect=false, "
            "header=false, skip=$skip, delim=$delimiter, quote='\"', escape='\"', "
            "strict_mode=true, nullstr='', max_line_size=$longest, null_padding=false, ignore_errors=false)",
            {
                "path": str(file.path),
                "skip": dialect.first_row,
                "delimiter": dialect.delimiter,
                "longest": 2 * limits.line_bytes,
            },
        )
    except (duckdb.InvalidInputException, duckdb.ConversionException):
        scratch.execute(f"DROP TABLE IF EXISTS {name}_raw")
        return None
    rows, empty = count_rows(scratch, name, dialect.columns)
    _check_cells(scratch, name, file, dialect, limits=limits)
    return Loaded(rows - empty, dialect.columns, empty, Tally(), first_row_number=dialect.first_row + 1)


def count_rows(scratch: duckdb.DuckDBPyConnection, name: str, columns: int) -> tuple[int, int]:
    """Rows of `<name>_raw`, and how many of them are wholly empty."""
    # Conditions of FILTER are worked out in full on every row; those of WHERE stop at the first cell that is filled.
    found = scratch.execute(
        f"SELECT (SELECT count(*) FROM {name}_raw), (SELECT count(*) FROM {name}_raw WHERE {nothing_in(columns)})"
    ).fetchone()
    return found or (0, 0)


def _check_cells(
    scratch: duckdb.DuckDBPyConnection, name: str, file: TextFile, dialect: Dialect, *, limits: Limits
) -> None:
    if file.seen.longest_line <= limits.cell_characters and not file.seen.quotes:
        return
    longest = "greatest(" + ", ".join(f"coalesce(length(c{i}), 0)" for i in range(1, dialect.columns + 1)) + ", 0)"
    found = scratch.execute(
        f"SELECT min(rowid) FROM {name}_raw WHERE {longest} > $limit", {"limit": limits.cell_characters}
    ).fetchone()
    if found and found[0] is not None:
        scratch.execute(f"DROP TABLE {name}_raw")
        raise refusals.long_cell(file.place, found[0] + dialect.first_row + 1, limits.cell_characters)


def _load_carefully(
    scratch: duckdb.DuckDBPyConnection, name: str, file: TextFile, dialect: Dialect, *, limits: Limits
) -> Loaded:
    table = RawTable(scratch, name, dialect.columns)
    empty = 0
    records = Records(
        file.lines(),
        dialect.delimiter,
        width=0 if file.made_here else dialect.columns,
        longest=limits.cell_characters,
        skip_spaces=dialect.skip_spaces,
    )
    for number, record in enumerate(records, start=1):
        if number <= dialect.first_row:
            continue
        if not any(cell.strip(BLANKS) for cell in record.cells):
            empty += 1
            continue
        if len(record.raw) > limits.cell_characters and max(map(len, record.cells)) > limits.cell_characters:
            raise refusals.long_cell(file.place, number, limits.cell_characters)
        _place(table, number, record, file.mended_lines)
    table.finish()
    return Loaded(table.kept, dialect.columns, empty, table.tally, table.has_refused)


def _place(table: RawTable, number: int, record: Record, mended_lines: frozenset[int]) -> None:
    cells, width = record.cells, table.columns
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        cells = cells[:width]
    if len(cells) != width:
        kind = ProblemKind.TOO_FEW_CELLS if len(cells) < width else ProblemKind.TOO_MANY_CELLS
        table.refuse(kind, number, record.raw.rstrip("\r\n"))
        return
    table.keep(number, cells)
    if record.stray_quote:
        table.mended(ProblemKind.OPEN_QUOTE, number)
    if mended_lines and any(record.line + i in mended_lines for i in range(record.raw.count("\n") or 1)):
        table.mended(ProblemKind.MIXED_ENCODING, number)
