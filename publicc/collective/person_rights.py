"""Requests of persons: what may be asked, the thirty days to answer, and what is told as they run out.

Source: Private Act, sections 27 to 32 and 34; Access Act, section 47 (twenty days). Read with counsel before use.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Term

DAYS_TO_ANSWER: Final = 30
REMINDERS: Final = (10, 5, 1)
"""Days left when the people who answer are written to; once more when the time is over."""


class RequestKind(Term):
    """What a person asks about their own data."""

    ACCESS = "ACCESS", "Accès et copie", "Access and copy"
    RECTIFICATION = "RECTIFICATION", "Rectification", "Rectification"
    DELETION = "DELETION", "Suppression", "Deletion"
    WITHDRAWAL = "WITHDRAWAL", "Retrait du consentement", "Withdrawal of consent"


class Verified(Term):
    """How the organization made sure that it answers the right person."""

    IN_PERSON = "IN_PERSON", "En personne, avec une pièce d'identité", "In person, with a proof of identity"
    ACCOUNT = "ACCOUNT", "Depuis son compte ou son courriel connu", "From their account or known e-mail"
    CALLED_BACK = "CALLED_BACK", "Rappel au numéro connu", "Called back at the known number"
    REPRESENTATIVE = "REPRESENTATIVE", "Mandat d'une personne représentante", "Mandate of a representative"


class Outcome(Term):
    """How a request ended."""

    ANSWERED = "ANSWERED", "Répondue", "Answered"
    NOTHING_HELD = "NOTHING_HELD", "Rien n'est détenu", "Nothing is held"
    REFUSED = "REFUSED", "Refusée, avec motif", "Refused, with a reason"


@dataclass(frozen=True, slots=True)
class Clock:
    """How long is left to answer. `days_left` is negative once the time is over."""

    due_on: date
    days_left: int

    @property
    def is_late(self) -> bool:
        """Whether the time is over: by law, silence is then a refusal that the person may contest."""
        return self.days_left < 0

    @property
    def presses(self) -> bool:
        """Whether it wants doing first."""
        return self.days_left <= REMINDERS[0]


def due_on(received_on: date) -> date:
    """The last day to answer a request received that day."""
    return received_on + timedelta(days=DAYS_TO_ANSWER)


def clock(received_on: date, today: date) -> Clock:
    """How long is left, seen from a day."""
    last = due_on(received_on)
    return Clock(last, (last - today).days)


def reminder_due(days_left: int, told: list[int]) -> int | None:
    """The threshold to write about today: the nearest one reached and not told yet; -1 once the time is over."""
    if days_left < 0:
        return None if -1 in told else -1
    reached = [one for one in REMINDERS if days_left <= one]
    return min(reached) if reached and min(reached) not in told else None


RECOURSE: Final = Text(
    "La personne peut demander à la Commission d'accès à l'information d'examiner la mésentente, dans les 30 jours.",
    "The person may ask the Commission d'accès à l'information to examine the disagreement, within 30 days.",
)
"""What a refusal tells, always."""
