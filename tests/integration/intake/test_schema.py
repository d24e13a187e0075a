"""The vault's own tables."""

import duckdb

from publicc.intake.schema import ENTITIES, KEYS, create_schema


def test_a_vault_made_twice_is_made_once() -> None:
    vault = duckdb.connect()
    create_schema(vault)
    create_schema(vault)
    assert vault.execute("SELECT * FROM vault_schema").fetchall() == [(1,)]


def test_every_table_has_a_current_view_and_a_key_among_its_columns() -> None:
    vault = duckdb.connect()
    create_schema(vault)
    for table, columns in ENTITIES.items():
        shown = vault.execute(f"DESCRIBE current_{table}").fetchall()
        assert set(columns) <= {row[0] for row in shown}
        assert set(KEYS[table]) <= set(columns)


def test_a_superseded_row_is_not_current() -> None:
    vault = duckdb.connect()
    create_schema(vault)
    insert = "INSERT INTO customers (source, customer_key, deposit_id, file_no, row_number, superseded_by) VALUES "
    vault.execute(insert + "('s', 'ada', 1, 1, 2, 2), ('s', 'ada', 2, 1, 2, NULL)")
    assert vault.execute("SELECT deposit_id FROM current_customers").fetchall() == [(2,)]


def test_a_vault_made_before_a_column_gets_it_empty() -> None:
    vault = duckdb.connect()
    create_schema(vault)
    vault.execute("DROP VIEW current_customers; ALTER TABLE customers DROP COLUMN email_consent")
    vault.execute(
        "INSERT INTO customers (source, customer_key, deposit_id, file_no, row_number) VALUES ('s', 'ada', 1, 1, 2)"
    )
    create_schema(vault)
    assert vault.execute("SELECT customer_key, email_consent FROM current_customers").fetchall() == [("ada", None)]
