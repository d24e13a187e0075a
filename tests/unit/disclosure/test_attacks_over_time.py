"""What a patient member tries: sybils, shopping among groups, release after release, alone or with a friend.

The attacks (`tests/attacks.py`) import nothing of the engine; where a rule is left out they must succeed.
"""

import itertools

import numpy as np
import pytest

from publicc.disclosure.comparison import compare
from publicc.disclosure.groups import voting_panel
from publicc.disclosure.policy import DEFAULT_POLICY, MoneyRules
from publicc.disclosure.rules import PersonUnits, safe_person_cells
from publicc.disclosure.tables import Dimension, membership_table, partition_table
from publicc.kernel.cells import Shown
from tests.attacks import cornered, near_groups

MONEY, PERSONS = DEFAULT_POLICY.money, DEFAULT_POLICY.persons
CUTS = [Dimension("region", ("01", "02", "03")), Dimension("art", ("DANCE", "THEATRE")), Dimension("size", ("S", "M"))]
RELEASES = 8


def lives(seed: int, n: int = 30) -> list[dict[str, dict[str, str]]]:
    """Members of eight releases in a row: each time somebody may come, somebody may go."""
    chance = np.random.default_rng(seed)

    def drawn() -> dict[str, str]:
        return {cut.name: str(chance.choice(cut.values)) for cut in CUTS}

    here, born = {f"house-{at:02}": drawn() for at in range(n)}, n
    told = []
    for _ in range(RELEASES):
        told.append(dict(here))
        if chance.random() < 0.6:
            here[f"house-{born:02}"] = drawn()
            born += 1
        if chance.random() < 0.4:
            here.pop(sorted(here)[int(chance.integers(len(here)))])
    return told


def shown_over_time(seed: int, rules: MoneyRules = MONEY, *, remembers: bool = True) -> list[frozenset[str]]:
    """Every group whose median was ever shown."""
    seen: list[frozenset[str]] = []
    panels: list[frozenset[str]] = []
    for members in lives(seed):
        slugs = sorted(members)
        panel = voting_panel(slugs, panels, rules) if remembers else frozenset(slugs)
        gone = sorted({slug for group in seen for slug in group} - set(slugs))
        before = np.array([[slug in group for slug in (*slugs, *gone)] for group in seen], dtype=np.int64)
        before = before.reshape(len(seen), len(slugs) + len(gone))
        table = membership_table(CUTS, members)
        voters = {at: 10.0 + at for at, slug in enumerate(slugs) if slug in panel}
        found = compare(table, voters, rules, before if remembers else None)
        seen += [frozenset(slugs[at] for at in group) for group in found.groups.values()]
        panels.append(panel)
    return seen


@pytest.mark.parametrize("seed", range(3))
def test_shopping_among_groups_over_eight_releases_corners_nobody(seed: int) -> None:
    groups = shown_over_time(seed)
    assert len(set(groups)) > 2
    members = sorted({name for group in groups for name in group})
    assert not [near for viewer in members for near in near_groups(groups, viewer)]


@pytest.mark.parametrize("seed", range(2))
def test_two_members_together_corner_nobody_over_eight_releases(seed: int) -> None:
    groups = sorted(set(shown_over_time(seed)), key=sorted)
    members = sorted({name for group in groups for name in group})
    chance = np.random.default_rng(seed)
    pairs = list(itertools.combinations(members, 2))
    for at in chance.choice(len(pairs), size=25, replace=False):
        assert cornered(groups, pairs[int(at)]) == set()


def test_without_a_memory_shopping_pays() -> None:
    groups = shown_over_time(0, remembers=False)
    assert near_groups(groups, min(groups[0]))


def test_with_groups_that_may_differ_by_one_somebody_is_cornered() -> None:
    whole = frozenset(f"h{at}" for at in range(8))
    assert cornered([whole, whole - {"h3"}], []) == {"h3"}
    assert cornered([whole, whole - {"h3", "h4"}], ["h4"]) == {"h3"}
    assert cornered([whole], ["h4"]) == set()


@pytest.mark.parametrize("seed", range(3))
def test_sybils_of_a_member_lift_no_cell_of_others(seed: int) -> None:
    """A member uploads invented customers, some with the addresses of another's: what it then sees stands on others."""
    chance = np.random.default_rng(seed)
    table = partition_table(CUTS[:2])
    cells, organizations = len(table.units), 5
    pairs = np.zeros((organizations, organizations, cells), dtype=np.int64)
    persons = chance.poisson(6, cells).astype(np.int64)
    for cell, many in enumerate(persons):
        for _ in range(int(many)):
            known = chance.choice(organizations, size=int(chance.integers(1, 4)), replace=False)
            pairs[np.ix_(known, known, np.array([cell]))] += 1
    honest = np.einsum("mme->me", pairs)
    for attacker, sybils, copied in itertools.product(range(organizations), (10, 200), (False, True)):
        poisoned, total = pairs.copy(), persons + (0 if copied else sybils)
        poisoned[attacker, attacker] += sybils if not copied else persons - honest[attacker]
        if copied:  # everybody of the cell is now known to the attacker as well
            for other in range(organizations):
                if other != attacker:
                    poisoned[attacker, other] = poisoned[other, attacker] = honest[other]
        units = PersonUnits(total, np.einsum("mme->me", poisoned).copy(), poisoned)
        safe = safe_person_cells(table.matrix, units, PERSONS)
        others = table.matrix @ (total - units.by_org[attacker])
        assert (others[safe] >= PERSONS.k).all()


def test_a_members_own_amount_moves_no_decision() -> None:
    members = lives(4)[0]
    table, slugs = membership_table(CUTS, members), sorted(members)
    told = set()
    for lie in (0.0, 1.0, 1e9):
        values = {at: (lie if at == 0 else 10.0 + at) for at in range(len(slugs))}
        found = compare(table, values, MONEY)
        told.add(tuple(sorted(found.groups)))
        own = found.by_viewer[0]["median"]
        assert own == compare(table, {**values, 0: 5.0}, MONEY).by_viewer[0]["median"]
        assert any(isinstance(cell, Shown) for cell in own)
    assert len(told) == 1
