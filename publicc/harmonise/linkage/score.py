"""Scored pairs: what the trained model thinks of each pair compared, and of those that a third row suggests."""

from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from publicc.harmonise.linkage.train import Trained

NOT_WORTH_KEEPING: Final = 0.01
"""Pairs less likely than this, to be of one person or of one household, are not grouped."""
LIKELY: Final = 0.5
MOST_FRIENDS: Final = 60
"""A row likely to be one person with more others than this suggests no pairs."""


def worth_keeping(trained: Trained) -> NDArray[np.int64]:
    """Patterns of the pairs that `score_pairs` keeps."""
    same, home, _ = trained.posterior.T
    return np.asarray(trained.patterns[same + home >= NOT_WORTH_KEEPING])


def score_pairs(
    connection: duckdb.DuckDBPyConnection, compared: str, trained: Trained, *, into: str, more: bool = False
) -> None:
    """Make, or with `more` add to, the temporary table `into(l, r, pattern, same, home)` from `compared`."""
    same, home, _ = trained.posterior.T
    connection.register("_scores", pa.table({"pattern": pa.array(trained.patterns), "same": same, "home": home}))
    begin = f"INSERT INTO {into}" if more else f"CREATE OR REPLACE TEMP TABLE {into} AS"
    connection.execute(
        f"""{begin} SELECT l, r, pattern, same, home FROM {compared} JOIN _scores USING (pattern)
        WHERE same + home >= {NOT_WORTH_KEEPING}"""
    )
    connection.unregister("_scores")


def suggest_pairs(connection: duckdb.DuckDBPyConnection, candidates: str, *, pairs: str, into: str) -> int:
    """Make the temporary table `into(l, r)` of rows that no key brought together but a third one does.

    They join the `candidates`; how many they are is given. A pair that was never compared counts as unlikely when rows
    are grouped: better know.
    """
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {into} AS
        SELECT l, r FROM ({suggestions_sql(pairs)}) ANTI JOIN {candidates} USING (l, r)"""
    )
    connection.execute(f"INSERT INTO {candidates} FROM {into}")
    return int(connection.execute(f"SELECT count(*) FROM {into}").fetchall()[0][0])


def suggestions_sql(pairs: str) -> str:
    """SQL: `l`, `r` of rows that a third one is likely to be the same person as, compared already or not."""
    return f"""WITH likely AS (SELECT l, r FROM {pairs} WHERE same >= {LIKELY}),
        both_ways AS (SELECT l AS friend, r AS other FROM likely UNION ALL SELECT r, l FROM likely),
        near AS (SELECT * FROM both_ways SEMI JOIN (
            SELECT friend FROM both_ways GROUP BY friend HAVING count(*) BETWEEN 2 AND {MOST_FRIENDS}) USING (friend))
        SELECT DISTINCT a.other AS l, b.other AS r
        FROM near a JOIN near b ON a.friend = b.friend AND a.other < b.other"""
