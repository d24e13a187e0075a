"""Linking more rows into a linked table gives what linking them all would give, and compares only the new ones."""

from collections.abc import Iterator

import duckdb
import pytest

from publicc.harmonise.linkage import LinkScope, link
from publicc.harmonise.linkage.again import Again, keep_for_again, link_again
from tests.integration.harmonise.customers import rows_of
from tests.integration.harmonise.test_link_odd_tables import Row, person


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as one:
        yield one


def numbered(rows: list[Row]) -> list[Row]:
    return [{"customer_number": f"n{i:04}", **row} for i, row in enumerate(rows)]


TOWN = numbered([{**person(i // 2), "organization": "ab"[i % 2]} for i in range(300)])
"""A hundred and fifty people, each known to two organizations."""


def begun(connection: duckdb.DuckDBPyConnection, rows: list[Row], more: list[Row], *, across: bool = True) -> Again:
    scope = LinkScope.POOL if across else LinkScope.ORGANIZATION
    result = link(connection, rows_of(connection, rows), scope=scope)
    keep_for_again(connection, result.relation, result.trained, across=across, into="kept")
    return link_again(connection, rows_of(connection, more), kept="kept", trained=result.trained, across=across)


def groups(connection: duckdb.DuckDBPyConnection, relation: str, number: str = "person_no") -> set[frozenset[str]]:
    found = connection.execute(
        f"SELECT list(organization || customer_number) FROM {relation} GROUP BY {number}"
    ).fetchall()
    return {frozenset(one[0]) for one in found}


def test_new_rows_join_the_persons_they_are(connection: duckdb.DuckDBPyConnection) -> None:
    done = begun(connection, TOWN[:280], TOWN[280:])
    again = groups(connection, "kept_groups JOIN kept_records USING (record_no)")
    whole = link(connection, rows_of(connection, TOWN), scope=LinkScope.POOL)
    assert again == groups(connection, whole.relation)
    assert done.rows == 20
    assert done.compared < whole.candidates / 4
    assert done.touched < 60


def test_a_row_of_a_known_customer_takes_its_place_and_leaves_its_former_person(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    moved = {**person(999), "organization": TOWN[0]["organization"], "customer_number": TOWN[0]["customer_number"]}
    begun(connection, TOWN, [moved])
    found = groups(connection, "kept_groups JOIN kept_records USING (record_no)")
    assert frozenset({"an0000"}) in found
    assert frozenset({"bn0001"}) in found
    assert sum(map(len, found)) == len(TOWN)


def test_inside_organizations_no_new_row_joins_another_organization(connection: duckdb.DuckDBPyConnection) -> None:
    begun(connection, TOWN[:280], TOWN[280:], across=False)
    assert all(len(one) == 1 for one in groups(connection, "kept_groups JOIN kept_records USING (record_no)"))


def test_a_new_row_may_bring_two_former_rows_together(connection: duckdb.DuckDBPyConnection) -> None:
    whole = person(500)
    by_mail = {**whole, "phone": "", "address": "", "postal_code": ""}
    by_phone = {**whole, "email": "", "address": "", "postal_code": "", "city": ""}
    people = numbered([*(row for row in TOWN[:60]), by_mail, by_phone])
    begun(connection, people, [{**whole, "customer_number": "new"}])
    found = groups(connection, "kept_groups JOIN kept_records USING (record_no)")
    assert any({"new", "n0060", "n0061"} <= one for one in found)
