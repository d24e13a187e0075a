"""From groups of records to buyers, persons and households with blinded ids.

A *buyer* is a group of one organization's own records: its own figures never depend on what others know. A *person* is
that buyer as the linking circle knows them; organizations outside the circle have persons of their own, under a key of
their own. A *household* is a group of buyers who share a home.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import duckdb

from publicc.harmonise.clean.records import INPUT_COLUMNS
from publicc.harmonise.identify import assign_ids
from publicc.harmonise.linkage.kept import marked_columns, marks_sql
from publicc.harmonise.settle import NO_DECISIONS, settle_buyers
from publicc.kernel.blind import BlindKey, blinded_sql

CIRCLE: Final = "@collective"
"""Name of the linking circle's key: organizations that granted the recognition of their buyers at each other."""

_NO_GROUPS: Final = """(SELECT NULL::VARCHAR AS organization, NULL::VARCHAR AS customer_number,
    NULL::BIGINT AS person_no, NULL::BIGINT AS household_no LIMIT 0)"""


@dataclass(frozen=True, slots=True)
class Member:
    """One organization in the work: its slug, its schema in the scratch, the key its own ids are under."""

    slug: str
    schema: str
    key: BlindKey


def gather_records(connection: duckdb.DuckDBPyConnection, members: Sequence[Member]) -> None:
    """Make `records`: every customer of every organization, in the columns that the linkage reads.

    `customer_number` is the record's number in its organization, as text: it is another when codes come or go, `id`
    stays; `digest` says whether what is read of the record is what it was.
    """
    marks = marks_sql(INPUT_COLUMNS, "organization", "name")
    parts = " UNION ALL ".join(
        f"""SELECT '{one.slug}' AS organization, record_no::VARCHAR AS customer_number,
            source || chr(31) || customer_key AS name, title, first_name, last_name,
            full_name, address, city, province, country, postal_code, phone, email
        FROM {one.schema}.customers"""
        for one in members
    )
    connection.execute(f"CREATE OR REPLACE TABLE records ({marked_columns(INPUT_COLUMNS)})")
    connection.execute(f"INSERT INTO records BY NAME SELECT * EXCLUDE (name), {marks} FROM ({parts})")


def name_people(
    connection: duckdb.DuckDBPyConnection,
    members: Sequence[Member],
    *,
    own_groups: str,
    circle_groups: str | None,
    circle_key: BlindKey,
    seen_at: datetime,
    decisions: str = NO_DECISIONS,
) -> None:
    """Make `named`: one row a record with its buyer, person and household ids, and `named_history`.

    `own_groups` and `circle_groups` are results of the linkage inside organizations and across the circle (None: fewer
    than two organizations granted it). A buyer whose records fall in several groups of the circle is the person that
    holds most of them, and never one that a person's `decisions` keep apart from it (see `settle`).
    """
    _place_members(connection, members, (own_groups, circle_groups or _NO_GROUPS), seen_at)
    settle_buyers(connection, "_placed_members", decisions, into="_settled")
    connection.execute(
        """CREATE OR REPLACE TABLE people AS
        SELECT m.* EXCLUDE (circle_person, circle_household, customer_number), s.circle_person, s.circle_household
        FROM _placed_members m LEFT JOIN _settled s USING (buyer_no)"""
    )
    connection.execute("DROP TABLE _placed_members; DROP TABLE _settled")
    _name_buyers(connection, members)
    _name_persons(connection, members, circle_key)
    _name_households(connection, members, circle_key)
    connection.execute(
        """CREATE OR REPLACE TABLE named AS
        SELECT organization, record_no, buyer_id, person_id, household_id, pool_household_id, first_seen_at, name_kind
        FROM people JOIN buyer_names USING (organization, source, customer_key)
        JOIN person_names USING (organization, source, customer_key)
        JOIN household_names USING (organization, source, customer_key)
        ORDER BY organization, record_no"""
    )


def _place_members(
    connection: duckdb.DuckDBPyConnection,
    members: Sequence[Member],
    groups: tuple[str, str],
    seen_at: datetime,
) -> None:
    """Make `_placed_members`: each record with its groups, its former ids, and its place by first appearance."""
    own_groups, circle_groups = groups
    rows = " UNION ALL ".join(
        f"""SELECT '{one.slug}' AS organization, c.record_no, c.record_no::VARCHAR AS customer_number, c.source,
            c.customer_key, coalesce(f.first_seen_at, $seen_at) AS first_seen_at, f.buyer_id AS former_buyer,
            f.buyer_key, f.person_id AS former_person, f.person_key
        FROM {one.schema}.customers c LEFT JOIN {one.schema}.former f USING (source, customer_key)"""
        for one in members
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _placed_members AS
        WITH rows AS ({rows}), own AS (SELECT * FROM {own_groups}), across AS (SELECT * FROM {circle_groups})
        SELECT rows.*, own.buyer_kind AS name_kind,
            dense_rank() OVER (ORDER BY rows.organization, own.person_no)::BIGINT AS buyer_no,
            dense_rank() OVER (ORDER BY rows.organization, own.household_no)::BIGINT AS household_no,
            across.person_no AS circle_person, across.household_no AS circle_household,
            row_number() OVER (ORDER BY first_seen_at, rows.organization, rows.source, rows.customer_key) AS place
        FROM rows JOIN own USING (organization, customer_number)
        LEFT JOIN across USING (organization, customer_number)""",
        {"seen_at": seen_at},
    )


def _name_buyers(connection: duckdb.DuckDBPyConnection, members: Sequence[Member]) -> None:
    """Under each organization's own key."""
    parts = []
    for one in members:
        connection.execute(
            """CREATE OR REPLACE TEMP TABLE _buyer_members AS
            SELECT organization, source, customer_key, buyer_no AS group_no, first_seen_at,
                CASE WHEN buyer_key = $mark THEN former_buyer END AS former_id
            FROM people WHERE organization = $slug""",
            {"mark": one.key.mark, "slug": one.slug},
        )
        assign_ids(connection, "_buyer_members", key=one.key, purpose="buyer", into=f"_buyers_{one.schema}")
        parts.append(f"SELECT organization, source, customer_key, id AS buyer_id FROM _buyers_{one.schema}")
    connection.execute(f"CREATE OR REPLACE TABLE buyer_names AS {' UNION ALL '.join(parts)}")
    _keep_history(connection, "buyer", [(one.slug, f"_buyers_{one.schema}_history") for one in members], new=True)


def _name_persons(connection: duckdb.DuckDBPyConnection, members: Sequence[Member], circle_key: BlindKey) -> None:
    """Under the circle's key where the circle knows the record, else under the organization's own."""
    keys: Mapping[str | None, BlindKey] = {None: circle_key} | {one.slug: one.key for one in members}
    parts = []
    for number, (slug, key) in enumerate(keys.items()):
        chosen = "circle_person IS NOT NULL" if slug is None else "circle_person IS NULL AND organization = $slug"
        group = "circle_person" if slug is None else "buyer_no"
        connection.execute(
            f"""CREATE OR REPLACE TEMP TABLE _person_members AS
            SELECT organization, source, customer_key, {group} AS group_no, first_seen_at,
                CASE WHEN person_key = $mark THEN former_person END AS former_id
            FROM people WHERE {chosen}""",
            {"mark": key.mark} | ({} if slug is None else {"slug": slug}),
        )
        assign_ids(connection, "_person_members", key=key, purpose="person", into=f"_persons_{number}")
        parts.append(
            f"""SELECT organization, source, customer_key, id AS person_id, '{key.mark}' AS person_key
            FROM _persons_{number}"""
        )
        _keep_history(connection, "person", [(slug or CIRCLE, f"_persons_{number}_history")], new=False)
    connection.execute(f"CREATE OR REPLACE TABLE person_names AS {' UNION ALL '.join(parts)}")


def _name_households(connection: duckdb.DuckDBPyConnection, members: Sequence[Member], circle_key: BlindKey) -> None:
    """A household is named after its first buyer: in its organization, and in the circle."""
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE _homes AS
        SELECT organization, source, customer_key, buyer_id,
            first_value(buyer_id) OVER (PARTITION BY household_no ORDER BY place) AS first_buyer,
            CASE WHEN circle_household IS NOT NULL
                THEN first_value(buyer_id) OVER (PARTITION BY circle_household ORDER BY place) END AS first_in_circle
        FROM people JOIN buyer_names USING (organization, source, customer_key)"""
    )
    parts = []
    for one in members:
        connection.execute(
            f"""CREATE OR REPLACE TEMP TABLE _homes_{one.schema} AS
            SELECT organization, source, customer_key, first_in_circle,
                {blinded_sql("household", "first_buyer")} AS household_id
            FROM _homes WHERE organization = '{one.slug}'""",
            one.key.parameters,
        )
        parts.append(f"SELECT * FROM _homes_{one.schema}")
    connection.execute(
        f"""CREATE OR REPLACE TABLE household_names AS
        SELECT organization, source, customer_key, household_id,
            CASE WHEN first_in_circle IS NULL THEN household_id
                ELSE {blinded_sql("household", "first_in_circle")} END AS pool_household_id
        FROM ({" UNION ALL ".join(parts)})""",
        circle_key.parameters,
    )


def _keep_history(
    connection: duckdb.DuckDBPyConnection, level: str, histories: Sequence[tuple[str, str]], *, new: bool
) -> None:
    rows = " UNION ALL ".join(
        f"SELECT '{holder}' AS holder, '{level}' AS level, event, former_id, id FROM {table}"
        for holder, table in histories
    )
    connection.execute(
        f"CREATE OR REPLACE TABLE named_history AS {rows}" if new else f"INSERT INTO named_history {rows}"
    )
