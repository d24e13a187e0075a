"""An organization that leaves: its director asks, the hub carries out, the proof stays. Asking ends its agreement."""

from datetime import datetime
from typing import Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from publicc.collective import agreements
from publicc.collective.access import Visitor, check_can_sign
from publicc.collective.models import Departure, Organization
from publicc.collective.states import DepartureState
from publicc.collective.trail import record
from publicc.kernel.errors import BadInput, BadUsage
from publicc.kernel.text import Text

Person = AbstractBaseUser | AnonymousUser
_UNDER_WAY: Final = (DepartureState.ASKED, DepartureState.CARRIED_OUT)


def asked_by(organization: Organization) -> Departure | None:
    """The departure of an organization that was asked for and not taken back; None when it stays."""
    return Departure.objects.filter(organization=organization, state__in=_UNDER_WAY).first()


@transaction.atomic
def ask(*, who: Visitor, by: Person, typed: str) -> Departure:
    """Ask to leave: nothing of the organization is harmonised from now on, and the hub carries the rest out.

    `typed`: its short name, typed again. Raises NotAllowed but for the director, BadInput for another name.
    """
    check_can_sign(who)
    if typed.strip() != who.organization.slug:
        raise BadInput(
            Text("Ce n'est pas le nom court de l'organisme.", "This is not the organization's short name."),
            do=Text("Écrire {slug}.", "Type {slug}.").filled(slug=who.organization.slug),
        )
    if asked_by(who.organization) is not None:
        raise BadUsage(Text("Le départ est déjà demandé.", "The exit is already asked for."))
    if agreements.holding(who.organization) is not None:
        agreements.end(who=who, by=by)
    made = begin(who.organization, asked_at=timezone.now())
    made.asked_by_id = by.pk
    made.save(update_fields=["asked_by"])
    record(action="ask_departure", actor=by, organization=who.organization, object_id=str(made.pk))
    return made


@transaction.atomic
def take_back(*, who: Visitor, by: Person) -> None:
    """Stay after all, as long as nothing is destroyed. The agreement is signed again by itself."""
    check_can_sign(who)
    moved = Departure.objects.filter(organization=who.organization, state=DepartureState.ASKED).update(
        state=DepartureState.TAKEN_BACK
    )
    if not moved:
        raise BadUsage(Text("Il n'y a pas de départ à reprendre.", "There is no exit to take back."))
    record(action="take_back_departure", actor=by, organization=who.organization)


def begin(organization: Organization, *, asked_at: datetime) -> Departure:
    """Write a departure down, asked for by the director or by whoever runs the hub."""
    return Departure.objects.create(
        organization=organization, name=organization.name, slug=organization.slug, asked_at=asked_at
    )
