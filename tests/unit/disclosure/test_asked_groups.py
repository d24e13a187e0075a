"""Groups of peers that a member asks for: a shopper, alone or with friends, year after year, corners nobody.

The attacks (`tests/attacks.py`) import nothing of the engine; where the rule is left out they must succeed.
"""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from publicc.disclosure.custom import Asked, Verdict, compare_asked, judged
from publicc.disclosure.policy import DEFAULT_POLICY, GroupRules, ReleaseRefused, check_floor
from publicc.kernel.cells import Shown, Withheld
from tests.attacks import cornered, near_groups

RULES = (DEFAULT_POLICY.money, DEFAULT_POLICY.groups)
HOUSES = [f"house-{at:02}" for at in range(24)]
WHOLE = frozenset(HOUSES)
EAST = frozenset(HOUSES[:12])
STANDING = [WHOLE, EAST, WHOLE - EAST]


def bought(shopper: str, seed: int, tries: int = 120, *, alone: frozenset[str] = frozenset()) -> list[frozenset[str]]:
    """Every group the shopper is given: half are near-copies of what it holds, the best way to corner somebody."""
    chance, held = np.random.default_rng(seed), list(STANDING)
    for at in range(tries):
        if at % 2:
            base, how_many = held[int(chance.integers(len(held)))], int(chance.integers(1, 5))
            moved = frozenset(chance.choice(HOUSES, size=how_many, replace=False).tolist())
            asked = base ^ moved
        else:
            size = int(chance.integers(6, 20))
            asked = frozenset(chance.choice(HOUSES, size=size, replace=False).tolist())
        asked = asked - {shopper} - alone
        if judged(asked, held, RULES, shopper) is Verdict.PERMITTED:
            held.append(asked)
    return held


@pytest.mark.parametrize("seed", range(3))
def test_a_shopper_is_given_groups_and_corners_nobody(seed: int) -> None:
    held = bought("house-03", seed)
    assert len(held) > len(STANDING)
    assert not near_groups(held, "house-03")
    assert cornered(held, ["house-03"]) == set()


@pytest.mark.parametrize("seed", range(2))
def test_two_friends_who_put_their_groups_together_corner_nobody(seed: int) -> None:
    held = bought("house-03", seed, tries=60)
    for friend in HOUSES[:4]:
        assert cornered(held, ["house-03", friend]) <= {"house-03", friend}


def test_the_whole_but_one_or_two_is_refused_and_so_is_its_complement() -> None:
    for gone in itertools.chain(itertools.combinations(HOUSES[1:5], 1), itertools.combinations(HOUSES[1:5], 2)):
        assert judged(WHOLE - set(gone), STANDING, RULES, "house-00") is Verdict.TOO_CLOSE
    assert judged(EAST - {"house-01"}, STANDING, RULES, "house-00") is Verdict.TOO_CLOSE
    near_complement = (WHOLE - EAST) | {"house-02"}
    assert judged(near_complement, STANDING, RULES, "house-00") is Verdict.TOO_CLOSE


def test_two_groups_that_give_a_third_by_subtraction_are_not_both_given() -> None:
    """East and the asked group overlap; what is common to both, found by adding and taking away, must be large."""
    first = frozenset(HOUSES[1:10])
    assert judged(first, [WHOLE], RULES, "house-00") is Verdict.PERMITTED
    assert judged(first ^ {"house-01", "house-11"}, [WHOLE, first], RULES, "house-00") is Verdict.TOO_CLOSE


def test_without_the_rule_shopping_pays() -> None:
    careless = [*STANDING, WHOLE - {"house-05"}]
    assert near_groups(careless, "house-00")
    assert cornered(careless, []) == {"house-05"}


@pytest.mark.parametrize(("others", "verdict"), [(7, Verdict.TOO_FEW), (8, Verdict.PERMITTED)])
def test_eight_others_are_needed_and_the_asker_is_not_one(others: int, verdict: Verdict) -> None:
    asked = frozenset(HOUSES[: others + 1])
    assert judged(asked, [WHOLE], RULES, "house-00") is verdict


def test_a_group_is_shown_by_who_votes_whatever_their_figures() -> None:
    row = np.array([[1] * 24], dtype=np.int64)
    asked = [Asked("g", "house-00", frozenset(range(1, 11))), Asked("h", "house-00", frozenset(range(1, 10)))]
    decided = set()
    for values in (range(24), [0.0] * 24, [1e9 if at == 3 else 1.0 for at in range(24)]):
        told = compare_asked(asked, dict(enumerate(map(float, values))), RULES, row)
        decided.add(tuple(told.kept.items()))
        assert all(isinstance(cell, Shown) and cell.n == 10 for cell in told.cells["g"].values())
        assert all(isinstance(cell, Withheld) for cell in told.cells["h"].values()), "one fewer than the other"
    assert len(decided) == 1
    few = compare_asked(asked, dict.fromkeys(range(8), 1.0), RULES, row)
    assert few.kept == {}


def test_a_policy_that_gives_more_groups_or_smaller_ones_is_refused() -> None:
    for lax in (GroupRules(others=7), GroupRules(a_year=4)):
        with pytest.raises(ReleaseRefused, match="laxer"):
            check_floor(replace(DEFAULT_POLICY, groups=lax))
