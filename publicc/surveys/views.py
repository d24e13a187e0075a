"""The pages of an organization's surveys: the list, one survey, publishing, opening and closing, taking away."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from publicc.collective.access import Visitor, can_survey, check_can_read_survey_results
from publicc.collective.doors import for_members
from publicc.kernel.errors import BadInput
from publicc.kernel.text import Lang, Text, language
from publicc.surveys import actions
from publicc.surveys.asking import cleaned
from publicc.surveys.definition import seconds_to_answer
from publicc.surveys.exchange import as_text, from_surveyjs
from publicc.surveys.models import OptIn, Survey
from publicc.surveys.proofing import problems_of
from publicc.surveys.states import ResponseState, SurveyState

LARGEST_FILE = 500_000


def lang() -> Lang:
    """The language of the page."""
    return language(get_language())


def told_title(request: HttpRequest) -> Text:
    """The title that a form gives, in both languages."""
    return Text(*(cleaned(request.POST.get(f"title_{one}", ""))[:120] for one in ("fr", "en")))


@dataclass(frozen=True, slots=True)
class Line:
    """A survey in the list."""

    survey: Survey
    state: str
    finished: int


@for_members
@require_safe
def surveys(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The organization's surveys, and how to begin one."""
    return _list_page(request, who)


@for_members
@require_POST
def bring(request: HttpRequest, who: Visitor) -> HttpResponse:
    """A new survey: on the common core, outside venues, or from a SurveyJS file."""
    try:
        survey = _begun(request, who)
    except BadInput as problem:
        return _list_page(request, who, problem.sentence(lang()), 400)
    return redirect("edit_survey", who.organization.slug, survey.key)


@for_members
@require_safe
def one_survey(request: HttpRequest, who: Visitor, survey_key: str) -> HttpResponse:
    """Where a survey stands: its state, what remains to do, its answers so far."""
    return _survey_page(request, who, survey_key)


@for_members
@require_POST
def publish(request: HttpRequest, who: Visitor, survey_key: str) -> HttpResponse:
    """Freeze the questionnaire and open it."""
    try:
        version = actions.publish(who=who, by=request.user, key=survey_key)
    except BadInput as problem:
        return _survey_page(request, who, survey_key, problem=problem.sentence(lang()), status=400)
    told = Text("La version {n} est en ligne.", "Version {n} is online.").said(lang(), n=version.number)
    messages.success(request, told)
    return redirect("survey_links", who.organization.slug, survey_key)


@for_members
@require_POST
def set_open(request: HttpRequest, who: Visitor, survey_key: str) -> HttpResponse:
    """Close the survey, or take answers again."""
    is_open = request.POST.get("open") == "yes"
    actions.set_open(who=who, by=request.user, key=survey_key, is_open=is_open)
    told = Text("Le sondage est ouvert.", "The survey is open.") if is_open else Text(
        "Le sondage est fermé. Qui répondait aujourd'hui peut finir.",
        "The survey is closed. Those who were answering today may finish.",
    )  # fmt: skip
    messages.success(request, told.said(lang()))
    return redirect("survey", who.organization.slug, survey_key)


@for_members
@require_safe
def export(_request: HttpRequest, who: Visitor, survey_key: str) -> HttpResponse:
    """The questionnaire as a SurveyJS file."""
    survey = actions.survey_of(who, survey_key)
    check_can_read_survey_results(who)
    file = HttpResponse(as_text(from_surveyjs(survey.draft)), content_type="application/json; charset=utf-8")
    file["Content-Disposition"] = f'attachment; filename="questionnaire-{survey.key[:8]}.json"'
    return file


def _begun(request: HttpRequest, who: Visitor) -> Survey:
    given = request.FILES.get("file")
    if given is not None:
        if (given.size or 0) > LARGEST_FILE:
            raise BadInput(Text("Ce fichier dépasse 500 Ko.", "This file is over 500 KB."))
        try:
            text = given.read().decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            raise BadInput(Text("Ce fichier n'est pas du texte UTF-8.", "This file is not UTF-8 text.")) from problem
        return actions.bring(who=who, by=request.user, text=text)
    visited = request.POST.get("model") != "outside"
    return actions.create(who=who, by=request.user, title=told_title(request), visited=visited)


def _list_page(request: HttpRequest, who: Visitor, problem: str = "", status: int = 200) -> HttpResponse:
    check_can_read_survey_results(who)
    every = who.organization.surveys.all()
    lines = [
        Line(one, SurveyState(one.state).label.said(lang()), one.responses.filter(state=ResponseState.DONE).count())
        for one in every
    ]
    contacts = OptIn.objects.filter(organization=who.organization).count()
    told = {"lines": lines, "contacts": contacts, "may_write": can_survey(who), "problem": problem}
    return render(request, "surveys/surveys.html", told, status=status)


def _survey_page(
    request: HttpRequest, who: Visitor, survey_key: str, *, problem: str = "", status: int = 200
) -> HttpResponse:
    survey = actions.survey_of(who, survey_key)
    check_can_read_survey_results(who)
    definition = actions.draft_of(survey)
    version = actions.newest_version(survey)
    told = {
        "survey": survey,
        "state": SurveyState(survey.state).label,
        "is_open": survey.state == SurveyState.OPEN,
        "version": version,
        "has_changes": actions.has_changes(survey),
        "problems": problems_of(definition),
        "questions": len(definition.questions),
        "seconds": seconds_to_answer(definition),
        "finished": survey.responses.filter(state=ResponseState.DONE).count(),
        "begun": survey.responses.filter(state=ResponseState.BEGUN).count(),
        "may_write": can_survey(who),
        "problem": problem,
    }
    return render(request, "surveys/survey.html", told, status=status)
