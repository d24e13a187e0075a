"""Views kept under a name: one's own, or the whole team's; never another organization's, and never a broken address."""

from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from publicc.collective.models import Organization, TrailEntry
from publicc.dashboards.models import SavedView
from publicc.kernel.vocabulary import UserRole
from tests.integration.dashboards.test_screens_by_address import browser_of, publish_world

KEPT = {"screen": "season", "query": "season=2018-2019&channel=WEB&page=7", "name": "  Web,   2018 "}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    publish_world(tmp_path, "b" * 32)


@pytest.fixture
def director(home: None) -> Client:
    return browser_of(UserRole.DIRECTOR)


@pytest.fixture
def reader(home: None) -> Client:
    return browser_of(UserRole.READER)


def brief(client: Client) -> str:
    return unescape(client.get("/o/theatre/answers/").content.decode())


def test_a_view_is_kept_with_its_filters_and_found_in_brief_by_its_author_alone(
    director: Client, reader: Client
) -> None:
    answer = director.post("/o/theatre/views/", KEPT)
    assert answer["Location"] == "/o/theatre/season/?season=2018-2019&channel=WEB"
    assert '<a href="/o/theatre/season/?season=2018-2019&channel=WEB">Web, 2018</a>' in brief(director)
    assert ">Web, 2018</a>" not in brief(reader)
    assert TrailEntry.objects.filter(action="keep_view", organization__slug="theatre").count() == 1


def test_a_shared_view_is_the_team_s_and_its_author_or_the_director_removes_it(
    director: Client, reader: Client
) -> None:
    director.post("/o/theatre/views/", {**KEPT, "shared": "on"})
    view = SavedView.objects.get()
    assert "partagée avec l'équipe" in brief(reader)
    assert reader.post(f"/o/theatre/views/{view.pk}/forget/").status_code == 403
    assert director.post(f"/o/theatre/views/{view.pk}/forget/").status_code == 302
    assert ">Web, 2018</a>" not in brief(director)


def test_the_same_name_takes_the_new_place(director: Client) -> None:
    director.post("/o/theatre/views/", KEPT)
    director.post("/o/theatre/views/", {**KEPT, "screen": "prices"})
    assert [one.screen for one in SavedView.objects.all()] == ["prices"]


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"name": "é" * 81}, {"screen": "../../admin"}, {"query": "show=" + "x" * 600}],
    ids=["no name", "long name", "no such page", "too many filters"],
)
def test_what_cannot_be_kept_is_said(director: Client, wrong: dict[str, str]) -> None:
    assert director.post("/o/theatre/views/", {**KEPT, **wrong}).status_code == 400
    assert not SavedView.objects.exists()


def test_another_organization_s_view_does_not_exist(director: Client) -> None:
    director.post("/o/theatre/views/", {**KEPT, "shared": "on"})
    view = SavedView.objects.get()
    view.organization = Organization.objects.create(slug="opera", name="Opéra")
    view.save()
    assert ">Web, 2018</a>" not in brief(director)
    for asked in (view.pk, "nonsense"):
        assert director.post(f"/o/theatre/views/{asked}/forget/").status_code == 404


def test_a_view_of_a_show_that_is_gone_still_opens(director: Client) -> None:
    director.post("/o/theatre/views/", {**KEPT, "query": "season=2018-2019&show=gone"})
    page = unescape(director.get("/o/theatre/season/?season=2018-2019&show=gone").content.decode())
    assert "Le spectacle de cette adresse n'existe plus ici" in page


QUERY = "figure=occupancy_rate&by=show&against=previous&season=2018-2019"
EXPLORED = {"screen": "explore", "query": QUERY, "name": "Salles"}


def mine(client: Client) -> str:
    return unescape(client.get("/o/theatre/mine/").content.decode())


def test_an_exploration_is_kept_whole_and_pinned_to_one_s_own_page(director: Client, reader: Client) -> None:
    answer = director.post("/o/theatre/views/", {**EXPLORED, "pinned": "on"})
    assert answer["Location"] == f"/o/theatre/explore/?{QUERY}"
    page = mine(director)
    assert f'href="/o/theatre/explore/?{QUERY}">Salles</a>' in page
    assert "Taux d'occupation\u00a0:" in page
    assert "/o/theatre/explore/charts/explored.json?figure=occupancy_rate" in page
    assert "Rien n'est encore épinglé" in mine(reader)


def test_a_shared_view_is_pinned_by_each_for_themselves_and_leaves_with_its_sharing(
    director: Client, reader: Client
) -> None:
    director.post("/o/theatre/views/", {**KEPT, "shared": "on"})
    view = SavedView.objects.get()
    assert reader.post(f"/o/theatre/views/{view.pk}/pin/").status_code == 302
    assert ">Web, 2018</a></h2>" in mine(reader)
    assert ">Web, 2018</a></h2>" not in mine(director)
    SavedView.objects.update(is_shared=False)
    assert ">Web, 2018</a></h2>" not in mine(reader)
    SavedView.objects.update(is_shared=True)
    assert reader.post(f"/o/theatre/views/{view.pk}/unpin/").status_code == 302
    assert ">Web, 2018</a></h2>" not in mine(reader)
    assert SavedView.objects.exists()


def test_nobody_pins_what_they_cannot_see_nor_more_than_a_page_holds(director: Client, reader: Client) -> None:
    director.post("/o/theatre/views/", KEPT)
    private = SavedView.objects.get()
    assert reader.post(f"/o/theatre/views/{private.pk}/pin/").status_code == 404
    assert reader.post("/o/theatre/views/nonsense/pin/").status_code == 404
    for n in range(8):
        director.post("/o/theatre/views/", {**KEPT, "name": f"Vue {n}", "pinned": "on"})
    assert director.post(f"/o/theatre/views/{private.pk}/pin/").status_code == 400
