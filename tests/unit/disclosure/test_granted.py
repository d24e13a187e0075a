"""Released sums beside exact figures that an owner granted: no third organization is closed in on, alone or by two."""

from dataclasses import replace

import numpy as np
from scipy.optimize import linprog

from publicc.disclosure.granted import Knower, audit_granted
from publicc.disclosure.policy import MoneyRules
from publicc.disclosure.protection import protect_sums
from publicc.disclosure.tables import Dimension, Table, membership_table
from publicc.kernel.cells import Shown

MONEY = MoneyRules()
PUBLIC = MoneyRules(p=0.20, coalition=2)


def houses(seed: int, n: int = 24) -> tuple[Table, np.ndarray]:
    """Organizations of two regions and three disciplines, a few large, most small."""
    chance = np.random.default_rng(seed)
    places, arts = ("06", "03"), ("DANCE", "MUSIC", "THEATRE")
    members = {
        f"house-{at:02}": {"place": places[chance.integers(2)], "art": arts[chance.integers(3)]} for at in range(n)
    }
    table = membership_table((Dimension("place", places), Dimension("art", arts)), members)
    return table, np.round(chance.lognormal(11, 1.2, n), 2)


def out_of(table: Table, amounts: np.ndarray, rules: MoneyRules, knowers: tuple[Knower, ...]) -> list[int]:
    cells = protect_sums(table, amounts, rules, knowers=knowers).cells
    return [at for at, cell in enumerate(cells) if isinstance(cell, Shown)]


def partners(amounts: np.ndarray, seed: int) -> tuple[Knower, ...]:
    """A producer that three houses told most of their revenue, and a house that two others told all of it."""
    chance = np.random.default_rng(seed)
    told, whole = chance.choice(len(amounts), 3, replace=False), chance.choice(len(amounts) - 1, 2, replace=False)
    some, every = np.zeros(len(amounts)), np.zeros(len(amounts))
    some[told], every[whole] = 0.9 * amounts[told], amounts[whole]
    return Knower(None, some), Knower(len(amounts) - 1, every)


def test_a_release_made_with_what_partners_know_holds_against_them_and_against_two_together() -> None:
    for seed in range(3):
        table, amounts = houses(seed)
        knowers = partners(amounts, seed)
        for rules in (MONEY, PUBLIC):
            out = out_of(table, amounts, rules, knowers)
            found = audit_granted(table.matrix, out, amounts, rules, knowers)
            assert out
            assert found.run > 2 * len(amounts)
            assert (found.exact, found.within) == (0, 0)


def test_an_attack_written_apart_finds_nobody_either() -> None:
    """Smallest and largest amount of every third house, for each partner and for both together."""
    table, amounts = houses(1)
    knowers = partners(amounts, 1)
    out = out_of(table, amounts, MONEY, knowers)
    rows, totals = table.matrix[out].astype(float), table.matrix[out] @ amounts
    half = 10.0 ** (np.floor(np.log10(totals)) - 2) / 2
    limits = np.concatenate(
        (np.round(totals / half / 2) * 2 * half + half, half - np.round(totals / half / 2) * 2 * half)
    )
    for told in ((knowers[0],), (knowers[1],), knowers):
        floor = np.max([one.least for one in told], axis=0)
        roof = np.full(len(amounts), np.inf)
        if knowers[1] in told:
            floor[-1] = roof[-1] = amounts[-1]
        for unit in np.flatnonzero(floor == 0):
            wanted = np.eye(len(amounts))[unit]
            ends = [
                linprog(
                    sign * wanted, A_ub=np.vstack((rows, -rows)), b_ub=limits, bounds=np.column_stack((floor, roof))
                )
                for sign in (1, -1)
            ]
            least = ends[0].fun
            most = -ends[1].fun if ends[1].status == 0 else np.inf
            assert most - least > 1.0, "found exactly"
            assert len(told) > 1 or (least <= 0.85 * amounts[unit] + 1 and most >= 1.15 * amounts[unit] - 1)


def test_the_attack_is_alive_where_the_rules_are_too_weak() -> None:
    matrix = np.ones((1, 3), dtype=np.int64)
    amounts = np.array([500.0, 300.0, 200.0])
    told = Knower(None, np.array([500.0, 300.0, 0.0]))
    assert audit_granted(matrix, [0], amounts, replace(MONEY, sum_digits=6), (told,)).within > 0
    alone = Knower(0, np.zeros(3))
    other = Knower(None, np.array([0.0, 300.0, 0.0]))
    pair = audit_granted(matrix, [0], amounts, replace(MONEY, sum_digits=6, coalition=2), (alone, other))
    assert pair.within > 0, "a member and a partner who put together what they know"
    assert audit_granted(matrix, [], amounts, MONEY, (told, alone, other)).within == 0
    assert audit_granted(matrix, [0], amounts, MONEY, ()).run == 0
