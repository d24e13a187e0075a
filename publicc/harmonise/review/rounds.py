"""What one harmonisation does with the review: obey the answers given, and leave new questions in the vaults."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

import duckdb

from publicc.harmonise.linkage.block import Capped
from publicc.harmonise.linkage.engine import LinkResult
from publicc.harmonise.linkage.model import Model
from publicc.harmonise.people import CIRCLE, Member
from publicc.harmonise.review import book
from publicc.harmonise.review.doubts import Reason, find_doubts
from publicc.harmonise.review.evidence import evidence_of
from publicc.harmonise.review.learning import Card, Lesson, Teacher
from publicc.kernel.blind import BlindKey, blinded_sql
from publicc.store.durable import write_atomically
from publicc.store.held import vault_file
from publicc.store.home import Home, private_folder
from publicc.store.keys import KeyRing
from publicc.store.vaults import Scratch, open_vault

INSIDE: Final = "decisions"
ACROSS: Final = "circle_decisions"
"""Tables of decisions that the linkage obeys: inside organizations; those and the ones across organizations."""


def gather_circle_answers(home: Home, ring: KeyRing, scratch: Scratch) -> None:
    """Copy what was answered about pairs of two organizations into `scratch.circle_answers`, when anything was."""
    if vault_file(home, CIRCLE).exists():
        with open_vault(home, ring, CIRCLE, read_only=True, scratch=scratch) as vault:
            book.copy_answers(vault, "scratch.circle_answers")


def bind_answers(connection: duckdb.DuckDBPyConnection, members: Sequence[Member]) -> None:
    """Make `decisions` and `circle_decisions`, in the numbers of `records`, of the answers gathered.

    An answer about a record that is no longer there rests until the record comes back.
    """
    numbers = " UNION ALL ".join(
        f"SELECT '{one.slug}' AS organization, source, customer_key, record_no::VARCHAR AS number "
        f"FROM {one.schema}.customers"
        for one in members
    )
    connection.execute(f"CREATE OR REPLACE TABLE record_numbers AS {numbers}")
    own = " UNION ALL ".join(f"SELECT * FROM {one.schema}.answers" for one in members)
    known = connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'circle_answers'").fetchone()
    for into, answers in ((INSIDE, own), (ACROSS, f"{own} UNION ALL SELECT * FROM circle_answers" if known else own)):
        connection.execute(
            f"""CREATE OR REPLACE TABLE {into} AS
            SELECT left_organization, l.number AS left_customer, right_organization, r.number AS right_customer,
                decision, evidence, reason
            FROM ({answers}) a
            JOIN record_numbers l ON (l.organization, l.source, l.customer_key)
                = (a.left_organization, a.left_source, a.left_key)
            JOIN record_numbers r ON (r.organization, r.source, r.customer_key)
                = (a.right_organization, a.right_source, a.right_key)
            ORDER BY ALL"""
        )


def teacher(connection: duckdb.DuckDBPyConnection, decisions: str = ACROSS) -> Teacher:
    """What the answers on drawn pairs teach: degrees of agreement and what was decided, whoever's the records are."""
    given = connection.execute(
        f"""SELECT evidence, decision = 'SAME' FROM {decisions} WHERE reason = '{Reason.DRAWN}'
        ORDER BY hash(evidence), evidence, 2"""
    )
    return Teacher([Lesson(evidence_of(told), same) for told, same in given.fetchall()])


def keep_card(home: Home, cards: Mapping[str, Card], capped: Mapping[str, Sequence[Capped]]) -> None:
    """Write beside the reports, for each linkage that was done, what was learned, and which values were too common.

    Of such a value the kind is told and how many records share it: the value itself is its owner's.
    """
    told = {
        name: card.as_json()
        | {
            "capped": [
                {"key": one.label.en, "values": one.values, "largest": one.largest} for one in capped.get(name, ())
            ]
        }
        for name, card in cards.items()
    }
    content = json.dumps(told, indent=1, sort_keys=True)
    write_atomically(private_folder(home.reports) / "linkage.json", content.encode(), mode=0o600)


def ask_inside(
    connection: duckdb.DuckDBPyConnection, result: LinkResult, model: Model, members: Sequence[Member]
) -> None:
    """Make the questions of each organization, `<schema>.questions`, under ids that only its key gives."""
    find_doubts(connection, result, model, into="doubts", decisions=INSIDE)
    for one in members:
        _name_questions(connection, one.key, f"left_organization = '{one.slug}'", into=f"{one.schema}.questions")


def ask_across(connection: duckdb.DuckDBPyConnection, result: LinkResult, model: Model, circle_key: BlindKey) -> None:
    """Make the questions about pairs of two organizations of the circle, `circle_questions`."""
    find_doubts(connection, result, model, into="doubts", decisions=ACROSS, across=True)
    _name_questions(connection, circle_key, "true", into="circle_questions")


def keep_circle_questions(home: Home, ring: KeyRing, scratch: Scratch, *, asked: bool) -> None:
    """Put the circle's questions in its vault; without a circle any more, none waits there."""
    if asked or vault_file(home, CIRCLE).exists():
        with open_vault(home, ring, CIRCLE, scratch=scratch) as vault:
            book.open_book(vault)
            book.refill(vault, "scratch.circle_questions" if asked else book.NO_PAIRS)


def _name_questions(connection: duckdb.DuckDBPyConnection, key: BlindKey, where: str, *, into: str) -> None:
    sides = ("l.organization", "l.source", "l.customer_key", "r.organization", "r.source", "r.customer_key")
    connection.execute(
        f"""CREATE OR REPLACE TABLE {into} AS
        SELECT {blinded_sql("pair", *sides)} AS pair_id, left_organization, l.source AS left_source,
            l.customer_key AS left_key, right_organization, r.source AS right_source, r.customer_key AS right_key,
            chance, joined, reason, weight, evidence
        FROM doubts a
        JOIN record_numbers l ON l.organization = a.left_organization AND l.number = a.left_customer
        JOIN record_numbers r ON r.organization = a.right_organization AND r.number = a.right_customer
        WHERE {where}""",
        key.parameters,
    )
