"""The same rows come out of a workbook, a document, a Parquet file and an archive."""

import datetime as dt
import gzip
import json
import zipfile
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from publicc.intake.reading import Form, read_files
from tests.unit.intake.reading.hostile import workbook

ROWS: list[list[object]] = [["code", "nom"], ["001", "Ada"], ["002", "Élise"]]
CSV = "code,nom\n001,Ada\n002,Élise\n"


def rows_of(path: Path) -> list[list[tuple[object, ...]]]:
    scratch = duckdb.connect()
    return [
        scratch.execute(f"SELECT * FROM {t.relation} ORDER BY row_number").fetchall()
        for t in read_files([path], scratch)
    ]


def test_a_workbook_gives_its_sheets_with_the_rows_a_person_sees(tmp_path: Path) -> None:
    workbook({"Clients": ROWS, "Feuil2": [], "Ventes": [["Rapport"], [], *ROWS]})(tmp_path / "a.xlsx")
    assert rows_of(tmp_path / "a.xlsx") == [
        [(2, "001", "Ada"), (3, "002", "Élise")],
        [(4, "001", "Ada"), (5, "002", "Élise")],
    ]


def test_typed_cells_of_a_workbook_get_the_text_a_person_typed(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        instant = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        clock = book.add_format({"num_format": "hh:mm"})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["numéro", "jour", "instant", "heure", "prix", "vrai", "texte"])
        sheet.write_number(1, 0, 12345678901234)
        sheet.write_datetime(1, 1, dt.date(2019, 3, 16), day)
        sheet.write_datetime(1, 2, dt.datetime(2019, 3, 16, 19, 30), instant)  # noqa: DTZ001
        sheet.write_datetime(1, 3, dt.time(19, 30), clock)
        sheet.write_number(1, 4, 35.5)
        sheet.write_boolean(1, 5, True)
        sheet.write_string(1, 6, 'deux\nlignes, "citées"')
    ((row,),) = rows_of(tmp_path / "a.xlsx")
    assert row[1] == "12345678901234"
    assert str(row[2]).startswith("2019-03-16")
    assert row[3] == "2019-03-16 19:30:00"
    assert row[4] == "19:30:00"
    assert row[5:] == ("35.5", "TRUE", 'deux\nlignes, "citées"')


def test_an_open_document_sheet_is_read(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    body = "".join("<table:table-row>" + "".join(cell.format(c) for c in row) + "</table:table-row>" for row in ROWS)
    content = (
        '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Clients">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        out.writestr("content.xml", content)
        out.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><manifest/>')
    assert rows_of(tmp_path / "a.ods") == [[(2, "001", "Ada"), (3, "002", "Élise")]]


def test_archives_are_opened_and_their_members_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(CSV.encode()))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as out:
        out.writestr("clients.csv", CSV)
        out.writestr("dossier/ventes.csv", CSV)
        out.writestr("__MACOSX/._clients.csv", b"\0")
    scratch = duckdb.connect()
    tables = read_files([tmp_path / "a.csv.gz", tmp_path / "a.zip"], scratch)
    assert [(t.file_name, t.part, t.row_count) for t in tables] == [
        ("a.csv.gz", "", 2),
        ("a.zip", "clients.csv", 2),
        ("a.zip", "dossier/ventes.csv", 2),
    ]
    assert tables[2].place == "a.zip › dossier/ventes.csv"


def test_a_parquet_file_is_read_as_text(tmp_path: Path) -> None:
    duckdb.sql(
        "SELECT '001' AS code, DATE '2019-03-16' AS jour, 35.50::DECIMAL(9,2) AS prix UNION ALL SELECT '', NULL, 1"
    ).write_parquet(str(tmp_path / "a.parquet"))
    assert rows_of(tmp_path / "a.parquet") == [[(1, "001", "2019-03-16", "35.50"), (2, None, None, "1.00")]]


@pytest.mark.parametrize("wrap", ["{0}", '{{"count": 2, "results": {0}}}', '{{"data": {{"items": {0}}}}}'])
def test_records_are_found_in_the_ways_services_answer(tmp_path: Path, wrap: str) -> None:
    records = json.dumps([{"code": "001", "nom": {"fr": "Ada", "en": ""}}, {"code": "002", "nom": {"fr": "Élise"}}])
    (tmp_path / "a.json").write_text(wrap.format(records))
    scratch = duckdb.connect()
    (table,) = read_files([tmp_path / "a.json"], scratch)
    assert table.headers == ("code", "nom.fr", "nom.en")
    assert table.evidence.form is Form.JSON
    assert rows_of(tmp_path / "a.json") == [[(1, "001", "Ada", None), (2, "002", "Élise", None)]]


def test_json_lines_are_records(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"code": 1.50}\n{"code": 1.159e1}\n')
    assert rows_of(tmp_path / "a.jsonl") == [[(1, "1.50"), (2, "1.159e1")]]


def test_several_objects_in_a_record_are_a_child_table_with_the_records_fields(tmp_path: Path) -> None:
    orders = [
        {"code": "A", "email": "a@x.test", "positions": [{"no": 1, "prix": "40.00"}, {"no": 2, "prix": "25.00"}]},
        {"code": "B", "email": None, "positions": [{"no": 1, "prix": "35.00"}]},
    ]
    (tmp_path / "a.json").write_text(json.dumps(orders))
    scratch = duckdb.connect()
    parent, child = read_files([tmp_path / "a.json"], scratch)
    assert parent.headers == ("code", "email")
    assert (child.part, child.headers) == ("positions", ("code", "email", "positions.no", "positions.prix"))
    assert scratch.execute(f"SELECT * FROM {child.relation} ORDER BY 1").fetchall() == [
        (1, "A", "a@x.test", "1", "40.00"),
        (2, "A", "a@x.test", "2", "25.00"),
        (3, "B", None, "1", "35.00"),
    ]


def test_values_of_linked_data_take_their_language(tmp_path: Path) -> None:
    price = {"type": "xsd:double", "@value": "1.159e1"}
    record = {"name": [{"@language": "fr", "@value": "Été"}, {"@language": "en", "@value": "Summer"}], "price": price}
    (tmp_path / "a.jsonld").write_text(json.dumps({"@graph": [record]}))
    scratch = duckdb.connect()
    (table,) = read_files([tmp_path / "a.jsonld"], scratch)
    assert table.headers == ("name.fr", "name.en", "price")
