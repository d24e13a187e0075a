"""The page of results, its files, and what becomes of responses set apart."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from publicc.collective.access import (
    Visitor,
    can_survey,
    check_can_export,
    check_can_read_survey_results,
    check_can_survey,
)
from publicc.collective.doors import for_members
from publicc.collective.trail import record
from publicc.kernel.errors import BadInput, NotFound
from publicc.kernel.formats import number, period_words, rounded
from publicc.kernel.spreadsheets import safe_text
from publicc.kernel.text import Lang, Text
from publicc.releases.catalogue import Cohort, Released, asked_cohort, catalogue_for
from publicc.releases.groups.queries import groups_of
from publicc.store.home import Home
from publicc.surveys import actions
from publicc.surveys.definition import Kind
from publicc.surveys.models import Link, Response, Survey
from publicc.surveys.results.beside import (
    NOTHING_RELEASED,
    BesideQuestion,
    DrawnBeside,
    beside,
    beside_rows,
    cohorts_of,
    drawn_beside,
    release_for,
    sentence,
)
from publicc.surveys.results.doubts import counted, doubts
from publicc.surveys.results.reading import (
    Read,
    Report,
    asks_of_a_visit,
    definitions,
    opened,
    questions_of,
    read_answers,
    report,
)
from publicc.surveys.results.shared import figures_in
from publicc.surveys.results.tally import doubted_on_coming
from publicc.surveys.results.telling import answer_sentence, certainty, drawn, drawn_axis, weights_sentence
from publicc.surveys.states import Suspicion
from publicc.surveys.views import lang

REPORT_FORMS: Final = ("pdf", "pptx", "xlsx")
"""Forms of the report on a survey that its page offers."""
_AT_ONCE: Final = 5_000
"""Rows named in one statement: databases take no more than some tens of thousands of values."""
_HEADS = (
    Text("question", "question"), Text("réponse", "answer"), Text("code", "code"), Text("personnes", "people"),
    Text("base", "base"), Text("part pondérée", "weighted share"), Text("bas", "low"), Text("haut", "high"),
    Text("part non pondérée", "unweighted share"),
)  # fmt: skip


@for_members
@require_safe
def results(request: HttpRequest, who: Visitor, survey_key: str) -> HttpResponse:
    """What the survey says, counted now."""
    survey = actions.survey_of(who, survey_key)
    check_can_read_survey_results(who)
    link = _link(survey, request.GET.get("link", ""))
    read = read_answers(survey, link)
    told = report(who.scope, survey, link, read=read)
    page = {
        "survey": survey,
        "report": told,
        "sentence": answer_sentence(told),
        "certainty": certainty(told),
        "weights": weights_sentence(told),
        "results": [drawn(one, lang()) for one in told.results],
        "behaviour": [drawn_axis(one, lang()) for one in told.behaviour],
        "apart": sorted(told.apart.items()),
        "links": survey.links.all(),
        "chosen": link.code if link else "",
        "may_write": can_survey(who),
        "report_forms": REPORT_FORMS,
        "beside": _beside(who, read, request) if asks_of_a_visit(read.definitions) and not told.is_empty else None,
    }
    return render(request, "surveys/results.html", page)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside the peers, ready to draw; `released` None: nothing was released yet."""

    released: Released | None
    chosen: Cohort
    cohorts: tuple[Cohort, ...] = ()
    questions: tuple[BesideQuestion, ...] = ()

    @property
    def said(self) -> Text:
        """The sentence that answers."""
        return sentence(self.questions, self.released, self.chosen) if self.released else NOTHING_RELEASED

    @property
    def period(self) -> str:
        """The days that are compared."""
        return period_words(self.released.period, lang()) if self.released else ""

    @property
    def drawn(self) -> list[tuple[str, list[DrawnBeside]]]:
        """Each question with its rows."""
        return [
            (one.title.said(lang()), [drawn_beside(each, lang()) for each in one.figures]) for one in self.questions
        ]


def _beside(who: Visitor, read: Read, request: HttpRequest) -> _Beside:
    own_groups = groups_of(who.organization.slug)
    released = release_for(catalogue_for(Home.from_environment(), who.scope, own_groups), read.people)
    asked = dict(parse_qs(request.GET.get("peers", "")))
    chosen = asked_cohort(asked, own_groups)
    if released is None:
        return _Beside(None, chosen)
    own = figures_in(who.scope, read.people, read.definitions, released.period)
    return _Beside(released, chosen, cohorts_of(released), beside(released, own, chosen))


@for_members
@require_safe
def peers(request: HttpRequest, who: Visitor, survey_key: str) -> HttpResponse:
    """What stands beside the peers as a file: every figure, shown or withheld with why."""
    survey = actions.survey_of(who, survey_key)
    check_can_read_survey_results(who)
    check_can_export(who)
    told = _beside(who, read_answers(survey), request)
    if told.released is None:
        raise NotFound(NOTHING_RELEASED)
    return _file(beside_rows(told.questions, told.released, lang()), f"pairs-{survey.key[:8]}")


@for_members
@require_POST
def decide(request: HttpRequest, who: Visitor, survey_key: str) -> HttpResponse:
    """Count the responses set apart for a reason, or leave them out for good."""
    survey = actions.survey_of(who, survey_key)
    check_can_survey(who)
    try:
        why = Suspicion(request.POST.get("why", ""))
    except ValueError as problem:
        raise BadInput(Text("Cette raison n'existe pas.", "There is no such reason.")) from problem
    is_kept = request.POST.get("do") == "count"
    with transaction.atomic():
        meant = _doubted(survey, why)
        for at in range(0, len(meant), _AT_ONCE):
            Response.objects.filter(survey=survey, pk__in=meant[at : at + _AT_ONCE]).update(is_kept=is_kept)
        record(
            action="count_doubtful_answers" if is_kept else "leave_out_answers",
            actor=request.user, organization=who.organization, object_id=survey.key,
        )  # fmt: skip
    told = Text("{n} réponses comptées.", "{n} answers counted.") if is_kept else Text(
        "{n} réponses laissées de côté.", "{n} answers left out."
    )  # fmt: skip
    messages.success(request, told.said(lang(), n=number(len(meant), lang())))
    return redirect("survey_results", who.organization.slug, survey_key)


def _doubted(survey: Survey, why: Suspicion) -> list[int]:
    """The responses set apart for that reason, known when they came or only since."""
    responses = opened(survey)
    since = doubts(responses, questions_of(definitions(survey)))
    found = [one.id for one in responses if why in since[one.id] and one.is_kept is None]
    return [*found, *(number for number, marks in doubted_on_coming(survey) if why in marks)]


@for_members
@require_safe
def table(request: HttpRequest, who: Visitor, survey_key: str) -> HttpResponse:
    """Every table of the page as one file."""
    survey = actions.survey_of(who, survey_key)
    check_can_read_survey_results(who)
    check_can_export(who)
    told = report(who.scope, survey, _link(survey, request.GET.get("link", "")))
    return _file(_table_rows(told, lang()), f"resultats-{survey.key[:8]}")


@for_members
@require_safe
def coded(request: HttpRequest, who: Visitor, survey_key: str) -> HttpResponse:
    """The coded answers that figures count, one row a person; no open answer, no number that says who came first."""
    survey = actions.survey_of(who, survey_key)
    check_can_survey(who)
    questions = [one for one in questions_of(definitions(survey)) if not one.is_open]
    responses = opened(survey)
    people = counted(responses, doubts(responses, questions))
    columns = [(one.id, row.value) for one in questions if one.kind is Kind.GRID for row in one.rows]
    names = [one.id for one in questions if one.kind is not Kind.GRID]
    rows: list[list[str]] = [[*names, *(f"{name}/{row}" for name, row in columns)]]
    for person in people:
        said = person.answers
        plain = [_coded(said.get(name)) for name in names]
        rows.append([*plain, *(str((said.get(name) or {}).get(row, "")) for name, row in columns)])
    record(action="export_answers", actor=request.user, organization=who.organization, object_id=survey.key)
    return _file(iter(rows), f"reponses-{survey.key[:8]}")


def _coded(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def _table_rows(told: Report, language: Lang) -> Iterator[list[str]]:
    yield [one.said(language) for one in _HEADS]
    for one in told.results:
        title = one.title.said(language)
        if one.is_hidden:
            few = Text("moins de 10 réponses : masqué", "fewer than 10 answers: withheld").said(language)
            yield [title, few]
            continue
        if one.headline and one.headline_words:
            ends = [_figure(each, language) for each in (one.headline.value, one.headline.low, one.headline.high)]
            yield [title, one.headline_words.said(language), "", str(one.answered), str(one.asked), *ends]
        for row in one.rows:
            figures = [_figure(each, language) for each in (row.share.value, row.share.low, row.share.high, row.plain)]
            yield [title, row.label.said(language), row.value, str(row.count), str(one.answered), *figures]


def _figure(value: float, language: Lang) -> str:
    plain = str(rounded(value, 6))
    return plain.replace(".", ",") if language == "fr" else plain


def _file(rows: Iterator[list[str]], name: str) -> HttpResponse:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if lang() == "fr" else ",", lineterminator="\r\n")
    writer.writerows([safe_text(one) for one in row] for row in rows)
    file = HttpResponse(b"\xef\xbb\xbf" + out.getvalue().encode(), content_type="text/csv; charset=utf-8")
    file["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return file


def _link(survey: Survey, code: str) -> Link | None:
    if not code:
        return None
    found = survey.links.filter(code=code).first()
    if found is None:
        raise NotFound(Text("Ce lien n'existe pas.", "There is no such link."))
    return found
