"""The page *Fiches à réviser*: who sees what, what an answer does, and that each look is in the trail."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from publicc.collective.models import Organization, TrailEntry
from publicc.collective.trail import SAW
from publicc.harmonise.people import CIRCLE
from publicc.harmonise.review import book
from publicc.harmonise.review.evidence import Degree, FieldEvidence, evidence_json
from publicc.kernel.vocabulary import UserRole
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.vaults import open_vault
from tests.drawn_vaults import fill

ROOT = "/o/theatre-du-nord/review/"
CUSTOMERS = """
    customer_key | title | first_name | last_name | full_name      | address    | phone
    -------------+-------+------------+-----------+----------------+------------+-------------
    1            | M.    | Marc       | Bellerose | Marc Bellerose | 3 rue Nord | 450 662 2222
    2            | -     | M          | Bellerose | -              | 3 rue Nord | -
    3            | -     | Marie      | Bellerose | -              | -          | -
"""
TICKETS = """
    order_key | customer_key | ordered_on
    ----------+--------------+-----------
    A         | 1            | 2019-01-03
    B         | 2            | 2019-01-04
    C         | 2            | 2019-03-05
"""
EVIDENCE = evidence_json(
    (
        FieldEvidence("given_name", Degree.NEAR, "initials", None, 2.5),
        FieldEvidence("surname", Degree.AGREE, "exact", 9, 8.0),
        FieldEvidence("phone", Degree.ABSENT, "absent", None, 0.0),
    )
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    found = Home.from_environment()
    fill(found, "theatre-du-nord", customers=CUSTOMERS, tickets=TICKETS)
    ask(
        found,
        "theatre-du-nord",
        ("heavy", "1", "theatre-du-nord", "2", 2.0),
        ("light", "1", "theatre-du-nord", "3", 1.0),
    )
    return found


def ask(home: Home, holder: str, *pairs: tuple[str, str, str, str, float]) -> None:
    """Pairs of a customer of the theatre and one of an organization, in the vault that holds them."""
    with open_vault(home, KeyRing.open(home), holder) as vault:
        book.open_book(vault)
        for name, left, organization, right, weight in pairs:
            vault.execute(
                """INSERT INTO review_pairs
                VALUES (?, 'theatre-du-nord', 'box', ?, ?, 'box', ?, 0.4, false, 'APART', ?, ?)""",
                [name, left, organization, right, weight, EVIDENCE],
            )


Members = Callable[..., Client]


def trail() -> list[tuple[str, str, str]]:
    return [
        (entry.action, entry.object_id, str(entry.organization and entry.organization.slug))
        for entry in TrailEntry.objects.exclude(action__in=(SAW, "sign_agreement")).order_by("id")
    ]


def test_the_steward_sees_both_records_and_the_trail_knows(
    home: Home, theatre: Organization, member_of: Members
) -> None:
    page = member_of(theatre, UserRole.STEWARD).get(ROOT, headers={"accept-language": "en"})
    said = page.content.decode()
    for told in ("Is this the same person?", "Marc", "450 662 2222", "Initials that fit", "1 person in 512", "40%"):
        assert told in said
    assert "orders: 2, " in said
    assert trail() == [("view_identities", "heavy", "theatre-du-nord")]


@pytest.mark.parametrize("role", [UserRole.DIRECTOR, UserRole.ANALYST, UserRole.READER])
def test_other_roles_see_nothing_and_are_told_why(
    home: Home, theatre: Organization, member_of: Members, role: UserRole
) -> None:
    client = member_of(theatre, role)
    for answer in (
        client.get(ROOT),
        client.post(f"{ROOT}heavy/answer/", {"answer": "SAME"}),
        client.post(f"{ROOT}undo/"),
    ):
        assert answer.status_code == 403
        assert b"Bellerose" not in answer.content
    assert b"/review/" not in client.get("/o/theatre-du-nord/deposit/").content
    assert trail() == []


def test_the_hub_judges_pairs_of_two_organizations_without_a_name(
    home: Home, theatre: Organization, opera: Organization, member_of: Members
) -> None:
    ask(home, CIRCLE, ("across", "1", "opera-des-rives", "9", 1.0))
    client = member_of(theatre, UserRole.OPERATOR)
    said = client.get(ROOT).content.decode()
    assert "Est-ce la même personne" in said
    for identity in ("Marc", "Bellerose", "450 662 2222", "rue Nord"):
        assert identity not in said
    assert client.get(f"{ROOT}heavy/").status_code == 404
    client.post(f"{ROOT}across/answer/", {"answer": "SAME"})
    looks, answers = {"view_evidence"}, {"answer_pair"}
    both = {"theatre-du-nord", "opera-des-rives"}
    assert {(a, o) for a, _, o in trail()} == {(a, o) for a in looks | answers for o in both}


def test_an_answer_leads_to_the_next_pair_and_an_undo_back(
    home: Home, theatre: Organization, member_of: Members
) -> None:
    client = member_of(theatre, UserRole.STEWARD)
    assert client.post(f"{ROOT}heavy/answer/", {"answer": "DIFFERENT", "skip": "0"})["Location"] == ROOT
    assert b"light/answer/" in client.get(ROOT).content
    client.post(f"{ROOT}light/answer/", {"answer": "UNSURE"})
    said = client.get(ROOT, headers={"accept-language": "en"}).content.decode()
    assert "Nothing to review" in said
    assert client.post(f"{ROOT}undo/")["Location"] == f"{ROOT}light/"
    assert client.get(f"{ROOT}light/").status_code == 200
    client.post(f"{ROOT}undo/")
    assert client.post(f"{ROOT}undo/")["Location"] == ROOT
    assert TrailEntry.objects.filter(action="answer_pair").values_list("outcome", flat=True)[::1] == [
        "unsure",
        "different",
    ]


def test_a_pair_may_be_passed_over(home: Home, theatre: Organization, member_of: Members) -> None:
    client = member_of(theatre, UserRole.STEWARD)
    assert b"light/answer/" in client.get(f"{ROOT}?skip=1").content
    assert b"heavy/answer/" in client.get(f"{ROOT}?skip=nonsense").content
    assert client.post(f"{ROOT}light/answer/", {"answer": "SAME", "skip": "1"})["Location"] == f"{ROOT}?skip=1"


def test_an_answer_that_does_not_exist_is_refused(home: Home, theatre: Organization, member_of: Members) -> None:
    assert member_of(theatre, UserRole.STEWARD).post(f"{ROOT}heavy/answer/", {"answer": "MAYBE"}).status_code == 400


def test_before_any_deposit_the_page_says_there_is_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theatre: Organization, member_of: Members
) -> None:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    steward = member_of(theatre, UserRole.STEWARD)
    assert "Rien à réviser" in steward.get(ROOT).content.decode()
    assert steward.get(f"{ROOT}sensitivity/").status_code == 200
