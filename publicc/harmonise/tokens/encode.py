"""From an organization's customer table to tokens, on its own machine.

Every token is HMAC-SHA-256, cut to 120 bits, of a value that joins two attributes at least (a first name *with* a
telephone, a surname *with* a postal code), or of a telephone, an e-mail, a door. Nothing is made of a first name, a
surname, a city or a postal code alone: nearly everyone shares such a value with others, and counting how often a token
comes would give it away. For the same reason a token that more than `SHARED` of the organization's persons would bear
is left out. Length and similarity of values leave no trace: there is no Bloom filter whose bits could be read.
"""

from dataclasses import dataclass
from typing import Final

import duckdb

from publicc.harmonise.linkage import LinkScope, link
from publicc.harmonise.linkage.frequency import HOLDERS_BEYOND
from publicc.harmonise.linkage.levels import sound
from publicc.kernel.blind import BlindKey, blinded_sql
from publicc.kernel.errors import BadInput
from publicc.kernel.progress import SILENT, Progress
from publicc.kernel.text import Text

VERSION: Final = 1
RARITY_BITS: Final = (13, 17, 21)
"""Where the classes of rarity of a full name begin: one person in eight thousand, in 130 000, in two million."""
SHARED: Final = 5
"""Persons of one organization who may bear the same token."""

_CONTEXTS: Final = {
    "phone": "phone",
    "email": "email",
    "door": "doorstep",
    "postal": "postal_code",
}
"""What a name is joined with, so that it says nothing alone."""
_IN_CONTEXT: Final = {
    "given": "SELECT record_no, given AS value FROM {records}",
    "root": "SELECT record_no, unnest(given_roots) FROM {records}",
    "initial": "SELECT record_no, left(initials, 1) FROM {records}",
    "given_sound": f"SELECT record_no, {sound('given')} FROM {{records}}",
    "surname": "SELECT record_no, surname FROM {records}",
    "surname_part": "SELECT record_no, unnest(surname_parts) FROM {records}",
    "surname_sound": f"SELECT record_no, {sound('surname')} FROM {{records}}",
}
"""Kind of token → the value that is joined with each context."""
_WHOLE: Final = {
    "email": "SELECT record_no, email AS value FROM {records}",
    "phone": "SELECT record_no, phone FROM {records}",
    "door": "SELECT record_no, doorstep FROM {records}",
    "name": "SELECT record_no, given || '|' || surname FROM {records}",
    "swapped": "SELECT record_no, surname || '|' || given FROM {records}",
    "formal_name": """SELECT record_no, root || '|' || part FROM (
        SELECT record_no, unnest(given_roots) AS root, surname_parts FROM {records}), unnest(surname_parts) t(part)""",
    "name_fsa": "SELECT record_no, given || '|' || surname || '|' || fsa FROM {records}",
    "name_city": "SELECT record_no, given || '|' || surname || '|' || city FROM {records}",
    "initial_fsa": "SELECT record_no, left(initials, 1) || '|' || surname || '|' || fsa FROM {records}",
    "slip_fsa": f"""SELECT record_no, given || '|' || {sound("surname")} || '|' || fsa FROM {{records}}
        UNION ALL SELECT record_no, surname || '|' || {sound("given")} || '|' || fsa FROM {{records}}""",
    "slip_name": f"""SELECT record_no, given || '|' || {sound("surname")} FROM {{records}}
        UNION ALL SELECT record_no, surname || '|' || {sound("given")} FROM {{records}}""",
    "at_postal": """SELECT record_no, surname || '|' || postal_code FROM {records}
        UNION ALL SELECT record_no, given || '|' || postal_code FROM {records}""",
    "civic_postal": "SELECT record_no, civic || '|' || postal_code FROM {records}",
    "email_user": "SELECT record_no, email_user || '|' || left(initials, 1) || '|' || fsa FROM {records}",
}
"""Kind of token → the values that make it, compound already."""
KINDS: Final = (*_WHOLE, *_IN_CONTEXT)


@dataclass(frozen=True, slots=True)
class Encoded:
    """What was made: `relation` has one row an input row, in input order."""

    relation: str
    rows: int
    persons: int
    without_tokens: int
    stripped: int
    """Tokens left out because too many persons would bear them."""


def encode(
    connection: duckdb.DuckDBPyConnection, customers: str, key: BlindKey, *, progress: Progress = SILENT
) -> Encoded:
    """Make `tokens_encoded`: what is told of each row (`files.COLUMNS`), and its tokens of each kind.

    `own_person` numbers the organization's own persons, as its clear text groups them; `area` is the first half of the
    postal code, which figures need. Raises BadInput when no row holds anything to make a token of.
    """
    found = link(connection, customers, scope=LinkScope.ORGANIZATION, into="tokens_grouped", progress=progress)
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE _tokens_records AS
        SELECT r.*, g.person_no FROM linkage_records r JOIN tokens_grouped g USING (record_no)"""
    )
    _tell_rarity(connection)
    stripped = _make_tokens(connection, key)
    kept = ", ".join(f"coalesce(l.{kind}, []) AS {kind}" for kind in KINDS)
    lists = ", ".join(
        f"coalesce(list(token ORDER BY token) FILTER (WHERE kind = '{kind}'), []) AS {kind}" for kind in KINDS
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE tokens_encoded AS
        WITH numbered AS (SELECT person_no, row_number() OVER (ORDER BY min(input_row)) AS own_person
            FROM _tokens_records GROUP BY person_no),
        listed AS (SELECT record_no, {lists} FROM _tokens_made GROUP BY record_no)
        SELECT r.customer_number, n.own_person, r.buyer_kind, r.fsa AS area, r.initials IS NOT NULL AS has_given,
            r.surname IS NOT NULL AS has_surname, k.name_rarity, {kept}
        FROM _tokens_records r JOIN numbered n USING (person_no) LEFT JOIN listed l USING (record_no)
        LEFT JOIN _tokens_rarity k USING (record_no)
        ORDER BY r.input_row, r.record_no"""
    )
    made = connection.execute("SELECT count(DISTINCT record_no) FROM _tokens_made").fetchall()[0][0]
    connection.execute("DROP TABLE _tokens_records; DROP TABLE _tokens_made; DROP TABLE _tokens_rarity")
    if not made:
        raise BadInput(
            Text(
                "Aucune ligne ne porte de nom, d'adresse, de téléphone ni de courriel.",
                "No row holds a name, an address, a telephone or an e-mail.",
            ),
            do=Text(
                "Vérifier les titres des colonnes : Prénom, Nom, Adresse, Code postal, Téléphone, Courriel.",
                "Check the headers: first_name, last_name, address, postal_code, phone, email.",
            ),
        )
    return Encoded("tokens_encoded", found.rows, found.persons, found.rows - made, stripped)


def _tell_rarity(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `_tokens_rarity(record_no, name_rarity)`: in which of four classes the full name falls, common to rare.

    Counted among the organization's own persons, the first name and the surname apart, and told in two bits only.
    """
    shares = " ".join(
        f"""JOIN (SELECT {name}, count(DISTINCT person_no) / (sum(count(DISTINCT person_no)) OVER () + {HOLDERS_BEYOND})
            AS {name}_share FROM _tokens_records WHERE {name} IS NOT NULL GROUP BY {name}) USING ({name})"""
        for name in ("given", "surname")
    )
    classes = " + ".join(f"(-log2(given_share * surname_share) >= {bits})::TINYINT" for bits in RARITY_BITS)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _tokens_rarity AS
        SELECT record_no, ({classes})::TINYINT AS name_rarity FROM _tokens_records {shares}"""
    )


def _make_tokens(connection: duckdb.DuckDBPyConnection, key: BlindKey) -> int:
    """Make `_tokens_made(record_no, kind, token)`; say how many tokens were left out as too widely shared."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE _tokens_said (record_no INTEGER, person_no BIGINT, kind VARCHAR, said VARCHAR)"
    )
    contexts = " UNION ALL ".join(
        f"SELECT record_no, '{name}|' || {column} AS context FROM _tokens_records WHERE {column} IS NOT NULL"
        for name, column in _CONTEXTS.items()
    )
    for kind, values in {**_WHOLE, **_IN_CONTEXT}.items():
        drawn = values.format(records="_tokens_records")
        joined = f"JOIN ({contexts}) USING (record_no)" if kind in _IN_CONTEXT else ""
        said = "value || '|' || context" if kind in _IN_CONTEXT else "value"
        connection.execute(
            f"""INSERT INTO _tokens_said
            SELECT DISTINCT record_no, person_no, '{kind}', {said} FROM ({drawn}) v(record_no, value)
            JOIN _tokens_records USING (record_no) {joined} WHERE value IS NOT NULL"""
        )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _tokens_made AS
        SELECT record_no, kind, {blinded_sql(f"token-{VERSION}", "kind", "said")} AS token
        FROM _tokens_said
        QUALIFY count(DISTINCT person_no) OVER (PARTITION BY kind, said) <= {SHARED}""",
        key.parameters,
    )
    said, made = (
        connection.execute(f"SELECT count(*) FROM _tokens_{table}").fetchall()[0][0] for table in ("said", "made")
    )
    connection.execute("DROP TABLE _tokens_said")
    return int(said - made)
