"""Which questions are asked, step by step, and what may be answered. Pure: the server decides, script or not."""

import random
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from publicc.kernel.text import Text
from publicc.surveys.conditions import asked_about, is_met
from publicc.surveys.definition import (
    COMMENT_SUFFIX,
    DONT_KNOW,
    OTHER,
    REFUSED,
    Choice,
    Definition,
    Form,
    Kind,
    Page,
    Question,
)

Given = Mapping[str, Sequence[str]]
"""Field → values, as a form sends them."""

LONGEST_LINE: Final = 200
LONGEST_COMMENT: Final = 500
_ALONE: Final = frozenset({REFUSED, DONT_KNOW})
_REQUIRED: Final = Text("Cette question demande une réponse.", "This question needs an answer.")
_NOT_OFFERED: Final = Text("Cette réponse n'est pas proposée.", "This answer is not offered.")
_TOO_MANY: Final = Text("Choisissez {n} réponses au plus.", "Choose up to {n} answers.")
_NOT_A_NUMBER: Final = Text("Écrivez un nombre de {low} à {high}.", "Write a number from {low} to {high}.")
_NOT_FSA: Final = Text("Écrivez trois caractères, par exemple H2X.", "Write three characters, for example H2X.")
_TOO_LONG: Final = Text("Raccourcissez à {n} caractères.", "Shorten to {n} characters.")


@dataclass(frozen=True, slots=True)
class Step:
    """Questions asked on one screen. A question never shares a screen with what its condition reads."""

    page: Page
    questions: tuple[Question, ...]

    def asked(self, answers: Mapping[str, Any]) -> tuple[Question, ...]:
        """The questions of the step to ask, given the answers so far."""
        return tuple(one for one in self.questions if is_met(one.condition, answers))


def steps(definition: Definition) -> tuple[Step, ...]:
    """The screens of a questionnaire: its pages, cut where a condition reads an answer of the same page."""
    return tuple(step for page in definition.pages for step in _cut(page))


def _cut(page: Page) -> Iterable[Step]:
    held: list[Question] = []
    for question in page.questions:
        if asked_about(question.condition) & {one.id for one in held}:
            yield Step(page, tuple(held))
            held = []
        held.append(question)
    if held:
        yield Step(page, tuple(held))


def next_step(every: Sequence[Step], after: int, answers: Mapping[str, Any]) -> int | None:
    """The first step past `after` that has something to ask; None at the end."""
    return next((at for at in range(after + 1, len(every)) if every[at].asked(answers)), None)


def step_before(every: Sequence[Step], before: int, answers: Mapping[str, Any]) -> int | None:
    """The last step ahead of `before` that has something to ask."""
    return next((at for at in range(before - 1, -1, -1) if every[at].asked(answers)), None)


def rows_in_order(question: Question, seed: str) -> tuple[Choice, ...]:
    """The rows of a grid, shuffled alike for the same person when the question asks for it."""
    if not question.shuffled:
        return question.rows
    order = list(question.rows)
    random.Random(f"{question.id} {seed}").shuffle(order)  # noqa: S311 - an order of statements, not a secret
    return tuple(order)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a screen's form said: answers by field (None = left empty), and what is wrong by question."""

    answers: dict[str, Any]
    problems: dict[str, Text]


def checked(questions: Iterable[Question], given: Given) -> Checked:
    """The answers of these questions in a form; fields that belong to none of them are not read."""
    answers: dict[str, Any] = {}
    problems: dict[str, Text] = {}
    for question in questions:
        value, problem = _READERS.get(question.kind, _line)(question, given)
        answers[question.id] = value
        if question.other:
            answers[question.id + COMMENT_SUFFIX] = _other_words(question, value, given)
        if problem is None and question.required and value in (None, [], {}):
            problem = _REQUIRED
        if problem is not None:
            problems[question.id] = problem
    return Checked(answers, problems)


def pruned(definition: Definition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of questions that were asked in the end; those a changed mind hid, and empty ones, are left out."""
    kept: dict[str, Any] = {}
    for question in definition.questions:
        if not is_met(question.condition, kept):
            continue
        for field in (question.id, question.id + COMMENT_SUFFIX):
            if answers.get(field) not in (None, [], {}, ""):
                kept[field] = answers[field]
    return kept


def cleaned(words: str) -> str:
    """What a person typed: one form of Unicode, no control or direction-override characters, no blank ends."""
    unified = unicodedata.normalize("NFC", words)
    return "".join(one for one in unified if one in "\n\u200d" or not _is_control(one)).strip()


def _is_control(one: str) -> bool:
    return (
        unicodedata.category(one) in {"Cc", "Cs", "Co", "Cn"}
        or one in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )


def _first(given: Given, field: str) -> str:
    values = given.get(field, ())
    return cleaned(values[0]) if values else ""


def _single(question: Question, given: Given) -> tuple[str | None, Text | None]:
    value = _first(given, question.id)
    if not value:
        return None, None
    return (value, None) if value in _offered(question) else (None, _NOT_OFFERED)


def _multiple(question: Question, given: Given) -> tuple[list[str], Text | None]:
    asked = [cleaned(one) for one in given.get(question.id, ())[:100]]
    offered = _offered(question)
    if any(one not in offered for one in asked):
        return [], _NOT_OFFERED
    chosen = [value for value in offered if value in asked]
    alone = [one for one in chosen if one in _ALONE or one == question.exclusive]
    if alone:
        return alone[:1], None
    if question.most and len(chosen) > question.most:
        return chosen, _TOO_MANY.filled(n=question.most)
    return chosen, None


def _scale(question: Question, given: Given) -> tuple[int | None, Text | None]:
    value = _first(given, question.id)
    if not value:
        return None, None
    number = _whole(value)
    if number is None or not question.low <= number <= question.high:
        return None, _NOT_OFFERED
    return number, None


def _grid(question: Question, given: Given) -> tuple[dict[str, str], Text | None]:
    offered = {one.value for one in question.choices}
    said = {row.value: _first(given, f"{question.id}/{row.value}") for row in question.rows}
    rows = {row: value for row, value in said.items() if value}
    return (rows, None) if set(rows.values()) <= offered else ({}, _NOT_OFFERED)


def _line(question: Question, given: Given) -> tuple[str | int | None, Text | None]:
    words = _first(given, question.id)
    if not words:
        return None, None
    if question.form is Form.NUMBER:
        return _number(question, words)
    if question.form is Form.FSA:
        return _fsa(words)
    longest = question.longest or (LONGEST_COMMENT if question.kind is Kind.COMMENT else LONGEST_LINE)
    return (words, None) if len(words) <= longest else (words[:longest], _TOO_LONG.filled(n=longest))


def _number(question: Question, words: str) -> tuple[int | None, Text | None]:
    number = _whole(words)
    if number is None or not question.low <= number <= question.high:
        return None, _NOT_A_NUMBER.filled(low=question.low, high=question.high)
    return number, None


def _fsa(words: str) -> tuple[str | None, Text | None]:
    code = words.replace(" ", "").replace("-", "").upper()[:3]
    is_code = len(code) == 3 and code.isascii() and code[0].isalpha() and code[1].isdigit() and code[2].isalpha()
    return (code, None) if is_code else (None, _NOT_FSA)


def _whole(words: str) -> int | None:
    plain = words.replace("\u00a0", "").replace(" ", "")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 9 else None


def _offered(question: Question) -> list[str]:
    return [one.value for one in question.every_choice]


def _other_words(question: Question, value: Any, given: Given) -> str | None:  # noqa: ANN401 - an answer of any kind
    chosen = value == OTHER or (isinstance(value, list) and OTHER in value)
    return (_first(given, question.id + COMMENT_SUFFIX)[:LONGEST_LINE] or None) if chosen else None


_READERS: Final[dict[Kind, Callable[[Question, Given], tuple[Any, Text | None]]]] = {
    Kind.SINGLE: _single,
    Kind.LIST: _single,
    Kind.MULTIPLE: _multiple,
    Kind.SCALE: _scale,
    Kind.GRID: _grid,
}
