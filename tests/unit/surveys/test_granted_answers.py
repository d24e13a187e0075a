"""What a survey tells a partner: the outing alone, in steps, nothing of few people, whoever subtracts."""

import random

import numpy as np
import pytest
from scipy.optimize import linprog

from publicc.disclosure.policy import PersonRules
from publicc.disclosure.rounding import rounded_count
from publicc.kernel.cells import Shown, Withheld
from publicc.surveys.results.doubts import Answered
from publicc.surveys.results.granted import (
    LEAST_ANSWERS,
    RESPONDENTS,
    protected_answers,
    recommendation,
    told_questions,
)

RULES = PersonRules()
OVERALL = next(one for one in told_questions() if one.key == "core.overall.v1")


def people(counts: dict[object, int], question: str = "core.overall.v1", **more: object) -> list[Answered]:
    given = [value for value, n in counts.items() for _ in range(n)]
    return [Answered(at, {question: one, **more}, 1, 1, "2023-02-05") for at, one in enumerate(given)]


def test_nothing_of_who_a_person_is_nor_of_their_words_can_be_told() -> None:
    keys = {one.key.split("/")[0] for one in told_questions()}
    assert {"core.overall.v1", "core.nps.v1", "core.motive.v1"} <= keys
    assert not keys & {"core.age.v1", "core.gender.v1", "core.language.v1", "core.place.v1", "core.open.v1"}
    told = protected_answers(
        people({"good": 40}, **{"core.age.v1": "25-34", "own.1": "oui", "core.open.v1": "Ada"}), RULES
    )
    assert not any(name.startswith(("core.age", "own", "core.open")) for name in told)


def test_under_thirty_answers_nothing_is_told_not_even_how_many() -> None:
    told = protected_answers(people({"good": LEAST_ANSWERS - 1}), RULES)
    assert all(isinstance(cell, Withheld) for cell in told.values())
    assert protected_answers(people({"good": LEAST_ANSWERS}), RULES)[RESPONDENTS] == Shown(30)


def test_shares_are_of_those_who_answered_the_question_in_steps_of_five() -> None:
    values = [one.value for one in OVERALL.answers]
    told = protected_answers([*people({values[-1]: 60, values[-2]: 20}), *people({"": 10}, "core.nps.v1")], RULES)
    assert told[RESPONDENTS] == Shown(90)
    assert told[OVERALL.cell(OVERALL.answers[-1])] == Shown(0.75)
    assert told[OVERALL.cell(OVERALL.answers[-2])] == Shown(0.25)


def test_net_recommendation_comes_from_the_shares_that_are_told_and_from_nothing_else() -> None:
    told = protected_answers(people({10: 60, 8: 20, 3: 20}, "core.nps.v1"), RULES)
    assert recommendation(told) == Shown(40)
    assert recommendation(protected_answers(people({10: 60, 8: 30, 3: 4}, "core.nps.v1"), RULES)) == Withheld("persons")


def test_one_of_several_answers_is_told_when_both_who_gave_it_and_who_did_not_are_enough() -> None:
    motive = next(one for one in told_questions() if one.key == "core.motive.v1")
    first, second, third = (one.value for one in motive.answers[:3])
    told = protected_answers(people({(first,): 50, (first, second): 20, (first, third): 4}, "core.motive.v1"), RULES)
    assert told[motive.cell(motive.answers[0])] == Withheld("persons"), "nobody did not give it"
    crowd = [Answered(n, {"core.motive.v1": list(one.answers["core.motive.v1"])}, 1, 1, "") for n, one in enumerate(
        people({(first,): 50, (second,): 20, (third,): 4}, "core.motive.v1"))]  # fmt: skip
    told = protected_answers(crowd, RULES)
    assert told[motive.cell(motive.answers[0])] == Shown(0.65)
    assert told[motive.cell(motive.answers[1])] == Shown(0.25)
    assert told[motive.cell(motive.answers[2])] == Withheld("persons")


@pytest.mark.parametrize("seed", range(12))
def test_who_subtracts_what_is_told_finds_no_small_group(seed: int) -> None:
    chance = random.Random(seed)
    values = [one.value for one in OVERALL.answers]
    counts = {value: chance.choice((0, 2, 7, 9, 12, 40, 90)) for value in values} | {values[-1]: 60}
    told = protected_answers(people(counts), RULES)
    rows = [np.ones(len(values))]
    limits = [rounded_count(sum(counts.values()), 5)]
    for at, one in enumerate(OVERALL.answers):
        if isinstance(told[OVERALL.cell(one)], Shown):
            rows.append(np.eye(len(values))[at])
            limits.append(rounded_count(counts[one.value], 5))
    matrix, value = np.array(rows), np.array(limits, dtype=float)
    for at, one in enumerate(OVERALL.answers):
        if counts[one.value] < RULES.k:
            assert isinstance(told[OVERALL.cell(one)], Withheld)
            ends = [
                linprog(sign * np.eye(len(values))[at], A_ub=np.vstack((matrix, -matrix)),
                        b_ub=np.concatenate((value + 2, 2 - value))).fun
                for sign in (1, -1)
            ]  # fmt: skip
            assert -ends[1] - ends[0] >= RULES.width - 1e-6, (counts, one.value)
