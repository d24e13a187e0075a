"""What people decide holds over the model; what they are shown to decide is the pair, field by field."""

from collections import defaultdict

import duckdb
import numpy as np
import pytest

from publicc.harmonise.linkage import LinkResult, LinkScope, LinkSettings, link
from publicc.harmonise.linkage.canada import CANADA
from publicc.harmonise.linkage.evidence import Reason
from publicc.harmonise.linkage.words import FIELDS, LEVELS
from tests.integration.harmonise.customers import customers

TABLE = """
customer_number | first_name | last_name | address           | city     | postal_code | phone        | email
----------------+------------+-----------+-------------------+----------+-------------+--------------+------------------
a1              | Hélène     | Gagnon    | 12, r. Principale | Montréal | H2X 1Y4     | 514-987-6541 | helene@bell.ca
a2              | HELENE     | GAGNON    | 12  r principale  | Montreal | h2x1y4      | 5149876541   |
c1              | Luc        | Roy       | 9 av. des Pins    | Laval    | H7N 1A1     | 450-662-1188 | luc.roy@bell.ca
d1              | Chantal    | Ouellet   | 77 rue Cartier    | Rimouski | G5L 2H1     | 418-723-4455 |
f1              | Marc       | Lavoie    | 3 rue du Fort     | Gatineau | J8X 1C2     | 819-777-2233 |
f2              | M          | Lavoie    | 3 rue du Fort     | Gatineau | J8X 1C2     |              |
"""


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def decide(connection: duckdb.DuckDBPyConnection, *decisions: tuple[str, str, str]) -> LinkSettings:
    connection.execute(
        """CREATE OR REPLACE TABLE decided (left_organization VARCHAR, left_customer VARCHAR,
        right_organization VARCHAR, right_customer VARCHAR, decision VARCHAR)"""
    )
    connection.executemany("INSERT INTO decided VALUES ('', ?, '', ?, ?)", decisions)
    return LinkSettings(constraints="decided", evidence="doubtful")


def linked(connection: duckdb.DuckDBPyConnection, settings: LinkSettings) -> LinkResult:
    return link(connection, customers(connection, TABLE), scope=LinkScope.POOL, settings=settings)


def groups(connection: duckdb.DuckDBPyConnection, column: str) -> set[frozenset[str]]:
    found = defaultdict(set)
    for number, group in connection.execute(f"SELECT customer_number, {column} FROM linkage_result").fetchall():
        found[group].add(number)
    return {frozenset(group) for group in found.values()}


def test_same_and_different_hold_over_what_the_model_thinks(connection: duckdb.DuckDBPyConnection) -> None:
    linked(connection, decide(connection, ("a1", "a2", "DIFFERENT"), ("f1", "d1", "SAME"), ("gone", "a1", "SAME")))
    assert {frozenset({"a1"}), frozenset({"a2"}), frozenset({"d1", "f1", "f2"})} <= groups(connection, "person_no")


def test_of_two_decisions_about_one_pair_the_one_that_keeps_apart_is_taken(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    linked(connection, decide(connection, ("a1", "a2", "SAME"), ("a2", "a1", "DIFFERENT")))
    assert frozenset({"a1"}) in groups(connection, "person_no")


def test_a_household_is_two_persons_of_one_home(connection: duckdb.DuckDBPyConnection) -> None:
    linked(connection, decide(connection, ("c1", "d1", "HOUSEHOLD")))
    assert {frozenset({"c1"}), frozenset({"d1"})} <= groups(connection, "person_no")
    assert frozenset({"c1", "d1"}) in groups(connection, "household_no")


def test_unsure_leaves_the_model_its_word(connection: duckdb.DuckDBPyConnection) -> None:
    linked(connection, decide(connection, ("a1", "a2", "UNSURE"), ("c1", "d1", "UNSURE")))
    assert {frozenset({"a1", "a2"}), frozenset({"c1"}), frozenset({"d1"})} <= groups(connection, "person_no")


def test_a_doubtful_pair_is_shown_with_what_each_field_says_in_bits(connection: duckdb.DuckDBPyConnection) -> None:
    linked(connection, LinkSettings(evidence="doubtful", doubt=(0.0001, 0.9999)))
    rows = connection.execute(
        "SELECT left_customer, right_customer, chance, home_chance, fields, reason FROM doubtful"
    ).fetchall()
    pair = next(row for row in rows if {row[0], row[1]} == {"f1", "f2"})
    said = {one["field"]: one for one in pair[4]}
    assert [one["field"] for one in pair[4]] == [comparison.name for comparison in CANADA.comparisons]
    assert said["given_name"]["level"] == "initials"
    assert said["surname"]["bits"] > 0
    assert said["place"]["level"] == "same door"
    assert (said["phone"]["level"], said["phone"]["bits"]) == ("absent", 0)
    assert 0 < pair[2] <= pair[3] <= 1
    assert pair[5] == Reason.DOUBTFUL


def test_a_likely_pair_that_a_decision_keeps_apart_is_shown_as_such(connection: duckdb.DuckDBPyConnection) -> None:
    linked(connection, decide(connection, ("a1", "a2", "DIFFERENT")))
    found = connection.execute("SELECT left_customer, right_customer, together, reason FROM doubtful").fetchall()
    assert ("a1", "a2", False, Reason.APART) in found


def test_a_scorer_has_the_last_word_on_patterns(connection: duckdb.DuckDBPyConnection) -> None:
    nobody = LinkSettings(scorer=lambda trained, _: np.zeros(len(trained.patterns)))
    assert linked(connection, nobody).persons == 6
    assert connection.execute("SELECT count(*) FROM linkage_pairs WHERE same > 0").fetchone() == (0,)


def test_every_field_and_level_of_our_model_has_its_words() -> None:
    assert {comparison.name for comparison in CANADA.comparisons} == set(FIELDS)
    assert {level.name for comparison in CANADA.comparisons for level in comparison.levels} <= set(LEVELS)
