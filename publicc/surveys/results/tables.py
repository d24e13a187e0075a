"""What each question says: rows of counts and shares with their interval, a headline where there is one. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from publicc.kernel.text import Text
from publicc.metrics.dimensions import ATTITUDES
from publicc.surveys.definition import COMMENT_SUFFIX, NOT_ANSWERS, Choice, Form, Kind, Question
from publicc.surveys.results.doubts import Answered
from publicc.surveys.results.estimates import Estimate, mean, net_recommendation, share
from publicc.surveys.results.weighting import Floats
from publicc.surveys.results.words import masked, terms

RECOMMENDATION: Final = "core.nps."
VISIT: Final = "core.overall.v1"
"""Who was asked that was asked about a visit."""
ATTITUDE: Final = "mod.nonpublic.attitude"
APPEAL, ATTENDED = "mod.nonpublic.appeal.v1", "mod.nonpublic.attended.v1"


@dataclass(frozen=True, slots=True)
class Row:
    """One choice: how many gave it, what share, before and after weights."""

    value: str
    label: Text
    count: int
    plain: float
    share: Estimate


@dataclass(frozen=True, slots=True)
class Result:
    """What one question says. `answered` people of `asked`; `declined` preferred not to, or did not know."""

    question: str
    kind: str
    title: Text
    asked: int
    answered: int
    declined: int
    rows: tuple[Row, ...] = ()
    headline: Estimate | None = None
    headline_words: Text | None = None
    terms: tuple[tuple[str, int], ...] = ()
    comments: tuple[str, ...] = ()

    @property
    def is_hidden(self) -> bool:
        """Too few people to show anything."""
        return self.answered < 10


def result_of(question: Question, responses: Sequence[Answered], weights: Floats) -> list[Result]:
    """What a question says: one table, or one a statement for a grid."""
    if question.kind is Kind.GRID:
        return [_statement(question, row, responses, weights) for row in question.rows]
    said = _said(question.id, "", responses)
    if question.is_open:
        return [_words(question, said)]
    if question.kind is Kind.SCALE:
        return [_scale(question, said, weights)]
    if question.kind is Kind.LINE:
        return [_line(question, said, weights)]
    labels = (*question.choices, Choice("other", Text("Autre", "Other"))) if question.other else question.choices
    return [_choices(question, labels, said, weights)]


def attitudes(responses: Sequence[Answered], weights: Floats) -> Result | None:
    """The two-question non-public module read together; None where it was not asked."""
    cells = [attitude_of(one.answers) for one in responses]
    if not any(cells):
        return None
    title = Text("Intérêt et venue, lus ensemble", "Interest and attendance, read together")
    labels = tuple(Choice(value, words) for value, words in ATTITUDES.items())
    return _choices(Question(ATTITUDE, Kind.SINGLE, title), labels, cells, weights)


def attitude_of(answers: dict[str, Any]) -> str | None:
    """Interest × attendance of one person (docs/metrics/attitudes.en.md); None unless both questions were answered."""
    if APPEAL not in answers or ATTENDED not in answers:
        return None
    drawn, came = answers[APPEAL] in {"much", "some"}, answers[ATTENDED] == "yes"
    names = {(True, True): "interested", (True, False): "potential", (False, True): "sceptical"}
    return names.get((drawn, came), "indifferent")


def _said(field: str, row: str, responses: Sequence[Answered]) -> list[Any]:
    given = [one.answers.get(field) for one in responses]
    return [one.get(row) if isinstance(one, dict) else None for one in given] if row else given


def _is_answer(value: Any) -> bool:  # noqa: ANN401 - an answer of any kind
    return value not in (None, "", []) and not _is_declined(value)


def _is_declined(value: Any) -> bool:  # noqa: ANN401 - an answer of any kind
    return (
        value in NOT_ANSWERS if isinstance(value, str) else isinstance(value, list) and bool(NOT_ANSWERS & set(value))
    )


def _statement(question: Question, row: Choice, responses: Sequence[Answered], weights: Floats) -> Result:
    said = _said(question.id, row.value, responses)
    whole = replace(question, id=f"{question.id}/{row.value}", title=row.label)
    return _choices(whole, question.choices, said, weights)


def _choices(question: Question, labels: Sequence[Choice], said: Sequence[Any], weights: Floats) -> Result:
    base = np.array([_is_answer(one) for one in said], dtype=bool)
    held = weights[base]
    answers = [one if isinstance(one, list) else [one] for one in said if _is_answer(one)]
    rows = tuple(_row(label, answers, held) for label in labels)
    declined = sum(map(_is_declined, said))
    return Result(question.id, question.kind.value, question.title, len(said), len(answers), declined, rows)


def _row(label: Choice, answers: Sequence[list[Any]], weights: Floats) -> Row:
    ones = np.array([label.value in one for one in answers], dtype=np.float64)
    plain = float(ones.mean()) if len(ones) else 0.0
    return Row(label.value, label.label, int(ones.sum()), plain, share(ones, weights))


def _scale(question: Question, said: Sequence[Any], weights: Floats) -> Result:
    labels = [Choice(str(n), Text(str(n), str(n))) for n in range(question.low, question.high + 1)]
    marks = [str(one) if isinstance(one, int) else one for one in said]
    found = _choices(question, labels, marks, weights)
    base = np.array([_is_answer(one) for one in said], dtype=bool)
    values = np.array([one for one in said if _is_answer(one)], dtype=np.float64)
    if question.id.startswith(RECOMMENDATION):
        words = Text("Recommandation nette : 9 et 10, moins 0 à 6", "Net recommendation: 9 and 10, less 0 to 6")
        return _headed(found, net_recommendation(values, weights[base]), words)
    words = Text("Moyenne, de {low} à {high}", "Mean, {low} to {high}").filled(low=question.low, high=question.high)
    return _headed(found, mean(values, weights[base]), words)


def _line(question: Question, said: Sequence[Any], weights: Floats) -> Result:
    if question.form is Form.NUMBER:
        base = np.array([_is_answer(one) for one in said], dtype=bool)
        values = np.array([one for one in said if _is_answer(one)], dtype=np.float64)
        found = Result(question.id, "number", question.title, len(said), len(values), 0)
        return _headed(found, mean(values, weights[base]), Text("Moyenne", "Mean"))
    codes = sorted({one for one in said if _is_answer(one)}, key=lambda one: (-said.count(one), one))
    labels = [Choice(one, Text(one, one)) for one in codes[:15]]
    return _choices(question, labels, said, weights)


def _headed(found: Result, headline: Estimate, words: Text) -> Result:
    return replace(found, headline=headline, headline_words=words)


def _words(question: Question, said: Sequence[Any]) -> Result:
    comments = tuple(masked(str(one)) for one in said if _is_answer(one))
    return Result(
        question.id, question.kind.value, question.title, len(said), len(comments), 0,
        terms=tuple(terms(comments)), comments=comments,
    )  # fmt: skip


def other_words(question: Question, responses: Sequence[Answered]) -> tuple[str, ...]:
    """What people wrote beside *other*, masked."""
    given = (one.answers.get(question.id + COMMENT_SUFFIX) for one in responses)
    return tuple(masked(str(one)) for one in given if one)
