"""Reports that make themselves again: asked for on the page, sent by a real mail server, opened, closed, kept."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from publicc.collective.models import Membership, Organization, TrailEntry
from publicc.intake.models import Deposit
from publicc.kernel.errors import Broken
from publicc.kernel.scope import OwnRows
from publicc.kernel.vocabulary import UserRole
from publicc.reports.letterhead import Letterhead
from publicc.reports.making import FORMS, document_of
from publicc.reports.models import Edition, Recipient, Schedule, Sending
from publicc.reports.recurring.archive import kept, read_back
from publicc.reports.recurring.sending import Done, run_due
from publicc.store.home import Home
from publicc.store.snapshots import forget_all
from tests.agreed import with_agreement
from tests.integration.dashboards.test_screens_by_address import browser_of, publish_world
from tests.mail import Kept, free_port, mail_at, post_office

PAGE = "/o/theatre/reports/recurring/"
ASKED = {
    "kind": "board",
    "show": "",
    "over": "CLOSED",
    "when": "MONTH-1",
    "hour": "7",
    "form": "pdf",
    "language": "fr",
    "emails": "direction@theatre.example",
    "opens": "ACCOUNT",
}
OPEN = ASKED | {"emails": "direction@theatre.example\nca@ailleurs.example", "opens": "14", "form": "csv"}
SEASON = {"season": ["2018-2019"]}


@pytest.fixture
def director(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Client:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    publish_world(tmp_path, "b" * 32)
    client = browser_of(UserRole.DIRECTOR)
    get_user_model().objects.update(email="direction@theatre.example")
    with_agreement(Organization.objects.get())
    return client


@pytest.fixture
def post() -> Iterator[Kept]:
    with post_office() as kept_messages:
        yield kept_messages


def come_due(schedule: Schedule, at: datetime = datetime(2019, 9, 1, 11, tzinfo=UTC)) -> None:
    Schedule.objects.filter(pk=schedule.pk).update(next_at=at)


def asked_for(director: Client, asked: dict[str, str] = ASKED) -> Schedule:
    answer = director.post(f"{PAGE}new/", asked)
    assert answer.status_code == 302, unescape(answer.content.decode())
    return Schedule.objects.order_by("-ran_at").first() or pytest.fail("nothing was kept")


def link_in(message: object, part: str = "/r/") -> str:
    found = re.search(rf"https://public\.example({part}\S+)", message.get_content())  # type: ignore[attr-defined]
    assert found
    return found[1]


def test_a_report_asked_for_once_leaves_each_time_as_a_link_and_never_as_figures(director: Client, post: Kept) -> None:
    schedule = asked_for(director, OPEN)
    assert "le 1er du mois" in unescape(director.get(PAGE).content.decode())
    now = timezone.now()
    assert run_due(now) == Done(0, 0, 0, 0)
    come_due(schedule)
    assert run_due(now) == Done(made=1, sent=2, refused=0, waiting=0)
    assert run_due(now) == Done(0, 0, 0, 0)
    schedule.refresh_from_db()
    assert schedule.next_at is not None
    assert schedule.next_at > now
    for message in post.messages:
        told = message.get_content()
        assert message["Auto-Submitted"] == "auto-generated"
        assert not message.is_multipart()
        assert "Une page pour le conseil" in told
        assert not re.search(r"[$%]", told)
    assert TrailEntry.objects.filter(action="send_report").count() == 2


def test_the_link_opens_without_an_account_until_it_is_closed(director: Client, post: Kept) -> None:
    come_due(asked_for(director, OPEN))
    run_due(timezone.now())
    stranger, link = Client(), link_in(post.messages[0])
    page = unescape(stranger.get(link).content.decode())
    assert "Théâtre du Nord" in page
    assert 'class="rail"' not in page
    file = stranger.get(f"{link}file/")
    assert file["Content-Disposition"].startswith('attachment; filename="theatre-board-')
    assert file["Cache-Control"] == "no-store"
    assert TrailEntry.objects.filter(action="open_sent_report", actor=None).count() == 1
    edition = Edition.objects.get()
    assert "ouvert le" in unescape(director.get(f"/o/theatre/reports/archive/{edition.pk}/").content.decode())
    assert stranger.get(f"/o/theatre/reports/archive/{edition.pk}/").status_code == 302
    assert director.post(f"/o/theatre/reports/archive/{edition.pk}/revoke/").status_code == 302
    for gone in (link, f"{link}file/", f"{link[:-3]}AA/", "/r/forged/"):
        assert stranger.get(gone).status_code == 404


def test_an_expired_link_opens_nothing_and_a_report_for_accounts_has_no_open_link(director: Client, post: Kept) -> None:
    come_due(asked_for(director, OPEN))
    run_due(timezone.now())
    link = link_in(post.messages[0])
    Sending.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(link).status_code == 404
    Sending.objects.update(expires_at=timezone.now() + timedelta(days=1))
    Schedule.objects.update(needs_account=True)
    assert Client().get(link).status_code == 404
    come_due(asked_for(director), datetime(2019, 10, 1, tzinfo=UTC))
    run_due(timezone.now())
    private = link_in(post.messages[-1], "/o/")
    assert Client().get(private).status_code == 302
    assert director.get(private).status_code == 200


def test_a_recipient_stops_it_in_one_click_and_is_not_written_to_again(director: Client, post: Kept) -> None:
    schedule = asked_for(director, OPEN)
    come_due(schedule)
    run_due(timezone.now())
    stop = str(post.messages[0]["List-Unsubscribe"]).strip(" <>").removeprefix("https://public.example")
    stranger = Client(enforce_csrf_checks=True)
    assert "Arrêter" in stranger.get(stop).content.decode()
    assert stranger.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    come_due(schedule, datetime(2019, 10, 1, tzinfo=UTC))
    assert run_due(timezone.now()).sent == 1
    assert post.messages[-1]["To"] == "direction@theatre.example"
    assert "ne plus le recevoir" in unescape(director.get(f"{PAGE}{schedule.pk}/").content.decode())


def test_an_address_that_refuses_is_told_to_who_asked_and_written_to_no_more(director: Client, post: Kept) -> None:
    schedule = asked_for(director, OPEN)
    post.refused.add("ca@ailleurs.example")
    for month in (1, 2, 3, 4):
        come_due(schedule, datetime(2020, month, 1, tzinfo=UTC))
        done = run_due(timezone.now())
        assert (done.sent, done.refused) == ((1, 1) if month < 4 else (1, 0))
    assert Recipient.objects.get(email="ca@ailleurs.example").refusals == 3
    told = [one for one in post.messages if "refuse" in str(one["Subject"])]
    assert len(told) == 3
    assert "ca@ailleurs.example" in told[0].get_content()
    assert f"{PAGE}{schedule.pk}/" in told[0].get_content()
    assert "rien n'y est plus envoyé" in unescape(director.get(PAGE).content.decode())


def test_a_mail_server_that_is_down_keeps_the_messages_for_the_next_run(director: Client, post: Kept) -> None:
    come_due(asked_for(director, OPEN))
    with mail_at(free_port()):
        assert run_due(timezone.now()) == Done(made=1, sent=0, refused=0, waiting=2)
    assert run_due(timezone.now()) == Done(made=0, sent=2, refused=0, waiting=0)
    Sending.objects.update(state=Sending.State.WAITING)
    assert run_due(timezone.now() + timedelta(days=4)) == Done(0, 0, 0, 0)
    assert set(Sending.objects.values_list("state", flat=True)) == {Sending.State.LATE}


def test_months_without_a_worker_are_one_report_and_not_many(director: Client, post: Kept) -> None:
    come_due(asked_for(director), datetime(2019, 1, 1, tzinfo=UTC))
    assert run_due(timezone.now()).made == 1
    assert Edition.objects.count() == 1


def test_last_year_s_report_is_the_same_bytes_when_its_data_are_gone(
    director: Client, post: Kept, tmp_path: Path
) -> None:
    come_due(asked_for(director))
    run_due(timezone.now())
    edition = Edition.objects.get()
    first = director.get(f"/o/theatre/reports/archive/{edition.pk}/pdf/").content
    Organization.objects.update(name="Autre nom")
    forget_all(Home(tmp_path))
    for cache in ("drawings", "screens"):
        caches[cache].clear()
    again = director.get(f"/o/theatre/reports/archive/{edition.pk}/pdf/")
    assert again["X-Same-Bytes"] == "yes"
    assert again.content == first
    for form in ("xlsx", "csv", "pptx"):
        assert director.get(f"/o/theatre/reports/archive/{edition.pk}/{form}/").status_code == 200
    assert director.get(f"/o/theatre/reports/archive/{edition.pk}/exe/").status_code == 404


def test_a_kept_report_is_read_back_whole(director: Client) -> None:
    look = Letterhead("#114477", b"\x89PNG")
    for kind in ("season", "territory", "funder"):
        document = document_of(OwnRows("theatre"), "Théâtre", kind, SEASON)
        assert read_back(kept(document, look)) == (document, look)
        assert kept(document, look) == kept(document, look)
        back = read_back(kept(document, look))[0]
        assert FORMS["csv"].write(back, look, "fr") == FORMS["csv"].write(document, look, "fr")
    for damaged in (b"", b"{}", kept(document, look)[:-9]):
        with pytest.raises(Broken):
            read_back(damaged)


def test_it_is_made_after_a_deposit_that_was_accepted_and_once(director: Client, post: Kept) -> None:
    asked_for(director, ASKED | {"when": "DEPOSIT"})
    now = timezone.now() + timedelta(hours=1)
    assert run_due(now).made == 0
    organization = Organization.objects.get()
    Deposit.objects.create(organization=organization, state="ACCEPTED", finished_at=now - timedelta(minutes=10))
    assert run_due(now) == Done(made=1, sent=1, refused=0, waiting=0)
    assert run_due(now + timedelta(hours=1)).made == 0


def test_a_right_that_was_lost_makes_nothing_and_says_so_until_someone_takes_it_over(
    director: Client, post: Kept
) -> None:
    schedule = asked_for(director)
    boss = browser_of(UserRole.STEWARD)
    Membership.objects.filter(role=UserRole.DIRECTOR.value).update(role=UserRole.READER.value)
    come_due(schedule)
    assert run_due(timezone.now()) == Done(0, 0, 0, 0)
    assert "Votre rôle ne permet pas de télécharger" in unescape(boss.get(PAGE).content.decode())
    assert boss.post(f"{PAGE}{schedule.pk}/pause/").status_code == 302
    come_due(schedule)
    assert run_due(timezone.now()) == Done(0, 0, 0, 0)
    assert boss.post(f"{PAGE}{schedule.pk}/resume/").status_code == 302
    come_due(schedule)
    assert run_due(timezone.now()).made == 1


def test_before_any_data_the_reason_is_kept_and_the_next_time_waited_for(
    director: Client, post: Kept, tmp_path: Path
) -> None:
    schedule = asked_for(director)
    forget_all(Home(tmp_path))
    come_due(schedule)
    assert run_due(timezone.now()) == Done(0, 0, 0, 0)
    schedule.refresh_from_db()
    assert schedule.problem["fr"].startswith("Aucune donnée n'a encore été harmonisée.")
    assert schedule.next_at is not None


def test_what_was_removed_is_put_back_and_what_is_asked_now_is_made_now(director: Client, post: Kept) -> None:
    schedule = asked_for(director)
    assert "Le rétablir" in director.post(f"{PAGE}{schedule.pk}/remove/").content.decode()
    come_due(schedule)
    assert run_due(timezone.now()).made == 0
    assert director.post(f"{PAGE}{schedule.pk}/run/").status_code == 404
    assert director.post(f"{PAGE}{schedule.pk}/restore/").status_code == 302
    assert director.post(f"{PAGE}{schedule.pk}/run/").status_code == 302
    assert run_due(timezone.now()).sent == 1
    assert director.post(f"{PAGE}{schedule.pk}/", ASKED | {"when": "WEEK-5"}).status_code == 302
    assert "chaque vendredi" in unescape(director.get(PAGE).content.decode())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"emails": "pas une adresse"}, "Ce courriel n'en est pas un."),
        ({"emails": ""}, "Écrire au moins une adresse."),
        ({"emails": "x@ailleurs.example"}, "choisir un lien qui s'ouvre sans compte"),
        ({"emails": "\n".join(f"p{n}@a.example" for n in range(31)), "opens": "7"}, "de 1 à 30 destinataires"),
        ({"when": "MONTH-99"}, "Choisir dans la liste."),
        ({"hour": "25"}, "Choisir dans la liste."),
        ({"kind": "show"}, "Ce rapport raconte un seul spectacle."),
        ({"opens": "3650"}, "Choisir dans la liste."),
    ],
)
def test_what_cannot_be_used_is_said_beside_the_form(director: Client, change: dict[str, str], said: str) -> None:
    answer = director.post(f"{PAGE}new/", ASKED | change)
    assert answer.status_code == 400
    assert said in unescape(answer.content.decode())
    assert not Schedule.objects.exists()


def test_a_reader_asks_for_nothing_and_an_analyst_sends_no_open_link(director: Client) -> None:
    reader = browser_of(UserRole.READER)
    assert reader.get(PAGE).status_code == 200
    assert reader.get(f"{PAGE}new/").status_code == 403
    assert browser_of(UserRole.ANALYST).post(f"{PAGE}new/", OPEN).status_code == 400
