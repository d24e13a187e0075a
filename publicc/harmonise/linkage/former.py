"""The scored pairs that a linkage kept, read once as columns of numbers, and looked through many times.

A mask over the records answers in a few milliseconds what a join of the database would in hundreds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from publicc.harmonise.linkage.block import Pairs, distinct, paired, together
from publicc.harmonise.linkage.score import LIKELY, MOST_FRIENDS

Numbers = NDArray[np.int32]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Scored:
    """Scored pairs of `record_no`, left < right: chance of one person, and of another of the household."""

    left: Numbers
    right: Numbers
    same: Floats
    home: Floats

    def where(self, which: Bools) -> "Scored":
        """Those of these places."""
        return Scored(self.left[which], self.right[which], self.same[which], self.home[which])

    def likely(self) -> "Scored":
        """Those that are one person, likelier than not."""
        return self.where(self.same >= LIKELY)

    def touching(self, records: Bools) -> "Scored":
        """Those of which one record at least is in the mask."""
        return self.where(records[self.left] | records[self.right])

    def among(self, records: Bools) -> "Scored":
        """Those of which both records are in the mask."""
        return self.where(records[self.left] & records[self.right])

    def and_(self, other: "Scored") -> "Scored":
        """These, then the others."""
        return Scored(
            np.concatenate([self.left, other.left]),
            np.concatenate([self.right, other.right]),
            np.concatenate([self.same, other.same]),
            np.concatenate([self.home, other.home]),
        )

    def in_order(self) -> "Scored":
        """By left record, then by right one."""
        order = np.argsort(self.pairs)
        return Scored(self.left[order], self.right[order], self.same[order], self.home[order])

    @property
    def pairs(self) -> Pairs:
        """Each as one number."""
        return paired(self.left.astype(np.uint64), self.right.astype(np.uint64))


def scored_in(connection: duckdb.DuckDBPyConnection, table: str) -> Scored:
    """The scored pairs of a table `l, r, same, home`."""
    found = connection.execute(f"SELECT l, r, same, home FROM {table}").fetchnumpy()
    return Scored(found["l"], found["r"], found["same"], found["home"])


def mask(size: int, *records: Sequence[int] | NDArray[np.integer]) -> Bools:
    """Which of the numbers under `size` are among these records."""
    found = np.zeros(size, dtype=bool)
    for some in records:
        found[np.asarray(some)] = True
    return found


def suggested(new: Scored, former: Scored) -> Pairs:
    """Pairs of records that a third one is likely to be the same person as, by two links of which one is `new`.

    Both hold likely links only. `former` has all those of the ends of the new ones. As `score.suggestions_sql`, which
    asks the same of a whole table; what two former links suggest was seen when the later of them came.
    """
    left = np.concatenate([new.left, new.right, former.left, former.right]).astype(np.uint64)
    right = np.concatenate([new.right, new.left, former.right, former.left]).astype(np.uint64)
    came = np.arange(len(left)) < 2 * len(new.left)
    both = paired(left, right)
    order = np.argsort(both)
    friend, other, came = left[order], right[order], came[order]
    start = np.flatnonzero(np.diff(friend, prepend=~friend[:1]))
    size = np.diff(start, append=len(friend))
    few = (size > 1) & (size <= MOST_FRIENDS)
    found = [np.zeros(0, dtype=np.uint64)]
    for one, another in together(start[few], size[few]):
        by_new = came[one] | came[another]
        found.append(paired(other[one[by_new]], other[another[by_new]]))
    return distinct(np.concatenate(found))
