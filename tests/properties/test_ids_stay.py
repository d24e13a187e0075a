"""Ids of groups, at scale and whatever happens: re-deposits, added rows, other groupings, organizations that go."""

from collections import Counter
from itertools import pairwise

import duckdb
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from publicc.harmonise.identify import assign_ids
from publicc.kernel.blind import BlindKey

KEY = BlindKey(b"k" * 32)
Group = dict[str, int]
Ids = dict[str, str]
History = list[tuple[str, str, str]]

CODES = [f"{slug}/{n}" for slug in ("opera", "ballet", "cirque") for n in range(5)]
GROUPINGS = st.dictionaries(st.sampled_from(CODES), st.integers(0, 6), min_size=1)


def named(groups: Group, former: Ids, seen: dict[str, int], *, backwards: bool = False) -> tuple[Ids, History]:
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute(
            """CREATE TABLE members (organization VARCHAR, source VARCHAR, customer_key VARCHAR, group_no BIGINT,
            first_seen_at TIMESTAMP, former_id VARCHAR)"""
        )
        rows = [
            [*code.split("/"), group, f"2020-01-{seen.get(code, 1):02}", former.get(code)]
            for code, group in groups.items()
        ]
        connection.executemany(
            "INSERT INTO members SELECT $1, 'box', $2, $3, $4, $5", rows[::-1] if backwards else rows
        )
        assign_ids(connection, "members", key=KEY, purpose="person", into="ids")
        ids = connection.execute("SELECT organization || '/' || customer_key, id FROM ids").fetchall()
        return dict(ids), connection.execute("SELECT event, former_id, id FROM ids_history ORDER BY ALL").fetchall()


@settings(max_examples=25, deadline=None)
@given(GROUPINGS, GROUPINGS)
def test_rows_added_to_groups_or_beside_them_change_no_id(first: Group, added: Group) -> None:
    before, _ = named(first, {}, dict.fromkeys(first, 1))
    free = {code: group for code, group in added.items() if code not in first}
    seen = dict.fromkeys(first, 1) | dict.fromkeys(free, 2)
    after, history = named(first | free, before, seen)
    assert {code: after[code] for code in first} == before
    assert history == []


@settings(max_examples=25, deadline=None)
@given(GROUPINGS, GROUPINGS)
def test_the_order_of_rows_changes_nothing(first: Group, second: Group) -> None:
    seen = {code: 1 + n % 9 for n, code in enumerate(sorted(first | second))}
    before, _ = named(first, {}, seen)
    assert named(second, before, seen) == named(second, before, seen, backwards=True)


@settings(max_examples=25, deadline=None)
@given(GROUPINGS, GROUPINGS)
def test_every_id_that_a_row_loses_is_told_as_a_merge_or_a_split(first: Group, second: Group) -> None:
    seen = dict.fromkeys(first | second, 1)
    before, _ = named(first, {}, seen)
    after, history = named(second, before, seen)
    told = {(former, now) for _, former, now in history}
    moved = {(before[code], after[code]) for code in second if code in before and before[code] != after[code]}
    assert moved == told
    kept = {code: after[code] for code in second} | {c: i for c, i in before.items() if c not in second}
    again, nothing = named(second, kept, seen)
    assert (again, nothing) == (after, [])


@settings(max_examples=25, deadline=None)
@given(GROUPINGS)
def test_an_organization_that_withdraws_takes_no_id_of_the_others_along(groups: Group) -> None:
    seen = {code: 1 + n % 5 for n, code in enumerate(sorted(groups))}
    before, _ = named(groups, {}, seen)
    left = {code: group for code, group in groups.items() if not code.startswith("opera/")}
    assume(left)
    after, history = named(left, before, seen)
    assert after == {code: before[code] for code in left}
    assert history == []
    back, history = named(groups, before, seen)
    assert (back, history) == (before, [])


def test_a_hundred_thousand_codes_through_five_regroupings() -> None:
    """Each run moves one code in a hundred, adds some, and loses some: ids and groups agree, and most ids stay."""
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute(
            """CREATE TABLE state AS SELECT 'o' || n % 7 AS organization, 'box' AS source, n::VARCHAR AS customer_key,
            n // 3 AS group_no, TIMESTAMP '2020-01-01' AS first_seen_at, NULL::VARCHAR AS former_id
            FROM range(100000) t(n)"""
        )
        ids = []
        for run in range(5):
            assign_ids(connection, "state", key=KEY, purpose="person", into="ids")
            assert connection.execute(
                "SELECT count(DISTINCT id) = count(DISTINCT group_no), count(DISTINCT (id, group_no)) = count(DISTINCT id) "
                "FROM ids"
            ).fetchone() == (True, True)
            ids.append(dict(connection.execute("SELECT organization || customer_key, id FROM ids").fetchall()))
            moved, told = (
                Counter(connection.execute(query).fetchall())
                for query in (
                    "SELECT DISTINCT former_id, id FROM ids WHERE former_id IS NOT NULL AND former_id <> id",
                    "SELECT former_id, id FROM ids_history",
                )
            )
            assert moved == told
            connection.execute(
                f"""CREATE OR REPLACE TABLE state AS
                SELECT organization, source, customer_key,
                    CASE WHEN hash(customer_key, {run}) % 100 = 0 THEN group_no + 1 ELSE group_no END AS group_no,
                    first_seen_at, id AS former_id
                FROM ids JOIN state USING (organization, source, customer_key, group_no)
                WHERE hash(customer_key, {run}) % 1000 <> 1
                UNION ALL SELECT 'o' || n % 7, 'box', 'n' || {run} || '-' || n, n // 3, TIMESTAMP '2020-02-01', NULL
                FROM range({run}, 30000, 30) t(n)"""
            )
    for before, after in pairwise(ids):
        stayed = [after[code] == former for code, former in before.items() if code in after]
        assert sum(stayed) / len(stayed) > 0.97
