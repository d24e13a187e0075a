"""The pages of those who hold figures: the preview that the partner would see, the decision, standing agreements."""

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from publicc.collective.access import Visitor
from publicc.collective.agreements import allows
from publicc.collective.doors import for_members
from publicc.collective.models import Organization
from publicc.collective.purposes import Purpose
from publicc.dashboards.responses import drawing, drawn_of, lang, tag_of
from publicc.directory.models import Entry, Label
from publicc.directory.states import EntryKind, LabelState
from publicc.kernel.errors import BadInput, BadUsage, NotFound
from publicc.kernel.text import Text
from publicc.sharing.access import GONE, can_decide, check_can_decide, request_received
from publicc.sharing.deciding import (
    Decision,
    decline_request,
    grant_request,
    own_shows,
    revoke_grant,
    usual_expiry,
)
from publicc.sharing.forms import DecisionForm, StandingForm
from publicc.sharing.models import ShowRequest
from publicc.sharing.openings import figures_of, heir_of
from publicc.sharing.partner import SharedShow, shared_show
from publicc.sharing.queries import log_of
from publicc.sharing.reading import nights_of
from publicc.sharing.screen import shared_screen
from publicc.sharing.show_views import page_of
from publicc.sharing.standing import end_standing, make_standing, standing_of
from publicc.sharing.states import Figures, Reason, RequestState
from publicc.sharing.terms import Night
from publicc.store.home import Home
from publicc.store.snapshots import NoSnapshot, current_or_refuse


def decision_page(  # noqa: PLR0917 - the form and its status, when one was sent
    request: HttpRequest, who: Visitor, asked: ShowRequest, form: DecisionForm | None = None, status: int = 200
) -> HttpResponse:
    """A request that waits: what is asked, the choices, and exactly what the partner would see with them."""
    form = form or _form(who, asked, request.GET if "figures" in request.GET else None)
    decision = _decided(form)
    shown = _preview(who, asked, decision) if decision is not None else None
    told = {
        "request_of": asked,
        "state": RequestState.PENDING,
        "figures": sorted(figures_of(asked.figures), key=list(Figures).index),
        "form": form,
        "reasons": list(Reason),
        "log": log_of(asked, who),
        "may_decide": can_decide(who),
        "allows": allows(who.organization, Purpose.SHOW_SHARING),
        "holds": bool(form.every),
        "slug": who.organization.slug,
        "query": _query(form),
        "is_partial": decision is not None and not decision.terms("").is_whole,
    }
    if shown is not None:
        told |= page_of(shown, shared_screen(shown))
    return render(request, "sharing/decide.html", told, status=status)


@for_members
@require_safe
def preview_chart(request: HttpRequest, who: Visitor, number: UUID, chart_id: str) -> HttpResponse:
    """The drawing of a chart of the preview."""
    check_can_decide(who)
    asked = request_received(who, number)
    decision = _decided(_form(who, asked, request.GET if "figures" in request.GET else None))
    shown = _preview(who, asked, decision) if decision is not None else None
    if shown is None:
        raise NotFound(GONE)
    drawn = drawn_of(shared_screen(shown), chart_id)
    return drawing(request, who.organization.slug, drawn, tag_of(shown.manifest.id, chart_id, repr(drawn.table)))


@for_members
@require_POST
def grant(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """Open what the form says."""
    check_can_decide(who)
    asked = request_received(who, number)
    if asked.state != RequestState.PENDING:
        messages.error(
            request, Text("Cette demande a déjà sa réponse.", "This request already has its answer.").said(lang())
        )
        return redirect("show_request", who.organization.slug, number)
    form = _form(who, asked, request.POST)
    if "preview" in request.POST:
        return decision_page(request, who, asked, form)
    if form.is_valid():
        try:
            grant_request(who=who, by=request.user, number=number, decision=form.decision())
        except (BadInput, BadUsage) as problem:
            form.add_error(None, problem.sentence(lang()))
        else:
            messages.success(request, Text("L'accès est ouvert.", "The access is open.").said(lang()))
            return redirect("show_request", who.organization.slug, number)
    return decision_page(request, who, asked, form, 400)


@for_members
@require_POST
def decline(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """Say no."""
    told = request.POST.get("reason", "")
    reason = Reason(told) if told in Reason._value2member_map_ else Reason.OTHER
    try:
        decline_request(who=who, by=request.user, number=number, reason=reason, word=request.POST.get("word", ""))
        messages.success(request, Text("La demande est déclinée.", "The request is declined.").said(lang()))
    except (BadInput, BadUsage) as problem:
        messages.error(request, problem.sentence(lang()))
    return redirect("show_request", who.organization.slug, number)


@for_members
@require_POST
def revoke(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """End an access now."""
    try:
        revoke_grant(who=who, by=request.user, number=number, word=request.POST.get("word", ""))
        told = Text("L'accès est révoqué : il n'ouvre plus rien.", "The access is revoked: it opens nothing any more.")
        messages.success(request, told.said(lang()))
    except (BadInput, BadUsage) as problem:
        messages.error(request, problem.sentence(lang()))
    return redirect("show_request", who.organization.slug, number)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def standing(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Standing agreements: those given, and the form to give one."""
    check_can_decide(who)
    askers = list(Organization.objects.exclude(pk=who.organization.pk).order_by("name"))
    entries = _own_entries(who.organization)
    until = usual_expiry(timezone.localdate())
    form = StandingForm(
        request.POST or None, askers=askers, entries=[(str(one.pk), one.name_fr) for one in entries], until=until
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            make_standing(
                who=who,
                by=request.user,
                asker=next(one for one in askers if one.slug == told["asker"]),
                entry=next(one for one in entries if str(one.pk) == told["entry"]),
                figures=figures_of(told["figures"]),
                until=told["until"],
                delay_days=told["delay_days"],
            )
        except BadInput as problem:
            form.add_error(None, problem.sentence(lang()))
        else:
            messages.success(
                request, Text("L'entente de tournée est notée.", "The tour agreement is kept.").said(lang())
            )
            return redirect("standing", who.organization.slug)
    given = [(one, sorted(figures_of(one.figures), key=list(Figures).index)) for one in standing_of(who)]
    told_page = {"form": form, "given": given, "entries": entries}
    return render(request, "sharing/standing.html", told_page, status=400 if form.errors else 200)


@for_members
@require_POST
def end(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """End a standing agreement."""
    end_standing(who=who, by=request.user, number=number)
    messages.success(request, Text("L'entente de tournée a pris fin.", "The tour agreement has ended.").said(lang()))
    return redirect("standing", who.organization.slug)


def _own_entries(organization: Organization) -> list[Entry]:
    """The common shows behind an organization's own titles, by name."""
    labels = Label.objects.filter(organization=organization, kind=EntryKind.SHOW.value, entry__isnull=False)
    kept = labels.exclude(state=LabelState.REFUSED.value).select_related("entry", "entry__merged_into")
    found = {heir.pk: heir for one in kept if one.entry is not None and (heir := heir_of(one.entry))}
    return sorted(found.values(), key=lambda one: one.name_fr)


def _form(who: Visitor, asked: ShowRequest, given: QueryDict | None) -> DecisionForm:
    shows = own_shows(who.organization, asked.entry)
    nights = _own_nights(who.organization, [one.id for one in shows])
    return DecisionForm(given, request=asked, shows=shows, nights=nights, expiry=usual_expiry(timezone.localdate()))


def _own_nights(organization: Organization, shows: Sequence[str]) -> list[Night]:
    home = Home.from_environment()
    try:
        by_show = nights_of(home, current_or_refuse(home), organization.slug, shows)
    except (NoSnapshot, NotFound):
        return []
    return sorted((one for nights in by_show.values() for one in nights), key=lambda one: (one.on, one.id))


def _decided(form: DecisionForm) -> Decision | None:
    """What the form decides; what it offers first, before anybody changed it."""
    if not form.is_bound:
        return form.usual
    return form.decision() if form.is_valid() else None


def _query(form: DecisionForm) -> str:
    """The choices of the form as the query of an address, without what only a form carries."""
    if not isinstance(form.data, QueryDict):
        return ""
    return urlencode([(name, value) for name in form.fields for value in form.data.getlist(name)])


def _preview(who: Visitor, asked: ShowRequest, decision: Decision) -> SharedShow | None:
    """What the partner would see, by the function that it will see it by."""
    if asked.asker is None:
        return None
    try:
        home = Home.from_environment()
        return shared_show(home, asked.title, [decision.terms(who.organization.slug)], asked.asker)
    except NoSnapshot:
        return None
