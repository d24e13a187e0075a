"""Where a deposit is on its way, and what may follow. Data, so that pages, tasks and tests read the same table."""

from enum import StrEnum
from typing import Final, Self

from publicc.kernel.text import Text


class DepositState(StrEnum):
    """One step of a deposit's way, with its label."""

    label: Text

    def __new__(cls, value: str, fr: str = "", en: str = "") -> Self:
        """Build the member from its stored value and its two labels."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = Text(fr, en)
        return member

    READING = "READING", "Lecture en cours", "Being read"
    TO_CONFIRM = "TO_CONFIRM", "À confirmer", "To be confirmed"
    RECEIVING = "RECEIVING", "Réception en cours", "Being received"
    REBUILDING = "REBUILDING", "Mise à jour des tableaux", "Updating the screens"
    ACCEPTED = "ACCEPTED", "Accepté", "Accepted"
    REFUSED = "REFUSED", "Refusé", "Refused"
    ABANDONED = "ABANDONED", "Abandonné", "Abandoned"
    UNDOING = "UNDOING", "Annulation en cours", "Being undone"
    UNDONE = "UNDONE", "Annulé", "Undone"


AT_WORK: Final = (DepositState.READING, DepositState.RECEIVING, DepositState.REBUILDING, DepositState.UNDOING)
"""States in which a worker holds the deposit; one at a time in an organization."""

FOLLOWS: Final[dict[DepositState, tuple[DepositState, ...]]] = {
    DepositState.READING: (DepositState.TO_CONFIRM, DepositState.REFUSED),
    DepositState.TO_CONFIRM: (DepositState.RECEIVING, DepositState.ABANDONED),
    DepositState.RECEIVING: (DepositState.REBUILDING, DepositState.TO_CONFIRM, DepositState.REFUSED),
    DepositState.REBUILDING: (DepositState.ACCEPTED, DepositState.UNDONE),
    DepositState.ACCEPTED: (DepositState.UNDOING,),
    DepositState.UNDOING: (DepositState.REBUILDING, DepositState.ACCEPTED),
    DepositState.REFUSED: (),
    DepositState.ABANDONED: (),
    DepositState.UNDONE: (),
}
"""What may follow each state; anything else is refused."""


STEPS: Final = (
    (DepositState.READING, Text("Lecture", "Reading")),
    (DepositState.TO_CONFIRM, Text("Votre vérification", "Your check")),
    (DepositState.RECEIVING, Text("Mise au coffre", "Into the vault")),
    (DepositState.REBUILDING, Text("Mise à jour des pages", "Updating the pages")),
    (DepositState.ACCEPTED, Text("Rapport", "Report")),
)
"""The way of a deposit that ends well, as the person who brought it follows it."""


def steps_of(now: DepositState) -> tuple[tuple[Text, str], ...]:
    """Each step with `done`, `here` or `next`; empty for a deposit that left this way."""
    order = [state for state, _ in STEPS]
    if now not in order:
        return ()
    here = order.index(now)
    if now is DepositState.ACCEPTED:
        here += 1
    marks = ("done" if place < here else "here" if place == here else "next" for place in range(len(STEPS)))
    return tuple((label, mark) for (_, label), mark in zip(STEPS, marks, strict=True))


def may_become(now: DepositState, wanted: DepositState) -> bool:
    """Whether a deposit in `now` may go to `wanted`."""
    return wanted in FOLLOWS[now]
