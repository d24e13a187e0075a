"""Inviting one's own buyers, and what they answer beside what they bought: from the vault to the page, and back out."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from publicc.collective.models import Organization, TrailEntry
from publicc.collective.profiles import OrganizationProfile
from publicc.collective.purposes import Purpose
from publicc.harmonise.pipeline import harmonise
from publicc.kernel.scope import OwnRows
from publicc.kernel.vocabulary import UserRole
from publicc.store.facts import own_facts
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.surveys.invitations import invitation_number, signed
from publicc.surveys.models import Invitee, Link, Response, Survey, Tie
from publicc.surveys.retention import INVITEES, TIES
from publicc.surveys.tying import Invitation, keep_invitees, tied_buyers
from tests.agreed import with_agreement
from tests.drawn_vaults import fill
from tests.integration.surveys.test_answering import answered, begin
from tests.integration.surveys.test_results_page import crowd

SLUG = "theatre-du-nord"
HEAD = "customer_key | first_name | last_name | email | email_consent\n---+---+---+---+---\n"
NAMES = ("ada", "ben", "cam", "dee", "eve", "fay", "gil", "hal", "ivy", "jim", "kim", "lou")
CUSTOMERS = HEAD + "\n".join(
    f"C{n} | {name.title()} | Nom{name} | {name}@poste.ca | {'false' if name == 'ben' else 'true'}"
    for n, name in enumerate(NAMES)
)
TICKETS = "order_key | customer_key | performance_key\n---+---+---\n" + "\n".join(
    f"T{n} | C{n} | E1" for n in range(len(NAMES))
)
PERFORMANCES = """
performance_key | title     | starts_on
----------------+-----------+-----------
E1              | Le Jardin | 2019-02-01
"""


@pytest.fixture(scope="module")
def harmonised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve people who came in February; one refuses e-mails."""
    folder = tmp_path_factory.mktemp("home")
    home = Home(folder)
    fill(home, SLUG, customers=CUSTOMERS, tickets=TICKETS, performances=PERFORMANCES)
    profiles = [OrganizationProfile(SLUG, "Théâtre du Nord")]
    harmonise(home, KeyRing.open(home), profiles, as_of=date(2019, 3, 1))
    return folder


@pytest.fixture
def theatre(db: None, harmonised: Path, monkeypatch: pytest.MonkeyPatch) -> Organization:
    monkeypatch.setenv("PUBLICC_HOME", str(harmonised))
    made = Organization.objects.create(slug=SLUG, name="Théâtre du Nord")
    return with_agreement(made, Purpose.OWN_DASHBOARD, Purpose.SURVEYS)


@pytest.fixture
def page(survey: Survey, link: Link) -> str:
    return f"/o/{SLUG}/surveys/{survey.key}/links/{link.code}/invite/"


def invitation_for(survey: Survey, number: int, buyer: str) -> str:
    """The invitation of a buyer, as it stands in an address."""
    keep_invitees(survey, [(number, buyer)], date(2026, 11, 20))
    return signed(survey, [number])[0]


def test_a_director_takes_an_address_for_each_buyer_who_accepts_and_none_again_the_same_month(
    director: Client, survey: Survey, page: str
) -> None:
    assert "Le repos entre deux sondages" in director.get(page).content.decode()
    checked = director.post(page, {"since": "90"}).content.decode()
    assert "11 sur 12 acceptent les courriels" in checked.replace("\u00a0", " ")
    taken = director.post(page, {"since": "90", "do": "take"})
    assert taken.status_code == 200, taken.content.decode()
    head, *rows = csv.reader(io.StringIO(taken.content.decode("utf-8-sig")), delimiter=";")
    assert head[0] == "Courriel"
    assert [row[0] for row in rows] == sorted(f"{name}@poste.ca" for name in NAMES if name != "ben")
    addresses = {row[4] for row in rows}
    assert len(addresses) == 11
    numbers = {invitation_number(survey, one.partition("?i=")[2]) for one in addresses}
    assert None not in numbers
    assert Invitee.objects.filter(survey=survey).count() == 11
    again = director.post(page, {"since": "90", "do": "take"})
    assert again.status_code == 400
    assert "Personne ne peut être invité" in again.content.decode()
    told = [(one.object_id, one.outcome) for one in TrailEntry.objects.filter(action="invite_buyers")]
    assert sorted(told) == [(survey.key, "0"), (survey.key, "11")]


def test_who_may_not_hold_addresses_takes_none(
    theatre: Organization, opera: Organization, member_of: Callable[..., Client], page: str
) -> None:
    analyst = member_of(theatre, UserRole.ANALYST)
    assert "Demandez-leur" in analyst.get(page).content.decode()
    for deed in ("", "take"):
        assert analyst.post(page, {"do": deed}).status_code == 403
    assert member_of(theatre, UserRole.READER).get(page).status_code == 403
    assert member_of(opera).get(page).status_code == 404
    assert member_of(opera).get(page.replace(SLUG, opera.slug)).status_code == 404
    assert not Invitee.objects.exists()


def test_without_the_purpose_nobody_is_invited(theatre: Organization, director: Client, page: str) -> None:
    theatre.rights.filter(purpose=Purpose.SURVEYS.value).delete()
    assert "Votre entente ne permet pas encore" in director.get(page).content.decode()
    assert director.post(page, {"do": "take"}).status_code == 403


def test_a_closed_survey_invites_nobody(director: Client, survey: Survey, page: str) -> None:
    director.post(f"/o/{SLUG}/surveys/{survey.key}/open/", {"open": "no"})
    refused = director.post(page, {"do": "take"})
    assert refused.status_code == 400
    assert "ne prend pas" in refused.content.decode()


def test_an_answer_is_tied_only_when_its_author_ticks_it_and_untied_when_they_say(
    client: Client, survey: Survey, link: Link
) -> None:
    agreed, silent = (invitation_for(survey, 300_000_000 + n, f"buyer{n}") for n in range(2))
    welcome = client.get(f"/s/{link.code}/?i={agreed}&lang=fr").content.decode()
    assert 'name="tie"' in welcome
    assert "checked" not in welcome
    assert 'name="tie"' not in client.get(f"/s/{link.code}/").content.decode()
    end = answered(client, begin(client, link, f"?lang=fr&i={agreed}", tie="yes"), {"core.nps.v1": "9"})
    answered(Client(), begin(Client(), link, f"?lang=fr&i={silent}"), {"core.nps.v1": "2"})
    begin(Client(), link, "?lang=fr", tie="yes")
    assert list(tied_buyers(survey).values()) == ["buyer0"]
    assert "Ne plus les relier" in client.get(end).content.decode()
    spent = Client().get(f"/s/{link.code}/?i={agreed}&lang=en")
    assert spent.status_code == 410
    assert "Untie them" in spent.content.decode()
    untied = client.post(f"/s/{link.code}/untie/?i={agreed}&lang=fr")
    assert "ne sont plus reliées" in untied.content.decode()
    assert not Tie.objects.exists()
    assert Response.objects.filter(state="DONE").count() == 2
    assert client.post(f"/s/{link.code}/untie/?i={agreed}").status_code == 200
    assert client.post(f"/s/{link.code}/untie/?i=1-false").status_code == 404
    assert client.get(f"/s/{link.code}/untie/?i={agreed}").status_code == 405


def test_an_invitation_shared_by_its_owner_ties_no_one_else(client: Client, survey: Survey, link: Link) -> None:
    shared = invitation_for(survey, 300_000_000, "buyer0")
    for _ in range(3):
        begin(Client(), link, f"?lang=fr&i={shared}", tie="yes")
    assert Tie.objects.count() == 1


def test_what_is_kept_tells_no_buyer_and_joins_no_response_without_the_invitation(
    client: Client, survey: Survey, link: Link
) -> None:
    agreed = invitation_for(survey, 300_000_000, "buyer0")
    answered(client, begin(client, link, f"?lang=fr&i={agreed}", tie="yes"), {})
    invitee, tie = Invitee.objects.get(), Tie.objects.get()
    assert b"buyer0" not in bytes(invitee.buyer) + bytes(tie.buyer)
    assert len({invitee.digest, tie.digest, Invitation(survey, 300_000_000)._digest("spent")}) == 3


def test_whose_an_invitation_was_and_ties_are_let_go(client: Client, survey: Survey, link: Link) -> None:
    agreed = invitation_for(survey, 300_000_000, "buyer0")
    answered(client, begin(client, link, f"?lang=fr&i={agreed}", tie="yes"), {})
    Response.objects.update(day=date(2026, 11, 20))
    assert not INVITEES.due(date(2027, 2, 17), 90)
    assert len(INVITEES.remove(date(2027, 2, 18), 90)) == 1
    assert not TIES.due(date(2027, 11, 19), 365)
    assert len(TIES.remove(date(2027, 11, 20), 365)) == 1
    assert not Tie.objects.exists()
    assert Response.objects.count() == 1


def test_the_owner_reads_answers_beside_what_the_same_people_bought(director: Client, survey: Survey) -> None:
    crowd(survey, 40)
    at = f"/o/{SLUG}/surveys/{survey.key}/results/"
    assert "selon ce qu'ils achètent" not in director.get(at).content.decode()
    buyers = sorted(buyers_in_home())
    for number, (buyer, response) in enumerate(zip(buyers, Response.objects.order_by("pk"), strict=False)):
        invitation_for(survey, 400_000_000 + number, buyer)
        Invitation(survey, 400_000_000 + number).tie(response)
    told = re.sub(r"\s+", " ", director.get(at).content.decode())
    assert "12 personnes ont accepté" in told
    assert "Nouveau" in told
    assert "1 fois" in told
    for tie in Tie.objects.all()[:3]:
        tie.delete()
    few = re.sub(r"\s+", " ", director.get(at).content.decode())
    assert "9 personnes ont accepté" in few
    assert "moins de 10</td>" in few


def buyers_in_home() -> list[str]:
    """The blinded ids of the twelve."""
    home = Home.from_environment()
    with own_facts(home, OwnRows(SLUG)) as facts:
        return [str(one) for (one,) in facts.execute("SELECT buyer_id FROM persons").fetchall()]
