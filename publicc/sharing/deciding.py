"""The verbs of those who hold figures: grant all or part, decline, revoke. Each is obeyed by the very next request."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from publicc.collective.access import Visitor
from publicc.collective.agreements import allows
from publicc.collective.models import Organization
from publicc.collective.purposes import Purpose
from publicc.collective.trail import record
from publicc.directory.models import Entry, Label
from publicc.directory.recognition.scoring import SURE
from publicc.directory.states import EntryKind, LabelState
from publicc.kernel.errors import BadInput, BadUsage, NotAllowed
from publicc.kernel.period import months_before
from publicc.kernel.text import Text
from publicc.sharing.access import check_can_decide, request_received
from publicc.sharing.foreseeing import check_tells_of_no_other
from publicc.sharing.models import DEFAULT_DELAY_DAYS, DEFAULT_MONTHS, LONGEST_WORD, ShowRequest
from publicc.sharing.notices import DECLINED, GRANTED, REVOKED, tell_asker
from publicc.sharing.openings import Person, family_of, heir_of
from publicc.sharing.states import Figures, Reason, RequestState
from publicc.sharing.terms import Terms

LONGEST_DELAY: Final = 3660
_SETTLED: Final = (LabelState.CONFIRMED.value, LabelState.CORRECTED.value)


@dataclass(frozen=True, slots=True)
class Decision:
    """What an owner opens: its own shows, which figures, of which nights, how old, until when, with files or not."""

    figures: frozenset[Figures]
    shows: frozenset[str]
    expires_on: date
    first_on: date | None = None
    last_on: date | None = None
    left_out: frozenset[str] = field(default_factory=frozenset)
    delay_days: int = DEFAULT_DELAY_DAYS
    may_export: bool = True

    def terms(self, owner: str) -> Terms:
        """As the partner would see it."""
        return Terms(
            owner,
            tuple(sorted(self.shows)),
            self.figures,
            self.first_on,
            self.last_on,
            self.left_out,
            self.delay_days,
            self.may_export,
        )


@dataclass(frozen=True, slots=True)
class OwnShow:
    """One of the owner's own shows that may be the one asked for. `is_sure`: somebody said so, or the name does."""

    id: str
    title: str
    is_sure: bool


def own_shows(owner: Organization, entry: Entry | None) -> list[OwnShow]:
    """The owner's own titles behind a common show, the sure ones first. For the owner's eyes only."""
    if entry is None:
        return []
    labels = Label.objects.filter(
        organization=owner, kind=EntryKind.SHOW.value, entry__in=family_of(heir_of(entry))
    ).exclude(state=LabelState.REFUSED.value)
    found = [OwnShow(one.own_id, one.text, one.state in _SETTLED or one.confidence >= SURE) for one in labels]
    return sorted(found, key=lambda one: (not one.is_sure, one.title, one.id))


def usual_expiry(today: date) -> date:
    """Twenty-four months from now."""
    return months_before(today, -DEFAULT_MONTHS)


def grant_request(*, who: Visitor, by: Person, number: UUID, decision: Decision, write: bool = True) -> ShowRequest:
    """Open what was decided, all of the request or part of it, and write to whoever asked.

    Raises NotAllowed by role, when the agreement does not allow sharing by show, or for the person who asked; BadUsage
    when it no longer waits; BadInput for a decision that opens nothing, more than was asked, or what, beside releases
    already read, would tell of somebody else.
    """
    check_can_decide(who)
    with transaction.atomic():
        request = _waiting(who, by, number)
        if not allows(who.organization, Purpose.SHOW_SHARING):
            raise NotAllowed(
                Text("Votre entente ne permet pas le partage par spectacle.", "Your agreement does not allow sharing."),
                do=Text("Permettre cette finalité sous Entente.", "Allow this purpose under Agreement."),
            )
        _check_decision(decision, request, {one.id for one in own_shows(who.organization, request.entry)})
        check_tells_of_no_other(request, decision.terms(who.organization.slug))
        open_grant(request, decision)
        request.decided_by_id = by.pk
        request.save()
        record(action="grant_show", actor=by, organization=who.organization, object_id=str(request.pk))
    if write:
        tell_asker(request, GRANTED)
    return request


def open_grant(request: ShowRequest, decision: Decision) -> None:
    """Write a decision on a request; whoever calls saves it."""
    request.state = RequestState.GRANTED.value
    request.decided_at = timezone.now()
    request.shows = sorted(decision.shows)
    request.granted = sorted(one.value for one in decision.figures)
    request.granted_first_on, request.granted_last_on = decision.first_on, decision.last_on
    request.left_out = sorted(decision.left_out)
    request.delay_days, request.may_export = decision.delay_days, decision.may_export
    request.expires_on = decision.expires_on


def decline_request(*, who: Visitor, by: Person, number: UUID, reason: Reason, word: str = "") -> ShowRequest:
    """Say no, with a reason of the list and perhaps a word."""
    check_can_decide(who)
    with transaction.atomic():
        request = _waiting(who, by, number)
        request.state = RequestState.DECLINED.value
        request.decided_by_id, request.decided_at = by.pk, timezone.now()
        request.reason, request.word = reason.value, _word(word)
        request.save()
        record(action="decline_show", actor=by, organization=who.organization, object_id=str(request.pk))
    tell_asker(request, DECLINED)
    return request


def revoke_grant(*, who: Visitor, by: Person, number: UUID, word: str = "") -> ShowRequest:
    """End a grant now: the next request of its partner finds nothing. Files already taken are beyond reach."""
    check_can_decide(who)
    with transaction.atomic():
        request = ShowRequest.objects.select_for_update(of=("self",)).get(pk=request_received(who, number).pk)
        if request.state != RequestState.GRANTED:
            raise BadUsage(Text("Cet accès n'est pas en vigueur.", "This access is not in force."))
        request.state = RequestState.REVOKED.value
        request.revoked_at, request.word = timezone.now(), _word(word)
        request.save(update_fields=["state", "revoked_at", "word"])
        record(action="revoke_show", actor=by, organization=who.organization, object_id=str(request.pk))
    tell_asker(request, REVOKED)
    return request


def _waiting(who: Visitor, by: Person, number: UUID) -> ShowRequest:
    request = ShowRequest.objects.select_for_update(of=("self",)).get(pk=request_received(who, number).pk)
    if request.state != RequestState.PENDING:
        raise BadUsage(Text("Cette demande a déjà sa réponse.", "This request already has its answer."))
    if request.asker_id is None:
        raise BadUsage(
            Text("L'organisme qui demandait n'est plus membre.", "The organization that asked is no longer a member.")
        )
    if request.asked_by_id == by.pk:
        raise NotAllowed(
            Text("Vous avez fait cette demande vous-même.", "You made this request yourself."),
            do=Text("Une autre personne de la direction y répond.", "Another director answers it."),
        )
    return request


def _check_decision(decision: Decision, request: ShowRequest, known: Iterable[str]) -> None:
    today = timezone.localdate()
    if not decision.figures or not decision.shows:
        raise BadInput(
            Text("Rien n'est coché : cela n'ouvrirait rien.", "Nothing is ticked: this would open nothing."),
            do=Text("Cocher un titre et des chiffres, ou décliner.", "Tick a title and figures, or decline."),
        )
    if not decision.shows <= set(known) or not decision.figures <= {Figures(one) for one in request.figures}:
        raise BadInput(Text("La réponse dépasse la demande.", "The answer goes beyond the request."))
    if decision.expires_on <= today:
        raise BadInput(Text("La date de fin est passée.", "The end date is past."))
    if not 1 <= decision.delay_days <= LONGEST_DELAY:
        raise BadInput(Text("Le délai va de 1 jour à dix ans.", "The delay goes from 1 day to ten years."))
    if decision.first_on and decision.last_on and decision.last_on < decision.first_on:
        raise BadInput(Text("La période finit avant de commencer.", "The period ends before it begins."))
    if decision.expires_on > today + timedelta(days=LONGEST_DELAY):
        raise BadInput(Text("Un accès dure dix ans au plus.", "An access lasts ten years at most."))


def _word(word: str) -> str:
    told = " ".join(word.split())
    if len(told) > LONGEST_WORD:
        raise BadInput(Text("Le mot a au plus 300 caractères.", "The word has at most 300 characters."))
    return told
