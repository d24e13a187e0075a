"""Which person of the circle each buyer is, when the records of one buyer fall in several groups of the circle.

The group that holds most of them, one that a person said *same* of before any other. Then what was said to be two
persons stays two: the grouping obeyed it record by record, and a buyer may bring a record back by another of its
records. Of two such buyers the one less held by the group is a person apart, whom no other organization shares.
"""

from typing import Final

import duckdb

NO_DECISIONS: Final = """(SELECT NULL::VARCHAR AS left_organization, NULL::VARCHAR AS left_customer,
    NULL::VARCHAR AS right_organization, NULL::VARCHAR AS right_customer, NULL::VARCHAR AS decision LIMIT 0)"""
"""A relation of no decision."""


def settle_buyers(connection: duckdb.DuckDBPyConnection, records: str, decisions: str, *, into: str) -> None:
    """Make the temporary table `into(buyer_no, circle_person, circle_household)`, one row a buyer the circle knows.

    `records(organization, customer_number, buyer_no, circle_person, circle_household, place)`: one row a record, NULL
    where the circle does not know it, `place` in the order of first appearance. `decisions`: as the linkage obeys them.
    """
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _settle_said AS
        SELECT l.buyer_no AS one, r.buyer_no AS other, decision, l.circle_person AS one_in, r.circle_person AS other_in
        FROM {decisions} d
        JOIN {records} l ON l.organization = d.left_organization AND l.customer_number = d.left_customer
        JOIN {records} r ON r.organization = d.right_organization AND r.customer_number = d.right_customer"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {into} AS
        WITH wanted AS (
            SELECT unnest([one, other]) AS buyer_no, one_in AS circle_person FROM _settle_said
            WHERE decision = 'SAME' AND one <> other AND one_in = other_in),
        held AS (
            SELECT buyer_no, circle_person, min(circle_household) AS circle_household,
                ((buyer_no, circle_person) IN (FROM wanted), count(*), -min(place)) AS hold
            FROM {records} WHERE circle_person IS NOT NULL GROUP BY buyer_no, circle_person),
        chosen AS (
            SELECT buyer_no, arg_max(circle_person, hold) AS circle_person,
                arg_max(circle_household, hold) AS circle_household, max(hold) AS hold
            FROM held GROUP BY buyer_no),
        apart AS (
            SELECT CASE WHEN a.hold < b.hold THEN one ELSE other END AS buyer_no
            FROM _settle_said JOIN chosen a ON a.buyer_no = one JOIN chosen b ON b.buyer_no = other
            WHERE decision IN ('DIFFERENT', 'HOUSEHOLD') AND one <> other AND a.circle_person = b.circle_person)
        SELECT buyer_no, circle_household,
            CASE WHEN buyer_no IN (FROM apart) THEN -buyer_no ELSE circle_person END AS circle_person
        FROM chosen"""
    )
    connection.execute("DROP TABLE _settle_said")
