"""Grouping resists chains, keeps what people decided, and measures say how good it is."""

import numpy as np
import pytest

from publicc.harmonise.linkage.group import Links, group_rows
from publicc.harmonise.linkage.households import group_households
from publicc.harmonise.linkage.measures import measures
from tests.unit.harmonise.drawn import drawn


def links(table: str) -> Links:
    rows = drawn(table)
    return Links(
        np.array([int(r[0]) for r in rows], dtype=np.int64),
        np.array([int(r[1]) for r in rows], dtype=np.int64),
        np.array([float(r[2]) for r in rows]),
        np.array([len(r) > 3 and r[3] == "never" for r in rows]),
        np.array([len(r) > 3 and r[3] == "always" for r in rows]),
    )


def test_a_pair_likelier_than_not_is_a_group() -> None:
    found = group_rows(
        4,
        links("""
        l | r | chance
        --+---+-------
        0 | 1 | 0.9
        2 | 3 | 0.4
        """),
    )
    assert found.group.tolist() == [0, 0, 2, 3]
    assert found.confidence.tolist() == [0.9, 0.9, 1.0, 1.0]


def test_a_weak_bridge_does_not_join_two_persons() -> None:
    found = group_rows(
        4,
        links("""
        l | r | chance
        --+---+-------
        0 | 1 | 0.99
        1 | 2 | 0.6
        2 | 3 | 0.99
        """),
    )
    assert found.group.tolist() == [0, 0, 2, 2]


def test_a_row_that_two_rows_resemble_holds_them_when_they_resemble_too() -> None:
    found = group_rows(
        3,
        links("""
        l | r | chance
        --+---+-------
        0 | 1 | 0.9
        1 | 2 | 0.7
        0 | 2 | 0.4
        """),
    )
    assert found.group.tolist() == [0, 0, 0]
    assert found.confidence.tolist() == [0.7, 0.7, 0.7]


def test_two_rows_a_person_parted_never_meet_even_through_others() -> None:
    found = group_rows(
        3,
        links("""
        l | r | chance | decided
        --+---+--------+--------
        0 | 1 | 0.9    |
        1 | 2 | 0.95   |
        0 | 2 | 0.99   | never
        """),
    )
    assert found.group.tolist() == [0, 1, 1]


def test_rows_a_person_put_together_stay_together_whatever_the_average() -> None:
    found = group_rows(
        4,
        links("""
        l | r | chance | decided
        --+---+--------+--------
        0 | 1 | 1.0    | always
        2 | 3 | 1.0    | always
        1 | 2 | 1.0    | always
        0 | 3 | 0.0    |
        """),
    )
    assert found.group.tolist() == [0, 0, 0, 0]


def test_a_decision_between_two_groups_joins_them_whole() -> None:
    found = group_rows(
        4,
        links("""
        l | r | chance | decided
        --+---+--------+--------
        0 | 1 | 0.9    |
        2 | 3 | 0.9    |
        1 | 2 | 1.0    | always
        0 | 2 | 0.01   |
        """),
    )
    assert found.group.tolist() == [0, 0, 0, 0]
    assert found.confidence.tolist() == [0.9, 0.9, 0.9, 0.9]


def test_rows_put_together_still_resist_a_chain() -> None:
    found = group_rows(
        4,
        links("""
        l | r | chance | decided
        --+---+--------+--------
        0 | 1 | 1.0    | always
        1 | 2 | 0.9    |
        2 | 3 | 0.8    |
        """),
    )
    assert found.group.tolist() == [0, 0, 0, 3]


def test_a_chain_of_same_does_not_undo_a_never() -> None:
    found = group_rows(
        3,
        links("""
        l | r | chance | decided
        --+---+--------+--------
        0 | 1 | 1.0    | always
        1 | 2 | 1.0    | always
        0 | 2 | 0.0    | never
        """),
    )
    assert found.group.tolist() == [0, 0, 2]


def test_a_group_that_would_pass_the_limit_is_held() -> None:
    found = group_rows(
        4,
        links("""
        l | r | chance
        --+---+-------
        0 | 1 | 0.99
        0 | 2 | 0.9
        1 | 2 | 0.9
        0 | 3 | 0.9
        1 | 3 | 0.9
        2 | 3 | 0.9
        """),
        largest=2,
    )
    assert found.group.tolist() == [0, 0, 2, 2]
    assert found.held > 0


def test_the_order_of_the_links_changes_nothing() -> None:
    drawn_links = links("""
        l | r | chance
        --+---+-------
        0 | 1 | 0.8
        1 | 2 | 0.8
        2 | 3 | 0.8
        3 | 4 | 0.8
        0 | 2 | 0.5
        """)
    backwards = Links(*(getattr(drawn_links, column)[::-1] for column in Links.__dataclass_fields__))
    assert group_rows(5, drawn_links).group.tolist() == group_rows(5, backwards).group.tolist()


def test_nothing_to_join_leaves_everyone_alone() -> None:
    none = np.zeros(0, dtype=np.int64)
    found = group_rows(2, Links.undecided(none, none, np.zeros(0)))
    assert found.group.tolist() == [0, 1]


def test_a_household_joins_persons_and_not_rows() -> None:
    between = links("""
        l | r | chance
        --+---+-------
        0 | 1 | 0.99
        1 | 2 | 0.01
        """)
    person = group_rows(3, between).group
    assert person.tolist() == [0, 0, 2]
    assert group_households(person, between, np.array([1.0, 0.9])).tolist() == [0, 0, 0]


def test_measures_of_a_perfect_grouping_are_one() -> None:
    same = measures([1, 1, 2], ["a", "a", "b"])
    assert (same.pairs.f1, same.groups.f1, same.b_cubed.f1, same.largest_false_group) == (1.0, 1.0, 1.0, 0)


def test_measures_count_pairs_groups_and_rows() -> None:
    mixed = measures([1, 1, 1, 2], ["a", "a", "b", "b"])
    assert (mixed.pairs.precision, mixed.pairs.recall) == (pytest.approx(1 / 3), pytest.approx(1 / 2))
    assert (mixed.groups.precision, mixed.groups.recall) == (0.0, 0.0)
    assert mixed.b_cubed.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert mixed.b_cubed.recall == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)
    assert mixed.largest_false_group == 3
    assert mixed.as_json()["largest_false_group"] == 3


def test_measures_of_nothing_are_one() -> None:
    assert measures([], []).b_cubed.f1 == 1.0


def test_no_pair_right_is_zero() -> None:
    assert measures([1, 1], ["a", "b"]).groups.f1 == 0.0


def test_three_rows_said_to_be_one_two_by_two_are_one() -> None:
    found = group_rows(
        3,
        links("""
        l | r | chance | said
        --+---+--------+-------
        0 | 1 | 0.1    | always
        1 | 2 | 0.1    | always
        0 | 2 | 0.1    | always
        """),
    )
    assert found.group.tolist() == [0, 0, 0]


def test_one_person_alone_is_a_household() -> None:
    person = np.array([0, 0, 2])
    one = links("""
        l | r | chance
        --+---+-------
        0 | 1 | 0.9
        """)
    assert group_households(person, one, one.chance).tolist() == [0, 0, 2]
