"""Who calls: a person by the token of a program, or by the session of the site; and their place in an organization."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import caches
from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth
from ninja.throttling import SimpleRateThrottle

from publicc.api.models import Token
from publicc.api.scopes import TokenScope
from publicc.api.tokens import token_behind
from publicc.collective.access import Visitor, visitor
from publicc.collective.doors import MEMBERS
from publicc.intake.uploads import BoundedUpload
from publicc.kernel.errors import NotAllowed, NotFound
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole

RATE: Final = "600/min"
"""Calls of one caller to one process of the site."""
GONE: Final = Text("Cette page n'existe pas.", "This page does not exist.")


@dataclass(frozen=True, slots=True)
class Caller:
    """The person who calls, and the token when it is a program's."""

    person: AbstractBaseUser
    token: Token | None = None


class ByToken(HttpBearer):
    """`Authorization: Bearer publicc_…`."""

    def __call__(self, request: HttpRequest) -> Any:  # noqa: ANN401 - ninja's own
        """Who is behind the header; files that come in are bounded before anything reads them."""
        if request.method == "POST" and not hasattr(request, "bounded"):
            handler = BoundedUpload(request)
            request.upload_handlers = [handler]
            request.bounded = handler  # type: ignore[attr-defined]
        return super().__call__(request)

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:  # noqa: ARG002
        """The caller behind a token."""
        found = token_behind(token)
        return Caller(found.owner, found) if found else None


class BySession(SessionAuth):
    """Signed in on the site; what changes something must carry the token of a form."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Caller | None:  # noqa: ARG002
        """The caller behind a session."""
        return Caller(request.user) if request.user.is_authenticated else None


class Pace(SimpleRateThrottle):
    """So many calls a minute for each caller."""

    cache = caches["pace"]

    def get_cache_key(self, request: HttpRequest) -> str | None:
        """One count a token, one a person."""
        caller: Caller | None = getattr(request, "auth", None)
        if caller is None:
            return None
        return f"pace:{caller.token.pk if caller.token else caller.person.pk}"


def caller_of(request: HttpRequest) -> Caller:
    """The caller that the request was recognised as."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    return caller


def within(
    request: HttpRequest,
    slug: str,
    scope: TokenScope = TokenScope.READ,
    *,
    roles: Collection[UserRole] = MEMBERS,
) -> Visitor:
    """The caller's place among those who work in an organization, as its pages have it.

    NotFound when it is not theirs, or their role sees no figures of it; NotAllowed beyond the token's scopes.
    """
    caller = caller_of(request)
    if caller.token is not None and caller.token.organization.slug != slug:
        raise NotFound(GONE)
    who = visitor(caller.person, slug)
    if who.role not in roles:
        raise NotFound(GONE)
    check_opens(caller, scope)
    return who


def check_opens(caller: Caller, scope: TokenScope) -> None:
    """Raise NotAllowed when the caller's token does not open this."""
    if caller.token is not None and scope not in caller.token.opens:
        raise NotAllowed(
            Text("Ce jeton n'ouvre pas cela.", "This token does not open this."),
            do=Text("Faire un jeton qui l'ouvre : {scope}.", "Make a token that opens it: {scope}.").filled(
                scope=scope.label
            ),
        )
