"""Pages of privacy that hold no vault: the hub's clocks of requests."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from publicc.collective.doors import for_hub
from publicc.collective.models import PersonRequest, Seat
from publicc.kernel.vocabulary import UserRole


@for_hub(UserRole.OPERATOR, UserRole.AUDITOR)
@require_safe
def hub_requests(request: HttpRequest, seat: Seat) -> HttpResponse:  # noqa: ARG001 - the door hands it
    """How long each organization has left to answer its open requests. Who asks, and what, stays with it."""
    waiting = PersonRequest.objects.filter(closed_at=None).select_related("organization")
    return render(request, "collective/hub_requests.html", {"waiting": waiting})
