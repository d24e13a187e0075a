"""What is found in columns of numbers is what the database would find, and what going from row to row would."""

from functools import cache

import duckdb
import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from publicc.harmonise.linkage.former import Scored, mask, suggested
from publicc.harmonise.linkage.kept import components
from publicc.harmonise.linkage.score import suggestions_sql

Pair = tuple[int, int]
PAIRS = st.sets(st.tuples(st.integers(1, 8), st.integers(1, 8)).filter(lambda pair: pair[0] < pair[1]))


def scored(pairs: list[Pair], same: float = 0.9) -> Scored:
    left, right = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
    return Scored(left, right, np.full(len(pairs), same), np.zeros(len(pairs)))


def asked_of_the_database(pairs: list[Pair]) -> set[Pair]:
    links = scored(pairs)
    cursor = database().register("pairs", pa.table({"l": links.left, "r": links.right, "same": links.same}))
    return {(left, right) for left, right in cursor.execute(suggestions_sql("pairs")).fetchall()}


@cache
def database() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def apart(pairs: np.ndarray) -> set[Pair]:
    return {(int(pair) >> 32, int(pair) & 0xFFFFFFFF) for pair in pairs}


@settings(max_examples=15, deadline=None)
@given(pairs=PAIRS, came=st.sets(st.integers(0, 30)))
def test_new_links_suggest_what_the_whole_suggests_and_the_former_ones_did_not(
    pairs: set[Pair], came: set[int]
) -> None:
    ordered = sorted(pairs)
    new = [pair for place, pair in enumerate(ordered) if place in came]
    former = [pair for place, pair in enumerate(ordered) if place not in came]
    found = apart(suggested(scored(new), scored(former)))
    whole = asked_of_the_database(ordered)
    assert found <= whole
    assert found | asked_of_the_database(former) == whole


def test_a_row_with_too_many_friends_suggests_no_pairs() -> None:
    assert not len(suggested(scored([(1, other) for other in range(2, 63)]), scored([])))
    assert len(suggested(scored([(1, other) for other in range(2, 62)]), scored([]))) == 60 * 59 // 2


def test_pairs_are_found_by_the_records_they_touch() -> None:
    links = scored([(3, 4), (1, 2), (2, 3)]).and_(scored([(1, 4)], same=0.2))
    twos = mask(5, [2])
    assert links.touching(twos).right.tolist() == [2, 3]
    assert links.among(mask(5, [2, 3], [4])).left.tolist() == [3, 2]
    assert links.in_order().right.tolist() == [2, 4, 3, 4]
    assert len(links.likely().left) == 3


@settings(max_examples=50, deadline=None)
@given(pairs=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_each_row_is_named_after_the_first_row_that_can_be_reached(pairs: list[Pair]) -> None:
    left, right = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    alone = np.arange(10)
    reached = [{row} for row in range(10)]
    for _ in range(10):
        for one, other in pairs:
            reached[one] |= reached[other]
            reached[other] |= reached[one]
    assert components(left, right, alone, alone).tolist() == [min(rows) for rows in reached]
    assert components(left, right, np.zeros(10, dtype=np.int64), alone).tolist() == [0] * 10
