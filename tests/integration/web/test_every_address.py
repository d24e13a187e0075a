"""Every address × nobody, a member, a member of another organization. The list is that of the installation itself."""

import re
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from publicc.collective.doors import MEMBERS
from publicc.collective.models import Organization, Seat
from publicc.intake.models import Deposit
from publicc.intake.states import DepositState
from publicc.kernel.vocabulary import UserRole

DEPOSIT = UUID("6f1c2a52-54c8-4b6c-8f0f-3d1a54a3a1d3")
SAMPLES = {"slug": "theatre-du-nord", "purpose": "LINKAGE"}
OF_KIND = {"uuid": str(DEPOSIT), "int": "1"}
OPEN_TO_ALL = {
    "home",
    "choose_theme",
    "choose_language",
    "health",
    "public_portrait",
    "public_portrait_chart",
    "public_portrait_picture",
    "public_portrait_table",
    "public_portrait_file",
    "public_certificate",
    "embedded_chart",
    "stop_alerts",
    "try_profile",
    "calendar_at",
    "sent_report",
    "sent_report_file",
    "stop_report",
    "answer_survey",
    "survey_contact",
    "resume_answers",
    "answer_step",
    "end_answers",
    "untie_answers",
    "join",
    "joined",
    "invitation",
    "account_login",
    "account_logout",
    "account_signup",
    "oidc_sign_in",
    "oidc_callback",
    "account_inactive",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_reauthenticate",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
}
"""Addresses that belong to no organization. A new one is a decision: it is added here by hand."""


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, str]]:
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield route, one.name or ""
        else:
            yield from patterns(one, route)


def filled(route: str) -> str:
    return "/" + re.sub(
        r"<(?:(\w+):)?(\w+)>", lambda found: SAMPLES.get(found[2]) or OF_KIND.get(found[1] or "", "season"), route
    )


EVERY = [(route, name) for route, name in patterns(get_resolver()) if not route.startswith(("api/", "^api/"))]
"""Pages; the addresses of the API have tests of their own, which take them from its OpenAPI file."""
OF_ORGANIZATIONS = [filled(route) for route, _ in EVERY if "<slug:slug>" in route]
OF_THE_HUB = [filled(route) for route, _ in EVERY if route.startswith("hub/")]
BESIDE_MEMBERS: dict[UserRole, set[str]] = {
    UserRole.OPERATOR: {name for route, name in EVERY if "/review/" in route or "/directory/" in route},
    UserRole.AUDITOR: {
        "trail",
        "privacy",
        "processing_register",
        "agreement",
        "agreement_document",
        "sign_agreement",
        "change_right",
        "end_agreement",
    },
    UserRole.PARTNER: {
        "sharing",
        "choose_show",
        "ask_show",
        "show_request",
        "withdraw_show_request",
        "remind_show_request",
        "shared_show",
        "shared_chart",
        "shared_picture",
        "shared_table",
    },
    UserRole.FUNDER: set(),
    UserRole.SERVICE: set(),
}
"""What roles that do not work in an organization find in it. Another one is a decision: it is added here by hand."""
OF_SEATS: dict[UserRole, set[str]] = {
    UserRole.OPERATOR: {name for route, name in EVERY if route.startswith("hub/")},
    UserRole.AUDITOR: {name for route, name in EVERY if route.startswith("hub/")}
    - {"build_release", "change_segment_version", "train_segments"}
    - {"hub_groups", "decide_group", "set_legal_group"}
    - {name for route, name in EVERY if route.startswith("hub/projects/")},
    UserRole.FUNDER: {name for route, name in EVERY if route.startswith("hub/portrait/")},
    UserRole.SERVICE: {name for route, name in EVERY if route.startswith("hub/portrait/")},
}
"""What each role of the hub finds under `/hub/`."""


def test_an_address_belongs_to_an_organization_or_to_the_hub_or_is_known_to_be_open() -> None:
    others = {name for route, name in EVERY if "<slug:slug>" not in route and not route.startswith("hub/")}
    assert others == OPEN_TO_ALL


def test_each_role_has_its_list() -> None:
    assert set(BESIDE_MEMBERS) | set(MEMBERS) == set(UserRole)
    assert set(OF_SEATS) == set(Seat.ROLES)


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 404
    return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken&quot;: |X-CSRFToken": )"\w+"', "", answer.content.decode())


@pytest.fixture
def deposit(theatre: Organization) -> Deposit:
    return Deposit.objects.create(pk=DEPOSIT, organization=theatre, state=DepositState.ABANDONED)


@pytest.mark.django_db
@pytest.mark.parametrize("address", OF_ORGANIZATIONS + OF_THE_HUB)
def test_nobody_is_sent_to_the_sign_in(client: Client, address: str) -> None:
    for send in (client.get, client.post):
        answer = send(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize("address", OF_ORGANIZATIONS)
def test_a_member_of_another_organization_finds_what_anyone_finds_at_an_address_that_never_was(
    address: str, deposit: Deposit, opera: Organization, member_of: Callable[..., Client]
) -> None:
    stranger = member_of(opera)
    never = address.replace("theatre-du-nord", "theatre-du-nulle-part")
    assert body(stranger, address) == body(stranger, never).replace("theatre-du-nulle-part", "theatre-du-nord")
    assert stranger.post(address).status_code == 404


@pytest.mark.parametrize("address", OF_ORGANIZATIONS)
def test_a_member_is_answered_and_nothing_is_kept_by_the_browser(
    address: str, deposit: Deposit, theatre: Organization, member_of: Callable[..., Client]
) -> None:
    answer = member_of(theatre).get(address)
    assert answer.status_code < 500
    assert answer.status_code != 302 or answer["Location"].startswith(address)  # to its first page
    if answer.status_code == 200:
        assert "no-store" in answer["Cache-Control"] or "etag" in answer
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_a_deposit_of_another_organization_is_not_found_inside_one_s_own(
    deposit: Deposit, opera: Organization, member_of: Callable[..., Client]
) -> None:
    assert member_of(opera).get(f"/o/{opera.slug}/deposit/{DEPOSIT}/").status_code == 404


@pytest.mark.parametrize("role", BESIDE_MEMBERS, ids=lambda role: role.value.lower())
def test_someone_who_does_not_work_there_finds_only_the_pages_of_their_role(
    role: UserRole, deposit: Deposit, theatre: Organization, member_of: Callable[..., Client]
) -> None:
    client = member_of(theatre, role)
    for route, name in EVERY:
        if "<slug:slug>" in route and name not in BESIDE_MEMBERS[role]:
            assert client.get(filled(route)).status_code == 404, name
            assert client.post(filled(route)).status_code == 404, name


@pytest.mark.parametrize("role", OF_SEATS, ids=lambda role: role.value.lower())
def test_someone_of_the_hub_finds_only_the_pages_of_their_role_and_none_of_an_organization(
    role: UserRole, deposit: Deposit, theatre: Organization, seated_as: Callable[[UserRole], Client]
) -> None:
    client = seated_as(role)
    for route, name in EVERY:
        if "<slug:slug>" in route or (route.startswith("hub/") and name not in OF_SEATS[role]):
            assert client.get(filled(route)).status_code == 404, name
            assert client.post(filled(route)).status_code == 404, name
        elif route.startswith("hub/"):
            assert client.get(filled(route)).status_code in {200, 404, 405}, name


@pytest.mark.parametrize("address", OF_THE_HUB)
def test_a_director_does_not_find_the_pages_of_the_hub(
    address: str, theatre: Organization, member_of: Callable[..., Client]
) -> None:
    assert member_of(theatre).get(address).status_code == 404
    assert member_of(theatre).post(address).status_code == 404
