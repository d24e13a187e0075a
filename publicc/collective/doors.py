"""The doors of pages: signed in and of the right role; else the sign-in, or the page that does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec, TypeAlias

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from publicc.collective.access import Visitor, seated, visitor
from publicc.collective.models import Seat
from publicc.collective.trail import saw
from publicc.kernel.errors import NotFound
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole

P = ParamSpec("P")
MemberView: TypeAlias = Callable[Concatenate[HttpRequest, Visitor, P], HttpResponseBase]
HubView: TypeAlias = Callable[Concatenate[HttpRequest, Seat, P], HttpResponseBase]

MEMBERS: Final = (UserRole.READER, UserRole.ANALYST, UserRole.STEWARD, UserRole.DIRECTOR)
"""Who works in an organization, and sees its own figures."""
_SEEN: Final = (200, 304)


def for_members(view: MemberView[P]) -> Callable[..., HttpResponseBase]:
    """Open the view to those who work in the organization named in the address, and hand it their `Visitor`.

    Anonymous: to the sign-in page and back. Anyone else: NotFound, as if the organization did not exist.
    The visitor is also left on the request, for the shell (`request.visitor`); the trail tells which page was seen.
    """
    return for_roles(*MEMBERS)(view)


def for_roles(*roles: UserRole) -> Callable[[MemberView[P]], Callable[..., HttpResponseBase]]:
    """Open the view to those of these roles in the organization named in the address, as `for_members` does."""

    def door(view: MemberView[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def opened(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            who = visitor(request.user, slug)
            if who.role not in roles:
                raise _no_such_page()
            request.visitor = who  # type: ignore[attr-defined]
            response = view(request, who, *args, **kwargs)
            if request.method == "GET" and response.status_code in _SEEN:
                saw(actor=request.user, organization=who.organization, page=_page_of(request))
            return _not_kept(response)

        return opened

    return door


def for_hub(*roles: UserRole) -> Callable[[HubView[P]], Callable[..., HttpResponseBase]]:
    """Open the view to people of the hub who have one of these roles, and hand it their `Seat`.

    Anonymous: to the sign-in page and back. Anyone else: NotFound. The seat is left on the request (`request.seat`).
    """

    def door(view: HubView[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            seat = seated(request.user)
            if seat is None or UserRole(seat.role) not in roles:
                raise _no_such_page()
            request.seat = seat  # type: ignore[attr-defined]
            return _not_kept(view(request, seat, *args, **kwargs))

        return opened

    return door


def _no_such_page() -> NotFound:
    return NotFound(Text("Cette page n'existe pas.", "This page does not exist."))


def _page_of(request: HttpRequest) -> str:
    return (request.resolver_match.url_name if request.resolver_match else None) or ""


def _not_kept(response: HttpResponseBase) -> HttpResponseBase:
    """Tell browsers to keep nothing, unless the view said otherwise."""
    if isinstance(response, HttpResponse) and not response.has_header("Cache-Control"):
        response["Cache-Control"] = "no-store"
    return response
