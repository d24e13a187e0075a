"""What every answer of the API shares: pages of rows, tags that say nothing changed, the language asked."""

import json
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language
from ninja import Query

from publicc.dashboards.responses import tag_of
from publicc.kernel.text import Lang, language

MOST: Final = 10_000
Limit = Annotated[int, Query(ge=1, le=MOST, description="Rows at most.")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="Rows to pass over.")]
T = TypeVar("T")


def spoken() -> Lang:
    """The language of `Accept-Language`; French when it is neither French nor English."""
    return language(get_language())


def page_of(offset: int, limit: int, count: int) -> dict[str, int]:
    """Which rows these are of all there are."""
    return {"offset": offset, "limit": limit, "count": count}


def part(rows: Sequence[T], offset: int, limit: int) -> Sequence[T]:
    """The rows asked for."""
    return rows[offset : offset + limit]


def tagged(request: HttpRequest, told: Sequence[object], make: Callable[[], Any]) -> HttpResponse:
    """JSON under a tag of all that it depends on, language included; 304 without making it when the caller holds it."""
    tag = tag_of(*(str(one) for one in told), spoken())
    held = get_conditional_response(request, etag=tag)
    if held is not None:
        answer: HttpResponse = held
    else:
        answer = HttpResponse(json.dumps(make(), ensure_ascii=False), content_type="application/json; charset=utf-8")
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ("Accept-Language", "Authorization", "Cookie"))
    return answer
