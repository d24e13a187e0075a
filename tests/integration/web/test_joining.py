"""From asking to join to leaving the agreement: applications, invitations, signatures, rights, roles."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail, signing
from django.test import Client
from django.utils import timezone

from publicc.collective import agreements, invitations, queries
from publicc.collective.agreement_text import CURRENT, VERSIONS
from publicc.collective.models import (
    Agreement,
    Application,
    Invitation,
    Membership,
    Organization,
    Right,
    Round,
    TrailEntry,
)
from publicc.collective.purposes import Purpose
from publicc.kernel.vocabulary import UserRole
from tests.agreed import with_agreement

ASKED = {
    "name": "Maison du Conte",
    "contact": "Ana Roy, directrice",
    "email": "ana@conte.example",
    "territory": "Estrie",
    "system": "Une billetterie",
    "speed": "TICKETS",
    "seasons": "3",
    "policy_url": "https://conte.example/confidentialite",
    "policy_quote": "Nous analysons la fréquentation à des fins statistiques.",
    "need": "Qui revient?",
    "website": "",
}
SIGNED = {
    "signatory": "Ana Roy",
    "title": "Directrice",
    "speed": "BUYERS",
    "authorized": "on",
    "digest": CURRENT.digest,
}
PASSWORD = "une phrase que personne ne devine"  # noqa: S105 - of a test


@pytest.fixture
def nowhere(db: None) -> Organization:
    return Organization.objects.create(slug="sans-entente", name="Sans entente")


def test_an_organization_goes_from_its_application_to_its_signature(
    client: Client, seated_as: Callable[[UserRole], Client]
) -> None:
    assert client.post("/join/", ASKED).status_code == 302
    one = Application.objects.get()
    hub = seated_as(UserRole.OPERATOR)
    assert "Maison du Conte" in hub.get("/hub/members/").content.decode()
    hub.post("/hub/members/", {"name": "Automne", "begins_on": "2026-09-01", "places": "1"})
    cohort = Round.objects.get()
    settle = f"/hub/members/{one.pk}/settle/"

    hub.post(settle, {"deed": "select", "round": cohort.pk})
    assert not Organization.objects.exists()  # nobody judged of the criteria yet
    notes = {"policy_note": "Lue le 2 septembre", "data_note": "Deux saisons vues"}
    hub.post(f"/hub/members/{one.pk}/", {**notes, "policy_holds": "on"})
    hub.post(settle, {"deed": "select", "round": cohort.pk})
    assert not Organization.objects.exists()  # one criterion is not enough
    hub.post(f"/hub/members/{one.pk}/", {**notes, "policy_holds": "on", "data_holds": "on"})
    hub.post(settle, {"deed": "select", "round": cohort.pk})
    opened = Organization.objects.get()
    assert (opened.slug, opened.territory) == ("maison-du-conte", "Estrie")
    assert "7 jours" in mail.outbox[0].body

    token = invitations.token_of(Invitation.objects.get())
    ana = Client()
    assert ana.get(f"/invitation/{token}/").status_code == 200
    assert ana.post(f"/invitation/{token}/", {"password": PASSWORD}).status_code == 302
    assert opened.slug not in {one.slug for one in queries.profiles()}
    page = ana.get(f"/o/{opened.slug}/agreement/").content.decode()
    assert CURRENT.digest in page
    assert ana.post(f"/o/{opened.slug}/agreement/sign/", SIGNED).status_code == 302
    assert [one.slug for one in queries.profiles()] == [opened.slug]

    signed = Agreement.objects.get()
    told = ana.get(f"/o/{opened.slug}/agreement/{signed.pk}.pdf")
    assert told.content.startswith(b"%PDF")
    assert hashlib.sha256(told.content).hexdigest() == signed.pdf_digest
    assert (signed.digest, signed.signatory) == (CURRENT.digest, "Ana Roy")
    said = set(TrailEntry.objects.values_list("action", flat=True))
    assert said >= {"apply", "judge_application", "select_application", "accept_invitation", "sign_agreement"}


def test_a_full_round_takes_nobody_more_and_a_settled_application_stays_settled(
    seated_as: Callable[[UserRole], Client],
) -> None:
    hub = seated_as(UserRole.OPERATOR)
    cohort = Round.objects.create(name="Automne", begins_on=timezone.localdate(), places=1)
    asked = {k: v for k, v in ASKED.items() if k != "website"} | {"policy_holds": True, "data_holds": True}
    first, second = (Application.objects.create(state="RECEIVED", **asked) for _ in range(2))
    for one in (first, second):
        hub.post(f"/hub/members/{one.pk}/settle/", {"deed": "select", "round": cohort.pk})
    assert Organization.objects.count() == 1
    hub.post(f"/hub/members/{second.pk}/settle/", {"deed": "decline"})
    hub.post(f"/hub/members/{first.pk}/settle/", {"deed": "decline"})
    assert [Application.objects.get(pk=one.pk).state for one in (first, second)] == ["SELECTED", "DECLINED"]


@pytest.mark.parametrize(
    "wrong",
    [{"email": "personne"}, {"seasons": "-1"}, {"policy_url": "javascript:x"}, {"website": "x"}, {"speed": "WARP"}],
)
def test_an_application_that_cannot_be_read_says_where(client: Client, db: None, wrong: dict[str, str]) -> None:
    answer = client.post("/join/", ASKED | wrong)
    assert answer.status_code == 400
    assert "error-summary" in answer.content.decode()
    assert not Application.objects.exists()


def test_nothing_is_taken_nor_harmonised_without_an_agreement(
    nowhere: Organization, member_of: Callable[..., Client]
) -> None:
    assert queries.profiles() == []
    assert queries.apart() == {"sans-entente"}
    with_agreement(nowhere)
    assert queries.apart() == frozenset()


@pytest.mark.parametrize(
    "missing", [{"signatory": " "}, {"title": ""}, {"authorized": ""}, {"digest": "other"}, {"speed": "x"}]
)
def test_an_incomplete_signature_signs_nothing(
    nowhere: Organization, member_of: Callable[..., Client], missing: dict[str, str]
) -> None:
    answer = member_of(nowhere).post(f"/o/{nowhere.slug}/agreement/sign/", SIGNED | missing)
    assert answer.status_code == 400
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("role", [UserRole.STEWARD, UserRole.AUDITOR])
def test_only_the_director_signs_allows_and_ends(
    nowhere: Organization, member_of: Callable[..., Client], role: UserRole
) -> None:
    client, base = member_of(nowhere, role), f"/o/{nowhere.slug}/agreement/"
    assert client.get(base).status_code == 200
    assert client.post(f"{base}sign/", SIGNED).status_code == 403
    assert client.post(f"{base}rights/LINKAGE/").status_code == 403
    assert client.post(f"{base}end/").status_code == 403


def test_rights_are_given_one_by_one_in_their_order_and_fall_together(
    nowhere: Organization, member_of: Callable[..., Client]
) -> None:
    client, base = member_of(nowhere), f"/o/{nowhere.slug}/agreement/"
    client.post(f"{base}sign/", SIGNED)

    def allowed() -> set[str]:
        return {one.purpose for one in agreements.rights_of(nowhere)}

    assert allowed() == {"OWN_DASHBOARD"}
    client.post(f"{base}rights/LINKAGE/")
    assert allowed() == {"OWN_DASHBOARD"}
    client.post(f"{base}rights/POOLED_STATISTICS/")
    client.post(f"{base}rights/LINKAGE/")
    assert allowed() == {"OWN_DASHBOARD", "POOLED_STATISTICS", "LINKAGE"}
    assert [one.links_across for one in queries.profiles()] == [True]
    client.post(f"{base}rights/POOLED_STATISTICS/", {"deed": "withdraw"})
    assert allowed() == {"OWN_DASHBOARD"}
    assert [one.links_across for one in queries.profiles()] == [False]
    assert not agreements.allowing(Purpose.POOLED_STATISTICS).exists()
    client.post(f"{base}rights/OWN_DASHBOARD/", {"deed": "withdraw"})
    assert queries.profiles() == []
    assert client.post(f"{base}rights/TELEPATHY/").status_code == 404


def test_linkage_needs_blinded_buyers(nowhere: Organization, member_of: Callable[..., Client]) -> None:
    client, base = member_of(nowhere), f"/o/{nowhere.slug}/agreement/"
    client.post(f"{base}sign/", SIGNED | {"speed": "TICKETS"})
    client.post(f"{base}rights/POOLED_STATISTICS/")
    client.post(f"{base}rights/LINKAGE/")
    assert not agreements.allows(nowhere, Purpose.LINKAGE)


def test_a_right_for_a_time_ends_by_itself(nowhere: Organization, member_of: Callable[..., Client]) -> None:
    with_agreement(nowhere, Purpose.OWN_DASHBOARD, Purpose.POOLED_STATISTICS)
    client, base = member_of(nowhere), f"/o/{nowhere.slug}/agreement/"
    yesterday, tomorrow = (timezone.localdate() + timedelta(days=n) for n in (-1, 1))
    for wrong in (str(yesterday), "demain", "2026-02-31"):
        client.post(f"{base}rights/POOLED_STATISTICS/", {"until": wrong})
        assert Right.objects.get(purpose="POOLED_STATISTICS").until is None
    client.post(f"{base}rights/POOLED_STATISTICS/", {"until": str(tomorrow)})
    assert agreements.allows(nowhere, Purpose.POOLED_STATISTICS)
    Right.objects.filter(withdrawn_at=None, purpose="POOLED_STATISTICS").update(until=yesterday)
    assert not agreements.allows(nowhere, Purpose.POOLED_STATISTICS)


def test_an_agreement_that_expired_or_ended_allows_nothing(
    nowhere: Organization, member_of: Callable[..., Client]
) -> None:
    with_agreement(nowhere)
    Agreement.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    assert queries.profiles() == []
    with_agreement(nowhere)
    assert len(queries.profiles()) == 1
    client = member_of(nowhere)
    client.post(f"/o/{nowhere.slug}/agreement/end/")
    assert queries.profiles() == []
    assert client.post(f"/o/{nowhere.slug}/deposit/", {}).status_code == 403
    assert client.get(f"/o/{nowhere.slug}/agreement/").status_code == 200


def test_another_organization_s_agreement_is_not_found(
    theatre: Organization, opera: Organization, member_of: Callable[..., Client]
) -> None:
    theirs = Agreement.objects.get(organization=opera)
    assert member_of(theatre).get(f"/o/{theatre.slug}/agreement/{theirs.pk}.pdf").status_code == 404


def test_the_words_of_a_version_never_change() -> None:
    assert {version: text.digest[:16] for version, text in VERSIONS.items()} == {"1": "60ac66f645fb1f27"}


# ---------------------------------------------------------------- invitations


@pytest.fixture
def invited(theatre: Organization, member_of: Callable[..., Client]) -> Invitation:
    member_of(theatre).post(f"/o/{theatre.slug}/people/", {"email": "Lea@Theatre.example", "role": "ANALYST"})
    return Invitation.objects.get()


def over(token: str, client: Client | None = None) -> bool:
    answer = (client or Client()).post(f"/invitation/{token}/", {"password": PASSWORD})
    return answer.status_code == 410


def test_an_invitation_opens_one_account_once(invited: Invitation, theatre: Organization) -> None:
    token = invitations.token_of(invited)
    browser = Client()
    assert browser.post(f"/invitation/{token}/", {"password": PASSWORD}).status_code == 302
    place = Membership.objects.get(user__email="lea@theatre.example")
    assert (place.organization, place.role) == (theatre, "ANALYST")
    assert browser.get(f"/o/{theatre.slug}/glossary/").status_code == 200
    assert over(token)


def test_an_invitation_that_is_forged_expired_or_taken_back_says_the_same(
    invited: Invitation, theatre: Organization, member_of: Callable[..., Client]
) -> None:
    token = invitations.token_of(invited)
    number = str(invited.pk)
    for forged in (
        token[:-2] + "xx",
        number,
        signing.dumps(number, salt="other"),
        "x" * 500,
        signing.dumps([1], salt="publicc.invitation"),
    ):
        assert over(forged)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert over(token)
    Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))
    member_of(theatre).post(f"/o/{theatre.slug}/people/invitations/{invited.pk}/")
    assert over(token)
    assert not get_user_model().objects.filter(email="lea@theatre.example").exists()


def test_a_second_invitation_makes_the_first_one_void(
    invited: Invitation, theatre: Organization, member_of: Callable[..., Client]
) -> None:
    member_of(theatre).post(f"/o/{theatre.slug}/people/", {"email": "lea@theatre.example", "role": "READER"})
    assert over(invitations.token_of(invited))


def test_a_weak_password_opens_nothing_and_the_link_still_holds(invited: Invitation) -> None:
    token = invitations.token_of(invited)
    answer = Client().post(f"/invitation/{token}/", {"password": "motdepasse"})
    assert answer.status_code == 400
    assert Client().get(f"/invitation/{token}/").status_code == 200


def test_someone_who_has_an_account_signs_in_and_joins_a_second_organization(
    invited: Invitation, opera: Organization, member_of: Callable[..., Client]
) -> None:
    user = get_user_model().objects.create_user(username="lea", email="lea@theatre.example")
    Membership.objects.create(user=user, organization=opera, role="READER")
    token = invitations.token_of(invited)
    assert Client().post(f"/invitation/{token}/", {"password": PASSWORD}).status_code == 400
    assert member_of(opera).post(f"/invitation/{token}/").status_code == 400  # someone else
    lea = Client()
    lea.force_login(user)
    assert lea.post(f"/invitation/{token}/").status_code == 302
    assert Membership.objects.filter(user=user).count() == 2
    assert lea.get("/").status_code == 200  # the choice among several


@pytest.mark.parametrize("role", ["OPERATOR", "PARTNER", "nobody"])
def test_a_role_that_is_not_the_organization_s_to_give_is_refused(
    theatre: Organization, member_of: Callable[..., Client], role: str
) -> None:
    answer = member_of(theatre).post(f"/o/{theatre.slug}/people/", {"email": "x@y.example", "role": role})
    assert answer.status_code == 400
    assert not Invitation.objects.exists()


def test_twenty_invitations_a_day_are_enough(theatre: Organization, member_of: Callable[..., Client]) -> None:
    now = timezone.now()
    Invitation.objects.bulk_create(
        Invitation(organization=theatre, email=f"{n}@y.example", role="READER", invited_at=now, expires_at=now)
        for n in range(20)
    )
    answer = member_of(theatre).post(f"/o/{theatre.slug}/people/", {"email": "x@y.example", "role": "READER"})
    assert answer.status_code == 400


def test_roles_change_people_leave_and_a_director_always_stays(
    theatre: Organization, opera: Organization, member_of: Callable[..., Client]
) -> None:
    client = member_of(theatre)
    reader = member_of(theatre, UserRole.READER)
    place = Membership.objects.get(organization=theatre, role="READER")
    client.post(f"/o/{theatre.slug}/people/{place.pk}/", {"role": "STEWARD"})
    assert Membership.objects.get(pk=place.pk).role == "STEWARD"
    client.post(f"/o/{theatre.slug}/people/{place.pk}/", {"role": ""})
    assert reader.get(f"/o/{theatre.slug}/glossary/").status_code == 404
    own = Membership.objects.get(organization=theatre, role="DIRECTOR")
    client.post(f"/o/{theatre.slug}/people/{own.pk}/", {"role": ""})
    assert Membership.objects.filter(pk=own.pk).exists()
    member_of(opera)
    theirs = Membership.objects.get(organization=opera)
    assert client.post(f"/o/{theatre.slug}/people/{theirs.pk}/", {"role": "READER"}).status_code == 404
    assert client.post(f"/o/{theatre.slug}/people/{own.pk}/", {"role": "KING"}).status_code == 400


@pytest.mark.parametrize("lang", ["fr-ca", "en-ca"])
def test_every_page_of_joining_is_drawn(
    lang: str,
    theatre: Organization,
    member_of: Callable[..., Client],
    seated_as: Callable[[UserRole], Client],
    invited: Invitation,
) -> None:
    asked = {k: v for k, v in ASKED.items() if k != "website"}
    one = Application.objects.create(state="RECEIVED", **asked)
    director, hub, nobody = member_of(theatre), seated_as(UserRole.OPERATOR), Client()
    token = invitations.token_of(invited)
    pages = [
        (director, f"/o/{theatre.slug}/agreement/"), (director, f"/o/{theatre.slug}/people/"),
        (hub, "/hub/members/"), (hub, f"/hub/members/{one.pk}/"),
        (nobody, "/join/"), (nobody, "/join/received/"), (nobody, f"/invitation/{token}/"),
    ]  # fmt: skip
    for client, address in pages:
        client.cookies["language"] = lang
        assert client.get(address).status_code == 200, address
