"""Marks: keyed digests of what names a person, and the list of marks that stay out. Key and list live in the vault.

The key is random, made with the vault's first mark, and dies with the vault: nobody outside can test a guessed name.
"""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Final

import duckdb

from publicc.intake.canonical.keys import folded_sql
from publicc.intake.schema import create_schema
from publicc.kernel.blind import BlindKey, blinded_sql
from publicc.kernel.vocabulary import Term

_KEY_BYTES: Final = 32


class Stay(Term):
    """Why a mark is on the list, and so what is done where it is met."""

    ERASED = "ERASED", "Effacée", "Erased"
    """A record or a person: no row of theirs enters the vault again."""
    WITHDRAWN = "WITHDRAWN", "Consentement retiré", "Consent withdrawn"
    """A record or a person: the rows stay in the vault, and nothing of who bought enters the pool."""
    CELL = "CELL", "Valeur effacée", "Erased value"
    """An e-mail or a code: a refused row that holds it is kept without its cells."""


RECORD: Final = blinded_sql("record", "source", "customer_key")
"""SQL: mark of one customer code of one source."""
_NAME: Final = folded_sql("coalesce(first_name || ' ', '') || coalesce(last_name, full_name)")
PERSON: Final = f"CASE WHEN email IS NOT NULL THEN {blinded_sql('person', _NAME, folded_sql('email'))} END"
"""SQL: mark of a name and an e-mail together, whatever the code. An e-mail alone may serve a whole family."""


def value_mark(expression: str) -> str:
    """SQL: mark of one cell that may name a person by itself: an e-mail, a customer code."""
    return blinded_sql("cell", folded_sql(expression))


def key_of(vault: duckdb.DuckDBPyConnection) -> BlindKey:
    """The key of this vault's marks, made at first use."""
    if not _has_list(vault):
        create_schema(vault)
    found = vault.execute("SELECT secret FROM mark_key").fetchone()
    if found is None:
        found = (secrets.token_bytes(_KEY_BYTES),)
        vault.execute("INSERT INTO mark_key VALUES (?)", list(found))
    return BlindKey(bytes(found[0]))


def write_down(vault: duckdb.DuckDBPyConnection, marks: str, stay: Stay, *, key: BlindKey, on: date) -> None:
    """Put the marks of a relation (column `mark`, SQL made of the expressions above) on the list. Twice is fine."""
    vault.execute(
        f"""INSERT INTO marks SELECT DISTINCT mark, '{stay}', $on::DATE FROM ({marks}) WHERE mark IS NOT NULL
            AND (mark, '{stay}') NOT IN (SELECT (mark, stay) FROM marks)""",
        {**key.parameters, "on": on},
    )


def any_of(vault: duckdb.DuckDBPyConnection, *stays: Stay) -> bool:
    """Whether the list holds a mark of these kinds; false in a vault that never kept a list."""
    if not _has_list(vault):
        return False
    return vault.execute(f"SELECT EXISTS (FROM marks WHERE stay IN ({_listed(stays)}))").fetchone() == (True,)


def listed(*stays: Stay) -> str:
    """SQL: the marks of these kinds, as a subquery."""
    return f"(SELECT mark FROM marks WHERE stay IN ({_listed(stays)}))"


def _has_list(vault: duckdb.DuckDBPyConnection) -> bool:
    return vault.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'marks'").fetchone() != (0,)


def _listed(stays: Iterable[Stay]) -> str:
    return ", ".join(f"'{one}'" for one in stays)
