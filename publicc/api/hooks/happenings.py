"""What happened, found where each room keeps it: no room below needs to know that anyone listens.

Looked for again and again over the last days, told once: whatever was killed in between, nothing is lost or doubled.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from publicc.collective.models import Organization, TrailEntry
from publicc.intake.models import Deposit
from publicc.intake.states import DepositState
from publicc.kernel.vocabulary import Term
from publicc.sharing.models import ShowRequest

BACK: Final = timedelta(days=3)


class Kind(Term):
    """What an address may be told."""

    DEPOSIT = "deposit.done", "Un dépôt est dans les tableaux", "A deposit is in the screens"
    RELEASE = "release.published", "Le collectif a publié une période", "The collective published a period"
    REQUEST = "request.received", "Une demande de partage est arrivée", "A sharing request arrived"


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened, by its number; `organization` None = to everyone."""

    kind: Kind
    subject: str
    at: datetime
    organization: Organization | None


def happenings(now: datetime) -> Iterator[Happening]:
    """What happened of late."""
    since = now - BACK
    accepted = Deposit.objects.filter(state=DepositState.ACCEPTED.value, finished_at__gte=since)
    for deposit in accepted.select_related("organization"):
        if deposit.finished_at is not None:
            yield Happening(Kind.DEPOSIT, str(deposit.pk), deposit.finished_at, deposit.organization)
    for entry in TrailEntry.objects.filter(action="publish_release", at__gte=since):
        yield Happening(Kind.RELEASE, entry.object_id, entry.at, None)
    for asked in ShowRequest.objects.filter(asked_at__gte=since).select_related("owner"):
        if asked.owner is not None:
            yield Happening(Kind.REQUEST, str(asked.pk), asked.asked_at, asked.owner)
