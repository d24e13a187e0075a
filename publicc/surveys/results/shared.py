"""What of the common core is compared between organizations: net recommendation, marks, shares of each choice.

One organization's figures are of all its surveys that ask about a visit, over a closed period, weighted like its page
of results. Gender and place are left out; open answers never leave.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Final

from publicc.kernel.period import Period
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Text
from publicc.releases.brought import OwnFigure
from publicc.surveys.bank import bank_pages
from publicc.surveys.definition import Definition, Kind, Question
from publicc.surveys.models import Survey
from publicc.surveys.results.doubts import Answered
from publicc.surveys.results.estimates import Estimate, Z
from publicc.surveys.results.reading import frame_around, read_answers, results_of, weights_of
from publicc.surveys.results.tables import RECOMMENDATION, VISIT, Result, Row

_LEFT_OUT: Final = frozenset({"core.gender.v1", "core.place.v1"})


class Measure(StrEnum):
    """How a figure is read."""

    POINTS = "points"
    """−100 to 100."""
    MARK = "mark"
    """Mean, 1 to 5."""
    SHARE = "share"
    """Ratio, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Shared:
    """One figure that is compared."""

    metric: str
    label: Text
    measure: Measure


@dataclass(frozen=True, slots=True)
class SharedQuestion:
    """A question of the core with its figures, in the order of its choices."""

    title: Text
    figures: tuple[Shared, ...]


@cache
def shared_questions() -> tuple[SharedQuestion, ...]:
    """Every question that is compared, in the order in which it is asked."""
    asked = (one for page in bank_pages().values() if page.is_core for one in page.page.questions)
    kept = (one for one in asked if not one.is_open and one.kind is not Kind.LINE and one.id not in _LEFT_OUT)
    return tuple(SharedQuestion(one.title, tuple(_figures(one))) for one in kept)


def figures_of(scope: OwnRows, period: Period) -> Mapping[str, OwnFigure]:
    """One organization's figures of a period, as a release asks for them."""
    people: list[Answered] = []
    every: dict[int, Definition] = {}
    for survey in Survey.objects.filter(organization__slug=scope.organization).select_related("organization"):
        read = read_answers(survey)
        people += read.people
        every |= read.definitions
    return {metric: OwnFigure(one.value, one.n) for metric, one in figures_in(scope, people, every, period).items()}


def figures_in(
    scope: OwnRows, people: Iterable[Answered], every: dict[int, Definition], period: Period
) -> dict[str, Estimate]:
    """The figures of these people, of those who answered about a visit on a day of the period."""
    visits = {name for name, definition in every.items() if definition.question(VISIT) is not None}
    kept = [one for one in people if one.version in visits and date.fromisoformat(one.day) in period]
    weights = weights_of(kept, frame_around(scope, kept))
    asked = [one for page in bank_pages().values() if page.is_core for one in page.page.questions if not one.is_open]
    return dict(_told(results_of(asked, every, kept, weights)))


def _figures(question: Question) -> Iterable[Shared]:
    name = f"survey.{question.id}"
    if question.id.startswith(RECOMMENDATION):
        yield Shared(name, Text("Recommandation nette", "Net recommendation"), Measure.POINTS)
    elif question.kind is Kind.GRID:
        yield from (Shared(f"{name}.{row.value}", row.label, Measure.MARK) for row in question.rows)
    elif _is_marked(row.value for row in question.choices):
        yield Shared(name, Text("Moyenne, de 1 à 5", "Mean, 1 to 5"), Measure.MARK)
    else:
        yield from (Shared(f"{name}.{one.value}", one.label, Measure.SHARE) for one in question.choices)


def _told(results: Iterable[Result]) -> Iterable[tuple[str, Estimate]]:
    known = {figure.metric for question in shared_questions() for figure in question.figures}
    for one in results:
        name = f"survey.{one.question.replace('/', '.')}"
        if not one.answered:
            continue
        if one.headline is not None:
            told = [(name, one.headline)]
        elif _is_marked(row.value for row in one.rows):
            told = [(name, mean_of(one.rows))]
        else:
            told = [(f"{name}.{row.value}", row.share) for row in one.rows]
        yield from ((metric, figure) for metric, figure in told if metric in known)


def _is_marked(values: Iterable[str]) -> bool:
    """Whether choices are marks of 1 to 5."""
    return tuple(values) == ("1", "2", "3", "4", "5")


def mean_of(rows: Sequence[Row]) -> Estimate:
    """The mean of marks from the weighted share of each: the same as `estimates.mean` of the marks themselves."""
    shares = [(float(row.value), row.share.value) for row in rows]
    middle = sum(mark * share for mark, share in shares)
    variance = sum(share * (mark - middle) ** 2 for mark, share in shares)
    of = rows[0].share
    half = Z * math.sqrt(variance / of.n_eff)
    return Estimate(middle, middle - half, middle + half, of.n, of.n_eff)
