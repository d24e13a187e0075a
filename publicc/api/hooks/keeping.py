"""Asking to be told, and asking no more; the secret by which what is told is known to be ours."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from publicc.api.hooks.guard import check_address
from publicc.api.hooks.happenings import Kind
from publicc.api.models import Hook
from publicc.collective.access import Visitor, check_can_deposit
from publicc.collective.trail import record
from publicc.kernel.errors import BadInput, NotFound
from publicc.kernel.text import Text

Person = AbstractBaseUser | AnonymousUser
MOST: Final = 10
_SALT: Final = "publicc.webhook"


def secret_of(hook: Hook) -> str:
    """What signs: derived from the installation's own key, kept nowhere."""
    return "whsec_" + urlsafe_b64encode(salted_hmac(_SALT, str(hook.pk), algorithm="sha256").digest()).decode()


def hooks_of(who: Visitor) -> list[Hook]:
    """The addresses of an organization that are told."""
    return list(Hook.objects.filter(organization=who.organization, removed_at=None))


@transaction.atomic
def add_hook(*, who: Visitor, by: Person, address: str, kinds: Sequence[str]) -> Hook:
    """Have an address told. Raises NotAllowed beyond one's role, BadInput for an address that may not be called."""
    check_can_deposit(who)
    wanted = [one.value for one in Kind if one.value in kinds]
    if not wanted:
        raise BadInput(
            Text("Rien n'a été choisi.", "Nothing was chosen."),
            do=Text("Cocher ce que l'adresse apprend.", "Tick what the address is told."),
        )
    if len(hooks_of(who)) >= MOST:
        raise BadInput(
            Text(f"Il y a déjà {MOST} adresses.", f"There are already {MOST} addresses."),
            do=Text("En retirer une d'abord.", "Remove one first."),
        )
    made = Hook.objects.create(
        organization=who.organization, author_id=by.pk or 0, address=check_address(address), kinds=wanted
    )
    record(action="add_webhook", actor=by, organization=who.organization, object_id=str(made.pk))
    return made


@transaction.atomic
def remove_hook(*, who: Visitor, by: Person, number: UUID) -> None:
    """Tell an address nothing more, what waits included."""
    check_can_deposit(who)
    held = Hook.objects.filter(organization=who.organization, pk=number, removed_at=None)
    if not held.update(removed_at=timezone.now()):
        raise NotFound(Text("Cette adresse n'existe pas.", "There is no such address."))
    record(action="remove_webhook", actor=by, organization=who.organization, object_id=str(number))
