"""Screens asked by address as people, bookmarks and robots do: whatever is written there, the page answers."""

import random
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from publicc.collective.models import Membership, Organization
from publicc.dashboards.exploration import ARGUMENTS
from publicc.dashboards.guides.catalogue import GUIDES
from publicc.dashboards.questions import QUESTIONS
from publicc.dashboards.screens.every import SCREENS as SCREENS_KNOWN
from publicc.dashboards.showing import BENCHMARKS
from publicc.directory.models import Entry, Label
from publicc.directory.official.layers import Layer, Prepared
from publicc.kernel.vocabulary import UserRole
from publicc.store.home import Home
from publicc.store.manifest import Manifest
from publicc.store.shelf import Shelf
from publicc.store.snapshots import publish
from publicc.store.tables import TABLES
from tests.spec.metrics.world import World
from tests.unit.dashboards.test_screens import WORLD

SCREENS = ("season", "audiences", "segments", "territories", "prices", "show", "non-publics", "supply", "habits")


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Client:
    """A director's browser; the organization's rows are those drawn for the screens."""
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    publish_world(tmp_path, "b" * 32)
    return browser_of(UserRole.DIRECTOR)


def publish_world(home: Path, snapshot_id: str, without: str = "", world: World = WORLD) -> None:
    """The drawn rows as a snapshot; `without` a column of performances, as an older program would have left them."""

    def build(folder: Path) -> Manifest:
        with world.connection() as facts:
            for table in TABLES:
                (folder / table).mkdir()
                facts.execute(f"COPY {table} TO '{folder / table / 'theatre.parquet'}' (FORMAT parquet)")
            (folder / "rollups").mkdir()
            facts.execute(f"ATTACH '{folder / 'rollups' / 'theatre.duckdb'}' AS rollup")
            for table in TABLES:
                facts.execute(f"CREATE TABLE rollup.{table} AS SELECT * FROM main.{table}")
            if without:
                facts.execute(f"ALTER TABLE rollup.performances DROP COLUMN {without}")
            facts.execute("DETACH rollup")
        return Manifest(snapshot_id, datetime(2019, 9, 1, tzinfo=UTC), world.as_of, "test")

    publish(Home(home), build)


def browser_of(role: UserRole) -> Client:
    organization, _ = Organization.objects.get_or_create(slug="theatre", name="Théâtre du Nord")
    user, _ = get_user_model().objects.get_or_create(username=f"{role}@theatre.example")
    Membership.objects.get_or_create(user=user, organization=organization, defaults={"role": role.value})
    browser = Client()
    browser.force_login(user)
    return browser


STRANGE = (
    "",
    "2017-2018",
    "2018-2019",
    "0001-0002",
    "9998-9999",
    "2018",
    "2018-13",
    "0001-01-01..9999-12-31",
    "2019-08-31..2018-09-01",
    "2018-09-01..",
    "THEATRE",
    "THEATRE,DANCE",
    "WEB",
    "hall",
    "' OR 1=1 --",
    "\x00",
    "é" * 3000,
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "%F0%9F%8E%AD",
    "-1",
    "1e309",
    "occupancy_rate",
    "buyer_count",
    "origin_share",
    "weekday",
    "previous",
    "same-point",
    "show:romeo",
)
NAMES = ("season", "period", "discipline", "venue", "show", "channel", "price_group", "room", "page", "é", *ARGUMENTS)


def strange_addresses(n: int) -> list[str]:
    chance = random.Random(2026)
    made = []
    for _ in range(n):
        asked = [(chance.choice(NAMES), chance.choice(STRANGE)) for _ in range(chance.randint(1, 5))]
        part = chance.choice(("", "", "charts/curve.json", "charts/map.json", "tables/shows.csv", "charts/nope.svg"))
        made.append(f"/o/theatre/{chance.choice((*SCREENS, 'pace', 'explore', 'explore'))}/{part}?{urlencode(asked)}")
    return made


def test_no_hand_edited_address_ever_breaks_a_page(client: Client) -> None:
    for address in strange_addresses(90):
        answer = client.get(address)
        assert answer.status_code in {200, 304, 404}, address
        assert b"<script>alert" not in answer.content


@pytest.mark.parametrize("screen", SCREENS)
def test_a_filter_that_matches_nothing_is_said_and_can_be_removed(client: Client, screen: str) -> None:
    page = unescape(client.get(f"/o/theatre/{screen}/?season=2017-2018&discipline=DANCE").content.decode())
    assert "Rien ne répond à ces filtres" in page
    assert f'href="/o/theatre/{screen}/?season=2017-2018"' in page
    assert "Retirer le filtre\u00a0: Danse" in page


def test_a_season_that_nobody_played_is_named_as_what_it_is(client: Client) -> None:
    page = unescape(client.get("/o/theatre/season/?season=2031-2032").content.decode())
    assert '<option value="2031-2032" selected>' in page
    assert "première saison déposée" not in page


def test_a_change_of_filter_sends_only_what_it_repaints(client: Client) -> None:
    address = "/o/theatre/season/?season=2018-2019"
    whole = client.get(address).content.decode()
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    again = client.get(address, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}).content.decode()
    assert "<html" in whole
    assert "<html" not in part
    assert "<title>" in part
    assert "answer-sentence" in part
    assert "<html" in again


def test_every_figure_of_the_page_has_its_definition_on_the_page(client: Client) -> None:
    for screen in SCREENS:
        page = client.get(f"/o/theatre/{screen}/").content.decode()
        opened = {piece.split('"')[0] for piece in page.split('popovertarget="definition-')[1:]}
        drawn = {piece.split('"')[0] for piece in page.split('id="definition-')[1:] if "-title" not in piece[:60]}
        assert opened <= drawn


def test_a_definition_says_what_the_figure_stands_on_here(client: Client) -> None:
    page = unescape(client.get("/o/theatre/season/?season=2018-2019").content.decode())
    told = page.split('id="definition-average_price_paid"')[1].split("</div>\n  <")[0]
    assert "Ce qu'un billet payant a coûté en moyenne" in told
    assert "Saison 2018-2019" in page


@pytest.mark.parametrize(("form", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg")])
def test_a_chart_is_taken_as_a_picture_that_says_whose_it_is(client: Client, form: str, begins: bytes) -> None:
    answer = client.get(f"/o/theatre/season/charts/top-shows.{form}?season=2018-2019")
    assert answer.content.startswith(begins)
    assert answer["Content-Disposition"] == f'attachment; filename="season-top-shows.{form}"'
    if form == "svg":
        assert "Théâtre du Nord" in answer.content.decode()


def test_a_map_is_taken_as_a_picture_with_its_areas(client: Client) -> None:
    drawn = client.get("/o/theatre/territories/charts/map.svg?season=2018-2019").content.decode()
    assert "aria-roledescription" in drawn
    assert drawn.count("<path") > 100


def test_a_reader_sees_figures_and_is_not_offered_files_that_would_be_refused(client: Client) -> None:
    page = browser_of(UserRole.READER).get("/o/theatre/season/").content.decode()
    assert "answer-sentence" in page
    assert "/tables/" not in page


def test_the_glossary_explains_every_word_and_figure_in_both_languages(client: Client) -> None:
    french = unescape(client.get("/o/theatre/glossary/").content.decode())
    assert 'id="occupancy_rate"' in french
    assert "Sur 100 places offertes, combien ont été remplies" in french
    client.cookies["language"] = "en-ca"
    assert "Out of 100 seats offered, how many were filled" in client.get("/o/theatre/glossary/").content.decode()


def test_the_season_begins_on_the_day_of_the_data(client: Client) -> None:
    assert date(2019, 8, 31) == WORLD.as_of
    assert "août 2019" in unescape(client.get("/o/theatre/season/").content.decode())


def test_every_question_has_its_answer_on_one_page_and_its_proof_one_click_away(client: Client) -> None:
    page = unescape(client.get("/o/theatre/answers/?season=2018-2019").content.decode())
    for screen_id, question in QUESTIONS.items():
        proof = client.get(f"/o/theatre/{screen_id}/?season=2018-2019").content.decode()
        answer = unescape(proof).split('class="answer-sentence">')[1].split("</p>")[0].strip()
        assert question.said("fr") in page
        assert answer in page
        assert f'href="/o/theatre/{screen_id}/?season=2018-2019"' in page


def test_each_of_the_seven_questions_opens_with_its_answer_then_what_to_try_and_its_limits(client: Client) -> None:
    index = unescape(client.get("/o/theatre/questions/").content.decode())
    for guide_id, guide in GUIDES.items():
        address = f"/o/theatre/questions/{guide_id}/"
        page = unescape(client.get(address).content.decode())
        answer = page.split('class="answer-sentence">')[1].split("</p>")[0].strip()
        assert guide.question.said("fr") in page
        assert f'href="{address}"' in index
        assert answer in index
        assert page.index(answer) < page.index("Quoi essayer") < page.index("Ce que cette page ne dit pas")


def test_a_question_without_data_yet_leads_to_the_first_deposit(client: Client, tmp_path: Path) -> None:
    Organization.objects.create(slug="opera", name="Opéra")
    user = get_user_model().objects.get()
    Membership.objects.create(user=user, organization_id=Organization.objects.get(slug="opera").pk, role="DIRECTOR")
    for address in ("/o/opera/questions/", "/o/opera/questions/trends/"):
        assert "Déposer des fichiers" in unescape(client.get(address).content.decode())


def test_a_show_is_one_click_from_the_season_and_told_over_its_own_run(client: Client) -> None:
    season = client.get("/o/theatre/season/?season=2018-2019").content.decode()
    assert '<a href="../show/?show=romeo">Roméo et Juliette</a>' in season
    page = unescape(client.get("/o/theatre/show/?show=romeo").content.decode())
    assert "2\u00a0représentations, 8 entrées" in page
    assert "5 octobre 2017" in page
    one_season = unescape(client.get("/o/theatre/show/?show=romeo&season=2018-2019").content.decode())
    assert "1\u00a0représentation, 5 entrées" in one_season
    table = client.get("/o/theatre/show/tables/performances.csv?show=romeo")
    assert table.content.decode("utf-8-sig").splitlines()[1].startswith("2017-10-05;3")


def test_the_questions_are_those_of_the_screens() -> None:
    assert set(QUESTIONS) == {*SCREENS_KNOWN, BENCHMARKS}


def test_rows_that_an_older_program_prepared_are_said_to_wait_and_never_fail(client: Client, tmp_path: Path) -> None:
    publish_world(tmp_path, "c" * 32, without="same_day_count")
    answer = client.get("/o/theatre/season/")
    assert answer.status_code == 503
    assert "préparées par une version plus ancienne" in unescape(answer.content.decode())


def test_official_limits_are_drawn_as_soon_as_they_are_imported(client: Client, tmp_path: Path) -> None:
    address = "/o/theatre/territories/charts/map.json?season=2018-2019"
    assert "areas/fsa_areas_qc" in client.get(address).content.decode()
    files = {"fsa_areas_qc.topojson": b'{"type": "Topology"}'}
    made = Prepared(Layer.FSA_LIMITS, "2021", 414, files, ("QC",))
    one = Shelf.of(Home(tmp_path)).put(made, file_name="lfsa000b21a_e.zip", at=datetime(2026, 1, 1, tzinfo=UTC))
    told = client.get(address).content.decode()
    where = f"/o/theatre/limits/{one.version}/qc.json"
    assert where in told
    assert client.get(where).json() == {"type": "Topology"}
    assert client.get("/o/theatre/limits/older/qc.json").status_code == 404
    assert client.get(f"/o/theatre/limits/{one.version}/on.json").status_code == 404
    assert "Statistique Canada" in client.get("/o/theatre/territories/?season=2018-2019").content.decode()


def settled(slug: str, own_id: str, entry: Entry) -> None:
    house = Organization.objects.get_or_create(slug=slug, defaults={"name": slug})[0]
    Label.objects.create(organization=house, kind="SHOW", own_id=own_id, text=own_id, entry=entry, state="CONFIRMED")


def test_the_address_of_a_show_that_was_merged_leads_to_the_one_that_stands_for_it(client: Client) -> None:
    kept = Entry.objects.create(kind="SHOW", name_fr="Roméo et Juliette", origin="RECOGNITION")
    gone = Entry.objects.create(kind="SHOW", name_fr="Romeo", origin="RECOGNITION", merged_into=kept)
    settled("theatre", "romeo-before", gone)
    settled("theatre", "romeo", kept)
    settled("opera", "theirs", kept)
    asked = "?season=2018-2019&show={}&channel=WEB"
    moved = client.get(f"/o/theatre/show/{asked.format('romeo-before')}")
    assert (moved.status_code, moved["Location"]) == (302, f"/o/theatre/show/{asked.format('romeo')}")
    for stranger in ("theirs", "never", "romeo-before&show=x", "%00"):
        told = client.get(f"/o/theatre/show/{asked.format(stranger)}")
        assert told.status_code == 200, stranger
        assert "n'existe plus ici" in unescape(told.content.decode()), stranger
    settled("theatre", "cygne", kept)
    assert client.get(f"/o/theatre/show/{asked.format('romeo-before')}").status_code == 200, (
        "two heirs: told, not chosen"
    )
