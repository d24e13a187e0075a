"""The cleaned record table: every column of a customer, ready to compare, beside why a value is missing."""

from typing import Final

import duckdb
import pyarrow as pa

from publicc.harmonise.clean import addresses, by_value, cities, courtesy, emails, phones, postal_codes
from publicc.harmonise.clean.by_value import Reader
from publicc.harmonise.clean.name_columns import read_names
from publicc.harmonise.clean.text import LONGEST

INPUT_COLUMNS: Final = (
    "organization", "customer_number", "title", "first_name", "last_name", "full_name", "address", "city", "province",
    "country", "postal_code", "phone", "email",
)  # fmt: skip

_ADDRESS: Final = pa.schema([("civic", pa.string()), ("street", pa.string())])
_CITY: Final = pa.schema([("name", pa.string()), ("municipality", pa.string())])
READINGS: Final = ("given_of", "surname_of", "address_of", "city_of", "phone_of", "domain_of")
_ONE: Final = pa.schema([("clean", pa.string())])


def clean_records(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    *,
    into: str,
    read_values: Reader = by_value.read_values,
    among: str | None = None,
    after: int = 0,
) -> None:
    """Make the temporary table `into` of cleaned records from `relation`, which has a `customer_number`.

    `record_no` numbers the rows in an order that depends on what they hold, never on where they stand. A column
    `input_row` of `relation` is carried along. `read_values`: who reads names, places and telephones.
    `among(kind, value, n)`: how often each `given`, `surname`, `domain` and `sector` (with its municipality) occurs in
    a larger table that the rows are read beside, whose last record is number `after`.
    """
    among = among or "(SELECT NULL::VARCHAR AS kind, NULL::VARCHAR AS value, 0 AS n LIMIT 0)"
    _read_rows(connection, relation, after)
    _read_contacts(connection, read_values, among)
    read_names(connection, read_values, among)
    _read_places(connection, read_values)
    _assemble(connection, into)
    _confirm_mended_codes(connection, into, among)
    _forget_courtesies(connection, into)
    for scrap in (*READINGS, "rows", "numbers", "renamed"):
        connection.execute(f"DROP TABLE IF EXISTS _clean_{scrap}")


def _read_rows(connection: duckdb.DuckDBPyConnection, relation: str, after: int) -> None:
    """All that SQL can read of a row by itself, in one pass; then the numbers, found without moving the rows."""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _clean_rows AS
        SELECT content, organization, customer_number, input_row,
            lower(strip_accents(coalesce(first_name, CASE WHEN in_order THEN trim(split_part(full_name, ',', 2)) END)))
                AS first,
            lower(strip_accents(
                coalesce(last_name, CASE WHEN first_name IS NULL THEN split_part(full_name, ',', 1) END))) AS last,
            first_name IS NULL AND last_name IS NULL AND NOT in_order AS in_one_field,
            {addresses.civic_sql("door")} AS civic, {addresses.doorless_sql("line")} AS line,
            lower(strip_accents(city)) AS city,
            bare, {postal_codes.usable_sql("bare")} OR {postal_codes.foreign_sql("bare")} AS of_some_place,
            {phones.north_american_sql("phone")} AS phone,
            CASE WHEN regexp_matches(phone, '^\\s*(\\+|00|011)') THEN phone END AS foreign_phone,
            {emails.user_sql("written")} AS email_user, split_part(written, '@', 2) AS email_domain
        FROM (SELECT *, {postal_codes.bare_sql("postal_code")} AS bare, {emails.trimmed_sql("email")} AS written,
                {addresses.unnumbered_sql("door")} AS line, last_name IS NULL AND contains(full_name, ',') AS in_order
            FROM (SELECT *, lower(strip_accents(left(address, {LONGEST}))) AS door
                FROM ({_taken_sql(connection, relation)})))"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _clean_numbers AS
        SELECT place,
            ({after} + row_number() OVER (ORDER BY content, customer_number, organization))::INTEGER AS record_no
        FROM (SELECT rowid AS place, content, customer_number, organization FROM _clean_rows)"""
    )


def _taken_sql(connection: duckdb.DuckDBPyConnection, relation: str) -> str:
    """SQL: the input columns as trimmed text, and `content`, the same for rows that hold the same."""
    present = {row[0] for row in connection.execute(f"DESCRIBE {relation}").fetchall()}
    taken = ", ".join(
        f"nullif(trim(CAST({c} AS VARCHAR)), '') AS {c}" if c in present else f"CAST(NULL AS VARCHAR) AS {c}"
        for c in INPUT_COLUMNS
    )
    taken += ", input_row" if "input_row" in present else ", NULL::BIGINT AS input_row"
    content = ", ".join(c for c in INPUT_COLUMNS if c in present)
    return f"SELECT hash({content}) AS content, * FROM (SELECT {taken} FROM {relation})"


def _read_contacts(connection: duckdb.DuckDBPyConnection, read_values: Reader, among: str) -> None:
    read_values(
        connection,
        "SELECT DISTINCT foreign_phone FROM _clean_rows WHERE foreign_phone IS NOT NULL AND phone IS NULL",
        lambda raw: (phones.foreign_number(raw),),
        _ONE,
        into="_clean_phone_of",
    )
    domains = dict(
        connection.execute(
            f"""SELECT email_domain, sum(n)::BIGINT FROM (
                SELECT email_domain, count(*) AS n FROM _clean_rows WHERE email_domain IS NOT NULL GROUP BY 1
                UNION ALL SELECT value, n FROM {among} WHERE kind = 'domain') GROUP BY 1"""
        ).fetchall()
    )
    mended = sorted(emails.repaired_domains(domains).items())
    connection.register(
        "_mended",
        pa.table(
            {
                "value": pa.array([m[0] for m in mended], pa.string()),
                "clean": pa.array([m[1] for m in mended], pa.string()),
            }
        ),
    )
    connection.execute("CREATE OR REPLACE TEMP TABLE _clean_domain_of AS SELECT * FROM _mended")
    connection.unregister("_mended")


def _read_places(connection: duckdb.DuckDBPyConnection, read_values: Reader) -> None:
    def one_address(raw: str) -> tuple[object, ...]:
        found = addresses.address(raw)
        return (found.civic, found.street)

    def one_city(raw: str) -> tuple[object, ...]:
        found = cities.city(raw)
        return (found.name, found.municipality)

    distinct = "SELECT DISTINCT {0} FROM _clean_rows WHERE {0} IS NOT NULL".format
    read_values(connection, distinct("line"), one_address, _ADDRESS, into="_clean_address_of")
    read_values(connection, distinct("city"), one_city, _CITY, into="_clean_city_of")


def _assemble(connection: duckdb.DuckDBPyConnection, into: str) -> None:
    mended = postal_codes.slips_mended_sql("bare")
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {into} AS
        SELECT *, email_user || '@' || email_domain AS email,
            civic || '|' || street || '|' || coalesce(fsa, municipality, '') AS doorstep
        FROM (
            SELECT record_no, coalesce(organization, '') AS organization, customer_number, input_row,
                g.name AS given, g.head AS given_head, g.initials, g.roots AS given_roots, g.other AS given_other,
                g.sound AS given_sound, s.sound AS surname_sound,
                s.name AS surname, s.parts AS surname_parts,
                CASE WHEN 'GROUP' IN (g.kind, s.kind) THEN 'GROUP'
                    WHEN coalesce(g.kind, s.kind) = 'GENERIC' AND coalesce(s.kind, g.kind) = 'GENERIC' THEN 'GENERIC'
                    ELSE 'INDIVIDUAL' END AS buyer_kind,
                coalesce(rows.civic, a.civic) AS civic, a.street,
                c.name AS city, c.municipality,
                CASE WHEN of_some_place THEN bare WHEN {postal_codes.usable_sql(mended)} THEN {mended} END
                    AS postal_code,
                left(CASE WHEN of_some_place THEN bare END, 3) AS fsa,
                coalesce(rows.phone, p.clean) AS phone,
                {emails.dotless_sql("email_user", "coalesce(d.clean, email_domain)")} AS email_user,
                coalesce(d.clean, email_domain) AS email_domain
            FROM _clean_rows rows
            JOIN _clean_numbers n ON n.place = rows.rowid
            LEFT JOIN _clean_renamed renamed ON renamed.place = rows.rowid
            LEFT JOIN _clean_given_of g ON g.value = if(renamed.place IS NULL, rows.first, renamed.first)
            LEFT JOIN _clean_surname_of s ON s.value = if(renamed.place IS NULL, rows.last, renamed.last)
            LEFT JOIN _clean_address_of a ON a.value = rows.line
            LEFT JOIN _clean_city_of c ON c.value = rows.city
            LEFT JOIN _clean_phone_of p ON p.value = rows.foreign_phone AND rows.phone IS NULL
            LEFT JOIN _clean_domain_of d ON d.value = rows.email_domain)"""
    )


def _confirm_mended_codes(connection: duckdb.DuckDBPyConnection, into: str, among: str) -> None:
    """Keep a mended postal code only where other rows of the same municipality have its sector."""
    connection.execute(
        f"""UPDATE {into} SET postal_code = NULL WHERE postal_code IS NOT NULL AND fsa IS NULL
        AND (municipality IS NULL OR left(postal_code, 3) || ' ' || municipality NOT IN (
            SELECT fsa || ' ' || municipality FROM {into} WHERE fsa IS NOT NULL AND municipality IS NOT NULL
            UNION ALL SELECT value FROM {among} WHERE kind = 'sector'))"""
    )
    connection.execute(f"UPDATE {into} SET fsa = left(postal_code, 3) WHERE fsa IS NULL AND postal_code IS NOT NULL")


def _forget_courtesies(connection: duckdb.DuckDBPyConnection, into: str) -> None:
    courtesy.find_courtesy_values(connection, into, into="linkage_courtesies")
    courtesy.forget_values(connection, into, "linkage_courtesies")
