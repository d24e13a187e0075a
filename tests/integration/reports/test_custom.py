"""Reports that someone composes: blocks chosen, ordered, written between, previewed, shared, taken, sent."""

import io
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from pptx import Presentation

from publicc.collective.models import Membership, Organization, TrailEntry
from publicc.dashboards.models import SavedView
from publicc.dashboards.showing import show
from publicc.kernel.scope import OwnRows
from publicc.kernel.vocabulary import UserRole
from publicc.reports.custom.making import composed
from publicc.reports.letterhead import PLAIN
from publicc.reports.making import FORMS
from publicc.reports.models import CustomReport, Edition
from publicc.reports.recurring.archive import kept, read_back
from publicc.reports.recurring.sending import run_due
from tests.agreed import with_agreement
from tests.integration.dashboards.test_screens_by_address import browser_of, publish_world
from tests.integration.reports.test_reports import words_of

PAGE = "/o/theatre/reports/custom/"
WORDS = '# Pour le comité\n\nUne **bonne** saison. =HYPERLINK("https://elsewhere.example")\n\n- un\n- deux'
SEASON = {"season": ["2018-2019"]}


@pytest.fixture
def director(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Client:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    publish_world(tmp_path, "b" * 32)
    client = browser_of(UserRole.DIRECTOR)
    get_user_model().objects.update(email="direction@theatre.example")
    with_agreement(Organization.objects.get())
    return client


def begun(client: Client, name: str = "Comité de mai") -> CustomReport:
    assert client.post(PAGE, {"name": name}).status_code == 302
    return CustomReport.objects.get(name=name)


def did(client: Client, report: CustomReport, **deed: object) -> CustomReport:
    answer = client.post(f"{PAGE}{report.pk}/", deed)
    assert answer.status_code == 302, unescape(answer.content.decode())
    report.refresh_from_db()
    return report


def composed_by(client: Client) -> CustomReport:
    report = begun(client)
    did(client, report, deed="settle", name="Comité de mai", over="2018-2019", with_before="on")
    did(client, report, deed="words", words=WORDS)
    did(client, report, deed="add", **{"from": "season", "part": ["answer", "tiles", "chart:curve"]})
    return did(client, report, deed="add", **{"from": "prices", "part": ["answer"]})


def labels(report: CustomReport) -> list[str]:
    return [one["part"].partition("\n")[0] for one in report.blocks]


def test_a_composed_report_holds_the_very_cells_of_the_screens_in_the_order_chosen(director: Client) -> None:
    report = composed_by(director)
    document = composed(report)
    screen = show(OwnRows("theatre"), "season", SEASON).screen
    words, answer, tiles, curve, prices = document.chapters
    assert [one.kind for one in words.prose] == ["heading", "paragraph", "item", "item"]
    assert answer.answer == screen.answer
    assert tiles.tiles == screen.tiles
    assert curve.charts[0].table.rows == screen.charts[0].table.rows
    assert prices.answer == show(OwnRows("theatre"), "prices", SEASON).screen.answer
    assert [one.continues for one in document.chapters] == [False, False, True, True, False]
    did(director, report, deed="settle", name="Comité de mai", over="2018-2019")
    assert all(one.before is None for one in composed(report).chapters[2].tiles)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_it_is_taken_in_every_form_with_its_words_as_words(director: Client, tmp_path: Path, lang: str) -> None:
    report = composed_by(director)
    for form in FORMS:
        answer = director.get(f"{PAGE}{report.pk}/file/?format={form}&lang={lang}")
        assert answer.status_code == 200
        assert answer["Content-Type"] == FORMS[form].content_type
        if form == "pdf":
            assert b"pdfuaid" in answer.content
            words = words_of(answer.content, tmp_path)
            assert "Pour le comité" in words
            assert "Une bonne saison. =HYPERLINK" in words
        if form == "pptx":
            deck = Presentation(io.BytesIO(answer.content))
            titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
            assert titles[:2] == ["Comité de mai", "Pour le comité"]
    assert TrailEntry.objects.filter(action="make_report", object_id__startswith="custom.pdf").count() == 1


def test_blocks_move_leave_and_the_last_change_is_taken_back(director: Client) -> None:
    report = composed_by(director)
    assert labels(report) == ["# Pour le comité", "answer", "tiles", "chart:curve", "answer"]
    did(director, report, deed="up", at="1")
    assert labels(report)[:2] == ["answer", "# Pour le comité"]
    did(director, report, deed="down", at="0")
    did(director, report, deed="drop", at="3")
    assert labels(report) == ["# Pour le comité", "answer", "tiles", "answer"]
    did(director, report, deed="back")
    assert labels(report) == ["# Pour le comité", "answer", "tiles", "chart:curve", "answer"]
    did(director, report, deed="rewrite", at="0", words="Autre")
    assert labels(report)[0] == "Autre"
    page = unescape(director.get(f"{PAGE}{report.pk}/?from=prices").content.decode())
    assert "Annuler le dernier changement" in page
    assert "Devrais-je changer le prix des billets" in page


def test_it_is_looked_at_page_by_page_before_it_is_sent(director: Client) -> None:
    report = composed_by(director)
    page = director.get(f"{PAGE}{report.pk}/preview/?lang=en").content.decode()
    assert f"{PAGE}{report.pk}/preview/1.png?lang=en" in page
    picture = director.get(f"{PAGE}{report.pk}/preview/1.png")
    assert picture["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert director.get(f"{PAGE}{report.pk}/preview/99.png").status_code == 404


def test_a_kept_view_is_a_block_until_it_is_forgotten(director: Client) -> None:
    query = urlencode({"figure": "admission_count", "by": "month", "season": "2018-2019"})
    owner = get_user_model().objects.get()
    view = SavedView.objects.create(
        organization=Organization.objects.get(), author=owner, name="Par mois", screen="explore", query=query
    )
    report = did(director, begun(director), deed="view", view=str(view.pk))
    (chapter,) = composed(report).chapters
    assert chapter.title.fr == "Par mois"
    assert chapter.charts or chapter.tables
    view.delete()
    (chapter,) = composed(report).chapters
    assert "n'est plus gardée" in chapter.notices[0].words.fr
    assert FORMS["pdf"].write(composed(report), PLAIN, "fr")


def test_a_colleague_reads_and_copies_what_is_shared_and_nothing_else(director: Client) -> None:
    report = composed_by(director)
    analyst = browser_of(UserRole.ANALYST)
    assert analyst.get(f"{PAGE}{report.pk}/").status_code == 404
    did(director, report, deed="settle", name=report.name, over="CURRENT", shared="on")
    assert "en faire une copie" in unescape(analyst.get(f"{PAGE}{report.pk}/").content.decode())
    assert analyst.post(f"{PAGE}{report.pk}/", {"deed": "drop", "at": "0"}).status_code == 403
    assert analyst.post(f"{PAGE}{report.pk}/remove/").status_code == 403
    assert analyst.post(f"{PAGE}{report.pk}/copy/").status_code == 302
    copy = CustomReport.objects.get(name="Comité de mai (copie)")
    assert copy.blocks == report.blocks
    assert not copy.is_shared
    reader = browser_of(UserRole.READER)
    assert reader.get(f"{PAGE}{report.pk}/").status_code == 200
    assert reader.get(f"{PAGE}{report.pk}/file/").status_code == 403
    assert reader.post(PAGE, {"name": "x"}).status_code == 403
    Membership.objects.filter(role=UserRole.ANALYST.value).delete()
    assert analyst.get(f"{PAGE}{copy.pk}/").status_code == 404


def test_what_was_removed_is_put_back(director: Client) -> None:
    report = composed_by(director)
    assert "Le rétablir" in director.post(f"{PAGE}{report.pk}/remove/").content.decode()
    assert director.get(f"{PAGE}{report.pk}/").status_code == 404
    assert director.post(f"{PAGE}{report.pk}/restore/").status_code == 302
    assert director.get(f"{PAGE}{report.pk}/").status_code == 200


def test_it_is_made_again_by_itself_and_kept_with_its_words(director: Client) -> None:
    report = composed_by(director)
    asked = {
        "kind": f"custom:{report.pk}", "over": "CLOSED", "when": "MONTH-1", "hour": "7", "form": "csv",
        "language": "fr", "emails": "direction@theatre.example", "opens": "ACCOUNT",
    }  # fmt: skip
    assert director.post("/o/theatre/reports/recurring/new/", asked).status_code == 302
    assert "Comité de mai" in director.get("/o/theatre/reports/recurring/").content.decode()
    report.organization.report_schedules.update(next_at=timezone.now())
    assert run_due(timezone.now()).made == 1
    document, _ = read_back(bytes(Edition.objects.get().archive))
    assert document.chapters[0].prose == composed(report).chapters[0].prose
    assert read_back(kept(document, PLAIN)) == (document, PLAIN)
    director.post(f"{PAGE}{report.pk}/remove/")
    report.organization.report_schedules.update(next_at=timezone.now())
    assert run_due(timezone.now()).made == 0


@pytest.mark.parametrize(
    "deed",
    [
        {"deed": "words", "words": ""},
        {"deed": "words", "words": "x" * 4001},
        {"deed": "add", "from": "season"},
        {"deed": "add", "from": "nowhere", "part": "answer"},
        {"deed": "up", "at": "0"},
        {"deed": "drop", "at": "99"},
        {"deed": "drop", "at": "é"},
        {"deed": "rewrite", "at": "1", "words": "x"},
        {"deed": "view", "view": "none"},
        {"deed": "settle", "name": "", "over": "CURRENT"},
        {"deed": "settle", "name": "x", "over": "winter"},
        {"deed": "nothing"},
    ],
)
def test_what_means_nothing_is_a_sentence_and_changes_nothing(director: Client, deed: dict[str, str]) -> None:
    report = begun(director)
    did(director, report, deed="words", words="a")
    before = report.blocks
    answer = director.post(f"{PAGE}{report.pk}/", deed)
    assert answer.status_code == 400
    report.refresh_from_db()
    assert report.blocks == before


def test_a_report_without_blocks_says_what_it_lacks_and_an_empty_season_says_so(director: Client) -> None:
    report = begun(director)
    answer = director.get(f"{PAGE}{report.pk}/file/")
    assert answer.status_code == 400
    assert "aucun bloc" in unescape(answer.content.decode())
    did(director, report, deed="add", **{"from": "season", "part": ["answer", "chart:curve"]})
    did(director, report, deed="settle", name=report.name, over="2031-2032")
    assert director.get(f"{PAGE}{report.pk}/file/?format=pdf").status_code == 200
