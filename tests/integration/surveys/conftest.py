"""Two organizations, their people, and a survey that is open."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from publicc.collective.models import Membership, Organization
from publicc.kernel.vocabulary import UserRole
from publicc.surveys.answering import views
from publicc.surveys.models import Link, Survey
from publicc.surveys.pacing import Pace


@pytest.fixture(autouse=True)
def nobody_came_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that begin many responses in a minute are no crowd of one network to the next one."""
    monkeypatch.setattr(views, "PACE", Pace())


@pytest.fixture
def theatre(db: None) -> Organization:
    return Organization.objects.create(slug="theatre-du-nord", name="Théâtre du Nord")


@pytest.fixture
def opera(db: None) -> Organization:
    return Organization.objects.create(slug="opera-des-rives", name="Opéra des Rives")


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
def director(theatre: Organization, member_of: Callable[..., Client]) -> Client:
    return member_of(theatre)


@pytest.fixture
def survey(director: Client, theatre: Organization) -> Survey:
    """The common core, published."""
    base = f"/o/{theatre.slug}/surveys/"
    director.post(f"{base}bring/", {"title_fr": "Votre sortie", "title_en": "Your visit"})
    made = Survey.objects.get()
    assert director.post(f"{base}{made.key}/publish/").status_code == 302
    made.refresh_from_db()
    return made


@pytest.fixture
def link(survey: Survey) -> Link:
    return survey.links.get()
