"""The trail: written in the same transaction as the action it tells of, each entry sealed to the one before.

Other rooms call `record` for what was changed, exported or granted; `saw` for pages, once a day each.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC
from typing import Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.utils import timezone

from publicc.collective.models import Organization, TrailEntry

SAW: Final = "see_page"
PURGED: Final = "purge_trail"
"""Entry whose object is the seal of the last entry that was let go, so that the chain still has its first link."""
_CHAIN_LOCK: Final = 4_207_116
"""Number of the lock that holds writers of the chain one behind the other, on PostgreSQL."""

_request: ContextVar[str] = ContextVar("request", default="")


@contextmanager
def within_request(number: str) -> Iterator[None]:
    """Entries written in this block tell the number of the request."""
    before = _request.set(number)
    try:
        yield
    finally:
        _request.reset(before)


@transaction.atomic
def record(
    *,
    action: str,
    actor: AbstractBaseUser | AnonymousUser | None,
    organization: Organization | None,
    object_id: str = "",
    outcome: str = "done",
    purpose: str = "",
) -> None:
    """Add one entry. `action` is a verb and a thing (`receive_deposit`), with its words in `trail_words`.

    `object_id` is a number, a code or an address of ours: no value, no identity, no file name. `purpose` is the reason
    given, where one is asked. `organization` None = the hub's own doings.
    """
    _wait_for_turn()
    entry = TrailEntry(
        at=timezone.now(),
        actor_id=actor.pk if actor else None,
        organization=organization,
        action=action,
        object_id=object_id[:80],
        outcome=outcome,
        purpose=purpose[:200],
        request=_request.get(),
    )
    entry.seal = seal_of(entry, last_seal())
    entry.save(force_insert=True)


def saw(*, actor: AbstractBaseUser | AnonymousUser, organization: Organization, page: str) -> None:
    """Tell that a person opened a kind of page of an organization: once a day."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    seen = TrailEntry.objects.filter(actor_id=actor.pk, object_id=page, organization=organization, at__gte=today)
    if not seen.filter(action=SAW).exists():
        record(action=SAW, actor=actor, organization=organization, object_id=page)


def last_seal() -> str:
    """The seal of the newest entry: the head of the chain, that backups carry away. Empty without entries."""
    return TrailEntry.objects.order_by("-id").values_list("seal", flat=True).first() or ""


def holds(seal: str) -> bool:
    """Whether the chain goes through this seal, or is asked about none."""
    return not seal or TrailEntry.objects.filter(seal=seal).exists()


def seal_of(entry: TrailEntry, before: str) -> str:
    """The seal of an entry that follows the one sealed `before`."""
    told = [
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.organization_id,
        entry.action,
        entry.object_id,
        entry.outcome,
        entry.purpose,
        entry.request,
    ]
    return hashlib.sha256(f"{before}{json.dumps(told, ensure_ascii=True)}".encode()).hexdigest()


def first_broken() -> int | None:
    """The id of the first entry that does not follow from the one before; None when the whole chain holds."""
    before = TrailEntry.objects.filter(action=PURGED).values_list("object_id", flat=True).first() or ""
    for entry in TrailEntry.objects.order_by("id").iterator():
        if entry.seal != seal_of(entry, before):
            return entry.pk
        before = entry.seal
    return None


def _wait_for_turn() -> None:
    """Hold other writers back until this transaction ends: SQLite already does from its first statement."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
