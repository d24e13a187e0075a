"""What a deposit obeys: nobody who was erased comes back, and what a person had corrected stays corrected."""

from typing import Final

import duckdb

from publicc.intake.canonical.staging import own_rows
from publicc.intake.persons.marks import PERSON, RECORD, Stay, any_of, key_of, listed, value_mark
from publicc.intake.schema import CUSTOMER_COLUMNS
from publicc.kernel.blind import blinded_sql
from publicc.kernel.text import Text

_OUT: Final = listed(Stay.ERASED)
_THEIRS: Final = "WHERE (source, customer_key) IN (SELECT (source, customer_key) FROM kept_out)"
DERIVED: Final = "starts_with(order_key, customer_key || '@')"
"""SQL: whether an order's number was made of its customer's code, in a system that has no order numbers."""
ORDER: Final = blinded_sql("order", "order_key")
_KEPT_OUT: Final = Text(
    "Fiches laissées dehors, de personnes qui ont demandé leur suppression : {n}.",
    "Records kept out, of people who asked to be deleted: {n}.",
)


def obey(vault: duckdb.DuckDBPyConnection) -> tuple[Text, ...]:
    """Take out of the staged rows (`scratch.new_…`) whoever was erased, and correct them again; what to tell of it.

    The tickets of someone erased stay, as anonymous sales. A correction holds as long as the file still says what was
    wrong: another value is news from the source.
    """
    _correct_again(vault)
    if not any_of(vault, Stay.ERASED):
        return ()
    return _keep_out(vault)


def without_cells(vault: duckdb.DuckDBPyConnection, table: str) -> int:
    """Empty the cells of the refused rows that hold a value on the list; how many rows."""
    vault.execute(
        f"""CREATE OR REPLACE TEMP TABLE naming AS
        SELECT DISTINCT row FROM (SELECT rowid AS row, unnest(json_extract_string(cells, '$.*')) AS given FROM {table})
        WHERE {value_mark("given")} IN {listed(Stay.CELL)}""",
        key_of(vault).parameters,
    )
    vault.execute(f"UPDATE {table} SET cells = '{{}}' WHERE rowid IN (SELECT row FROM naming)")
    (n,) = vault.execute("SELECT count(*) FROM naming").fetchone() or (0,)
    vault.execute("DROP TABLE naming")
    return int(n)


def lay_withdrawn(vault: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary table `withdrawn(source, customer_key)`: who takes no part in the pool. Writes no vault."""
    vault.execute("CREATE OR REPLACE TEMP TABLE withdrawn (source VARCHAR, customer_key VARCHAR)")
    if not any_of(vault, Stay.WITHDRAWN):
        return
    out = listed(Stay.WITHDRAWN)
    vault.execute(
        f"""INSERT INTO withdrawn SELECT source, customer_key FROM current_customers WHERE {PERSON} IN {out}
        UNION SELECT source, customer_key FROM (
            SELECT source, customer_key FROM current_customers UNION SELECT source, customer_key FROM current_tickets)
        WHERE customer_key IS NOT NULL AND {RECORD} IN {out}""",
        key_of(vault).parameters,
    )


def _keep_out(vault: duckdb.DuckDBPyConnection) -> tuple[Text, ...]:
    parameters = key_of(vault).parameters
    vault.execute(
        f"""CREATE OR REPLACE TEMP TABLE kept_out AS
        SELECT source, customer_key FROM scratch.new_customers WHERE {PERSON} IN {_OUT}
        UNION SELECT source, customer_key FROM (
            SELECT source, customer_key FROM scratch.new_customers
            UNION SELECT source, customer_key FROM scratch.new_tickets
            UNION SELECT source, customer_key FROM scratch.new_orders)
        WHERE customer_key IS NOT NULL AND {RECORD} IN {_OUT}""",
        parameters,
    )
    for table in ("customers", "tickets", "orders", "refused"):
        own_rows(vault, f"new_{table}")
    vault.execute(f"DELETE FROM scratch.new_customers {_THEIRS}")
    for table in ("tickets", "orders"):
        nobody = f"customer_key = NULL, order_key = CASE WHEN {DERIVED} THEN {ORDER} ELSE order_key END"
        vault.execute(
            f"UPDATE scratch.new_{table} SET {nobody} {_THEIRS}",
            parameters,
        )
    without_cells(vault, "scratch.new_refused")
    (n,) = vault.execute("SELECT count(*) FROM kept_out").fetchone() or (0,)
    vault.execute("DROP TABLE kept_out")
    return (_KEPT_OUT.filled(n=n),) if n else ()


def _correct_again(vault: duckdb.DuckDBPyConnection) -> None:
    fields = [name for (name,) in vault.execute("SELECT DISTINCT field FROM corrections ORDER BY 1").fetchall()]
    for name in (name for name in fields if name in CUSTOMER_COLUMNS):
        own_rows(vault, "new_customers")
        vault.execute(
            f"""UPDATE scratch.new_customers AS n SET {name} = c.becomes FROM corrections AS c
            WHERE c.field = '{name}' AND c.source = n.source AND c.customer_key = n.customer_key
              AND n.{name} IS NOT DISTINCT FROM c.said"""
        )
