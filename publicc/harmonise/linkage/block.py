"""Candidate pairs: records brought together by at least one key.

A value that too many records share brings no pairs; a few of those it would have made are kept apart with the weight of
all, so that training knows how often strangers share such values.
"""

from dataclasses import dataclass
from typing import Final

import duckdb

from publicc.harmonise.linkage.model import Key, Model
from publicc.kernel.text import Text

SAMPLED: Final = 1000
"""Pairs kept, at most, of those that a capped value would have made."""
LONGEST_EXAMPLE: Final = 60
"""Characters shown of a capped value."""


@dataclass(frozen=True, slots=True)
class Capped:
    """A kind of value that too many records share: it brought no pairs by itself."""

    label: Text
    """The kind of value."""
    values: int
    largest: int
    """Records holding the most shared value."""
    example: str
    """The most shared value, cleaned: for the person who holds the table, never for a log."""


def find_candidates(
    connection: duckdb.DuckDBPyConnection, records: str, model: Model, *, within: str, into: str
) -> tuple[Capped, ...]:
    """Make the temporary table `into(l, r)` of pairs of `record_no`, l < r, and say which kinds of values were capped.

    Only records that agree on the SQL expression `within` are brought together. `{into}_capped(l, r, weight)` are
    pairs that capped values would have made, each standing for `weight` of them.
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE _block_found (l INTEGER, r INTEGER)")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {into}_capped (l INTEGER, r INTEGER, weight DOUBLE)")
    capped = [notice for key in model.keys if (notice := _add_pairs(connection, records, key, within, into))]
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {into} AS SELECT DISTINCT l, r FROM _block_found WHERE l < r")
    connection.execute("DROP TABLE _block_found; DROP TABLE _block_keys; DROP TABLE _block_shared")
    return tuple(capped)


def _add_pairs(  # noqa: PLR0917 - one key
    connection: duckdb.DuckDBPyConnection, records: str, key: Key, within: str, into: str
) -> Capped | None:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE _block_keys AS {keys_sql(records, key, within)}")
    over = meet_on(connection, key, into)
    if over is None:
        return None
    return Capped(key.label, over.values, over.largest, example_of(connection, records, key, over.first))


@dataclass(frozen=True, slots=True)
class OverCap:
    """Values of one key that too many records share."""

    values: int
    largest: int
    k: int
    """Hash of the most shared value: of equals, the greatest."""
    first: int
    """The first record that holds it."""


def meet_on(connection: duckdb.DuckDBPyConnection, key: Key, into: str) -> OverCap | None:
    """Pairs of the records that share a value, in `_block_keys(record_no, k)`: added to `_block_found(l, r)`.

    Those that stand for values over the cap are added to `{into}_capped(l, r, weight)`; None when there is none.
    """
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE _block_shared AS SELECT k, count(*) AS n FROM _block_keys GROUP BY k HAVING n > 1"
    )
    connection.execute(
        """INSERT INTO _block_found
        SELECT l, unnest(members[i + 1:]) FROM (
            SELECT members, unnest(members) AS l, generate_subscripts(members, 1) AS i FROM (
                SELECT list(record_no ORDER BY record_no) AS members
                FROM _block_keys JOIN (SELECT k FROM _block_shared WHERE n <= ?) USING (k) GROUP BY k))""",
        [key.cap],
    )
    values, largest, most = connection.execute(
        "SELECT count(*), max(n), arg_max(k, (n, k)) FROM _block_shared WHERE n > ?", [key.cap]
    ).fetchone() or (0, 0, 0)
    if not values:
        return None
    _sample_capped(connection, key, into)
    (first,) = connection.execute("SELECT min(record_no) FROM _block_keys WHERE k = ?", [most]).fetchone() or (0,)
    return OverCap(values, largest, most, first)


def keys_sql(records: str, key: Key, within: str) -> str:
    """SQL: `record_no` and the hash `k` of its key; twice when two elements of a record make the same key."""
    source = records if key.unnest is None else f"(SELECT *, unnest({key.unnest}) AS element FROM {records})"
    known = " AND ".join(f"c{n} IS NOT NULL" for n in range(len(key.columns)))
    columns = ", ".join(f"{column} AS c{n}" for n, column in enumerate(key.columns))
    together = ", ".join(f"c{n}" for n in range(len(key.columns)))
    return f"""SELECT record_no, hash({together}, scope) AS k
        FROM (SELECT record_no, {within} AS scope, {columns} FROM {source}) WHERE {known}"""


def _sample_capped(connection: duckdb.DuckDBPyConnection, key: Key, into: str) -> None:
    """Each record of a capped value beside the one that stands half the value's records further.

    Weights are in sixty-fourths of a pair: such sums are exact, in whatever order they are added up.
    """
    connection.execute(
        f"""INSERT INTO {into}_capped
        SELECT members[i], members[i + n // 2], round(64 * n * (n - 1) / 2 / least(n - n // 2, {SAMPLED})) / 64
        FROM (SELECT list(record_no ORDER BY record_no) AS members, count(*) AS n
            FROM _block_keys JOIN (SELECT k FROM _block_shared WHERE n > ?) USING (k) GROUP BY k),
            range(1, {SAMPLED + 1}) places(i)
        WHERE i <= n - n // 2 AND members[i] < members[i + n // 2]""",
        [key.cap],
    )


def example_of(connection: duckdb.DuckDBPyConnection, records: str, key: Key, first: int) -> str:
    """A value of the key itself, read again from the record that holds it first."""
    source = records if key.unnest is None else f"(SELECT *, unnest({key.unnest}) AS element FROM {records})"
    said = connection.execute(
        f"SELECT min(concat_ws(' · ', {', '.join(key.columns)})) FROM {source} WHERE record_no = ?", [first]
    ).fetchone()
    return str((said or ("",))[0] or "")[:LONGEST_EXAMPLE]
