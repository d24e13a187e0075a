"""Pages of an organization are answered behind the database's own wall (PostgreSQL)."""

import re
from collections.abc import Callable
from typing import Final

from django.core.exceptions import MiddlewareNotUsed
from django.db import connection, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from publicc.collective.models import Membership
from publicc.collective.row_wall import only
from publicc.kernel.vocabulary import UserRole

_OF_ONE: Final = re.compile(r"^/o/([-\w]+)/")
_FAILED: Final = 500


def one_organization(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer `/o/<organization>/…` to its people in a transaction that reaches no row of another organization.

    The hub's analyst, who settles the common directory from there, is not held. What a page that failed had begun to
    write is taken back. Raises MiddlewareNotUsed on SQLite, which has no such wall.
    """
    if connection.vendor != "postgresql":
        raise MiddlewareNotUsed

    def walled(request: HttpRequest) -> HttpResponseBase:
        organization = _held_to(request)
        if organization is None:
            return get_response(request)
        with only(organization):
            response = get_response(request)
            if response.status_code >= _FAILED:
                transaction.set_rollback(True)
            return response

    return walled


def _held_to(request: HttpRequest) -> int | None:
    """The number of the organization whose rows alone may answer; None when the address or the person is of none."""
    found = _OF_ONE.match(request.path)
    if found is None:
        return None
    places = Membership.objects.filter(user_id=request.user.pk or 0, organization__slug=found[1])
    return places.exclude(role=UserRole.OPERATOR).values_list("organization_id", flat=True).first()
