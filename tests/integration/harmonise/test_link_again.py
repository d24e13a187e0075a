"""Linking a table again after it changed gives what linking it whole would give, and compares only what changed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from publicc.harmonise.continued import link_or_continue
from publicc.harmonise.linkage import LinkScope, LinkSettings, link
from publicc.harmonise.linkage.again import link_again
from publicc.harmonise.linkage.canada import CANADA
from publicc.harmonise.linkage.changes import Changes, compare_rows
from publicc.harmonise.linkage.engine import LinkResult
from publicc.harmonise.linkage.kept import keep, kept_in
from publicc.harmonise.review.learning import Card, Teacher
from publicc.kernel.progress import SILENT
from tests.integration.harmonise.customers import rows_of
from tests.integration.harmonise.test_link_odd_tables import Row, person

Groups = set[frozenset[str]]


def numbered(rows: list[Row]) -> list[Row]:
    return [{"customer_number": f"n{i:04}", **row} for i, row in enumerate(rows)]


TOWN = numbered([{**person(i // 2), "organization": "ab"[i % 2]} for i in range(300)])
"""A hundred and fifty people, each known to two organizations."""
COUPLES = {frozenset({f"an{i:04}", f"bn{i + 1:04}"}) for i in range(0, 300, 2)}
WEIGHTS = 1 + sum(len(one.levels) + 2 for one in CANADA.comparisons) + 16 * 10
LEARNED = {
    "lessons": "",
    "card": Card(250, 240, 1.0, 0.4, 0.3, adopted=True).as_json(),
    "weights": [-8.0] + [0.0] * (WEIGHTS - 1),
    "capped": [["courriel", "e-mail", 2, 90]],
}
"""What was learned from answers: the model sees one person too easily."""
SAID = "left_organization, left_customer, right_organization, right_customer, decision"


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database where the town was linked whole, and put aside."""
    file = tmp_path_factory.mktemp("town") / "town.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("CREATE SCHEMA kept")
        assert kept_in(connection, "kept", CANADA) is None
        sides = ", ".join(f"{side} VARCHAR" for side in SAID.split(", "))
        connection.execute(f"CREATE TABLE said ({sides})")
        settings = LinkSettings(constraints="said", to_keep=True)
        result = link(connection, rows_of(connection, TOWN), scope=LinkScope.POOL, settings=settings)
        assert groups(connection, result.relation) == COUPLES
        keep(connection, "customers", result, settings, across=True, where="kept", notes=LEARNED)
    return file


@pytest.fixture
def town(linked: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(shutil.copy(linked, tmp_path / "town.duckdb")) as connection:
        yield connection


def again(
    connection: duckdb.DuckDBPyConnection, rows: list[Row], decisions: str | None = "said"
) -> tuple[Changes, LinkResult]:
    kept = kept_in(connection, "kept", CANADA)
    assert kept
    changes = compare_rows(connection, rows_of(connection, rows), kept)
    return changes, link_again(
        connection, "customers", kept, changes, LinkSettings(constraints=decisions), into="again"
    )


def groups(connection: duckdb.DuckDBPyConnection, relation: str = "again", number: str = "person_no") -> Groups:
    found = connection.execute(
        f"SELECT list(organization || customer_number) FROM {relation} GROUP BY {number}"
    ).fetchall()
    return {frozenset(one[0]) for one in found}


def without(*records: str) -> Groups:
    return {one - set(records) for one in COUPLES} - {frozenset()}


def test_what_did_not_change_is_not_compared(town: duckdb.DuckDBPyConnection) -> None:
    changes, result = again(town, TOWN[::-1])
    assert (changes.rows, result.candidates) == (0, 0)
    assert groups(town) == groups(town, number="household_no") == COUPLES


def test_rows_that_went_are_gone_from_groups_and_pairs(town: duckdb.DuckDBPyConnection) -> None:
    changes, result = again(town, TOWN[3:])
    assert changes == Changes(new=0, changed=0, gone=3)
    assert groups(town) == without("an0000", "bn0001", "an0002")
    assert (result.rows, result.persons) == (297, 149)
    assert town.execute(f"SELECT count(*) FROM {result.pairs}").fetchall() == [(148,)]


def test_new_rows_join_the_persons_they_are_and_no_other_row_is_touched(town: duckdb.DuckDBPyConnection) -> None:
    again(town, TOWN[7:])
    changes, result = again(town, TOWN)
    assert changes == Changes(new=7, changed=0, gone=0)
    assert groups(town) == COUPLES
    assert result.candidates < 60
    assert town.execute("SELECT count(*) FROM _again_groups").fetchall() == [(8,)]
    kept = kept_in(town, "kept", CANADA)
    assert kept
    assert (kept.rows, kept.changed) == (300, 14)


def test_a_row_that_changed_leaves_its_former_person(town: duckdb.DuckDBPyConnection) -> None:
    changes, _ = again(town, [{**TOWN[0], **person(999)}, *TOWN[1:]], decisions=None)
    assert changes == Changes(new=0, changed=1, gone=0)
    assert groups(town) == without("an0000") | {frozenset({"an0000"})}


def test_a_row_that_came_and_went_leaves_the_others_as_they_were(town: duckdb.DuckDBPyConnection) -> None:
    whole = {**person(500), "organization": "c"}
    by_mail = {**whole, "customer_number": "mail", "phone": "", "address": "", "postal_code": "", "last_name": ""}
    by_phone = {**whole, "customer_number": "phone", "email": "", "address": "", "postal_code": "", "city": ""}
    sides = {frozenset({"cmail"}), frozenset({"cphone"})}
    again(town, [*TOWN, by_mail, by_phone])
    assert groups(town) == COUPLES | sides
    again(town, [*TOWN, by_mail, by_phone, {**whole, "customer_number": "whole"}])
    assert groups(town) == COUPLES | {frozenset({"cmail"}), frozenset({"cphone", "cwhole"})}
    again(town, [*TOWN, by_mail, by_phone])
    assert groups(town) == COUPLES | sides


def test_decisions_given_or_taken_back_are_obeyed_without_any_new_row(town: duckdb.DuckDBPyConnection) -> None:
    town.execute(
        """INSERT INTO said VALUES ('a', 'n0000', 'b', 'n0001', 'DIFFERENT'), ('a', 'n0002', 'a', 'n0004', 'SAME'),
        ('a', 'n0006', 'a', 'n0008', 'HOUSEHOLD')"""
    )
    _, result = again(town, TOWN)
    found = groups(town)
    assert {frozenset({"an0000"}), frozenset({"bn0001"})} <= found
    assert frozenset({"an0002", "bn0003", "an0004", "bn0005"}) in found
    assert frozenset({"an0006", "bn0007", "an0008", "bn0009"}) in groups(town, number="household_no")
    assert result.candidates == 0
    town.execute("DELETE FROM said")
    again(town, TOWN)
    assert groups(town) == groups(town, number="household_no") == COUPLES


def test_what_answers_taught_judges_the_pairs_of_new_rows(town: duckdb.DuckDBPyConnection) -> None:
    doubtful = {**person(0), "customer_number": "new", "organization": "c", "phone": "", "email": "", "address": ""}
    again(town, [*TOWN, doubtful])
    alone = town.execute("SELECT max(same) FROM _again_pairs").fetchall()[0][0]
    again(town, TOWN)
    teacher = Teacher([])
    found = link_or_continue(
        town,
        rows_of(town, [*TOWN, doubtful]),
        scope=LinkScope.POOL,
        settings=LinkSettings(constraints="said"),
        teacher=teacher,
        aside="kept",
        into="own_groups",
        progress=SILENT,
    )
    assert town.execute("SELECT max(same) FROM _again_pairs").fetchall()[0][0] < alone
    assert (teacher.card.answers, teacher.card.used, teacher.card.adopted) == (0, 240, True)
    assert [(one.label.en, one.values, one.largest, one.example) for one in found.capped] == [("e-mail", 2, 90, "")]


def test_new_rows_are_read_beside_the_others(town: duckdb.DuckDBPyConnection) -> None:
    """A name written the wrong way round, a domain misspelt, a letter for a digit: mended by what the others write."""
    one = TOWN[0]
    slipped = {
        **one,
        "customer_number": "new",
        "email": one["email"].replace("bell.ca", "bel.ca"),
        "postal_code": one["postal_code"].replace("1", "I"),
    }
    again(town, [*TOWN, slipped])
    assert town.execute("SELECT email_domain, left(postal_code, 1) FROM _again_new").fetchall() == [("bell.ca", "H")]
    assert {frozenset({"anew", "an0000", "bn0001"})} <= groups(town)
