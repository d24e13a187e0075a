"""Each rule on tables small enough to work by hand."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from scipy.stats.mstats import hdquantiles

from publicc.disclosure.audit_money import audit_money
from publicc.disclosure.audit_persons import audit_persons
from publicc.disclosure.elimination import publishable
from publicc.disclosure.groups import standing_groups, voting_panel
from publicc.disclosure.isolation import isolated_units
from publicc.disclosure.outsider import attack_counts, attack_sums
from publicc.disclosure.policy import DEFAULT_POLICY, MoneyRules, PersonRules, Policy, ReleaseRefused, check_floor
from publicc.disclosure.polytope import Polytope
from publicc.disclosure.quantiles import harrell_davis
from publicc.disclosure.rounding import count_interval, rounded_count, significant, significant_interval
from publicc.disclosure.rules import PersonUnits, safe_money_cells, safe_person_cells
from publicc.disclosure.seal import Signer, seal_holds, sealed
from publicc.disclosure.tables import Dimension, membership_table, partition_table

MONEY, PERSONS = DEFAULT_POLICY.money, DEFAULT_POLICY.persons
ONE = np.ones((1, 1), dtype=np.int64)


def alone(*by_org: int) -> PersonUnits:
    """One cell; each organization knows persons that no other knows."""
    counts = np.array(by_org, dtype=np.int64)
    pairs = np.diag(counts)[:, :, None]
    return PersonUnits(counts.sum(keepdims=True), counts[:, None], pairs)


@pytest.mark.parametrize(
    ("by_org", "safe"),
    [
        ((4, 3, 3, 4), True),
        ((4, 3, 3, 3), False),  # the first sees nine others
        ((10, 10, 10), False),  # each sees two other organizations
        ((1, 1, 1, 97), False),  # one of them is nearly all
        ((10, 10, 10, 10), True),
        ((), False),
    ],
)
def test_a_cell_of_persons_needs_enough_others_of_enough_houses(by_org: tuple[int, ...], safe: bool) -> None:
    assert safe_person_cells(ONE, alone(*by_org), PERSONS).tolist() == [safe]


@pytest.mark.parametrize(
    ("amounts", "safe"),
    [
        ((10, 10, 10, 10, 10, 10), True),
        ((10, 10, 10, 10, 10), False),  # five in all are four others
        ((100, 40, 5, 5, 4, 0), False),  # the second closes in on the first: 14 is under 15 % of 100
        ((100, 90, 5, 5, 5, 0), True),
        ((100, 50, 20, 10, 10, 5), False),  # one is more than half
        ((0, 0, 0, 0, 0, 0), False),
    ],
)
def test_a_sum_needs_enough_houses_and_no_giant(amounts: tuple[float, ...], safe: bool) -> None:
    row = np.ones((1, len(amounts)), dtype=np.int64)
    assert safe_money_cells(row, np.array(amounts, dtype=float), MONEY).tolist() == [safe]


def test_elimination_on_a_square_with_margins() -> None:
    table = partition_table([Dimension("a", ("1", "2")), Dimension("b", ("1", "2"))])
    safe = np.ones(len(table.cells), dtype=bool)
    hidden = table.cells.index((("a", "1"), ("b", "1")))
    safe[hidden] = False
    out = publishable(table.matrix, table.matrix[[hidden]], table.order(), safe)
    assert [table.cells[cell] for cell in out] == [
        (), (("a", "1"),), (("a", "2"),), (("b", "1"),), (("b", "2"),),
    ]  # fmt: skip


def test_elimination_publishes_everything_when_nothing_is_hidden() -> None:
    table = partition_table([Dimension("a", ("1", "2"))])
    none = table.matrix[:0]
    assert publishable(table.matrix, none, table.order(), np.ones(3, dtype=bool)) == [0, 1, 2]


def test_disagreement_of_the_two_primes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publicc.disclosure.elimination.PRIMES", (2_147_483_647, 2))
    matrix = np.array([[2, 0], [0, 1]], dtype=np.int64)
    with pytest.raises(ReleaseRefused, match="disagree"):
        publishable(matrix, np.array([[1, 0]]), [0, 1], np.ones(2, dtype=bool))


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (2, 0), (3, 5), (7, 5), (8, 10), (12, 10), (13, 15)])
def test_counts_go_to_the_nearest_five(count: int, shown: int) -> None:
    assert rounded_count(count, 5) == shown
    low, high = count_interval(shown, 5)
    assert low <= count <= high


@pytest.mark.parametrize(
    ("value", "shown"), [("0", "0"), ("1234567", "1230000"), ("999.6", "1000"), ("0.045678", "0.0457")]
)
def test_sums_keep_three_digits(value: str, shown: str) -> None:
    assert significant(Decimal(value), 3) == Decimal(shown)
    low, high = significant_interval(Decimal(shown), 3)
    assert low <= Decimal(value) <= high


def test_just_under_a_power_of_ten_rounding_is_finer() -> None:
    assert significant_interval(Decimal(1000), 3) == (Decimal("999.5"), Decimal(1005))


def test_harrell_davis_is_scipys() -> None:
    chance = np.random.default_rng(0)
    for n in range(6, 51):
        values = chance.lognormal(3, 1, n)
        for q in (0.25, 0.5, 0.75):
            assert harrell_davis(values.tolist(), q) == pytest.approx(float(hdquantiles(values, [q])[0]), abs=1e-9)


def test_two_cells_that_differ_by_one_house_isolate_it() -> None:
    matrix = np.array([[1, 1, 1, 1], [1, 1, 1, 0]], dtype=np.int64)
    assert isolated_units(matrix, [0, 1], coalition=0) == {3}
    assert isolated_units(matrix, [0], coalition=2) == set()
    assert isolated_units(matrix, [1], coalition=2) == {0, 1, 2}
    assert isolated_units(matrix, []) == set()


def test_groups_differ_by_none_or_by_more_than_the_overlap() -> None:
    rows = [[1] * 14, [1] * 12 + [0] * 2, [1] * 8 + [0] * 6, [1] * 3 + [0] * 11]
    assert standing_groups(np.array(rows, dtype=np.int64), [0, 1, 2, 3], MONEY) == [0, 2]


def test_a_group_that_would_isolate_somebody_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publicc.disclosure.groups.isolated_units", lambda _, out: {1} if out else set())
    assert standing_groups(np.ones((1, 9), dtype=np.int64), [0], MONEY) == []


def test_the_audit_of_persons_finds_what_is_exact() -> None:
    table = partition_table([Dimension("a", ("1", "2"))])
    units = PersonUnits(np.array([30, 4]), np.array([[10, 0], [20, 4]]), np.zeros((2, 2, 2), dtype=np.int64))
    tally = audit_persons(table.matrix, [0, 1], units, replace(PERSONS, width=20))
    assert tally.within > 0
    assert {success.target for success in tally.successes} == {2}
    unrounded = replace(PERSONS, width=1, round_to=1)
    assert audit_persons(table.matrix, [0, 1], units, unrounded).exact > 0


def test_the_audit_of_money_finds_giants_and_pairs() -> None:
    matrix = np.array([[1, 1], [1, 0]], dtype=np.int64)
    assert audit_money(matrix, [0, 1], np.array([50.0, 30.0]), MONEY).within > 0
    pair = np.ones((1, 2), dtype=np.int64)
    found = audit_money(pair, [0], np.array([50.0, 30.0]), MONEY)
    assert {(success.attacker, success.target) for success in found.successes} == {(1, 0)}
    assert audit_money(pair, [], np.array([50.0, 30.0]), MONEY).within == 0


def test_a_house_without_revenue_must_not_be_known_to_have_none() -> None:
    matrix = np.array([[1, 1, 1], [1, 1, 0]], dtype=np.int64)
    assert audit_money(matrix, [0, 1], np.array([50.0, 30.0, 0.0]), MONEY).within > 0


def test_a_contradiction_is_refused() -> None:
    row = np.ones((1, 1), dtype=np.int64)
    with pytest.raises(ReleaseRefused, match="no solution"):
        Polytope.of(row, np.array([5.0]), np.array([4.0])).extreme(row[0], "most")


def test_what_nothing_bounds_is_unbounded() -> None:
    rows = np.array([[1, 0]], dtype=np.int64)
    view = Polytope.of(rows, np.array([4.0]), np.array([5.0]))
    assert view.extreme(np.array([1, 1]), "most") == np.inf
    assert view.extreme(np.array([0, 1]), "most") == np.inf
    assert view.extreme(np.array([0, 1]), "least") == 0


def test_anyone_can_attack_from_the_published_cells_alone() -> None:
    table = partition_table([Dimension("a", ("1", "2"))])
    assert attack_counts(table, {0: 100, 1: 90}, PERSONS).within == 0
    assert attack_counts(table, {0: 100, 1: 90}, replace(PERSONS, width=9)).within == 1
    assert attack_counts(table, {0: 100, 1: 90}, replace(PERSONS, round_to=1, width=5)).exact == 1
    houses = membership_table([Dimension("a", ("1", "2"))], {"x": {"a": "1"}, "y": {"a": "2"}})
    assert attack_sums(houses, {}, MONEY).within == 0
    assert attack_sums(houses, {0: Decimal(300), 1: Decimal(100)}, MONEY).within == 2


def test_a_value_outside_the_catalogue_is_refused() -> None:
    with pytest.raises(ReleaseRefused, match="catalogue"):
        membership_table([Dimension("a", ("1",))], {"x": {"a": "9"}})


@pytest.mark.parametrize(
    "policy",
    [
        Policy(persons=PersonRules(k=9)),
        Policy(persons=PersonRules(max_org_share=0.9)),
        Policy(persons=PersonRules(round_to=3)),
        Policy(money=MoneyRules(sum_digits=4)),
        Policy(money=MoneyRules(p=0.1)),
    ],
)
def test_a_policy_under_the_floor_is_refused(policy: Policy) -> None:
    with pytest.raises(ReleaseRefused):
        check_floor(policy)


def test_a_stricter_policy_is_accepted_and_has_its_own_digest() -> None:
    strict = Policy(persons=PersonRules(k=20, round_to=10))
    check_floor(strict)
    assert strict.digest() != DEFAULT_POLICY.digest()


def test_a_seal_breaks_with_one_letter_and_with_another_key() -> None:
    signer = Signer("Pôle", Ed25519PrivateKey.from_private_bytes(bytes(32)))
    other = Signer("Autre", Ed25519PrivateKey.from_private_bytes(bytes([1] * 32)))
    told = sealed({"cells": 3}, signer)
    assert seal_holds(told)
    assert seal_holds(told, public_key=signer.public_key())
    assert not seal_holds(told, public_key=other.public_key())
    assert not seal_holds({**told, "cells": 4})
    assert not seal_holds({"cells": 3})
    assert not seal_holds({**told, "signature": "?"})


HOUSES = frozenset(f"h{at:02}" for at in range(12))


def test_one_or_two_newcomers_wait_for_a_fourth() -> None:
    for more, joined in ((1, 0), (3, 0), (4, 4)):
        eligible = HOUSES | {f"new{at}" for at in range(more)}
        assert len(voting_panel(eligible, [HOUSES], MONEY)) == 12 + joined


def test_when_one_leaves_others_step_aside_and_always_the_same() -> None:
    left = HOUSES - {"h03"}
    panel = voting_panel(left, [HOUSES], MONEY)
    assert len(HOUSES - panel) == MONEY.overlap + 1
    assert panel == voting_panel(sorted(left, reverse=True), [sorted(HOUSES)], MONEY)
    assert voting_panel(left, [HOUSES, panel], MONEY) == panel


def test_a_panel_of_the_past_that_showed_nothing_holds_nobody_back() -> None:
    assert voting_panel(HOUSES, [sorted(HOUSES)[:5]], MONEY) == HOUSES


def test_a_group_seen_earlier_keeps_a_near_one_away() -> None:
    matrix = np.array([[1] * 12, [1] * 11 + [0]], dtype=np.int64)
    assert standing_groups(matrix[1:], [0], MONEY) == [0]
    assert standing_groups(matrix[1:], [0], MONEY, matrix[:1]) == []
    assert standing_groups(matrix[:1], [0], MONEY, matrix[:1]) == [0]


def test_two_members_together_are_attacked_where_the_rules_ask_for_it() -> None:
    amounts = np.array([100.0, 90.0, 80.0, 60.0, 50.0, 40.0, 30.0, 20.0])
    matrix = np.ones((1, 8), dtype=np.int64)
    alone = audit_money(matrix, [0], amounts, replace(MONEY, sum_digits=6))
    two = audit_money(matrix, [0], amounts, replace(MONEY, sum_digits=6, coalition=2))
    assert two.run > alone.run
    near = np.array([1000.0, 300.0, 80.0, 6.0, 5.0, 4.0, 3.0, 2.0])
    assert audit_money(matrix, [0], near, replace(MONEY, coalition=2)).within > 0
