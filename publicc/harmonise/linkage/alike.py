"""Dear comparisons made once for each two values, however many pairs of records hold them.

The last levels of some comparisons (slips of the keyboard, nicknames) cost a hundred times an equality. Where records
hold few different values, as of first names, millions of pairs hold a few hundred thousand pairs of values.
"""

import re
from dataclasses import dataclass
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from publicc.harmonise.linkage.block import in_batches
from publicc.harmonise.linkage.model import Comparison

MANY_PAIRS: Final = 100_000
"""Under so many pairs, or one a record, nothing is gained."""
SHARED_BY: Final = 8
"""Records that must hold one value, on average, for pairs of values to be much fewer than pairs of records."""
_DEAR: Final = re.compile(r"\b(levenshtein|damerau_levenshtein|jaro_winkler_similarity|list_has_any)\(")

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tail:
    """The levels of a comparison from the first dear one on, and the columns of a record that they look at."""

    first: int
    columns: tuple[str, ...]


def tail_of(comparison: Comparison) -> Tail | None:
    """The dear end of a comparison; None when it has none, or when it weighs rarity, which two values do not tell."""
    dear = [number for number, level in enumerate(comparison.levels) if _DEAR.search(level.condition)]
    if not dear or any(level.rarity for level in comparison.levels[dear[0] :]):
        return None
    said = " ".join(level.condition for level in comparison.levels[dear[0] :])
    return Tail(dear[0], tuple(sorted(set(re.findall(r"\b[lr]\.(\w+)", said)))))


def steps_by_value(  # noqa: PLR0917 - a comparison and its pairs
    connection: duckdb.DuckDBPyConnection, records: str, tail: Tail, step: str, left: Ints, right: Ints
) -> NDArray[np.int16] | None:
    """For each pair of `record_no`, what the SQL `step` over `l` and `r` gives; None when values are too many.

    `step` looks at the columns of `tail`, and says the same of two records in either order.
    """
    look = f"hash({', '.join(tail.columns)})"
    told = connection.execute(f"SELECT approx_count_distinct({look}), count(*) FROM {records}").fetchall()
    if told[0][0] * SHARED_BY > told[0][1]:
        return None
    read = connection.sql(f"SELECT record_no, {look} AS k FROM {records}").fetchnumpy()
    _, holder, value = np.unique(read["k"], return_index=True, return_inverse=True)
    of_record = np.zeros(int(read["record_no"].max()) + 1, dtype=np.int64)
    of_record[read["record_no"]] = value
    one, other = of_record[left], of_record[right]
    distinct, place = ranked(np.minimum(one, other) * len(holder) + np.maximum(one, other))
    low, high = np.divmod(distinct, len(holder))
    holders = pa.table({"value": np.arange(len(holder)), "record_no": read["record_no"][holder]})
    pairs = in_batches(pa.table({"n": np.arange(len(low)), "low": low, "high": high}))
    return _steps(connection, records, tail, step, holders, pairs)[place]


def ranked(numbers: Ints) -> tuple[Ints, Ints]:
    """The distinct numbers, sorted, and the place of each number among them."""
    bits = len(numbers).bit_length()
    if int(numbers.max(initial=0)).bit_length() + bits > 63:
        distinct, place = np.unique(numbers, return_inverse=True)
        return distinct, place
    both = numbers << bits | np.arange(len(numbers))
    both.sort()
    number, order = both >> bits, both & ((1 << bits) - 1)
    first = np.diff(number, prepend=-1) != 0
    place = np.empty_like(numbers)
    place[order] = np.cumsum(first) - 1
    return number[first], place


def _steps(  # noqa: PLR0917 - values, pairs of them, and what to ask
    connection: duckdb.DuckDBPyConnection, records: str, tail: Tail, step: str, holders: pa.Table, pairs: pa.Table
) -> NDArray[np.int16]:
    connection.register("_alike_holders", holders)
    connection.register("_alike_pairs", pairs)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _alike_values AS
        SELECT value, {", ".join(tail.columns)} FROM {records} JOIN _alike_holders USING (record_no)"""
    )
    found = connection.sql(
        f"""SELECT n, {step} AS step FROM _alike_pairs
        JOIN _alike_values l ON l.value = low JOIN _alike_values r ON r.value = high"""
    ).fetchnumpy()
    connection.unregister("_alike_holders")
    connection.unregister("_alike_pairs")
    connection.execute("DROP TABLE _alike_values")
    steps = np.zeros(len(found["n"]), dtype=np.int16)
    steps[found["n"]] = found["step"]
    return steps
