"""Answering: kept page by page, anonymous, in either language, by people and by others."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from publicc.collective.models import Organization
from publicc.kernel.vocabulary import UserRole
from publicc.surveys.answering import actions, views
from publicc.surveys.answering.actions import answering
from publicc.surveys.invitations import signed
from publicc.surveys.models import Link, OptIn, Response, SpentInvitation, Survey
from publicc.surveys.pacing import Pace
from publicc.surveys.states import ResponseState
from publicc.web import assets

ICON = "static/web/icon.svg"
EMOJI = "Merveilleux 👩‍🎤🎭 שלום"


def begin(client: Client, link: Link, query: str = "?lang=fr", **posted: str) -> str:
    """The address of the first page of questions."""
    begun = client.post(f"/s/{link.code}/{query}", posted)
    assert begun.status_code == 302, begun.content
    return str(begun["Location"])


def token_of(address: str) -> str:
    return address.split("/")[3]


def answered(client: Client, address: str, answers: dict[str, object]) -> str:
    """Sends every page to the end; the address of the last one."""
    for _ in range(40):
        page = client.get(address)
        if page.status_code == 302:
            return str(page["Location"])
        names = set(re.findall(r'name="([^"]+)"', page.content.decode()))
        sent = client.post(address, {name: value for name, value in answers.items() if name in names})
        assert sent.status_code == 302, sent.content.decode()
        address = str(sent["Location"])
        if "/end/" in address:
            return address
    raise AssertionError("the questionnaire has no end")


def kept(link: Link, address: str) -> dict[str, object]:
    return answering(link, token_of(address)).answers


def test_somebody_answers_without_account_script_or_session(client: Client, link: Link) -> None:
    welcome = client.get(f"/s/{link.code}/")
    assert "Théâtre du Nord" in welcome.content.decode()
    address = begin(client, link)
    end = answered(client, address, {"core.nps.v1": "9", "core.motive.v1": ["artist", "place"], "core.open.v1": EMOJI,
                                     "core.place.v1": "h2x", "core.experience.v1/absorbed": "5"})  # fmt: skip
    assert "gardées" in client.get(end).content.decode()
    assert kept(link, address) == {
        "core.nps.v1": 9,
        "core.motive.v1": ["artist", "place"],
        "core.experience.v1": {"absorbed": "5"},
        "core.open.v1": EMOJI,
        "core.place.v1": "H2X",
    }
    assert "sessionid" not in client.cookies
    assert "csrftoken" not in client.cookies
    assert client.cookies["answered"].value == "1"


def test_a_page_that_was_sent_is_on_disk_before_the_next_is_shown(client: Client, link: Link) -> None:
    address = begin(client, link)
    client.post(address, {"core.nps.v1": "3"})
    assert kept(link, address)["core.nps.v1"] == 3
    assert Response.objects.get().state == ResponseState.BEGUN
    back = client.get(f"/s/{link.code}/{token_of(address)}/")
    assert "/2/" in back["Location"]


def every_row() -> Iterator[tuple[object, ...]]:
    """All that the control database holds, whichever it is."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            yield from cursor.fetchall()


def test_nothing_tells_who_answered_or_when(client: Client, link: Link) -> None:
    address = begin(client, link)
    answered(client, address, {"core.open.v1": "canari@exemple.ca"})
    client.get(f"/s/{link.code}/", REMOTE_ADDR="203.0.113.9")
    dump = "\n".join(map(str, every_row()))
    for trace in ("203.0.113.9", "canari@exemple.ca", "canari", token_of(address)):
        assert trace not in dump
    columns = {field.name for field in Response._meta.concrete_fields}
    assert columns == {"id", "token", "survey", "version", "link", "state", "day", "language", "seconds", "marks",
                       "is_kept", "words_erased", "answers"}  # fmt: skip


def test_a_contact_has_no_key_in_common_with_a_response(
    client: Client, director: Client, member_of: Callable[..., Client], theatre: Organization, link: Link
) -> None:
    answered(client, begin(client, link), {})
    sent = client.post(f"/s/{link.code}/contact/?lang=fr", {"email": "ada@exemple.ca", "wish": ["news", "spam"]})
    assert sent.status_code == 200
    optin, response = OptIn.objects.get(), Response.objects.get()
    assert optin.wishes == ["news"]
    assert optin.month.day == 1
    assert {field.name for field in OptIn._meta.concrete_fields} == {"id", "organization", "month", "wishes", "contact"}
    assert optin.pk != response.pk
    assert abs(optin.pk - response.pk) > 1
    file = director.get("/o/theatre-du-nord/surveys/contacts/").content.decode("utf-8-sig")
    assert "ada@exemple.ca;Recevoir l'infolettre;" in file.replace("\u2019", "'")
    assert member_of(theatre, UserRole.READER).get("/o/theatre-du-nord/surveys/contacts/").status_code == 403
    assert client.post(f"/s/{link.code}/contact/?lang=en", {"email": "ada"}).status_code == 400
    assert client.post(f"/s/{link.code}/contact/", {"email": "ada@exemple.ca"}).status_code == 400


def test_the_first_view_is_light(client: Client, link: Link) -> None:
    page = client.get(f"/s/{link.code}/")
    address = begin(client, link)
    questions = client.get(address)
    linked = re.findall(r'(?:href|src)="/static/([^"]+)"', page.content.decode())
    script = assets.WEB / "templates" / "components" / "questionnaire" / "questionnaire.js"
    files = len(assets.answering_sheet().encode()) + script.stat().st_size + (assets.WEB / ICON).stat().st_size
    assert len(linked) == 3
    assert max(len(page.content), len(questions.content)) + files < 60_000


def test_the_other_language_keeps_the_answers(client: Client, link: Link) -> None:
    address = begin(client, link)
    client.post(address, {"core.nps.v1": "7"})
    english = client.get(address.replace("lang=fr", "lang=en")).content.decode()
    assert "Your visit" in english
    assert re.search(r'value="7" checked', english)


def test_an_answer_that_is_not_offered_is_said_and_the_others_are_kept(client: Client, link: Link) -> None:
    address = begin(client, link)
    sent = client.post(address, {"core.nps.v1": "99", "core.overall.v1": "4"})
    assert sent.status_code == 400
    assert "À corriger" in sent.content.decode()
    assert kept(link, address) == {"core.overall.v1": "4", "core.experience.v1": {}}


def test_a_page_of_someone_else_s_link_or_of_no_one_is_not_found(client: Client, link: Link) -> None:
    address = begin(client, link)
    assert client.get("/s/nowhere/").status_code == 404
    assert client.get(f"/s/{link.code}/0123abc/1/").status_code == 404
    other = Link.objects.create(survey=link.survey, kind="SHOW", target="x", label="x")
    assert client.get(address.replace(link.code, other.code)).status_code == 404
    assert client.get(address.replace("/1/", "/99/")).status_code == 302


def test_a_survey_closed_while_being_answered_lets_that_person_finish(
    client: Client, director: Client, link: Link
) -> None:
    address = begin(client, link)
    director.post(f"/o/theatre-du-nord/surveys/{link.survey.key}/open/", {"open": "no"})
    assert client.get(f"/s/{link.code}/").status_code == 410
    assert client.post(f"/s/{link.code}/").status_code in {400, 410}
    assert "/end/" in answered(client, address, {"core.nps.v1": "8"})
    late = begin_open(director, client, link)
    row = Response.objects.exclude(state=ResponseState.DONE).get()
    Response.objects.filter(pk=row.pk).update(day=row.day - timedelta(days=2))
    assert client.post(late, {"core.nps.v1": "8"}).status_code == 410


def begin_open(director: Client, client: Client, link: Link) -> str:
    """A response begun while open; the survey closed again."""
    address = f"/o/theatre-du-nord/surveys/{link.survey.key}/open/"
    director.post(address, {"open": "yes"})
    begun = begin(client, link)
    director.post(address, {"open": "no"})
    return begun


def test_a_personal_link_answers_once(client: Client, link: Link) -> None:
    first, second = signed(link.survey, range(1, 3))
    answered(client, begin(client, link, f"?lang=fr&i={first}"), {"core.nps.v1": "8"})
    again = Client().get(f"/s/{link.code}/?i={first}")
    assert again.status_code == 410
    assert "déjà servi" in again.content.decode()
    assert Client().get(f"/s/{link.code}/?i={second}").status_code == 200
    assert SpentInvitation.objects.count() == 1
    assert not any("digest" in field.name or "invitation" in field.name for field in Response._meta.concrete_fields)


def test_one_that_is_answered_in_two_windows_at_once_is_set_apart(link: Link) -> None:
    (one,) = signed(link.survey, range(7, 8))
    windows = [Client(), Client()]
    addresses = [begin(window, link, f"?lang=fr&i={one}") for window in windows]
    for window, address in zip(windows, addresses, strict=True):
        answered(window, address, {"core.nps.v1": "8"})
    assert sorted(len(row.marks) for row in Response.objects.all()) == [0, 1]


@pytest.mark.parametrize("written", ["7-0000", "x", "7-", "-", "٧-abc", "99999999999-ab", "1-" + "a" * 80])
def test_a_false_invitation_is_an_ordinary_visit(client: Client, link: Link, written: str) -> None:
    answered(client, begin(client, link, f"?lang=fr&i={written}"), {})
    assert SpentInvitation.objects.count() == 0


def test_a_second_answer_from_a_device_is_kept_and_set_apart(client: Client, link: Link) -> None:
    client.get(answered(client, begin(client, link), {}))
    assert "déjà été envoyée" in client.get(f"/s/{link.code}/").content.decode()
    begin(client, link)
    assert sorted(row.marks for row in Response.objects.all()) == [[], ["AGAIN"]]


def test_a_kiosk_asks_everyone_and_comes_back_to_the_beginning(client: Client, link: Link) -> None:
    kiosk = Link.objects.create(survey=link.survey, kind="ORGANIZATION", label="Foyer", is_kiosk=True)
    for _ in range(2):
        end = answered(client, begin(client, kiosk), {})
        thanks = client.get(end)
        assert f'content="20;url=/s/{kiosk.code}/"' in thanks.content.decode()
        assert "answered" not in client.cookies
    assert [row.marks for row in Response.objects.all()] == [[], []]


def test_what_fills_the_hidden_field_is_set_apart(client: Client, link: Link) -> None:
    begin(client, link, website="http://spam.example")
    assert Response.objects.get().marks == ["TRAP"]
    client.post(f"/s/{link.code}/contact/", {"email": "a@b.ca", "wish": "news", "website": "x"})
    assert not OptIn.objects.exists()


def test_a_crowd_from_one_network_is_set_apart_then_asked_to_wait(
    client: Client, link: Link, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PACE", Pace())
    monkeypatch.setattr(views, "SUSPECT_ABOVE", 3)
    monkeypatch.setattr(views, "REFUSED_ABOVE", 5)
    for _ in range(5):
        begin(client, link)
    assert client.post(f"/s/{link.code}/?lang=fr").status_code == 429
    assert sorted(len(row.marks) for row in Response.objects.all()) == [0, 0, 0, 1, 1]


def test_counts_of_a_network_last_a_minute() -> None:
    pace = Pace()
    arrivals = [("a", 0.0), ("a", 59.0), ("b", 59.5), ("a", 60.0)]
    assert [pace.begun(address, now=now) for address, now in arrivals] == [1, 2, 1, 1]


def test_how_long_it_took_is_kept_and_not_when(client: Client, link: Link, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions.time, "time", lambda: 1_800_000_000.0)
    address = begin(client, link)
    monkeypatch.setattr(actions.time, "time", lambda: 1_800_000_095.0)
    answered(client, address, {})
    assert Response.objects.get().seconds == 95


def test_an_answer_goes_on_with_the_version_it_was_begun_with(
    client: Client, director: Client, survey: Survey, link: Link
) -> None:
    address = begin(client, link)
    base = f"/o/theatre-du-nord/surveys/{survey.key}/"
    director.post(f"{base}edit/", {"title_fr": "Autre", "title_en": "Other", "module": ["mod.price"]})
    director.post(f"{base}publish/")
    answered(client, address, {"core.nps.v1": "8"})
    assert Response.objects.get().version.number == 1
    assert [json.dumps(one.definition).count("mod.price") > 0 for one in survey.versions.all()] == [False, True]


def test_any_post_ends_in_an_answer_and_never_in_a_fault(
    client: Client, link: Link, member_of: Callable[..., Client]
) -> None:
    address = begin(client, link)
    for body in ({"core.nps.v1": ["1"] * 50}, {"x" * 5_000: "y"}, {"core.open.v1": "\x00" * 9_000}, {"go": "sideways"}):
        assert client.post(address, body).status_code < 500
    assert client.post(address, data=b"\xff\xfe{", content_type="application/json").status_code < 500
    assert client.put(address).status_code == 405
