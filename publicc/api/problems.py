"""Errors of the API, each in the form of RFC 9457: what went wrong, for a person and for a program."""

import json
import logging
import math
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import get_language
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from publicc.kernel.errors import BadInput, BadUsage, Busy, NotAllowed, NotFound, PublicCError, unforeseen
from publicc.kernel.text import Text, language

log = logging.getLogger("publicc.api")
CONTENT_TYPE: Final = "application/problem+json"
_STATUS: Final[dict[type[PublicCError], int]] = {
    NotFound: 404,
    NotAllowed: 403,
    BadInput: 400,
    BadUsage: 400,
    Busy: 503,
}
_TITLES: Final = {
    400: Text("Cette demande ne se lit pas", "This request cannot be read"),
    401: Text("Il faut un jeton ou une session", "A token or a session is needed"),
    403: Text("Cette action ne vous est pas ouverte", "This action is not open to you"),
    404: Text("Cela n'existe pas", "There is no such thing"),
    405: Text("Cette méthode n'existe pas ici", "There is no such method here"),
    422: Text("Un paramètre ne se lit pas", "A parameter cannot be read"),
    429: Text("Trop d'appels en une minute", "Too many calls in a minute"),
    500: Text("Quelque chose s'est mal passé de notre côté", "Something went wrong on our side"),
    503: Text("Un instant : le travail est en cours", "One moment: work is under way"),
}


class Wrong(Schema):
    """One parameter that cannot be read."""

    where: str
    why: str


class Problem(Schema):
    """An error (RFC 9457). `code` is stable; `detail` is for a person, in the language asked."""

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    wrong: tuple[Wrong, ...] = ()


def problem(status: int, code: str, detail: str = "", wrong: list[dict[str, str]] | None = None) -> HttpResponse:
    """The answer of a problem."""
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": _TITLES[status].said(language(get_language())),
        "status": status,
        "code": code,
        "detail": detail,
        "wrong": wrong or [],
    }
    answer = HttpResponse(json.dumps(told, ensure_ascii=False), content_type=CONTENT_TYPE, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def install(api: NinjaAPI) -> None:
    """Have every error of the API told as a problem."""
    told: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        PublicCError: _known,
        ValidationError: _unreadable,
        AuthenticationError: _nobody,
        Throttled: _too_many,
        HttpError: _by_status,
        Http404: lambda _request, _fault: problem(404, "not_found"),
        SuspiciousOperation: lambda _request, _fault: problem(400, "bad_input"),
        MultiPartParserError: lambda _request, _fault: problem(400, "bad_input"),
        Exception: _unforeseen,
    }
    for fault, handler in told.items():
        api.add_exception_handler(fault, handler)


def _known(_request: HttpRequest, fault: PublicCError) -> HttpResponse:
    status = next((code for kind, code in _STATUS.items() if isinstance(fault, kind)), 500)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("api: %s", fault.code)
        return problem(500, fault.code)
    return problem(status, fault.code, fault.sentence(language(get_language())))


def _unreadable(_request: HttpRequest, fault: ValidationError) -> HttpResponse:
    wrong = [{"where": ".".join(str(part) for part in one["loc"]), "why": str(one["msg"])} for one in fault.errors]
    return problem(422, "unreadable", wrong=wrong)


def _nobody(_request: HttpRequest, _fault: AuthenticationError) -> HttpResponse:
    answer = problem(401, "who_are_you")
    answer["WWW-Authenticate"] = 'Bearer realm="publicc"'
    return answer


def _too_many(_request: HttpRequest, fault: Throttled) -> HttpResponse:
    answer = problem(429, "too_many")
    answer["Retry-After"] = str(math.ceil(fault.wait or 60))
    return answer


def _by_status(_request: HttpRequest, fault: HttpError) -> HttpResponse:
    status = fault.status_code if fault.status_code in _TITLES else 400
    return problem(status, "not_allowed" if status == HTTPStatus.FORBIDDEN else "bad_input")


def _unforeseen(_request: HttpRequest, fault: Exception) -> HttpResponse:
    log.error("api: %s", unforeseen(fault).sentence("en"))
    return problem(500, "error")
