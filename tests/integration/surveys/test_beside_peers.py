"""Results beside those of peers: what an organization brings, and what it reads of the others."""

import html
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from statistics import fmean

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from publicc.collective.models import Organization
from publicc.disclosure.seal import Signer
from publicc.kernel.period import Period, season_period
from publicc.kernel.scope import OwnRows
from publicc.kernel.vocabulary import UserRole
from publicc.releases import catalogue
from publicc.store.home import Home
from publicc.store.sealing import Seal
from publicc.surveys.models import Response, Survey, random_number
from publicc.surveys.results.shared import figures_of
from publicc.surveys.states import ResponseState
from tests.integration.surveys.releasing import release_surveys

SEASON = season_period(2024)
AT = "/o/theatre-du-nord/surveys/{}/results/"
NPS, OVERALL, ARTIST = "survey.core.nps.v1", "survey.core.overall.v1", "survey.core.motive.v1.artist"
SIGNER = Signer("Pôle", Ed25519PrivateKey.from_private_bytes(bytes(32)))


def crowd(survey: Survey, day: date = date(2025, 3, 1), count: int = 40, seconds: int = 90) -> list[dict[str, object]]:
    """People who finished, that day; what they said."""
    seal, version, link = Seal.of(survey.organization.slug, "answers"), survey.versions.get(), survey.links.get()
    said: list[dict[str, object]] = [
        {
            "core.nps.v1": (10, 9, 8, 3)[at % 4],
            "core.overall.v1": ("5", "4", "4", "2")[at % 4],
            "core.motive.v1": ["artist", "place"] if at % 5 == 0 else ["work"],
            "core.experience.v1": {"absorbed": "4", "thinking": "2" if at % 2 else "5", "newness": "1"},
            "core.open.v1": f"Merci {at} ada@exemple.ca",
        }
        for at in range(count)
    ]
    rows = []
    for answers in said:
        number = random_number()
        rows.append(
            Response(
                id=number, token=str(number), survey=survey, version=version, link=link, state=ResponseState.DONE,
                day=day, language="fr", seconds=seconds, answers=seal.closed(answers, number),
            )
        )  # fmt: skip
    Response.objects.bulk_create(rows)
    return said


def test_an_organization_brings_its_figures_as_plain_arithmetic_has_them(survey: Survey, theatre: Organization) -> None:
    said = crowd(survey)
    crowd(survey, date(2025, 9, 1), 30)
    told = figures_of(OwnRows(theatre.slug), SEASON)
    marks = [int(str(one["core.nps.v1"])) for one in said]
    net = 100 * (sum(mark >= 9 for mark in marks) - sum(mark <= 6 for mark in marks)) / len(marks)
    assert (told[NPS].value, told[NPS].n) == (pytest.approx(net), 40)
    assert told[OVERALL].value == pytest.approx(fmean(int(str(one["core.overall.v1"])) for one in said))
    assert told[ARTIST].value == pytest.approx(sum("artist" in str(one["core.motive.v1"]) for one in said) / 40)
    assert told["survey.core.experience.v1.thinking"].value == pytest.approx(3.5)
    assert not [metric for metric in told if any(name in metric for name in ("core.open", "core.gender", "core.place"))]
    assert figures_of(OwnRows("opera-des-rives"), SEASON) == {}


def test_doubted_answers_and_those_of_people_met_elsewhere_are_not_brought(
    director: Client, survey: Survey, theatre: Organization
) -> None:
    crowd(survey)
    Response.objects.update(marks=["BURST"])
    assert figures_of(OwnRows(theatre.slug), SEASON) == {}
    Response.objects.update(is_kept=True)
    definition = survey.versions.get().definition
    definition["pages"] = [page for page in definition["pages"] if page["name"] != "core.visit"]
    type(survey.versions.get()).objects.update(definition=definition)
    assert figures_of(OwnRows(theatre.slug), SEASON) == {}


def released(period: Period, ratios: Mapping[str, Mapping[str, float]]) -> None:
    """A release in force of this installation, of surveys alone."""
    release_surveys(Home.from_environment(), SIGNER, period, ratios)


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation whose releases are signed by this test."""
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(catalogue, "known_public_key", lambda _: SIGNER.public_key())


def peers(metrics: tuple[str, ...], houses: int) -> dict[str, dict[str, float]]:
    told = {NPS: 62.0, OVERALL: 3.9, ARTIST: 0.2}
    own = dict.fromkeys(("theatre-du-nord",), told[metrics[0]])
    return {one: own | {f"house-{at}": told[one] * (1 + at / 100) for at in range(houses)} for one in metrics}


def page_of(client: Client, survey: Survey, query: str = "") -> str:
    return html.unescape(client.get(AT.format(survey.key) + query).content.decode()).replace("\u00a0", " ")


@pytest.mark.usefixtures("hub")
def test_own_figures_stand_beside_the_median_and_the_quartiles_of_peers(director: Client, survey: Survey) -> None:
    crowd(survey)
    released(SEASON, peers((NPS, OVERALL, ARTIST), 12))
    page = page_of(director, survey)
    assert "À côté de vos pairs" in page
    assert "Recommandation nette +25, quart le plus bas" in page
    assert "(12 organismes)" in page
    assert "saison 2024-2025" in page
    rows = director.get(AT.format(survey.key) + "peers.csv").content.decode("utf-8-sig").splitlines()
    by_code = {row.split(";")[2]: row.split(";") for row in rows}
    assert by_code[NPS][3] == "25,0000"
    assert (by_code[NPS][7], by_code[NPS][10], by_code[NPS][11]) == ("65,0000", "12", "quart le plus bas")
    assert by_code[ARTIST][11] == "pas de différence nette"
    assert by_code["survey.core.experience.v1.absorbed"][7].startswith("Masqué")


@pytest.mark.usefixtures("hub")
def test_with_four_others_the_page_says_why_nothing_is_compared(director: Client, survey: Survey) -> None:
    crowd(survey)
    released(SEASON, peers((NPS,), 4))
    assert "Masqué : moins de 5 autres organismes ont ce chiffre" in page_of(director, survey)


@pytest.mark.usefixtures("hub")
def test_under_thirty_answers_nothing_is_compared(director: Client, survey: Survey) -> None:
    crowd(survey, count=20)
    released(SEASON, peers((NPS,), 12))
    page = page_of(director, survey)
    assert "trop peu de vos réponses sont de ces jours pour comparer" in page
    assert "moins de 30 réponses : comparé à rien" in page
    assert "+25" in page


@pytest.mark.usefixtures("hub")
def test_before_a_release_the_page_says_what_opens_the_comparison(director: Client, survey: Survey) -> None:
    crowd(survey)
    assert "La comparaison s'ouvre quand le pôle publie une période close" in page_of(director, survey)
    assert director.get(AT.format(survey.key) + "peers.csv").status_code == 404


@pytest.mark.usefixtures("hub")
def test_readers_without_export_and_other_organizations_take_no_comparison_away(
    survey: Survey, opera: Organization, member_of: Callable[..., Client]
) -> None:
    crowd(survey)
    released(SEASON, peers((NPS,), 12))
    assert member_of(opera).get(f"/o/{opera.slug}/surveys/{survey.key}/results/peers.csv").status_code == 404
    assert member_of(survey.organization, UserRole.READER).get(AT.format(survey.key) + "peers.csv").status_code == 403
