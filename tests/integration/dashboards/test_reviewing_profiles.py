"""The hub reads a draft, names its profiles in both languages, undoes, and publishes after a confirmation."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from publicc.collective.models import Seat, TrailEntry
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole
from publicc.segments.drifting import Drift
from publicc.segments.model import SegmentModel
from publicc.segments.models import SegmentVersion
from publicc.segments.states import VersionState
from tests.unit.segments.made_up import made_up_model

HUB = "/hub/segments/"
PAGE = f"{HUB}2026.1/"
EVIDENCE = {
    "k": 3,
    "bic": 91_000,
    "near_best": 0.4,
    "bootstrap": {"mean": 0.95, "min": 0.81, "draws": 50},
    "without_one": {"mean": 0.9, "min": 0.83},
    "sizes": [0.5, 0.3, 0.2],
    "presence": 0.9,
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))


def hub(role: UserRole = UserRole.OPERATOR) -> Client:
    user = get_user_model().objects.create(username=f"{role}@hub.example")
    Seat.objects.create(user=user, role=role.value)
    browser = Client(headers={"Accept-Language": "fr"})
    browser.force_login(user)
    return browser


def draft(**told: object) -> SegmentModel:
    model = made_up_model()
    bare = {one.code: (Text(f"Profil {one.code}", f"Profile {one.code}"), Text("", "")) for one in model.classes}
    tried = [EVIDENCE, {**EVIDENCE, "k": 4, "bic": 90_500}]
    return replace(model.named(bare), quality={"candidates": tried}, **told)


def kept(model: SegmentModel, state: VersionState = VersionState.DRAFT, version: str = "2026.1") -> SegmentVersion:
    told = replace(model, version=version)
    return SegmentVersion.objects.create(version=version, state=state.value, file=told.as_json(), sha256=told.sha256)


def words(model: SegmentModel, **other: str) -> dict[str, str]:
    told = {"do": "name"}
    for one in model.classes:
        told |= {f"{one.code}-name_fr": f"Curieux {one.code}", f"{one.code}-name_en": f"Curious {one.code}"}
        told |= {f"{one.code}-card_fr": "Ils voient de tout.", f"{one.code}-card_en": "They see everything."}
    return told | other


def test_a_draft_shows_its_evidence_drawn_and_as_tables() -> None:
    kept(draft())
    browser = hub()
    assert "2026.1" in browser.get(HUB).content.decode()
    page = browser.get(PAGE).content.decode()
    for expected in ("3, retenu", "90 500", "0,81", "Nombres de profils essayés", 'name="P1-name_fr"'):
        assert expected in page.replace("\u00a0", " ")
    for chart in ("stability", "without-one", "bic", "sizes"):
        assert browser.get(f"{PAGE}charts/{chart}.json").status_code == 200
    assert browser.get(f"{PAGE}charts/nothing.json").status_code == 404


def test_profiles_are_named_undone_named_again_and_published_after_a_confirmation() -> None:
    version = kept(draft())
    browser = hub()
    assert browser.post(f"{PAGE}change/", words(version.model)).status_code == 302
    version.refresh_from_db()
    assert version.state == VersionState.NAMED
    assert [one.name.fr for one in version.model.classes] == ["Curieux P1", "Curieux P2", "Curieux P3"]
    browser.post(f"{PAGE}change/", {"do": "undo"})
    version.refresh_from_db()
    assert version.state == VersionState.DRAFT
    browser.post(f"{PAGE}change/", words(version.model))
    assert 'value="publish"' not in browser.get(PAGE).content.decode()
    assert 'value="publish"' in browser.get(PAGE, {"confirm": "yes"}).content.decode()
    browser.post(f"{PAGE}change/", {"do": "publish"})
    version.refresh_from_db()
    assert version.state == VersionState.PUBLISHED
    assert 'name="P1-name_fr"' not in browser.get(PAGE).content.decode()
    deeds = list(TrailEntry.objects.order_by("id").values_list("action", flat=True))
    assert deeds == ["name_segments", "undo_segment_names", "name_segments", "publish_segments"]


def test_what_was_typed_is_not_lost_when_a_name_is_missing() -> None:
    version = kept(draft())
    answer = hub().post(f"{PAGE}change/", words(version.model, **{"P2-name_en": " "}))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "manque dans une langue" in page
    assert 'value="Curieux P3"' in page


def test_a_break_with_the_former_version_asks_why_the_collective_accepts_it() -> None:
    former = made_up_model()
    kept(former, VersionState.PUBLISHED, "2025.1")
    matrix = {"people": [[40, None, 30], [20, 60, 0], [15, 25, 70]], "rows": list(former.codes), "kept": 0.62}
    version = kept(replace(former, previous="2025.1", migration=matrix), VersionState.NAMED)
    browser = hub()
    page = browser.get(PAGE, {"confirm": "yes"}).content.decode().replace("\u00a0", " ")
    assert "62 % des gens gardent le leur" in page
    assert "Qui passerait où" in page
    assert 'name="vote"' in page
    assert browser.post(f"{PAGE}change/", {"do": "publish"}).status_code == 400
    browser.post(f"{PAGE}change/", {"do": "publish", "vote": "Assemblée du 3 juin"})
    version.refresh_from_db()
    assert (version.state, version.vote) == (VersionState.PUBLISHED, "Assemblée du 3 juin")


def test_training_says_how_far_it_is_or_why_it_stopped() -> None:
    step = {"fr": "Essai de 5 profils", "en": "Trying 5 profiles"}
    SegmentVersion.objects.create(
        version="2026.1", state=VersionState.TRAINING.value, step=step, step_done=1, step_total=5
    )
    page = hub().get(PAGE).content.decode()
    assert "Essai de 5 profils" in page
    assert "hx-get" in page
    stopped = {"fr": "Trop peu d'organismes.", "en": "Too few organizations."}
    SegmentVersion.objects.update(state=VersionState.FAILED.value, problem=stopped)
    assert "Trop peu d" in hub(UserRole.AUDITOR).get(PAGE).content.decode()


def test_an_auditor_reads_and_changes_nothing() -> None:
    version = kept(draft())
    auditor = hub(UserRole.AUDITOR)
    page = auditor.get(PAGE).content.decode()
    assert 'name="P1-name_fr"' not in page
    assert auditor.post(f"{PAGE}change/", words(version.model)).status_code == 404
    assert auditor.post(f"{PAGE}change/", {"do": "dance"}).status_code == 404
    assert not TrailEntry.objects.exists()


def test_a_training_is_begun_once_and_its_page_tells_why_it_stopped() -> None:
    browser = hub()
    assert "Apprendre une nouvelle version" in browser.get(HUB).content.decode()
    answer = browser.post(f"{HUB}train/")
    begun = SegmentVersion.objects.get()
    assert answer["Location"] == f"{HUB}{begun.version}/"
    SegmentVersion.objects.update(state=VersionState.TRAINING.value)
    assert "apprend en ce moment" in browser.get(HUB).content.decode()
    assert browser.post(f"{HUB}train/")["Location"] == HUB
    assert SegmentVersion.objects.count() == 1


def test_the_hub_reads_whether_people_have_changed_since_training() -> None:
    version = kept(made_up_model(), VersionState.PUBLISHED)
    browser = hub()
    assert "apprentissage," not in browser.get(HUB).content.decode()
    features = {one.id: 0.0 for one in made_up_model().features}
    for at, (moved, expected) in enumerate(((0.02, "décrit encore bien"), (0.12, "bougent"), (0.4, "ont changé"))):
        version.drift = Drift("2026-02-15", {**features, "party": moved}, 0.03, 0.04).told()
        version.save(update_fields=["drift"])
        page = browser.get(HUB).content.decode().replace("\u00a0", " ")
        assert expected in page
        assert "4 % au 15 février 2026" in page
        assert ("notice-warning" in page) == (at > 0)
    assert "Indice de stabilité" in browser.get(PAGE).content.decode()
