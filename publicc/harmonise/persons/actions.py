"""What a person of the organization does with a request: register, find, choose, answer, settle, close.

The director and the data steward only. The trail tells each look and each deed by the request's number: no identity.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from publicc.collective.access import Visitor
from publicc.collective.models import PersonRequest
from publicc.collective.person_rights import Outcome, RequestKind, Verified
from publicc.collective.trail import record
from publicc.harmonise import tasks
from publicc.harmonise.persons import desk
from publicc.harmonise.persons.answer import Answer
from publicc.intake.persons.finding import Found, Sought
from publicc.intake.persons.settling import Settled
from publicc.kernel.errors import BadInput, BadUsage, NotFound
from publicc.kernel.text import Text
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.sealing import Seal

Person = AbstractBaseUser | AnonymousUser
_MOST_MARKS: Final = 200
_MOST_FOUND: Final = 25
"""Records that one search shows: beyond, most are of people who asked for nothing."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, how to reach them, and what they wrote."""

    name: str
    contact: str
    words: str = ""


@transaction.atomic
def register(
    *, who: Visitor, by: Person, kind: RequestKind, received_on: date, verified: Verified, asker: Asker
) -> PersonRequest:
    """Write a request down. Raises BadInput without a name, or for a day to come."""
    if not asker.name.strip() or not asker.contact.strip():
        raise BadInput(
            Text("Il faut un nom et de quoi joindre la personne.", "A name and a way to reach them are needed.")
        )
    if received_on > timezone.localdate():
        raise BadInput(Text("Ce jour n'est pas encore venu.", "This day has not come yet."))
    made = PersonRequest(
        organization=who.organization,
        number=_next_number(who, received_on.year),
        kind=kind.value,
        received_on=received_on,
        verified=verified.value,
    )
    made.who = _seal(who).closed(asdict(asker), str(made.pk))
    made.save(force_insert=True)
    _tell("register_request", made, by)
    return made


def request_of(who: Visitor, number: UUID) -> PersonRequest:
    """A request of this organization. Raises NotFound."""
    found = PersonRequest.objects.filter(organization=who.organization, pk=number).first()
    if found is None:
        raise NotFound(Text("Cette demande n'existe pas.", "This request does not exist."))
    return found


def asker_of(who: Visitor, one: PersonRequest) -> Asker | None:
    """Who asks; None once it was forgotten."""
    return Asker(**_seal(who).opened(one.who, str(one.pk))) if one.who else None


def search(*, who: Visitor, by: Person, one: PersonRequest, sought: Sought) -> list[Found]:
    """The records that agree with what the person says; told in the trail before they are shown.

    Raises BadInput when so many agree that most are other people's: none of them is shown then.
    """
    _check_open(one)
    _tell("search_person", one, by)
    found = desk.search(*_keys(), who.organization.slug, sought)
    if len(found) > _MOST_FOUND:
        raise BadInput(
            Text("Trop de fiches concordent pour être montrées.", "Too many records agree to be shown."),
            found=Text("{n} fiches; au plus {most}.", "{n} records; {most} at most.").filled(
                n=len(found), most=_MOST_FOUND
            ),
            do=Text(
                "Ajouter un prénom, un courriel ou un code postal.", "Add a first name, an e-mail or a postal code."
            ),
        )
    return found


def choose(*, who: Visitor, by: Person, one: PersonRequest, marks: Sequence[str]) -> None:
    """Say which of the records found are the person's. Raises BadInput for a mark that the vault does not hold."""
    _check_open(one)
    wanted = list(dict.fromkeys(marks))[:_MOST_MARKS]
    held = {found.mark for found in desk.records(*_keys(), who.organization.slug, wanted)} if wanted else set()
    if set(wanted) - held:
        raise BadInput(Text("Une de ces fiches n'est plus là.", "One of these records is no longer there."))
    one.marks = wanted
    one.save(update_fields=["marks"])
    _tell("choose_records", one, by)


def records(*, who: Visitor, by: Person, one: PersonRequest) -> list[Found]:
    """The records chosen, in clear; told in the trail before they are shown."""
    _tell("search_person", one, by)
    return desk.records(*_keys(), who.organization.slug, one.marks)


def answer(*, who: Visitor, by: Person, one: PersonRequest) -> Answer:
    """Everything held of the person here, to be given to them."""
    _tell("answer_person", one, by)
    home, ring, slug = *_keys(), who.organization.slug
    found = desk.records(home, ring, slug, one.marks) if one.marks else []
    asker = asker_of(who, one)
    return Answer(
        organization=who.organization.name,
        number=one.number,
        person=asker.name if asker else "",
        on=timezone.localdate(),
        records=tuple(found),
        inferred=tuple(desk.inferred(home, ring, slug, found)),
    )


def settle(
    *, who: Visitor, by: Person, one: PersonRequest, changes: Mapping[str, Mapping[str, str]] | None = None
) -> Settled:
    """Do what is asked of the records chosen: erase, keep out of the pool, correct (`changes`: mark → field → value).

    An erasure or a withdrawal asks for a new pool at once. Raises BadUsage before any record is chosen, and for access.
    """
    _check_open(one)
    if not one.marks:
        raise BadUsage(
            Text("Aucune fiche n'est retenue.", "No record is chosen."),
            do=Text("Chercher la personne d'abord.", "Find the person first."),
        )
    settled = _settled(who, one, changes or {})
    deed = _DEEDS[one.asked]
    one.done = [*one.done, {"deed": deed, "on": timezone.localdate().isoformat(), **settled.as_json()}]
    one.save(update_fields=["done"])
    _tell(deed, one, by)
    if one.asked is not RequestKind.RECTIFICATION:
        tasks.take_out.enqueue()
    return settled


@transaction.atomic
def close(*, who: Visitor, by: Person, one: PersonRequest, outcome: Outcome, motive: str) -> None:  # noqa: ARG001 - whose
    """End a request. Raises BadInput for a refusal without a reason, BadUsage when what was asked is not done."""
    _check_open(one)
    if outcome is Outcome.REFUSED and not motive.strip():
        raise BadInput(Text("Un refus dit son motif.", "A refusal gives its reason."))
    if outcome is Outcome.ANSWERED and one.asked is not RequestKind.ACCESS and not one.done:
        raise BadUsage(
            Text("Ce qui est demandé n'est pas encore fait.", "What is asked is not done yet."),
            do=Text("Le faire, ou dire pourquoi c'est refusé.", "Do it, or say why it is refused."),
        )
    one.outcome, one.motive, one.closed_at = outcome.value, motive.strip()[:400], timezone.now()
    one.save(update_fields=["outcome", "motive", "closed_at"])
    _tell("close_request", one, by, outcome=outcome.value.lower())


_DEEDS: Final = {
    RequestKind.DELETION: "erase_person",
    RequestKind.WITHDRAWAL: "withdraw_person",
    RequestKind.RECTIFICATION: "rectify_person",
}


def _settled(who: Visitor, one: PersonRequest, changes: Mapping[str, Mapping[str, str]]) -> Settled:
    home, ring, slug, today = *_keys(), who.organization.slug, timezone.localdate()
    match one.asked:
        case RequestKind.DELETION:
            return desk.erase(home, ring, slug, one.marks, on=today)
        case RequestKind.WITHDRAWAL:
            return desk.withdraw(home, ring, slug, one.marks, on=today)
        case RequestKind.RECTIFICATION:
            return _corrected(home, ring, slug, one, changes, today)
        case RequestKind.ACCESS:
            raise BadUsage(Text("Une demande d'accès ne change rien.", "A request for access changes nothing."))


def _corrected(  # noqa: PLR0917
    home: Home, ring: KeyRing, slug: str, one: PersonRequest, changes: Mapping[str, Mapping[str, str]], today: date
) -> Settled:
    asked = {mark: fields for mark, fields in changes.items() if mark in one.marks and fields}
    if not asked:
        raise BadInput(Text("Aucune valeur n'a changé.", "No value changed."))
    done: list[Settled] = [desk.rectify(home, ring, slug, mark, fields, on=today) for mark, fields in asked.items()]
    return Settled(records=sum(each.records for each in done), customers=sum(each.customers for each in done))


def _next_number(who: Visitor, year: int) -> str:
    held = PersonRequest.objects.filter(organization=who.organization, number__startswith=f"{year}-")
    last = max((int(number.rpartition("-")[2]) for number in held.values_list("number", flat=True)), default=0)
    return f"{year}-{last + 1:03d}"


def _check_open(one: PersonRequest) -> None:
    if not one.is_open:
        raise BadUsage(Text("Cette demande est fermée.", "This request is closed."))


def _seal(who: Visitor) -> Seal:
    return Seal.of(who.organization.slug, "requests")


def _keys() -> tuple[Home, KeyRing]:
    home = Home.from_environment()
    return home, KeyRing.open(home)


def _tell(action: str, one: PersonRequest, by: Person, outcome: str = "done") -> None:
    record(action=action, actor=by, organization=one.organization, object_id=one.number, outcome=outcome)
