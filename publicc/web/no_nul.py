"""Addresses without NUL characters: no value of ours holds one, and PostgreSQL refuses to be asked with one."""

import re
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase

_NUL: Final = re.compile(r"%00|\x00")
_UNREADABLE: Final = "%EF%BF%BD"


def without_nul(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Read each NUL of an address as the mark of a character that cannot be read."""

    def cleaned(request: HttpRequest) -> HttpResponseBase:
        asked = str(request.META.get("QUERY_STRING", ""))
        if _NUL.search(asked):
            request.META["QUERY_STRING"] = _NUL.sub(_UNREADABLE, asked)
        return get_response(request)

    return cleaned
