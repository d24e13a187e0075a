"""Notes on the curves: written, changed, removed, put back; one's own organization's only."""

from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from publicc.collective.models import Organization, TrailEntry
from publicc.dashboards.models import Note
from publicc.kernel.vocabulary import UserRole
from tests.integration.dashboards.test_screens_by_address import browser_of, publish_world

STORM = {"on": "2018-10-20", "kind": "NOTE", "words": "  Tempête   de neige ", "show": ""}
CURVE = "/o/theatre/season/charts/curve.json?season=2018-2019"


@pytest.fixture
def director(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Client:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    publish_world(tmp_path, "b" * 32)
    return browser_of(UserRole.DIRECTOR)


def marks_on(client: Client, address: str = CURVE) -> list[Any]:
    spec = client.get(address).json()
    layers = [layer for layer in spec["layer"] if layer.get("mark", {}).get("type") == "rule"]
    return [row["words"] for layer in layers for row in layer["data"]["values"]]


def test_a_note_is_on_the_season_curve_and_said_below_it(director: Client) -> None:
    before = director.get(CURVE)["ETag"]
    assert director.post("/o/theatre/notes/", STORM).status_code == 302
    assert marks_on(director) == ["20 octobre 2018\u00a0: Tempête de neige"]
    assert director.get(CURVE)["ETag"] != before
    page = unescape(director.get("/o/theatre/season/?season=2018-2019").content.decode())
    assert "1. 20 octobre 2018\u00a0: Tempête de neige" in page
    assert marks_on(director, CURVE.replace("2018-2019", "2017-2018")) == []
    director.cookies["language"] = "en-ca"
    assert marks_on(director) == ["October 20, 2018: Tempête de neige"]


def test_a_campaign_for_a_show_is_on_the_curve_of_that_show_alone(director: Client) -> None:
    campaign = {"on": "2018-09-20", "kind": "CAMPAIGN", "words": "Infolettre", "show": "romeo"}
    director.post("/o/theatre/notes/", campaign)
    assert marks_on(director) == []
    on_show = "/o/theatre/show/charts/build-up.json?show=romeo&season=2018-2019"
    assert marks_on(director, on_show) == ["20 septembre 2018\u00a0: Infolettre (campagne)"]


def test_a_note_is_changed_removed_and_put_back(director: Client) -> None:
    director.post("/o/theatre/notes/", STORM)
    note = Note.objects.get()
    assert director.post(f"/o/theatre/notes/{note.pk}/", {**STORM, "words": "Verglas"}).status_code == 302
    removed = unescape(director.post(f"/o/theatre/notes/{note.pk}/remove/").content.decode())
    assert "La note « Verglas » est retirée.".replace(" »", "\u00a0»").replace("« ", "«\u00a0") in removed
    assert marks_on(director) == []
    assert director.get(f"/o/theatre/notes/{note.pk}/").status_code == 404
    assert director.post(f"/o/theatre/notes/{note.pk}/restore/").status_code == 302
    assert marks_on(director) == ["20 octobre 2018\u00a0: Verglas"]
    told = TrailEntry.objects.filter(action__endswith="_note").order_by("at").values_list("action", flat=True)
    assert list(told) == ["add_note", "change_note", "remove_note", "restore_note"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"on": "le 12"}, "Cette date ne se lit pas"),
        ({"on": "0001-01-01"}, "hors du calendrier"),
        ({"words": " "}, "ce qui s'est passé"),
        ({"words": "é" * 121}, "120 caractères"),
        ({"show": "gone"}, "Spectacle"),
    ],
)
def test_what_cannot_be_a_note_is_said_beside_its_field(director: Client, wrong: dict[str, str], said: str) -> None:
    answer = director.post("/o/theatre/notes/", {**STORM, **wrong})
    assert answer.status_code == 400
    assert said in unescape(answer.content.decode())
    assert not Note.objects.exists()


def test_a_reader_reads_notes_and_another_organization_s_note_does_not_exist(director: Client) -> None:
    director.post("/o/theatre/notes/", STORM)
    reader = browser_of(UserRole.READER)
    page = reader.get("/o/theatre/notes/").content.decode()
    assert "Tempête de neige" in page
    assert '<form class="form"' not in page
    assert reader.post("/o/theatre/notes/", STORM).status_code == 403
    Note.objects.update(organization=Organization.objects.create(slug="opera", name="Opéra"))
    note = Note.objects.get()
    assert director.get(f"/o/theatre/notes/{note.pk}/").status_code == 404
    assert director.post(f"/o/theatre/notes/{note.pk}/remove/").status_code == 404
    assert marks_on(director) == []
