"""Whether a table holds several persons of one home, or only first names written wrong.

Two persons who live together each come with aliases of their own, as often as anyone in the table; a wrong first name
stands alone beside the right ones. So among pairs taken for two persons of one home, both sides have aliases about as
often as chance would have it; where they hardly ever do, the table has no homes and another first name is an error.
"""

from typing import Final

import duckdb

ENOUGH: Final = 20.0
"""Pairs with aliases on both sides that chance would have given: with fewer expected, nothing is concluded."""
HARDLY_EVER: Final = 0.25
"""Share of what chance would have given under which the homes are taken for errors."""


def holds_homes(connection: duckdb.DuckDBPyConnection, *, records: int) -> bool:
    """False when `linkage_pairs` say that what looks like homes among the `records` rows are wrong first names."""
    found = connection.execute(
        """WITH aliased AS (SELECT DISTINCT unnest([l, r]) AS record_no FROM linkage_pairs WHERE same > 0.5)
        SELECT (SELECT count(*) FROM aliased), count(*),
            count(*) FILTER (WHERE l IN (FROM aliased) AND r IN (FROM aliased))
        FROM linkage_pairs WHERE home > 0.5"""
    ).fetchall()
    aliased, homes, both = found[0]
    expected = homes * (aliased / max(records, 1)) ** 2
    return bool(expected < ENOUGH or both >= HARDLY_EVER * expected)
