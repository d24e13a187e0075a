"""Courtesy values, recognised from the data: the box office's own e-mail, `123-456-7890`, the theatre's address.

A value belongs to a person or a family when few different surnames use it. One that many strangers share says nothing
about who they are: it is treated as missing, and listed for the steward with its number of rows.
"""

from dataclasses import dataclass
from typing import Final

import duckdb


@dataclass(frozen=True, slots=True)
class Sharing:
    """How many different surnames one value of a kind may serve before it is taken for an institution's."""

    kind: str
    """Column of the cleaned records."""
    surnames: int


SHARINGS: Final = (Sharing("email", 6), Sharing("phone", 6), Sharing("doorstep", 30))

_MANNERS: Final = (
    "^(info|billetterie|guichet|accueil|reception|noemail|nomail|aucun|aucune|pasde?(courriel|email)|none|no|non|inconnu|"
    "unknown|test|na|nd|xx+|aa+|sans|email|courriel|admin|boxoffice|tickets?|contact|client|customer|anonyme|refuse|"
    "noreply|no-reply|nobody|personne)[0-9]{0,2}$"
)


def find_courtesy_values(connection: duckdb.DuckDBPyConnection, records: str, *, into: str) -> None:
    """Make the temporary table `into(kind, value, row_count)` of values that strangers share in `records`.

    A holder whose surname stands in the e-mail's user part is no stranger to it. An address such as `info@` or `aucun@`
    is one as soon as two surnames use it.
    """
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {into} (kind VARCHAR, value VARCHAR, row_count BIGINT)")
    for sharing in SHARINGS:
        is_email = sharing.kind == "email"
        stranger = "NOT contains(replace(email_user, '.', ''), left(surname, 4))" if is_email else "true"
        manners = f"regexp_matches(split_part({sharing.kind}, '@', 1), '{_MANNERS}')" if is_email else "false"
        connection.execute(
            f"""INSERT INTO {into}
            SELECT ?, value, row_count FROM (
                SELECT {sharing.kind} AS value, count(*) AS row_count, any_value({manners}) AS by_manners,
                    count(DISTINCT left(surname, 3)) FILTER (WHERE {stranger}) AS strangers
                FROM {records} WHERE {sharing.kind} IS NOT NULL GROUP BY 1 HAVING count(*) > 1)
            WHERE strangers >= ? OR (by_manners AND strangers >= 2)""",
            [sharing.kind, sharing.surnames],
        )


def forget_values(connection: duckdb.DuckDBPyConnection, records: str, courtesies: str) -> None:
    """Make these values missing in `records`, with all that was read from them."""
    for kind, columns in (
        ("email", ("email", "email_user", "email_domain")),
        ("phone", ("phone",)),
        ("doorstep", ("doorstep", "civic", "street")),
    ):
        nothing = ", ".join(f"{column} = NULL" for column in columns)
        connection.execute(
            f"UPDATE {records} SET {nothing} WHERE {kind} IN (SELECT value FROM {courtesies} WHERE kind = '{kind}')"
        )
