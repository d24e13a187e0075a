"""What is done at the scale of pairs, wherever it is done: found, compared, counted, scored.

Pairs are what grows; records, and the few pairs worth keeping, stay in the connection. `PairsHere` does it all in the
connection itself; another engine gives another `Pairs`, and the same pairs, patterns and counts.
"""

from typing import Protocol

import duckdb
import numpy as np
from numpy.typing import NDArray

from publicc.harmonise.clean.by_value import Reader, read_values
from publicc.harmonise.linkage.block import Capped, find_candidates
from publicc.harmonise.linkage.compare import compare_pairs
from publicc.harmonise.linkage.model import Model
from publicc.harmonise.linkage.score import score_pairs, suggest_pairs
from publicc.harmonise.linkage.train import Trained

Counts = dict[str, NDArray[np.float64]]
Ints = NDArray[np.int64]

PERSONS = "(SELECT * FROM linkage_records WHERE buyer_kind <> 'GENERIC')"
"""Records that may be a person's: accounts of the counter are brought together with no one."""


class Pairs(Protocol):
    """The pairs of one run, over `linkage_records` and, from `compare` on, `linkage_compared_records`."""

    def find(self, *, keys_into: str | None = None) -> tuple[Capped, ...]:
        """Bring records together by the model's keys; which kinds of values brought no one together.

        `keys_into`: a table of `block.begin_keys`, which is given every key.
        """

    def compare(self) -> None:
        """Give each candidate its pattern."""

    def counted(self) -> Counts:
        """Columns `pattern`, `pairs` and `joins`: how many pairs make each pattern, how many joins they are.

        Pairs that stand for capped values are joins to none. In the order of the patterns.
        """

    def score(self, trained: Trained) -> None:
        """Make `linkage_pairs(l, r, pattern, same, home)` of the candidates worth keeping."""

    def suggest(self) -> Ints | None:
        """Compare what a third row suggests; the patterns met, or None when nothing is suggested."""

    def score_suggested(self, trained: Trained) -> None:
        """Add to `linkage_pairs` the suggested pairs worth keeping."""

    def finish(self) -> int:
        """Forget all but `linkage_pairs`; how many pairs were compared."""


class Workers(Protocol):
    """Who does the heavy work of a run: readings of distinct values, and pairs."""

    @property
    def read_values(self) -> Reader:
        """Applies a reading to distinct values (see `clean.by_value`)."""

    def pairs(self, connection: duckdb.DuckDBPyConnection, model: Model, *, within: str) -> Pairs:
        """The pairs of a run over the tables of `connection`; only records that agree on `within` are compared."""


def counts_sql(compared: str) -> str:
    """SQL: `pattern`, `pairs`, `joins` of compared candidates."""
    return f"""SELECT pattern, count(*) AS pairs,
            least(count(*), greatest(approx_count_distinct(l), approx_count_distinct(r))) AS joins
        FROM {compared} GROUP BY pattern"""


def together_sql(counts: str, weights: str) -> str:
    """SQL: the candidates' `counts` and the `weights` (pattern, weight) of capped values, added up by pattern."""
    return f"""SELECT pattern, sum(pairs) AS pairs, sum(joins) AS joins
        FROM ({counts} UNION ALL SELECT *, 0 FROM ({weights})) GROUP BY pattern ORDER BY pattern"""


class PairsHere:
    """Pairs in temporary tables of the connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, model: Model, *, within: str) -> None:
        self.connection, self.model, self.within = connection, model, within

    def find(self, *, keys_into: str | None = None) -> tuple[Capped, ...]:
        """See `Pairs`."""
        return find_candidates(
            self.connection,
            PERSONS,
            self.model,
            within=self.within,
            into="linkage_candidates",
            keys_into=keys_into,
        )

    def compare(self) -> None:
        """See `Pairs`."""
        self._compare("linkage_candidates", into="linkage_compared")

    def counted(self) -> Counts:
        """See `Pairs`."""
        self._compare("linkage_candidates_capped", into="_capped_compared")
        counts = counts_sql("linkage_compared")
        weights = """SELECT pattern, sum(weight) FROM _capped_compared JOIN linkage_candidates_capped USING (l, r)
            GROUP BY pattern"""
        found = self.connection.execute(together_sql(counts, weights)).fetchnumpy()
        for scrap in ("_capped_compared", "linkage_candidates_capped"):
            self.connection.execute(f"DROP TABLE {scrap}")
        return found

    def score(self, trained: Trained) -> None:
        """See `Pairs`."""
        score_pairs(self.connection, "linkage_compared", trained, into="linkage_pairs")

    def suggest(self) -> Ints | None:
        """See `Pairs`."""
        if not suggest_pairs(self.connection, "linkage_candidates", pairs="linkage_pairs", into="linkage_suggested"):
            return None
        self._compare("linkage_suggested", into="linkage_compared")
        met = self.connection.execute("SELECT DISTINCT pattern FROM linkage_compared").fetchnumpy()
        return np.asarray(met["pattern"].astype(np.int64))

    def score_suggested(self, trained: Trained) -> None:
        """See `Pairs`."""
        score_pairs(self.connection, "linkage_compared", trained, into="linkage_pairs", more=True)

    def finish(self) -> int:
        """See `Pairs`."""
        compared = self.connection.execute("SELECT count(*) FROM linkage_candidates").fetchall()[0][0]
        for scrap in ("compared", "suggested"):
            self.connection.execute(f"DROP TABLE IF EXISTS linkage_{scrap}")
        return int(compared)

    def _compare(self, pairs: str, *, into: str) -> None:
        compare_pairs(self.connection, pairs, "linkage_compared_records", self.model, into=into)


class Here:
    """The work done in the connection itself: the engine of one machine."""

    read_values: Reader = staticmethod(read_values)

    @staticmethod
    def pairs(connection: duckdb.DuckDBPyConnection, model: Model, *, within: str) -> Pairs:
        """See `Workers`."""
        return PairsHere(connection, model, within=within)


HERE = Here()
