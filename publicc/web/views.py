"""Pages of the shell: the way in, the reader's preferences, the state of the installation."""

import logging
from collections.abc import Iterator
from http import HTTPStatus

import duckdb
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from publicc import __version__
from publicc.collective.access import Visitor, memberships_of, seated
from publicc.collective.doors import for_members
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole
from publicc.web.language import THEME_COOKIE, THEMES, lang_of
from publicc.web.navigation import first_hub_page, first_page

_YEAR_SECONDS = 31_536_000
log = logging.getLogger("publicc.web")


@login_required
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To the first page of one's organization, or to the choice among several."""
    choices = [(name, page) for name, page in _places(request) if page]
    if len(choices) == 1:
        return redirect(choices[0][1])
    return render(request, "web/choose.html", {"choices": choices})


@for_members
@require_safe
def front(request: HttpRequest, who: Visitor) -> HttpResponse:  # noqa: ARG001 - the same for every request
    """The address of an organization without more: to the first page of it that is theirs."""
    return redirect(first_page(who.organization.slug, who.role) or "home")


def _places(request: HttpRequest) -> Iterator[tuple[str, str | None]]:
    """The hub, for those who have a place in it, then each organization of the person; with their first page."""
    seat = seated(request.user)
    if seat is not None:
        yield Text("Le pôle", "The hub").said(lang_of(request)), first_hub_page(UserRole(seat.role))
    for place in memberships_of(request.user):
        yield place.organization.name, first_page(place.organization.slug, UserRole(place.role))


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or as the system, and go back to the page."""
    back = HttpResponseRedirect(_page_left(request))
    wanted = request.POST.get("theme", "")
    if wanted in THEMES:
        back.set_cookie(THEME_COOKIE, wanted, max_age=_YEAR_SECONDS, samesite="Lax", secure=settings.HTTPS)
    return back


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember French or English, and go back to the page."""
    back = HttpResponseRedirect(_page_left(request))
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        name = settings.LANGUAGE_COOKIE_NAME
        back.set_cookie(name, wanted, max_age=_YEAR_SECONDS, samesite="Lax", secure=settings.HTTPS)
    return back


def _page_left(request: HttpRequest) -> str:
    """The page where the form was, if it is one of ours."""
    page = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if ours else "/"


@require_GET
@never_cache
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Whether this process can answer: for the operator's probes. Tells no name and no figure."""
    state = {"database": _database_answers(), "facts": _facts_engine_answers()}
    ready = all(state.values())
    status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse({"ready": ready, **state, "version": __version__}, status=status)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:
        log.exception("the control database does not answer")
        return False
    return True


def _facts_engine_answers() -> bool:
    with duckdb.connect() as memory:
        return memory.execute("SELECT 1").fetchone() == (1,)
