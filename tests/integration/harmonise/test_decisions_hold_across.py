"""A person's *different* holds across the circle, whatever other records the two buyers have."""

from datetime import UTC, datetime

import duckdb

from publicc.harmonise.people import CIRCLE
from publicc.harmonise.review import book
from publicc.harmonise.review.book import Answer
from publicc.harmonise.settle import NO_DECISIONS, settle_buyers
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.vaults import open_vault
from tests.drawn_vaults import drawn, fill
from tests.integration.harmonise.asking import ask, run

WHOLE = "Marc | Bellerose | 3 rue Nord | Laval | H7N 1A1 | 450 662 2222 | marc.bellerose@example.org"
BY_PHONE = "Marc | Bellerose | - | - | - | 450 662 2222 | -"
HEAD = "customer_key | first_name | last_name | address | city | postal_code | phone | email\n"
SOLD = "order_key | customer_key | performance_key\n"


def known(home: Home, slug: str, **records: str) -> None:
    """Fill the vault of an organization with these records, each of which bought once."""
    fill(
        home,
        slug,
        customers=HEAD + "\n".join(f"{key} | {told}" for key, told in records.items()),
        tickets=SOLD + "\n".join(f"{key} | {key} | P" for key in records),
        performances="performance_key | title\nP | Hamlet",
    )


def answered(home: Home, left: str, right: str, said: Answer) -> None:
    """Write an answer on two records, each told as `organization/code`, in the vault of the circle."""
    sides = [part for side in (left, right) for part in (side.split("/")[0], "box", side.split("/")[1])]
    with open_vault(home, KeyRing.open(home), CIRCLE) as vault:
        book.open_book(vault)
        vault.execute(
            f"INSERT INTO review_pairs VALUES ('pair', {', '.join('?' * 6)}, 0.5, false, 'APART', 1, '[]')", sides
        )
        book.answer_pair(vault, "pair", said, by="hub", at=datetime(2026, 1, 1, tzinfo=UTC))


def persons(home: Home) -> dict[str, str]:
    """Organization → the person of the pool that its only buyer is."""
    return dict(ask(home, "SELECT organization, person_id FROM persons"))


def test_two_records_told_apart_are_not_joined_by_another_record_of_the_buyer(home: Home) -> None:
    known(home, "opera", a_first=WHOLE, z_last=BY_PHONE)
    known(home, "ballet", other=WHOLE)
    run(home, "opera", "ballet", circle=("opera", "ballet"))
    assert len(set(persons(home).values())) == 1

    answered(home, "opera/z_last", "ballet/other", Answer.DIFFERENT)
    run(home, "opera", "ballet", circle=("opera", "ballet"), day=3)
    assert ask(home, "SELECT records FROM persons ORDER BY 1") == [(1,), (2,)]
    assert len(set(persons(home).values())) == 2


RECORDS = """
    organization | customer | buyer | person | place
    -------------+----------+-------+--------+------
    opera        | 1        | 1     | 10     | 1
    opera        | 2        | 1     | 20     | 4
    ballet       | 1        | 2     | 20     | 2
    ballet       | 2        | 2     | 20     | 5
    cirque       | 1        | 3     | -      | 3
"""


def settled(*decisions: tuple[str, str, str]) -> dict[int, int]:
    """Buyer → person, under decisions told as `organization/customer`."""
    with duckdb.connect() as connection:
        connection.execute(
            """CREATE TABLE records (organization VARCHAR, customer_number VARCHAR, buyer_no BIGINT,
            circle_person BIGINT, place BIGINT, circle_household BIGINT DEFAULT 7)"""
        )
        connection.executemany(
            "INSERT INTO records VALUES (?, ?, ?, ?, ?, 7)", [list(row.values()) for row in drawn(RECORDS)]
        )
        connection.execute(f"CREATE TABLE said AS {NO_DECISIONS}")
        for left, right, said in decisions:
            connection.execute("INSERT INTO said VALUES (?, ?, ?, ?, ?)", [*left.split("/"), *right.split("/"), said])
        settle_buyers(connection, "records", "said", into="settled")
        assert connection.execute("SELECT DISTINCT circle_household FROM settled").fetchall() == [(7,)]
        return dict(connection.execute("SELECT buyer_no, circle_person FROM settled").fetchall())


def test_a_buyer_is_the_person_that_holds_most_of_its_records_then_the_earliest() -> None:
    assert settled() == {1: 10, 2: 20}


def test_what_was_said_to_be_the_same_is_one_person() -> None:
    assert settled(("opera/2", "ballet/1", "SAME")) == {1: 20, 2: 20}


def test_of_two_buyers_said_to_be_different_the_less_held_one_stands_apart() -> None:
    both = ("opera/2", "ballet/1", "SAME")
    assert settled(both, ("opera/1", "ballet/2", "DIFFERENT")) == {1: -1, 2: 20}
    assert settled(both, ("ballet/2", "opera/1", "HOUSEHOLD")) == {1: -1, 2: 20}
    assert settled(("opera/1", "cirque/1", "DIFFERENT")) == {1: 10, 2: 20}
