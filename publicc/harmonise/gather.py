"""From a vault's current views to working tables in the scratch database, keys replaced by small numbers.

One schema of the scratch per organization holds `customers`, `tickets`, `performances`, `totals` and `former`. The
numbers follow what the rows hold, never where they stand in a file: the same rows in another order are numbered alike.
The vault is left as soon as its rows are copied, so that a deposit may go on while the pool is built.
"""

from dataclasses import dataclass
from typing import Final

import duckdb

from publicc.intake.persons.keeping_out import lay_withdrawn

CUSTOMER_FIELDS: Final = (
    "title", "first_name", "last_name", "full_name", "address", "city", "province", "country", "postal_code", "phone",
    "email", "language",
)  # fmt: skip
_TICKET_FIELDS: Final = (
    "ordered_at", "ordered_on", "net_cents", "face_cents", "fees_cents", "taxes_cents", "currency", "price_group",
    "price_zone", "channel", "ticket_status", "cancelled_on", "is_scanned",
)  # fmt: skip
_PERFORMANCE_FIELDS: Final = (
    "title", "room_label", "starts_at", "starts_on", "has_time", "capacity", "discipline_label", "genre_label",
    "status", "event_type", "deal_type", "is_free", "is_extra", "presale_on", "general_sale_on", "soldout_since",
    "previous_starts_on", "rescheduled_on", "show_key", "city", "postal_code", "language",
)  # fmt: skip
_TEST_IS_OTHER: Final = "CASE WHEN is_test THEN 'OTHER' ELSE event_type END AS event_type"
_TEST_IS_VOID: Final = """CASE WHEN p.is_test AND coalesce(t.ticket_status, 'VALID') = 'VALID' THEN 'VOID'
    ELSE t.ticket_status END AS ticket_status"""
_TOTAL_FIELDS: Final = (
    "kind", "title", "first_on", "last_on", "performances", "tickets", "revenue_cents", "capacity", "show_key",
    "discipline_label",
)  # fmt: skip

IDENTITIES: Final = """CREATE TABLE IF NOT EXISTS identities (
    source VARCHAR NOT NULL, customer_key VARCHAR NOT NULL, first_seen_at TIMESTAMP NOT NULL,
    buyer_id VARCHAR NOT NULL, buyer_key VARCHAR NOT NULL, person_id VARCHAR NOT NULL, person_key VARCHAR NOT NULL)"""
"""Kept in the vault: when each customer code was first harmonised, its ids, and the marks of their keys."""

_WORKING_TABLES: Final = ("customers", "performances", "tickets", "totals")


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was copied of one organization, and a digest of it that does not depend on the order of rows."""

    rows: int
    digest: str


def gather(vault: duckdb.DuckDBPyConnection, schema: str) -> Gathered:
    """Copy the current state of the connected vault into the new schema `scratch.<schema>`."""
    vault.execute(f"CREATE SCHEMA scratch.{schema}")
    into = f"scratch.{schema}"
    _copy_former(vault, into)
    _copy_customers(vault, into)
    _copy_performances(vault, into)
    _copy_tickets(vault, into)
    totals = ", ".join(("source", *_TOTAL_FIELDS))
    vault.execute(f"CREATE TABLE {into}.totals AS SELECT {totals} FROM current_totals ORDER BY ALL")
    digests = [_digest(vault, f"{into}.{table}") for table in _WORKING_TABLES]
    return Gathered(rows=sum(rows for rows, _ in digests), digest="|".join(f"{n}:{d}" for n, d in digests))


def _copy_former(vault: duckdb.DuckDBPyConnection, into: str) -> None:
    known = vault.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'identities'").fetchone() != (0,)
    if known:
        vault.execute(f"CREATE TABLE {into}.former AS SELECT * FROM identities")
    else:
        vault.execute(IDENTITIES.replace("identities", f"{into}.former"))


def _copy_customers(vault: duckdb.DuckDBPyConnection, into: str) -> None:
    """One row a customer code. Of several, the fullest; codes that only tickets name are customers without contact.

    Whoever withdrew their consent is not there: their tickets are then sales to nobody in particular.
    """
    lay_withdrawn(vault)
    fields = ", ".join(f"chosen.{name}" for name in CUSTOMER_FIELDS)
    filled = " + ".join(f"({name} IS NOT NULL)::INT" for name in CUSTOMER_FIELDS)
    content = ", ".join(f"{name} := {name}" for name in CUSTOMER_FIELDS)
    vault.execute(
        f"""CREATE TABLE {into}.customers AS
        WITH described AS (
            SELECT source, customer_key, max(deposit_id) AS deposit_id, arg_max(content, (filled, content)) AS chosen
            FROM (SELECT source, customer_key, deposit_id, struct_pack({content}) AS content, {filled} AS filled
                FROM current_customers)
            GROUP BY ALL),
        named AS (SELECT DISTINCT source, customer_key FROM current_tickets WHERE customer_key IS NOT NULL)
        SELECT row_number() OVER (ORDER BY source, customer_key)::INTEGER AS record_no, source, customer_key,
            coalesce(deposit_id, 0) AS deposit_id, {fields}
        FROM described FULL JOIN named USING (source, customer_key)
        WHERE (source, customer_key) NOT IN (SELECT (source, customer_key) FROM withdrawn)
        ORDER BY source, customer_key"""
    )


def _copy_performances(vault: duckdb.DuckDBPyConnection, into: str) -> None:
    """One row a performance. A test of the box office stays in the list, as no performing art: no figure counts it."""
    fields = ", ".join(_PERFORMANCE_FIELDS)
    told = ", ".join(_TEST_IS_OTHER if name == "event_type" else name for name in _PERFORMANCE_FIELDS)
    vault.execute(
        f"""CREATE TABLE {into}.performances AS
        SELECT row_number() OVER (ORDER BY source, performance_key)::INTEGER AS perf_no, source, performance_key,
            {told}, is_test
        FROM (SELECT source, performance_key, {fields}, coalesce(is_test, false) AS is_test FROM current_performances
            QUALIFY row_number() OVER (PARTITION BY source, performance_key ORDER BY {fields}) = 1)
        ORDER BY source, performance_key"""
    )


def _copy_tickets(vault: duckdb.DuckDBPyConnection, into: str) -> None:
    vault.execute(
        """CREATE TEMP TABLE order_numbers AS
        SELECT row_number() OVER (ORDER BY source, order_key)::INTEGER AS order_no, source, order_key
        FROM (SELECT DISTINCT source, order_key FROM current_tickets WHERE order_key IS NOT NULL)"""
    )
    fields = ", ".join(_TEST_IS_VOID if name == "ticket_status" else f"t.{name}" for name in _TICKET_FIELDS)
    vault.execute(
        f"""CREATE TABLE {into}.tickets AS
        SELECT c.record_no, p.perf_no, o.order_no, t.source, {fields}
        FROM current_tickets t
        LEFT JOIN {into}.customers c ON c.source = t.source AND c.customer_key = t.customer_key
        LEFT JOIN {into}.performances p ON p.source = t.source AND p.performance_key = t.performance_key
        LEFT JOIN order_numbers o ON o.source = t.source AND o.order_key = t.order_key"""
    )
    vault.execute("DROP TABLE order_numbers")
    vault.execute(f"ALTER TABLE {into}.performances DROP is_test")


def _digest(vault: duckdb.DuckDBPyConnection, table: str) -> tuple[int, int]:
    """Number of rows and a sum of their hashes: the same rows in any order give the same."""
    columns = "COLUMNS(c -> c <> 'deposit_id')" if table.endswith("customers") else "*"
    found = vault.execute(
        f"SELECT count(*), coalesce(sum(hash(r)::HUGEINT), 0) FROM (SELECT {columns} FROM {table}) r"
    ).fetchone()
    return found or (0, 0)
