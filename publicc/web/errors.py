"""Pages of what went wrong. Another organization's page and a page that never existed are byte for byte the same."""

import logging
from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from publicc.kernel.errors import BadInput, BadUsage, Busy, NotAllowed, NotFound, PublicCError
from publicc.kernel.text import Text
from publicc.web.language import lang_of
from publicc.web.request_id import request_id

log = logging.getLogger("publicc.web")

_STATUS: dict[type[PublicCError], int] = {NotFound: 404, NotAllowed: 403, BadInput: 400, BadUsage: 400, Busy: 503}
_TITLES = {
    400: Text("Cette demande ne se lit pas", "This request cannot be read"),
    403: Text("Cette action ne vous est pas ouverte", "This action is not open to you"),
    404: Text("Cette page n'existe pas", "This page does not exist"),
    429: Text("Un peu de patience", "A little patience"),
    500: Text("Quelque chose s'est mal passé de notre côté", "Something went wrong on our side"),
    502: Text("Un autre service ne répond pas", "Another service does not answer"),
    503: Text("Un instant : le travail est en cours", "One moment: work is under way"),
}

_NOT_KEPT = Text(
    "Une valeur de ce formulaire ne peut pas être gardée : trop longue, ou avec des signes qui ne sont pas du texte. "
    "La corriger et recommencer.",
    "A value of this form cannot be kept: too long, or with characters that are not text. Correct it and try again.",
)


def problem_page(request: HttpRequest, status: int, sentence: str = "") -> HttpResponse:
    """The page of a status, with a sentence for the reader when there is one to say."""
    title = _TITLES[status].said(lang_of(request))
    number = request_id(request) if status >= 500 else ""
    told = {"title": title, "sentence": sentence, "status": status, "request_number": number}
    return render(request, "errors/problem.html", told, status=status)


class KnownProblems:
    """Turns the errors that Public C raises on purpose into pages; anything else stays a 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """The page of a known problem."""
        if isinstance(problem, DataError):
            return problem_page(request, 400, _NOT_KEPT.said(lang_of(request)))
        if not isinstance(problem, PublicCError):
            return None
        status = next((code for kind, code in _STATUS.items() if isinstance(problem, kind)), 500)
        if status == 404:
            return not_found(request)
        if status == 500:
            log.error("request %s: %s", request_id(request), problem.code)
            return problem_page(request, 500)
        return problem_page(request, status, problem.sentence(lang_of(request)))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404, the same whatever the reason, for whoever asks."""
    request.__dict__.pop("visitor", None)
    request.__dict__.pop("seat", None)
    return problem_page(request, 404)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403 of Django's own guards, such as a stale form."""
    stale = Text(
        "Le formulaire était ouvert depuis trop longtemps. Revenir à la page, la recharger et recommencer.",
        "The form had been open for too long. Go back to the page, reload it and try again.",
    )
    return problem_page(request, 403, stale.said(lang_of(request)))


def broken(request: HttpRequest) -> HttpResponse:
    """500: what happened is in the hub's own log, under the number shown here."""
    return problem_page(request, 500)
