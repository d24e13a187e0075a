"""What is compared of the new rows and of those they meet: read from what was kept, compared, judged."""

from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from publicc.harmonise.linkage.block import Pairs
from publicc.harmonise.linkage.compare import compare_beside
from publicc.harmonise.linkage.engine import Scorer
from publicc.harmonise.linkage.former import Bools, Scored, mask, scored_in
from publicc.harmonise.linkage.kept import Kept
from publicc.harmonise.linkage.score import score_pairs
from publicc.harmonise.linkage.told import untold

NEW: Final = "_again_compared_new"
"""Table of what is compared of the new rows."""


class Seen:
    """Records in hand: those of `NEW`, and those that were read of the ones kept.

    Makes the temporary table `_again_pairs(l, r, pattern, same, home)` of the pairs worth keeping. What is compared of
    the records is held as columns, from which the two ends of each pair are picked.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, kept: Kept) -> None:
        self.connection, self.kept, self.compared = connection, kept, 0
        last = connection.execute(f"SELECT max(record_no) FROM {NEW}").fetchall()[0][0]
        self.size = max(kept.last, last or 0) + 1
        self._records = connection.execute(f"FROM {NEW}").to_arrow_table()
        self._place = np.full(self.size, -1)
        self._place[self._records["record_no"].to_numpy()] = np.arange(len(self._records))
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
        wanted &= self._place < 0
        if wanted.any():
            self._add(np.flatnonzero(wanted).astype(np.int32))

    def _add(self, records: NDArray[np.int32]) -> None:
        connection, before = self.connection, len(self._records)
        connection.register("_again_wanted", pa.table({"record_no": records}))
        told = connection.execute(
            f"FROM {self.kept.where}.compared SEMI JOIN _again_wanted USING (record_no)"
        ).to_arrow_table()
        connection.unregister("_again_wanted")
        self._place[told["record_no"].to_numpy()] = np.arange(before, before + len(told))
        self._records = pa.concat_tables([self._records, untold(told, self._records.schema, self.kept.model)])

    def _ends(self, records: Pairs) -> pa.Table:
        return self._records.take(pa.array(self._place[records]))

    def score(self, pairs: Pairs, scorer: Scorer | None) -> Scored:
        """Compare and judge these pairs, whose records were read; those worth keeping, which join `_again_pairs`."""
        connection, self.compared = self.connection, self.compared + len(pairs)
        compare_beside(
            connection,
            self._ends(pairs >> np.uint64(32)),
            self._ends(pairs.astype(np.uint32)),
            self.kept.model,
            into="_again_scored",
        )
        met = connection.execute("SELECT DISTINCT pattern FROM _again_scored ORDER BY 1").fetchnumpy()["pattern"]
        trained = self.kept.trained.over(met.astype(np.int64))
        if scorer:
            trained = trained.judged_again(scorer(trained, self.kept.model))
        score_pairs(connection, "_again_scored", trained, into="_again_judged")
        connection.execute("INSERT INTO _again_pairs FROM _again_judged")
        return scored_in(connection, "_again_judged")
