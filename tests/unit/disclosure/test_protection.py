"""Weak protections are broken by the attacks; ours is not."""

from decimal import Decimal

import numpy as np
import pytest

from publicc.disclosure.comparison import compare
from publicc.disclosure.policy import DEFAULT_POLICY, MoneyRules, PersonRules, ReleaseRefused
from publicc.disclosure.protection import Protected, protect_persons, protect_sums
from publicc.disclosure.rules import PersonUnits, safe_money_cells, safe_person_cells
from publicc.disclosure.tables import Dimension, Table, membership_table, partition_table
from publicc.kernel.cells import Shown, Withheld
from tests.attacks import Published, amounts_found, persons_pinned

REGIONS = Dimension("region", ("01", "02", "03", "04", "05"))
ARTS = Dimension("art", ("DANCE", "OPERA", "THEATRE"))
PERSONS, MONEY = DEFAULT_POLICY.persons, DEFAULT_POLICY.money


def crowd(seed: int, organizations: int = 6, mean: float = 60) -> PersonUnits:
    """Persons drawn cell by cell, each known to one, two or three organizations."""
    chance = np.random.default_rng(seed)
    cells = len(REGIONS.values) * len(ARTS.values)
    weights = chance.lognormal(0, 1.4, cells)
    sizes = chance.poisson(mean * weights)
    pairs = np.zeros((organizations, organizations, cells), dtype=np.int64)
    popular = chance.dirichlet(np.ones(organizations))
    for cell, size in enumerate(sizes):
        for _ in range(int(size)):
            known = chance.choice(organizations, size=chance.integers(1, 4), replace=False, p=popular)
            for a in known:
                for b in known:
                    pairs[a, b, cell] += 1
    return PersonUnits(sizes.astype(np.int64), np.einsum("mme->me", pairs).copy(), pairs)


def houses(seed: int, n: int = 24) -> tuple[Table, np.ndarray]:
    chance = np.random.default_rng(seed)
    members = {
        f"house-{at:02}": {"region": REGIONS.values[chance.integers(3)], "art": ARTS.values[chance.integers(3)]}
        for at in range(n)
    }
    return membership_table([REGIONS, ARTS], members), np.round(chance.lognormal(12, 1, n), 2)


def counts_as_read(table: Table, protected: Protected) -> list[Published]:
    return [
        Published(key, float(cell.value) - 2, float(cell.value) + 2)
        for key, cell in zip(table.cells, protected.cells, strict=True)
        if isinstance(cell, Shown)
    ]


def sums_as_read(table: Table, protected: Protected) -> list[Published]:
    read = []
    for key, cell in zip(table.cells, protected.cells, strict=True):
        if isinstance(cell, Shown):
            step = Decimal(1).scaleb(Decimal(str(cell.value)).adjusted() - 2)
            read.append(
                Published(key, float(Decimal(str(cell.value)) - step / 2), float(Decimal(str(cell.value)) + step / 2))
            )
    return read


@pytest.mark.parametrize("seed", range(2))
def test_no_member_pins_a_small_group_of_others(seed: int) -> None:
    table, units = partition_table([REGIONS, ARTS]), crowd(seed)
    protected = protect_persons(table, units, PERSONS)
    read = counts_as_read(table, protected)
    assert len(read) >= 5
    assert list(persons_pinned(read, table.units, units.persons, units.by_org)) == []
    assert protected.attempts.run > 0
    assert (protected.attempts.exact, protected.attempts.within) == (0, 0)


@pytest.mark.parametrize("seed", range(2))
def test_no_member_closes_in_on_anothers_revenue(seed: int) -> None:
    table, amounts = houses(seed)
    protected = protect_sums(table, amounts, MONEY)
    read = sums_as_read(table, protected)
    assert list(amounts_found(read, table.units, amounts)) == []
    assert (protected.attempts.exact, protected.attempts.within) == (0, 0)
    assert any(isinstance(cell, Shown) for cell in protected.cells)


def test_the_attack_on_persons_is_alive() -> None:
    broken = 0
    table = partition_table([REGIONS, ARTS])
    for seed in range(4):
        units = crowd(seed)
        counts = table.matrix @ units.persons
        read = [Published(k, float(n), float(n)) for k, n in zip(table.cells, counts, strict=True) if n >= 10]
        broken += len(list(persons_pinned(read, table.units, units.persons, units.by_org)))
    assert broken > 0


def test_the_attack_on_money_is_alive() -> None:
    broken = 0
    for seed in range(1):
        table, amounts = houses(seed)
        read = [
            Published(key, float(row @ amounts), float(row @ amounts))
            for key, row in zip(table.cells, table.matrix, strict=True)
            if row.sum() >= 3
        ]
        broken += len(list(amounts_found(read, table.units, amounts)))
    assert broken > 20


def test_primary_rules_alone_are_broken() -> None:
    table, amounts = houses(2)
    safe = safe_money_cells(table.matrix, amounts, MONEY)
    read = [
        Published(key, float(row @ amounts), float(row @ amounts))
        for key, row, good in zip(table.cells, table.matrix, safe, strict=True)
        if good
    ]
    assert list(amounts_found(read, table.units, amounts)) != []


def test_every_shown_count_is_a_multiple_of_five_and_at_least_ten() -> None:
    for seed in range(4):
        protected = protect_persons(partition_table([REGIONS, ARTS]), crowd(seed), PERSONS)
        values = [cell.value for cell in protected.cells if isinstance(cell, Shown)]
        assert all(value >= 10 and value % 5 == 0 for value in values)


def test_withheld_cells_all_look_the_same() -> None:
    protected = protect_persons(partition_table([REGIONS, ARTS]), crowd(1), PERSONS)
    held = [cell for cell in protected.cells if isinstance(cell, Withheld)]
    assert len(held) > 1
    assert len(set(held)) == 1


def test_few_organizations_release_nothing() -> None:
    protected = protect_persons(partition_table([REGIONS, ARTS]), crowd(1, organizations=3), PERSONS)
    assert not any(isinstance(cell, Shown) for cell in protected.cells)
    table, amounts = houses(1, n=5)
    assert not any(isinstance(cell, Shown) for cell in protect_sums(table, amounts, MONEY).cells)


def test_same_input_gives_the_same_cells() -> None:
    table, amounts = houses(3)
    assert protect_sums(table, amounts, MONEY) == protect_sums(table, amounts, MONEY)


def test_fake_persons_of_a_member_lift_nothing() -> None:
    table, units = partition_table([REGIONS, ARTS]), crowd(2, mean=8)
    fakes = np.zeros_like(units.by_pair)
    fakes[0, 0, :] = 50
    poisoned = PersonUnits(units.persons + 50, units.by_org + np.einsum("mme->me", fakes), units.by_pair + fakes)
    safe = safe_person_cells(table.matrix, poisoned, PERSONS)
    real = table.matrix @ (units.persons - units.by_org[0])
    others = (table.matrix @ units.by_org[1:].T > 0).sum(axis=1)
    assert (real[safe] >= PERSONS.k).all()
    assert (others[safe] >= PERSONS.min_orgs).all()


def test_a_negative_amount_is_refused() -> None:
    table, amounts = houses(0)
    amounts[0] = -1
    with pytest.raises(ReleaseRefused):
        protect_sums(table, amounts, MONEY)


def test_quantiles_need_five_others_and_quartiles_eight() -> None:
    table = membership_table([ARTS], {f"h{n}": {"art": "DANCE"} for n in range(9)})
    for votes, shown in ((5, set()), (6, {"median"}), (8, {"median"}), (9, {"median", "p25", "p75"})):
        found = compare(table, {at: 10.0 + at for at in range(votes)}, MONEY).common
        assert {name for name, cells in found.items() if isinstance(cells[0], Shown)} == shown


def test_groups_are_decided_on_membership_alone() -> None:
    table, _ = houses(5, n=40)
    chance = np.random.default_rng(5)
    values = chance.lognormal(3, 0.3, 40)
    patterns = set()
    for _ in range(5):
        chance.shuffle(values)
        found = compare(table, dict(enumerate(values.tolist())), MONEY).common
        patterns.add(tuple(isinstance(cell, Shown) for cell in found["median"]))
    assert len(patterns) == 1


def test_repair_withdraws_what_elimination_leaves_within_reach() -> None:
    found = 0
    for seed in range(4):
        table, amounts = houses(seed, n=14)
        protected = protect_sums(table, amounts, MoneyRules(max_share=0.9))
        read = sums_as_read(table, protected)
        found += len(list(amounts_found(read, table.units, amounts)))
    assert found == 0


def test_a_thin_crowd_is_repaired_until_nothing_is_pinned() -> None:
    rules = PersonRules(width=40)
    table, units = partition_table([REGIONS, ARTS]), crowd(3, mean=20)
    protected = protect_persons(table, units, rules)
    assert protected.attempts.successes == ()
