"""What an organization wrote of one of its own customers, for its data steward's eyes."""

from dataclasses import dataclass
from typing import Final

import duckdb

from publicc.harmonise.review.book import RecordRef

FIELDS: Final = ("title", "first_name", "last_name", "full_name", "address", "city", "postal_code", "phone", "email")


@dataclass(frozen=True, slots=True)
class Identity:
    """One record as it was deposited. `fields` in the order of `FIELDS`; an empty text where nothing was given."""

    fields: dict[str, str]
    orders: int
    first_on: str
    last_on: str


def identity_of(vault: duckdb.DuckDBPyConnection, record: RecordRef) -> Identity:
    """The fullest current row of this customer code, and when it bought."""
    filled = " + ".join(f"({name} IS NOT NULL)::INT" for name in FIELDS)
    chosen = vault.execute(
        f"""SELECT {", ".join(FIELDS)} FROM current_customers WHERE source = ? AND customer_key = ?
        ORDER BY {filled} DESC, {", ".join(FIELDS)} LIMIT 1""",
        [record.source, record.key],
    ).fetchone() or (None,) * len(FIELDS)
    orders, first, last = vault.execute(
        """SELECT count(DISTINCT order_key), min(ordered_on), max(ordered_on) FROM current_tickets
        WHERE source = ? AND customer_key = ?""",
        [record.source, record.key],
    ).fetchall()[0]
    fields = {name: value or "" for name, value in zip(FIELDS, chosen, strict=True)}
    return Identity(fields, int(orders), str(first or ""), str(last or ""))
