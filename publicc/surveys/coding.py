"""How a file of answers is read, as a person sees and corrects it: what columns hold, what unknown words stand for.

Pure. A *target* names a part of the questionnaire in one string, as a form sends it and as it is remembered: a
question, `question=choice`, `question/statement`, `question+other`; empty = the column is not kept.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from publicc.kernel.text import Text
from publicc.surveys.definition import Definition, Kind, Question
from publicc.surveys.elsewhere import Brought, Column, Said, body_of, brought, day_column, folded, parts_of

MOST_WORDS: Final = 24
"""Unknown words asked for one question, the most frequent first."""
_SAMPLES: Final = 3
_LONGEST_SAMPLE: Final = 60

Rows = Sequence[Sequence[str | None]]
_WORDS_ASIDE: Final = Text("mots à côté de « Autre »", "words beside “Other”")


@dataclass(frozen=True, slots=True)
class Target:
    """A part of the questionnaire that a column may hold."""

    key: str
    label: Text


@dataclass(frozen=True, slots=True)
class Place:
    """A column of the file: its heading, the first things in it, and what it is taken for."""

    at: int
    header: str
    samples: tuple[str, ...]
    target: str
    is_day: bool
    """Whether it says the day of each answer."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Words that a question does not offer, how many cells hold them, and the choice they are taken for if any."""

    question: Question
    words: str
    count: int
    value: str


@dataclass(frozen=True, slots=True)
class Read:
    """A file as it would be brought."""

    told: Brought
    places: tuple[Place, ...]
    unknown: tuple[Unknown, ...]


def targets_of(definition: Definition) -> list[tuple[Question, list[Target]]]:
    """Every part of every question that a column may hold."""
    return [(one, list(_targets(one))) for one in definition.questions]


def _targets(question: Question) -> Iterator[Target]:
    if question.kind is not Kind.GRID:
        yield Target(question.id, question.title)
    for row in question.rows:
        yield Target(f"{question.id}/{row.value}", row.label)
    if question.kind is Kind.MULTIPLE:
        yield from (Target(f"{question.id}={one.value}", one.label) for one in question.choices)
    if question.other:
        yield Target(f"{question.id}+other", _WORDS_ASIDE)


def target_of(column: Column) -> str:
    """The target of a column."""
    if column.is_comment:
        return f"{column.question.id}+other"
    if column.row is not None:
        return f"{column.question.id}/{column.row.value}"
    return f"{column.question.id}={column.choice.value}" if column.choice else column.question.id


def column_of(at: int, target: str, definition: Definition) -> Column | None:
    """The column that a target names; None for an empty one, or one that the questionnaire does not hold."""
    for question, targets in targets_of(definition):
        if any(one.key == target for one in targets):
            rest = target.removeprefix(question.id)
            row = next((one for one in question.rows if rest == f"/{one.value}"), None)
            choice = next((one for one in question.choices if rest == f"={one.value}"), None)
            return Column(at, question, choice=choice, row=row, is_comment=rest == "+other")
    return None


def read_as(headers: Sequence[str], rows: Rows, definition: Definition, said: Said) -> Read:
    """The file as it would be brought, with what a person may correct."""
    told = brought(headers, rows, definition, said)
    held = {column.at: target_of(column) for column in told.columns}
    body = body_of(rows)
    day = day_column(headers)
    places = tuple(
        Place(at, header, _samples(at, body), held.get(at, ""), is_day=at == day) for at, header in enumerate(headers)
    )
    return Read(told, places, tuple(_unknown(told, body, said)))


def _samples(at: int, body: Rows) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in body:
        cell = (row[at] or "").strip()
        if cell:
            found[cell[:_LONGEST_SAMPLE]] = None
        if len(found) == _SAMPLES:
            break
    return tuple(found)


def _unknown(told: Brought, body: Rows, said: Said) -> Iterator[Unknown]:
    """What is asked: cells that no choice says, and numbers, which mean what the other program made them mean."""
    cells: dict[str, Counter[str]] = {}
    taken: dict[str, dict[str, str]] = {}
    for column in told.columns:
        question = column.question
        if column.choice or column.is_comment or not question.kind.has_choices:
            continue
        known, words = _known(question), said.words.get(question.id, {})
        numbers = {one.value: one.value for one in question.choices if one.value.isdigit()}
        codes = {folded(cell): value for cell, value in told.codes.get(column.at, {}).items()}
        taken.setdefault(question.id, {}).update(numbers | codes | dict(words))
        for row in body:
            for part in _parts(question, (row[column.at] or "").strip()):
                if folded(part) not in known or folded(part) in words:
                    cells.setdefault(question.id, Counter())[part] += 1
    questions = {column.question.id: column.question for column in told.columns}
    for name, counts in cells.items():
        for words_found, count in counts.most_common(MOST_WORDS):
            yield Unknown(questions[name], words_found, count, taken[name].get(folded(words_found), ""))


def _known(question: Question) -> set[str]:
    """What needs no question: the words of choices, and values that are not plain numbers."""
    labels = {folded(name) for one in question.every_choice for name in (one.label.fr, one.label.en)}
    return labels | {folded(one.value) for one in question.every_choice if not one.value.isdigit()}


def _parts(question: Question, cell: str) -> list[str]:
    if not cell:
        return []
    if question.kind is not Kind.MULTIPLE:
        return [cell]
    whole = {folded(name) for one in question.every_choice for name in (one.label.fr, one.label.en)}
    known = f" {folded(cell)} "
    for words in sorted(whole, key=len, reverse=True):
        known = known.replace(f" {words} ", " ", 1) if words else known
    left = set(known.split())
    return [part for part in parts_of(cell) if folded(part) and set(folded(part).split()) <= left]


def remembered(headers: Sequence[str], columns: Mapping[str, str], definition: Definition) -> dict[int, Column | None]:
    """What was said of columns that bear these headings in an earlier file, where the questionnaire holds it."""
    found: dict[int, Column | None] = {}
    for at, header in enumerate(headers):
        if folded(header) in columns:
            target = columns[folded(header)]
            column = column_of(at, target, definition)
            if column is not None or not target:
                found[at] = column
    return found
