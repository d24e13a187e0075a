"""What every page knows: its language, its theme, whose data, the rail."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from publicc.collective.access import Visitor, organizations_of
from publicc.web.language import lang_of, theme_of
from publicc.web.navigation import rail
from publicc.web.request_id import request_id


def shell(request: HttpRequest) -> dict[str, Any]:
    """Values that the base page needs; the organizations of a person are only looked up when drawn."""
    lang = lang_of(request)
    who: Visitor | None = getattr(request, "visitor", None)
    return {
        "lang": lang,
        "theme": theme_of(request),
        "visitor": who,
        "rail": rail(who.organization.slug, request.path, lang, who.role) if who else [],
        "own_organizations": SimpleLazyObject(lambda: organizations_of(request.user)),
        "demo": settings.DEMO,
        "request_number": request_id(request),
    }
