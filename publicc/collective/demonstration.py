"""Accounts of the demonstration: known to all, so they exist only where every organization is a demonstration."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from publicc.collective.agreements import record_paper
from publicc.collective.models import Membership, Organization, Seat
from publicc.collective.purposes import Purpose
from publicc.kernel.errors import NotAllowed
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole

PASSWORD = "demonstration"  # noqa: S105 - printed on the sign-in page of the demonstration, and refused anywhere else
_ADDRESSES = {UserRole.DIRECTOR: "direction", UserRole.STEWARD: "donnees", UserRole.READER: "lecture"}
_SEATS = {UserRole.OPERATOR: "pole@hub.example", UserRole.AUDITOR: "verification@hub.example"}
_HUB = "Pôle (démonstration)"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One account to try."""

    email: str
    password: str
    role: Text
    organization: str


def check_only_demonstrations() -> None:
    """Raise NotAllowed when any real organization lives here: demonstration mode would open a door."""
    if Organization.objects.filter(is_demo=False).exists():
        raise NotAllowed(
            Text(
                "Le mode de démonstration est refusé : cette installation contient de vrais organismes.",
                "Demonstration mode is refused: this installation holds real organizations.",
            ),
            do=Text(
                "Retirer PUBLICC_DEMO, ou choisir un autre PUBLICC_HOME.",
                "Unset PUBLICC_DEMO, or choose another PUBLICC_HOME.",
            ),
        )


def only_demonstrations() -> bool:
    """Whether every organization here, of which there is at least one, is a demonstration."""
    return Organization.objects.exists() and not Organization.objects.filter(is_demo=False).exists()


@transaction.atomic
def open_demo_accounts() -> None:
    """A director, a steward and a reader for every demonstration organization; two people of the hub."""
    check_only_demonstrations()
    known = make_password(PASSWORD)
    for organization in _houses():
        for role, local in _ADDRESSES.items():
            user = _known(f"{local}@{organization.slug}.example", known)
            Membership.objects.get_or_create(user=user, organization=organization, defaults={"role": role.value})
    for role, email in _SEATS.items():
        Seat.objects.get_or_create(user=_known(email, known), defaults={"role": role.value})


@transaction.atomic
def sign_demo_agreements() -> None:
    """An agreement for every demonstration organization that has none, with each purpose its description allows."""
    check_only_demonstrations()
    for organization in _houses().filter(agreements=None):
        purposes = [one for one in Purpose if one is not Purpose.LINKAGE or organization.links_across]
        record_paper(
            organization, signatory="Camille Exemple", title="Direction", on=timezone.localdate(), purposes=purposes
        )


def _houses() -> QuerySet[Organization]:
    """Those that bring data; a partner of a show brings none."""
    partners = Membership.objects.filter(role=UserRole.PARTNER.value).values("organization")
    return Organization.objects.filter(is_demo=True).exclude(pk__in=partners)


def _known(email: str, password: str) -> Any:  # noqa: ANN401 - the user model of the settings
    users = get_user_model()
    return users.objects.get_or_create(username=email, defaults={"email": email, "password": password})[0]


def demo_accounts() -> list[DemoAccount]:
    """Every demonstration account, by organization, the director first; none at all beside a real organization."""
    if not only_demonstrations():
        return []
    places = [*_ADDRESSES, UserRole.PARTNER]
    found = Membership.objects.filter(organization__is_demo=True, role__in=[r.value for r in places])
    ordered = sorted(
        found.select_related("user", "organization"),
        key=lambda m: (m.organization.name, places.index(UserRole(m.role))),
    )
    seats = Seat.objects.filter(user__email__in=_SEATS.values()).select_related("user").order_by("-role")
    return [
        *(DemoAccount(m.user.email, PASSWORD, UserRole(m.role).label, m.organization.name) for m in ordered),
        *(DemoAccount(one.user.email, PASSWORD, UserRole(one.role).label, _HUB) for one in seats),
    ]
