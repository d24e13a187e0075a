"""The editor: title, modules, own questions, the look on a phone, and a trial that keeps nothing."""

from typing import Any, Final

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from publicc.collective.access import Visitor, can_survey, check_can_survey
from publicc.collective.doors import for_members
from publicc.kernel.errors import BadInput, NotFound
from publicc.kernel.text import Lang, Text, language
from publicc.surveys import actions
from publicc.surveys.answering.fields import field
from publicc.surveys.asking import checked, next_step, step_before, steps
from publicc.surveys.bank import modules, newest_consent
from publicc.surveys.definition import Definition, Question, seconds_to_answer
from publicc.surveys.forms import KINDS, as_form, conditions, question_read
from publicc.surveys.proofing import ADVISED_OWN, problems_of
from publicc.surveys.views import lang, told_title
from publicc.surveys.writing import module_ids, own_questions

_LONG_SECONDS: Final = 240
_SALT: Final = "publicc.surveys.trial"


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, who: Visitor, survey_key: str) -> HttpResponse:
    """The questionnaire being written: title and modules; own questions have their own page."""
    survey = actions.survey_of(who, survey_key)
    check_can_survey(who)
    if request.method == "POST":
        wanted = request.POST.getlist("module")
        actions.retitle(who=who, by=request.user, key=survey_key, title=told_title(request), modules=wanted)
        return redirect("edit_survey", who.organization.slug, survey_key)
    definition = actions.draft_of(survey)
    held = module_ids(definition)
    own = own_questions(definition)
    told = {
        "survey": survey,
        "definition": definition,
        "modules": [(one, one.page.id in held) for one in modules()],
        "own": [(one, _kind_words(one)) for one in own],
        "advised": ADVISED_OWN,
        "too_many_own": len(own) > ADVISED_OWN,
        "seconds": seconds_to_answer(definition),
        "is_long": seconds_to_answer(definition) > _LONG_SECONDS,
        "problems": problems_of(definition),
        "has_changes": actions.has_changes(survey),
        "is_published": actions.newest_version(survey) is not None,
    }
    return render(request, "surveys/edit.html", told)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, who: Visitor, survey_key: str, question_id: str = "") -> HttpResponse:
    """The form of an own question, new or there already."""
    survey = actions.survey_of(who, survey_key)
    check_can_survey(who)
    definition = actions.draft_of(survey)
    found = _own(definition, question_id) if question_id else None
    problem = ""
    if request.method == "POST":
        try:
            read = question_read(request.POST, definition, found)
            actions.put_question(who=who, by=request.user, key=survey_key, question=read, replaced=question_id)
        except BadInput as wrong:
            problem = wrong.sentence(lang())
        else:
            return redirect("edit_survey", who.organization.slug, survey_key)
    told = {
        "survey": survey,
        "question_id": question_id,
        "form": request.POST if problem else as_form(found) if found else {"kind": "single"},
        "kinds": [(name, words) for name, (words, _, _) in KINDS.items()],
        "conditions": conditions(definition, lang(), question_id),
        "problem": problem,
    }
    return render(request, "surveys/question_form.html", told, status=400 if problem else 200)


@for_members
@require_POST
def drop(request: HttpRequest, who: Visitor, survey_key: str, question_id: str) -> HttpResponse:
    """Remove an own question."""
    actions.drop_question(who=who, by=request.user, key=survey_key, question_id=question_id)
    return redirect("edit_survey", who.organization.slug, survey_key)


@for_members
@require_POST
def lift(request: HttpRequest, who: Visitor, survey_key: str, question_id: str) -> HttpResponse:
    """Ask an own question earlier."""
    actions.lift_question(who=who, by=request.user, key=survey_key, question_id=question_id)
    return redirect("edit_survey", who.organization.slug, survey_key)


@for_members
@require_safe
def preview(request: HttpRequest, who: Visitor, survey_key: str) -> HttpResponse:
    """Every screen as on a phone, conditional ones with the condition said, in either language."""
    survey = actions.survey_of(who, survey_key)
    definition = actions.draft_of(survey)
    shown: Lang = language(request.GET.get("in", lang()))
    screens = [
        (one.page.title.said(shown), [(field(each, {}, shown), each.condition) for each in one.questions])
        for one in steps(definition)
    ]
    told: dict[str, Any] = {
        "survey": survey,
        "title": definition.title.said(shown),
        "paragraphs": newest_consent().said(shown, who.organization.name),
        "shown": shown,
        "may_write": can_survey(who),
    }
    with translation.override(f"{shown}-ca"):
        told["screens"] = [
            (title, [(_drawn(request, one), condition) for one, condition in questions]) for title, questions in screens
        ]
    return render(request, "surveys/preview.html", told)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest, who: Visitor, survey_key: str, number: int) -> HttpResponse:
    """The questionnaire as a respondent meets it; answers travel from page to page and are kept nowhere."""
    survey = actions.survey_of(who, survey_key)
    every = steps(actions.draft_of(survey))
    answers = _carried(request.POST.get("carried", ""))
    at: int | None = number - 1
    if at is None or not 0 <= at < len(every):
        raise NotFound(Text("Cette page n'existe pas.", "This page does not exist."))
    problems: dict[str, Text] = {}
    if request.method == "POST":
        said = checked(every[at].asked(answers), dict(request.POST.lists()))
        answers |= {name: value for name, value in said.answers.items() if value is not None}
        problems = said.problems
        if not problems:
            onward = next_step(every, at, answers)
            at = step_before(every, at, answers) if request.POST.get("go") == "back" else onward
    if at is None:
        return render(request, "surveys/tried.html", {"survey": survey})
    told = {
        "survey": survey,
        "page": every[at].page.title.said(lang()),
        "fields": [
            field(one, answers, lang(), seed=survey.key, problem=problems.get(one.id))
            for one in every[at].asked(answers)
        ],
        "has_problems": bool(problems),
        "at": at + 1,
        "total": len(every),
        "has_before": step_before(every, at, answers) is not None,
        "is_last": next_step(every, at, answers) is None,
        "carried": signing.dumps(answers, salt=_SALT),
    }
    return render(request, "surveys/trial.html", told)


def _carried(written: str) -> dict[str, Any]:
    try:
        return dict(signing.loads(written, salt=_SALT)) if written else {}
    except signing.BadSignature:
        return {}


def _drawn(request: HttpRequest, shown: object) -> str:
    return render(request, "surveys/question.html", {"field": shown}).content.decode()


def _own(definition: Definition, question_id: str) -> Question:
    found = next((one for one in own_questions(definition) if one.id == question_id), None)
    if found is None:
        raise NotFound(Text("Cette question n'existe pas.", "There is no such question."))
    return found


def _kind_words(one: Question) -> Text:
    known = (words for words, kind, form in KINDS.values() if (kind, form) == (one.kind, one.form))
    return next(known, Text("Autre genre", "Another kind"))
