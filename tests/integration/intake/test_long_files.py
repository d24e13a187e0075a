"""Files long enough for the engine's own reader keep every row, whatever ends their lines."""

from pathlib import Path

import duckdb
import pytest

from publicc.intake.reading import Limits, read_files
from publicc.intake.reading.delimited import FAST_FROM_BYTES


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("quoted", [False, True])
def test_a_long_file_keeps_every_row(tmp_path: Path, line_end: str, *, quoted: bool) -> None:
    name = '"Tremblay; Noémie"' if quoted else "Tremblay"
    rows = [f"{number};CLI{number:06d};{name};2018-09-12 19:30;42,50;Général" for number in range(90_000)]
    file = tmp_path / "ventes.csv"
    text = line_end.join(["Numéro;Code client;Nom;Date;Montant;Catégorie", *rows, ""])
    file.write_text(text, encoding="utf-8", newline="")
    assert file.stat().st_size > FAST_FROM_BYTES
    with duckdb.connect() as scratch:
        (table,) = read_files([file], scratch, Limits())
        assert table.row_count == len(rows)
        first_and_last = scratch.execute(f"SELECT min(row_number), max(row_number) FROM {table.relation}").fetchone()
    assert first_and_last == (2, len(rows) + 1)
