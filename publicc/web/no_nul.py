"""Addresses without NUL characters: no value of ours holds one, and PostgreSQL refuses to be asked with one."""

import re
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase

_NUL: Final = re.compile(r"%00|\x00")


def without_nul(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Read the values of an address as if the NUL characters in it had not been typed."""

    def cleaned(request: HttpRequest) -> HttpResponseBase:
        asked = str(request.META.get("QUERY_STRING", ""))
        if _NUL.search(asked):
            request.META["QUERY_STRING"] = _NUL.sub("", asked)
        return get_response(request)

    return cleaned
