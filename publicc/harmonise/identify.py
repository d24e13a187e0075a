"""Stable ids: a group keeps the id of its surviving anchor from one harmonisation to the next.

The anchor of a group is its smallest customer row by first appearance; the id is the blinded anchor, never a name or
an e-mail. When groups merge, the id of the earlier anchor survives; when one splits, the part that holds the anchor
keeps the id. Both are written down (`id_history`).
"""

from typing import Final

import duckdb

from publicc.kernel.blind import BlindKey, blinded_sql
from publicc.kernel.errors import Broken
from publicc.kernel.text import Text

MEMBERS: Final = ("organization", "source", "customer_key", "group_no", "first_seen_at", "former_id")
"""Columns of the relation that `assign_ids` takes: one row a customer code. `former_id` NULL = never had one."""


def assign_ids(connection: duckdb.DuckDBPyConnection, members: str, *, key: BlindKey, purpose: str, into: str) -> None:
    """Make the temporary tables `into(organization, source, customer_key, group_no, id, former_id)` and `into_history`.

    Deterministic whatever the order of rows. `into_history(event, former_id, id)`: MERGED, SPLIT.
    """
    own = blinded_sql(purpose, "organization", "source", "customer_key")
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _ids_members AS
        SELECT organization, source, customer_key, group_no, former_id, {own} AS own_id,
            row_number() OVER (ORDER BY first_seen_at, organization, source, customer_key) AS place
        FROM {members}""",
        key.parameters,
    )
    _settle_claims(connection)
    again = blinded_sql(f"{purpose}-again", "own_id")
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _ids_chosen AS
        WITH fresh AS (SELECT group_no, arg_min(own_id, place) AS own_id FROM _ids_members GROUP BY group_no),
        kept AS (SELECT group_no, arg_min(former_id, place) AS id FROM _ids_claims WHERE won GROUP BY group_no)
        SELECT group_no, CASE WHEN kept.id IS NOT NULL THEN kept.id
            WHEN fresh.own_id IN (SELECT former_id FROM _ids_claims) THEN {again} ELSE fresh.own_id END AS id
        FROM fresh LEFT JOIN kept USING (group_no)""",
        key.parameters,
    )
    _refuse_shared(connection)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {into} AS
        SELECT m.organization, m.source, m.customer_key, m.group_no, c.id, m.former_id
        FROM _ids_members m JOIN _ids_chosen c USING (group_no)"""
    )
    _write_history(connection, f"{into}_history")
    connection.execute("DROP TABLE _ids_members; DROP TABLE _ids_claims; DROP TABLE _ids_chosen")


def _settle_claims(connection: duckdb.DuckDBPyConnection) -> None:
    """A former id goes to the group that holds its anchor, else to the one with most of its former members."""
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE _ids_claims AS
        WITH claimed AS (
            SELECT former_id, group_no, count(*) AS members, min(place) AS place FROM _ids_members
            WHERE former_id IS NOT NULL GROUP BY former_id, group_no),
        anchored AS (SELECT DISTINCT own_id AS former_id, group_no FROM _ids_members)
        SELECT c.former_id, c.group_no, c.place, row_number() OVER (
            PARTITION BY c.former_id ORDER BY (a.group_no IS NOT NULL) DESC, c.members DESC, c.place) = 1 AS won
        FROM claimed c LEFT JOIN anchored a USING (former_id, group_no)"""
    )


def _write_history(connection: duckdb.DuckDBPyConnection, into: str) -> None:
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {into} AS
        SELECT CASE WHEN won THEN 'MERGED' ELSE 'SPLIT' END AS event, former_id, id
        FROM _ids_claims JOIN _ids_chosen USING (group_no) WHERE former_id <> id
        ORDER BY ALL"""
    )


def _refuse_shared(connection: duckdb.DuckDBPyConnection) -> None:
    """Two groups under one id would merge two persons: better no snapshot than that one."""
    if connection.execute("SELECT count(*) = count(DISTINCT id) FROM _ids_chosen").fetchone() != (True,):
        raise Broken(Text("Deux personnes auraient le même identifiant.", "Two persons would have the same id."))
