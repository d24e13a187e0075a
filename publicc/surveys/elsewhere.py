"""Answers collected with another program, read into the questions of a survey: each column, then each cell.

Pure. Columns are recognised by a question's id or its words in either language, alone or followed by a statement or
a choice in brackets (LimeSurvey, Google Forms), by a second line of headers (SurveyMonkey), or by the words of a choice
of one question only (Typeform). Cells are recognised by value or words, else by their number in the order of choices.
What a person said of a column or of a cell (`Said`) comes before all that.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from publicc.surveys.asking import checked
from publicc.surveys.definition import COMMENT_SUFFIX, OTHER, Choice, Definition, Kind, Question

_BRACKETED: Final = re.compile(r"^(?P<title>.+?)\s*\[(?P<part>[^\]]+)\]\s*$", re.DOTALL)
_CODE: Final = re.compile(r"^[A-Za-z]{0,3}0*(\d{1,2})$")
_LEADING: Final = re.compile(r"^\s*(\d{1,3})\b")
_YES: Final = frozenset({"yes", "oui", "y", "o", "1", "true", "vrai", "x", "checked", "coche"})
_OTHER: Final = frozenset({"other", "autre", "other please specify", "autre veuillez preciser", "autre preciser"})
_WHEN: Final = frozenset({
    "timestamp", "horodateur", "submit date utc", "submit date", "submitdate", "date submitted", "date de soumission",
    "end date", "date de fin", "date", "datestamp",
})  # fmt: skip
_YEAR_FIRST: Final = re.compile(r"^(\d{4})[-/](\d\d?)[-/](\d\d?)")
_SLASHED: Final = re.compile(r"^(\d\d?)[/.-](\d\d?)[/.-](\d{4})")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: a question, one choice of it, one statement of it, or the words beside *other*."""

    at: int
    question: Question
    choice: Choice | None = None
    row: Choice | None = None
    is_comment: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of a file: which part of the questionnaire columns hold, and which choice words stand for."""

    columns: Mapping[int, Column | None] = field(default_factory=dict)
    """Place of a column → what it holds; None = it is not kept."""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Question → folded words → value of a choice."""


NOTHING_SAID: Final = Said()


@dataclass(slots=True)
class Brought:
    """What a file says: the answers of each person with their day if told, and all that was left out."""

    people: list[tuple[dict[str, Any], date | None]] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    misunderstood: dict[str, int] = field(default_factory=dict)
    """Question → how many cells said something that it does not offer."""
    by_order: set[str] = field(default_factory=set)
    """Questions whose codes were read in the order of their choices."""
    codes: dict[int, dict[str, str]] = field(default_factory=dict)
    """Column → cell → value, where codes were read in the order of the choices."""


def brought(
    headers: Sequence[str],
    rows: Sequence[Sequence[str | None]],
    definition: Definition,
    said: Said = NOTHING_SAID,
) -> Brought:
    """The answers in a table. Rows without a single answer are no one's."""
    second = rows[0] if rows and _is_second_header(rows[0]) else None
    body = rows[1:] if second is not None else rows
    told = Brought()
    found = [one for one in _columns(headers, second, definition) if one.at not in said.columns]
    told.columns = sorted([*found, *(one for one in said.columns.values() if one)], key=lambda one: one.at)
    known = {column.at for column in told.columns}
    when = day_column(headers)
    told.left_out = [one for at, one in enumerate(headers) if at not in known and at != when]
    told.codes = {column.at: codes for column in told.columns if (codes := _codes(column, body))}
    told.by_order = {column.question.id for column in told.columns if column.at in told.codes}
    days = _days([row[when] if when is not None else None for row in body])
    for row, day in zip(body, days, strict=True):
        answers = _person(row, told, said)
        if answers:
            told.people.append((answers, day))
    return told


def folded(words: str) -> str:
    """Words without accents, capitals or marks: what two programs write alike."""
    plain = unicodedata.normalize("NFD", words)
    bare = "".join(one for one in plain if not unicodedata.combining(one)).lower()
    return " ".join(re.findall(r"[a-z0-9+]+", bare))


def _columns(headers: Sequence[str], second: Sequence[str | None] | None, definition: Definition) -> Iterator[Column]:
    titles = {folded(name): one for one in definition.questions for name in (one.id, one.title.fr, one.title.en)}
    current: Question | None = None
    for at, header in enumerate(headers):
        under = (second[at] or "") if second is not None else ""
        found = titles.get(folded(header))
        if found is not None or folded(header) not in {"", folded(under)}:
            current = found if found is not None or not _is_unnamed(header) else current
        if under and current is not None and (found is not None or _is_unnamed(header)):
            yield from _part(at, current, under)
        elif found is not None:
            yield Column(at, found)
        else:
            yield from _bracketed(at, header, titles, definition)


def _is_unnamed(header: str) -> bool:
    """Whether the header was empty: readers name it by its place."""
    return re.fullmatch(r"(?:column|colonne|unnamed|field)?[ _:]*\d*", folded(header)) is not None


def _bracketed(at: int, header: str, titles: Mapping[str, Question], definition: Definition) -> Iterator[Column]:
    split = _BRACKETED.match(header)
    if split and (found := titles.get(folded(split["title"]))):
        yield from _part(at, found, split["part"])
        return
    holders = [(one, choice) for one in definition.questions if one.kind is Kind.MULTIPLE
               for choice in one.choices if _is(choice, header)]  # fmt: skip
    if len(holders) == 1:
        yield Column(at, holders[0][0], choice=holders[0][1])


def _part(at: int, question: Question, part: str) -> Iterator[Column]:
    if question.kind is Kind.GRID:
        yield from (Column(at, question, row=row) for row in question.rows if _is(row, part))
    elif question.kind is Kind.MULTIPLE:
        choice = next((one for one in question.choices if _is(one, part)), None)
        if choice is not None:
            yield Column(at, question, choice=choice)
        elif question.other and folded(part) in _OTHER:
            yield Column(at, question, is_comment=True)
    else:
        yield Column(at, question)


def _is_second_header(row: Sequence[str | None]) -> bool:
    """Whether a first row says « Response » where a second line of headers would."""
    marks = {"response", "open ended response", "reponse", "reponse libre", "reponse ouverte"}
    return any(folded(one or "") in marks for one in row)


def _is(choice: Choice, words: str) -> bool:
    return folded(words) in {folded(choice.value), folded(choice.label.fr), folded(choice.label.en)}


def _codes(column: Column, rows: Sequence[Sequence[str | None]]) -> dict[str, str]:
    """Cell → value, when no cell is known by words and each is a number in the order of the choices."""
    choices = column.question.choices
    if column.choice is not None or column.is_comment or not choices or column.question.kind is Kind.MULTIPLE:
        return {}
    cells = {row[column.at] or "" for row in rows} - {""}
    if not cells or any(_is(one, cell) for one in column.question.every_choice for cell in cells):
        return {}
    numbers = {cell: int(found[1]) for cell in cells if (found := _CODE.match(cell.strip()))}
    if len(numbers) < len(cells) or not all(1 <= one <= len(choices) for one in numbers.values()):
        return {}
    return {cell: choices[number - 1].value for cell, number in numbers.items()}


def day_column(headers: Sequence[str]) -> int | None:
    """The column that says the day of each answer."""
    return next((at for at, one in enumerate(headers) if folded(one) in _WHEN), None)


def body_of(rows: Sequence[Sequence[str | None]]) -> Sequence[Sequence[str | None]]:
    """The rows of people, without a second line of headers."""
    return rows[1:] if rows and _is_second_header(rows[0]) else rows


def _person(row: Sequence[str | None], told: Brought, said: Said) -> dict[str, Any]:
    given: dict[str, list[str]] = {}
    for column in told.columns:
        cell = (row[column.at] or "").strip()
        if cell:
            meaning = Meaning(column.question, told.codes.get(column.at, {}), said.words.get(column.question.id, {}))
            _read(column, cell, meaning, given)
    questions = {column.question.id: column.question for column in told.columns}
    found = checked(questions.values(), given)
    for name in found.problems:
        if given.get(name) or any(one.startswith(f"{name}/") for one in given):
            told.misunderstood[name] = told.misunderstood.get(name, 0) + 1
    return {name: value for name, value in found.answers.items() if value not in (None, [], {}, "")}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the cells of a column stand for: as a person said, by their number in the order of choices, or by words."""

    question: Question
    codes: Mapping[str, str]
    words: Mapping[str, str]

    def of(self, cell: str) -> str:
        """The value of a cell; the cell itself when nothing says it."""
        return self.words.get(folded(cell)) or self.codes.get(cell) or _value(self.question, cell)


def _read(column: Column, cell: str, meaning: Meaning, given: dict[str, list[str]]) -> None:
    question = column.question
    if column.is_comment:
        given.setdefault(question.id, []).append(OTHER)
        given[question.id + COMMENT_SUFFIX] = [cell]
    elif column.choice is not None:
        if folded(cell) in _YES or _is(column.choice, cell):
            given.setdefault(question.id, []).append(column.choice.value)
    elif column.row is not None:
        given[f"{question.id}/{column.row.value}"] = [meaning.of(cell)]
    elif question.kind is Kind.MULTIPLE:
        _read_several(question, cell, given, meaning.words)
    elif question.kind is Kind.SCALE:
        leading = _LEADING.match(cell)
        given[question.id] = [leading[1] if leading else cell]
    else:
        given[question.id] = [meaning.of(cell) if question.kind.picks_one else cell]


def _read_several(question: Question, cell: str, given: dict[str, list[str]], words: Mapping[str, str]) -> None:
    """The choices of one cell; parts of it that a person said what they stand for come first."""
    parts = parts_of(cell)
    known = [words[folded(part)] for part in parts if folded(part) in words]
    rest = ", ".join(part for part in parts if folded(part) not in words) if known else cell
    found = _several(question, rest, given) if rest else []
    given[question.id] = list(dict.fromkeys([*given.get(question.id, []), *known, *found]))


def parts_of(cell: str) -> list[str]:
    """What a cell that holds several answers holds, one by one."""
    return [part.strip() for part in re.split(r"[;,|\n]", cell) if part.strip()]


def _value(question: Question, cell: str) -> str:
    return next((one.value for one in question.every_choice if _is(one, cell)), cell)


def _several(question: Question, cell: str, given: dict[str, list[str]]) -> list[str]:
    """The choices named in one cell, the longest first; what remains is the words of *other*."""
    rest = f" {folded(cell)} "
    chosen = []
    labels = [(folded(name), one.value) for one in question.every_choice for name in (one.label.fr, one.label.en)]
    for words, value in sorted(labels, key=lambda one: -len(one[0])):
        if words and f" {words} " in rest:
            chosen.append(value)
            rest = rest.replace(f" {words} ", " ", 1)
    codes = {folded(one.value): one.value for one in question.every_choice}
    chosen += [codes[one] for one in rest.split() if one in codes]
    left = [one for one in rest.split() if one not in codes]
    if left and question.other:
        chosen.append(OTHER)
        given[question.id + COMMENT_SUFFIX] = [cell]
    elif left:
        chosen.append(cell)
    return list(dict.fromkeys(chosen))


def _days(cells: Sequence[str | None]) -> list[date | None]:
    """The day of each cell: year first; or day and month in the order that the column settles, else unknown."""
    slashed = [found for cell in cells if (found := _SLASHED.match(cell or ""))]
    day_first = any(int(one[1]) > 12 for one in slashed)
    month_first = any(int(one[2]) > 12 for one in slashed)
    return [_day(cell or "", day_first=day_first, is_settled=day_first != month_first) for cell in cells]


def _day(cell: str, *, day_first: bool, is_settled: bool) -> date | None:
    if settled := _YEAR_FIRST.match(cell):
        return _date(*(int(one) for one in settled.groups()))
    found = _SLASHED.match(cell)
    if found is None or not is_settled:
        return None
    first, second, year = (int(one) for one in found.groups())
    return _date(year, second, first) if day_first else _date(year, first, second)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
