"""Pages of the collective: the trail of an organization, and the whole trail for the hub's auditor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from publicc.collective.access import MAY_READ_TRAIL, Visitor
from publicc.collective.doors import for_hub, for_roles
from publicc.collective.models import Seat
from publicc.collective.trail import first_broken
from publicc.collective.trail_page import trail_page
from publicc.kernel.vocabulary import UserRole


@for_roles(*MAY_READ_TRAIL)
@require_safe
def trail(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Who saw, changed, exported or granted what in this organization."""
    told = {"view": trail_page(request.GET.dict(), who.organization)}
    return render(request, "collective/trail.html", told)


@for_hub(UserRole.AUDITOR, UserRole.OPERATOR)
@require_safe
def hub_trail(request: HttpRequest, seat: Seat) -> HttpResponse:  # noqa: ARG001 - the door hands it
    """The whole trail, and whether its chain holds when that is asked."""
    checked = request.GET.get("check") == "chain"
    told = {"view": trail_page(request.GET.dict()), "checked": checked, "whole": True}
    if checked:
        told["broken"] = first_broken()
    return render(request, "collective/trail.html", told)
