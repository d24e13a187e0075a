"""A question as a form draws it, in one language, with what was already answered. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from publicc.kernel.text import Lang, Text
from publicc.surveys.asking import LONGEST_COMMENT, LONGEST_LINE, rows_in_order
from publicc.surveys.definition import COMMENT_SUFFIX, Choice, Form, Kind, Question


@dataclass(frozen=True, slots=True)
class Option:
    """One box to tick or one dot to choose."""

    id: str
    name: str
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A statement of a grid with its options."""

    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A question ready to draw."""

    id: str
    name: str
    kind: str
    title: str
    help: str
    problem: str
    required: bool
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    value: str = ""
    other_name: str = ""
    other_value: str = ""
    low_label: str = ""
    high_label: str = ""
    is_number: bool = False
    low: int = 0
    high: int = 0
    longest: int = 0
    most: int = 0


def field(
    question: Question, answers: Mapping[str, Any], lang: Lang, *, seed: str = "", problem: Text | None = None
) -> Field:
    """The question with these answers."""
    given = answers.get(question.id)
    longest = question.longest or (LONGEST_COMMENT if question.kind is Kind.COMMENT else LONGEST_LINE)
    return Field(
        id=html_id(question.id),
        name=question.id,
        kind=question.kind.value,
        title=_said(question.title, lang),
        help=_said(question.help, lang) if question.help else "",
        problem=problem.said(lang) if problem else "",
        required=question.required,
        options=_options(question, given, lang),
        rows=_rows(question, given, lang, seed),
        value="" if given is None or isinstance(given, list | dict) else str(given),
        other_name=question.id + COMMENT_SUFFIX if question.other else "",
        other_value=str(answers.get(question.id + COMMENT_SUFFIX) or ""),
        low_label=_said(question.low_label, lang) if question.low_label else "",
        high_label=_said(question.high_label, lang) if question.high_label else "",
        is_number=question.form is Form.NUMBER,
        low=question.low,
        high=question.high,
        longest=3 if question.form is Form.FSA else longest,
        most=question.most,
    )


def html_id(name: str) -> str:
    """A name as the id of an element."""
    return "q-" + re.sub(r"[^a-z0-9-]+", "-", name.lower())


def _options(question: Question, given: Any, lang: Lang) -> tuple[Option, ...]:  # noqa: ANN401 - an answer of any kind
    if question.kind is Kind.SCALE:
        numbers = (Choice(str(n), Text(str(n), str(n))) for n in range(question.low, question.high + 1))
        return _drawn(question.id, tuple(numbers), {str(given)}, lang)
    if question.kind in {Kind.SINGLE, Kind.LIST, Kind.MULTIPLE}:
        chosen = set(given) if isinstance(given, list) else {given}
        return _drawn(question.id, question.every_choice, chosen, lang)
    return ()


def _rows(question: Question, given: Any, lang: Lang, seed: str) -> tuple[Row, ...]:  # noqa: ANN401 - an answer of any kind
    said = given if isinstance(given, dict) else {}
    return tuple(
        Row(_said(row.label, lang), _drawn(f"{question.id}/{row.value}", question.choices, {said.get(row.value)}, lang))
        for row in rows_in_order(question, seed)
    )


def _drawn(name: str, choices: tuple[Choice, ...], chosen: set[Any], lang: Lang) -> tuple[Option, ...]:
    return tuple(
        Option(f"{html_id(name)}-{at}", name, one.value, _said(one.label, lang), one.value in chosen)
        for at, one in enumerate(choices)
    )


def _said(text: Text, lang: Lang) -> str:
    """The words in the language, or in the other when they were not written yet (a draft being tried)."""
    return text.said(lang) or text.fr or text.en
