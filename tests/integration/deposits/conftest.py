"""A home of its own for each test, tasks done at once, and people of one organization."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django.fixtures import Settings

from publicc.collective.models import Membership, Organization
from publicc.kernel.vocabulary import UserRole
from tests.agreed import with_agreement


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Path:
    home = tmp_path / "home"
    monkeypatch.setenv("PUBLICC_HOME", str(home))
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    return home


@pytest.fixture
def theatre(db: None) -> Organization:
    made = Organization.objects.create(slug="theatre-du-nord", name="Théâtre du Nord", disciplines=["THEATRE"])
    return with_agreement(made)


@pytest.fixture
def signed_in(theatre: Organization) -> Callable[..., Client]:
    def as_role(role: UserRole = UserRole.STEWARD) -> Client:
        email = f"{role.value.lower()}@theatre.example"
        user, _ = get_user_model().objects.get_or_create(username=email, defaults={"email": email})
        Membership.objects.get_or_create(user=user, organization=theatre, defaults={"role": role.value})
        client = Client()
        client.force_login(user)
        return client

    return as_role
