"""The tables of a vault and their current views. Rows are only added; a later deposit supersedes, an undo gives back.

A row is current while `superseded_by` is NULL. A deposit that brings a changed order, customer or performance writes
its own number there; undoing it removes its rows and empties that field again.
"""

from typing import Final

import duckdb

SCHEMA_VERSION: Final = 1

CUSTOMER_COLUMNS: Final = {
    "customer_key": "VARCHAR",
    "title": "VARCHAR",
    "first_name": "VARCHAR",
    "last_name": "VARCHAR",
    "full_name": "VARCHAR",
    "address": "VARCHAR",
    "city": "VARCHAR",
    "province": "VARCHAR",
    "country": "VARCHAR",
    "postal_code": "VARCHAR",
    "phone": "VARCHAR",
    "email": "VARCHAR",
    "language": "VARCHAR",
    "email_consent": "BOOLEAN",
}
"""What is kept of a customer, as given (NFC, trimmed). `email_consent` NULL = nobody wrote down what was answered."""

TICKET_COLUMNS: Final = {
    "order_key": "VARCHAR",
    "position": "VARCHAR",
    "ticket_key": "VARCHAR",
    "customer_key": "VARCHAR",
    "performance_key": "VARCHAR",
    "ordered_at": "TIMESTAMP",
    "ordered_on": "DATE",
    "net_cents": "BIGINT",
    "face_cents": "BIGINT",
    "fees_cents": "BIGINT",
    "taxes_cents": "BIGINT",
    "currency": "VARCHAR",
    "price_category": "VARCHAR",
    "price_group": "VARCHAR",
    "price_zone": "VARCHAR",
    "channel_label": "VARCHAR",
    "channel": "VARCHAR",
    "ticket_status": "VARCHAR",
    "status_label": "VARCHAR",
    "cancelled_on": "DATE",
    "is_scanned": "BOOLEAN",
}
"""What is kept of a ticket. `net_cents` NULL = price unknown; taxes and separable fees are out of it."""

PERFORMANCE_COLUMNS: Final = {
    "performance_key": "VARCHAR",
    "title": "VARCHAR",
    "room_label": "VARCHAR",
    "starts_at": "TIMESTAMP",
    "starts_on": "DATE",
    "has_time": "BOOLEAN",
    "capacity": "BIGINT",
    "discipline_label": "VARCHAR",
    "genre_label": "VARCHAR",
    "status": "VARCHAR",
    "status_label": "VARCHAR",
    "event_type": "VARCHAR",
    "deal_type": "VARCHAR",
    "is_free": "BOOLEAN",
    "is_extra": "BOOLEAN",
    "presale_on": "DATE",
    "general_sale_on": "DATE",
    "soldout_since": "DATE",
    "previous_starts_on": "DATE",
    "rescheduled_on": "DATE",
    "show_key": "VARCHAR",
    "city": "VARCHAR",
    "postal_code": "VARCHAR",
    "language": "VARCHAR",
    "is_test": "BOOLEAN",
    "suggestion": "VARCHAR",
}
"""What is kept of a performance. `suggestion`: marks read in the title (extra, premiere…); the title is kept."""

TOTAL_COLUMNS: Final = {
    "kind": "VARCHAR",
    "title": "VARCHAR",
    "first_on": "DATE",
    "last_on": "DATE",
    "performances": "BIGINT",
    "tickets": "BIGINT",
    "revenue_cents": "BIGINT",
    "capacity": "BIGINT",
    "currency": "VARCHAR",
    "show_key": "VARCHAR",
    "room_label": "VARCHAR",
    "city": "VARCHAR",
    "postal_code": "VARCHAR",
    "discipline_label": "VARCHAR",
    "starts_at": "TIMESTAMP",
    "has_time": "BOOLEAN",
    "is_test": "BOOLEAN",
}
"""What sources say above the performance. kind: WEEK (show × week), SHOW (gross of a show), EVENT (show, two dates)."""

ORDER_COLUMNS: Final = {
    "order_key": "VARCHAR",
    "customer_key": "VARCHAR",
    "ordered_at": "TIMESTAMP",
    "ordered_on": "DATE",
    "total_cents": "BIGINT",
    "fees_cents": "BIGINT",
    "tickets": "BIGINT",
    "currency": "VARCHAR",
    "channel_label": "VARCHAR",
    "channel": "VARCHAR",
    "order_status": "VARCHAR",
    "status_label": "VARCHAR",
}
"""What order-grain tables say of an order: a control of its tickets, or buyers and money where tickets are missing."""

APART_COLUMNS: Final = {
    "reason": "VARCHAR",
    "order_key": "VARCHAR",
    "sold_at": "TIMESTAMP",
    "label": "VARCHAR",
    "quantity": "BIGINT",
    "amount_cents": "BIGINT",
    "currency": "VARCHAR",
}
"""True rows that are no ticket: DONATION, FEE, GIFT_CARD, MERCHANDISE, MEMBERSHIP, REFUND, CONTROL."""

ENTITIES: Final = {
    "customers": CUSTOMER_COLUMNS,
    "tickets": TICKET_COLUMNS,
    "performances": PERFORMANCE_COLUMNS,
    "totals": TOTAL_COLUMNS,
    "orders": ORDER_COLUMNS,
    "set_apart": APART_COLUMNS,
}
"""Table → its own columns. Each also has `source, deposit_id, file_no, row_number, superseded_by`."""

LATER_COLUMNS: Final = {"customers": {"email_consent": "BOOLEAN"}}
"""Columns that vaults made before them lack: added, empty, when a deposit next opens one to write."""

KEYS: Final = {
    "customers": ("customer_key",),
    "tickets": ("order_key", "performance_key"),
    "performances": ("performance_key",),
    "totals": ("kind", "title", "first_on"),
    "orders": ("order_key",),
    "set_apart": ("reason", "order_key", "sold_at", "label"),
}
"""What is compared and superseded as one: all the rows of a key come from the same deposit."""

_MOSTLY_DIFFERENT: Final = {"tickets": ("order_key", "ticket_key", "customer_key"), "orders": ("order_key",)}
"""Table → its long columns of codes that seldom repeat: a dictionary of them, DuckDB's choice, costs twice the time."""

TRACE: Final = ("deposit_id", "file_no", "row_number")
"""Where a row comes from: the deposit, the table in it (`deposit_files`), and its row as a person would count it."""

_BOOKS: Final = """
CREATE TABLE IF NOT EXISTS vault_schema (version INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS deposits (
    deposit_id BIGINT PRIMARY KEY, received_at TIMESTAMP NOT NULL, source VARCHAR NOT NULL,
    state VARCHAR NOT NULL CHECK (state IN ('active', 'unchanged', 'undone')),
    fingerprint VARCHAR NOT NULL, mapping_toml VARCHAR NOT NULL, report_json VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS deposit_files (
    deposit_id BIGINT NOT NULL, file_no INTEGER NOT NULL, file_name VARCHAR NOT NULL, part VARCHAR NOT NULL,
    kind VARCHAR NOT NULL, grain VARCHAR NOT NULL,
    row_count BIGINT NOT NULL, accepted BIGINT NOT NULL, set_apart BIGINT NOT NULL, refused BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS deposit_columns (
    deposit_id BIGINT NOT NULL, file_no INTEGER NOT NULL, column_no INTEGER NOT NULL, header VARCHAR NOT NULL,
    target VARCHAR);
CREATE TABLE IF NOT EXISTS refused_rows (
    deposit_id BIGINT NOT NULL, file_no INTEGER NOT NULL, row_number BIGINT NOT NULL, reason VARCHAR NOT NULL,
    target VARCHAR, header VARCHAR, reason_fr VARCHAR NOT NULL, reason_en VARCHAR NOT NULL, amount_cents BIGINT,
    cells VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS mark_key (secret BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS marks (mark VARCHAR NOT NULL, stay VARCHAR NOT NULL, made_on DATE NOT NULL);
CREATE TABLE IF NOT EXISTS corrections (
    source VARCHAR NOT NULL, customer_key VARCHAR NOT NULL, field VARCHAR NOT NULL, said VARCHAR, becomes VARCHAR,
    made_on DATE NOT NULL);
"""
"""`marks`, `corrections`: who stays out and what stays corrected (`intake.persons`).
`refused_rows.cells`: JSON of the mapped columns of that row, header → text as given; without the dropped columns."""


def create_schema(vault: duckdb.DuckDBPyConnection) -> None:
    """Make the tables and the current views of a new vault; an existing vault of this version is left as it is."""
    vault.execute(_BOOKS)
    for table, columns in ENTITIES.items():
        vault.execute(_table(table, columns))
        for name, kind in LATER_COLUMNS.get(table, {}).items():
            vault.execute(f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {name} {kind}")
        vault.execute(_current_view(table, columns))
    if vault.execute("SELECT count(*) FROM vault_schema").fetchone() == (0,):
        vault.execute("INSERT INTO vault_schema VALUES (?)", [SCHEMA_VERSION])


def _table(table: str, columns: dict[str, str]) -> str:
    packed = _MOSTLY_DIFFERENT.get(table, ())
    own = ", ".join(
        f"{name} {kind}{' USING COMPRESSION zstd' if name in packed else ''}" for name, kind in columns.items()
    )
    number = "ticket_no BIGINT NOT NULL, " if table == "tickets" else ""
    return (
        f"CREATE TABLE IF NOT EXISTS {table} ({number}source VARCHAR NOT NULL, {own}, deposit_id BIGINT NOT NULL, "
        "file_no INTEGER NOT NULL, row_number BIGINT NOT NULL, superseded_by BIGINT)"
    )


def _current_view(table: str, columns: dict[str, str]) -> str:
    number = "ticket_no, " if table == "tickets" else ""
    names = ", ".join((*columns, *TRACE))
    chosen = f"SELECT {number}source, {names} FROM {table} WHERE superseded_by IS NULL"
    return f"CREATE OR REPLACE VIEW current_{table} AS {chosen}"
