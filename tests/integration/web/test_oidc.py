"""Signing in with an identity provider: a real one, on loopback. An invitation ties; nothing else opens anything."""

import contextlib
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django.fixtures import Settings

from publicc.collective.invitations import open_invitation, token_of
from publicc.collective.models import Membership, Organization, TrailEntry
from publicc.kernel.vocabulary import UserRole

ANA = {"sub": "ana-1", "email": "ana@nord.example", "email_verified": True}
VAGUE = {"sub": "vague-1", "email": "vague@nord.example", "email_verified": False}


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of an identity provider that knows two people."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = [word for one in (ANA, VAGUE) for word in ("--user-claims", json.dumps(one))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), *told]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        address = f"http://127.0.0.1:{port}"
        for _ in range(300):
            with contextlib.suppress(requests.ConnectionError):
                if requests.get(f"{address}/.well-known/openid-configuration", timeout=5).ok:
                    break
            time.sleep(0.1)
        yield address
        running.terminate()


@pytest.fixture
def site(provider: str, settings: Settings) -> Settings:
    """An installation that lets this provider in."""
    return let_in(settings, provider, "oidc-a")


def let_in(settings: Settings, provider: str, number: str, **more: object) -> Settings:
    settings.OIDC_PROVIDER, settings.OIDC_NAME = number, "Compte du Nord"
    app = {
        "provider_id": number, "name": "Compte du Nord", "client_id": "publicc", "secret": "s",
        "settings": {"server_url": provider, **more},
    }  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    return settings


def invited(organization: Organization, email: str = ANA["email"]) -> str:  # type: ignore[assignment]
    by = get_user_model().objects.get_or_create(username="dir@nord.example", email="dir@nord.example")[0]
    return token_of(open_invitation(organization, by=by, email=email, role=UserRole.ANALYST))


def sent(client: Client, **form: str) -> str:
    """Where the site sends the person."""
    answer = client.post("/account/oidc/", form)
    assert answer.status_code == 302, answer.content
    return str(answer["Location"])


def signed_there(address: str, sub: str) -> str:
    """Back from the provider: the address of ours that it sends the person to."""
    answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=20)
    back = urlsplit(answer.headers["Location"])
    assert back.path == "/account/oidc/callback/"
    return f"{back.path}?{back.query}"


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.django_db
def test_an_invitation_ties_an_account_from_elsewhere_once_and_it_signs_in_afterwards(
    site: Settings, theatre: Organization
) -> None:
    client, token = Client(), invited(theatre)
    assert "Accepter avec Compte du Nord" in client.get(f"/invitation/{token}/").content.decode().replace("\xa0", " ")
    address = sent(client, invitation=token)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["nonce"]) > 20
    assert len(asked["state"]) > 10
    client.get(signed_there(address, "ana-1"))
    assert is_in(client)
    person = get_user_model().objects.get(email="ana@nord.example")
    assert not person.has_usable_password()
    assert Membership.objects.get(user=person).role == UserRole.ANALYST
    assert SocialAccount.objects.get().uid == "ana-1"
    assert TrailEntry.objects.filter(action="link_sign_in", actor=person).count() == 1

    again = Client()
    assert "Se connecter avec Compte du Nord" in again.get("/account/login/").content.decode().replace("\xa0", " ")
    back = signed_there(sent(again, next="/preferences/"), "ana-1")
    assert again.get(back)["Location"] == "/preferences/"
    assert is_in(again)
    replayed = Client()
    assert replayed.get(back).status_code == 400, "another browser"
    assert again.get(back).status_code == 400, "a second time"
    assert not is_in(replayed)


@pytest.mark.django_db
def test_nothing_is_opened_from_outside(site: Settings, theatre: Organization) -> None:
    person = get_user_model().objects.create(username="ana@nord.example", email="ana@nord.example")
    Membership.objects.create(user=person, organization=theatre, role=UserRole.DIRECTOR.value)
    client = Client()
    answer = client.get(signed_there(sent(client), "ana-1"))
    assert answer.status_code == 403, "the same address is not enough"
    assert "lien d" in answer.content.decode()
    assert not is_in(client)
    assert (SocialAccount.objects.count(), get_user_model().objects.count()) == (0, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(("email", "sub"), [("autre@nord.example", "ana-1"), ("vague@nord.example", "vague-1")])
def test_an_invitation_for_another_address_or_an_address_not_verified_ties_nothing(
    site: Settings, theatre: Organization, email: str, sub: str
) -> None:
    client = Client()
    answer = client.get(signed_there(sent(client, invitation=invited(theatre, email)), sub))
    assert answer.status_code == 403
    assert not is_in(client)
    assert SocialAccount.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["forged:token:here", ""])
def test_a_forged_invitation_ties_nothing(site: Settings, token: str) -> None:
    client = Client()
    assert client.get(signed_there(sent(client, invitation=token), "ana-1")).status_code == 403
    assert SocialAccount.objects.count() == 0


@pytest.mark.django_db
def test_another_nonce_another_issuer_and_the_accounts_of_another_provider_are_refused(
    site: Settings, provider: str, theatre: Organization
) -> None:
    first = Client()
    first.get(signed_there(sent(first, invitation=invited(theatre)), "ana-1"))
    assert is_in(first)

    client = Client()
    back = signed_there(sent(client), "ana-1")
    session = client.session
    session["oidc_nonce"] = "another"
    session.save()
    assert client.get(back).status_code == 400

    let_in(site, provider, "oidc-a", openid_configuration_overrides={"issuer": "https://other.example"})
    client = Client()
    assert client.get(signed_there(sent(client), "ana-1")).status_code == 400

    let_in(site, provider, "oidc-b")
    client = Client()
    assert client.get(signed_there(sent(client), "ana-1")).status_code == 403
    assert not is_in(client)


@pytest.mark.django_db
def test_the_second_factor_is_asked_as_after_a_password(site: Settings, theatre: Organization) -> None:
    first = Client()
    first.get(signed_there(sent(first, invitation=invited(theatre)), "ana-1"))
    person = get_user_model().objects.get(email="ana@nord.example")
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = Client()
    answer = client.get(signed_there(sent(client), "ana-1"))
    assert answer["Location"].startswith("/account/second-factor/authenticate/")
    assert not is_in(client)


@pytest.mark.django_db
def test_who_is_no_longer_active_does_not_come_in(site: Settings, theatre: Organization) -> None:
    first = Client()
    first.get(signed_there(sent(first, invitation=invited(theatre)), "ana-1"))
    get_user_model().objects.filter(email="ana@nord.example").update(is_active=False)
    client = Client()
    client.get(signed_there(sent(client), "ana-1"))
    assert not is_in(client)


@pytest.mark.django_db
def test_without_a_provider_there_is_no_button_and_no_address(client: Client, theatre: Organization) -> None:
    assert "oidc" not in client.get("/account/login/").content.decode()
    assert "oidc" not in client.get(f"/invitation/{invited(theatre)}/").content.decode()
    assert client.post("/account/oidc/").status_code == 404
    assert client.get("/account/oidc/callback/?code=x&state=y").status_code == 404


@pytest.mark.django_db
def test_a_provider_that_does_not_answer_is_told(settings: Settings) -> None:
    let_in(settings, "http://127.0.0.1:9", "oidc-a")
    answer = Client().post("/account/oidc/")
    assert answer.status_code == 502
    assert "ne répond pas" in answer.content.decode().replace("\xa0", " ")
