"""The book of a vault: pairs that wait, answers that stand."""

from collections.abc import Iterator
from datetime import datetime

import duckdb
import pytest

from publicc.harmonise.review import book
from publicc.harmonise.review.book import Answer
from publicc.kernel.errors import BadUsage, NotFound

AT = datetime.fromisoformat("2026-01-02T03:04")


@pytest.fixture
def vault() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as connection:
        book.open_book(connection)
        ask(connection, "light", "heavy")
        yield connection


def ask(vault: duckdb.DuckDBPyConnection, *pairs: str) -> None:
    """Put pairs in the queue, each heavier than the one before."""
    vault.execute(
        """CREATE OR REPLACE TEMP TABLE asked AS
        SELECT unnest($pairs::VARCHAR[]) AS pair_id, generate_subscripts($pairs::VARCHAR[], 1)::DOUBLE AS weight,
            'opera' AS left_organization, 'box' AS left_source, pair_id || '-l' AS left_key,
            'ballet' AS right_organization, 'box' AS right_source, pair_id || '-r' AS right_key,
            0.4 AS chance, false AS joined, 'APART' AS reason, '[]' AS evidence""",
        {"pairs": list(pairs)},
    )
    book.refill(vault, "asked")


def say(vault: duckdb.DuckDBPyConnection, pair_id: str, answer: Answer, by: str = "7") -> None:
    book.answer_pair(vault, pair_id, answer, by=by, at=AT)


def ids(vault: duckdb.DuckDBPyConnection, skipped: int = 0) -> list[str]:
    return [pair.id for pair in book.waiting(vault, most=9, skipped=skipped)]


def bound(vault: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    vault.execute("DROP TABLE IF EXISTS bound")
    book.copy_answers(vault, "bound")
    return vault.execute("SELECT left_key, decision FROM bound ORDER BY ALL").fetchall()


def test_the_heaviest_pair_comes_first_and_may_be_passed_over(vault: duckdb.DuckDBPyConnection) -> None:
    assert ids(vault) == ["heavy", "light"]
    assert ids(vault, skipped=1) == ["light"]


def test_an_answered_pair_waits_no_more_even_when_it_is_asked_again(vault: duckdb.DuckDBPyConnection) -> None:
    say(vault, "heavy", Answer.UNSURE)
    ask(vault, "light", "heavy", "new")
    assert ids(vault) == ["new", "light"]
    assert book.counts(vault) == book.Counts(waiting=2, same=0, different=0, household=0, unsure=1)


def test_answers_outlive_the_questions_they_were_given_to(vault: duckdb.DuckDBPyConnection) -> None:
    say(vault, "heavy", Answer.SAME)
    ask(vault, "other")
    assert bound(vault) == [("heavy-l", "SAME")]
    assert book.pair(vault, "heavy").left.key == "heavy-l"
    assert book.counts(vault).answered == 1


def test_the_last_answer_on_a_pair_is_the_one_that_binds(vault: duckdb.DuckDBPyConnection) -> None:
    say(vault, "heavy", Answer.SAME)
    say(vault, "heavy", Answer.DIFFERENT)
    assert bound(vault) == [("heavy-l", "DIFFERENT")]
    assert [given.answer for given in book.answers(vault)] == [Answer.DIFFERENT]


def test_not_sure_binds_nothing(vault: duckdb.DuckDBPyConnection) -> None:
    say(vault, "heavy", Answer.UNSURE)
    assert bound(vault) == []


def test_undoing_gives_the_answer_before_its_force_back(vault: duckdb.DuckDBPyConnection) -> None:
    say(vault, "heavy", Answer.SAME)
    say(vault, "heavy", Answer.DIFFERENT)
    assert book.undo_answer(vault, pair_id=None, by="7", at=AT) == "heavy"
    assert bound(vault) == [("heavy-l", "SAME")]
    assert book.undo_answer(vault, pair_id="heavy", by=None, at=AT) == "heavy"
    assert ids(vault) == ["heavy", "light"]


def test_one_undoes_one_s_own_answers(vault: duckdb.DuckDBPyConnection) -> None:
    say(vault, "heavy", Answer.SAME, by="7")
    say(vault, "light", Answer.SAME, by="8")
    assert book.undo_answer(vault, pair_id=None, by="7", at=AT) == "heavy"
    with pytest.raises(BadUsage, match="no answer to undo"):
        book.undo_answer(vault, pair_id=None, by="7", at=AT)


def test_a_pair_that_never_was_is_not_found(vault: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(NotFound):
        book.pair(vault, "nothing")
    with pytest.raises(NotFound):
        say(vault, "nothing", Answer.SAME)


def test_a_vault_without_a_book_binds_nothing() -> None:
    with duckdb.connect(config={"threads": 1}) as connection:
        assert bound(connection) == []


def test_an_organization_that_leaves_takes_its_pairs_and_answers_along(vault: duckdb.DuckDBPyConnection) -> None:
    say(vault, "heavy", Answer.SAME)
    book.forget_organization(vault, "stranger")
    assert book.counts(vault).answered == 1
    book.forget_organization(vault, "ballet")
    assert book.counts(vault) == book.Counts(0, 0, 0, 0, 0)
