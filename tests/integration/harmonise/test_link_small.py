"""Linking small and odd tables: no crash, no explosion, no wrong mass merge."""

from collections import defaultdict

import duckdb
import pytest

from publicc.harmonise.linkage import LinkResult, LinkScope, link
from tests.integration.harmonise.customers import customers, rows_of


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def persons(
    connection: duckdb.DuckDBPyConnection, result: LinkResult, column: str = "person_no"
) -> set[frozenset[str]]:
    groups = defaultdict(set)
    for number, group in connection.execute(f"SELECT customer_number, {column} FROM {result.relation}").fetchall():
        groups[group].add(number)
    return {frozenset(group) for group in groups.values()}


def linked(connection: duckdb.DuckDBPyConnection, table: str, **options: object) -> set[frozenset[str]]:
    result = link(connection, customers(connection, table), scope=LinkScope.POOL, **options)  # type: ignore[arg-type]
    return persons(connection, result)


TEN_ROWS = """
customer_number | first_name | last_name | address           | city     | postal_code | phone        | email
----------------+------------+-----------+-------------------+----------+-------------+--------------+------------------
a1              | Hélène     | Gagnon    | 12, r. Principale | Montréal | H2X 1Y4     | 514-987-6541 | helene@bell.ca
a2              | HELENE     | GAGNON    | 12  r principale  | Montreal | h2x1y4      | 5149876541   |
b1              | Robert     | Simard    | 4 ch. du Lac      | Québec   | G1R 2B5     | 418-655-3322 | rsimard@bell.ca
b2              | Bob        | Simard    | 4 chemin du Lac   | Québec   | G1R 2B5     |              | rsimard@bell.ca
c1              | Luc        | Roy       | 9 av. des Pins    | Laval    | H7N 1A1     | 450-662-1188 | luc.roy@bell.ca
c2              | Anne       | Roy       | 9 av des Pins     | Laval    | H7N 1A1     | 450-662-1188 | anne.roy@bell.ca
d1              | Chantal    | Ouellet   | 77 rue Cartier    | Rimouski | G5L 2H1     | 418-723-4455 |
e1              | Wei        | Zhang     | 5 rue Sherbrooke  | Montréal | H3A 1B1     |              | wzhang@bell.ca
f1              | Marc       | Lavoie    | 3 rue du Fort     | Gatineau | J8X 1C2     | 819-777-2233 |
g1              | Julie      | Tremblay  |                   | Montréal |             |              |
"""


def test_ten_rows_are_linked_without_training_data(connection: duckdb.DuckDBPyConnection) -> None:
    found = linked(connection, TEN_ROWS)
    assert frozenset({"a1", "a2"}) in found
    assert frozenset({"b1", "b2"}) in found
    assert frozenset({"c1"}) in found
    assert len(found) == 8


def test_a_couple_is_a_household_and_not_a_person(connection: duckdb.DuckDBPyConnection) -> None:
    result = link(connection, customers(connection, TEN_ROWS), scope=LinkScope.POOL)
    assert frozenset({"c1", "c2"}) in persons(connection, result, "household_no")
    assert result.households < result.persons


def test_one_row_is_one_person(connection: duckdb.DuckDBPyConnection) -> None:
    found = linked(
        connection,
        """
        customer_number | first_name | last_name
        ----------------+------------+----------
        a1              | Hélène     | Gagnon
        """,
    )
    assert found == {frozenset({"a1"})}


def test_no_row_is_no_person(connection: duckdb.DuckDBPyConnection) -> None:
    result = link(connection, rows_of(connection, []))
    assert (result.rows, result.persons, result.candidates) == (0, 0, 0)


def test_only_the_customer_number_must_be_there(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("CREATE TABLE bare AS SELECT range AS customer_number FROM range(5)")
    assert link(connection, "bare").persons == 5


NAMES = [
    (first, last)
    for first in ("Anne", "Luc", "Marie", "Paul", "Rita", "Guy", "Léo", "Zoé", "Max", "Eva", "Noé", "Ida")
    for last in ("Roy", "Gagnon", "Simard", "Ouellet", "Lavoie", "Fortin", "Cyr", "Dubé", "Nadeau", "Pagé")
]


def test_one_email_on_every_row_is_a_courtesy_and_joins_no_one(connection: duckdb.DuckDBPyConnection) -> None:
    rows = [
        {"customer_number": f"n{i}", "first_name": f, "last_name": n, "email": "billetterie@theatre.ca"}
        for i, (f, n) in enumerate(NAMES)
    ]
    result = link(connection, rows_of(connection, rows), scope=LinkScope.POOL)
    assert result.persons == len(rows)
    assert result.courtesies == 1


def test_one_postal_code_and_one_phone_on_every_row_join_no_one(connection: duckdb.DuckDBPyConnection) -> None:
    rows = [
        {"customer_number": f"n{i}", "first_name": f, "last_name": n, "postal_code": "H2X 1Y4", "phone": "514-987-6541"}
        for i, (f, n) in enumerate(NAMES)
    ]
    result = link(connection, rows_of(connection, rows), scope=LinkScope.POOL)
    assert result.persons == len(rows)
    assert any(capped.label.en == "postal code" and capped.largest == len(rows) for capped in result.capped)


def test_rows_without_names_are_linked_by_nothing_they_share_with_strangers(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    rows = [{"customer_number": f"n{i}", "city": "Montréal", "postal_code": f"H2X 1Y{i % 10}"} for i in range(300)]
    assert link(connection, rows_of(connection, rows), scope=LinkScope.POOL).persons == 300


def test_a_shifted_column_merges_no_one(connection: duckdb.DuckDBPyConnection) -> None:
    rows = [
        {
            "customer_number": f"n{i}",
            "last_name": f,
            "address": n,
            "city": f"{i} rue Principale",
            "postal_code": "Québec",
        }
        for i, (f, n) in enumerate(NAMES)
    ]
    assert link(connection, rows_of(connection, rows), scope=LinkScope.POOL).persons == len(rows)


def test_the_same_code_in_two_organizations_is_two_rows(connection: duckdb.DuckDBPyConnection) -> None:
    table = """
        organization | customer_number | first_name | last_name | phone        | email
        -------------+-----------------+------------+-----------+--------------+-----------------
        opera        | 1               | Hélène     | Gagnon    | 514-987-6541 | helene@bell.ca
        musee        | 1               | Helene     | Gagnon    | 514-987-6541 | helene@bell.ca
        musee        | 2               | Luc        | Roy       | 450-662-1188 | luc@bell.ca
    """
    pool = link(connection, customers(connection, table), scope=LinkScope.POOL)
    own = link(connection, "customers", scope=LinkScope.ORGANIZATION, into="own")
    assert (pool.rows, pool.persons, own.persons) == (3, 2, 3)


def test_names_of_every_script_are_read_and_kept_apart(connection: duckdb.DuckDBPyConnection) -> None:
    found = linked(
        connection,
        """
        customer_number | first_name | last_name | email
        ----------------+------------+-----------+----------------
        a1              | ᐊᓗᒃ        | ᐃᓄᒃ       | aluk@bell.ca
        a2              | ᐊᓗᒃ        | ᐃᓄᒃ       | aluk@bell.ca
        b1              | 伟          | 李         | wei@bell.ca
        b2              | 伟          | 李         | wei@bell.ca
        c1              | محمد       | علي       | ali@bell.ca
        d1              | 🎭         | 🎭🎭       |
        d2              | 🎭         | 🎭🎭       |
        """,
    )
    assert {frozenset({"a1", "a2"}), frozenset({"b1", "b2"}), frozenset({"d1"}), frozenset({"d2"})} <= found


def test_an_absurd_length_is_one_row_like_another(connection: duckdb.DuckDBPyConnection) -> None:
    rows = [dict.fromkeys(("first_name", "last_name", "address", "email", "phone"), "x" * 100_000)] * 2
    rows = [{**row, "customer_number": f"n{i}"} for i, row in enumerate(rows)]
    assert link(connection, rows_of(connection, rows), scope=LinkScope.POOL).rows == 2


def test_the_counter_s_own_accounts_are_never_one_person(connection: duckdb.DuckDBPyConnection) -> None:
    rows = [{"customer_number": f"n{i}", "last_name": "Guichet", "phone": "514-987-6541"} for i in range(3)]
    result = link(connection, rows_of(connection, rows), scope=LinkScope.POOL)
    assert result.persons == 3
    assert connection.execute(f"SELECT DISTINCT buyer_kind FROM {result.relation}").fetchall() == [("GENERIC",)]
