"""Tokens at the hub: kept in the organization's vault, joined to its customers by their code at each harmonisation."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from publicc.harmonise.tokens.across import link_tokens
from publicc.harmonise.tokens.encode import VERSION
from publicc.harmonise.tokens.files import COLUMNS, check_tokens
from publicc.intake.schema import create_schema
from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text
from publicc.store.engine import sql_text
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.vaults import open_vault

_KEPT: Final = ", ".join(COLUMNS)


@dataclass(frozen=True, slots=True)
class Received:
    """What a file of tokens brought. It takes the place of the one before."""

    rows: int
    persons: int


def receive_tokens(home: Home, ring: KeyRing, slug: str, path: Path) -> Received:
    """Put the tokens of this file in the organization's vault, in place of earlier ones.

    Raises BadInput when the file holds anything but tokens of this version, made under one key.
    """
    check_tokens(path)
    source = path.resolve()
    with open_vault(home, ring, slug, reachable=[source.parent]) as vault:
        create_schema(vault)
        vault.execute(
            f"CREATE OR REPLACE TEMP TABLE arrived AS SELECT {_KEPT} FROM read_parquet({sql_text(str(source))})"
        )
        rows, persons, keys, versions = vault.execute(
            """SELECT count(*), count(DISTINCT own_person), count(DISTINCT key_mark), list(DISTINCT token_version)
            FROM arrived"""
        ).fetchall()[0]
        if keys != 1 or versions != [VERSION]:
            raise BadInput(
                Text(
                    "Ces jetons ne sont pas d'une seule clé et de la version courante.",
                    "These tokens are not of one key and of the current version.",
                ),
                where=Text(f"Fichier {path.name}.", f"File {path.name}."),
                do=Text("Refaire le fichier avec publicc blind.", "Make the file again with publicc blind."),
            )
        vault.execute("CREATE OR REPLACE TABLE tokens AS SELECT * FROM arrived ORDER BY ALL")
    return Received(rows, persons)


def copy_tokens(vault: duckdb.DuckDBPyConnection, schema: str) -> None:
    """Copy the tokens of the connected vault to `scratch.<schema>.encoded`, and their areas to its customers."""
    if not vault.execute(
        "SELECT 1 FROM duckdb_tables() WHERE table_name = 'tokens' AND database_name = 'vault'"
    ).fetchone():
        return
    vault.execute(
        f"""CREATE TABLE scratch.{schema}.encoded AS
        SELECT c.record_no, t.* FROM scratch.{schema}.customers c
        JOIN tokens t ON t.customer_number = c.customer_key
        QUALIFY row_number() OVER (PARTITION BY c.record_no ORDER BY t.own_person) = 1"""
    )
    vault.execute(
        f"""UPDATE scratch.{schema}.customers c SET postal_code = e.area FROM scratch.{schema}.encoded e
        WHERE e.record_no = c.record_no AND c.postal_code IS NULL"""
    )


def gather_tokens(connection: duckdb.DuckDBPyConnection, schemas: dict[str, str]) -> bool:
    """Make `encoded` of the tokens of every organization (slug → schema); false when there are none."""
    there = {
        row[0]
        for row in connection.execute("SELECT schema_name FROM duckdb_tables() WHERE table_name = 'encoded'").fetchall()
    }
    parts = " UNION ALL ".join(
        f"SELECT '{slug}' AS organization, record_no::VARCHAR AS number, * EXCLUDE (record_no) FROM {schema}.encoded"
        for slug, schema in schemas.items()
        if schema in there
    )
    if parts:
        connection.execute(f"CREATE OR REPLACE TABLE encoded AS {parts}")
    return bool(parts)


def join_inside(connection: duckdb.DuckDBPyConnection, groups: str) -> None:
    """Let the records of an organization's own person, as it grouped them in clear, be one person in `groups`."""
    _join(connection, groups, "SELECT organization, number, organization || '/' || own_person AS person FROM encoded")


def join_across(connection: duckdb.DuckDBPyConnection, groups: str, circle: tuple[str, ...]) -> None:
    """Let the records that tokens recognise across organizations of the circle be one person in `groups`.

    Tokens meet tokens made under the same key only.
    """
    granted = ", ".join(f"'{slug}'" for slug in circle)
    marks = connection.execute(
        f"SELECT DISTINCT key_mark FROM encoded WHERE organization IN ({granted}) ORDER BY 1"
    ).fetchall()
    for (mark,) in marks:
        connection.execute(
            f"""CREATE OR REPLACE TEMP TABLE _tokens_of_key AS
            SELECT * FROM encoded WHERE organization IN ({granted}) AND key_mark = '{mark}'"""
        )
        link_tokens(connection, "_tokens_of_key", into="_tokens_linked")
        _join(
            connection,
            groups,
            """SELECT organization, number, person_no::VARCHAR AS person FROM _tokens_of_key t
            JOIN _tokens_linked p USING (organization) WHERE p.customer_number = t.own_person::VARCHAR""",
        )


def _join(connection: duckdb.DuckDBPyConnection, groups: str, persons: str) -> None:
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _tokens_joined AS
        SELECT organization, number, min(person_no) OVER (PARTITION BY person) AS joined
        FROM ({persons}) p JOIN {groups} g USING (organization) WHERE g.customer_number = p.number"""
    )
    connection.execute(
        f"""UPDATE {groups} SET person_no = joined, household_no = joined FROM _tokens_joined t
        WHERE t.organization = {groups}.organization AND t.number = {groups}.customer_number"""
    )
    connection.execute("DROP TABLE _tokens_joined")
