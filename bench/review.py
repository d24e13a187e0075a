"""What a thousand reviewed pairs bring, round after round.

The reviewer is simulated: answers come from the truth, on the pairs that the queue offers (answer, harmonise, answer).
Every round is measured as `publicc link` is. `PUBLICC_BENCH_SETS` names the sets.
"""

import time
from typing import Any, Final

import duckdb

from bench._linkage_sets import linkage_set, quality, sets_asked
from publicc.harmonise.clean.records import clean_records
from publicc.harmonise.linkage.canada import CANADA
from publicc.harmonise.linkage.engine import LinkScope, LinkSettings, link_records
from publicc.harmonise.review.doubts import find_doubts
from publicc.harmonise.review.rounds import teacher

PAIRS: Final = 1000
ROUNDS: Final = 4


def run() -> dict[str, Any]:
    """One entry a set and round."""
    return {f"{name}, round {number}": row for name in sets_asked() for number, row in enumerate(reviewed(name))}


def reviewed(name: str) -> list[dict[str, Any]]:
    rows = []
    with linkage_set(name) as connection:
        connection.execute(
            """CREATE TABLE decisions (left_organization VARCHAR, left_customer VARCHAR, right_organization VARCHAR,
            right_customer VARCHAR, decision VARCHAR, evidence VARCHAR, reason VARCHAR)"""
        )
        for _ in range(ROUNDS + 1):
            started = time.perf_counter()
            judge = teacher(connection, "decisions")
            clean_records(connection, "source", into="linkage_records")
            result = link_records(
                connection, scope=LinkScope.POOL, settings=LinkSettings(constraints="decisions", scorer=judge)
            )
            told = {"answers": connection.execute("SELECT count(*) FROM decisions").fetchall()[0][0]}
            told |= quality(connection, "FROM linkage_result")
            rows.append(told | {"seconds": round(time.perf_counter() - started, 1), "learned": judge.card.as_json()})
            for across in (False, True):
                find_doubts(connection, result, CANADA, into="doubts", across=across, decisions="decisions")
                _answer(connection, PAIRS // ROUNDS // 2)
    return rows


def _answer(connection: duckdb.DuckDBPyConnection, most: int) -> None:
    """The truth says it of the first pairs of the queue."""
    connection.execute(
        f"""INSERT INTO decisions
        SELECT left_organization, left_customer, right_organization, right_customer,
            CASE WHEN l.entity = r.entity THEN 'SAME' ELSE 'DIFFERENT' END, evidence, reason
        FROM (SELECT * FROM doubts ORDER BY weight DESC, evidence, left_customer, right_customer LIMIT {most}) d
        JOIN truth l ON l.organization = left_organization AND l.customer_number = left_customer
        JOIN truth r ON r.organization = right_organization AND r.customer_number = right_customer"""
    )
