"""Reads of deposits, always through the organization of the person who asks."""

from uuid import UUID

from publicc.collective.access import Visitor
from publicc.intake.models import Deposit
from publicc.kernel.errors import NotFound
from publicc.kernel.text import Text

HISTORY = 100


def deposit_of(who: Visitor, deposit_id: UUID) -> Deposit:
    """One deposit of this organization. Another's is NotFound, as if it had never been."""
    found = Deposit.objects.select_related("organization", "depositor").filter(
        organization=who.organization, pk=deposit_id
    )
    deposit = found.first()
    if deposit is None:
        raise NotFound(Text("Ce dépôt n'existe pas.", "This deposit does not exist."))
    return deposit


def history(who: Visitor) -> list[Deposit]:
    """The deposits of this organization, newest first."""
    return list(Deposit.objects.select_related("depositor").filter(organization=who.organization)[:HISTORY])
