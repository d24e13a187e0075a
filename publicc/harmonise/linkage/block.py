"""Candidate pairs: records brought together by at least one key.

The database reads the keys; each is then a column of numbers, sorted so that records that share a value stand side by
side. A value that too many records share brings no pairs; a few of those it would have made are kept apart with the
weight of all, so that training knows how often strangers share such values.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from publicc.harmonise.linkage.model import Key, Model
from publicc.kernel.text import Text

SAMPLED: Final = 1000
"""Pairs kept, at most, of those that a capped value would have made."""
LONGEST_EXAMPLE: Final = 60
"""Characters shown of a capped value."""
BATCH: Final = 50_000
"""Rows of a table handed to the database that one thread takes at a time."""
_HALF: Final = np.uint64(32)
RECORD_BITS: Final = 26
"""Bits of the record's number beside the hash of its key; one more each time the records double past 67 million. The 38
left to the hash take two values for one twice a key in a million records: strangers are compared for nothing."""
_SIGN: Final = np.uint64(1 << 63)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Pairs = NDArray[np.uint64]
"""Pairs of `record_no`, l < r, each as one number: l in the upper half, r in the lower."""
Keys = NDArray[np.uint64]
"""Keys of records, each as one number, sorted: the hash of the value, then the record in the last bits."""


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


@dataclass(frozen=True, slots=True)
class OverCap:
    """Values of one key that too many records share."""

    values: int
    largest: int
    k: int
    """Beginning of the hash of the most shared value: of equals, the greatest."""
    first: int
    """The first record that holds it."""


@dataclass(frozen=True, slots=True)
class Met:
    """What the values of one key bring together."""

    pairs: list[Pairs]
    sampled: Pairs
    """Of those that values over the cap would have made."""
    weight: Floats
    """How many pairs each of `sampled` stands for, in sixty-fourths: such sums are exact in whatever order."""
    over: OverCap | None
    keys: Keys
    """What was brought together, as `sorted_keys` gives it."""


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Records that share a value of one key, side by side: `record[start : start + size]`, in order of record."""

    value: Pairs
    record: Pairs
    start: Ints
    size: Ints

    def of(self, which: NDArray[np.bool_]) -> "_Blocks":
        return _Blocks(self.value, self.record, self.start[which], self.size[which])


def find_candidates(
    connection: duckdb.DuckDBPyConnection,
    records: str,
    model: Model,
    *,
    within: str,
    into: str,
    keys_into: str | None = None,
) -> tuple[Capped, ...]:
    """Make the temporary table `into(l, r)` of pairs of `record_no`, l < r, and say which kinds of values were capped.

    Only records that agree on the SQL expression `within` are brought together. `{into}_capped(l, r, weight)` are
    pairs that capped values alone would have made, each standing for `weight` of them. `keys_into`: a table of
    `begin_keys`, which is given every key.
    """
    found, told, sampled = list[Pairs](), list[Capped](), list[tuple[Pairs, Floats]]()
    for number, (key, met) in enumerate(_meetings(connection, records, model, within)):
        found += met.pairs
        if keys_into:
            add_keys(connection, keys_into, [(number, met.keys)])
        if over := met.over:
            sampled.append((met.sampled, met.weight))
            example = example_of(connection, records, key, over.first)
            told.append(Capped(key.label, over.values, over.largest, example))
    candidates = distinct(np.concatenate([np.zeros(0, np.uint64), *found]))
    _write(connection, into, candidates)
    _write_capped(connection, f"{into}_capped", sampled, candidates)
    return tuple(told)


def _meetings(
    connection: duckdb.DuckDBPyConnection, records: str, model: Model, within: str
) -> Iterator[tuple[Key, Met]]:
    """Each key with what it brings together: the database reads the next one while the former is sorted."""
    with ThreadPoolExecutor(max_workers=1) as aside:
        reads = ((key, connection.sql(keys_sql(records, key, within)).fetchnumpy()) for key in model.keys)
        begun = ((key, aside.submit(meet, read["record_no"], read["k"], cap=key.cap)) for key, read in reads)
        former = next(begun)
        for following in begun:
            yield former[0], former[1].result()
            former = following
        yield former[0], former[1].result()


def meet(record: NDArray[np.int32], k: NDArray[np.generic], *, cap: int) -> Met:
    """Bring together the records with the same hash `k` of one key, unless more than `cap` share it."""
    bits = max(RECORD_BITS, int(record.max(initial=0)).bit_length())
    return meet_sorted(sorted_keys(record, k, bits), cap=cap, bits=bits)


def meet_sorted(keys: Keys, *, cap: int, bits: int = RECORD_BITS) -> Met:
    """The same of keys as `sorted_keys` gives them."""
    blocks = _blocks(keys, np.uint64(bits))
    capped = blocks.of(blocks.size > cap)
    sampled, weight = _sample(capped)
    return Met(list(_pairs(blocks.of(blocks.size <= cap))), sampled, weight, _over(capped), keys)


def sorted_keys(record: NDArray[np.int32], k: NDArray[np.generic], bits: int = RECORD_BITS) -> Keys:
    """Hash and record as one number, in order. A hash may come signed, in the same order."""
    plain = k.view(np.uint64) ^ (_SIGN if k.dtype == np.int64 else np.uint64(0))
    return distinct(plain >> np.uint64(bits) << np.uint64(bits) | record.astype(np.uint64))


def keys_of(connection: duckdb.DuckDBPyConnection, records: str, model: Model, within: str) -> list[Keys]:
    """For each key of the model those of these records, as `sorted_keys` gives them, read in one go."""
    plain = [key for key in model.keys if key.unnest is None]
    hashes = ", ".join(f"CASE WHEN {known} THEN {k} END" for known, k in (_hashed(key.columns) for key in plain))
    read = connection.sql(f"SELECT record_no, {hashes} FROM (SELECT *, {within} AS scope FROM {records})").fetchnumpy()
    record, *columns = (np.ma.asarray(column) for column in read.values())
    at_once = (sorted_keys(record[~np.ma.getmaskarray(k)].data, k.compressed()) for k in columns)
    return [next(at_once) if key.unnest is None else _unnested(connection, records, key, within) for key in model.keys]


def _unnested(connection: duckdb.DuckDBPyConnection, records: str, key: Key, within: str) -> Keys:
    read = connection.sql(keys_sql(records, key, within)).fetchnumpy()
    return sorted_keys(read["record_no"], read["k"])


def begin_keys(connection: duckdb.DuckDBPyConnection, into: str) -> None:
    """Make the temporary table `into(number, keys)`: for each key of the model, by its number, those of the records."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {into} (number TINYINT, keys BLOB)")


def add_keys(connection: duckdb.DuckDBPyConnection, into: str, keys: Iterable[tuple[int, Keys]]) -> None:
    """Put down keys, each with its number."""
    told = [(number, some.tobytes()) for number, some in keys]
    connection.executemany(f"INSERT INTO {into} VALUES (?, ?)", told)


def keys_sql(records: str, key: Key, within: str) -> str:
    """SQL: `record_no` and the hash `k` of its key; twice when two elements of a record make the same key."""
    source = records if key.unnest is None else f"(SELECT *, unnest({key.unnest}) AS element FROM {records})"
    columns = ", ".join(f"{column} AS c{n}" for n, column in enumerate(key.columns))
    known, k = _hashed([f"c{n}" for n in range(len(key.columns))])
    return f"""SELECT record_no, {k} AS k
        FROM (SELECT record_no, {within} AS scope, {columns} FROM {source}) WHERE {known}"""


def _hashed(columns: Sequence[str]) -> tuple[str, str]:
    """SQL: whether these columns make a key, and its hash."""
    return " AND ".join(f"({column}) IS NOT NULL" for column in columns), f"hash({', '.join(columns)}, scope)"


def _blocks(keys: Keys, bits: np.uint64) -> _Blocks:
    value = keys >> bits
    start = np.flatnonzero(np.diff(value, prepend=~value[:1]))
    size = np.diff(start, append=len(keys))
    shared = size > 1
    return _Blocks(value, keys & ((np.uint64(1) << bits) - np.uint64(1)), start[shared], size[shared])


def _pairs(blocks: _Blocks) -> Iterator[Pairs]:
    """Every pair of each block."""
    for one, other in together(blocks.start, blocks.size):
        yield paired(blocks.record[one], blocks.record[other])


def together(start: Ints, size: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Places of every two rows of each run: neighbours first, then those that stand two places apart, and so on."""
    row = _rows(start, size)
    left = np.repeat(start + size, size) - row  # rows of the run from this one on
    apart = 0
    while len(row):
        apart += 1
        kept = left > apart
        row, left = row[kept], left[kept]
        yield row, row + apart


def _sample(capped: _Blocks) -> tuple[Pairs, Floats]:
    """Each record beside the one that stands half the block further; and how many pairs of the block it stands for."""
    half = capped.size // 2
    taken = np.minimum(capped.size - half, SAMPLED)
    row = _rows(capped.start, taken)
    weight = np.round(32 * capped.size * (capped.size - 1) / np.maximum(taken, 1)) / 64
    return paired(capped.record[row], capped.record[row + np.repeat(half, taken)]), np.repeat(weight, taken)


def _over(capped: _Blocks) -> OverCap | None:
    if not len(capped.size):
        return None
    largest = int(capped.size.max())
    start = capped.start[capped.size == largest][-1]
    return OverCap(len(capped.size), largest, int(capped.value[start]), int(capped.record[start]))


def _rows(start: Ints, size: Ints) -> Ints:
    """The rows of each run, one run after the other."""
    before = np.cumsum(size) - size
    return np.asarray(np.arange(int(size.sum())) + np.repeat(start - before, size))


def paired(low: Pairs, high: Pairs) -> Pairs:
    """Each pair as one number."""
    return low << _HALF | high


def distinct(numbers: Pairs) -> Pairs:
    """Sorted, each once, fifty times as fast as `np.unique`; `numbers` itself is put in order."""
    numbers.sort()
    return np.asarray(numbers[np.diff(numbers, prepend=~numbers[:1]) != 0])


def table_of(pairs: Pairs, weight: Floats | None = None) -> pa.Table:
    """Columns `l`, `r` and, where it is told, `weight`."""
    columns = {"l": (pairs >> _HALF).astype(np.int32), "r": pairs.astype(np.uint32).astype(np.int32)}
    return in_batches(pa.table(columns | ({} if weight is None else {"weight": weight})))


def in_batches(table: pa.Table) -> pa.Table:
    """The same table in parts, which the database reads side by side: one part is one thread's."""
    return pa.Table.from_batches(table.to_batches(max_chunksize=BATCH), schema=table.schema)


def _write(connection: duckdb.DuckDBPyConnection, into: str, pairs: Pairs, weight: Floats | None = None) -> None:
    connection.register("_block_pairs", table_of(pairs, weight))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {into} AS FROM _block_pairs")
    connection.unregister("_block_pairs")


def _write_capped(
    connection: duckdb.DuckDBPyConnection, into: str, sampled: list[tuple[Pairs, Floats]], candidates: Pairs
) -> None:
    """Those that no other key brought together, each with the greatest weight that a key gave it."""
    pairs = np.concatenate([np.zeros(0, np.uint64), *(pairs for pairs, _ in sampled)])
    weight = np.concatenate([np.zeros(0), *(weight for _, weight in sampled)])
    order = np.lexsort((-weight, pairs))
    pairs, weight = pairs[order], weight[order]
    kept = np.diff(pairs, prepend=~pairs[:1]) != 0
    if len(candidates):
        place = np.minimum(np.searchsorted(candidates, pairs), len(candidates) - 1)
        kept &= candidates[place] != pairs
    _write(connection, into, pairs[kept], weight[kept])


def example_of(connection: duckdb.DuckDBPyConnection, records: str, key: Key, first: int) -> str:
    """A value of the key itself, read again from the record that holds it first."""
    source = records if key.unnest is None else f"(SELECT *, unnest({key.unnest}) AS element FROM {records})"
    said = connection.execute(
        f"SELECT min(concat_ws(' · ', {', '.join(key.columns)})) FROM {source} WHERE record_no = ?", [first]
    ).fetchone()
    return str((said or ("",))[0] or "")[:LONGEST_EXAMPLE]
