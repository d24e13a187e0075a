"""An organization with figures, and programs that call for people of it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.test import Client

from publicc.api.models import Token
from publicc.api.tokens import make_token
from publicc.collective.access import Visitor
from publicc.collective.models import Membership, Organization
from publicc.kernel.vocabulary import UserRole
from tests.agreed import with_agreement
from tests.integration.dashboards.test_screens_by_address import publish_world

Program = Callable[..., Client]


@pytest.fixture
def theatre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[Organization]:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    publish_world(tmp_path, "b" * 32)
    caches["pace"].clear()
    yield with_agreement(Organization.objects.create(slug="theatre", name="Théâtre du Nord"))
    caches["pace"].clear()


@pytest.fixture
def opera(db: None) -> Organization:
    return Organization.objects.create(slug="opera", name="Opéra des Rives")


@pytest.fixture
def secret_of() -> Callable[..., tuple[Token, str]]:
    """A token of someone who has this role in this organization, and its secret."""

    def made(
        organization: Organization, role: UserRole = UserRole.DIRECTOR, scopes: tuple[str, ...] = ("READ", "REPORT")
    ) -> tuple[Token, str]:
        user, _ = get_user_model().objects.get_or_create(username=f"{role}@{organization.slug}.example")
        Membership.objects.get_or_create(user=user, organization=organization, defaults={"role": role.value})
        return make_token(who=Visitor(organization, role), by=user, name="nightly", scopes=scopes, days=30)

    return made


@pytest.fixture
def program(secret_of: Callable[..., tuple[Token, str]]) -> Program:
    """A program that calls with a token of its own."""

    def calling(*args: object, **kwargs: object) -> Client:
        _, secret = secret_of(*args, **kwargs)
        return Client(headers={"Authorization": f"Bearer {secret}", "Accept-Language": "en"})

    return calling
