"""Where a survey is answered: links, their codes to scan, a poster, personal invitations without names."""

import csv
import io

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from publicc.collective.access import Visitor, can_survey, check_can_survey
from publicc.collective.doors import for_members
from publicc.collective.trail import record
from publicc.kernel.errors import BadInput, NotFound
from publicc.kernel.later import later
from publicc.kernel.spreadsheets import safe_text
from publicc.kernel.text import Text
from publicc.store.sealing import Seal
from publicc.surveys import actions
from publicc.surveys.answering.actions import WISHES
from publicc.surveys.invitations import MOST_AT_ONCE, signed
from publicc.surveys.models import Link, OptIn, Survey
from publicc.surveys.places import place_of, places_of
from publicc.surveys.states import LinkKind, ResponseState, SurveyState
from publicc.surveys.views import lang

segno = later("segno")

_EMAIL, _WISHES, _MONTH = Text("courriel", "e-mail"), Text("pour", "for"), Text("mois", "month")


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, who: Visitor, survey_key: str) -> HttpResponse:
    """The links of a survey, with how many answered by each; and how to make another."""
    survey = actions.survey_of(who, survey_key)
    check_can_survey(who)
    if request.method == "POST":
        made = _made(request, who, survey)
        told = Text("Le lien « {l} » est prêt.", "The link “{l}” is ready.").said(lang(), l=made.label)
        messages.success(request, told)
        return redirect("survey_links", who.organization.slug, survey_key)
    every = [
        (one, LinkKind(one.kind).label, _address(request, one), one.responses.filter(state=ResponseState.DONE).count())
        for one in survey.links.exclude(kind=LinkKind.IMPORT)
    ]
    told_page = {
        "survey": survey,
        "links": every,
        "places": [(f"{one.kind.value}:{one.target}", one.label(lang()), one.kind) for one in places_of(who.scope)],
        "is_open": survey.state == SurveyState.OPEN,
        "most": MOST_AT_ONCE,
    }
    return render(request, "surveys/links.html", told_page)


@for_members
@require_safe
def contacts(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The contacts that respondents left, and for what: a file, in no order that says who came when; in the trail."""
    check_can_survey(who)
    seal = Seal.of(who.organization.slug, "contacts")
    rows = [
        (seal.opened(one.contact, one.pk)["email"], [WISHES[wish].said(lang()) for wish in one.wishes], one.month)
        for one in OptIn.objects.filter(organization=who.organization).order_by("pk")
    ]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if lang() == "fr" else ",", lineterminator="\r\n")
    writer.writerow([one.said(lang()) for one in (_EMAIL, _WISHES, _MONTH)])
    writer.writerows([safe_text(email), ", ".join(wishes), f"{month:%Y-%m}"] for email, wishes, month in rows)
    record(action="export_contacts", actor=request.user, organization=who.organization)
    return _file(out, "contacts")


@for_members
@require_safe
def picture(request: HttpRequest, who: Visitor, survey_key: str, code: str) -> HttpResponse:
    """The code to scan of a link, as SVG."""
    link = link_of(who, survey_key, code)
    drawn = io.BytesIO()
    segno.make(_address(request, link), error="m").save(
        drawn, kind="svg", scale=8, border=4, light="white", title=link.label
    )
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@for_members
@require_safe
def poster(request: HttpRequest, who: Visitor, survey_key: str, code: str) -> HttpResponse:
    """A page to print: the code to scan and the address in words, in both languages."""
    link = link_of(who, survey_key, code)
    told = {"survey": link.survey, "about": link, "address": _address(request, link), "may_write": can_survey(who)}
    return render(request, "surveys/poster.html", told)


@for_members
@require_POST
def invitations(request: HttpRequest, who: Visitor, survey_key: str, code: str) -> HttpResponse:
    """A file of personal addresses, numbered: the organization joins them to its own list, outside of here."""
    link = link_of(who, survey_key, code)
    check_can_survey(who)
    asked = request.POST.get("how_many", "")
    if not (asked.isascii() and asked.isdigit() and 0 < int(asked[:9]) <= MOST_AT_ONCE):
        raise BadInput(
            Text("Combien d'invitations ? De 1 à {n}.", "How many invitations? From 1 to {n}.").filled(n=MOST_AT_ONCE)
        )
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if lang() == "fr" else ",", lineterminator="\r\n")
    writer.writerow([Text("numéro", "number").said(lang()), Text("adresse", "address").said(lang())])
    for number, invitation in enumerate(signed(link.survey, range(1, int(asked) + 1)), start=1):
        writer.writerow([number, f"{_address(request, link)}?i={invitation}"])
    record(action="export_invitations", actor=request.user, organization=who.organization, object_id=survey_key)
    return _file(out, f"invitations-{survey_key[:8]}")


def _file(out: io.StringIO, name: str) -> HttpResponse:
    file = HttpResponse(b"\xef\xbb\xbf" + out.getvalue().encode(), content_type="text/csv; charset=utf-8")
    file["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return file


def _made(request: HttpRequest, who: Visitor, survey: Survey) -> Link:
    kind, _, target = request.POST.get("about", "").partition(":")
    is_kiosk = "kiosk" in request.POST
    if kind in {LinkKind.SHOW, LinkKind.PERFORMANCE}:
        place = place_of(who.scope, kind, target)
        label = place.label(lang())
        return actions.make_link(
            who=who, by=request.user, key=survey.key, kind=place.kind, target=target, label=label, is_kiosk=is_kiosk
        )
    return actions.make_link(
        who=who, by=request.user, key=survey.key, kind=LinkKind.ORGANIZATION, target="",
        label=who.organization.name, is_kiosk=is_kiosk,
    )  # fmt: skip


def link_of(who: Visitor, survey_key: str, code: str) -> Link:
    """A link of the visitor's organization where people answer. Raises NotFound for any other."""
    survey = actions.survey_of(who, survey_key)
    found = survey.links.filter(code=code).exclude(kind=LinkKind.IMPORT).first()
    if found is None:
        raise NotFound(Text("Ce lien n'existe pas.", "There is no such link."))
    return found


def _address(request: HttpRequest, link: Link) -> str:
    return request.build_absolute_uri(reverse("answer_survey", args=[link.code]))
