"""What every page knows: its language, its theme, whose data, the rail."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from publicc.collective.access import Visitor, organizations_of
from publicc.collective.models import Seat
from publicc.kernel.text import Lang
from publicc.kernel.vocabulary import UserRole
from publicc.web.language import lang_of, theme_of
from publicc.web.navigation import RAIL_COOKIE, Fold, Reader, hub_rail, rail, unfolded_in
from publicc.web.request_id import request_id


def shell(request: HttpRequest) -> dict[str, Any]:
    """Values that the base page needs; the organizations of a person are only looked up when drawn."""
    lang = lang_of(request)
    who: Visitor | None = getattr(request, "visitor", None)
    seat: Seat | None = getattr(request, "seat", None)
    return {
        "lang": lang,
        "theme": theme_of(request),
        "visitor": who,
        "seat": seat,
        "rail": _rail_of(request, lang, who, seat),
        "own_organizations": SimpleLazyObject(lambda: organizations_of(request.user)),
        "demo": settings.DEMO,
        "request_number": request_id(request),
    }


def _rail_of(request: HttpRequest, lang: Lang, who: Visitor | None, seat: Seat | None) -> list[Fold]:
    unfolded = unfolded_in(request.COOKIES.get(RAIL_COOKIE))
    if who is not None:
        return rail(who.organization.slug, Reader(request.path, lang, who.role, unfolded))
    return hub_rail(Reader(request.path, lang, UserRole(seat.role), unfolded)) if seat is not None else []
