"""The seven guided answers, in each state of the data: the sentence is right, in both languages, and never invents."""

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

import duckdb
import pytest

from publicc.dashboards.asking import Asker
from publicc.dashboards.charts.drawing import specification
from publicc.dashboards.choices import choices_of
from publicc.dashboards.filters import read_filters
from publicc.dashboards.guides.catalogue import GUIDES
from publicc.dashboards.page import Screen
from publicc.kernel.text import LANGUAGES
from tests.spec.metrics.world import OWN, World, drawn

SHOWS = [{"show_id": one, "title": one.title()} for one in ("romeo", "cygne")]


BOUGHT = {"fsa": "H2X", "origin": "CANADA", "distance_km": 3.0, "admin_region": "06", "face": 40}


def house(seasons: Sequence[int], *, buyers: int = 60, growing: int = 0, **same: object) -> World:
    """A house that plays two shows a season to that many buyers, half of whom come back; `same` for every ticket."""
    chance = random.Random(7)
    performances, tickets = [], []
    for place, year in enumerate(seasons):
        for show, month, discipline in (("romeo", 10, "THEATRE"), ("cygne", 12, "DANCE")):
            night = {"performance_id": f"{show}{year}", "starts_on": f"{year}-{month}-10", "capacity": 120}
            performances.append({**night, "show_id": show, "discipline": discipline})
            for n in range(buyers + growing * place):
                bought = {
                    **BOUGHT,
                    "performance_id": f"{show}{year}",
                    "order": f"{year}{month}{n:03}",
                    "net": 30 + place,
                }
                bought |= {"buyer": f"b{n}" if n % 2 else f"b{n}-{year}"}
                bought |= {"ordered_on": str(date(year, month - 1, chance.randint(1, 28)))}
                tickets.append({**bought, **same})
    return World(performances, tickets, as_of=date(seasons[-1] + 1, 8, 31), venues=[{}], shows=SHOWS)


FOUR = house(range(2014, 2018), growing=15)
EXTRA = [{**one, "is_extra": one["performance_id"] == "cygne2017"} for one in FOUR.performances]
ONE_SHOW = World(
    drawn("performance_id | show_id | starts_on  | capacity\n---\np1 | romeo | 2018-02-28 | 100"),
    [{"performance_id": "p1", "buyer": "ada", "order": "1", "ordered_on": "2018-02-27"}],
    as_of=date(2018, 8, 31),
    venues=[{}],
    shows=SHOWS[:1],
)
DANCERS = World(
    [
        {"performance_id": f"t{n}", "starts_on": f"2018-02-{n + 5:02}", "show_id": "romeo", "discipline": "THEATRE"}
        for n in range(3)
    ]
    + [{"performance_id": "d", "starts_on": "2018-03-10", "show_id": "cygne", "discipline": "DANCE"}],
    [
        {**BOUGHT, "performance_id": night, "buyer": f"r{n}", "net": 30}
        for n in range(40)
        for night in ("t0", "t1", "t2", "d")
    ]
    + [{**BOUGHT, "performance_id": "t0", "buyer": f"n{n}", "net": 30} for n in range(40)],
    as_of=date(2018, 8, 31),
    venues=[{}],
    shows=SHOWS,
)
WORLDS = {
    "dancers": DANCERS,
    "four seasons": FOUR,
    "one season": house(range(2017, 2018)),
    "one show and one buyer": ONE_SHOW,
    "a hole": house([2014, 2015, 2017]),
    "no price": house(range(2016, 2018), net=None, face=None),
    "all complimentary": house(range(2016, 2018), net=0, price_group="COMP"),
    "nobody identified": house(range(2016, 2018), buyer=None),
    "an extra night": World(EXTRA, FOUR.tickets, as_of=FOUR.as_of, venues=[{}], shows=SHOWS),
    "no ticket at all": World(FOUR.performances, [], as_of=FOUR.as_of, venues=[{}], shows=SHOWS),
}


@cache
def opened(world: str) -> duckdb.DuckDBPyConnection:
    return WORLDS[world].connection()


def guide_of(guide: str, world: str = "four seasons", **asked: str) -> Screen:
    facts, as_of = opened(world), WORLDS[world].as_of
    filters = read_filters({name: [value] for name, value in asked.items()}, choices_of(facts, as_of))
    return GUIDES[guide].build(Asker.of(facts, OWN, filters, as_of))


@pytest.mark.parametrize("state", [one for one in WORLDS if one not in {"an extra night", "a hole"}])
def test_each_question_is_answered_in_words_whatever_the_state_of_the_data(state: str) -> None:
    for guide in GUIDES:
        page = guide_of(guide, state)
        assert page.steps
        assert page.limits
        assert page.deeper
        for lang in LANGUAGES:
            told = [
                page.answer,
                *(step.words for step in page.steps),
                *page.limits,
                *(one.title for one in page.charts),
            ]
            words = [one.said(lang) for one in told]
            assert all(words), guide
            assert not [one for one in words if re.search(r"[{}]|nan|None|\.\.| ,|  ", one)], guide
            assert page.answer.said(lang).endswith(".")


def test_every_chart_of_a_question_can_be_drawn() -> None:
    for guide in GUIDES:
        for chart in guide_of(guide).charts[:2]:
            assert specification(chart, lang="fr")["description"]


def test_a_trend_needs_three_closed_seasons_and_a_clear_difference() -> None:
    page = guide_of("trends")
    assert page.answer.said("fr").startswith(
        "Ce qui a le plus bougé en 4\u00a0saisons\u00a0: entrées, en hausse, de 120 à 210."
    )
    titles = {chart.id: chart.title.said("fr") for chart in page.charts}
    assert titles["distance-median"] == "Distance médiane\u00a0: sans tendance nette"
    assert guide_of("trends", "no price").answer.said("en").startswith("Only 2\u00a0seasons closed")
    short = guide_of("trends", season="2015-2016")
    assert "2\u00a0saisons" in short.answer.said("fr")


def test_seasons_that_do_not_follow_one_another_are_said_and_nobody_is_called_new_after_a_hole() -> None:
    page = guide_of("trends", "a hole")
    assert "Ces saisons ne se suivent pas\u00a0: il manque 2016-2017" in page.notices[0].words.said("fr")
    assert page.chart("new-buyer-share") is None
    assert page.chart("admission-count") is not None


def test_the_most_faithful_are_told_with_their_number_and_never_by_name() -> None:
    page = guide_of("best-customers")
    told = page.answer.said("fr")
    assert "Les 10\u00a0% les plus assidus (11\u00a0acheteurs) achètent" in told
    assert "petite (moins de 30)" in page.notices[-1].words.said("fr")
    assert not any("b1" in step.words.fr for step in page.steps)


def test_the_gap_with_last_season_is_that_of_my_season_and_named_show_by_show() -> None:
    page = guide_of("last-season")
    assert page.answer.said("fr").startswith("Saison close\u00a0: 210\u00a0billets payants, 30 de plus (+16,7\u00a0%)")
    gap = page.table("shows-of-the-gap")
    assert gap is not None
    assert [row[1].value for row in gap.rows] == [15, 15]  # type: ignore[union-attr]
    alone = guide_of("last-season", "one season")
    assert "Aucune saison précédente n'a été déposée" in alone.answer.said("fr")
    assert [one.link for one in alone.notices if one.level == "missing"] == ["deposits"]


def test_extra_performances_are_told_apart_in_the_gap() -> None:
    page = guide_of("last-season", "an extra night")
    assert "Sans les supplémentaires\u00a0: −41,7\u00a0%." in page.answer.said("fr")


def test_growth_is_read_from_closed_seasons_and_never_promised_without_a_ceiling() -> None:
    page = guide_of("realistic-growth")
    told = page.answer.said("fr")
    assert (
        "rythme habituel est de +20\u00a0% d'acheteurs par saison (de 60 à 105\u00a0acheteurs en 4\u00a0saisons)"
        in told
    )
    assert "Sans plafond de territoire" in told
    assert "trop peu pour une cible" in guide_of("realistic-growth", "no price").answer.said("fr")
    assert "il faut deux saisons closes" in guide_of("realistic-growth", "one season").answer.said("fr")


def test_a_profile_says_how_sure_its_shares_are() -> None:
    told = guide_of("profile").answer.said("fr")
    assert told.startswith("105\u00a0acheteurs, 57\u00a0% (entre 48\u00a0% et 66\u00a0%) de nouveaux")
    assert "moins de 3,0\u00a0km" in told
    assert "ne peut pas être dressé" in guide_of("profile", "nobody identified").answer.said("fr")


def test_without_a_price_the_question_of_price_says_what_to_bring() -> None:
    page = guide_of("price", "no price")
    assert page.answer.said("fr").startswith("Aucun prix connu")
    assert any("montant payé par billet" in one.words.fr for one in page.notices)
    told = guide_of("price").answer.said("fr")
    assert told.startswith(
        "Rien ici ne dit que le prix freine\u00a0: 33,00\u00a0$ en moyenne, des salles remplies à 88\u00a0%"
    )


def test_an_offer_is_made_to_each_segment_of_thirty_buyers_or_more() -> None:
    page = guide_of("offer")
    assert all("canal : internet." in step.words.fr.lower() for step in page.steps)
    assert "Aucun segment ne préfère nettement" in page.answer.said("fr")
    few = guide_of("offer", "one show and one buyer")
    assert "il en faut 30 par segment" in few.answer.said("fr")
    of_show = guide_of("offer", show="romeo")
    assert of_show.answer.said("fr").startswith("Romeo\u00a0: d'abord")


def chosen_offer(world: str, segment: str) -> Screen:
    facts, as_of = opened(world), WORLDS[world].as_of
    filters = read_filters({}, choices_of(facts, as_of))
    return GUIDES["offer"].build(replace(Asker.of(facts, OWN, filters, as_of), segment=segment))


def test_a_chosen_segment_that_nothing_tells_apart_is_said_to_be_like_everyone() -> None:
    page = chosen_offer("four seasons", "parcours:RETURNING")
    assert page.chooser is not None
    assert page.chooser.chosen == "parcours:RETURNING"
    offers = page.table("offers")
    assert offers is not None
    readings = {row[-1].said("en") for row in offers.rows}
    assert "not different" in readings
    assert "different" in page.answer.said("en").lower() or "average buyer" in page.answer.said("en")


def test_a_chosen_segment_drawn_to_an_offer_is_told_with_its_interval() -> None:
    page = chosen_offer("dancers", "parcours:REGULAR")
    assert "danse, 2,0 fois l'acheteur moyen (entre" in page.answer.said("fr").replace("\u00a0", " ").lower()
    assert specification(page.charts[0], lang="fr")
    potential = page.table("potential")
    assert potential is not None
    assert "recensement" in potential.note.said("fr")


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("segment", ["parcours:DORMANT", "profile:P1", "parcours:NOBODY"])
def test_a_chosen_segment_answers_in_every_state_of_the_data(world: str, segment: str) -> None:
    page = chosen_offer(world, segment)
    for lang in LANGUAGES:
        assert page.answer.said(lang).endswith(".")
    for chart in page.charts:
        assert specification(chart, lang="fr")
