"""The book of a vault: the pairs that wait for an answer, and every answer given, undone ones included.

The organization's vault holds the pairs inside it; the vault of the linking circle holds the pairs of two of its
organizations. A later harmonisation replaces the pairs that wait; it never touches an answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import duckdb

from publicc.harmonise.linkage.constraints import Decision
from publicc.harmonise.review.evidence import Evidence, evidence_of
from publicc.kernel.errors import BadUsage, NotFound
from publicc.kernel.text import Text

Answer = Decision
"""What a person may say of two records, in the words that the linkage obeys; UNSURE puts the pair aside."""


_SIDES: Final = """left_organization VARCHAR NOT NULL, left_source VARCHAR NOT NULL, left_key VARCHAR NOT NULL,
    right_organization VARCHAR NOT NULL, right_source VARCHAR NOT NULL, right_key VARCHAR NOT NULL"""
_SIDE_COLUMNS: Final = "left_organization, left_source, left_key, right_organization, right_source, right_key"

TABLES: Final = f"""
CREATE TABLE IF NOT EXISTS review_pairs (pair_id VARCHAR PRIMARY KEY, {_SIDES}, chance DOUBLE NOT NULL,
    joined BOOLEAN NOT NULL, reason VARCHAR NOT NULL, weight DOUBLE NOT NULL, evidence VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS review_answers (answer_no BIGINT PRIMARY KEY, pair_id VARCHAR NOT NULL, {_SIDES},
    chance DOUBLE NOT NULL, joined BOOLEAN NOT NULL, reason VARCHAR NOT NULL, weight DOUBLE NOT NULL,
    evidence VARCHAR NOT NULL, answer VARCHAR NOT NULL CHECK (answer IN ('SAME', 'DIFFERENT', 'HOUSEHOLD', 'UNSURE')),
    answered_at TIMESTAMP NOT NULL, answered_by VARCHAR NOT NULL, undone_at TIMESTAMP);
"""
"""An answer keeps the evidence that was before the person's eyes."""

_ACTIVE: Final = """(SELECT * FROM review_answers WHERE undone_at IS NULL
    QUALIFY row_number() OVER (PARTITION BY pair_id ORDER BY answer_no DESC) = 1)"""
_PAIR: Final = f"pair_id, {_SIDE_COLUMNS}, chance, joined, reason, weight, evidence"
NO_PAIRS: Final = "(SELECT * FROM review_pairs WHERE false)"
"""A relation of no pair, for `refill`."""
_WAITING: Final = "pair_id NOT IN (SELECT pair_id FROM review_answers WHERE undone_at IS NULL)"


@dataclass(frozen=True, slots=True)
class RecordRef:
    """One customer record: whose it is, of which system, under which code."""

    organization: str
    source: str
    key: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one person. `joined`: what the last harmonisation made of them."""

    id: str
    left: RecordRef
    right: RecordRef
    chance: float
    joined: bool
    reason: str
    weight: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that stands."""

    number: int
    pair: Pair
    answer: Answer
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How far the review is: pairs that wait, answers that stand."""

    waiting: int
    same: int
    different: int
    household: int
    unsure: int

    @property
    def answered(self) -> int:
        """Answers of any kind."""
        return self.same + self.different + self.household + self.unsure


def open_book(vault: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of the book where they are missing."""
    vault.execute(TABLES)


def refill(vault: duckdb.DuckDBPyConnection, pairs: str) -> int:
    """Replace the pairs that wait by the relation `pairs`, whose columns are those of the book; say how many."""
    vault.execute("DELETE FROM review_pairs")
    vault.execute(f"INSERT INTO review_pairs ({_PAIR}) SELECT {_PAIR} FROM {pairs} ORDER BY pair_id")
    return int(vault.execute("SELECT count(*) FROM review_pairs").fetchall()[0][0])


def counts(vault: duckdb.DuckDBPyConnection) -> Counts:
    """How far the review is."""
    waiting = vault.execute(f"SELECT count(*) FROM review_pairs WHERE {_WAITING}").fetchall()[0][0]
    given = dict(vault.execute(f"SELECT answer, count(*) FROM {_ACTIVE} GROUP BY 1").fetchall())
    return Counts(waiting, *(given.get(answer.value, 0) for answer in Answer))


def waiting(vault: duckdb.DuckDBPyConnection, *, most: int, skipped: int = 0) -> list[Pair]:
    """The pairs that wait, heaviest first; the first `skipped` of them are passed over."""
    found = vault.execute(
        f"SELECT {_PAIR} FROM review_pairs WHERE {_WAITING} ORDER BY weight DESC, pair_id LIMIT ? OFFSET ?",
        [most, skipped],
    )
    return [_pair(row) for row in found.fetchall()]


def pair(vault: duckdb.DuckDBPyConnection, pair_id: str) -> Pair:
    """One pair, waiting or answered. Raises NotFound."""
    found = vault.execute(
        f"""SELECT {_PAIR} FROM review_pairs WHERE pair_id = $id
        UNION ALL (SELECT {_PAIR} FROM review_answers WHERE pair_id = $id ORDER BY answer_no DESC) LIMIT 1""",
        {"id": pair_id},
    ).fetchone()
    if found is None:
        raise NotFound(Text("Cette paire n'existe pas.", "This pair does not exist."))
    return _pair(found)


def answers(vault: duckdb.DuckDBPyConnection) -> list[Answered]:
    """The answers that stand, newest first."""
    found = vault.execute(
        f"SELECT {_PAIR}, answer_no, answer, answered_at, answered_by FROM {_ACTIVE} ORDER BY answer_no DESC"
    )
    return [Answered(row[-4], _pair(row), Answer(row[-3]), row[-2], row[-1]) for row in found.fetchall()]


def answer_pair(vault: duckdb.DuckDBPyConnection, pair_id: str, answer: Answer, *, by: str, at: datetime) -> None:
    """Write an answer down; it takes the place of an earlier one on the same pair. Raises NotFound."""
    pair(vault, pair_id)
    vault.execute(
        f"""INSERT INTO review_answers
        SELECT coalesce((SELECT max(answer_no) FROM review_answers), 0) + 1, {_PAIR}, $answer, $at, $by, NULL
        FROM (SELECT {_PAIR} FROM review_pairs WHERE pair_id = $id
            UNION ALL (SELECT {_PAIR} FROM review_answers WHERE pair_id = $id ORDER BY answer_no DESC) LIMIT 1)""",
        {"id": pair_id, "answer": answer.value, "at": at, "by": by},
    )


def undo_answer(vault: duckdb.DuckDBPyConnection, *, pair_id: str | None, by: str | None, at: datetime) -> str:
    """Take an answer back: that of `pair_id`, else the last one that `by` gave; say of which pair.

    Raises BadUsage when there is none.
    """
    found = vault.execute(
        f"""SELECT answer_no, pair_id FROM {_ACTIVE}
        WHERE coalesce(pair_id = $id, true) AND coalesce(answered_by = $by, true)
        ORDER BY answer_no DESC LIMIT 1""",
        {"id": pair_id, "by": by},
    ).fetchone()
    if found is None:
        raise BadUsage(Text("Il n'y a pas de réponse à annuler.", "There is no answer to undo."))
    vault.execute("UPDATE review_answers SET undone_at = ? WHERE answer_no = ?", [at, found[0]])
    return str(found[1])


def copy_answers(vault: duckdb.DuckDBPyConnection, into: str) -> None:
    """Make the table `into` of the answers that bind: two sides, `decision`, `evidence`, `reason`."""
    vault.execute(
        f"CREATE TABLE {into} ({_SIDES}, decision VARCHAR NOT NULL, evidence VARCHAR NOT NULL, reason VARCHAR NOT NULL)"
    )
    if vault.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'review_answers'").fetchone():
        vault.execute(
            f"""INSERT INTO {into} SELECT {_SIDE_COLUMNS}, answer, evidence, reason
            FROM {_ACTIVE} WHERE answer <> '{Answer.UNSURE}'"""
        )


def forget_organization(vault: duckdb.DuckDBPyConnection, organization: str) -> None:
    """Remove every pair and answer that names a record of this organization."""
    for table in ("review_pairs", "review_answers"):
        vault.execute(
            f"DELETE FROM {table} WHERE left_organization = $o OR right_organization = $o", {"o": organization}
        )


def _pair(row: Sequence[Any]) -> Pair:
    return Pair(
        id=row[0],
        left=RecordRef(*row[1:4]),
        right=RecordRef(*row[4:7]),
        chance=row[7],
        joined=row[8],
        reason=row[9],
        weight=row[10],
        evidence=evidence_of(row[11]),
    )
