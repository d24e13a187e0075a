"""Each day: a request left a week without an answer is recalled once; both sides are told of an access that ends."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from publicc.collective.daily import ask_again
from publicc.collective.models import Organization
from publicc.collective.trail import record
from publicc.sharing.models import ShowRequest
from publicc.sharing.notices import ENDING, REMINDED, tell_asker, tell_owner
from publicc.sharing.openings import in_force
from publicc.sharing.states import RequestState

RECALL_AFTER: Final = timedelta(days=7)
_SOON: Final = timedelta(minutes=5)
WARN_BEFORE: Final = timedelta(days=14)


@task()
def mind_requests() -> None:
    """Recall and warn, then wait for the next day; one that is gone is passed over."""
    recall()
    warn()
    ask_again(mind_requests)


def start_minding() -> None:
    """Ask for the next round unless it already is. Called when a worker starts."""
    ask_again(mind_requests, after=_SOON)


def recall() -> int:
    """Write again to owners of requests that nobody answered for a week; how many."""
    late = ShowRequest.objects.filter(
        state=RequestState.PENDING.value,
        asked_at__lte=timezone.now() - RECALL_AFTER,
        reminded_at=None,
        owner__isnull=False,
        asker__isnull=False,
    ).select_related("owner", "asker")
    for request in late:
        with transaction.atomic():
            request.reminded_at = timezone.now()
            request.save(update_fields=["reminded_at"])
            _tell_trail("remind_show_request", request.owner, request)
        tell_owner(request, REMINDED)
    return len(late)


def warn() -> int:
    """Tell both sides of grants that end within two weeks, once; how many."""
    today = timezone.localdate()
    ending = ShowRequest.objects.filter(
        in_force(today), expires_on__lte=today + WARN_BEFORE, warned_at=None
    ).select_related("owner", "asker")
    for request in ending:
        request.warned_at = timezone.now()
        request.save(update_fields=["warned_at"])
        tell_owner(request, ENDING)
        tell_asker(request, ENDING)
    return len(ending)


def _tell_trail(action: str, organization: Organization | None, request: ShowRequest) -> None:
    record(action=action, actor=None, organization=organization, object_id=str(request.pk))
