"""The pages of those who ask: where everything stands, asking for a show, one request."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from publicc.collective.access import Visitor
from publicc.collective.doors import for_roles
from publicc.dashboards.responses import lang
from publicc.directory.models import Entry
from publicc.kernel.errors import BadInput, BadUsage
from publicc.kernel.text import Text
from publicc.sharing.access import READERS, can_ask, can_decide, can_see_inbox, check_can_ask, request_seen
from publicc.sharing.deciding import usual_expiry
from publicc.sharing.deciding_views import decision_page
from publicc.sharing.forms import AskForm
from publicc.sharing.openings import figures_of, state_of
from publicc.sharing.queries import log_of, open_shows, received, sent
from publicc.sharing.requesting import ask, presenters, remind, show_behind, show_of, shows_to_ask, withdraw_request
from publicc.sharing.states import Figures, Reason, RequestState


@for_roles(*READERS)
@require_safe
def sharing(request: HttpRequest, who: Visitor) -> HttpResponse:
    """What waits, what was given, what was opened, what was asked."""
    inbox = received(who) if can_see_inbox(who) else []
    given = [one for one in inbox if one.state is RequestState.GRANTED]
    soon = [one.days_left for one in given if one.ends_soon and one.days_left is not None]
    told = {
        "waiting": [one for one in inbox if one.state is RequestState.PENDING],
        "given": given,
        "past": [one for one in inbox if one.state not in {RequestState.PENDING, RequestState.GRANTED}],
        "soonest": min(soon) if soon else None,
        "shows": open_shows(who),
        "sent": sent(who),
        "sees_inbox": can_see_inbox(who),
        "may_ask": can_ask(who),
        "may_decide": can_decide(who),
    }
    return render(request, "sharing/sharing.html", told)


@for_roles(*READERS)
@require_safe
def choose_show(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Which show to ask for, from the common directory."""
    check_can_ask(who)
    common = show_behind(who, request.GET.get("show", "")[:64])
    if common is not None:
        return redirect("ask_show", who.organization.slug, common.pk)
    sought = " ".join(request.GET.get("q", "").split())[:120]
    return render(request, "sharing/choose.html", {"sought": sought, "shows": shows_to_ask(who, sought)})


@for_roles(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_show(request: HttpRequest, who: Visitor, entry: int) -> HttpResponse:
    """Ask presenters for a show."""
    check_can_ask(who)
    show = show_of(who, entry)
    if show.pk != entry and request.method != "POST":
        return redirect("ask_show", who.organization.slug, show.pk)
    offered = list(presenters(who))
    form = AskForm(request.POST or None, presenters=offered, until=usual_expiry(timezone.localdate()))
    if request.method == "POST" and form.is_valid():
        chosen = [one for one in offered if one.slug in form.cleaned_data["presenters"]]
        try:
            ask(who=who, by=request.user, entry=show, owners=chosen, wish=form.wish(), form=form.cleaned_data["form"])
        except (BadInput, BadUsage) as problem:
            form.add_error(None, problem.sentence(lang()))
        else:
            _tell(request, Text("La demande est partie.", "The request was sent."))
            return redirect("sharing", who.organization.slug)
    return _asking_page(request, form, show)


@for_roles(*READERS)
@require_safe
def one_request(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """One request: to the owner, with what the partner would see; to the asker, where it stands."""
    found = request_seen(who, number)
    state = state_of(found)
    mine = found.owner_id == who.organization.pk
    if mine and state is RequestState.PENDING:
        return decision_page(request, who, found)
    told = {
        "request_of": found,
        "state": state,
        "mine": mine,
        "figures": sorted(figures_of(found.figures), key=list(Figures).index),
        "granted": sorted(figures_of(found.granted), key=list(Figures).index),
        "reason": Reason(found.reason).label if found.reason else None,
        "log": log_of(found, who),
        "may_ask": can_ask(who) and not mine,
        "may_decide": can_decide(who) and mine,
    }
    return render(request, "sharing/request.html", told)


@for_roles(*READERS)
@require_POST
def withdraw(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """Take a request back."""
    try:
        withdraw_request(who=who, by=request.user, number=number)
        _tell(request, Text("La demande est retirée.", "The request is withdrawn."))
    except BadUsage as problem:
        messages.error(request, problem.sentence(lang()))
    return redirect("show_request", who.organization.slug, number)


@for_roles(*READERS)
@require_POST
def remind_owner(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """Write to the owner again."""
    try:
        remind(who=who, by=request.user, number=number)
        _tell(request, Text("Le rappel est parti.", "The reminder was sent."))
    except BadUsage as problem:
        messages.error(request, problem.sentence(lang()))
    return redirect("show_request", who.organization.slug, number)


def _asking_page(request: HttpRequest, form: AskForm, show: Entry) -> HttpResponse:
    return render(request, "sharing/ask.html", {"form": form, "show": show}, status=400 if form.errors else 200)


def _tell(request: HttpRequest, told: Text) -> None:
    messages.success(request, told.said(lang()))
