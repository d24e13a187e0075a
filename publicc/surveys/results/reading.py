"""The answers of a survey, opened, weighted and told: everything the page of results shows, counted at each reading."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db.models import Q, QuerySet

from publicc.kernel.errors import PublicCError
from publicc.kernel.scope import OwnRows
from publicc.metrics.source import Census, Source
from publicc.store.facts import own_facts
from publicc.store.home import Home
from publicc.store.sealing import Seal
from publicc.surveys.conditions import is_met
from publicc.surveys.definition import Definition, Question
from publicc.surveys.exchange import from_surveyjs
from publicc.surveys.models import Link, Response, Survey
from publicc.surveys.results.behaviour import Axis, bought, by_behaviour
from publicc.surveys.results.doubts import Answered, counted, doubts
from publicc.surveys.results.estimates import HIDDEN_BELOW, Estimate, margin_of_error
from publicc.surveys.results.margins import Frame, frame_of
from publicc.surveys.results.population import population_margins
from publicc.surveys.results.tables import APPEAL, ATTENDED, RECOMMENDATION, VISIT, Result, attitudes, result_of
from publicc.surveys.results.tally import tally
from publicc.surveys.results.weighting import Weights, effective_n, unweighted, weigh
from publicc.surveys.states import LinkKind, ResponseState, Suspicion
from publicc.surveys.tying import tied_buyers


@dataclass(frozen=True, slots=True)
class Report:
    """What a survey says: how many, how surely, weighted to what, and each question."""

    finished: int
    begun: int
    counted: int
    apart: dict[Suspicion, int]
    kept_apart: int
    full_days: tuple[date, ...]
    weights: Weights
    frame: Frame | None
    is_of_population: bool
    """Whether people met outside venues answer: they stand for those who live there, not for buyers."""
    is_frame_known: bool
    results: tuple[Result, ...]
    tied: int
    """How many of those counted are tied to a buyer who is known, because they agreed to it."""
    behaviour: tuple[Axis, ...]

    @property
    def effective(self) -> float:
        """Kish's effective size."""
        return effective_n(self.weights.values)

    @property
    def margin(self) -> float:
        """The widest margin of a share, of everyone counted. Unit: ratio."""
        frame = self.frame.buyers if self.frame and self.is_frame_known else None
        return margin_of_error(self.effective, frame=frame)

    @property
    def recommendation(self) -> Estimate | None:
        """Net recommendation, when enough people said."""
        found = (one.headline for one in self.results if one.question.startswith(RECOMMENDATION) and not one.is_hidden)
        return next(found, None)

    @property
    def is_empty(self) -> bool:
        """Too few responses to show a figure."""
        return self.counted < HIDDEN_BELOW


def opened(survey: Survey, link: Link | None = None) -> list[Answered]:
    """The responses that figures may count, with at least one answer, in the order of their random number.

    Neither those that were left out nor those doubted when they came and not looked at: a hundred thousand of them cost
    a count (`tally`), not their reading.
    """
    seal = Seal.of(survey.organization.slug, "answers")
    rows = _of(survey, link).exclude(is_kept=False).filter(Q(marks=[]) | Q(is_kept=True)).order_by("pk")
    found = (
        Answered(
            id=one.pk,
            answers=seal.opened(one.answers, one.pk),
            version=one.version_id,
            link=one.link_id,
            day=one.day.isoformat(),
            seconds=one.seconds,
            marks=tuple(one.marks),
            is_kept=one.is_kept,
            is_done=one.state == ResponseState.DONE,
        )
        for one in rows.iterator(chunk_size=2_000)
    )
    return [one for one in found if one.answers]


def _of(survey: Survey, link: Link | None) -> QuerySet[Response]:
    return survey.responses.filter(link=link) if link else survey.responses.all()


def definitions(survey: Survey) -> dict[int, Definition]:
    """What each version asks, the newest last."""
    return {one.pk: from_surveyjs(one.definition) for one in survey.versions.order_by("number")}


def questions_of(every: dict[int, Definition]) -> list[Question]:
    """Every question that was ever asked: those of the newest version in its order, then those it no longer asks."""
    found: dict[str, Question] = {}
    for definition in reversed(list(every.values())):
        found |= {one.id: one for one in definition.questions if one.id not in found}
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Read:
    """The answers of a survey, or of one of its links: all that may be counted, their doubts, and those counted."""

    definitions: dict[int, Definition]
    responses: list[Answered]
    suspicions: dict[int, frozenset[Suspicion]]
    people: list[Answered]


def read_answers(survey: Survey, link: Link | None = None) -> Read:
    """Open the answers and judge them."""
    every = definitions(survey)
    responses = opened(survey, link)
    suspicions = doubts(responses, questions_of(every))
    return Read(every, responses, suspicions, counted(responses, suspicions))


def report(scope: OwnRows, survey: Survey, link: Link | None = None, *, read: Read | None = None) -> Report:
    """What the survey says, or one of its links. `read`: its answers, where they were read already."""
    read = read or read_answers(survey, link)
    people = read.people
    links = {one.pk: one for one in survey.links.all()}
    met = is_of_population(read.definitions)
    frame = None if met else _frame(scope, people, links)
    weights = weights_to_population(people, census_of(scope)) if met else weights_of(people, frame)
    tied, behaviour = _behaviour(scope, survey, people)
    apart = Counter(mark for one in read.responses if one.is_kept is None for mark in read.suspicions[one.id])
    counts = tally(survey, link)
    return Report(
        finished=counts.finished,
        begun=sum(not one.is_done for one in read.responses),
        counted=len(people),
        apart=dict(apart + counts.apart),
        kept_apart=counts.kept_apart,
        full_days=counts.full_days,
        weights=weights,
        frame=frame,
        is_of_population=met,
        is_frame_known=bool(people) and all(_has_frame(links.get(one.link or 0)) for one in people),
        results=tuple(_results(read.definitions, people, weights)),
        tied=tied,
        behaviour=behaviour,
    )


def weights_of(people: Sequence[Answered], frame: Frame | None) -> Weights:
    """What each of these people weighs for the buyers of a frame; each for one without."""
    return weigh(len(people), frame.margins(people)) if frame and people else unweighted(len(people))


def _behaviour(scope: OwnRows, survey: Survey, people: Sequence[Answered]) -> tuple[int, tuple[Axis, ...]]:
    buyers = tied_buyers(survey)
    told = bought(scope) if buyers else None
    return by_behaviour(people, buyers, told) if told else (0, ())


def _results(every: dict[int, Definition], people: Sequence[Answered], weights: Weights) -> Iterator[Result]:
    yield from results_of(questions_of(every), every, people, weights)
    attitude = attitudes(people, weights.values)
    if attitude is not None:
        yield attitude


def results_of(
    questions: Iterable[Question], every: dict[int, Definition], people: Sequence[Answered], weights: Weights
) -> Iterator[Result]:
    """What these questions say, each to those who were asked it."""
    for question in questions:
        asking = {name for name, definition in every.items() if definition.question(question.id)}
        asked = np.array([one.version in asking and _was_asked(question, one) for one in people], dtype=bool)
        if asked.any():
            yield from result_of(
                question, [one for one, was in zip(people, asked, strict=True) if was], weights.values[asked]
            )


def _was_asked(question: Question, one: Answered) -> bool:
    """Whether this person came to the question: finished, or answered it; and its condition was met."""
    return (one.is_done or question.id in one.answers) and is_met(question.condition, one.answers)


def _has_frame(link: Link | None) -> bool:
    return link is not None and link.kind in {LinkKind.SHOW, LinkKind.PERFORMANCE} and not link.is_kiosk


def asks_of_a_visit(every: Mapping[int, Definition]) -> bool:
    """Whether a version of the survey asks about a visit."""
    return any(one.question(VISIT) is not None for one in every.values())


def is_of_population(every: Mapping[int, Definition]) -> bool:
    """Whether the survey asks the two questions on non-publics, of people who are asked about no visit."""
    newest = next(reversed(list(every.values())), None)
    both = newest is not None and newest.question(APPEAL) is not None and newest.question(ATTENDED) is not None
    return both and not asks_of_a_visit(every)


def census_of(scope: OwnRows) -> Census | None:
    """The census that the installation has; None without one, or before the first snapshot."""
    try:
        with own_facts(Home.from_environment(), scope) as facts:
            return Source.of(facts).census
    except PublicCError:
        return None


def weights_to_population(people: Sequence[Answered], census: Census | None) -> Weights:
    """What people met outside venues weigh for those who live there; each for one without a census."""
    return weigh(len(people), population_margins(people, census)) if census and people else unweighted(len(people))


def _frame(scope: OwnRows, people: Sequence[Answered], links: dict[int, Link]) -> Frame | None:
    used = [links.get(one.link or 0) for one in people]
    targets = {one.target for one in used if one is not None and one.target}
    narrow = targets if all(_has_frame(one) for one in used) else set()
    return frame_around(scope, people, sorted(narrow))


def frame_around(scope: OwnRows, people: Sequence[Answered], targets: Sequence[str] = ()) -> Frame | None:
    """The buyers whom these people stand for, from the day of the first answer to that of the last."""
    if not people:
        return None
    days = [date.fromisoformat(one.day) for one in people]
    return frame_of(scope, min(days), max(days), targets)
