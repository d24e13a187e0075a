"""The door of an organization's pages: signed in and a member; else sign-in, or the page that does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from publicc.collective.access import Visitor, visitor

P = ParamSpec("P")


def for_members(
    view: Callable[Concatenate[HttpRequest, Visitor, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Open the view to members of the organization named in the address, and hand it their `Visitor`.

    Anonymous: to the sign-in page and back. Anyone else: NotFound, as if the organization did not exist.
    The visitor is also left on the request, for the shell (`request.visitor`).
    """

    @wraps(view)
    def opened(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        who = visitor(request.user, slug)
        request.visitor = who  # type: ignore[attr-defined]
        response = view(request, who, *args, **kwargs)
        if isinstance(response, HttpResponse) and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response

    return opened
