"""What surveys let go: words of respondents, whose an invitation was, ties to buyers, files that were never brought."""

from datetime import date, timedelta

from django.db.models import QuerySet

from publicc.collective.retention import Rule
from publicc.kernel.period import months_before
from publicc.surveys.erasing import KEPT_MONTHS, erase_comments
from publicc.surveys.models import Arrival, Invitee, Response, Tie
from publicc.surveys.tying import TIE_MONTHS


def _due(today: date, days: int) -> tuple[str, ...]:  # noqa: ARG001 - the consent's own words say the time
    old = Response.objects.filter(day__lte=months_before(today, KEPT_MONTHS), words_erased=False)
    return tuple(str(pk) for pk in old.values_list("pk", flat=True))


def _remove(today: date, days: int) -> tuple[str, ...]:
    gone = _due(today, days)
    erase_comments(today)
    return gone


def _invitees(today: date, days: int) -> QuerySet[Invitee]:
    return Invitee.objects.filter(made_on__lte=today - timedelta(days=days))


def _invitees_due(today: date, days: int) -> tuple[str, ...]:
    return tuple(str(pk) for pk in _invitees(today, days).values_list("pk", flat=True))


def _forget_invitees(today: date, days: int) -> tuple[str, ...]:
    gone = _invitees_due(today, days)
    _invitees(today, days).delete()
    return gone


def _ties(today: date) -> QuerySet[Tie]:
    return Tie.objects.filter(response__day__lte=months_before(today, TIE_MONTHS))


def _ties_due(today: date, days: int) -> tuple[str, ...]:  # noqa: ARG001 - the consent's own words say the time
    return tuple(str(pk) for pk in _ties(today).values_list("pk", flat=True))


def _forget_ties(today: date, days: int) -> tuple[str, ...]:
    gone = _ties_due(today, days)
    _ties(today).delete()
    return gone


def _arrivals(today: date, days: int) -> QuerySet[Arrival]:
    return Arrival.objects.filter(made_on__lte=today - timedelta(days=days))


def _arrivals_due(today: date, days: int) -> tuple[str, ...]:
    return tuple(str(pk) for pk in _arrivals(today, days).values_list("pk", flat=True))


def _remove_arrivals(today: date, days: int) -> tuple[str, ...]:
    gone = _arrivals_due(today, days)
    _arrivals(today, days).delete()
    return gone


ARRIVALS = Rule("arrivals", _arrivals_due, _remove_arrivals)
COMMENTS = Rule("comments", _due, _remove)
INVITEES = Rule("invitees", _invitees_due, _forget_invitees)
TIES = Rule("ties", _ties_due, _forget_ties)
