"""What the hub does with organizations and members: describe, invite, give a role."""

from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from publicc.collective import agreements
from publicc.collective.accounts import check_password, checked_address
from publicc.collective.models import Membership, Organization, Seat
from publicc.collective.purposes import Purpose
from publicc.collective.trail import record
from publicc.kernel.errors import BadInput, NotFound
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole


@transaction.atomic
def describe_organization(slug: str, described: dict[str, Any]) -> Organization:
    """Create the organization of this short name, or bring its description up to date."""
    linked = described.pop("links_across", None)
    organization, created = Organization.objects.update_or_create(slug=slug, defaults=described)
    action = "create_organization" if created else "describe_organization"
    record(action=action, actor=None, organization=organization, object_id=slug)
    if linked is not None and linked != organization.links_across:
        agreements.set_linking(organization, granted=linked)
    return organization


def set_linking(slug: str, *, granted: bool) -> None:
    """Grant, or withdraw, the recognition of an organization's buyers at others; the next harmonisation obeys.

    Raises NotFound without such an organization.
    """
    agreements.set_linking(_organization(slug), granted=granted)


def enter_agreement(slug: str, *, signatory: str, title: str, on: date, purposes: list[Purpose]) -> None:
    """Enter an agreement signed on paper. Raises NotFound without such an organization, BadInput for a day to come."""
    if on > timezone.localdate():
        raise BadInput(Text("Ce jour n'est pas encore venu.", "This day has not come yet."))
    agreements.record_paper(_organization(slug), signatory=signatory, title=title, on=on, purposes=purposes)


@transaction.atomic
def close_organization(slug: str) -> None:
    """Forget an organization that left, and what its members could do in it; the trail of what was done stays."""
    organization = Organization.objects.filter(slug=slug).first()
    if organization is not None:
        organization.delete()
    record(action="close_organization", actor=None, organization=None, object_id=slug)


def _organization(slug: str) -> Organization:
    organization = Organization.objects.filter(slug=slug).first()
    if organization is None:
        raise NotFound(
            Text(f"Aucun organisme ne porte le nom court {slug}.", f"No organization has the short name {slug}."),
            do=Text("Le créer avec publicc account organization.", "Create it with publicc account organization."),
        )
    return organization


@transaction.atomic
def give_role(slug: str, email: str, role: UserRole, *, password: str) -> bool:
    """Give a person a role in an organization; whether their account was opened for that, with this password.

    An account that exists keeps its password. Raises NotFound without such an organization, BadInput for an address
    that is none or a password that is too weak.
    """
    organization = _organization(slug)
    user, opened = _account(email, password)
    Membership.objects.update_or_create(user=user, organization=organization, defaults={"role": role.value})
    record(action="give_role", actor=None, organization=organization, object_id=str(user.pk))
    return opened


@transaction.atomic
def give_seat(email: str, role: UserRole, *, password: str) -> bool:
    """Give a person a role at the hub itself; whether their account was opened for that, as `give_role` does.

    Raises BadInput for a role that only organizations have.
    """
    if role not in Seat.ROLES:
        raise BadInput(
            Text("Ce rôle n'existe pas au pôle.", "The hub has no such role."),
            do=Text(f"Choisir : {_SEATS}.", f"Choose: {_SEATS}."),
        )
    user, opened = _account(email, password)
    Seat.objects.update_or_create(user=user, defaults={"role": role.value})
    record(action="give_seat", actor=None, organization=None, object_id=str(user.pk))
    return opened


_SEATS = ", ".join(role.value for role in Seat.ROLES)


def _account(email: str, password: str) -> tuple[Any, bool]:
    """The person's account, opened with this password when there is none; and whether it was."""
    address = checked_address(email)
    users = get_user_model()
    user = users.objects.filter(email__iexact=address).first()
    if user is not None:
        return user, False
    user = users(username=address, email=address)
    check_password(password, user)
    user.set_password(password)
    user.save()
    return user, True
