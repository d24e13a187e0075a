"""What the collective itself lets go: who made a closed request, declined applications, old invitations."""

from datetime import date, timedelta

from django.db.models import QuerySet

from publicc.collective.models import Application, Invitation, PersonRequest
from publicc.collective.retention import Rule
from publicc.collective.states import ApplicationState


def _requests(today: date, days: int) -> QuerySet[PersonRequest]:
    return PersonRequest.objects.filter(closed_at__date__lt=today - timedelta(days=days)).exclude(who=b"")


def _requests_due(today: date, days: int) -> tuple[str, ...]:
    return tuple(str(pk) for pk in _requests(today, days).values_list("pk", flat=True))


def _forget_requests(today: date, days: int) -> tuple[str, ...]:
    gone = _requests_due(today, days)
    PersonRequest.objects.filter(pk__in=gone).update(who=b"", marks=[], motive="")
    return gone


def _applications(today: date, days: int) -> QuerySet[Application]:
    declined = Application.objects.filter(state=ApplicationState.DECLINED)
    return declined.filter(received_at__date__lt=today - timedelta(days=days))


def _applications_due(today: date, days: int) -> tuple[str, ...]:
    return tuple(str(pk) for pk in _applications(today, days).values_list("pk", flat=True))


def _erase_applications(today: date, days: int) -> tuple[str, ...]:
    gone = _applications_due(today, days)
    Application.objects.filter(pk__in=gone).delete()
    return gone


def _invitations(today: date, days: int) -> QuerySet[Invitation]:
    return Invitation.objects.filter(expires_at__date__lt=today - timedelta(days=days))


def _invitations_due(today: date, days: int) -> tuple[str, ...]:
    return tuple(str(pk) for pk in _invitations(today, days).values_list("pk", flat=True))


def _erase_invitations(today: date, days: int) -> tuple[str, ...]:
    gone = _invitations_due(today, days)
    Invitation.objects.filter(pk__in=gone).delete()
    return gone


REQUESTS = Rule("requests", _requests_due, _forget_requests)
APPLICATIONS = Rule("applications", _applications_due, _erase_applications)
INVITATIONS = Rule("invitations", _invitations_due, _erase_invitations)
