"""Two organizations, and people of each."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from publicc.collective.models import Membership, Organization, Seat
from publicc.kernel.vocabulary import UserRole
from tests.agreed import with_agreement


@pytest.fixture
def theatre(db: None) -> Organization:
    return with_agreement(Organization.objects.create(slug="theatre-du-nord", name="Théâtre du Nord"))


@pytest.fixture
def opera(db: None) -> Organization:
    return with_agreement(Organization.objects.create(slug="opera-des-rives", name="Opéra des Rives"))


@pytest.fixture
def member_of() -> Callable[..., Client]:
    """A signed-in browser of someone who has this role in this organization."""

    def signed_in(organization: Organization, role: UserRole = UserRole.DIRECTOR) -> Client:
        email = f"{role.value.lower()}@{organization.slug}.example"
        user, _ = get_user_model().objects.get_or_create(username=email, defaults={"email": email})
        Membership.objects.get_or_create(user=user, organization=organization, defaults={"role": role.value})
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def seated_as(db: None) -> Callable[[UserRole], Client]:
    """A signed-in browser of someone who has this role at the hub."""

    def signed_in(role: UserRole) -> Client:
        email = f"{role.value.lower()}@pole.example"
        user, _ = get_user_model().objects.get_or_create(username=email, defaults={"email": email})
        Seat.objects.get_or_create(user=user, defaults={"role": role.value})
        client = Client()
        client.force_login(user)
        return client

    return signed_in
