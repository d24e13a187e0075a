"""Words written by respondents: let go after the twelve months that the consent says, never later."""

from datetime import date

from publicc.collective.retention import Rule
from publicc.kernel.period import months_before
from publicc.surveys.erasing import KEPT_MONTHS, erase_comments
from publicc.surveys.models import Response


def _due(today: date, days: int) -> tuple[str, ...]:  # noqa: ARG001 - the consent's own words say the time
    old = Response.objects.filter(day__lte=months_before(today, KEPT_MONTHS), words_erased=False)
    return tuple(str(pk) for pk in old.values_list("pk", flat=True))


def _remove(today: date, days: int) -> tuple[str, ...]:
    gone = _due(today, days)
    erase_comments(today)
    return gone


COMMENTS = Rule("comments", _due, _remove)
