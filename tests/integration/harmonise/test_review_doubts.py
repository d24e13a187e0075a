"""Which pairs are asked about."""

from collections.abc import Iterator

import duckdb
import pytest

from publicc.harmonise.linkage import LinkScope, LinkSettings, link
from publicc.harmonise.linkage.canada import CANADA
from publicc.harmonise.review.doubts import find_doubts
from publicc.harmonise.review.evidence import Degree, evidence_of
from tests.integration.harmonise.customers import customers

TWO_OF_ONE_DOOR = """
    organization| customer_number | first_name | last_name   | address      | city  | postal_code | phone       | email
    ------------+-----------------+------------+-------------+--------------+-------+-------------+-------------+------
    opera       | 1               | Adalbert   | Quenneville | 1 rue Rachel | Laval | H2X 1Y4     | 5145552101  | a@b.ca
    opera       | 2               | Adalbert   | Quenneville | 1 rue Rachel | Laval | H2X 1Y4     | 5145552101  | a@b.ca
    {marc}      | 5               | Marc       | Bellerose   | 3 rue Nord   | Laval | H7N 1A1     | 4505552222  |
    opera       | 6               | M          | Bellerose   | 3 rue Nord   | Laval | H7N 1A1     |             |
    opera       | 7               | Marie      | Bellerose   | 3 rue Nord   | Laval | H7N 1A1     |             |
"""


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as connection:
        yield connection


def asked(
    connection: duckdb.DuckDBPyConnection,
    marc: str = "opera",
    decisions: str | None = None,
    across: bool = False,
    most: int = 2,
) -> list[tuple[str, str]]:
    """Customers of the pairs that are asked about."""
    customers(connection, TWO_OF_ONE_DOOR.replace("{marc}", marc))
    found = link(connection, "customers", scope=LinkScope.POOL, settings=LinkSettings(constraints=decisions))
    n = find_doubts(connection, found, CANADA, into="doubts", decisions=decisions, across=across, most=most)
    assert connection.execute("SELECT count(*) FROM doubts").fetchall() == [(n,)]
    return connection.execute("SELECT left_customer, right_customer FROM doubts WHERE reason <> 'DRAWN'").fetchall()


def decide(connection: duckdb.DuckDBPyConnection, left: str, right: str, decision: str) -> str:
    connection.execute(
        f"""CREATE OR REPLACE TABLE decisions AS SELECT 'opera' AS left_organization, '{left}' AS left_customer,
        'opera' AS right_organization, '{right}' AS right_customer, '{decision}' AS decision"""
    )
    return "decisions"


def test_an_initial_that_fits_two_persons_of_one_door_is_asked_about(connection: duckdb.DuckDBPyConnection) -> None:
    assert asked(connection) == [("5", "7")]
    chance, joined, reason, weight, told = connection.execute(
        "SELECT chance, joined, reason, weight, evidence FROM doubts ORDER BY weight DESC"
    ).fetchall()[0]
    assert (joined, reason) == (True, "JOINED")
    assert 0.05 < chance < 0.95
    assert weight > 0
    given, surname, place, phone, email = evidence_of(told)
    assert (given.degree, given.level) == (Degree.NEAR, "same initial")
    assert given.weight < 0 < surname.weight
    assert (place.degree, phone.degree, email.degree) == (Degree.AGREE, Degree.ABSENT, Degree.ABSENT)


def test_the_same_rows_in_another_order_give_the_same_questions(connection: duckdb.DuckDBPyConnection) -> None:
    before = asked(connection)
    told = connection.execute("FROM doubts").fetchall()
    connection.execute("CREATE OR REPLACE TABLE customers AS SELECT * FROM customers ORDER BY customer_number DESC")
    found = link(connection, "customers", scope=LinkScope.POOL)
    find_doubts(connection, found, CANADA, into="doubts", most=2)
    assert connection.execute("FROM doubts").fetchall() == told
    assert before


def test_what_was_decided_is_not_asked_again(connection: duckdb.DuckDBPyConnection) -> None:
    assert asked(connection, decisions=decide(connection, "5", "7", "SAME")) == []


def test_two_groups_that_a_person_told_apart_are_left_in_peace(connection: duckdb.DuckDBPyConnection) -> None:
    assert asked(connection, decisions=decide(connection, "7", "5", "DIFFERENT")) == []
    apart = connection.execute(
        "SELECT count(DISTINCT person_no) FROM linkage_result WHERE customer_number IN ('5', '7')"
    ).fetchall()
    assert apart == [(2,)]


def test_pairs_of_two_organizations_are_asked_of_the_hub_and_others_of_their_own(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert asked(connection, marc="ballet") == []
    assert asked(connection, marc="ballet", across=True) == [("5", "7")]


def test_some_questions_are_drawn_at_random_and_then_asked_as_such(connection: duckdb.DuckDBPyConnection) -> None:
    assert asked(connection, most=9) == []
    drawn = connection.execute("SELECT left_customer, right_customer, weight FROM doubts").fetchall()
    assert ("5", "7") in [pair[:2] for pair in drawn]
    assert 1 <= len(drawn) <= 3


def test_the_heaviest_are_kept(connection: duckdb.DuckDBPyConnection) -> None:
    assert asked(connection, most=0) == []
