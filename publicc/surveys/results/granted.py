"""What a survey says of one show, as a partner may be told: the core's questions about the outing, protected. Pure.

Each answer is a count of people: under ten it is withheld, with what would give it away; what is shown is a share of
rounded counts, in steps of 5 %. Of answers that may be several, each is told against not having given it. No weight:
what is protected is people. Nobody's age, gender, language, place, own words or answers to own questions are ever told.
Source: docs/explanation/sharing.en.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from publicc.disclosure.policy import PersonRules
from publicc.disclosure.protection import protect_persons
from publicc.disclosure.rounding import share_in_steps
from publicc.disclosure.rules import PersonUnits
from publicc.disclosure.tables import Dimension, partition_table
from publicc.kernel.cells import Cell, Shown, Withheld, WithheldReason
from publicc.kernel.text import Text
from publicc.surveys.bank import bank_pages
from publicc.surveys.definition import NOT_ANSWERS, OTHER, OTHERWISE, Choice, Kind, Question
from publicc.surveys.results.doubts import Answered
from publicc.surveys.results.tables import RECOMMENDATION

LEAST_ANSWERS: Final = 30
"""Under thirty people, nothing of what they answered is told."""
RESPONDENTS: Final = "respondents"
PAGES: Final = ("core.visit", "core.coming")
"""Pages of the bank that are about the outing, not about who the person is."""
PROMOTERS, PASSIVES, DETRACTORS = "promoters", "passives", "detractors"
HELD: Final = Withheld(WithheldReason.PERSONS)
_CAMPS: Final = (
    Choice(PROMOTERS, Text("9 ou 10 : recommandent", "9 or 10: recommend")),
    Choice(PASSIVES, Text("7 ou 8", "7 or 8")),
    Choice(DETRACTORS, Text("0 à 6 : recommandent peu", "0 to 6: hardly recommend")),
)


@dataclass(frozen=True, slots=True)
class ToldQuestion:
    """A question that may be told: its key in the cells, its words and its answers. `is_several`: they may be many."""

    key: str
    title: Text
    answers: tuple[Choice, ...]
    is_several: bool = False

    def cell(self, answer: Choice) -> str:
        """The name of an answer's cell."""
        return f"{self.key} {answer.value}"


def told_questions() -> tuple[ToldQuestion, ...]:
    """Every question that may be told, in the order of the core; a grid gives one for each of its statements."""
    return tuple(one for name in PAGES for question in bank_pages()[name].page.questions for one in _told(question))


def _told(question: Question) -> Iterator[ToldQuestion]:
    if question.id.startswith(RECOMMENDATION):
        yield ToldQuestion(question.id, question.title, _CAMPS)
    elif question.kind is Kind.GRID:
        for row in question.rows:
            yield ToldQuestion(f"{question.id}/{row.value}", row.label, question.choices)
    elif question.kind.picks_one or question.kind is Kind.MULTIPLE:
        answers = (*question.choices, Choice(OTHER, OTHERWISE)) if question.other else question.choices
        yield ToldQuestion(question.id, question.title, answers, question.kind is Kind.MULTIPLE)


def protected_answers(people: Sequence[Answered], rules: PersonRules) -> dict[str, Cell]:
    """How many answered, rounded, and the share of each answer; by the names that `ToldQuestion.cell` gives."""
    known = [frozenset(value for _, value in _values(one)) for one in people]
    whole = len(people) >= LEAST_ANSWERS
    found: dict[str, Cell] = {RESPONDENTS: _counts(("all",), [len(people)], rules)[0] if whole else HELD}
    for question in told_questions():
        names = [question.cell(one) for one in question.answers]
        given = [held & set(names) for held in known]
        base = [held for held in given if held]
        shares = _several(names, base, rules) if question.is_several else _one(names, base, rules)
        found |= shares if len(base) >= LEAST_ANSWERS else dict.fromkeys(names, HELD)
    return found


def recommendation(cells: dict[str, Cell]) -> Cell:
    """Net recommendation, from the shares that are told and nothing else. Unit: points, in steps of 5."""
    camps = {
        camp: cell for camp in (PROMOTERS, DETRACTORS) for name, cell in cells.items() if name.endswith(f" {camp}")
    }
    match camps.get(PROMOTERS), camps.get(DETRACTORS):
        case Shown(value=many), Shown(value=few):
            return Shown(round(100 * (float(many) - float(few))))
        case _:
            return HELD


def _values(one: Answered) -> Iterator[tuple[str, str]]:
    """What one person answered: question, and the name of the answer's cell."""
    for name, said in one.answers.items():
        for key, value in _parts(name, said):
            if value not in NOT_ANSWERS:
                yield key, f"{key} {value}"


def _parts(name: str, said: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - an answer of any kind
    match said:
        case dict():
            yield from ((f"{name}/{row}", str(value)) for row, value in said.items())
        case list():
            yield from ((name, str(value)) for value in said)
        case int() if name.startswith(RECOMMENDATION):
            yield name, PROMOTERS if said >= 9 else DETRACTORS if said <= 6 else PASSIVES
        case _:
            yield name, str(said)


def _one(names: Sequence[str], base: Sequence[frozenset[str]], rules: PersonRules) -> dict[str, Cell]:
    """Each person gave one of these answers."""
    counts = _counts(tuple(names), [sum(name in held for held in base) for name in names], rules)
    return {name: _share(cell, counts[0]) for name, cell in zip(names, counts[1:], strict=True)}


def _several(names: Sequence[str], base: Sequence[frozenset[str]], rules: PersonRules) -> dict[str, Cell]:
    """Each person gave some of them: told of one when both who gave it and who did not may be told."""
    found: dict[str, Cell] = {}
    for name in names:
        gave = sum(name in held for held in base)
        whole, yes, no = _counts(("yes", "no"), [gave, len(base) - gave], rules)
        found[name] = _share(yes, whole) if isinstance(no, Shown) else HELD
    return found


def _counts(values: tuple[str, ...], counts: Sequence[int], rules: PersonRules) -> tuple[Cell, ...]:
    """Everyone, then each value: rounded, or withheld so that no withheld one may be worked out."""
    table = partition_table((Dimension("answer", values),), ((), ("answer",)) if len(values) > 1 else ((),))
    nobody = np.zeros((0, len(values)), dtype=np.int64)
    units = PersonUnits(np.array(counts, dtype=np.int64), nobody, np.zeros((0, 0, len(values)), dtype=np.int64))
    return protect_persons(table, units, replace(rules, min_orgs=0, max_org_share=1.0)).cells


def _share(part: Cell, whole: Cell) -> Cell:
    match part, whole:
        case Shown(), Shown():
            return Shown(share_in_steps(int(part.value), int(whole.value)))
        case _:
            return HELD
