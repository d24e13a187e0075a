"""People by profile and parcours in a release: the same people, protected beside their other counts, attacked."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from publicc.disclosure.audit_persons import audit_persons
from publicc.disclosure.beside import Believed, number_believed, protect_beside
from publicc.disclosure.policy import DEFAULT_POLICY, PersonRules
from publicc.disclosure.protection import protect_persons
from publicc.disclosure.rules import PersonUnits
from publicc.disclosure.seal import Signer
from publicc.disclosure.tables import Dimension, Ints, Table, partition_table
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.period import Period, season_period
from publicc.releases.contents import buyers_table, segments_table
from publicc.releases.profiled import counts_segments, segment_units, tell_segments
from publicc.releases.units import organization_figures, person_units, snapshot_facts
from tests.unit.releases.pool import write_pool
from tests.unit.releases.profiling import drawn_profiling

SIGNER = Signer("Pôle", Ed25519PrivateKey.from_private_bytes(bytes(32)))
AS_OF = date(2020, 1, 15)
SEASON = season_period(2018)
RULES = DEFAULT_POLICY.persons


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pool(tmp_path_factory.mktemp("run") / "pool")


def test_people_are_the_same_as_in_every_other_count(pool: Path) -> None:
    by, table = drawn_profiling(), segments_table(drawn_profiling().codes)
    with snapshot_facts(pool) as facts:
        groups = organization_figures(facts, SEASON, AS_OF).legal_groups
        homes = person_units(facts, SEASON, buyers_table(), groups)
        tell_segments(facts, SEASON, by)
        kinds = segment_units(facts, groups, table=table)
    assert kinds.persons.sum() == homes.persons.sum() == 1500
    assert kinds.by_org.sum(axis=1).tolist() == homes.by_org.sum(axis=1).tolist()
    assert kinds.by_pair.sum(axis=2).tolist() == homes.by_pair.sum(axis=2).tolist()


def test_longer_than_a_year_somebody_may_be_dormant_again_so_segments_are_not_counted() -> None:
    assert counts_segments(SEASON)
    assert not counts_segments(Period(date(2018, 9, 1), date(2020, 8, 31)))


def people(table: Table, chance: np.random.Generator, most: int) -> PersonUnits:
    """Drawn people, each known to one of six houses."""
    by_org = chance.integers(0, most, (6, len(table.units)))
    pairs = np.zeros((6, 6, len(table.units)), dtype=np.int64)
    pairs[np.arange(6), np.arange(6)] = by_org
    return PersonUnits(by_org.sum(axis=0), by_org, pairs)


def test_one_profile_withheld_alone_is_found_by_whoever_subtracts() -> None:
    """The suite is alive: the number of all less the profiles shown gives the one that is not."""
    table = partition_table((Dimension("profile", ("P1", "P2", "P3")),))
    drawn = people(table, np.random.default_rng(3), 40)
    all_but_one = [at for at, key in enumerate(table.cells) if key != (("profile", "P3"),)]
    assert audit_persons(table.matrix, all_but_one, drawn, PersonRules(k=drawn.persons.max() + 1, round_to=1)).exact


@pytest.mark.parametrize("seed", range(8))
def test_two_tables_of_the_same_people_protected_apart_hold_together(seed: int) -> None:
    """Both are put back into one system over every crossing: nobody concludes more than from each alone."""
    home, kind = Dimension("home", ("a", "b", "c", "d")), Dimension("kind", ("x", "y", "z"))
    both = partition_table((home, kind), ((), ("home",), ("kind",)))
    drawn = people(both, np.random.default_rng(seed), 7)
    first, second = partition_table((home,)), alone(kind)
    homes, kinds = (summed(drawn, both, one) for one in (first, second))
    protected = protect_persons(first, homes, RULES)
    believed = number_believed(first, shown(protected.cells), homes, RULES)
    beside = protect_beside(second, kinds, RULES, believed)
    out = {both.cells.index(one.cells[at]) for one, cells in ((first, protected.cells), (second, beside.cells))
           for at in shown(cells)}  # fmt: skip
    found = audit_persons(both.matrix, sorted(out), drawn, RULES)
    assert (found.exact, found.within) == (0, 0)


def test_what_would_tell_the_number_better_than_the_first_table_is_kept_back() -> None:
    """Four kinds of 12 are each shown as 10: together at most 48, where the first table lets 50 be believed."""
    table = alone(Dimension("kind", ("w", "x", "y", "z")))
    by_org = np.full((6, 4), 2)
    drawn = PersonUnits(by_org.sum(axis=0), by_org, np.einsum("me,ma->mae", by_org, np.eye(6, dtype=np.int64)))
    rules = PersonRules(k=5, max_org_share=1.0)
    free = protect_beside(table, drawn, rules, Believed((40.0, 48.0), (40.0, 48.0)))
    assert len(shown(free.cells)) == 4
    held = protect_beside(table, drawn, rules, Believed((46.0, 50.0), (46.0, 50.0)))
    assert len(shown(held.cells)) == 3


def alone(dimension: Dimension) -> Table:
    """A table of one dimension that does not offer the number of all."""
    return partition_table((dimension,), ((dimension.name,),))


def shown(cells: Sequence[Cell]) -> list[int]:
    return [at for at, cell in enumerate(cells) if isinstance(cell, Shown)]


def summed(units: PersonUnits, fine: Table, coarse: Table) -> PersonUnits:
    """The same people over the units of a table with fewer dimensions."""
    places = [coarse.units.index(tuple(pair for pair in unit if (pair,) in coarse.cells)) for unit in fine.units]
    into: Ints = np.eye(len(coarse.units), dtype=np.int64)[places]
    return PersonUnits(units.persons @ into, units.by_org @ into, units.by_pair @ into)
