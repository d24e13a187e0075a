"""What a thousand reviewed pairs bring: `python -m bench.review [SET…] [--pairs N] [--rounds N]`.

The reviewer is simulated: answers come from the truth, on the pairs that the queue offers, round after round (answer,
harmonise, answer). Every round is measured as `publicc link` is. Writes bench/results/review.json.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any, Final

import duckdb

from bench.linkage import SHARED
from publicc.harmonise.clean.records import clean_records
from publicc.harmonise.linkage.canada import CANADA
from publicc.harmonise.linkage.engine import LinkScope, LinkSettings, link_records
from publicc.harmonise.linkage.measures import measures
from publicc.harmonise.review.doubts import find_doubts
from publicc.harmonise.review.learning import Teacher
from publicc.harmonise.review.rounds import teacher

RESULTS: Final = Path(__file__).parent / "results" / "review.json"
SETS: Final = ("canada_20k", "canada_100k")
PAIRS: Final = 1000
ROUNDS: Final = 4


def main(sets: list[str]) -> None:
    rows = [row for name in sets or SETS for row in reviewed(name)]
    RESULTS.write_text(json.dumps(rows, indent=2) + "\n")


def reviewed(name: str) -> list[dict[str, Any]]:
    rows = []
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '3GB'")
        connection.execute(f"CREATE TABLE truth AS FROM '{SHARED / f'{name}.truth.parquet'}'")
        connection.read_parquet(str(SHARED / f"{name}.parquet")).create_view("source")
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
            seconds = time.perf_counter() - started
            rows.append(_row(connection, name, judge) | {"seconds": round(seconds, 1)})
            print(rows[-1], flush=True)
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


def _row(connection: duckdb.DuckDBPyConnection, name: str, judge: Teacher) -> dict[str, Any]:
    found = connection.execute(
        """SELECT person_no, entity FROM linkage_result JOIN truth USING (organization, customer_number)
        ORDER BY organization, customer_number"""
    ).fetchnumpy()
    quality = measures(found["person_no"].tolist(), found["entity"].tolist())
    return {
        "set": name,
        "answers": connection.execute("SELECT count(*) FROM decisions").fetchall()[0][0],
        "b_cubed": round(quality.b_cubed.f1, 4),
        "pair": round(quality.pairs.f1, 4),
        "largest_false_group": quality.largest_false_group,
        "learned": judge.card.as_json(),
    }


if __name__ == "__main__":
    main(sys.argv[1:])
