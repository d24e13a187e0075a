"""What reading a file gives: tables of text with the row numbers a person would count, and what was odd about them."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from publicc.kernel.text import Text

MIB = 1024 * 1024
ROWS_SHOWN = 50


class Form(StrEnum):
    """How the rows lie in the file."""

    DELIMITED = "delimited"
    FIXED_WIDTH = "fixed_width"
    SHEET = "sheet"
    JSON = "json"
    PARQUET = "parquet"


class ProblemKind(StrEnum):
    """Why a row needs a person's eye."""

    TOO_FEW_CELLS = "too_few_cells"
    TOO_MANY_CELLS = "too_many_cells"
    OPEN_QUOTE = "open_quote"
    OUT_OF_LINE = "out_of_line"
    MIXED_ENCODING = "mixed_encoding"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may ask of the machine (docs/explanation/store.md).

    The scratch files made while reading lie in `working_folder` (the system's temporary folder when None), each reading
    in a folder of its own that only its owner may enter and that is gone afterwards, whatever happens.
    """

    file_bytes: int = 8 * 1024 * MIB
    workbook_bytes: int = 50 * MIB
    document_bytes: int = 200 * MIB
    unpacked_workbook_bytes: int = 600 * MIB
    unpacked_archive_bytes: int = 16 * 1024 * MIB
    archive_members: int = 1000
    archive_ratio: int = 200
    columns: int = 300
    cell_characters: int = 32 * 1024
    line_bytes: int = MIB
    header_characters: int = 500
    parser_memory_bytes: int = 1536 * MIB
    parser_cpu_seconds: int = 120
    parser_wall_seconds: int = 240
    working_folder: Path | None = None


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One kind of oddity and the rows that show it.

    `refused` rows are not in the table's relation: they lie in `SourceTable.refused_relation`. The others were mended,
    and are in it.
    """

    kind: ProblemKind
    count: int
    rows: tuple[int, ...]
    """The first fifty row numbers."""
    why: Text
    refused: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """How the file was read, and what was seen that says so."""

    form: Form
    encoding: str | None = None
    encoding_sure: bool = True
    """False when two legacy encodings explain the accents equally well."""
    accent_samples: tuple[str, ...] = field(default=(), repr=False)
    """Up to five words with accents as they were read, for those who deposited the file to check; never for logs."""
    delimiter: str | None = None
    header_row: int | None = None
    """None when the file has no header, columns are then called #1, #2…; 0 when names are kept apart from rows."""
    empty_rows: int = 0
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceTable:
    """One table found in a file, kept in the scratch database.

    `relation` (a plain name, safe in SQL) has `row_number BIGINT`, the row as a spreadsheet program would count it,
    header included, then `c1 … cN`, all VARCHAR, an empty cell being NULL. `headers[i]` belongs to `c{i+1}`; they are
    distinct, non-empty and trimmed. Rows read = `row_count` + refused rows; wholly empty rows are not rows.
    """

    file_name: str
    part: str
    """Sheet, member of the archive or path in the document; empty when the file is the table."""
    relation: str
    headers: tuple[str, ...]
    row_count: int
    evidence: Evidence
    problems: tuple[RowProblem, ...] = ()
    refused_relation: str | None = None
    """`row_number BIGINT, kind VARCHAR, raw VARCHAR`: refused rows as they stood in the file. None without any."""

    @property
    def refused_count(self) -> int:
        """Rows that were read and are not in `relation`."""
        return sum(problem.count for problem in self.problems if problem.refused)

    @property
    def columns(self) -> tuple[str, ...]:
        """`c1 … cN`."""
        return tuple(f"c{i}" for i in range(1, len(self.headers) + 1))

    @property
    def place(self) -> str:
        """File and part, for sentences: `ventes.xlsx › Commandes`."""
        return f"{self.file_name} › {self.part}" if self.part else self.file_name
