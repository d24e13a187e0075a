"""The pages that a respondent sees. No account, session or script; the token in the address is the only key."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from publicc.kernel.errors import BadInput, NotFound
from publicc.kernel.text import Lang, Text, language
from publicc.surveys.answering import actions
from publicc.surveys.answering.fields import field
from publicc.surveys.asking import Checked, checked, next_step, step_before
from publicc.surveys.bank import consents
from publicc.surveys.definition import seconds_to_answer
from publicc.surveys.invitations import invitation_number, is_spent
from publicc.surveys.models import Link, Version
from publicc.surveys.pacing import PACE, REFUSED_ABOVE, SUSPECT_ABOVE
from publicc.surveys.states import Suspicion
from publicc.surveys.tying import Invitation, consent_words

ANSWERED_COOKIE: Final = "answered"
_KIOSK_END_SECONDS: Final = 20
_KIOSK_IDLE_SECONDS: Final = 180
_COOKIE_SECONDS: Final = 30 * 24 * 3600
_LOCALES: Final = {"fr": "fr-ca", "en": "en-ca"}
_UNTIED: Final = Text(
    "Vos réponses ne sont plus reliées à vos achats. Elles restent, sans rien qui mène à vous.",
    "Your answers are no longer tied to your purchases. They stay, with nothing that leads to you.",
)
_TOO_MANY: Final = Text(
    "Beaucoup de réponses arrivent en même temps de ce réseau. Réessayez dans une minute.",
    "Many answers are coming at once from this network. Try again in a minute.",
)
_FULL: Final = Text(
    "Ce sondage a reçu aujourd'hui toutes les réponses qu'il prend en un jour. Revenez demain.",
    "This survey received today all the answers that it takes in a day. Come back tomorrow.",
)


@dataclass(frozen=True, slots=True)
class Visit:
    """Someone at an address of a survey: what every page needs to answer."""

    request: HttpRequest
    link: Link
    lang: Lang

    @classmethod
    def of(cls, request: HttpRequest, code: str) -> "Visit":
        """The visit of a link, in the language asked for. Raises NotFound when there is no such link."""
        asked = request.GET.get("lang", "")
        return cls(request, actions.link_of(code), language(asked if asked in _LOCALES else translation.get_language()))

    @property
    def invitation(self) -> str:
        """The personal invitation in the address, if it may be one."""
        written = self.request.GET.get("i", "")[:60]
        return written if written.isascii() and written.replace("-", "").isalnum() else ""

    @property
    def is_again(self) -> bool:
        """Whether an answer was already sent from this device, which is nobody's in particular."""
        return ANSWERED_COOKIE in self.request.COOKIES and not self.link.is_kiosk

    def personal(self) -> Invitation | None:
        """The invitation in the address, when it was signed for this survey."""
        survey = self.link.survey
        number = invitation_number(survey, self.invitation) if self.invitation else None
        return Invitation(survey, number) if number is not None else None

    def beginnings(self) -> int:
        """How many began from this network in the current minute."""
        return PACE.begun(self.request.META.get("REMOTE_ADDR", ""))

    def page(self, template: str, told: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """A page in the language of the visit."""
        query = f"&i={self.invitation}" if self.invitation else ""
        shell = {"link": self.link, "organization": self.link.survey.organization, "query": query}
        with translation.override(_LOCALES[self.lang]):
            self.request.LANGUAGE_CODE = _LOCALES[self.lang]
            drawn = render(self.request, template, told | shell, status=status)
        drawn["Cache-Control"] = "no-store"
        drawn["Referrer-Policy"] = "no-referrer"
        drawn["X-Robots-Tag"] = "noindex"
        return drawn

    def message(self, sentence: str, status: int) -> HttpResponse:
        """One sentence, when there is nothing to answer."""
        return self.page("surveys/message.html", {"sentence": sentence}, status=status)

    def to(self, route: str, *place: str | int) -> HttpResponseRedirect:
        """On to another page of the same link."""
        query = f"&i={self.invitation}" if self.invitation else ""
        return HttpResponseRedirect(f"{reverse(route, args=[self.link.code, *place])}?lang={self.lang}{query}")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, code: str) -> HttpResponse:
    """What is asked, by whom and what becomes of it; then the first page."""
    visit = Visit.of(request, code)
    survey = visit.link.survey
    version = actions.newest_version(visit.link)
    if version is None:
        return visit.message(actions.closed().sentence(visit.lang), 410)
    personal = visit.personal()
    if personal is not None and is_spent(survey, personal.number):
        return visit.page("surveys/spent.html", {"is_tied": personal.is_tied}, status=410)
    if request.method == "POST":
        return _begun(visit, personal, version)
    definition, _ = actions.asked_by(version)
    told = {
        "title": definition.title.said(visit.lang) or definition.title.fr,
        "paragraphs": consents()[version.consent].said(visit.lang, survey.organization.name),
        "minutes": max(1, round(seconds_to_answer(definition) / 60)),
        "answered": visit.is_again,
        "tie": consent_words(survey.organization.name, visit.lang) if personal and personal.may_be_tied else "",
    }
    return visit.page("surveys/welcome.html", told)


@csrf_exempt
@require_POST
def untie(request: HttpRequest, code: str) -> HttpResponse:
    """Take back the tie between a response and purchases; the response stays, of nobody in particular."""
    visit = Visit.of(request, code)
    personal = visit.personal()
    if personal is None:
        raise NotFound(Text("Cette page n'existe pas.", "This page does not exist."))
    personal.untie()
    return visit.message(_UNTIED.said(visit.lang), 200)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, code: str, token: str, number: int) -> HttpResponse:
    """One screen of questions; its answers are kept before the next one is shown."""
    visit = Visit.of(request, code)
    person = actions.answering(visit.link, token)
    at = number - 1
    if person.is_done:
        return visit.to("end_answers", token)
    if not 0 <= at < len(person.steps) or not person.steps[at].asked(person.answers):
        return visit.to("resume_answers", token)
    if request.method != "POST":
        return _step_page(visit, person, at)
    said = checked(person.steps[at].asked(person.answers), dict(request.POST.lists()))
    kept = {name: value for name, value in said.answers.items() if name not in said.problems}
    try:
        person = actions.keep(visit.link, person, kept, visit.lang)
    except BadInput as problem:
        return visit.message(problem.sentence(visit.lang), 410)
    return _step_page(visit, person, at, said) if said.problems else _onward(visit, token, person, at)


@require_safe
def resume(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """Back to the first screen that was not answered."""
    visit = Visit.of(request, code)
    person = actions.answering(visit.link, token)
    if person.is_done or not person.steps:
        return visit.to("end_answers", token)
    waiting = (
        at
        for at, one in enumerate(person.steps)
        if (asked := one.asked(person.answers)) and not any(question.id in person.answers for question in asked)
    )
    return visit.to("answer_step", token, next(waiting, len(person.steps) - 1) + 1)


@require_safe
def end(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """Thanks; and, apart, the form of contacts."""
    visit = Visit.of(request, code)
    if not actions.answering(visit.link, token).is_done:
        return visit.to("resume_answers", token)
    personal = visit.personal()
    told = {
        "refresh": _KIOSK_END_SECONDS if visit.link.is_kiosk else 0,
        "is_tied": personal is not None and personal.is_tied,
    }
    page = visit.page("surveys/end.html", told)
    if not visit.link.is_kiosk:
        page.set_cookie(
            ANSWERED_COOKIE, "1", max_age=_COOKIE_SECONDS, path=reverse("answer_survey", args=[code]), samesite="Lax",
            httponly=True, secure=request.is_secure(),
        )  # fmt: skip
    return page


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, code: str) -> HttpResponse:
    """The form of contacts: another address, nothing of the response in it."""
    visit = Visit.of(request, code)
    email, chosen = request.POST.get("email", "")[:254], request.POST.getlist("wish")
    wishes = [(name, words.said(visit.lang), name in chosen) for name, words in actions.WISHES.items()]
    told: dict[str, Any] = {"wishes": wishes, "email": email}
    if request.method == "POST":
        if visit.beginnings() > REFUSED_ABOVE:
            return visit.message(_TOO_MANY.said(visit.lang), 429)
        try:
            if not request.POST.get("website"):
                actions.leave_contact(visit.link, email, chosen)
            told = {"kept": True}
        except BadInput as problem:
            told["problem"] = problem.sentence(visit.lang)
    return visit.page("surveys/contact.html", told, status=400 if "problem" in told else 200)


def _begun(visit: Visit, personal: Invitation | None, version: Version) -> HttpResponse:
    beginnings = visit.beginnings()
    if beginnings > REFUSED_ABOVE:
        return visit.message(_TOO_MANY.said(visit.lang), 429)
    if actions.is_full(visit.link.survey, is_invited=personal is not None):
        return visit.message(_FULL.said(visit.lang), 429)
    seen = {
        Suspicion.BURST: beginnings > SUSPECT_ABOVE,
        Suspicion.TRAP: bool(visit.request.POST.get("website")),
        Suspicion.AGAIN: visit.is_again,
    }
    tied_by = personal if visit.request.POST.get("tie") == "yes" else None
    marks = [mark for mark, holds in seen.items() if holds]
    token = actions.begin(visit.link, visit.lang, marks, tied_by=tied_by, version=version)
    return visit.to("answer_step", token, 1)


def _onward(visit: Visit, token: str, person: actions.Answering, at: int) -> HttpResponse:
    if visit.request.POST.get("go") == "back":
        return visit.to("answer_step", token, (step_before(person.steps, at, person.answers) or 0) + 1)
    following = next_step(person.steps, at, person.answers)
    if following is None:
        actions.finish(visit.link, token, visit.invitation)
        return visit.to("end_answers", token)
    return visit.to("answer_step", token, following + 1)


def _step_page(visit: Visit, person: actions.Answering, at: int, said: Checked | None = None) -> HttpResponse:
    problems = said.problems if said else {}
    answers = person.answers | (said.answers if said else {})
    asked = person.steps[at].asked(person.answers)
    seed = person.response.token
    told = {
        "page": person.steps[at].page.title.said(visit.lang),
        "fields": [field(one, answers, visit.lang, seed=seed, problem=problems.get(one.id)) for one in asked],
        "has_problems": bool(problems),
        "at": at + 1,
        "total": len(person.steps),
        "has_before": step_before(person.steps, at, person.answers) is not None,
        "is_last": next_step(person.steps, at, person.answers) is None,
        "refresh": _KIOSK_IDLE_SECONDS if visit.link.is_kiosk else 0,
    }
    return visit.page("surveys/step.html", told, status=400 if problems else 200)
