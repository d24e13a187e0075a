"""The e-mails of a segment's buyers: those who said yes, and nobody else."""

import csv
import io

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from publicc.harmonise.gather import IDENTITIES
from publicc.harmonise.own_buyers import OwnBuyers, Standing, own_buyers, read_own_buyers
from publicc.intake.schema import create_schema
from publicc.kernel.errors import NotFound
from tests.drawn_vaults import drawn

RECORDS = """
customer_key | buyer_id | first_name  | email           | email_consent
-------------+----------+-------------+-----------------+--------------
C1           | ada      | Ada         | ada@poste.ca    | true
C2           | ada      | =cmd()      | ADA@poste.ca    | true
C3           | ben      | Ben         | ben@poste.ca    | true
C4           | ben      | Benoît      | ben2@poste.ca   | false
C5           | cam      | Cam         | cam@poste.ca    | -
C6           | dee      | Dee         | info@salle.ca   | true
C7           | eve      | Eve         | maison@poste.ca | true
C8           | fay      | Fay         | maison@poste.ca | true
C9           | gil      | Gil         | chez@poste.ca   | true
C10          | hal      | Hal         | chez@poste.ca   | false
C11          | ivy      | Ivy         | ivy@poste.ca    | true
"""
SEGMENT = ["ada", "ben", "cam", "dee", "eve", "fay", "gil", "gone"]


@pytest.fixture
def vault() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    create_schema(connection)
    connection.execute(IDENTITIES)
    for number, row in enumerate(drawn(RECORDS), 1):
        buyer = row.pop("buyer_id")
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        columns = f"INSERT INTO customers (source, deposit_id, file_no, row_number, {names})"
        connection.execute(f"{columns} VALUES ('box', 1, 1, {number}, {marks})", list(row.values()))
        values = [row["customer_key"], buyer]
        insert = (
            "INSERT INTO identities (source, customer_key, buyer_id, first_seen_at, buyer_key, person_id, person_key)"
        )
        connection.execute(insert + " VALUES ('box', ?, ?, TIMESTAMP '2020-01-01', 'k', 'p', 'k')", values)
    return connection


def written(found: OwnBuyers) -> list[list[str]]:
    return list(csv.reader(io.StringIO(found.content.decode("utf-8-sig"))))


def test_only_those_who_said_yes_are_written_and_everyone_is_accounted_for(vault: duckdb.DuckDBPyConnection) -> None:
    found = read_own_buyers(vault, SEGMENT, form="csv", lang="en")
    assert found.standing == Standing(yes=3, no=2, never_asked=1, no_address=1, gone=1, addresses=2, is_asked=True)
    head, *rows = written(found)
    assert head[0] == "E-mail"
    assert [row[0] for row in rows] == ["ADA@poste.ca", "maison@poste.ca"]


def test_a_name_that_a_spreadsheet_would_run_is_words(vault: duckdb.DuckDBPyConnection) -> None:
    vault.execute("DELETE FROM customers WHERE customer_key = 'C1'")
    rows = written(read_own_buyers(vault, ["ada"], form="csv", lang="en"))
    assert rows[1][2] == "'=cmd()"
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(read_own_buyers(vault, ["ada"], form="xlsx", lang="fr").content))
    assert sheet.get_sheet_by_index(0).to_python()[1][2] == "'=cmd()"


def test_nobody_is_supposed_to_accept_where_nothing_says_so(vault: duckdb.DuckDBPyConnection) -> None:
    vault.execute("DROP VIEW current_customers; ALTER TABLE customers DROP COLUMN email_consent")
    vault.execute("CREATE VIEW current_customers AS SELECT * FROM customers WHERE superseded_by IS NULL")
    found = read_own_buyers(vault, SEGMENT, form="csv", lang="fr")
    assert not found.standing.is_asked
    assert found.standing.never_asked == len(SEGMENT) - 1
    assert len(written(found)) == 1


def test_counting_writes_no_file(vault: duckdb.DuckDBPyConnection) -> None:
    assert read_own_buyers(vault, SEGMENT, form="count", lang="fr").content == b""


def test_a_form_that_is_none_is_not_found() -> None:
    with pytest.raises(NotFound):
        own_buyers("theatre-du-nord", [], form="exe", lang="fr")
