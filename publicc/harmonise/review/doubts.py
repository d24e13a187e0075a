"""Which pairs to ask a person about: those where an answer changes most.

Two groups that stay apart are asked about once, by their likeliest pair; a group that hardly holds is asked about at
the two rows that hold least, to each other and to the rest. A pair weighs the chance that the answer is not what the
grouping did, times the pairs of rows that the answer would move: a bridge between two large groups comes before two
lone records.

Every third question is drawn at random, whatever the grouping did with it. Pairs asked about because the model and the
grouping disagree say nothing fair of the model; only those drawn at random teach it (`learning`).
"""

from enum import StrEnum
from typing import Final

import duckdb
import pyarrow as pa

from publicc.harmonise.linkage.engine import LinkResult
from publicc.harmonise.linkage.group import LARGEST
from publicc.harmonise.linkage.model import Model
from publicc.harmonise.linkage.score import LIKELY
from publicc.harmonise.review.evidence import evidence_json, explain

UNLIKELY: Final = 0.05
"""Chance under which two groups are not worth a question."""
CERTAIN: Final = 0.95
"""Tie to the rest of its group above which a row is not worth a question."""
MOST: Final = 2000
"""Questions kept for one holder: nobody answers more between two harmonisations."""


class Reason(StrEnum):
    """Why a pair is asked about."""

    APART = "APART"
    """Kept apart, and may be one person."""
    LARGE = "LARGE"
    """Kept apart though they look like one person: their group would be larger than any person's is."""
    JOINED = "JOINED"
    """Joined, and may be two persons."""
    DRAWN = "DRAWN"
    """Drawn at random, as many where the model is nearly sure as where it hesitates: it teaches the model."""


_EVERY: Final = 3
_DRAWN_FROM: Final = (0.01, 0.9997)
"""Chances between which pairs are drawn, as many from each step of two in log-odds."""
_STEP: Final = "floor(ln(greatest(chance, 0.001) / greatest(1 - chance, 0.0001)) / 2)"


def find_doubts(
    connection: duckdb.DuckDBPyConnection,
    result: LinkResult,
    model: Model,
    *,
    into: str,
    across: bool = False,
    decisions: str | None = None,
    most: int = MOST,
) -> int:
    """Make the table `into` of doubtful pairs of the linkage just done, and say how many there are.

    Columns: `left_organization, left_customer, right_organization, right_customer` (left before right), `chance`,
    `joined`, `reason`, `weight`, `evidence`. `across`: pairs of two organizations only, else inside organizations only.
    Groups between which the table `decisions` already holds an answer are left in peace.
    """
    _place_rows(connection, result)
    _gather_doubts(connection, result, across=across, decisions=decisions)
    _keep_heaviest(connection, most=most, across=across)
    patterns = [row[0] for row in connection.execute("SELECT DISTINCT pattern FROM _doubts_kept").fetchall()]
    explained = explain(patterns, result.trained, model) if patterns else {}
    told = pa.table(
        {
            "pattern": pa.array(explained, pa.int64()),
            "evidence": pa.array([evidence_json(one) for one in explained.values()], pa.string()),
        }
    )
    connection.register("_doubts_told", told)
    connection.execute(
        f"""CREATE OR REPLACE TABLE {into} AS
        SELECT left_organization, left_customer, right_organization, right_customer, round(chance, 4) AS chance,
            joined, reason, weight, evidence
        FROM _doubts_kept JOIN _doubts_told USING (pattern)
        ORDER BY weight DESC, left_organization, left_customer, right_organization, right_customer"""
    )
    connection.unregister("_doubts_told")
    for scrap in ("rows", "found", "kept"):
        connection.execute(f"DROP TABLE _doubts_{scrap}")
    return int(connection.execute(f"SELECT count(*) FROM {into}").fetchall()[0][0])


def _place_rows(connection: duckdb.DuckDBPyConnection, result: LinkResult) -> None:
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _doubts_rows AS
        SELECT record_no, organization, customer_number, person_no, count(*) OVER (PARTITION BY person_no) AS n
        FROM {result.relation}"""
    )


def _gather_doubts(
    connection: duckdb.DuckDBPyConnection, result: LinkResult, *, across: bool, decisions: str | None
) -> None:
    """Doubtful pairs with what a decision would move; one a pair of groups, one a weakly held group."""
    decided = (
        f"""SELECT DISTINCT least(a.person_no, b.person_no) AS low, greatest(a.person_no, b.person_no) AS high
        FROM {decisions} d
        JOIN _doubts_rows a ON a.organization = d.left_organization AND a.customer_number = d.left_customer
        JOIN _doubts_rows b ON b.organization = d.right_organization AND b.customer_number = d.right_customer"""
        if decisions
        else "SELECT 0 AS low, 0 AS high LIMIT 0"
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _doubts_found AS
        WITH decided AS ({decided}),
        scored AS (
            SELECT p.l, p.r, p.pattern, p.same, a.person_no = b.person_no AS joined, a.n AS n_left, b.n AS n_right,
                least(a.person_no, b.person_no) AS low, greatest(a.person_no, b.person_no) AS high
            FROM {result.pairs} p JOIN _doubts_rows a ON a.record_no = p.l JOIN _doubts_rows b ON b.record_no = p.r
            WHERE a.organization {"<>" if across else "="} b.organization),
        apart AS (
            SELECT l, r, pattern, same AS chance, joined,
                CASE WHEN same >= {LIKELY} AND n_left + n_right > {LARGEST} THEN '{Reason.LARGE}'
                    ELSE '{Reason.APART}' END AS reason,
                same * n_left * n_right AS weight
            FROM scored
            WHERE NOT joined AND same >= {UNLIKELY} AND (low, high) NOT IN (SELECT (low, high) FROM decided)
            QUALIFY row_number() OVER (PARTITION BY low, high ORDER BY same DESC, l, r) = 1),
        inside AS (SELECT *, n_left - 1 AS others FROM scored WHERE joined),
        ties AS (
            SELECT record_no, sum(same) / any_value(others) AS tie
            FROM (SELECT l AS record_no, same, others FROM inside UNION ALL SELECT r, same, others FROM inside)
            GROUP BY 1),
        held AS (
            SELECT l, r, pattern, same AS chance, joined, '{Reason.JOINED}' AS reason,
                (1 - greatest(same, a.tie, b.tie)) * others AS weight
            FROM inside JOIN ties a ON a.record_no = l JOIN ties b ON b.record_no = r
            WHERE greatest(same, a.tie, b.tie) < {CERTAIN} AND (low, high) NOT IN (SELECT (low, high) FROM decided)
            QUALIFY row_number() OVER (PARTITION BY low ORDER BY weight DESC, same, l, r) = 1),
        drawn AS (
            SELECT l, r, pattern, same AS chance, joined, '{Reason.DRAWN}' AS reason, 0.0 AS weight FROM scored
            WHERE same BETWEEN {_DRAWN_FROM[0]} AND {_DRAWN_FROM[1]}
                AND (low, high) NOT IN (SELECT (low, high) FROM decided))
        SELECT * FROM apart UNION ALL SELECT * FROM held UNION ALL SELECT * FROM drawn"""
    )


def _keep_heaviest(connection: duckdb.DuckDBPyConnection, *, most: int, across: bool) -> None:
    """The heaviest questions of each holder, every third one drawn: it weighs as much as the one before it.

    The two sides are in the order of organizations and customers. Drawing is by a hash: the same pairs every time.
    """
    holder = "''" if across else "left_organization"
    order = "left_organization, left_customer, right_organization, right_customer"
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _doubts_kept AS
        WITH named AS (
            SELECT pattern, chance, joined, reason, weight,
                CASE WHEN turned THEN b.organization ELSE a.organization END AS left_organization,
                CASE WHEN turned THEN b.customer_number ELSE a.customer_number END AS left_customer,
                CASE WHEN turned THEN a.organization ELSE b.organization END AS right_organization,
                CASE WHEN turned THEN a.customer_number ELSE b.customer_number END AS right_customer
            FROM _doubts_found d JOIN _doubts_rows a ON a.record_no = d.l JOIN _doubts_rows b ON b.record_no = d.r,
            LATERAL (SELECT (b.organization, b.customer_number) < (a.organization, a.customer_number) AS turned)),
        spread AS (
            SELECT *, row_number() OVER (PARTITION BY {holder}, {_STEP}
                ORDER BY hash({order}), {order}) AS within_bin
            FROM named WHERE reason = '{Reason.DRAWN}'),
        drawn AS (
            SELECT *, row_number() OVER (PARTITION BY {holder} ORDER BY within_bin, hash({order}), {order}) - 1 AS place
            FROM spread QUALIFY place < {most // _EVERY}),
        asked AS (
            SELECT *, row_number() OVER (PARTITION BY {holder} ORDER BY weight DESC, {order}) - 1 AS place
            FROM named WHERE reason <> '{Reason.DRAWN}' AND ({order}) NOT IN (SELECT ({order}) FROM drawn)),
        merged AS (
            SELECT * EXCLUDE (place), place + place // {_EVERY - 1} AS place FROM asked
            UNION ALL
            SELECT * EXCLUDE (place, within_bin), {_EVERY} * place + {_EVERY - 1} FROM drawn),
        kept AS (
            SELECT * FROM merged QUALIFY row_number() OVER (PARTITION BY {holder} ORDER BY place, {order}) <= {most})
        SELECT * REPLACE (round(max(weight) OVER (
            PARTITION BY {holder} ORDER BY place DESC ROWS UNBOUNDED PRECEDING), 4) AS weight) FROM kept"""
    )
