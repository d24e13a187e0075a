"""The life of a version: trained, named in both languages, put in force, replaced."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from publicc.cli.app import app
from publicc.collective.models import TrailEntry
from publicc.kernel.errors import BadInput, Busy, NotAllowed, NotFound
from publicc.kernel.text import Text
from publicc.segments.actions import can_publish, publish, rename, undo_words
from publicc.segments.learning import Settings
from publicc.segments.learning_actions import VersionProgress, begin, measure_drift, train
from publicc.segments.model import SegmentModel
from publicc.segments.models import SegmentVersion
from publicc.segments.queries import current, version_named
from publicc.segments.states import VersionState
from publicc.store.home import Home
from publicc.store.manifest import Manifest, OrganizationCounts
from publicc.store.snapshots import NoSnapshot
from publicc.store.snapshots import publish as publish_snapshot
from tests.unit.releases.pool import write_pool
from tests.unit.segments.made_up import made_up_model

pytestmark = pytest.mark.django_db


def kept(number: str = "2026.1", model: SegmentModel | None = None) -> SegmentVersion:
    told = model or made_up_model().named(
        {code: (Text(f"Profil {code}", f"Profile {code}"), Text("Fiche.", "Card.")) for code in ("P1", "P2", "P3")}
    )
    return SegmentVersion.objects.create(
        version=number, state=VersionState.DRAFT.value, file=told.as_json(), sha256=told.sha256
    )


def words(*codes: str, name: str = "Curieux") -> dict[str, tuple[Text, Text]]:
    return {code: (Text(f"{name} {code}", f"{name} {code}"), Text("Une fiche.", "A card.")) for code in codes}


def test_a_version_is_named_once_every_profile_is() -> None:
    version = rename(kept(), words("P1", "P2"))
    assert version.state == VersionState.DRAFT
    assert not can_publish(version)
    version = rename(version, words("P3"))
    assert version.state == VersionState.NAMED
    assert [one.name.fr for one in version.model.classes] == ["Curieux P1", "Curieux P2", "Curieux P3"]
    assert version.sha256 == version.model.sha256


def test_names_can_be_taken_back_one_change_at_a_time() -> None:
    version = rename(rename(kept(), words("P1", "P2", "P3")), words("P2", name="Fidèles"))
    version = undo_words(version)
    assert version.model.segment("P2").name.fr == "Curieux P2"
    version = undo_words(version)
    assert version.model.segment("P2").name == Text("Profil P2", "Profile P2")
    assert version.state == VersionState.DRAFT
    with pytest.raises(BadInput):
        undo_words(version)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"P9": (Text("a", "a"), Text("b", "b"))}, "no profile P9"),
        ({"P1": (Text("Nom", " "), Text("b", "b"))}, "missing in one language"),
        ({"P1": (Text("n" * 61, "n"), Text("b", "b"))}, "too long"),
        ({"P1": (Text("Profil P2", "x"), Text("b", "b"))}, "same name"),
    ],
)
def test_wrong_names_are_refused_and_nothing_changes(given: dict[str, tuple[Text, Text]], why: str) -> None:
    version = kept()
    with pytest.raises(BadInput) as refused:
        rename(version, given)
    assert why in refused.value.sentence("en")
    version.refresh_from_db()
    assert version.words_before == []


def test_publishing_replaces_the_version_in_force_and_is_told() -> None:
    assert current() is None
    first = publish(rename(kept(), words("P1", "P2", "P3")), score=False)
    assert current() == first.model
    second = publish(rename(kept("2026.2"), words("P1", "P2", "P3", name="Autres")), score=False)
    first.refresh_from_db()
    assert first.state == VersionState.RETIRED
    assert current() == second.model
    told = TrailEntry.objects.filter(action="publish_segments").order_by("id")
    assert list(told.values_list("object_id", flat=True)) == [
        "2026.1",
        "2026.2",
    ]
    with pytest.raises(NotAllowed):
        rename(second, words("P1"))


def test_a_version_that_moves_too_many_people_needs_a_vote() -> None:
    moved = replace(made_up_model(), migration={"kept": 0.7})
    version = rename(kept(model=moved), words("P1", "P2", "P3"))
    with pytest.raises(NotAllowed) as refused:
        publish(version, score=False)
    assert "70% keep theirs" in refused.value.sentence("en")
    told = publish(version, vote="Les traits de 2026 sont meilleurs.", score=False)
    assert told.vote == "Les traits de 2026 sont meilleurs."


def test_only_one_version_is_trained_at_a_time_and_numbers_follow() -> None:
    version = begin()
    VersionProgress(version).step(Text("Essai", "Trial"), 1, 3)
    version.refresh_from_db()
    assert (version.step["en"], version.step_done, version.step_total) == ("Trial", 1, 3)
    with pytest.raises(Busy):
        begin()
    version.delete()
    year = begin().version.partition(".")[0]
    SegmentVersion.objects.update(state=VersionState.FAILED.value)
    assert begin().version == f"{year}.2"


def test_a_training_that_cannot_be_is_kept_with_its_reason(tmp_path: Path) -> None:
    version = begin()
    with pytest.raises(NoSnapshot):
        train(Home(tmp_path), version, Settings())
    version.refresh_from_db()
    assert version.state == VersionState.FAILED
    assert "harmonisée" in version.problem["fr"]


def test_a_draft_is_trained_on_the_pool_and_nothing_has_moved_since(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(folder: Path) -> Manifest:
        write_pool(folder, houses=6, persons=900)
        houses = {f"house-{at:02}": OrganizationCounts() for at in range(6)}
        return Manifest("e" * 32, datetime(2020, 6, 2, tzinfo=UTC), date(2020, 6, 1), "test", organizations=houses)

    home = Home(tmp_path)
    publish_snapshot(home, build)
    easy = Settings(draws=2, starts=4, candidates=(2,), smallest=0.01, largest=0.99)
    version = train(home, begin(), easy)
    assert version.state == VersionState.DRAFT
    assert version.model.k == 2
    assert version.model.training["organizations"] == 6
    publish(rename(version, words(*version.model.codes)), score=False)
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    told = json.loads(run("drift", "--json"))
    assert (told["verdict"], told["on"], max(told["features"].values())) == ("STEADY", "2020-06-01", 0.0)
    assert SegmentVersion.objects.get().drift["verdict"] == "STEADY"
    assert run("drift").startswith(version.version)


def test_drift_without_a_version_in_force_is_said(tmp_path: Path) -> None:
    kept()
    with pytest.raises(NotFound) as refused:
        measure_drift(Home(tmp_path))
    assert "in force" in refused.value.sentence("en")


def test_a_version_that_does_not_exist_is_said() -> None:
    with pytest.raises(NotFound):
        version_named("1999.1")
    assert kept().version == version_named(None).version


def run(*asked: str) -> str:
    done = CliRunner().invoke(app, ["segment", *asked], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_commands_tell_the_same_as_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    kept()
    file = tmp_path / "names.json"
    told = {
        code: {"name": {"fr": f"Nom {code}", "en": f"Name {code}"}, "card": {"fr": "Fiche.", "en": "Card."}}
        for code in ("P1", "P2", "P3")
    }
    file.write_text(json.dumps(told), encoding="utf-8")
    assert json.loads(run("name", str(file), "--json"))["state"] == "NAMED"
    assert json.loads(run("publish", "--json"))["state"] == "PUBLISHED"
    shown = json.loads(run("show", "2026.1", "--json"))
    assert shown["model"]["sha256"] == shown["sha256"]
    assert [one["version"] for one in json.loads(run("list", "--json"))["versions"]] == ["2026.1"]
    assert json.loads(run("score", "--json")) == {"version": "2026.1", "buyers": {}}
    assert "Nom P2" in run("show")


def test_a_file_of_names_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    kept()
    file = tmp_path / "names.json"
    file.write_text('{"P1": 3}', encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        CliRunner().invoke(app, ["segment", "name", str(file)], catch_exceptions=False)
    assert "names.json" in refused.value.sentence("en")
    with pytest.raises(BadInput):
        CliRunner().invoke(app, ["segment", "train", "--profiles", "many"], catch_exceptions=False)
