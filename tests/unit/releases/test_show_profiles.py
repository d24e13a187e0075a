"""Profiles and who came, told of the same people: an attack on both tables at once finds no small group."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from publicc.disclosure.policy import PersonRules
from publicc.disclosure.tables import Dimension, partition_table
from publicc.kernel.cells import Shown
from publicc.releases.shows import BANDS, audience_table, protected_alone, units_of

RULES = PersonRules()
PROFILES = ("faithful", "curious", "family", "rare", "UNDETERMINED")
MEMBERS = ("sud", "ouest", "est")
WHO = audience_table()
WHICH = partition_table((Dimension("profile", PROFILES),))
FINEST = [(*dict(unit).values(), profile) for unit in WHO.units for profile in PROFILES]
"""Arrival × distance × profile: what an attacker who puts both tables together reasons over."""


def crowd(seed: int) -> list[tuple[str, str, str, str, list[str]]]:
    """Arrival, distance, profile, person, who else knows them: few of the rare profile, a member that knows many."""
    chance = np.random.default_rng(seed)
    arrivals = sorted({unit[0][1] for unit in WHO.units})
    return [
        (
            str(chance.choice(arrivals)), str(chance.choice(BANDS)),
            str(chance.choice(PROFILES, p=(0.45, 0.25, 0.15, 0.05, 0.10))), f"p{n}",
            [one for one, share in zip(MEMBERS, (0.5, 0.2, 0.05), strict=True) if chance.random() < share],
        )
        for n in range(int(chance.integers(60, 160)))
    ]  # fmt: skip


def published(people: list[tuple[str, str, str, str, list[str]]]) -> list[tuple[np.ndarray, int]]:
    """Every count that both tables tell, as a row over the finest units and its rounded value."""
    who = protected_alone(WHO, units_of(WHO, [(a, b, p, o) for a, b, _, p, o in people]), RULES)
    which = protected_alone(WHICH, units_of(WHICH, [(one[2], *one[3:]) for one in people]), RULES)
    wide = np.repeat(WHO.matrix, len(PROFILES), axis=1)
    deep = np.tile(WHICH.matrix, (1, len(WHO.units)))
    rows = [*zip(wide, who.values(), strict=True), *zip(deep, which.values(), strict=True)]
    return [(row, int(cell.value)) for row, cell in rows if isinstance(cell, Shown)]


def small_groups(people: list[tuple[str, str, str, str, list[str]]]) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """Each profile of which someone knows all but fewer than ten people: who, what they know, and the profile's row."""
    place = {unit: at for at, unit in enumerate(FINEST)}
    for who, profile in product(("an outsider", *MEMBERS), PROFILES):
        known = np.zeros(len(FINEST))
        for arrival, band, its, _, others in people:
            known[place[arrival, band, its]] += who in others
        row = np.array([unit[2] == profile for unit in FINEST], dtype=float)
        others = sum(one[2] == profile for one in people) - known @ row
        if others < RULES.k:
            yield f"{who} about {profile}", known, row


def believed(rows: list[tuple[np.ndarray, int]], known: np.ndarray, target: np.ndarray, off: int = 2) -> float:
    """How many whole numbers the target may be. `off`: how much rounding hides."""
    matrix = np.array([row for row, _ in rows], dtype=float).reshape(-1, len(FINEST))
    told = np.array([value for _, value in rows], dtype=float)
    limits = {"A_ub": np.vstack((matrix, -matrix)), "b_ub": np.concatenate((told + off, off - told))} if rows else {}
    ends = [linprog(sign * target, bounds=[(low, None) for low in known], **limits) for sign in (1, -1)]
    return float("inf") if ends[1].status == 3 else -ends[1].fun - ends[0].fun


@pytest.mark.parametrize("seed", range(4))
def test_no_profile_of_few_others_is_found_with_both_tables(seed: int) -> None:
    people = crowd(seed)
    rows, tried = published(people), 0
    assert len(rows) > 4
    for name, known, target in small_groups(people):
        assert believed(rows, known, target) >= RULES.width - 1e-6, name
        tried += 1
    assert tried


def test_the_attack_is_alive_where_a_threshold_alone_protects() -> None:
    people = crowd(0)
    counts = {profile: sum(one[2] == profile for one in people) for profile in PROFILES}
    rows = [
        (np.array([unit[2] == profile for unit in FINEST], dtype=float), n)
        for profile, n in counts.items()
        if n >= RULES.k
    ]
    rows.append((np.ones(len(FINEST)), len(people)))
    assert len(rows) == len(PROFILES), "one is withheld, and nothing beside it"
    assert min(believed(rows, known, target, off=0) for _, known, target in small_groups(people)) == 0
