"""What came, changed and went in a table since its linkage was kept: told from the marks of its rows alone."""

from dataclasses import dataclass, field
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from publicc.harmonise.linkage.former import Bools, Numbers, mask
from publicc.harmonise.linkage.kept import Kept, marked_sql

Marks = NDArray[np.uint64]
_LAST: Final = np.uint64(1)
_BUCKETS: Final = np.uint64(44)
"""Bits of a mark beside those by which it is looked for first: a million buckets."""


def _no_marks() -> Marks:
    return np.zeros(0, dtype=np.uint64)


def _no_record() -> Numbers:
    return np.zeros(0, dtype=np.int32)


@dataclass(frozen=True, slots=True)
class Changes:
    """How a table differs from the one kept."""

    new: int
    changed: int
    gone: int
    came: Marks = field(default_factory=_no_marks, compare=False, repr=False)
    """`id` of the rows that came or changed."""
    went: Numbers = field(default_factory=_no_record, compare=False, repr=False)
    """`record_no` of those that went, or were other."""
    still: Bools = field(default_factory=lambda: mask(1), compare=False, repr=False)
    """For each `record_no` ever given, whether its row is as it was."""

    @property
    def rows(self) -> int:
        """Rows that came, changed or went."""
        return self.new + self.changed + self.gone


def compare_rows(connection: duckdb.DuckDBPyConnection, relation: str, kept: Kept) -> Changes:
    """Find what came, changed and went between the linkage kept and `relation`, whose names are unique.

    Numbers are compared, and no row is moved: a join of the database would take six times as long.
    """
    now = connection.execute(f"SELECT id, digest FROM ({marked_sql(connection, relation)})").fetchnumpy()
    then = connection.execute(f"SELECT record_no, id, digest FROM {kept.where}.rows").fetchnumpy()
    came, went = apart(now["id"] ^ now["digest"], then["id"] ^ then["digest"])
    ids, gone = now["id"][came], then["record_no"][went]
    changed = len(np.intersect1d(then["id"][went], ids))
    still = mask(kept.last + 1, then["record_no"])
    still[gone] = False
    return Changes(len(ids) - changed, changed, len(gone) - changed, ids, gone, still)


def take_new(connection: duckdb.DuckDBPyConnection, relation: str, changes: Changes, *, into: str) -> None:
    """Make the temporary table `into` of the rows that came or changed, with their `id` and `digest`."""
    connection.register("_changes_came", pa.table({"id": changes.came}))
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {into} AS
        SELECT * FROM ({marked_sql(connection, relation)}) SEMI JOIN _changes_came USING (id)"""
    )
    connection.unregister("_changes_came")


def apart(one: Marks, other: Marks) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Places in each of the marks that the other has not: while both are sorted, the last bit says whose a mark is."""
    one, other = one | _LAST, other & ~_LAST
    both = np.concatenate([one, other])
    both.sort()
    twins = both[1:] ^ both[:-1] == _LAST
    single = np.ones(len(both), dtype=bool)
    single[1:] &= ~twins
    single[:-1] &= ~twins
    return _places_of(both[single], one), _places_of(both[single], other)


def _places_of(few: Marks, many: Marks) -> NDArray[np.intp]:
    """Places of these `few`, which are sorted, among `many`."""
    buckets = np.zeros(1 << 64 - int(_BUCKETS), dtype=bool)
    buckets[few >> _BUCKETS] = True
    near = np.flatnonzero(buckets[many >> _BUCKETS])
    place = np.searchsorted(few, many[near])
    return np.asarray(near[few[np.minimum(place, len(few) - 1)] == many[near]])
