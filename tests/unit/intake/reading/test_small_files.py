"""What a person would say is in the file is what is read, whatever its dress."""

from pathlib import Path

import duckdb
import pytest

from publicc.intake.reading import SourceTable, read_files


def read(folder: Path, content: bytes, name: str = "ventes.csv") -> tuple[SourceTable, list[tuple[object, ...]]]:
    (folder / name).write_bytes(content)
    scratch = duckdb.connect()
    (table,) = read_files([folder / name], scratch)
    cells = ", ".join(table.columns)
    return table, scratch.execute(f"SELECT row_number, {cells} FROM {table.relation} ORDER BY 1").fetchall()


DRESSES = {
    "plain": b"code,nom\n1,Ada\n2,Ben\n",
    "semicolons": b"code;nom\r\n1;Ada\r\n2;Ben\r\n",
    "tabs": b"code\tnom\n1\tAda\n2\tBen",
    "bom": b"\xef\xbb\xbfcode,nom\n1,Ada\n2,Ben\n",
    "old macintosh": b"code;nom\r1;Ada\r2;Ben\r",
    "utf-16 with bom": "code;nom\n1;Ada\n2;Ben\n".encode("utf-16"),
    "utf-16 without bom": "code;nom\n1;Ada\n2;Ben\n".encode("utf-16-le"),
    "all quoted": b'"code","nom"\n"1","Ada"\n"2","Ben"\n',
    "trailing separators": b"code;nom;;\n1;Ada;;\n2;Ben;;\n",
    "mixed line ends": b"code,nom\n1,Ada\r\n2,Ben",
}


@pytest.mark.parametrize("dress", DRESSES)
def test_the_same_table_is_read_in_every_dress(tmp_path: Path, dress: str) -> None:
    table, rows = read(tmp_path, DRESSES[dress])
    assert table.headers == ("code", "nom")
    assert rows == [(2, "1", "Ada"), (3, "2", "Ben")]
    assert table.row_count == 2


def test_sep_line_and_titles_above_the_header_are_left_aside(tmp_path: Path) -> None:
    table, rows = read(tmp_path, b"sep=;\nRapport des ventes\n\nCode client;Nom\n1;Ada\n2;Ben\n")
    assert table.headers == ("Code client", "Nom")
    assert table.evidence.header_row == 4
    assert rows == [(5, "1", "Ada"), (6, "2", "Ben")]


def test_a_row_of_another_width_is_refused_with_its_number_and_never_shifted(tmp_path: Path) -> None:
    table, rows = read(tmp_path, b"code,nom,ville\n1,Ada,Laval\n2,Ben\n3,Cam,Alma,Nord\n\n4,Dan,Amos\n")
    assert [row[0] for row in rows] == [2, 6]
    assert [(p.kind.value, p.rows, p.refused) for p in table.problems] == [
        ("too_few_cells", (3,), True),
        ("too_many_cells", (4,), True),
    ]
    assert table.evidence.empty_rows == 1
    assert (table.row_count, table.refused_count) == (2, 2)


def test_line_ends_inside_quotes_belong_to_the_cell(tmp_path: Path) -> None:
    _, rows = read(tmp_path, b'code,note\r\n1,"deux\rlignes"\r\n2,"deux\r\nlignes"\r\n3,fin\r\n')
    assert rows == [(2, "1", "deux\rlignes"), (3, "2", "deux\r\nlignes"), (4, "3", "fin")]


def test_a_quote_that_never_closes_swallows_no_row(tmp_path: Path) -> None:
    table, rows = read(tmp_path, b'code,nom\n1,"Ada\n2,Ben\n3,"Cam\n4,Dan\n')
    assert [row[0] for row in rows] == [2, 3, 4, 5]
    assert [(p.kind.value, p.rows) for p in table.problems] == [("open_quote", (2, 4))]


def test_headers_are_made_distinct_and_named_when_missing(tmp_path: Path) -> None:
    table, _ = read(tmp_path, b"nom,nom,,nom \nAda,Ben,x,1\nCam,Dan,y,2\n")
    assert table.headers == ("nom", "nom (2)", "#3", "nom (3)")


def test_a_file_without_header_keeps_its_first_row(tmp_path: Path) -> None:
    table, rows = read(tmp_path, b"1;Ada;2019-01-02\n2;Ben;2019-01-03\n3;Cam;2019-01-04\n")
    assert table.evidence.header_row is None
    assert len(rows) == 3


@pytest.mark.parametrize("codec", ["cp1252", "mac-roman", "cp850", "latin-1"])
def test_french_letters_are_right_in_every_legacy_encoding(tmp_path: Path, codec: str) -> None:
    names = ["Prénom", "Élise Côté", "François", "Hélène Lafrenière", "Noël Gagné", "Théâtre à l'italienne", "Où"]
    text = "Prénom;Ville\n" + "".join(f"{name};Montréal\n" for name in names)
    table, rows = read(tmp_path, text.encode(codec))
    assert table.headers == ("Prénom", "Ville")
    assert [row[1] for row in rows] == names
    assert table.evidence.accent_samples


def test_lines_of_another_encoding_are_mended_and_named(tmp_path: Path) -> None:
    content = "nom;ville\nÉlise;Montréal\n".encode() + "Noël;Lévis\n".encode("cp1252") + "Zoé;Québec\n".encode()
    table, rows = read(tmp_path, content)
    assert [row[1:] for row in rows] == [("Élise", "Montréal"), ("Noël", "Lévis"), ("Zoé", "Québec")]
    assert [(p.kind.value, p.rows, p.refused) for p in table.problems] == [("mixed_encoding", (3,), False)]
