"""What may be answered, and which question comes next."""

from typing import Any

import pytest

from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text
from publicc.surveys.asking import checked, cleaned, next_step, pruned, rows_in_order, step_before, steps
from publicc.surveys.bank import assembled, bank_questions
from publicc.surveys.conditions import is_met, parsed
from publicc.surveys.definition import Definition, Kind, Page, Question

WORDS = Text("?", "?")


def asked(question_id: str, *values: str, **others: list[str]) -> tuple[Any, bool]:
    """What a form that sends these values gives, and whether something is wrong."""
    question = bank_questions()[question_id]
    found = checked([question], {question_id: list(values), **others})
    return found.answers[question_id], question_id in found.problems


@pytest.mark.parametrize(
    ("question_id", "sent", "kept", "is_wrong"),
    [
        ("core.overall.v1", ["5"], "5", False),
        ("core.overall.v1", ["9"], None, True),
        ("core.overall.v1", [], None, False),
        ("core.nps.v1", ["0"], 0, False),
        ("core.nps.v1", ["11"], None, True),
        ("core.nps.v1", ["٣"], None, True),
        ("core.motive.v1", ["artist", "price"], ["artist", "price"], False),
        ("core.motive.v1", ["artist", "work", "place", "price"], ["artist", "work", "place", "price"], True),
        ("core.motive.v1", ["bribe"], [], True),
        ("mod.barriers.v1", ["none", "price"], ["none"], False),
        ("core.language.v1", ["refused", "fr"], ["refused"], False),
        ("core.place.v1", ["h2x 1y4"], "H2X", False),
        ("core.place.v1", ["12345"], None, True),
        ("core.open.v1", ["  \u202eشكراً 🎭\u0007 "], "شكراً 🎭", False),
        ("core.open.v1", ["x" * 501], "x" * 500, True),
        ("mod.travel.minutes.v1", ["45"], 45, False),
        ("mod.travel.minutes.v1", ["-3"], None, True),
        ("mod.travel.minutes.v1", ["99999"], None, True),
    ],
)
def test_an_answer_is_kept_or_refused(question_id: str, sent: list[str], kept: object, is_wrong: bool) -> None:
    assert asked(question_id, *sent) == (kept, is_wrong)


def test_a_grid_keeps_the_rows_that_were_answered() -> None:
    name = "core.experience.v1"
    question = bank_questions()[name]
    assert checked([question], {f"{name}/absorbed": ["5"], f"{name}/newness": ["1"]}).answers[name] == {
        "absorbed": "5",
        "newness": "1",
    }
    assert checked([question], {f"{name}/absorbed": ["7"]}).problems


def test_words_beside_other_are_kept_only_when_other_is_chosen() -> None:
    question = bank_questions()["core.motive.v1"]
    told = {"core.motive.v1": ["other"], "core.motive.v1-Comment": ["le hasard"]}
    assert checked([question], told).answers["core.motive.v1-Comment"] == "le hasard"
    assert checked([question], told | {"core.motive.v1": ["place"]}).answers["core.motive.v1-Comment"] is None


def test_a_required_question_says_so() -> None:
    question = Question("own.a.v1", Kind.COMMENT, WORDS, required=True)
    assert checked([question], {}).problems


@pytest.mark.parametrize(
    ("condition", "answers", "met"),
    [
        ("", {}, True),
        ("{a} = 'x'", {"a": "x"}, True),
        ("{a} = 'x'", {}, False),
        ("{a} <> 'x'", {"a": "y"}, True),
        ("{a} >= 7", {"a": 7}, True),
        ("{a} > 7", {"a": "x"}, False),
        ("{a} anyof ['x', 'y']", {"a": ["y"]}, True),
        ("{a} contains 'x'", {"a": ["y"]}, False),
        ("{a} empty", {}, True),
        ("{a} notempty", {"a": "x"}, True),
        ("{a} = 'x' and {b} = 'y' or {c} = 'z'", {"c": "z"}, True),
        ("{a} = 'x' and {b} = 'y' or {c} = 'z'", {"a": "x"}, False),
    ],
)
def test_a_condition_is_met_or_not(condition: str, answers: dict[str, Any], met: bool) -> None:
    assert is_met(condition, answers) is met


@pytest.mark.parametrize("condition", ["a = 1", "({a} = 1)", "{a} = 'x", "iif({a}, 1, 2)", "{a} anyof 'x'", "{a} ="])
def test_a_condition_outside_the_subset_is_refused(condition: str) -> None:
    with pytest.raises(BadInput):
        parsed(condition)


def test_a_question_hidden_by_a_changed_mind_leaves_no_answer() -> None:
    definition = assembled(Text("a", "a"), ("mod.access",))
    answers = {"mod.access.needs.v1": "yes", "mod.access.missing.v1": "une rampe", "core.nps.v1": 9}
    assert pruned(definition, answers) == {"mod.access.needs.v1": "yes", "core.nps.v1": 9}


def test_a_screen_with_nothing_to_ask_is_passed_over_both_ways() -> None:
    first = Question("own.a.v1", Kind.COMMENT, WORDS)
    second = Question("own.b.v1", Kind.COMMENT, WORDS, condition="{own.a.v1} = 'x'")
    third = Question("own.c.v1", Kind.COMMENT, WORDS)
    pages = (Page("own", WORDS, (first, second)), Page("more", WORDS, (third,)))
    every = steps(Definition(WORDS, pages))
    assert len(every) == 3
    assert next_step(every, 0, {}) == 2
    assert step_before(every, 2, {}) == 0
    assert next_step(every, 0, {"own.a.v1": "x"}) == 1
    assert next_step(every, 2, {}) is None


def test_statements_are_shuffled_alike_for_one_person_and_differently_among_many() -> None:
    grid = bank_questions()["core.experience.v1"]
    orders = {tuple(row.value for row in rows_in_order(grid, str(person))) for person in range(50)}
    assert len(orders) > 1
    assert rows_in_order(grid, "a") == rows_in_order(grid, "a")


def test_what_is_typed_keeps_its_emoji_and_loses_what_turns_a_line_round() -> None:
    assert cleaned(" 👩‍🎤 déjà\u202e vu\u0000 ") == "👩‍🎤 déjà vu"
