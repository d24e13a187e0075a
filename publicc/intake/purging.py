"""Uploads that nobody confirmed: forgotten after a week, looked for every day. Nothing of them had been kept."""

import shutil
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from publicc.collective.daily import ask_again
from publicc.collective.trail import record
from publicc.intake import incoming
from publicc.intake.models import Deposit
from publicc.intake.states import DepositState
from publicc.kernel.text import Text
from publicc.store.home import Home

_ENDED: Final = (DepositState.ACCEPTED, DepositState.REFUSED, DepositState.ABANDONED, DepositState.UNDONE)
_NEVER_CONFIRMED: Final = Text(
    "Ce dépôt n'a pas été confirmé en {days} jours : ses fichiers ont été effacés, rien n'en avait été gardé.",
    "This deposit was not confirmed within {days} days: its files were erased, nothing of them had been kept.",
)


def purge_uploads(before: datetime | None = None) -> int:
    """Abandon the deposits left to confirm too long, and erase their files; how many. `before`: brought before that.

    Folders whose deposit ended, or is not known any more, go too: a process may have been killed before erasing them.
    """
    home = Home.from_environment()
    before = before or timezone.now() - settings.UPLOADS_KEPT_FOR
    left = list(Deposit.objects.filter(state=DepositState.TO_CONFIRM, brought_at__lt=before))
    for deposit in left:
        _abandon(deposit)
        incoming.forget(incoming.folder_of(home, deposit.organization.slug, deposit.pk))
    _sweep(home, before)
    return len(left)


def _abandon(deposit: Deposit) -> None:
    why = _NEVER_CONFIRMED.filled(days=settings.UPLOADS_KEPT_FOR.days)
    with transaction.atomic():
        Deposit.objects.filter(pk=deposit.pk, state=DepositState.TO_CONFIRM).update(
            state=DepositState.ABANDONED, problem={"fr": why.fr, "en": why.en}, step={}, finished_at=timezone.now()
        )
        record(action="purge_deposit", actor=None, organization=deposit.organization, object_id=str(deposit.pk))


def _sweep(home: Home, before: datetime) -> None:
    waiting = {str(pk) for pk in Deposit.objects.exclude(state__in=_ENDED).values_list("pk", flat=True)}
    for folder in home.deposits.glob("*/*"):
        if folder.is_dir() and folder.name not in waiting and folder.stat().st_mtime < before.timestamp():
            shutil.rmtree(folder, ignore_errors=True)


@task()
def purge_daily() -> None:
    """Purge now, and again tomorrow."""
    start_purging()


def start_purging() -> None:
    """Purge now; the next one is asked for unless it already is. Called when a worker starts."""
    purge_uploads()
    ask_again(purge_daily)
