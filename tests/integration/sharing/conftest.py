"""The tour as organizations of an installation, with agreements, a common show, and people of each."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.test import Client

from publicc.collective.access import Visitor
from publicc.collective.models import Membership, Organization
from publicc.collective.purposes import Purpose
from publicc.directory.models import Entry, Label
from publicc.directory.states import EntryKind, EntryOrigin, LabelState
from publicc.kernel.vocabulary import UserRole
from publicc.store.home import Home
from tests.agreed import with_agreement
from tests.integration.sharing.tour import OTHERS, PRESENTERS, draw_tour


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tour's data, drawn once."""
    return draw_tour(tmp_path_factory.mktemp("tour") / "home").root


@pytest.fixture
def home(drawn: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A copy of it for each test."""
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path / "home"))
    shutil.copytree(drawn, tmp_path / "home", symlinks=True)
    caches["screens"].clear()
    yield Home(tmp_path / "home")
    caches["screens"].clear()


@pytest.fixture
def tour(db: None, home: Home) -> Entry:
    """The common show, behind a title of each presenter; every house signed for everything."""
    entry = Entry.objects.create(
        kind=EntryKind.SHOW.value, name_fr="La Tournée", origin=EntryOrigin.PERSON.value, is_listed=True
    )
    for slug in (*PRESENTERS, *OTHERS):
        organization = with_agreement(Organization.objects.create(slug=slug, name=slug.title()), *Purpose)
        if slug in PRESENTERS:
            Label.objects.create(
                organization=organization, kind=EntryKind.SHOW.value, own_id=f"{slug}-tour", text="La tournée",
                entry=entry, state=LabelState.CONFIRMED.value, confidence=1.0,
            )  # fmt: skip
    Organization.objects.create(slug="compagnie", name="Compagnie")
    return entry


@pytest.fixture
def person() -> Callable[..., tuple[Visitor, object]]:
    """Someone who has this role in this organization: their place, and their account."""

    def found(slug: str, role: UserRole = UserRole.DIRECTOR, name: str = "") -> tuple[Visitor, object]:
        organization = Organization.objects.get(slug=slug)
        email = f"{name or role.value.lower()}@{slug}.example" if "@" not in name else name
        user, _ = get_user_model().objects.get_or_create(username=email, defaults={"email": email})
        Membership.objects.get_or_create(user=user, organization=organization, defaults={"role": role.value})
        return Visitor(organization, role), user

    return found


@pytest.fixture
def browser(person: Callable[..., tuple[Visitor, object]]) -> Callable[..., Client]:
    """A signed-in browser of someone who has this role in this organization."""

    def signed_in(slug: str, role: UserRole = UserRole.DIRECTOR) -> Client:
        client = Client()
        client.force_login(person(slug, role)[1])  # type: ignore[arg-type]
        return client

    return signed_in
