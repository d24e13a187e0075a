"""Personal links without a name: a number signed for one survey. Who gets which is decided outside of here.

What was answered keeps no trace of the number; only that the number was spent is kept, by its digest, elsewhere.
"""

import hashlib
import hmac
from collections.abc import Iterable
from typing import Final

from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.sealing import derived_key
from publicc.surveys.models import SpentInvitation, Survey

_SIGNATURE: Final = 20
MOST_AT_ONCE: Final = 20_000


def signed(survey: Survey, numbers: Iterable[int]) -> list[str]:
    """The invitations of these numbers, as they stand in addresses."""
    key = invitations_key(survey)
    return [f"{number}-{_signature(key, survey, number)}" for number in numbers]


def invitation_number(survey: Survey, invitation: str) -> int | None:
    """The number of an invitation that was signed for this survey; None for any other words."""
    number, _, signature = invitation.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) <= 9):
        return None
    expected = _signature(invitations_key(survey), survey, int(number))
    return int(number) if hmac.compare_digest(expected.encode(), signature.encode()) else None


def is_spent(survey: Survey, number: int) -> bool:
    """Whether somebody already answered with this number."""
    return SpentInvitation.objects.filter(survey=survey, digest=spent_digest(survey, number)).exists()


def spent_digest(survey: Survey, number: int) -> str:
    """What is kept of a number that was spent."""
    return hmac.new(invitations_key(survey), f"spent {survey.key} {number}".encode(), hashlib.sha256).hexdigest()


def _signature(key: bytes, survey: Survey, number: int) -> str:
    return hmac.new(key, f"invitation {survey.key} {number}".encode(), hashlib.sha256).hexdigest()[:_SIGNATURE]


def invitations_key(survey: Survey) -> bytes:
    """What signs the invitations of the survey's organization, and what their digests are under."""
    ring = KeyRing.open(Home.from_environment())
    return derived_key(ring.tenant_key(survey.organization.slug), "invitations")
