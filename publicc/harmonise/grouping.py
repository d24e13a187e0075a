"""The seam with the linkage: records in, groups out."""

import duckdb


def group_records(connection: duckdb.DuckDBPyConnection, records: str, *, across: bool, into: str) -> None:
    """Make `into(organization, customer_number, person_no, household_no, confidence)`."""
    scope = "''" if across else "organization"
    connection.execute(
        f"""CREATE OR REPLACE TABLE {into} AS
        SELECT organization, customer_number, 1.0 AS confidence,
            dense_rank() OVER (ORDER BY {scope}, coalesce(lower(trim(email)),
                lower(strip_accents(first_name || ' ' || last_name || ' ' || postal_code)),
                organization || ' ' || customer_number)) AS person_no,
            dense_rank() OVER (ORDER BY {scope}, coalesce(lower(strip_accents(address || ' ' || postal_code)),
                organization || ' ' || customer_number)) AS household_no
        FROM {records}"""
    )
