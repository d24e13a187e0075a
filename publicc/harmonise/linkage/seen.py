"""What is compared of the new rows and of those they meet: read from what was kept, compared, judged."""

from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from publicc.harmonise.linkage.block import Pairs, table_of
from publicc.harmonise.linkage.compare import compare_pairs
from publicc.harmonise.linkage.engine import Scorer
from publicc.harmonise.linkage.former import Bools, Scored, mask, scored_in
from publicc.harmonise.linkage.kept import Kept
from publicc.harmonise.linkage.score import score_pairs
from publicc.harmonise.linkage.told import untold_sql

NEW: Final = "_again_compared_new"
"""Table of what is compared of the new rows."""


class Seen:
    """Records in hand: those of `NEW`, and those that were read of the ones kept.

    Makes the temporary tables `_again_seen`, of what is compared of them, and `_again_pairs(l, r, pattern, same, home)`
    of the pairs worth keeping.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, kept: Kept) -> None:
        self.connection, self.kept, self.compared = connection, kept, 0
        last = connection.execute(f"SELECT max(record_no) FROM {NEW}").fetchall()[0][0]
        self.size = max(kept.last, last or 0) + 1
        self._read = np.arange(self.size) > kept.last
        connection.execute(f"CREATE OR REPLACE TEMP TABLE _again_seen AS FROM {NEW}")
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE _again_pairs (l INTEGER, r INTEGER, pattern BIGINT, same DOUBLE, home DOUBLE)"
        )

    def mask(self, pairs: Scored) -> Bools:
        """The records of these pairs."""
        return mask(self.size, pairs.left, pairs.right)

    def mask_of(self, pairs: Pairs) -> Bools:
        """The records of these pairs."""
        return mask(self.size, pairs >> np.uint64(32), pairs.astype(np.uint32))

    def read(self, pairs: Pairs, likely: Scored) -> None:
        """Read the records of these pairs, with those likely to be one with them: a third row may suggest them.

        One pass over what was kept, however few the records: those that are suggested afterwards are in hand, but for
        a few.
        """
        wanted = self.mask_of(pairs)
        wanted |= self.mask(likely.touching(wanted))
        wanted &= ~self._read
        self._read |= wanted
        if wanted.any():
            self._add(np.flatnonzero(wanted).astype(np.int32))

    def _add(self, records: NDArray[np.int32]) -> None:
        connection = self.connection
        connection.register("_again_wanted", pa.table({"record_no": records}))
        told = f"FROM {self.kept.where}.compared SEMI JOIN _again_wanted USING (record_no)"
        connection.execute(f"INSERT INTO _again_seen BY NAME {untold_sql(connection, told, NEW, self.kept.model)}")
        connection.unregister("_again_wanted")

    def score(self, pairs: Pairs, scorer: Scorer | None) -> Scored:
        """Compare and judge these pairs, whose records were read; those worth keeping, which join `_again_pairs`."""
        connection, self.compared = self.connection, self.compared + len(pairs)
        connection.register("_again_table", table_of(pairs))  # a table is counted: the join is built on its few rows
        connection.execute("CREATE OR REPLACE TEMP TABLE _again_asked AS FROM _again_table")
        connection.unregister("_again_table")
        compare_pairs(connection, "_again_asked", "_again_seen", self.kept.model, into="_again_scored")
        met = connection.execute("SELECT DISTINCT pattern FROM _again_scored ORDER BY 1").fetchnumpy()["pattern"]
        trained = self.kept.trained.over(met.astype(np.int64))
        if scorer:
            trained = trained.judged_again(scorer(trained, self.kept.model))
        score_pairs(connection, "_again_scored", trained, into="_again_judged")
        connection.execute("INSERT INTO _again_pairs FROM _again_judged")
        return scored_in(connection, "_again_judged")
