"""What the hub does with organizations and members: describe, invite, give a role."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from publicc.collective.models import Membership, Organization, Seat
from publicc.collective.trail import record
from publicc.kernel.errors import BadInput, NotFound
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole


@transaction.atomic
def describe_organization(slug: str, described: dict[str, Any]) -> Organization:
    """Create the organization of this short name, or bring its description up to date."""
    organization, created = Organization.objects.update_or_create(slug=slug, defaults=described)
    action = "create_organization" if created else "describe_organization"
    record(action=action, actor=None, organization=organization, object_id=slug)
    return organization


@transaction.atomic
def set_linking(slug: str, *, granted: bool) -> None:
    """Grant, or withdraw, the recognition of an organization's buyers at others; the next harmonisation obeys.

    Raises NotFound without such an organization.
    """
    organization = _organization(slug)
    organization.links_across = granted
    organization.save(update_fields=["links_across"])
    record(action="grant_linking" if granted else "withdraw_linking", actor=None, organization=organization)


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
    address = _checked(email)
    users = get_user_model()
    user = users.objects.filter(email__iexact=address).first()
    if user is not None:
        return user, False
    user = users(username=address, email=address)
    _check_password(password, user)
    user.set_password(password)
    user.save()
    return user, True


def _checked(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as problem:
        raise BadInput(Text("Ce courriel n'en est pas un.", "This is not an e-mail address.")) from problem
    return address


def _check_password(password: str, user: Any) -> None:  # noqa: ANN401 - the user model of the settings
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise BadInput(
            Text("Ce mot de passe est trop facile à deviner.", "This password is too easy to guess."),
            do=Text("En choisir un d'au moins douze caractères.", "Choose one of at least twelve characters."),
        ) from problem
