"""Files → tables of text with row numbers. Opens anything a ticketing system exports; refuses, in a sentence, the rest.

Two promises: rows in the file = rows in the table + refused rows + empty rows; and a hostile file costs bounded memory.
"""

from publicc.intake.reading.files import read_files
from publicc.intake.reading.tables import (
    Evidence,
    Form,
    Limits,
    ProblemKind,
    RowProblem,
    SourceTable,
)

__all__ = ["Evidence", "Form", "Limits", "ProblemKind", "RowProblem", "SourceTable", "read_files"]
