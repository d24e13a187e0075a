"""Who asks, who decides, who reads. Permissions come in pairs: `check_can_…` raises with the reason."""

from typing import Final
from uuid import UUID

from django.db.models import Q

from publicc.collective.access import Visitor
from publicc.collective.doors import MEMBERS
from publicc.kernel.errors import NotAllowed, NotFound
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole
from publicc.sharing.models import ShowRequest

READERS: Final = (*MEMBERS, UserRole.PARTNER)
"""Who reads what was granted to an organization, and where its requests stand."""
_ASKS: Final = frozenset({UserRole.DIRECTOR, UserRole.STEWARD, UserRole.PARTNER})
_DECIDES: Final = frozenset({UserRole.DIRECTOR})
_SEES_INBOX: Final = frozenset({UserRole.DIRECTOR, UserRole.STEWARD})
_TAKES_AWAY: Final = frozenset({UserRole.DIRECTOR, UserRole.STEWARD, UserRole.ANALYST, UserRole.PARTNER})
GONE: Final = Text("Cette page n'existe pas.", "This page does not exist.")


def can_ask(who: Visitor) -> bool:
    """Whether this person may ask for a show in their organization's name, remind and withdraw."""
    return who.role in _ASKS


def check_can_ask(who: Visitor) -> None:
    """Raise NotAllowed unless the person asks in their organization's name."""
    if not can_ask(who):
        raise NotAllowed(
            Text("Votre rôle ne permet pas de demander un accès.", "Your role does not allow asking for access."),
            do=Text("Le demander à la direction.", "Ask the director."),
        )


def can_decide(who: Visitor) -> bool:
    """Whether this person may grant, decline and revoke in their organization's name."""
    return who.role in _DECIDES


def check_can_decide(who: Visitor) -> None:
    """Raise NotAllowed unless the person is the director."""
    if not can_decide(who):
        raise NotAllowed(
            Text("Seule la direction accorde ou décline.", "Only the director grants or declines."),
            do=Text("Le lui demander.", "Ask them."),
        )


def can_see_inbox(who: Visitor) -> bool:
    """Whether this person reads what others ask of their organization."""
    return who.role in _SEES_INBOX


def can_take_away(who: Visitor) -> bool:
    """Whether this person may download what was granted, when the grants allow it."""
    return who.role in _TAKES_AWAY


def request_seen(who: Visitor, number: UUID) -> ShowRequest:
    """A request that this person may read: their organization asked it, or it was asked of theirs.

    Raises NotFound for any other, in the same words.
    """
    mine = Q(asker=who.organization)
    if can_see_inbox(who):
        mine |= Q(owner=who.organization)
    found = ShowRequest.objects.select_related("asker", "owner", "entry").filter(mine, pk=number).first()
    if found is None:
        raise NotFound(GONE)
    return found


def request_received(who: Visitor, number: UUID) -> ShowRequest:
    """A request asked of this person's organization. Raises NotFound for any other."""
    found = request_seen(who, number)
    if found.owner_id != who.organization.pk:
        raise NotFound(GONE)
    return found


def request_sent(who: Visitor, number: UUID) -> ShowRequest:
    """A request that this person's organization asked. Raises NotFound for any other."""
    found = request_seen(who, number)
    if found.asker_id != who.organization.pk:
        raise NotFound(GONE)
    return found
