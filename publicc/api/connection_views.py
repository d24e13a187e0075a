"""*Calendrier et avertissements*: the secret address of one's calendar, and addresses that are told what happens."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from publicc.api.feeds import calendar_at, close_feed, feed_of, open_feed
from publicc.api.hooks.happenings import Kind
from publicc.api.hooks.keeping import add_hook, hooks_of, remove_hook, secret_of
from publicc.api.models import Delivery
from publicc.collective.access import Visitor, can_deposit, can_export
from publicc.collective.doors import for_members
from publicc.dashboards.responses import lang
from publicc.kernel.text import Text

_STATES = {
    Delivery.State.WAITING: Text("sera retenté", "will be tried again"),
    Delivery.State.DONE: Text("reçu", "taken"),
    Delivery.State.GIVEN_UP: Text("abandonné", "given up"),
}


@for_members
@require_safe
def connections(request: HttpRequest, who: Visitor) -> HttpResponse:
    """What is connected."""
    return _page(request, who)


def _page(request: HttpRequest, who: Visitor, **more: Any) -> HttpResponse:  # noqa: ANN401 - what the page also shows
    last = Delivery.objects.filter(hook__organization=who.organization).select_related("hook")[:20]
    page = {
        "slug": who.organization.slug,
        "feed": feed_of(who, request.user),
        "hooks": [(one, [kind.label for kind in Kind if kind.value in one.kinds]) for one in hooks_of(who)],
        "deliveries": [(one, Kind(one.kind).label, _STATES[Delivery.State(one.state)]) for one in last],
        "kinds": list(Kind),
        "may_feed": can_export(who),
        "may_hook": can_deposit(who),
        **more,
    }
    return render(request, "api/connections.html", page)


@for_members
@require_POST
def calendar_feed(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Open a new address for the calendar, shown once, or close it."""
    if request.POST.get("deed") == "close":
        close_feed(who=who, by=request.user)
        return redirect("connections", who.organization.slug)
    secret = open_feed(who=who, by=request.user)
    return _page(request, who, address=f"{settings.SITE_ADDRESS}{reverse('calendar_at', args=[secret])}")


@for_members
@require_POST
def webhooks(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Have an address told; its secret is shown here, once."""
    told = request.POST
    made = add_hook(who=who, by=request.user, address=told.get("address", ""), kinds=told.getlist("kinds"))
    return _page(request, who, fresh=made, secret=secret_of(made))


@for_members
@require_POST
def remove_webhook(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """Tell an address nothing more."""
    remove_hook(who=who, by=request.user, number=number)
    return redirect("connections", who.organization.slug)


@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:  # noqa: ARG001 - the address says it all
    """The calendar of a secret address."""
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
    return HttpResponse(calendar_at(secret, lang()), content_type="text/calendar; charset=utf-8", headers=headers)
