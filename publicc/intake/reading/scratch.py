"""Rows on their way into the scratch database, and the tally of those that could not go.

Relations are named by us (`source_1`, `source_1_raw`, `source_1_refused`): no name of a file or of a column enters SQL.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import duckdb
import pyarrow as pa

from publicc.intake.reading.tables import ROWS_SHOWN, ProblemKind, RowProblem
from publicc.kernel.text import Text

_BATCH: Final = 20_000
BLANKS: Final = " \t\r\n"
"""Characters that fill a cell without putting anything in it."""


def nothing_in(columns: int) -> str:
    """SQL condition: every cell of the row is empty or blank."""
    blanks = " || ".join(f"chr({ord(blank)})" for blank in BLANKS)
    # Every blank sorts before '!': the comparison is quick, the trimming happens to the few cells that begin with one.
    return " AND ".join(f"(c{i} IS NULL OR (c{i} < '!' AND trim(c{i}, {blanks}) = ''))" for i in range(1, columns + 1))


REASONS: Final = {
    ProblemKind.TOO_FEW_CELLS: Text(
        fr="La ligne a moins de cellules que l'en-tête : on ne sait pas laquelle manque.",
        en="The row has fewer cells than the header: which one is missing cannot be known.",
    ),
    ProblemKind.TOO_MANY_CELLS: Text(
        fr="La ligne a plus de cellules que l'en-tête, souvent à cause d'un séparateur dans un texte sans guillemets.",
        en="The row has more cells than the header, often because of a separator inside a text without quotes.",
    ),
    ProblemKind.OPEN_QUOTE: Text(
        fr="Un guillemet s'ouvre et ne se ferme pas; il a été lu comme un caractère ordinaire.",
        en="A quote opens and never closes; it was read as an ordinary character.",
    ),
    ProblemKind.OUT_OF_LINE: Text(
        fr="La ligne ne suit pas les colonnes à largeur fixe du fichier.",
        en="The row does not follow the file's fixed-width columns.",
    ),
    ProblemKind.MIXED_ENCODING: Text(
        fr="La ligne n'est pas encodée comme le reste du fichier; ses accents ont été rétablis.",
        en="The row is not encoded like the rest of the file; its accents were restored.",
    ),
}


@dataclass(slots=True)
class Tally:
    """Problems of one table, counted by kind, the first fifty rows of each kept."""

    counts: dict[tuple[ProblemKind, bool], int] = field(default_factory=dict)
    rows: dict[tuple[ProblemKind, bool], list[int]] = field(default_factory=dict)

    def add(self, kind: ProblemKind, row_number: int, *, refused: bool) -> None:
        """Count one row."""
        key = (kind, refused)
        self.counts[key] = self.counts.get(key, 0) + 1
        shown = self.rows.setdefault(key, [])
        if len(shown) < ROWS_SHOWN:
            shown.append(row_number)

    def problems(self) -> tuple[RowProblem, ...]:
        """What was counted, in the order of the kinds."""
        order = list(ProblemKind)
        return tuple(
            RowProblem(kind, count, tuple(self.rows[kind, refused]), REASONS[kind], refused)
            for (kind, refused), count in sorted(self.counts.items(), key=lambda c: (order.index(c[0][0]), c[0][1]))
        )


class RawTable:
    """A table being written: `<name>_raw (row_number, c1…cN)`, and `<name>_refused` when a row is refused."""

    def __init__(self, scratch: duckdb.DuckDBPyConnection, name: str, columns: int) -> None:
        self.scratch = scratch
        self.name = name
        self.columns = columns
        self.tally = Tally()
        self.kept = 0
        self.has_refused = False
        self._numbers: list[int] = []
        self._rows: list[Sequence[str | None]] = []
        self._refused: list[tuple[int, str, str]] = []
        cells = ", ".join(f"c{i} VARCHAR" for i in range(1, columns + 1))
        scratch.execute(f"CREATE TABLE {name}_raw (row_number BIGINT, {cells})")

    def keep(self, row_number: int, cells: Sequence[str | None]) -> None:
        """Add a row of exactly `columns` cells."""
        self._numbers.append(row_number)
        self._rows.append(cells)
        if len(self._rows) >= _BATCH:
            self._flush_rows()

    def refuse(self, kind: ProblemKind, row_number: int, raw: str) -> None:
        """Set a row aside with its reason."""
        self.tally.add(kind, row_number, refused=True)
        self._refused.append((row_number, kind.value, raw))
        if len(self._refused) >= _BATCH:
            self._flush_refused()

    def mended(self, kind: ProblemKind, row_number: int) -> None:
        """Say that a kept row was mended."""
        self.tally.add(kind, row_number, refused=False)

    def finish(self) -> None:
        """Write what is still held."""
        self._flush_rows()
        self._flush_refused()

    def _flush_rows(self) -> None:
        if not self._rows:
            return
        names = [f"c{i}" for i in range(1, self.columns + 1)]
        arrays = [pa.array(column, pa.string()) for column in zip(*self._rows, strict=True)]
        batch = pa.table([pa.array(self._numbers, pa.int64()), *arrays], names=["row_number", *names])
        cells = ", ".join(f"nullif({name}, '')" for name in names)
        self._insert(batch, f"INSERT INTO {self.name}_raw SELECT row_number, {cells} FROM {self.name}_batch")
        self.kept += len(self._rows)
        self._numbers, self._rows = [], []

    def _flush_refused(self) -> None:
        if not self._refused:
            return
        if not self.has_refused:
            self.scratch.execute(f"CREATE TABLE {self.name}_refused (row_number BIGINT, kind VARCHAR, raw VARCHAR)")
            self.has_refused = True
        numbers, kinds, raws = zip(*self._refused, strict=True)
        batch = pa.table({"row_number": numbers, "kind": kinds, "raw": raws})
        self._insert(batch, f"INSERT INTO {self.name}_refused SELECT * FROM {self.name}_batch")
        self._refused = []

    def _insert(self, batch: pa.Table, statement: str) -> None:
        self.scratch.register(f"{self.name}_batch", batch)
        try:
            self.scratch.execute(statement)
        finally:
            self.scratch.unregister(f"{self.name}_batch")
