"""Webhooks told to a real server, signed, once, never inside a network; a calendar by its secret address."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from publicc.api.hooks.guard import check_address, target_of
from publicc.api.hooks.happenings import Kind
from publicc.api.hooks.telling import WAITS, emit, run_due
from publicc.api.models import Delivery, Feed, Hook, Token
from publicc.client import NotOurs, check_received
from publicc.collective.access import Visitor
from publicc.collective.models import Membership, Organization
from publicc.collective.trail import record
from publicc.directory.dates.actions import enter
from publicc.directory.dates.openness import Openness
from publicc.directory.dates.reading import read_plans
from publicc.intake.models import Deposit
from publicc.kernel.errors import BadInput
from publicc.kernel.vocabulary import UserRole
from tests.integration.api.conftest import Program

PAGE = "/o/theatre/connections/"


class Listener:
    """A server that keeps what it is told, and answers the statuses it is given."""

    def __init__(self) -> None:
        self.told: list[tuple[dict[str, str], bytes]] = []
        self.statuses: list[int] = []
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                listener.told.append((dict(self.headers), body))
                self.send_response(listener.statuses.pop(0) if listener.statuses else 204)
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.end_headers()

            def log_message(self, *words: object) -> None:  # noqa: ARG002 - says nothing
                return

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/public-c"


@pytest.fixture
def listener(settings: object) -> Iterator[Listener]:
    settings.WEBHOOKS_INSIDE = True  # type: ignore[attr-defined]
    made = Listener()
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


@pytest.fixture
def director(theatre: Organization, program: Program) -> Client:
    program(theatre)
    client = Client()
    client.force_login(Token.objects.get().owner)
    return client


def shown_secret(page: bytes) -> str:
    return page.decode().partition('class="secret">')[2].partition("<")[0]


def told_of(director: Client, listener: Listener, *kinds: str) -> str:
    answer = director.post(f"{PAGE}webhooks/", {"address": listener.address, "kinds": list(kinds) or list(Kind)})
    assert answer.status_code == 200, unescape(answer.content.decode())
    return shown_secret(answer.content)


def test_what_happens_is_told_signed_and_once(
    director: Client, listener: Listener, theatre: Organization, opera: Organization
) -> None:
    secret = told_of(director, listener)
    now = timezone.now()
    deposit = Deposit.objects.create(organization=theatre, state="ACCEPTED", finished_at=now)
    Deposit.objects.create(organization=opera, state="ACCEPTED", finished_at=now)
    record(action="publish_release", actor=None, organization=None, object_id="a1b2")
    soon = now + timedelta(minutes=1)
    assert run_due(soon)["DONE"] == 2
    assert run_due(soon)["DONE"] == 0
    bodies = {json.loads(body)["kind"]: json.loads(body) for _, body in listener.told}
    assert bodies["deposit.done"]["subject"] == str(deposit.pk)
    assert bodies["release.published"]["organization"] == "theatre"
    headers, body = listener.told[0]
    seen = {check_received(secret, headers, body, now=soon.timestamp())}
    for changed, at, numbers in (
        (body + b" ", soon, set()),
        (body, soon + timedelta(minutes=6), set()),
        (body, soon, seen),
    ):
        with pytest.raises(NotOurs):
            check_received(secret, headers, changed, now=at.timestamp(), seen=numbers)
    with pytest.raises(NotOurs):
        check_received("whsec_other", headers, body, now=soon.timestamp())
    with pytest.raises(NotOurs):
        check_received(secret, {}, body, now=soon.timestamp())
    assert secret not in director.get(PAGE).content.decode()


def test_an_address_in_trouble_is_told_later_and_later_then_given_up(
    director: Client, listener: Listener, theatre: Organization
) -> None:
    told_of(director, listener, "request.received")
    at = timezone.now() + timedelta(seconds=1)
    assert emit(Kind.REQUEST, theatre, "17", at) == 1
    assert emit(Kind.REQUEST, theatre, "17", at) == 0
    assert emit(Kind.DEPOSIT, theatre, "18", at) == 0
    listener.statuses = [500, 302, 404, 500, 500, 500, 500]
    for wait in WAITS:
        assert run_due(at)["WAITING"] == 1
        assert run_due(at)["WAITING"] == 0
        at += wait
    assert run_due(at)["GIVEN_UP"] == 1
    assert len(listener.told) == 7
    assert "abandonné" in unescape(director.get(PAGE).content.decode())


def test_nothing_is_told_once_removed_or_once_its_person_left(
    director: Client, listener: Listener, theatre: Organization
) -> None:
    told_of(director, listener)
    hook, at = Hook.objects.get(), timezone.now() + timedelta(seconds=1)
    emit(Kind.DEPOSIT, theatre, "1", at)
    place = Membership.objects.get(user=hook.author)
    Membership.objects.all().delete()
    assert run_due(at) == {"WAITING": 0, "DONE": 0, "GIVEN_UP": 0}
    place.save()
    assert director.post(f"{PAGE}webhooks/{hook.pk}/remove/").status_code == 302
    assert director.post(f"{PAGE}webhooks/{hook.pk}/remove/").status_code == 404
    assert run_due(at) == {"WAITING": 0, "DONE": 0, "GIVEN_UP": 0}
    assert listener.told == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ftp://example.org/x",
        "http://example.org/x",
        "https://user:word@example.org/",
        "https://example.org:22/",
        "https://example.org:99999/",
        "https://127.0.0.1/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[fd00::1]/",
        "https://0.0.0.0/",
        "https://100.64.0.1/",
        "https://[",
        f"https://example.org/{'x' * 500}",
    ],
)
def test_an_address_that_is_none_or_inside_a_network_is_refused(address: str) -> None:
    with pytest.raises(BadInput):
        check_address(address)


@pytest.mark.parametrize("name", ["localhost", "2130706433", "0x7f000001", "127.1"])
def test_a_name_that_leads_inside_is_refused_when_it_is_called(name: str) -> None:
    with pytest.raises(BadInput):
        target_of(f"https://{name}/")


def test_an_address_outside_is_called_by_the_number_that_was_looked_at() -> None:
    target = target_of("https://93.184.216.34:8443/a?b=c")
    assert target.url == "https://93.184.216.34:8443/a?b=c"


def test_a_reader_asks_for_nothing_and_what_means_nothing_is_said(
    director: Client, theatre: Organization, program: Program
) -> None:
    for given in ({"address": "https://example.org"}, {"address": "https://10.0.0.1", "kinds": "deposit.done"}):
        assert director.post(f"{PAGE}webhooks/", given).status_code == 400
    Membership.objects.update(role=UserRole.READER.value)
    assert (
        director.post(f"{PAGE}webhooks/", {"address": "https://example.org", "kinds": "deposit.done"}).status_code
        == 403
    )
    assert director.post(f"{PAGE}calendar/").status_code == 403


def test_a_calendar_is_read_at_its_secret_address_until_it_is_closed(
    director: Client, theatre: Organization, secret_of: Callable[..., tuple[Token, str]]
) -> None:
    plans = read_plans(
        f"date,titre\n{timezone.localdate() + timedelta(9)},La Marée\n".encode(),
        Openness.HELD,
        theatre.time_zone,
    )
    enter(who=Visitor(theatre, UserRole.DIRECTOR), by=AnonymousUser(), plans=plans)
    address = shown_secret(director.post(f"{PAGE}calendar/", {"deed": "open"}).content)
    path = address.partition("://")[2].partition("/")[2]
    anyone = Client()
    answer = anyone.get(f"/{path}")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "La Marée" in answer.content.decode()
    assert path.removeprefix("ical/").removesuffix(".ics") not in str(Feed.objects.values())
    assert path not in director.get(PAGE).content.decode()
    again = (
        shown_secret(director.post(f"{PAGE}calendar/", {"deed": "open"}).content).partition("://")[2].partition("/")[2]
    )
    assert anyone.get(f"/{path}").status_code == 404
    assert anyone.get(f"/{again}").status_code == 200
    place = Membership.objects.get(organization=theatre)
    Membership.objects.update(role=UserRole.READER.value)
    assert anyone.get(f"/{again}").status_code == 404
    place.save()
    assert director.post(f"{PAGE}calendar/", {"deed": "close"}).status_code == 302
    assert anyone.get(f"/{again}").status_code == 404
    assert Delivery.objects.count() == 0


def test_ten_thousand_tokens_leave_the_page_short_with_the_good_ones_on_it(director: Client) -> None:
    token = Token.objects.get()
    old = timezone.now() - timedelta(days=400)
    Token.objects.bulk_create(
        Token(organization=token.organization, owner=token.owner, name=f"n{n}", digest="0" * 64, expires_at=old)
        for n in range(10_000)
    )
    page = director.get("/o/theatre/tokens/").content.decode()
    assert token.name in page
    assert page.count("<tr>") < 250
