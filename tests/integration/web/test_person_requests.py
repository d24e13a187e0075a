"""The pages *Demandes des personnes*: written down, found, answered, settled, closed; what is told and what is not."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from publicc.collective.models import Organization, PersonRequest, TrailEntry
from publicc.collective.person_reminders import remind
from publicc.kernel.vocabulary import UserRole
from publicc.store.home import Home
from tests.drawn_vaults import fill

ROOT = "/o/theatre-du-nord/requests/"
CUSTOMERS = """
    customer_key | first_name | last_name | city  | email
    -------------+------------+-----------+-------+------------------
    1            | Marc       | Bellerose | Laval | marc@exemple.ca
    2            | Ada        | Roy       | Laval | =ada@exemple.ca
"""
TICKETS = """
    order_key | customer_key | performance_key
    ----------+--------------+----------------
    A         | 1            | E1
    B         | 2            | E1
"""
SHOWS = """
    performance_key | title
    ----------------+-------
    E1              | Hamlet
"""
WHO = {"name": "Ada Roy", "contact": "ada@exemple.ca", "words": "Tout.", "verified": "ACCOUNT"}


@pytest.fixture
def steward(
    theatre: Organization, member_of: Callable[..., Client], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Client:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    fill(Home.from_environment(), "theatre-du-nord", customers=CUSTOMERS, tickets=TICKETS, performances=SHOWS)
    return member_of(theatre, UserRole.STEWARD)


def written(steward: Client, kind: str, **given: str) -> PersonRequest:
    day = timezone.localdate().isoformat()
    answer = steward.post(ROOT, {"kind": kind, "received_on": day, **WHO, **given})
    assert answer.status_code == 302, answer.content.decode()
    return PersonRequest.objects.get(pk=answer["Location"].rstrip("/").rpartition("/")[2])


def with_records(steward: Client, one: PersonRequest) -> str:
    """The mark of the record found and chosen for the request."""
    page = steward.post(f"{ROOT}{one.pk}/search/", {"name": "roy ada"}).content.decode()
    assert page.count('name="mark"') == 1
    mark = page.partition('name="mark" value="')[2].partition('"')[0]
    steward.post(f"{ROOT}{one.pk}/choose/", {"mark": [mark]})
    return mark


def test_a_person_has_their_data_in_plain_words_and_in_open_forms(steward: Client) -> None:
    one = written(steward, "ACCESS")
    with_records(steward, one)
    page = steward.get(f"{ROOT}{one.pk}/").content.decode()
    assert "30\N{NO-BREAK SPACE}jours" in page or "30 jours" in page
    assert "Ada Roy" in page
    pdf = steward.get(f"{ROOT}{one.pk}/answer.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert one.number in pdf["Content-Disposition"]
    table = steward.get(f"{ROOT}{one.pk}/answer.csv").content.decode("utf-8-sig")
    assert "Hamlet" in table
    assert "'=ada@exemple.ca" in table, "no formula leaves"
    assert "Bellerose" not in table
    told = json.loads(steward.get(f"{ROOT}{one.pk}/answer.json").content)
    assert told["records"][0]["purchases"][0]["title"] == "Hamlet"
    assert steward.get(f"{ROOT}{one.pk}/answer.xml").status_code == 404
    steward.post(f"{ROOT}{one.pk}/close/", {"outcome": "ANSWERED"})
    one.refresh_from_db()
    assert one.outcome == "ANSWERED"
    steward.post(f"{ROOT}{one.pk}/search/", {"name": "roy"})
    deeds = list(TrailEntry.objects.filter(object_id=one.number).order_by("id").values_list("action", flat=True))
    assert deeds == [
        "register_request", "search_person", "choose_records", "answer_person", "answer_person", "answer_person",
        "close_request",
    ], "a closed request searches no more"  # fmt: skip


def test_a_deletion_is_done_before_it_is_answered_and_nothing_kept_names_the_person(steward: Client) -> None:
    one = written(steward, "DELETION")
    steward.post(f"{ROOT}{one.pk}/settle/")
    with_records(steward, one)
    steward.post(f"{ROOT}{one.pk}/close/", {"outcome": "ANSWERED"})
    one.refresh_from_db()
    assert one.is_open, "what is asked is not done yet"
    steward.post(f"{ROOT}{one.pk}/settle/")
    steward.post(f"{ROOT}{one.pk}/close/", {"outcome": "ANSWERED"})
    one.refresh_from_db()
    assert not one.is_open
    assert (one.done[0]["records"], one.done[0]["customers"], one.done[0]["tickets"]) == (1, 1, 1)
    kept = f"{list(PersonRequest.objects.values())}{list(TrailEntry.objects.values())}"
    assert "Roy" not in kept
    assert "exemple.ca" not in kept
    again = written(steward, "ACCESS")
    page = steward.post(f"{ROOT}{again.pk}/search/", {"email": "=ada@exemple.ca"}).content.decode()
    assert "Rien ne concorde" in page


def test_a_rectification_changes_what_was_changed_only(steward: Client) -> None:
    one = written(steward, "RECTIFICATION")
    mark = with_records(steward, one)
    page = steward.post(f"{ROOT}{one.pk}/chosen/").content.decode()
    assert f'name="{mark}:city" value="Laval"' in page
    same = {f"{mark}:first_name": "Ada", f"was-{mark}:first_name": "Ada"}
    steward.post(f"{ROOT}{one.pk}/settle/", same)
    one.refresh_from_db()
    assert one.done == []
    steward.post(f"{ROOT}{one.pk}/settle/", {**same, f"{mark}:city": "Québec", f"was-{mark}:city": "Laval"})
    assert 'value="Québec"' in steward.post(f"{ROOT}{one.pk}/chosen/").content.decode()


def test_what_is_missing_or_wrong_is_said(steward: Client) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert "pas encore venu" in steward.post(ROOT, {"kind": "ACCESS", "received_on": tomorrow, **WHO}).content.decode()
    one = written(steward, "WITHDRAWAL")
    assert one.number.endswith("-001")
    page = steward.post(f"{ROOT}{one.pk}/search/", {"postal_code": "H2X"})
    assert page.status_code == 400
    assert "Il manque de quoi" in page.content.decode()
    steward.post(f"{ROOT}{one.pk}/choose/", {"mark": ["0" * 30]})
    steward.post(f"{ROOT}{one.pk}/close/", {"outcome": "REFUSED"})
    one.refresh_from_db()
    assert one.marks == []
    assert one.is_open, "a refusal gives its reason"


def test_days_left_are_told_by_e_mail_once_each_and_to_the_hub_as_a_clock(
    steward: Client, seated_as: Callable[[UserRole], Client]
) -> None:
    one = written(steward, "ACCESS")
    due = one.clock.due_on
    assert [remind(due - timedelta(days=left)) for left in (11, 10, 9, 5, 1, 0, -1, -2)] == [0, 1, 0, 1, 1, 0, 1, 0]
    assert one.number in mail.outbox[0].subject
    assert "Roy" not in mail.outbox[0].subject + str(mail.outbox[0].body)
    page = seated_as(UserRole.OPERATOR).get("/hub/requests/").content.decode()
    assert one.number in page
    assert "Ada" not in page


def test_a_search_that_fits_a_crowd_shows_nobody(steward: Client) -> None:
    many = "customer_key | first_name | last_name\n---+---+---\n"
    many += "\n".join(f"r{at} | Ada{at} | Roy" for at in range(26))
    fill(Home.from_environment(), "theatre-du-nord", customers=many, tickets=TICKETS, performances=SHOWS)
    one = written(steward, "ACCESS")
    answer = steward.post(f"{ROOT}{one.pk}/search/", {"name": "roy"})
    assert answer.status_code == 400
    assert "Trop de fiches concordent" in answer.content.decode()
    assert "Ada1" not in answer.content.decode()


def test_readers_and_analysts_do_not_find_the_page(theatre: Organization, member_of: Callable[..., Client]) -> None:
    for role in (UserRole.READER, UserRole.ANALYST):
        assert member_of(theatre, role).get(ROOT).status_code == 404
