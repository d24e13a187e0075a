"""The two questions on non-publics, put to people met outside venues: weighted to the census, kept, and asked for."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from typer.testing import CliRunner

from publicc.cli.app import app
from publicc.collective.models import Organization
from publicc.kernel.scope import OwnRows
from publicc.metrics.source import Census
from publicc.store.attitudes import attitudes_file
from publicc.store.home import Home
from publicc.store.sealing import Seal
from publicc.surveys.models import Response, Survey, random_number
from publicc.surveys.results import attitudes, reading
from publicc.surveys.results.attitudes import keep_attitudes
from publicc.surveys.states import ResponseState
from tests.integration.dashboards.test_screens_by_address import publish_world

SLUG, SNAPSHOT = "theatre", "b" * 32
YOUNG, OLD = {"core.age.v1": "15-24"}, {"core.age.v1": "75+"}
CENSUS: Census = {
    "H2X": dict.fromkeys(("age_15_34", "age_35_64", "age_65_up"), (300.0, 1000.0)) | {"home_french": (500.0, 900.0)}
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A house with its rows."""
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    publish_world(tmp_path, SNAPSHOT)
    return Home(tmp_path)


@pytest.fixture
def met(home: Home, db: None, member_of: Callable[..., Client]) -> Survey:
    """A survey for people met outside venues, published."""
    house = Organization.objects.create(slug=SLUG, name="Maison")
    director, base = member_of(house), f"/o/{SLUG}/surveys/"
    director.post(f"{base}bring/", {"title_fr": "Et vous", "title_en": "And you", "model": "outside"})
    survey = Survey.objects.get()
    assert director.post(f"{base}{survey.key}/publish/").status_code == 302
    return survey


def answer(survey: Survey, count: int, appeal: str, attended: str, **more: object) -> None:
    seal, version, link = Seal.of(SLUG, "answers"), survey.versions.get(), survey.links.get()
    rows = []
    for _ in range(count):
        number, said = random_number(), {"mod.nonpublic.appeal.v1": appeal, "mod.nonpublic.attended.v1": attended}
        rows.append(
            Response(
                id=number, token=str(number), survey=survey, version=version, link=link, state=ResponseState.DONE,
                day=date(2019, 3, 3), language="fr", seconds=60, answers=seal.closed({**said, **more}, number),
            )
        )  # fmt: skip
    Response.objects.bulk_create(rows)


def asked(*metrics: str) -> dict[tuple[str, ...], dict[str, object]]:
    """What `publicc query` tells, by the codes of its rows."""
    told = CliRunner().invoke(app, ["query", *metrics, "--organization", SLUG, "--json"])
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)
    return {tuple(row[name] for name in found["by"]): row[metrics[0]] for row in found["rows"]}


def test_a_new_answer_is_in_the_next_query(met: Survey) -> None:
    assert asked("non_public_rate")["middle",] == {"state": "unknown", "reason": "no_data", "missing": "answers"}
    answer(met, 12, "much", "no")
    answer(met, 8, "little", "yes")
    told = asked("non_public_rate")
    assert told["middle",] == {"state": "shown", "value": pytest.approx(0.6), "n": 20}
    assert 0.38 < float(str(told["low",]["value"])) < 0.4
    answer(met, 20, "dontknow", "dontknow")
    assert asked("non_public_rate")["middle",]["value"] == pytest.approx(0.8)
    assert asked("attitude_share")["indifferent", "middle"]["value"] == pytest.approx(0.5)


def test_people_are_weighted_to_those_who_live_where_they_live(met: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty young people who came, ten old who did not; a third of each age in the census.

    Nobody of 35 to 64 answered: their third is joined to that of the smaller neighbour, who weighs two thirds.
    """
    monkeypatch.setattr(attitudes, "census_of", lambda _: CENSUS)
    place = {"core.place.v1": "H2X"}
    answer(met, 30, "much", "yes", **YOUNG, **place)
    answer(met, 10, "none", "no", **OLD, **place)
    assert asked("non_public_rate")["middle",]["value"] == pytest.approx(2 / 3, abs=1e-6)


def test_the_page_of_results_says_whom_the_weights_make_them_speak_for(
    met: Survey, member_of: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "census_of", lambda _: CENSUS)
    answer(met, 30, "much", "yes", **YOUNG, **{"core.place.v1": "H2X"})
    answer(met, 10, "none", "no", **OLD, **{"core.place.v1": "H2X"})
    page = member_of(met.organization).get(f"/o/{SLUG}/surveys/{met.key}/results/").content.decode()
    assert "les 15 ans et plus" not in page
    assert "aux 15 ans et plus des territoires" in page
    assert "À côté de vos pairs" not in page


def test_nobodys_words_place_or_age_leave_the_seal_for_the_totals(met: Survey, home: Home) -> None:
    answer(met, 12, "much", "no", **{"core.place.v1": "H2X", "core.open.v1": "Merci Ada", **OLD})
    keep_attitudes(home, OwnRows(SLUG))
    told = attitudes_file(home, SNAPSHOT, SLUG).read_text(encoding="utf-8")
    assert told == "day,attitude,attended,people,weight,squares\n2019-03-03,potential,False,12,12.0,12.0\n"
    Response.objects.all().delete()
    keep_attitudes(home, OwnRows(SLUG))
    assert not attitudes_file(home, SNAPSHOT, SLUG).exists()


def test_doubted_and_unfinished_answers_and_those_of_audiences_are_not_counted(
    met: Survey, home: Home, member_of: Callable[..., Client]
) -> None:
    answer(met, 12, "much", "no")
    Response.objects.update(marks=["BURST"])
    answer(met, 11, "much", "no")
    Response.objects.filter(marks=[]).update(state=ResponseState.BEGUN)
    keep_attitudes(home, OwnRows(SLUG))
    assert not attitudes_file(home, SNAPSHOT, SLUG).exists()


def test_the_page_of_non_publics_shows_them_beside_the_census(met: Survey, member_of: Callable[..., Client]) -> None:
    answer(met, 30, "much", "no")
    answer(met, 10, "none", "yes")
    page = member_of(met.organization).get(f"/o/{SLUG}/non-publics/").content.decode()
    page = page.replace("\u00a0", " ")
    assert "75 % des gens rencontrés hors des salles" in page
    assert "40 réponses" in page
    assert "Potentiels : attirés, pas venus" in page
