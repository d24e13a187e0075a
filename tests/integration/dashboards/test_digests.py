"""Alerts by e-mail, received by a real mail server: who asked, in their language, what is theirs, and no more."""

from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from publicc.collective.models import Membership, Organization
from publicc.dashboards.alerts import alerts_of
from publicc.dashboards.digests import Sent, send_digests, stop_token
from publicc.dashboards.models import DigestChoice
from publicc.kernel.scope import OwnRows
from publicc.kernel.vocabulary import UserRole
from tests.integration.dashboards.test_screens_by_address import browser_of, publish_world
from tests.mail import Kept, free_port, mail_at, post_office
from tests.unit.dashboards.test_pace_and_prices import WORLD

TODAY = WORLD.as_of


@pytest.fixture
def post() -> Iterator[Kept]:
    with post_office() as kept:
        yield kept


@pytest.fixture
def director(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Client:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    publish_world(tmp_path, "b" * 32, world=WORLD)
    client = browser_of(UserRole.DIRECTOR)
    get_user_model().objects.update(email="direction@theatre.example")
    return client


def test_a_show_under_its_band_is_an_alert_on_the_page_and_in_the_digest(director: Client, post: Kept) -> None:
    assert [one.route for one in alerts_of(OwnRows("theatre"))] == ["pace"]
    page = unescape(director.get("/o/theatre/alerts/").content.decode())
    assert "1\u00a0représentation se vend moins vite que d'habitude." in page
    assert director.post("/o/theatre/alerts/", {"every": "DAY"}).status_code == 302
    assert send_digests(TODAY) == Sent(sent=1, quiet=0, failed=0)
    (message,) = post.messages
    assert message["To"] == "direction@theatre.example"
    assert str(message["Subject"]).strip() == "Théâtre du Nord\u00a0: ce qui demande votre attention"
    told = message.get_content()
    assert "Tosca, 20 novembre 2018, dans 10\u00a0jours\u00a0: 20\u00a0% vendu" in told
    assert "https://public.example/o/theatre/pace/" in told


def test_a_digest_leaves_as_often_as_it_was_asked_and_in_the_language_it_was_asked_in(
    director: Client, post: Kept
) -> None:
    director.cookies["language"] = "en-ca"
    director.post("/o/theatre/alerts/", {"every": "WEEK"})
    sent = [send_digests(TODAY + timedelta(days)).sent for days in (0, 0, 1, 6, 7)]
    assert sent == [1, 0, 0, 0, 1]
    assert "1\u00a0performance sells slower than usual." in post.messages[0].get_content()


def test_nothing_is_sent_to_who_left_who_stopped_or_when_nothing_needs_them(director: Client, post: Kept) -> None:
    director.post("/o/theatre/alerts/", {"every": "DAY"})
    user = get_user_model().objects.get()
    opera = Organization.objects.create(slug="opera", name="Opéra")
    Membership.objects.create(user=user, organization=opera, role="READER")
    DigestChoice.objects.create(person=user, organization=opera, every="DAY")
    Membership.objects.filter(organization__slug="theatre").delete()
    assert send_digests(TODAY) == Sent(sent=0, quiet=1, failed=0)
    assert post.messages == []


def test_a_digest_is_stopped_from_the_e_mail_without_signing_in(director: Client, post: Kept) -> None:
    director.post("/o/theatre/alerts/", {"every": "DAY"})
    send_digests(TODAY)
    stop = str(post.messages[0]["List-Unsubscribe"]).strip(" <>").removeprefix("https://public.example")
    stranger = Client(enforce_csrf_checks=True)
    assert "Arrêter" in stranger.get(stop).content.decode()
    assert DigestChoice.objects.get().every == "DAY"
    assert stranger.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert DigestChoice.objects.get().every == "NEVER"
    assert stranger.get("/alerts/stop/forged/").status_code == 404
    gone = stop_token(DigestChoice.objects.get())
    DigestChoice.objects.all().delete()
    assert stranger.get(f"/alerts/stop/{gone}/").status_code == 404


def test_a_mail_server_that_is_down_keeps_the_digest_for_the_next_time(director: Client) -> None:
    director.post("/o/theatre/alerts/", {"every": "DAY"})
    with mail_at(free_port()):
        assert send_digests(TODAY) == Sent(sent=0, quiet=0, failed=1)
    assert DigestChoice.objects.get().last_sent_on is None


def test_a_frequency_that_does_not_exist_is_refused(director: Client) -> None:
    assert director.post("/o/theatre/alerts/", {"every": "HOUR"}).status_code == 400
