"""A second factor: given to oneself, asked at sign-in, used once, taken from the database by nobody."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from publicc.collective.models import Membership, Organization

PASSWORD = "une phrase que personne ne devine"  # noqa: S105 - of a test
SECOND = "/account/second-factor/"


@pytest.fixture
def lea(theatre: Organization) -> Client:
    user = get_user_model().objects.create_user(username="lea@t.example", email="lea@t.example", password=PASSWORD)
    Membership.objects.create(user=user, organization=theatre, role="READER")
    return sign_in()


def sign_in() -> Client:
    client = Client()
    client.post("/account/login/", {"login": "lea@t.example", "password": PASSWORD})
    return client


def code_of(secret: str, *, later: int = 0) -> str:
    counter = next(iter(yield_hotp_counters_from_time())) + later
    return str(format_hotp_value(hotp_value(secret, counter)))


def enrolled(client: Client) -> str:
    """Give oneself a code application, the password being asked again first."""
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    form = client.get(f"{SECOND}codes/activate/").context["form"]
    answer = client.post(f"{SECOND}codes/activate/", {"code": code_of(form.secret)})
    assert answer.status_code == 302, answer.content
    return str(form.secret)


def test_a_code_is_asked_after_the_password_and_holds_once(lea: Client, theatre: Organization) -> None:
    secret = enrolled(lea)
    page = f"/o/{theatre.slug}/glossary/"
    again = sign_in()
    assert again.get(page).status_code == 302  # the password alone opens nothing
    assert again.get(f"{SECOND}authenticate/").status_code == 200
    wrong = again.post(f"{SECOND}authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    code = code_of(secret, later=1)
    assert again.post(f"{SECOND}authenticate/", {"code": code}).status_code == 302
    assert again.get(page).status_code == 200
    replayed = sign_in()
    assert replayed.post(f"{SECOND}authenticate/", {"code": code}).status_code == 200
    assert replayed.get(page).status_code == 302


def test_a_recovery_code_stands_for_the_phone_once(lea: Client, theatre: Organization) -> None:
    enrolled(lea)
    codes = lea.get(f"{SECOND}recovery/").context["unused_codes"]
    assert len(codes) == 10
    for holds in (True, False):
        cache.clear()
        client = sign_in()
        answer = client.post(f"{SECOND}authenticate/", {"code": codes[0]})
        assert (answer.status_code == 302) is holds


def test_the_database_does_not_hold_the_secret_in_clear(lea: Client) -> None:
    secret = enrolled(lea)
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert get_adapter().decrypt(kept) == secret


def test_where_it_is_asked_nobody_passes_without_one(lea: Client, theatre: Organization, settings: Settings) -> None:
    page = f"/o/{theatre.slug}/glossary/"
    assert lea.get(page).status_code == 200
    settings.SECOND_FACTOR = True
    answer = lea.get(page)
    assert (answer.status_code, answer["Location"]) == (302, SECOND)
    assert lea.get(SECOND).status_code == 200
    enrolled(lea)
    assert lea.get(page).status_code == 200


@pytest.mark.parametrize("lang", ["fr-ca", "en-ca"])
def test_its_pages_are_in_the_reader_s_words(lea: Client, lang: str) -> None:
    lea.cookies["language"] = lang
    enrolled(lea)
    for page in ("", "recovery/", "recovery/generate/", "codes/deactivate/", "passkeys/", "passkeys/add/"):
        answer = lea.get(f"{SECOND}{page}")
        assert answer.status_code == 200, page
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert "Two-Factor" not in answer.content.decode()
