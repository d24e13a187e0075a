"""Small values are told together: never more than is needed, never one that may not be shown."""

from collections.abc import Mapping

import numpy as np
import pytest

from publicc.disclosure.policy import PersonRules
from publicc.disclosure.protection import protect_persons
from publicc.disclosure.recoding import at_cuts, recoded
from publicc.disclosure.rules import PersonUnits, safe_person_cells
from publicc.disclosure.tables import CellKey, Dimension, Table, partition_table
from publicc.kernel.cells import Shown
from tests.attacks import Published, persons_pinned

PLACES = Dimension("place", ("near", "far", "away", "lost"), (("near",), ("far", "away"), ("lost",)))
ARTS = Dimension("art", ("play", "tale", "song", "jazz"), (("play", "tale"), ("song", "jazz")))
TABLE = partition_table((PLACES, ARTS))
CUTS = ((), ("place",), ("art",), ("place", "art"))
RULES = PersonRules()


def crowd(table: Table, persons: Mapping[tuple[str, str], tuple[int, ...]]) -> PersonUnits:
    """Persons of each finest group by organization; nobody goes to two."""
    told = np.array([persons.get((unit[0][1], unit[1][1]), (0, 0, 0, 0, 0)) for unit in table.units]).T
    pairs = np.zeros((len(told), len(told), len(table.units)), dtype=np.int64)
    for at, own in enumerate(told):
        pairs[at, at] = own
    return PersonUnits(told.sum(axis=0), told, pairs)


MANY, FEW, ONE = (20, 20, 20, 20, 20), (1, 1, 1, 0, 0), (90, 1, 0, 0, 0)


def test_a_value_that_may_be_shown_is_told_alone() -> None:
    units = crowd(TABLE, {(place, art): MANY for place in PLACES.values for art in ARTS.values})
    told = recoded(TABLE, units, RULES, CUTS)
    assert told.cuts == {
        ("place",): (PLACES.values,),
        ("art",): (ARTS.values,),
        ("place", "art"): (PLACES.values, ARTS.values),
    }
    assert told.table is TABLE
    assert told.offered.all()


def test_a_small_value_joins_its_family_and_a_small_family_its_neighbour() -> None:
    units = crowd(TABLE, {("near", "play"): MANY, ("far", "song"): FEW, ("away", "song"): MANY, ("lost", "play"): ONE})
    told = recoded(TABLE, units, RULES, CUTS)
    assert told.cuts["place",] == (("near", "far|away|lost"),)
    assert told.cuts["art",] == (("play|tale", "song|jazz"),)


def test_what_is_offered_may_be_shown_whoever_looks_and_overlaps_nothing() -> None:
    chance = np.random.default_rng(7)
    for _ in range(20):
        people = {
            (place, art): tuple(int(n) for n in chance.poisson(chance.choice([0, 0, 2, 9], size=5)))
            for place in PLACES.values
            for art in ARTS.values
        }
        units = crowd(TABLE, people)
        told = recoded(TABLE, units, RULES, CUTS)
        safe = safe_person_cells(told.table.matrix, units, RULES)
        for names, values in told.cuts.items():
            rows = [at for at in np.flatnonzero(told.offered) if tuple(n for n, _ in told.table.cells[at]) == names]
            assert (told.table.matrix[rows].sum(axis=0) == 1).all(), "everybody, once"
            assert len(rows) == np.prod([len(one) for one in values])
            assert safe[rows].all() or len(names) == 2


def test_a_cross_that_holds_at_no_level_is_not_offered() -> None:
    alone = {("near", "play"): MANY, ("far", "song"): MANY}
    told = recoded(TABLE, crowd(TABLE, alone), RULES, CUTS)
    assert ("place", "art") not in told.cuts
    assert told.cuts["art",] == (("play|tale", "song|jazz"),)
    nobody = recoded(TABLE, crowd(TABLE, {}), RULES, CUTS)
    assert (nobody.cuts, nobody.table) == ({}, TABLE)


def test_a_certificate_is_enough_to_find_the_same_table_again() -> None:
    units = crowd(TABLE, {("near", "play"): MANY, ("away", "song"): MANY, ("lost", "jazz"): MANY})
    told = recoded(TABLE, units, RULES, CUTS)
    again = at_cuts(TABLE, told.cuts)
    assert again.cells == told.table.cells
    assert (again.matrix == told.table.matrix).all()


@pytest.mark.parametrize("seed", range(3))
def test_who_is_told_together_is_found_by_nobody_and_more_people_are_told(seed: int) -> None:
    chance = np.random.default_rng(seed)
    people = {
        (place, art): tuple(int(n) for n in chance.poisson(9 / (1 + 2 * at + row), size=5))
        for at, place in enumerate(PLACES.values)
        for row, art in enumerate(ARTS.values)
    }
    units = crowd(TABLE, people)
    told = recoded(TABLE, units, RULES, CUTS)
    shown = published(told.table, protect_persons(told.table, units, RULES, among=told.offered).cells)
    before = published(TABLE, protect_persons(TABLE, units, RULES).cells)
    assert list(persons_pinned(shown, [dict_key(unit) for unit in TABLE.units], units.persons, units.by_org)) == []
    assert reached(shown, "place", units) >= reached(before, "place", units)
    assert reached(shown, "art", units) >= reached(before, "art", units)


def dict_key(unit: CellKey) -> CellKey:
    return tuple((name, str(value)) for name, value in unit)


def published(table: Table, cells: tuple[object, ...]) -> list[Published]:
    return [
        Published(key, float(cell.value) - 2, float(cell.value) + 2)
        for key, cell in zip(table.cells, cells, strict=True)
        if isinstance(cell, Shown)
    ]


def reached(shown: list[Published], dimension: str, units: PersonUnits) -> int:
    """Persons who stand in a figure shown of that dimension."""
    values = {value for one in shown for name, told in one.key if name == dimension for value in told.split("|")}
    return sum(int(n) for unit, n in zip(TABLE.units, units.persons, strict=True) if dict(unit)[dimension] in values)
