import math
from dataclasses import replace
from random import Random

import duckdb
import pytest

from publicc.metrics.traits import CODES, TRAITS
from publicc.segments.model import Evidence, Feature, Level, read_model
from publicc.segments.scoring import posterior, typed
from publicc.segments.sql import answers_of, scoring
from tests.unit.segments.made_up import made_up_model


def someone(chance: Random) -> dict[str, str]:
    return {name: chance.choice(CODES[name]) for name in TRAITS}


def test_the_posterior_is_the_product_of_the_prior_and_the_levels_known() -> None:
    model = made_up_model()
    places = {"party": 1, "moment": 0}
    by_hand = [model.priors[c] * model.tables["party"][c][1] * model.tables["moment"][c][0] for c in range(model.k)]
    assert posterior(model, places) == pytest.approx([one / sum(by_hand) for one in by_hand], abs=1e-12)


def test_a_posterior_sums_to_one_and_knowing_nothing_gives_the_priors() -> None:
    model, chance = made_up_model(7), Random(1)
    for _ in range(50):
        assert math.isclose(sum(typed(model, someone(chance)).posterior.values()), 1, abs_tol=1e-12)
    assert tuple(typed(model, {}).posterior.values()) == pytest.approx(model.priors, abs=1e-5)


def test_the_order_of_features_changes_nothing() -> None:
    model, chance = made_up_model(5), Random(2)
    turned = replace(model, features=model.features[::-1])
    for _ in range(20):
        answers = someone(chance)
        assert typed(turned, answers).posterior == pytest.approx(typed(model, answers).posterior, abs=1e-12)
        assert typed(model, dict(reversed(answers.items()))) == typed(model, answers)


def test_an_answer_the_model_does_not_know_is_a_dropped_term() -> None:
    model = made_up_model()
    answers = {"party": "2", "channel": "WEB"}
    assert typed(model, {**answers, "moment": "AT DAWN", "shoe_size": "9"}).posterior == typed(model, answers).posterior


def test_below_the_certainty_or_with_too_little_known_the_profile_is_not_told() -> None:
    model, chance = made_up_model(), Random(3)
    sure = next(answers for answers in (someone(chance) for _ in range(99)) if typed(model, answers).certainty > 0.8)
    told = typed(model, sure)
    assert told.code == told.likeliest
    assert typed(replace(model, assign=0.999999), sure).code is None
    little = replace(model, evidence=(Evidence(frozenset(TRAITS), 0.64),))
    assert typed(little, sure).code is None


def test_reasons_are_the_three_strongest_levels_against_the_runner_up() -> None:
    model, chance = made_up_model(4), Random(4)
    answers = someone(chance)
    told = typed(model, answers)
    first, second = sorted(told.posterior, key=lambda code: -told.posterior[code])[:2]
    a, b = model.codes.index(first), model.codes.index(second)
    ratios = {
        one.id: math.log(model.tables[one.id][a][one.place(answers[one.id]) or 0])
        - math.log(model.tables[one.id][b][one.place(answers[one.id]) or 0])
        for one in model.features
    }
    strongest = sorted((-weight, name) for name, weight in ratios.items() if weight > 0)[:3]
    assert [one.feature.id for one in told.reasons] == [name for _, name in strongest]
    assert [one.weight for one in told.reasons] == pytest.approx([-weight for weight, _ in strongest])


def merged_party() -> tuple[Feature, ...]:
    features = made_up_model().features
    party = next(one for one in features if one.id == "party")
    few = (*party.levels[:2], Level("3+", party.levels[2].label, ("3-4", "5+")))
    return tuple(replace(one, levels=few) if one.id == "party" else one for one in features)


def test_one_statement_of_sql_scores_as_python_does() -> None:
    model = read_model(made_up_model(6, features=merged_party()).as_json())
    chance = Random(5)
    people = [
        {name: code if chance.random() < 0.85 else None for name, code in someone(chance).items()} for _ in range(400)
    ]
    facts = duckdb.connect()
    facts.execute(f"CREATE TABLE traits (buyer INTEGER, {', '.join(f'{name} VARCHAR' for name in TRAITS)})")
    facts.executemany(
        f"INSERT INTO traits VALUES ({', '.join('?' * (len(TRAITS) + 1))})",
        [[at, *(one[name] for name in TRAITS)] for at, one in enumerate(people)],
    )
    sql, values = scoring(model, "traits")
    rows = facts.execute(f"SELECT * FROM ({sql}) ORDER BY buyer", values).fetchall()
    told = [typed(model, answers_of(one)) for one in people]
    assert [row[1] for row in rows] == [one.code for one in told]
    assert {None} < {row[1] for row in rows}
    for row, one in zip(rows, told, strict=True):
        assert row[3:] == pytest.approx(tuple(one.posterior.values()), abs=1e-9)
        assert row[2] == pytest.approx(one.certainty, abs=1e-9)
