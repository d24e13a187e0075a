"""Rows that came and rows that went are told from their marks alone."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from publicc.harmonise.linkage.changes import Marks, apart

EVEN_MARKS = st.sets(st.integers(0, (1 << 63) - 1).map(lambda half: 2 * half), max_size=30)
"""Two marks that differ in their last bit alone are taken for one, as two equal hashes would be."""


def marks(values: list[int]) -> Marks:
    return np.array(values, dtype=np.uint64)


@given(EVEN_MARKS, EVEN_MARKS, EVEN_MARKS)
def test_each_side_is_told_what_the_other_has_not(shared: set[int], one: set[int], other: set[int]) -> None:
    here, there = list(one | shared), list(other | shared)
    came, went = apart(marks(here), marks(there))
    assert {here[place] for place in came} == set(here) - set(there)
    assert {there[place] for place in went} == set(there) - set(here)


def test_two_tables_alike_have_nothing_apart() -> None:
    came, went = apart(marks([8, 2, 1 << 63]), marks([1 << 63, 8, 2]))
    assert (len(came), len(went)) == (0, 0)
