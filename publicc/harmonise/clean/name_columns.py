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

    Makes `_clean_renamed(place, first, last)`: the rows whose names are not where they were written.
    `among(kind, value, n)` adds how often each `given` name and `surname` occurs elsewhere.
    """
    for column, read, schema, into in _COLUMNS:
        written = f"SELECT DISTINCT {column} FROM _clean_rows WHERE {column} IS NOT NULL"
        read_values(connection, written, read, schema, into=into)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE _clean_renamed AS {_renamed_sql(among)}")
    for column, read, schema, into in _COLUMNS:
        new = f"""SELECT DISTINCT {column} FROM _clean_renamed
            WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT value FROM {into})"""
        read_values(connection, new, read, schema, into="_clean_more")
        connection.execute(f"INSERT INTO {into} FROM _clean_more; DROP TABLE _clean_more")


def _renamed_sql(among: str) -> str:
    """SQL: the rows whose names were exchanged, or typed in one field, and where they belong.

    What each written value usually is, a first name or a surname, is counted before rows are looked at.
    """
    return f"""WITH in_hand AS (
            SELECT name FROM _clean_given_of UNION ALL SELECT name FROM _clean_surname_of
            UNION ALL SELECT words[1] FROM _clean_surname_of),
        elsewhere AS (SELECT * FROM {among} WHERE value IN (FROM in_hand)),
        as_given AS (
            SELECT name, sum(n) AS n FROM (
                SELECT g.name, count(*) AS n FROM _clean_rows JOIN _clean_given_of g ON g.value = first GROUP BY 1
                UNION ALL SELECT value, n FROM elsewhere WHERE kind = 'given') GROUP BY 1),
        as_surname AS (
            SELECT name, sum(n) AS n FROM (
                SELECT s.name, count(*) AS n FROM _clean_rows JOIN _clean_surname_of s ON s.value = last GROUP BY 1
                UNION ALL SELECT value, n FROM elsewhere WHERE kind = 'surname') GROUP BY 1),
        first_of AS (
            SELECT value, (coalesce(fs.n, 0) + 0.5) / (coalesce(fg.n, 0) + 0.5) AS first_as_surname
            FROM _clean_given_of g
            LEFT JOIN as_given fg ON fg.name = g.name LEFT JOIN as_surname fs ON fs.name = g.name),
        last_of AS (
            SELECT value, words, (coalesce(lg.n, 0) + 0.5) / (coalesce(ls.n, 0) + 0.5) AS last_as_given,
                coalesce(hg.n > 3 * coalesce(hs.n, 0), false) AS starts_with_given,
                coalesce(hs.n > 3 * coalesce(hg.n, 0), false) AS starts_with_surname
            FROM _clean_surname_of s
            LEFT JOIN as_given lg ON lg.name = s.name LEFT JOIN as_surname ls ON ls.name = s.name
            LEFT JOIN as_given hg ON hg.name = words[1] LEFT JOIN as_surname hs ON hs.name = words[1]),
        judged AS (
            SELECT rows.rowid AS place, first, last, words,
                last_as_given * first_as_surname >= {SWAP_ODDS} AND last_as_given > 1 AND first_as_surname > 1
                    AS swapped,
                first IS NULL AND len(words) > 1
                    AND (starts_with_given OR (in_one_field AND NOT starts_with_surname)) AS to_part
            FROM _clean_rows rows
            LEFT JOIN first_of ON first_of.value = first LEFT JOIN last_of ON last_of.value = last)
        SELECT place, CASE WHEN swapped THEN last ELSE words[1] END AS first,
            CASE WHEN swapped THEN first ELSE array_to_string(words[2:], ' ') END AS last
        FROM judged WHERE swapped OR to_part"""
