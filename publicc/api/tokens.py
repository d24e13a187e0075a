"""Making, revoking and recognising tokens. A secret is shown once; it cannot be found again."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from publicc.api.models import LONGEST_NAME, Token
from publicc.api.scopes import TokenScope
from publicc.collective.access import Visitor, check_can_deposit, check_can_export
from publicc.collective.trail import record
from publicc.kernel.errors import BadInput, NotAllowed, NotFound
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole

Person = AbstractBaseUser | AnonymousUser
PREFIX: Final = "publicc"
"""Begins every token, so that a search for leaked secrets knows one."""
LIFETIMES: Final = (30, 90, 365)
MOST_LISTED: Final = 200
"""Tokens on a page: those that are good come first, so that they are always among them."""
MOST_GOOD: Final = 50
"""Tokens that are good at one time in one organization: nobody keeps more under watch."""
_CHECKS: Final = {TokenScope.REPORT: check_can_export, TokenScope.DEPOSIT: check_can_deposit}


@transaction.atomic
def make_token(*, who: Visitor, by: Person, name: str, scopes: Sequence[str], days: int) -> tuple[Token, str]:
    """A new token and its secret, `publicc_<id>_<secret>`. Raises BadInput; NotAllowed beyond one's role."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadInput(
            Text(
                f"Le nom d'un jeton a de 1 à {LONGEST_NAME} caractères.",
                f"A token's name has 1 to {LONGEST_NAME} letters.",
            ),
            do=Text("Nommer le programme qui s'en servira.", "Name the program that will use it."),
        )
    wanted = [one for one in TokenScope if one.value in scopes]
    if not wanted or days not in LIFETIMES:
        raise BadInput(
            Text(
                "Un jeton ouvre au moins une chose, pour 30, 90 ou 365 jours.",
                "A token opens at least one thing, for 30, 90 or 365 days.",
            ),
            do=Text("Cocher ce qu'il ouvre.", "Tick what it opens."),
        )
    for scope in wanted:
        if scope in _CHECKS:
            _CHECKS[scope](who)
    now = timezone.now()
    if Token.objects.filter(organization=who.organization, revoked_at=None, expires_at__gt=now).count() >= MOST_GOOD:
        raise BadInput(
            Text(
                f"Cet organisme a déjà {MOST_GOOD} jetons en cours.",
                f"This organization already has {MOST_GOOD} good tokens.",
            ),
            do=Text("Révoquer ceux qui ne servent plus.", "Revoke those that are no longer used."),
        )
    secret = secrets.token_urlsafe(32)
    token = Token.objects.create(
        organization=who.organization,
        owner_id=by.pk or 0,
        name=name,
        scopes=[one.value for one in wanted],
        digest=_digest(secret),
        expires_at=now + timedelta(days=days),
    )
    record(action="make_token", actor=by, organization=who.organization, object_id=str(token.pk))
    return token, f"{PREFIX}_{token.pk.hex}_{secret}"


@transaction.atomic
def revoke_token(*, who: Visitor, by: Person, token_id: UUID) -> None:
    """Close a token at once. Raises NotFound for one that the person does not see, NotAllowed for another's."""
    token = next((one for one in tokens_for(who, by) if one.pk == token_id), None)
    if token is None:
        raise NotFound(Text("Ce jeton n'existe pas.", "There is no such token."))
    if token.owner_id != by.pk and who.role is not UserRole.DIRECTOR:
        raise NotAllowed(
            Text("Ce jeton est celui d'une autre personne.", "This token is another person's."),
            do=Text("Demander à la direction.", "Ask the director."),
        )
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        record(action="revoke_token", actor=by, organization=who.organization, object_id=str(token.pk))


def tokens_for(who: Visitor, by: Person) -> list[Token]:
    """A person's own tokens in this organization, the good ones first; the director sees everyone's."""
    found = Token.objects.filter(organization=who.organization).select_related("owner")
    own = found if who.role is UserRole.DIRECTOR else found.filter(owner_id=by.pk)
    return list(own.order_by(F("revoked_at").desc(nulls_first=True), "-expires_at", "-made_at")[:MOST_LISTED])


def token_behind(written: str) -> Token | None:
    """The token that these words are the secret of, if it is good now; None otherwise, whatever is wrong with it."""
    prefix, _, rest = written.partition("_")
    key, _, secret = rest.partition("_")
    if prefix != PREFIX or len(key) != 32 or not secret.isascii():
        return None
    try:
        wanted = UUID(hex=key)
    except ValueError:
        return None
    token = Token.objects.select_related("owner", "organization").filter(pk=wanted).first()
    if token is None or not hmac.compare_digest(token.digest, _digest(secret)):
        return None
    now = timezone.now()
    if not token.is_good(now) or not token.owner.is_active:
        return None
    if token.used_on != now.date():
        Token.objects.filter(pk=token.pk).update(used_on=now.date())
    return token


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
