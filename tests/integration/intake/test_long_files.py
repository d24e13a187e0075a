"""Files long enough for the engine's own reader keep every row, whatever ends their lines."""

from pathlib import Path

import duckdb
import pytest

from publicc.intake.reading import Limits, read_files
from publicc.intake.reading.delimited import FAST_FROM_BYTES
from publicc.intake.reading.survey import CHUNK, survey


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


@pytest.mark.parametrize("before", [0, 1, 2], ids=["whole", "split", "after"])
def test_an_empty_line_is_seen_wherever_the_reading_stops(tmp_path: Path, before: int) -> None:
    line = "123;Ada;42,50\n"
    full = line * (CHUNK // len(line) - 1)
    text = full + "x" * (CHUNK - len(full) - 1 - before) + "\n" + "\n" + line * 3
    (tmp_path / "ventes.csv").write_text(text, encoding="utf-8", newline="")
    assert survey(tmp_path / "ventes.csv", "ventes.csv", Limits()).inner_empty_lines
    (tmp_path / "ventes.csv").write_text(text.replace("\n\n", "\nx\n") + "\n", encoding="utf-8", newline="")
    assert not survey(tmp_path / "ventes.csv", "ventes.csv", Limits()).inner_empty_lines


def test_a_letter_cut_by_the_reading_is_still_a_letter(tmp_path: Path) -> None:
    (tmp_path / "noms.csv").write_bytes(b"a" * (CHUNK - 1000) + b"\n" + b"b" * 998 + "é\n".encode() * 5)
    seen = survey(tmp_path / "noms.csv", "noms.csv", Limits(line_bytes=2 * CHUNK))
    assert (seen.utf8, seen.ascii, seen.lf) == (True, False, 6)
    (tmp_path / "noms.csv").write_bytes(b"a" * (CHUNK - 1) + b"\xc3" + b"\n" + b"b" * CHUNK)
    assert not survey(tmp_path / "noms.csv", "noms.csv", Limits(line_bytes=2 * CHUNK)).utf8
