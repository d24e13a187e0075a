"""Ways in: a signed link for one person, once, for seven days. Also who works in an organization, with which role."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from publicc.collective.access import Visitor, check_can_sign
from publicc.collective.accounts import check_password, checked_address
from publicc.collective.models import Invitation, Membership, Organization
from publicc.collective.trail import record
from publicc.kernel.errors import BadInput, BadUsage, NotFound
from publicc.kernel.text import Lang, Text
from publicc.kernel.vocabulary import UserRole

LASTS: Final = timedelta(days=7)
A_DAY: Final = 20
INVITED: Final = (
    UserRole.READER,
    UserRole.ANALYST,
    UserRole.STEWARD,
    UserRole.DIRECTOR,
    UserRole.AUDITOR,
)
"""Roles that an organization gives itself; the hub's come from the hub."""
_SALT: Final = "publicc.invitation"
Person = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True, slots=True)
class Place:
    """One person of an organization, as the director sees them."""

    pk: int
    email: str
    role: UserRole
    second_factor: bool
    is_oneself: bool


def invite(*, who: Visitor, by: Person, email: str, role: UserRole) -> Invitation:
    """Invite a person to an organization; a former invitation of theirs no longer holds.

    Raises NotAllowed but for the director, BadInput for an address that is none or beyond twenty a day.
    """
    check_can_sign(who)
    if role not in INVITED:
        raise BadInput(Text("Ce rôle ne se donne pas ici.", "This role is not given here."))
    return open_invitation(who.organization, by=by, email=email, role=role)


@transaction.atomic
def open_invitation(organization: Organization, *, by: Person, email: str, role: UserRole) -> Invitation:
    """The invitation itself, for the director of an organization or for the hub that selects one."""
    address, now = checked_address(email), timezone.now()
    own = Invitation.objects.filter(organization=organization)
    if own.filter(invited_at__gte=now - timedelta(days=1)).count() >= A_DAY:
        raise BadInput(
            Text("Vingt invitations ont déjà été faites aujourd'hui.", "Twenty invitations were already made today."),
            do=Text("Revenir demain.", "Come back tomorrow."),
        )
    own.filter(email=address, used_at=None, revoked_at=None).update(revoked_at=now)
    made = Invitation.objects.create(
        organization=organization, email=address, role=role.value, invited_by_id=by.pk,
        invited_at=now, expires_at=now + LASTS,
    )  # fmt: skip
    record(action="invite", actor=by, organization=organization, object_id=f"{role.value} {made.pk}")
    return made


def token_of(invitation: Invitation) -> str:
    """What the link carries: the invitation's number, signed."""
    return signing.dumps(str(invitation.pk), salt=_SALT)


def send(invitation: Invitation, link: str, lang: Lang) -> None:
    """Write to the person. The message names the organization, no figure and nobody else."""
    name = invitation.organization.name
    send_mail(
        _SUBJECT.said(lang, name=name),
        _MESSAGE.said(lang, name=name, role=UserRole(invitation.role).label, link=link, days=LASTS.days),
        settings.DEFAULT_FROM_EMAIL,
        [invitation.email],
    )


def found(token: str) -> Invitation:
    """The invitation of a link. Raises NotFound, in the same words, for one forged, expired, used or taken back."""
    try:
        number = UUID(signing.loads(token, salt=_SALT, max_age=LASTS))
    except (signing.BadSignature, ValueError, TypeError, AttributeError) as problem:
        raise _over() from problem
    held = Invitation.objects.select_related("organization").filter(
        pk=number, used_at=None, revoked_at=None, expires_at__gt=timezone.now()
    )
    invitation = held.first()
    if invitation is None:
        raise _over()
    return invitation


@transaction.atomic
def accept(token: str, *, by: Person, password: str = "") -> Any:  # noqa: ANN401 - the user model of the settings
    """Take the role; the account, which is opened with this password when the person has none.

    Raises NotFound for a link that no longer holds, BadUsage when it was meant for someone else, BadInput for a
    password that is too weak.
    """
    invitation = found(token)
    if not Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=timezone.now()):
        raise _over()
    user = _invited(invitation, by, password)
    Membership.objects.update_or_create(
        user=user, organization=invitation.organization, defaults={"role": invitation.role}
    )
    record(action="accept_invitation", actor=user, organization=invitation.organization, object_id=invitation.role)
    return user


@transaction.atomic
def accept_signed_elsewhere(token: str, *, email: str) -> Any:  # noqa: ANN401 - the user model of the settings
    """Take the role as who an identity provider vouches for; the account has no password when it is new.

    Raises NotFound for a link that no longer holds, BadUsage when it was meant for another address.
    """
    invitation, users = found(token), get_user_model()
    if invitation.email != email.strip().lower():
        raise BadUsage(
            Text("Cette invitation est pour une autre adresse.", "This invitation is for another address."),
            do=Text("Choisir le compte de cette adresse.", "Choose the account of that address."),
        )
    held = users.objects.filter(email__iexact=invitation.email).first()
    if held is not None and not held.is_active:
        raise _over()
    if held is None:
        held = users(username=invitation.email, email=invitation.email)
        held.set_unusable_password()
        held.save()
    return accept(token, by=held)


def has_account(invitation: Invitation) -> bool:
    """Whether the person invited already signs in here."""
    return get_user_model().objects.filter(email__iexact=invitation.email, is_active=True).exists()


@transaction.atomic
def revoke(*, who: Visitor, by: Person, number: UUID) -> None:
    """Take an invitation back before it is used."""
    check_can_sign(who)
    held = Invitation.objects.filter(pk=number, organization=who.organization, used_at=None, revoked_at=None)
    if not held.update(revoked_at=timezone.now()):
        raise NotFound(Text("Cette invitation n'existe pas.", "This invitation does not exist."))
    record(action="revoke_invitation", actor=by, organization=who.organization, object_id=str(number))


@transaction.atomic
def change_role(*, who: Visitor, by: Person, place: int, role: UserRole | None) -> None:
    """Give a person of the organization another role, or none: they leave it. A director always stays."""
    check_can_sign(who)
    held = Membership.objects.filter(pk=place, organization=who.organization).first()
    if held is None or UserRole(held.role) not in INVITED:
        raise NotFound(Text("Cette personne n'est pas de l'organisme.", "This person is not of the organization."))
    directors = Membership.objects.filter(organization=who.organization, role=UserRole.DIRECTOR.value)
    if held.role == UserRole.DIRECTOR.value and role is not UserRole.DIRECTOR and directors.count() == 1:
        raise BadUsage(
            Text("Il faut au moins une personne à la direction.", "There must be at least one director."),
            do=Text("En nommer une autre d'abord.", "Name another one first."),
        )
    if role is not None and role not in INVITED:
        raise BadInput(Text("Ce rôle ne se donne pas ici.", "This role is not given here."))
    number = str(held.user_id)
    if role is None:
        held.delete()
    else:
        held.role = role.value
        held.save(update_fields=["role"])
    action = "remove_person" if role is None else "give_role"
    record(action=action, actor=by, organization=who.organization, object_id=number)


def places(who: Visitor, oneself: Person) -> list[Place]:
    """The people of an organization, by address."""
    held = Membership.objects.filter(organization=who.organization).select_related("user").order_by("user__email")
    strong = set(
        get_user_model().objects.filter(authenticator__type__in=["totp", "webauthn"]).values_list("pk", flat=True)
    )
    return [
        Place(one.pk, one.user.email, UserRole(one.role), one.user_id in strong, one.user_id == oneself.pk)
        for one in held
    ]


def waiting(who: Visitor) -> list[Invitation]:
    """Invitations that were not used yet and still hold."""
    held = Invitation.objects.filter(organization=who.organization, used_at=None, revoked_at=None)
    return list(held.filter(expires_at__gt=timezone.now()))


def _invited(invitation: Invitation, by: Person, password: str) -> Any:  # noqa: ANN401 - the user model of the settings
    users = get_user_model()
    if isinstance(by, AbstractBaseUser):
        if str(getattr(by, "email", "")).lower() != invitation.email:
            raise BadUsage(
                Text("Cette invitation est pour une autre adresse.", "This invitation is for another address."),
                do=Text("Se déconnecter, puis rouvrir le lien.", "Sign out, then open the link again."),
            )
        return by
    if has_account(invitation):
        raise BadUsage(
            Text("Vous avez déjà un compte.", "You already have an account."),
            do=Text("Se connecter, puis rouvrir le lien.", "Sign in, then open the link again."),
        )
    user = users(username=invitation.email, email=invitation.email)
    check_password(password, user)
    user.set_password(password)
    user.save()
    return user


def _over() -> NotFound:
    return NotFound(Text("Cette invitation ne vaut plus.", "This invitation no longer holds."))


_SUBJECT: Final = Text("Invitation : {name}, dans Public C", "Invitation: {name}, in Public C")
_MESSAGE: Final = Text(
    "Bonjour,\n\nOn vous invite à rejoindre {name} dans Public C ({role}).\n\n{link}\n\n"
    "Ce lien vaut {days} jours et une seule fois. S'il ne vous est pas destiné, vous pouvez l'ignorer.",
    "Hello,\n\nYou are invited to join {name} in Public C ({role}).\n\n{link}\n\n"
    "This link holds for {days} days and only once. If it is not meant for you, you may ignore it.",
)
