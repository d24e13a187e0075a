"""The two name columns of a table: read as written, the other way round, or both from one field, as the data says."""

from typing import Final

import duckdb
import pyarrow as pa

from publicc.harmonise.clean import given_names, institutions, surnames
from publicc.harmonise.clean.by_value import Reader

SWAP_ODDS: Final = 50.0
"""Names are taken as exchanged when the two words are this many times more usual the other way round, in this data."""

_MUTE: Final = str.maketrans("", "", "aeiouyh")
_TEXTS: Final = pa.list_(pa.string())
_GIVEN: Final = pa.schema(
    [
        ("name", pa.string()),
        ("head", pa.string()),
        ("initials", pa.string()),
        ("roots", _TEXTS),
        ("other", pa.string()),
        ("kind", pa.string()),
        ("sound", pa.string()),
    ]
)
_SURNAME: Final = pa.schema(
    [("name", pa.string()), ("parts", _TEXTS), ("words", _TEXTS), ("kind", pa.string()), ("sound", pa.string())]
)


def _sound(name: str | None) -> str | None:
    """First letter, then consonants: survives most slips in the middle of a word."""
    return name and name[0] + name[1:].translate(_MUTE)


def _given(raw: str) -> tuple[object, ...]:
    name = given_names.given_name(raw)
    return (
        name.name,
        name.head,
        name.initials,
        name.roots,
        name.other,
        institutions.kind_of_holder(raw).value,
        _sound(name.name),
    )


def _surname(raw: str) -> tuple[object, ...]:
    name = surnames.surname(raw)
    return (name.name, name.parts, name.words, institutions.kind_of_holder(raw).value, _sound(name.name))


_COLUMNS: Final = (("first", _given, _GIVEN, "_clean_given_of"), ("last", _surname, _SURNAME, "_clean_surname_of"))
"""Each name column, how it is read, and the table of what was read of its values."""


def read_names(connection: duckdb.DuckDBPyConnection, read_values: Reader, among: str) -> None:
    """Read both name columns, both ways when the data says that they were exchanged or typed in one field.

    `among(kind, value, n)` adds how often each `given` name and `surname` occurs elsewhere.
    """
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE _clean_names AS SELECT record_no, first, last, in_one_field FROM _clean_rows"
    )
    distinct = "SELECT DISTINCT {0} FROM _clean_names WHERE {0} IS NOT NULL".format
    for column, read, schema, into in _COLUMNS:
        read_values(connection, distinct(column), read, schema, into=into)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _clean_names AS
        WITH as_given AS (
            SELECT name, sum(n) AS n FROM (
                SELECT g.name, count(*) AS n FROM _clean_names JOIN _clean_given_of g ON g.value = first GROUP BY 1
                UNION ALL SELECT value, n FROM {among} WHERE kind = 'given') GROUP BY 1),
        as_surname AS (
            SELECT name, sum(n) AS n FROM (
                SELECT s.name, count(*) AS n FROM _clean_names JOIN _clean_surname_of s ON s.value = last GROUP BY 1
                UNION ALL SELECT value, n FROM {among} WHERE kind = 'surname') GROUP BY 1),
        usual AS (
            SELECT record_no, first, last, in_one_field, s.words,
                (coalesce(lg.n, 0) + 0.5) / (coalesce(ls.n, 0) + 0.5) AS last_as_given,
                (coalesce(fs.n, 0) + 0.5) / (coalesce(fg.n, 0) + 0.5) AS first_as_surname,
                hg.n > 3 * coalesce(hs.n, 0) AS starts_with_given,
                hs.n > 3 * coalesce(hg.n, 0) AS starts_with_surname
            FROM _clean_names
            LEFT JOIN _clean_given_of g ON g.value = first LEFT JOIN _clean_surname_of s ON s.value = last
            LEFT JOIN as_given fg ON fg.name = g.name LEFT JOIN as_surname fs ON fs.name = g.name
            LEFT JOIN as_given lg ON lg.name = s.name LEFT JOIN as_surname ls ON ls.name = s.name
            LEFT JOIN as_given hg ON hg.name = s.words[1] LEFT JOIN as_surname hs ON hs.name = s.words[1]),
        judged AS (
            SELECT *, first IS NOT NULL AND last IS NOT NULL AND last_as_given * first_as_surname >= {SWAP_ODDS}
                AND last_as_given > 1 AND first_as_surname > 1 AS swapped,
                first IS NULL AND len(words) > 1 AND (coalesce(starts_with_given, false)
                    OR (in_one_field AND NOT coalesce(starts_with_surname, false))) AS to_part FROM usual)
        SELECT record_no,
            CASE WHEN swapped THEN last WHEN to_part THEN words[1] ELSE first END AS first,
            CASE WHEN swapped THEN first WHEN to_part THEN array_to_string(words[2:], ' ') ELSE last END AS last
        FROM judged"""
    )
    for column, read, schema, into in _COLUMNS:
        new = f"{distinct(column)} AND {column} NOT IN (SELECT value FROM {into})"
        read_values(connection, new, read, schema, into="_clean_more")
        connection.execute(f"INSERT INTO {into} FROM _clean_more; DROP TABLE _clean_more")
