"""Candidate pairs: records brought together by at least one key."""

from dataclasses import dataclass

import duckdb

from publicc.harmonise.linkage.model import Key, Model
from publicc.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Capped:
    """A kind of value that too many records share: it brought no pairs by itself."""

    label: Text
    """The kind of value, never the value."""
    values: int
    largest: int
    """Records holding the most shared value."""


def find_candidates(
    connection: duckdb.DuckDBPyConnection, records: str, model: Model, *, within: str, into: str
) -> tuple[Capped, ...]:
    """Make the temporary table `into(l, r)` of pairs of `record_no`, l < r, and say which kinds of values were capped.

    Only records that agree on the SQL expression `within` are brought together.
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE _block_found (l INTEGER, r INTEGER)")
    capped = [notice for key in model.keys if (notice := _add_pairs(connection, records, key, within))]
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {into} AS SELECT DISTINCT l, r FROM _block_found")
    connection.execute("DROP TABLE _block_found; DROP TABLE _block_keys")
    return tuple(capped)


def _add_pairs(connection: duckdb.DuckDBPyConnection, records: str, key: Key, within: str) -> Capped | None:
    source = records if key.unnest is None else f"(SELECT *, unnest({key.unnest}) AS element FROM {records})"
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _block_keys AS
        SELECT list(record_no ORDER BY record_no) AS members, count(*) AS n
        FROM (SELECT hash(v, scope) AS k, record_no FROM (
            SELECT DISTINCT {key.value} AS v, {within} AS scope, record_no FROM {source}) WHERE v IS NOT NULL)
        GROUP BY k HAVING count(*) > 1"""
    )
    connection.execute(
        """INSERT INTO _block_found
        SELECT l, unnest(members[i + 1:]) FROM (
            SELECT members, unnest(members) AS l, generate_subscripts(members, 1) AS i
            FROM _block_keys WHERE n <= ?)""",
        [key.cap],
    )
    values, largest = connection.execute(
        "SELECT count(*), max(n) FROM _block_keys WHERE n > ?", [key.cap]
    ).fetchone() or (0, 0)
    return Capped(key.label, values, largest) if values else None
