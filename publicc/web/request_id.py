"""A number for each request, so that a person can tell the hub which failure they saw."""

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from publicc.collective.trail import within_request


def request_id_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give each request an id, tell it in `X-Request-ID` and in what the trail keeps of the request."""

    def numbered(request: HttpRequest) -> HttpResponse:
        request.META["PUBLICC_REQUEST_ID"] = secrets.token_hex(6)
        with within_request(request.META["PUBLICC_REQUEST_ID"]):
            response = get_response(request)
        response["X-Request-ID"] = request.META["PUBLICC_REQUEST_ID"]
        return response

    return numbered


def request_id(request: HttpRequest) -> str:
    """The id given to this request."""
    return str(request.META.get("PUBLICC_REQUEST_ID", ""))
