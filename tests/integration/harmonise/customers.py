"""Customer tables drawn in the tests, in a database of their own."""

import duckdb

from tests.unit.harmonise.drawn import drawn

COLUMNS = (
    "organization",
    "customer_number",
    "first_name",
    "last_name",
    "address",
    "city",
    "postal_code",
    "phone",
    "email",
)


def customers(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """Make the table `customers` from a drawn one whose columns are named in its first line."""
    head = [cell.strip() for cell in next(line for line in table.splitlines() if line.strip()).split("|")]
    return rows_of(connection, [dict(zip(head, row, strict=True)) for row in drawn(table)])


def rows_of(connection: duckdb.DuckDBPyConnection, rows: list[dict[str, str]]) -> str:
    """Make the table `customers` from rows; what a row does not say is empty."""
    connection.execute(f"CREATE OR REPLACE TABLE customers ({', '.join(f'{c} VARCHAR' for c in COLUMNS)})")
    if rows:
        connection.executemany(
            f"INSERT INTO customers VALUES ({', '.join('?' * len(COLUMNS))})",
            [[row.get(c) or None for c in COLUMNS] for row in rows],
        )
    return "customers"
