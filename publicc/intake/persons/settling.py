"""What a person obtains of the records that are theirs: erased, kept out of the pool, corrected."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

import duckdb

from publicc.intake.persons.keeping_out import DERIVED, ORDER, without_cells
from publicc.intake.persons.marks import PERSON, RECORD, Stay, key_of, value_mark, write_down
from publicc.intake.schema import CUSTOMER_COLUMNS
from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text

_THEIRS: Final = "WHERE (source, customer_key) IN (SELECT (source, customer_key) FROM leaving)"
CORRECTED: Final = tuple(name for name in CUSTOMER_COLUMNS if name != "customer_key")


@dataclass(frozen=True, slots=True)
class Settled:
    """How many rows were touched: counts only, so that they may be kept anywhere."""

    records: int
    customers: int = 0
    tickets: int = 0
    refused: int = 0

    def as_json(self) -> dict[str, int]:
        """For the request's own record."""
        return asdict(self)


def erase(vault: duckdb.DuckDBPyConnection, marks: Sequence[str], *, on: date) -> Settled:
    """Take the records of these marks out of the vault, older versions included, and keep them out from now on.

    Their tickets stay as anonymous sales: the organization's accounts do not change. `leaving(source, customer_key)`
    is left as a temporary table for rooms that keep more of a customer. The caller holds the transaction.
    """
    key = key_of(vault)
    _choose(vault, marks)
    _remember_out(vault, on)
    customers = _count(vault, f"DELETE FROM customers {_THEIRS}")
    nobody = f"customer_key = NULL, order_key = CASE WHEN {DERIVED} THEN {ORDER} ELSE order_key END"
    tickets = _count(vault, f"UPDATE tickets SET {nobody} {_THEIRS}", key.parameters)
    vault.execute(f"UPDATE orders SET {nobody} {_THEIRS}", key.parameters)
    vault.execute(f"DELETE FROM corrections {_THEIRS}")
    refused = without_cells(vault, "refused_rows")
    return Settled(_count(vault, "SELECT count(*) FROM leaving"), customers, tickets, refused)


def withdraw(vault: duckdb.DuckDBPyConnection, marks: Sequence[str], *, on: date) -> Settled:
    """Keep who bought out of the pool from the next harmonisation; the rows stay in the organization's vault."""
    key = key_of(vault)
    _choose(vault, marks)
    write_down(vault, f"SELECT {RECORD} AS mark FROM leaving", Stay.WITHDRAWN, key=key, on=on)
    persons = f"SELECT {PERSON} AS mark FROM customers {_THEIRS}"
    write_down(vault, persons, Stay.WITHDRAWN, key=key, on=on)
    return Settled(_count(vault, "SELECT count(*) FROM leaving"))


def rectify(vault: duckdb.DuckDBPyConnection, mark: str, changes: dict[str, str], *, on: date) -> Settled:
    """Write what a record should say, on every version of it, and again on each deposit that still says otherwise.

    `changes`: field → new value, an empty text for nothing. Raises BadInput for a field that is not of a customer.
    """
    if not changes or set(changes) - set(CORRECTED):
        raise BadInput(Text("Aucun champ à corriger.", "No field to correct."))
    _choose(vault, [mark])
    touched = 0
    for name, value in sorted(changes.items()):
        becomes = value.strip() or None
        vault.execute(
            f"""INSERT INTO corrections SELECT DISTINCT source, customer_key, '{name}', {name}, $becomes, $on::DATE
            FROM customers {_THEIRS} AND {name} IS DISTINCT FROM $becomes""",
            {"becomes": becomes, "on": on},
        )
        touched += _count(
            vault,
            f"""UPDATE customers SET {name} = $becomes
            {_THEIRS} AND {name} IS DISTINCT FROM $becomes""",
            {"becomes": becomes},
        )
    return Settled(_count(vault, "SELECT count(*) FROM leaving"), touched)


def _choose(vault: duckdb.DuckDBPyConnection, marks: Sequence[str]) -> None:
    """`leaving(source, customer_key)`: the records of these marks that the vault holds."""
    vault.execute(
        f"""CREATE OR REPLACE TEMP TABLE leaving AS
        SELECT source, customer_key FROM (
            SELECT source, customer_key FROM customers UNION SELECT source, customer_key FROM tickets
            UNION SELECT source, customer_key FROM orders)
        WHERE customer_key IS NOT NULL AND list_contains($marks, {RECORD})""",
        {"marks": list(marks), **key_of(vault).parameters},
    )


def _remember_out(vault: duckdb.DuckDBPyConnection, on: date) -> None:
    key = key_of(vault)
    write_down(vault, f"SELECT {RECORD} AS mark FROM leaving", Stay.ERASED, key=key, on=on)
    write_down(vault, f"SELECT {PERSON} AS mark FROM customers {_THEIRS}", Stay.ERASED, key=key, on=on)
    values = f"SELECT unnest([email, customer_key]) AS given FROM customers {_THEIRS}"
    write_down(
        vault,
        f"SELECT {value_mark('given')} AS mark FROM ({values}) WHERE given IS NOT NULL",
        Stay.CELL,
        key=key,
        on=on,
    )


def _count(vault: duckdb.DuckDBPyConnection, statement: str, parameters: object = None) -> int:
    found = vault.execute(statement, parameters).fetchone() or (0,)
    return int(found[0])
