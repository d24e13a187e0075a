"""From an empty organization to the first answer, then a short tour that goes away when asked."""

from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from publicc.collective.models import Organization
from publicc.intake.models import Deposit
from publicc.intake.states import DepositState
from publicc.kernel.vocabulary import UserRole
from tests.integration.dashboards.test_screens_by_address import browser_of, publish_world


@pytest.fixture
def director(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Client:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    return browser_of(UserRole.DIRECTOR)


def here(client: Client) -> str:
    page = unescape(client.get("/o/theatre/questions/").content.decode())
    return page.split('aria-current="step">')[1].split("<")[0].strip()


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (None, "Déposer vos fichiers"),
        (DepositState.ABANDONED, "Déposer vos fichiers"),
        (DepositState.TO_CONFIRM, "Vérifier et confirmer"),
        (DepositState.ACCEPTED, "Regrouper et masquer les identités"),
    ],
)
def test_an_empty_organization_is_told_which_step_it_is_at(director: Client, state: str | None, step: str) -> None:
    if state:
        Deposit.objects.create(organization=Organization.objects.get(), state=state)
    assert here(director) == step


def test_the_tour_stands_on_the_first_page_until_it_is_put_away(director: Client, tmp_path: Path) -> None:
    publish_world(tmp_path, "b" * 32)
    assert "quatre choses à savoir" in director.get("/o/theatre/answers/").content.decode()
    assert director.post("/o/theatre/tour/")["Location"] == "/o/theatre/answers/"
    assert "quatre choses à savoir" not in director.get("/o/theatre/answers/").content.decode()
    assert "quatre choses à savoir" in director.get("/o/theatre/answers/?tour=again").content.decode()
    assert "answers/?tour=again" in director.get("/o/theatre/glossary/").content.decode()
