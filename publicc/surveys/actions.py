"""What an organization does with its surveys: write, publish, open, close, share. Permission first, trail last."""

from dataclasses import replace

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from publicc.collective.access import Visitor, check_can_survey
from publicc.collective.trail import record
from publicc.kernel.errors import BadInput, NotFound
from publicc.kernel.text import Text
from publicc.surveys.bank import assembled, newest_consent
from publicc.surveys.brought import adopted
from publicc.surveys.definition import Definition, Question
from publicc.surveys.exchange import as_surveyjs, from_surveyjs, from_text
from publicc.surveys.models import Link, Survey, Version
from publicc.surveys.proofing import problems_of
from publicc.surveys.states import LinkKind, SurveyState
from publicc.surveys.writing import (
    with_modules,
    with_new_versions,
    with_question,
    with_question_earlier,
    without_question,
)

Actor = AbstractBaseUser | AnonymousUser
MOST_SURVEYS = 200
MOST_LINKS = 500


def survey_of(who: Visitor, key: str) -> Survey:
    """A survey of the visitor's organization. Raises NotFound for any other."""
    found = Survey.objects.filter(organization=who.organization, key=key).first()
    if found is None:
        raise NotFound(Text("Ce sondage n'existe pas.", "There is no such survey."))
    return found


def draft_of(survey: Survey) -> Definition:
    """The questionnaire being written."""
    return from_surveyjs(survey.draft)


def newest_version(survey: Survey) -> Version | None:
    """What is asked now, or was last asked."""
    return survey.versions.order_by("-number").first()


def has_changes(survey: Survey) -> bool:
    """Whether the questionnaire differs from what was last published."""
    version = newest_version(survey)
    return version is None or version.definition != survey.draft


@transaction.atomic
def create(*, who: Visitor, by: Actor, title: Text, visited: bool) -> Survey:
    """A new survey on the common core, or on the non-public module for people met elsewhere."""
    check_can_survey(who)
    if not (title.fr or title.en):
        raise BadInput(Text("Le sondage doit avoir un titre.", "The survey needs a title."))
    return _created(who, by, assembled(title, visited=visited), "create_survey")


@transaction.atomic
def bring(*, who: Visitor, by: Actor, text: str) -> Survey:
    """A new survey from a SurveyJS file. Raises BadInput, saying where, for what is not understood."""
    check_can_survey(who)
    return _created(who, by, adopted(from_text(text)), "bring_survey")


@transaction.atomic
def retitle(*, who: Visitor, by: Actor, key: str, title: Text, modules: list[str]) -> None:
    """Change the title and the modules."""
    survey = _writable(who, key)
    definition = with_modules(replace(draft_of(survey), title=title), modules)
    survey.name = (title.fr or title.en)[:120]
    _keep(survey, definition, by, "write_survey")


@transaction.atomic
def put_question(*, who: Visitor, by: Actor, key: str, question: Question, replaced: str = "") -> None:
    """Add an own question, or put it in place of one."""
    survey = _writable(who, key)
    _keep(survey, with_question(draft_of(survey), question, replaced), by, "write_survey")


@transaction.atomic
def drop_question(*, who: Visitor, by: Actor, key: str, question_id: str) -> None:
    """Remove an own question."""
    survey = _writable(who, key)
    _keep(survey, without_question(draft_of(survey), question_id), by, "write_survey")


@transaction.atomic
def lift_question(*, who: Visitor, by: Actor, key: str, question_id: str) -> None:
    """Ask an own question earlier."""
    survey = _writable(who, key)
    _keep(survey, with_question_earlier(draft_of(survey), question_id), by, "write_survey")


@transaction.atomic
def publish(*, who: Visitor, by: Actor, key: str) -> Version:
    """Freeze the questionnaire as the next version and open it. Raises BadInput with everything that is to mend.

    Own questions that changed since the last version bear their next version; responses already given keep theirs.
    """
    survey = _writable(who, key)
    last = newest_version(survey)
    definition = draft_of(survey)
    if last is not None:
        definition = with_new_versions(definition, from_surveyjs(last.definition))
    _check_publishable(definition)
    survey.draft = as_surveyjs(definition)
    survey.state = SurveyState.OPEN
    survey.save(update_fields=["draft", "state"])
    number = last.number + 1 if last else 1
    made = Version.objects.create(
        survey=survey, number=number, definition=survey.draft, consent=newest_consent().version
    )
    Link.objects.get_or_create(
        survey=survey, kind=LinkKind.ORGANIZATION, target="", is_kiosk=False,
        defaults={"label": who.organization.name},
    )  # fmt: skip
    _record(who, by, survey, "publish_survey")
    return made


@transaction.atomic
def set_open(*, who: Visitor, by: Actor, key: str, is_open: bool) -> None:
    """Close the survey, or take answers again. Raises BadInput for one that was never published."""
    survey = _writable(who, key)
    if newest_version(survey) is None:
        raise BadInput(Text("Ce sondage n'est pas publié.", "This survey is not published."))
    survey.state = SurveyState.OPEN if is_open else SurveyState.CLOSED
    survey.save(update_fields=["state"])
    _record(who, by, survey, "open_survey" if is_open else "close_survey")


@transaction.atomic
def make_link(*, who: Visitor, by: Actor, key: str, kind: LinkKind, target: str, label: str, is_kiosk: bool) -> Link:
    """A link about a show or a performance, or for a device that stays; the same one again when it is there."""
    survey = _writable(who, key)
    if survey.links.count() >= MOST_LINKS:
        raise BadInput(Text("Ce sondage a déjà trop de liens.", "This survey already has too many links."))
    made, _ = Link.objects.get_or_create(
        survey=survey, kind=kind, target=target, is_kiosk=is_kiosk, defaults={"label": label[:200]}
    )
    _record(who, by, survey, "make_survey_link")
    return made


def _created(who: Visitor, by: Actor, definition: Definition, action: str) -> Survey:
    if who.organization.surveys.count() >= MOST_SURVEYS:
        raise BadInput(Text("Votre organisme a déjà trop de sondages.", "Your organization has too many surveys."))
    survey = Survey.objects.create(
        organization=who.organization,
        name=(definition.title.fr or definition.title.en or "–")[:120],
        draft=as_surveyjs(definition),
        author_id=by.pk,
    )
    _record(who, by, survey, action)
    return survey


def _writable(who: Visitor, key: str) -> Survey:
    survey = survey_of(who, key)
    check_can_survey(who)
    return Survey.objects.select_for_update().get(pk=survey.pk)


def _keep(survey: Survey, definition: Definition, by: Actor, action: str) -> None:
    survey.draft = as_surveyjs(definition)
    survey.save(update_fields=["draft", "name"])
    record(action=action, actor=by, organization=survey.organization, object_id=survey.key)


def _check_publishable(definition: Definition) -> None:
    problems = problems_of(definition)
    if problems:
        told = Text(" ".join(one.fr for one in problems[:8]), " ".join(one.en for one in problems[:8]))
        raise BadInput(Text("Le questionnaire n'est pas prêt.", "The questionnaire is not ready."), found=told)


def _record(who: Visitor, by: Actor, survey: Survey, action: str) -> None:
    record(action=action, actor=by, organization=who.organization, object_id=survey.key)
