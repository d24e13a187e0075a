"""The last word on what the API answers: a method or a page that is not there is told as a problem too."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from publicc.api.callers import GONE
from publicc.api.problems import CONTENT_TYPE, problem
from publicc.kernel.errors import NotFound
from publicc.kernel.text import language

_NOWHERE: Final = NotFound(GONE)


class ProblemsEverywhere:
    """Turns the bare refusals of the framework into problems, under `/api/`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; what comes back bare is told."""
        answer = self.get_response(request)
        if not request.path.startswith("/api/") or answer.headers.get("Content-Type") == CONTENT_TYPE:
            return answer
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            told = problem(405, "no_such_method")
            told["Allow"] = answer.headers.get("Allow", "")
            return told
        if answer.status_code == HTTPStatus.NOT_FOUND:
            return problem(404, _NOWHERE.code, _NOWHERE.sentence(language(get_language())))
        return answer
