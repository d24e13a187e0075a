"""The cleaned record table: every column of a customer, ready to compare, beside why a value is missing."""

from typing import Final

import duckdb
import pyarrow as pa

from publicc.harmonise.clean import addresses, cities, courtesy, emails, phones, postal_codes
from publicc.harmonise.clean.by_value import read_values
from publicc.harmonise.clean.name_columns import read_names
from publicc.harmonise.clean.text import LONGEST

INPUT_COLUMNS: Final = (
    "organization", "customer_number", "title", "first_name", "last_name", "full_name", "address", "city", "province",
    "country", "postal_code", "phone", "email",
)  # fmt: skip

_ADDRESS: Final = pa.schema([("civic", pa.string()), ("unit", pa.string()), ("street", pa.string())])
_CITY: Final = pa.schema([("name", pa.string()), ("municipality", pa.string())])
_ONE: Final = pa.schema([("clean", pa.string())])


def clean_records(connection: duckdb.DuckDBPyConnection, relation: str, *, into: str) -> None:
    """Make the temporary table `into` of cleaned records from `relation`, which has a `customer_number`.

    `record_no` numbers the rows in an order that depends on what they hold, never on where they stand. A column
    `input_row` of `relation` is carried along.
    """
    _take(connection, relation)
    _read_contacts(connection)
    read_names(connection)
    _read_places(connection)
    _assemble(connection, into)
    _confirm_mended_codes(connection, into)
    _forget_courtesies(connection, into)
    for scrap in (
        "given_of",
        "surname_of",
        "address_of",
        "lines",
        "city_of",
        "phone_of",
        "domain_of",
        "raw",
        "names",
        "contacts",
    ):
        connection.execute(f"DROP TABLE IF EXISTS _clean_{scrap}")


def _take(connection: duckdb.DuckDBPyConnection, relation: str) -> None:
    present = {row[0] for row in connection.execute(f"DESCRIBE {relation}").fetchall()}
    taken = ", ".join(
        f"nullif(trim(CAST({c} AS VARCHAR)), '') AS {c}" if c in present else f"CAST(NULL AS VARCHAR) AS {c}"
        for c in INPUT_COLUMNS
    )
    taken += ", input_row" if "input_row" in present else ", NULL::BIGINT AS input_row"
    everything = ", ".join(INPUT_COLUMNS)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _clean_raw AS
        SELECT CAST(row_number() OVER (ORDER BY {everything}) AS INTEGER) AS record_no, * FROM (
            SELECT * REPLACE (
                coalesce(first_name, CASE WHEN last_name IS NULL AND contains(full_name, ',')
                    THEN trim(split_part(full_name, ',', 2)) END) AS first_name,
                coalesce(last_name, CASE WHEN first_name IS NULL THEN split_part(full_name, ',', 1) END) AS last_name)
            FROM (SELECT {taken} FROM {relation}))"""
    )


def _read_contacts(connection: duckdb.DuckDBPyConnection) -> None:
    trimmed = emails.trimmed_sql("email")
    domains = dict(
        connection.execute(
            f"SELECT split_part({trimmed}, '@', 2), count(*) FROM _clean_raw WHERE {trimmed} IS NOT NULL GROUP BY 1"
        ).fetchall()
    )
    mended = emails.repaired_domains(domains)
    read_values(
        connection,
        "SELECT DISTINCT phone FROM _clean_raw WHERE phone IS NOT NULL AND regexp_matches(phone, '^\\s*(\\+|00|011)')"
        f" AND {phones.north_american_sql('phone')} IS NULL",
        lambda raw: (phones.foreign_number(raw),),
        _ONE,
        into="_clean_phone_of",
    )
    connection.execute("CREATE OR REPLACE TEMP TABLE _clean_domain_of (value VARCHAR, clean VARCHAR)")
    if mended:
        connection.executemany("INSERT INTO _clean_domain_of VALUES (?, ?)", sorted(mended.items()))
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _clean_contacts AS
        SELECT record_no, coalesce(north_american, p.clean) AS phone,
            coalesce(d.clean, split_part(written, '@', 2)) AS email_domain,
            split_part(written, '@', 1) || '@' || coalesce(d.clean, split_part(written, '@', 2)) AS written
        FROM (SELECT record_no, phone AS raw_phone, {phones.north_american_sql("phone")} AS north_american,
            {trimmed} AS written FROM _clean_raw)
        LEFT JOIN _clean_phone_of p ON p.value = raw_phone
        LEFT JOIN _clean_domain_of d ON d.value = split_part(written, '@', 2)"""
    )


def _read_places(connection: duckdb.DuckDBPyConnection) -> None:
    # The civic number is taken off first: streets are few, doors are many.
    def one_address(raw: str) -> tuple[object, ...]:
        found = addresses.address(raw)
        return (found.civic, found.unit, found.street)

    def one_city(raw: str) -> tuple[object, ...]:
        found = cities.city(raw)
        return (found.name, found.municipality)

    distinct = "SELECT DISTINCT lower(strip_accents({0})) FROM _clean_raw WHERE {0} IS NOT NULL".format
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _clean_lines AS
        SELECT record_no, nullif(regexp_extract(line, '{addresses.NUMBERS_AHEAD}', 1), '') AS unit,
            nullif(regexp_extract(line, '{addresses.NUMBERS_AHEAD}', 2), '') AS civic,
            regexp_replace(line, '{addresses.NUMBERS_AHEAD}', '1') AS line
        FROM (SELECT record_no, lower(strip_accents(left(address, {LONGEST}))) AS line
            FROM _clean_raw WHERE address IS NOT NULL)"""
    )
    read_values(connection, "SELECT DISTINCT line FROM _clean_lines", one_address, _ADDRESS, into="_clean_address_of")
    read_values(connection, distinct("city"), one_city, _CITY, into="_clean_city_of")


def _assemble(connection: duckdb.DuckDBPyConnection, into: str) -> None:
    bare = postal_codes.bare_sql("raw.postal_code")
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {into} AS
        SELECT raw.record_no, coalesce(raw.organization, '') AS organization, raw.customer_number, raw.input_row,
            g.name AS given, g.head AS given_head, g.initials, g.roots AS given_roots, g.other AS given_other,
            s.name AS surname, s.parts AS surname_parts,
            CASE WHEN 'GROUP' IN (g.kind, s.kind) THEN 'GROUP'
                WHEN coalesce(g.kind, s.kind) = 'GENERIC' AND coalesce(s.kind, g.kind) = 'GENERIC' THEN 'GENERIC'
                ELSE 'INDIVIDUAL' END AS buyer_kind,
            coalesce(i.civic, a.civic) AS civic, coalesce(i.unit, a.unit) AS unit, a.street,
            c.name AS city, c.municipality,
            CASE WHEN of_some_place THEN bare WHEN {postal_codes.usable_sql("mended")} THEN mended END AS postal_code,
            left(CASE WHEN of_some_place THEN bare END, 3) AS fsa,
            k.phone, {emails.user_sql("k.written")} AS email_user, k.email_domain,
            {emails.user_sql("k.written")} || '@' || k.email_domain AS email,
            coalesce(i.civic, a.civic) || '|' || a.street || '|'
                || coalesce(left(CASE WHEN of_some_place THEN bare END, 3), c.municipality, '') AS doorstep
        FROM (SELECT *, {bare} AS bare,
                {postal_codes.usable_sql("bare")} OR {postal_codes.foreign_sql("bare")} AS of_some_place,
                {postal_codes.slips_mended_sql("bare")} AS mended FROM _clean_raw raw) raw
        JOIN _clean_names n USING (record_no)
        JOIN _clean_contacts k USING (record_no)
        LEFT JOIN _clean_given_of g ON g.value = n.first
        LEFT JOIN _clean_surname_of s ON s.value = n.last
        LEFT JOIN _clean_lines i USING (record_no)
        LEFT JOIN _clean_address_of a ON a.value = i.line
        LEFT JOIN _clean_city_of c ON c.value = lower(strip_accents(raw.city))
        ORDER BY record_no"""
    )


def _confirm_mended_codes(connection: duckdb.DuckDBPyConnection, into: str) -> None:
    """Keep a mended postal code only where other rows of the same municipality have its sector."""
    connection.execute(
        f"""UPDATE {into} SET postal_code = NULL WHERE postal_code IS NOT NULL AND fsa IS NULL
        AND (municipality IS NULL OR left(postal_code, 3) || ' ' || municipality NOT IN (
            SELECT fsa || ' ' || municipality FROM {into} WHERE fsa IS NOT NULL AND municipality IS NOT NULL))"""
    )
    connection.execute(f"UPDATE {into} SET fsa = left(postal_code, 3) WHERE fsa IS NULL AND postal_code IS NOT NULL")


def _forget_courtesies(connection: duckdb.DuckDBPyConnection, into: str) -> None:
    courtesy.find_courtesy_values(connection, into, into="linkage_courtesies")
    for sharing, columns in (
        ("email", "email, email_user, email_domain"),
        ("phone", "phone"),
        ("doorstep", "doorstep, civic, street"),
    ):
        nothing = ", ".join(f"{column.strip()} = NULL" for column in columns.split(","))
        connection.execute(
            f"""UPDATE {into} SET {nothing}
            WHERE {sharing} IN (SELECT value FROM linkage_courtesies WHERE kind = '{sharing}')"""
        )
