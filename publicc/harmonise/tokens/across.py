"""At the hub: persons of organizations that encoded under one key, recognised by their tokens."""

import duckdb

from publicc.harmonise.linkage.engine import LinkResult, LinkScope, LinkSettings, link_records
from publicc.harmonise.tokens.encode import KINDS
from publicc.harmonise.tokens.model import TOKENS
from publicc.kernel.vocabulary import BuyerKind


def link_tokens(connection: duckdb.DuckDBPyConnection, tokens: str, *, into: str) -> LinkResult:
    """Make the table `into` of the persons of `tokens`: `customer_number` is the organization's own person's number.

    `tokens` has the columns of `tokens_encoded`, and `organization`. Any order of its rows gives the same persons.
    """
    _gather_persons(connection, tokens)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE linkage_courtesies (kind VARCHAR, value VARCHAR, row_count BIGINT)"
    )
    return link_records(connection, scope=LinkScope.POOL, settings=LinkSettings(model=TOKENS), into=into)


def _gather_persons(connection: duckdb.DuckDBPyConnection, tokens: str) -> None:
    """`linkage_records`: one row a person of an organization, with the tokens of all its rows."""
    lists = ", ".join(f"list_sort(list_distinct(flatten(list({kind})))) AS {kind}" for kind in KINDS)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _tokens_persons AS
        SELECT row_number() OVER (ORDER BY organization, own_person)::INTEGER AS record_no, organization,
            own_person::VARCHAR AS customer_number, NULL::BIGINT AS input_row,
            coalesce(max(buyer_kind) FILTER (WHERE buyer_kind <> '{BuyerKind.INDIVIDUAL}'), '{BuyerKind.INDIVIDUAL}')
                AS buyer_kind,
            bool_or(has_given) AS has_given, bool_or(has_surname) AS has_surname,
            coalesce(min(name_rarity), 0) AS name_rarity,
            list_sort(list_distinct(list(area) FILTER (WHERE area IS NOT NULL))) AS area, {lists}
        FROM {tokens} GROUP BY organization, own_person"""
    )
    for kind in ("phone", "email"):
        connection.execute(
            f"""CREATE OR REPLACE TEMP TABLE _tokens_{kind} AS
            WITH borne AS (SELECT record_no, organization, unnest({kind}) AS token FROM _tokens_persons),
            alone AS (SELECT * FROM borne QUALIFY count(*) OVER (PARTITION BY organization, token) = 1)
            SELECT record_no, list(token ORDER BY token) AS {kind}_alone FROM alone GROUP BY record_no"""
        )
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE linkage_records AS
        SELECT * REPLACE (coalesce(area, []) AS area, coalesce(phone_alone, []) AS phone_alone,
                coalesce(email_alone, []) AS email_alone),
            list_concat(name, swapped) AS either_name
        FROM _tokens_persons LEFT JOIN _tokens_phone USING (record_no) LEFT JOIN _tokens_email USING (record_no)"""
    )
    connection.execute("DROP TABLE _tokens_persons; DROP TABLE _tokens_phone; DROP TABLE _tokens_email")
