"""A response tied to the blinded buyer who gave it: only who was invited in person, agreed to it, and still does.

The invitation's number is the only thread. What the organization's list says of it (`Invitee`) is forgotten after
ninety days; the tie after twelve months, as the words say, or at once when the person takes it back.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from publicc.kernel.text import Lang, Text
from publicc.store.sealing import Seal
from publicc.surveys.invitations import invitations_key
from publicc.surveys.models import Invitee, Response, Survey, Tie

CONSENTS: Final = {
    1: Text(
        "Je veux bien que {organization} relie mes réponses à mes achats de billets, pour des totaux seulement. "
        "Le lien est gardé douze mois au plus. Je pourrai le retirer avec l'adresse de cette invitation.",
        "I agree that {organization} ties my answers to my ticket purchases, for totals only. The tie is kept for "
        "twelve months at most. I may take it back with the address of this invitation.",
    ),
}
"""Every text that was agreed to, by version. One that was read never changes: a new one gets the next number."""
TIE_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Invitation:
    """A personal invitation that was signed for this survey."""

    survey: Survey
    number: int

    @property
    def may_be_tied(self) -> bool:
        """Whether it was made for one buyer, and not too long ago."""
        return self._invitees().exists()

    @property
    def is_tied(self) -> bool:
        """Whether an answer is tied by it."""
        return Tie.objects.filter(digest=self._digest("tied")).exists()

    def tie(self, response: Response) -> None:
        """Tie this response, in place of one that was begun before with the same invitation."""
        invitee = self._invitees().first()
        if invitee is None:
            return
        seal, digest = _seal(self.survey), self._digest("tied")
        buyer = seal.opened(invitee.buyer, invitee.digest)
        Tie.objects.filter(digest=digest).delete()
        Tie.objects.create(
            organization=self.survey.organization, response=response, digest=digest, buyer=seal.closed(buyer, digest),
            consent=max(CONSENTS),
        )  # fmt: skip

    @transaction.atomic
    def untie(self) -> None:
        """Forget whose the response is, and the invitation: it cannot be tied again. Doing it twice is fine."""
        Tie.objects.filter(digest=self._digest("tied")).delete()
        self._invitees().delete()

    def _invitees(self) -> QuerySet[Invitee]:
        return Invitee.objects.filter(survey=self.survey, digest=self._digest("invited"))

    def _digest(self, purpose: str) -> str:
        return _digest(invitations_key(self.survey), purpose, self.survey, self.number)


def consent_words(organization: str, lang: Lang) -> str:
    """What a person agrees to when they tie their answers."""
    return CONSENTS[max(CONSENTS)].said(lang, organization=organization)


def keep_invitees(survey: Survey, buyers: Iterable[tuple[int, str]], today: date) -> None:
    """Keep whose each invitation is: its number and the blinded buyer."""
    seal, key = _seal(survey), invitations_key(survey)
    rows = []
    for number, buyer in buyers:
        digest = _digest(key, "invited", survey, number)
        sealed = seal.closed({"buyer": buyer}, digest)
        rows.append(
            Invitee(organization=survey.organization, survey=survey, digest=digest, buyer=sealed, made_on=today)
        )
    Invitee.objects.bulk_create(rows, batch_size=500)


def tied_buyers(survey: Survey) -> dict[int, str]:
    """The blinded buyer of each tied response, by the response's number."""
    seal = _seal(survey)
    ties = Tie.objects.filter(response__survey=survey)
    return {one.response_id: str(seal.opened(one.buyer, one.digest)["buyer"]) for one in ties}


def _seal(survey: Survey) -> Seal:
    return Seal.of(survey.organization.slug, "invitations")


def _digest(key: bytes, purpose: str, survey: Survey, number: int) -> str:
    return hmac.new(key, f"{purpose} {survey.key} {number}".encode(), hashlib.sha256).hexdigest()
