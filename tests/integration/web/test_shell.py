from collections.abc import Callable
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from publicc.collective.demonstration import PASSWORD, open_demo_accounts
from publicc.collective.models import Organization
from publicc.kernel.errors import NotAllowed

SIGN_IN = "/account/login/"


@pytest.mark.django_db
def test_french_is_the_language_of_whoever_asks_for_none(client: Client) -> None:
    page = client.get(SIGN_IN).content.decode()
    assert '<html lang="fr-CA"' in page
    assert "Se connecter" in page


@pytest.mark.django_db
def test_english_is_one_click_away_and_stays(client: Client) -> None:
    client.post("/preferences/language/", {"language": "en-ca", "next": SIGN_IN})
    page = client.get(SIGN_IN).content.decode()
    assert '<html lang="en-CA"' in page
    assert "Sign in" in page


@pytest.mark.django_db
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_theme_stays_chosen(client: Client, theme: str) -> None:
    client.post("/preferences/theme/", {"theme": theme, "next": SIGN_IN})
    assert f'data-theme="{theme}"' in client.get(SIGN_IN).content.decode()


@pytest.mark.django_db
def test_a_choice_of_language_never_leads_to_another_site(client: Client) -> None:
    answer = client.post("/preferences/language/", {"language": "en-ca", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


@pytest.mark.django_db
def test_no_page_allows_evaluation_or_inline_code(client: Client) -> None:
    policy = client.get(SIGN_IN)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = client.get(SIGN_IN).content.decode()
    assert "<style" not in page
    assert "style=" not in page
    assert " onclick" not in page


@pytest.mark.django_db
def test_the_first_page_of_a_stranger_is_the_sign_in(client: Client) -> None:
    assert client.get("/")["Location"] == f"{SIGN_IN}?next=/"


@pytest.mark.django_db
def test_nobody_opens_an_account_alone(client: Client) -> None:
    assert "sur invitation" in client.get("/account/signup/").content.decode()
    assert client.post("/account/signup/", {"email": "a@b.example"}).status_code == 405
    assert not get_user_model().objects.exists()


def test_a_person_of_two_organizations_chooses(
    theatre: Organization, opera: Organization, member_of: Callable[..., Client]
) -> None:
    client = member_of(theatre)
    user = get_user_model().objects.get()
    user.memberships.create(organization=opera, role="READER")
    page = client.get("/").content.decode()
    assert theatre.name in page
    assert opera.name in page


@pytest.mark.django_db
def test_the_sixth_wrong_password_must_wait_whoever_it_is(client: Client) -> None:
    tries = [client.post(SIGN_IN, {"login": "nobody@nowhere.example", "password": f"wrong {n}"}) for n in range(6)]
    assert [answer.status_code for answer in tries[:4]] == [200] * 4
    assert tries[-1].status_code == 429
    assert "Trop d'essais" in unescape(tries[-1].content.decode())


def test_a_demonstration_account_signs_in_and_out(theatre: Organization, client: Client) -> None:
    Organization.objects.update(is_demo=True)
    open_demo_accounts()
    signed = client.post(SIGN_IN, {"login": "direction@theatre-du-nord.example", "password": PASSWORD})
    assert signed["Location"] == "/"
    client.post("/account/logout/")
    assert client.get("/")["Location"].startswith(SIGN_IN)


def test_demonstration_accounts_are_listed_only_in_a_demonstration(
    theatre: Organization, client: Client, settings: object
) -> None:
    Organization.objects.update(is_demo=True)
    open_demo_accounts()
    assert PASSWORD not in client.get(SIGN_IN).content.decode()
    settings.DEMO = True  # type: ignore[attr-defined]
    assert PASSWORD in client.get(SIGN_IN).content.decode()
    Organization.objects.create(slug="real", name="Real")
    assert PASSWORD not in client.get(SIGN_IN).content.decode()


def test_known_passwords_are_never_set_beside_a_real_organization(theatre: Organization) -> None:
    with pytest.raises(NotAllowed):
        open_demo_accounts()


@pytest.mark.django_db
def test_a_page_that_does_not_exist_says_so_in_both_languages(client: Client) -> None:
    assert "Cette page n'existe pas" in unescape(client.get("/nowhere/").content.decode())
    client.cookies["language"] = "en-ca"
    assert "This page does not exist" in client.get("/nowhere/").content.decode()


@pytest.mark.django_db
def test_health_tells_a_probe_and_nothing_else(client: Client) -> None:
    answer = client.get("/health/")
    assert answer.json()["ready"] is True
    assert set(answer.json()) == {"ready", "database", "facts", "version"}


@pytest.mark.django_db
def test_each_answer_carries_its_number(client: Client) -> None:
    first, second = client.get("/health/")["X-Request-ID"], client.get("/health/")["X-Request-ID"]
    assert first != second
