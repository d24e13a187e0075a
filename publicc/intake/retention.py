"""Files that were brought and never confirmed: let go after their time."""

from datetime import date, timedelta

from django.utils import timezone

from publicc.collective.retention import Rule
from publicc.intake.models import Deposit
from publicc.intake.purging import purge_uploads
from publicc.intake.states import DepositState


def _due(today: date, days: int) -> tuple[str, ...]:
    before = timezone.now() - timedelta(days=days + (timezone.localdate() - today).days)
    left = Deposit.objects.filter(state=DepositState.TO_CONFIRM, brought_at__lt=before)
    return tuple(str(pk) for pk in left.values_list("pk", flat=True))


def _remove(today: date, days: int) -> tuple[str, ...]:
    gone = _due(today, days)
    purge_uploads(timezone.now() - timedelta(days=days + (timezone.localdate() - today).days))
    return gone


UPLOADS = Rule("uploads", _due, _remove)
