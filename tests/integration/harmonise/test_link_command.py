"""`publicc link` as others script against it."""

import json
import sys
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from publicc.cli.customer_tables import columns_of
from publicc.cli.link import app
from publicc.harmonise.linkage import LinkScope, link
from publicc.harmonise.linkage.measures import measures
from publicc.kernel.errors import BadInput, BadUsage
from tests.shared_data import SHARED, needs_shared

FRENCH = """Courriel;Nom;Prénom;Téléphone;Code client;Remarque
helene@bell.ca;Gagnon;Hélène;514-987-6541;7;x
;Roy;Luc;450-662-1188;9;y
HELENE@BELL.CA;GAGNON;HELENE;5149876541;8;z
"""
TRUTH = "organization,customer_number,entity\nopera,7,a\nopera,8,a\nopera,9,b\n"


@pytest.fixture
def opera(tmp_path: Path) -> Path:
    path = tmp_path / "opera.csv"
    path.write_text(FRENCH, encoding="utf-8")
    return path


def run(*arguments: object) -> str:
    found = CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False, standalone_mode=False)
    if found.exception:
        raise found.exception
    return found.stdout


def test_one_row_an_input_row_in_input_order_with_the_file_s_name_for_organization(opera: Path) -> None:
    out = opera.with_name("out.parquet")
    run(opera, "--out", out, "--json")
    rows = duckdb.execute(f"SELECT * FROM '{out}'").fetchall()
    names = [column[0] for column in duckdb.execute(f"DESCRIBE SELECT * FROM '{out}'").fetchall()]
    assert names == ["organization", "customer_number", "person_id", "household_id", "confidence"]
    assert [row[:2] for row in rows] == [("opera", "7"), ("opera", "9"), ("opera", "8")]
    assert rows[0][2] == rows[2][2] != rows[1][2]
    assert all(0 <= row[4] <= 1 for row in rows)


def test_the_report_is_json_alone_with_quality_time_and_memory(opera: Path) -> None:
    truth = opera.with_name("truth.csv")
    truth.write_text(TRUTH, encoding="utf-8")
    report = json.loads(run(opera, "--out", opera.with_name("o.parquet"), "--truth", truth, "--json"))
    assert report["rows"] == 3
    assert report["persons"] == 2
    assert {"seconds", "records_per_second", "peak_memory_mb"} <= set(report)
    for measure in ("pairwise", "cluster", "b_cubed"):
        assert report["quality"][measure] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}


def test_the_report_is_a_sentence_and_a_table_for_a_person(opera: Path) -> None:
    truth = opera.with_name("truth.csv")
    truth.write_text(TRUTH, encoding="utf-8")
    said = run(opera, "--out", opera.with_name("o.parquet"), "--truth", truth)
    assert "2" in said
    assert "B-cubed" in said


def test_a_table_without_customer_numbers_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Nom,Courriel\nGagnon,a@bell.ca\nRoy,b@bell.ca\n", encoding="utf-8")
    with pytest.raises(BadInput, match="customer number column is missing"):
        run(path, "--out", tmp_path / "o.parquet")


def test_a_file_that_is_no_parquet_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    path.write_bytes(b"not parquet")
    with pytest.raises(BadInput, match="cannot be opened"):
        run(path, "--out", tmp_path / "o.parquet")


def test_an_output_folder_that_is_not_there_is_said(opera: Path) -> None:
    with pytest.raises(BadInput, match="cannot be written"):
        run(opera, "--out", opera.parent / "nowhere" / "o.parquet")


def test_a_truth_about_other_rows_is_said(opera: Path) -> None:
    truth = opera.with_name("truth.csv")
    truth.write_text("organization,customer_number,entity\nmusee,1,a\nmusee,2,b\n", encoding="utf-8")
    with pytest.raises(BadInput, match="No row of the truth"):
        run(opera, "--out", opera.with_name("o.parquet"), "--truth", truth, "--scope", "organization")


def test_an_engine_that_is_not_installed_is_said(opera: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)  # what Python takes for a module that is not there
    with pytest.raises(BadUsage, match="Spark is not installed"):
        run(opera, "--out", opera.with_name("o.parquet"), "--engine", "spark")


def test_a_master_is_for_spark_only(opera: Path) -> None:
    with pytest.raises(BadUsage, match="for --engine spark only"):
        run(opera, "--out", opera.with_name("o.parquet"), "--master", "local[2]")


def test_headers_are_known_in_both_languages_whatever_their_case() -> None:
    french = columns_of(["CODE CLIENT", "prénom", "Nom", "Adresse", "Ville", "Code postal", "Téléphone", "Courriel"])
    english = columns_of(
        ["customer_number", "First Name", "last_name", "address", "CITY", "postal_code", "phone", "email"]
    )
    assert french == english


@needs_shared
@pytest.mark.shared
@pytest.mark.slow
def test_a_city_of_customers_is_linked_better_than_by_any_known_tool() -> None:
    source = SHARED / "linkage" / "canada_20k.parquet"
    with duckdb.connect() as connection:
        connection.read_parquet(str(source)).create_view("source")
        result = link(connection, "source", scope=LinkScope.POOL)
        found = connection.execute(
            f"""SELECT person_no, entity FROM {result.relation}
            JOIN '{source.with_name("canada_20k.truth.parquet")}' USING (organization, customer_number)"""
        ).fetchall()
    good = measures([row[0] for row in found], [row[1] for row in found])
    assert good.b_cubed.f1 >= 0.982
    assert good.pairs.f1 >= 0.955
    assert good.largest_false_group <= 20
