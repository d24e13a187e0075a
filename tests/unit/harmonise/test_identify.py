"""Ids of groups from one harmonisation to the next."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publicc.harmonise.identify import _refuse_shared, assign_ids
from publicc.kernel.blind import BlindKey, blinded
from publicc.kernel.errors import Broken

KEY = BlindKey(b"k" * 32)
CONNECTION = duckdb.connect(config={"threads": 1})
Former = dict[str, str]


def named(
    groups: dict[str, int], former: Former | None = None, seen: dict[str, int] | None = None
) -> tuple[Former, list[tuple[str, str, str]]]:
    """Customer → id, and the history, for customers in numbered groups; `seen`: day of first appearance."""
    with CONNECTION.cursor() as connection:
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE members (organization VARCHAR, source VARCHAR, customer_key VARCHAR, "
            "group_no BIGINT, first_seen_at TIMESTAMP, former_id VARCHAR)"
        )
        connection.executemany(
            "INSERT INTO members VALUES ('opera', 'box', ?, ?, ?, ?)",
            [
                [customer, group, f"2020-01-{(seen or {}).get(customer, 1):02}", (former or {}).get(customer)]
                for customer, group in groups.items()
            ],
        )
        assign_ids(connection, "members", key=KEY, purpose="buyer", into="ids")
        ids = dict(connection.execute("SELECT customer_key, id FROM ids").fetchall())
        return ids, connection.execute("SELECT event, former_id, id FROM ids_history ORDER BY ALL").fetchall()


def own(customer: str) -> str:
    return blinded(KEY, "buyer", "opera", "box", customer)


def test_a_group_is_named_after_its_first_customer() -> None:
    ids, history = named({"b": 1, "a": 1, "c": 2})
    assert ids == {"a": own("a"), "b": own("a"), "c": own("c")}
    assert history == []


def test_who_appeared_first_is_the_anchor_whatever_the_codes() -> None:
    ids, _ = named({"a": 1, "z": 1}, seen={"a": 9, "z": 1})
    assert ids["a"] == own("z")


def test_new_customers_join_without_changing_the_id() -> None:
    former, _ = named({"m": 1})
    ids, history = named({"m": 1, "a": 1}, former, seen={"a": 5})
    assert ids == {"m": own("m"), "a": own("m")}
    assert history == []


def test_numbers_of_groups_mean_nothing() -> None:
    former, _ = named({"a": 1, "b": 2})
    assert named({"a": 77, "b": 3}, former)[0] == former


def test_when_two_groups_merge_the_earlier_anchor_survives() -> None:
    former, _ = named({"a": 1, "b": 2})
    ids, history = named({"a": 1, "b": 1}, former)
    assert set(ids.values()) == {own("a")}
    assert history == [("MERGED", own("b"), own("a"))]


def test_when_a_group_splits_the_anchor_keeps_the_id() -> None:
    former, _ = named({"a": 1, "b": 1, "c": 1})
    ids, history = named({"a": 1, "b": 2, "c": 2}, former)
    assert ids == {"a": own("a"), "b": own("b"), "c": own("b")}
    assert history == [("SPLIT", own("a"), own("b"))]


def test_when_the_anchor_is_gone_the_id_stays_with_most_of_its_group() -> None:
    former, _ = named({"a": 1, "b": 1, "c": 1, "d": 1})
    without = {customer: former[customer] for customer in "bcd"}
    ids, _ = named({"b": 1, "c": 2, "d": 2}, without)
    assert ids == {"b": own("b"), "c": own("a"), "d": own("a")}


def test_an_anchor_that_comes_back_takes_its_id_back() -> None:
    former, _ = named({"a": 1, "b": 1})
    alone, _ = named({"b": 1}, {"b": former["b"]})
    assert alone == {"b": own("a")}
    ids, _ = named({"a": 1, "b": 2}, {"a": own("a"), "b": own("a")})
    assert ids == {"a": own("a"), "b": own("b")}


def test_an_id_that_was_taken_over_is_never_given_twice() -> None:
    # b's own id is still held by c, whose anchor b was; b itself now starts anew without being known.
    ids, _ = named({"b": 1, "c": 2, "d": 2}, {"c": own("b"), "d": own("b")})
    assert ids["c"] == ids["d"]
    assert ids["b"] != ids["c"]


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.dictionaries(st.sampled_from("abcdefg"), st.integers(1, 4), min_size=1), st.booleans()),
        min_size=1,
        max_size=5,
    )
)
def test_whatever_happens_groups_and_ids_agree_and_reruns_change_nothing(
    runs: list[tuple[dict[str, int], bool]],
) -> None:
    former: Former = {}
    seen: dict[str, int] = {}
    for day, (groups, forget) in enumerate(runs, 1):
        for customer in groups:
            seen.setdefault(customer, day)
        ids, _ = named(groups, former, seen)
        assert len({(groups[c], ids[c]) for c in groups}) == len(set(groups.values())) == len(set(ids.values()))
        again, history = named(dict(reversed(groups.items())), former | ids, seen)
        assert again == ids
        assert history == []
        former = ids if forget else former | ids


def test_two_groups_under_one_id_are_refused() -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE TEMP TABLE _ids_chosen AS SELECT * FROM (VALUES (1, 'x'), (2, 'x')) t(group_no, id)")
        with pytest.raises(Broken, match="same id"):
            _refuse_shared(connection)
