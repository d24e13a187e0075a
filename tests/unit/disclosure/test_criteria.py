"""The three criteria: a release that tells too much is told so; one that tells groups only is not."""

import numpy as np
import pytest

from publicc.disclosure.criteria import Risk, rebuild, three_criteria
from publicc.disclosure.tables import Dimension, Table, partition_table

TABLE = partition_table((Dimension("region", ("01", "02", "03")), Dimension("art", ("DANCE", "OPERA", "THEATRE"))))


def place(table: Table, **key: str) -> int:
    return table.cells.index(tuple(key.items()))


def drawn(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).poisson([40, 1, 25, 1, 30, 1, 12, 1, 1]).astype(np.int64)


def counts(people: np.ndarray, *, finest: bool) -> dict[int, int]:
    """Every margin as it is; the finest cells too when `finest`."""
    told = TABLE.matrix @ people
    return {at: int(told[at]) for at, cell in enumerate(TABLE.cells) if finest or len(cell) < 2}


def wide(seed: int) -> tuple[Table, np.ndarray, np.ndarray]:
    """Many combinations, most of them of one person or none."""
    table = partition_table((Dimension("region", tuple("abcdefghij")), Dimension("art", tuple("klmnopqrst"))))
    chance = np.random.default_rng(seed)
    return table, chance.poisson(1, 100), chance.poisson(1, 100)


def test_the_exact_table_singles_persons_out_and_fails() -> None:
    table, targets, fresh = wide(1)
    risks = three_criteria(table, dict(enumerate((table.matrix @ targets).tolist())), (targets, fresh))
    assert risks["singling_out"].risk == 1
    assert risks["singling_out"].excess > 0.3
    assert not risks["singling_out"].held


def test_margins_alone_tell_no_more_of_those_who_are_in_than_of_others() -> None:
    table, targets, fresh = wide(2)
    told = table.matrix @ targets
    shown = {at: int(told[at]) for at, cell in enumerate(table.cells) if len(cell) < 2 and told[at] >= 5}
    risks = three_criteria(table, shown, (targets, fresh))
    assert all(risk.held for risk in risks.values())
    assert risks["inference"].attempts == int(targets.sum())
    assert risks["inference"].reference_attempts == int(fresh.sum())


def test_a_rebuild_adds_up_to_what_is_shown() -> None:
    people = drawn(1)
    shown = counts(people, finest=False)
    rebuilt = rebuild(TABLE, shown)
    assert TABLE.matrix[list(shown)] @ rebuilt == pytest.approx(list(shown.values()), abs=0.01)
    assert rebuild(TABLE, counts(people, finest=True)) == pytest.approx(people)


def test_nobody_is_rebuilt_where_nothing_is_shown() -> None:
    assert rebuild(TABLE, {}).sum() == 0
    only = rebuild(TABLE, {place(TABLE, region="01"): 30})
    assert (only[:3].sum(), only[3:].sum()) == (pytest.approx(30), 0)
    nothing = three_criteria(TABLE, {}, (drawn(1), drawn(2)))
    assert {risk.risk for risk in nothing.values()} == {0}


def test_margins_that_cannot_agree_end_all_the_same() -> None:
    shown = {place(TABLE, region="01"): 0, place(TABLE, region="01", art="OPERA"): 10, place(TABLE, art="OPERA"): 20}
    assert rebuild(TABLE, shown).sum() > 0


def test_an_excess_that_may_be_chance_does_not_fail_and_a_clear_one_does() -> None:
    assert Risk(10, 2, 10, 1).held
    assert not Risk(1000, 200, 1000, 100).held
    assert Risk(1000, 120, 1000, 100).held
    assert (Risk(0, 0, 0, 0).risk, Risk(0, 0, 0, 0).reference, Risk(0, 0, 0, 0).interval) == (0, 0, (0, 0))
