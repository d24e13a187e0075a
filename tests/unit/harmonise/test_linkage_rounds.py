"""A chain of aliases, each sharing one value with the next: what a third row suggests, and then a fourth."""

import duckdb
import numpy as np
import pytest

from publicc.harmonise.linkage import train as training
from publicc.harmonise.linkage.alike import ranked, tail_of
from publicc.harmonise.linkage.canada import CANADA
from publicc.harmonise.linkage.chance import Chance
from publicc.harmonise.linkage.compare import steps_of
from publicc.harmonise.linkage.engine import LinkResult, LinkScope, LinkSettings, Scorer, link_records
from publicc.harmonise.linkage.levels import close, key, level
from publicc.harmonise.linkage.model import Comparison, Model
from publicc.harmonise.linkage.score import worth_keeping
from publicc.harmonise.review.sensitivity import trials_inside


def agreeing(field: str) -> Comparison:
    return Comparison(
        field,
        absent=f"l.{field} IS NULL OR r.{field} IS NULL",
        levels=(
            level("exact", f"l.{field} = r.{field}", same=0.95, home=0.5, chance=0.0001, sought=True),
            level("different", "true", same=0.05, home=0.5, chance=0.9999),
        ),
    )


CHAIN = Model(
    comparisons=(agreeing("given"), agreeing("birth")),
    keys=tuple(key("valeur", "value", f"shared_{n}") for n in range(4)),
    frequencies=(),
    households=False,
)


def chain(connection: duckdb.DuckDBPyConnection, settings: LinkSettings) -> LinkResult:
    """Five rows of one person; the n-th shares a value with the next one only."""
    shared = ", ".join(f"CASE WHEN n IN ({n + 1}, {n + 2}) THEN 'x' END AS shared_{n}" for n in range(4))
    connection.execute(
        f"""CREATE TEMP TABLE linkage_records AS SELECT n::INTEGER AS record_no, '' AS organization,
        n::VARCHAR AS customer_number, NULL::BIGINT AS input_row, 'INDIVIDUAL' AS buyer_kind, 'ada' AS given,
        '1990' AS birth, {shared} FROM range(1, 6) numbers(n)"""
    )
    connection.execute("CREATE TEMP TABLE linkage_courtesies (kind VARCHAR, value VARCHAR, row_count BIGINT)")
    return link_records(connection, scope=LinkScope.POOL, settings=settings)


def linked(scorer: Scorer | None = None) -> tuple[LinkResult, int]:
    """What came of the chain, and how many pairs were kept."""
    with duckdb.connect() as connection:
        result = chain(connection, LinkSettings(model=CHAIN, scorer=scorer))
        kept = connection.execute("SELECT count(*) FROM linkage_pairs").fetchall()[0][0]
        return result, int(kept)


def test_two_rounds_of_suggestions_bring_a_chain_of_five_together() -> None:
    result, kept = linked()
    assert (result.candidates, kept) == (10, 10)  # 4 by values, 3 a step further, 3 two steps and three further
    assert result.persons == 1


def test_what_is_suggested_is_judged_by_the_scorer_too() -> None:
    result, kept = linked(lambda trained, _: np.full(len(trained.patterns), 0.8))
    assert (result.persons, kept) == (1, 10)
    assert result.trained.posterior[:, 0].tolist() == [0.8]
    assert worth_keeping(result.trained).tolist() == result.trained.patterns.tolist()
    apart, kept = linked(lambda trained, _: np.zeros(len(trained.patterns)))
    assert (apart.persons, apart.candidates) == (5, 4)
    assert kept == 0
    assert not len(worth_keeping(apart.trained))


def test_figures_move_with_the_threshold_where_nobody_answered_anything() -> None:
    with duckdb.connect() as connection:
        settings = LinkSettings(model=CHAIN)
        result = chain(connection, settings)
        connection.execute(
            """CREATE TABLE visits AS SELECT organization, customer_number, 2018 + record_no % 2 AS season
            FROM linkage_records"""
        )
        trials = trials_inside(connection, result, settings)[""]
    assert {(one.buyers, one.loyal) for one in trials} == {(1, 1)}


def test_training_that_does_not_settle_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "SETTLED", -1.0)
    monkeypatch.setattr(training, "ROUNDS", 3)
    model = Model((agreeing("given"),), (), (), households=False)
    steps = np.ones(len(steps_of(model.comparisons[0])))
    seen = training.Seen(np.array([1, 2]), np.array([5.0, 90.0]), np.array([5.0, 90.0]), 50, 1225)
    learned = training.train(seen, model, [Chance(1.0, np.array([0.0001, 0.9999]), steps, steps)])
    assert learned.posterior[0, 0] > learned.posterior[1, 0]


def test_a_dear_level_that_weighs_rarity_is_not_told_by_two_values() -> None:
    slip = level("slip", close("l.x", "r.x"), same=0.5, home=0.1, chance=0.1, rarity="x_bits")
    assert tail_of(Comparison("x", absent="false", levels=(slip,))) is None
    assert tail_of(agreeing("given")) is None
    assert all(tail_of(comparison) for comparison in CANADA.comparisons)


@pytest.mark.parametrize("greatest", [9, 1 << 61])
def test_numbers_are_ranked_however_great_they_are(greatest: int) -> None:
    numbers = np.array([5, greatest, 2, 5, 2], dtype=np.int64)
    distinct, place = ranked(numbers)
    assert distinct.tolist() == [2, 5, greatest]
    assert place.tolist() == [1, 2, 0, 1, 0]
