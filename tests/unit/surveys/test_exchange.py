"""Questionnaires that come and go as SurveyJS files."""

import json
from typing import Any

import pytest

from publicc.kernel.errors import BadInput
from publicc.surveys.brought import adopted
from publicc.surveys.definition import Form, Kind
from publicc.surveys.exchange import from_surveyjs, from_text


def survey(*elements: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"title": "Visit", "pages": [{"name": "p1", "elements": list(elements)}]} | more


RATING = {"type": "rating", "name": "q1", "title": {"default": "How was it?", "fr": "C'était comment ?"}}


def test_a_file_of_surveyjs_becomes_own_questions_and_its_conditions_follow() -> None:
    brought = adopted(
        from_surveyjs(
            survey(
                RATING | {"rateMin": 0, "rateMax": 10},
                {"type": "comment", "name": "Why?", "title": "Why", "visibleIf": "{q1} < 7"},
                {"type": "text", "name": "age", "inputType": "number", "min": 0, "max": 120},
            )
        )
    )
    first, second, third = brought.questions
    assert (first.id, first.kind, first.low, first.high) == ("own.q1.v1", Kind.SCALE, 0, 10)
    assert (second.id, second.condition) == ("own.why.v1", "{own.q1.v1} < 7")
    assert (third.form, third.high) == (Form.NUMBER, 120)
    assert first.title.fr == "C'était comment ?"


def test_words_without_a_language_are_in_that_of_the_file() -> None:
    assert from_surveyjs(survey(RATING, locale="fr")).title.fr == "Visit"
    assert from_surveyjs(survey(RATING)).title.en == "Visit"


def test_a_choice_that_stands_alone_is_known_either_way() -> None:
    told = {"type": "checkbox", "name": "q", "choices": ["a", {"value": "b", "text": "B", "isExclusive": True}]}
    assert from_surveyjs(survey(told)).questions[0].exclusive == "b"
    none = {"type": "checkbox", "name": "q", "choices": ["a"], "showNoneItem": True}
    assert from_surveyjs(survey(none)).questions[0].exclusive == "none"


@pytest.mark.parametrize(
    ("told", "named"),
    [
        (survey({"type": "file", "name": "q"}), "file"),
        (survey({"type": "signaturepad", "name": "q"}), "signaturepad"),
        (survey(RATING | {"choicesByUrl": {}}), "choicesByUrl"),
        (survey(RATING, triggers=[]), "triggers"),
        (survey({"type": "text", "name": "q", "inputType": "email"}), "inputType"),
        (survey({"type": "text", "name": "q", "validators": [{"type": "regex", "regex": "(a+)+$"}]}), "validators"),
        (survey({"type": "panel", "name": "p", "elements": []}), "panel"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(told: dict[str, Any], named: str) -> None:
    with pytest.raises(BadInput) as refused:
        from_surveyjs(told)
    assert named in refused.value.sentence("fr")
    assert named in refused.value.sentence("en")


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "3", '{"pages": 4}', '{"pages": [4]}', '{"pages": [{"elements": [1]}]}', "[" * 5000,
        '{"title": [], "pages": []}', '{"pages": [{"elements": [{"type": "rating", "rateMin": "x"}]}]}',
    ],
)  # fmt: skip
def test_a_file_that_is_no_questionnaire_ends_in_a_sentence(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        from_text(text)
    assert refused.value.sentence("fr")


def test_a_common_name_that_asks_something_else_is_refused() -> None:
    false = survey({"type": "rating", "name": "core.nps.v1", "title": "Do you like us?"})
    with pytest.raises(BadInput, match="common question"):
        adopted(from_text(json.dumps(false)))
