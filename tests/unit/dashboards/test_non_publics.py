"""*Non-publics*: what it says with a census, without one, with an invented one, and when the model must be silent."""

import json
import math
import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from publicc.dashboards.asking import Asker
from publicc.dashboards.charts.drawing import specification
from publicc.dashboards.choices import choices_of
from publicc.dashboards.filters import read_filters
from publicc.dashboards.page import Screen
from publicc.dashboards.screens.non_publics import non_publics_screen
from publicc.directory.official.layers import Layer
from publicc.directory.places import fsas_table
from publicc.kernel.text import LANGUAGES
from publicc.store.shelf import Imported
from tests.spec.metrics.world import OWN, World

FSAS = [
    fsa
    for fsa, codes in zip(*(fsas_table().column(name).to_pylist() for name in ("fsa", "codes")), strict=True)
    if fsa[0] == "H" and fsa[1] != "7" and codes > 200
][:34]


def city(*, follows: float) -> World:
    """A house in Montréal whose buyers follow the share of graduates of each area, or nothing."""
    chance = random.Random(5)
    households, census, tickets = {}, {}, []
    for fsa in FSAS:
        standing = chance.gauss(0, 1)
        households[fsa] = 1000
        census[fsa] = {"degree": (30 + 9 * standing, 100.0), "households": (1000.0, 1.0)}
        n = round(20 * math.exp(follows * standing + (0 if follows else chance.gauss(0, 0.6))))
        tickets += [{"performance_id": "P", "buyer": f"{fsa}{i}", "origin": "CANADA", "fsa": fsa} for i in range(n)]
    return World(
        [{"performance_id": "P", "capacity": 900, "starts_on": "2025-01-15"}],
        [*tickets, *(2 * [{"performance_id": "P", "buyer": "far", "origin": "CANADA", "fsa": "M5V"}])],
        as_of=date(2025, 8, 31),
        venues=[{"latitude": "45.508", "longitude": "-73.566"}],
        shows=[{"show_id": "show", "title": "Le lac"}],
        households={**households, "M5V": 5000},
        census=census,
    )


FOLLOWING, SCATTERED = city(follows=0.6), city(follows=0.0)


def screen_of(world: World, *, invented: bool = False, **asked: str) -> Screen:
    census = Imported(Layer.CENSUS, "x.zip", "v", "2021", 35, ("QC",), invented, datetime(2026, 1, 1, tzinfo=UTC))
    with world.connection() as facts:
        filters = read_filters({name: [value] for name, value in asked.items()}, choices_of(facts, world.as_of))
        return non_publics_screen(replace(Asker.of(facts, OWN, filters, world.as_of), imported={Layer.CENSUS: census}))


def notices(screen: Screen) -> str:
    return " ".join(one.words.fr for one in screen.notices)


def test_a_range_of_growth_is_said_with_the_territory_where_it_lies() -> None:
    screen = screen_of(FOLLOWING)
    assert screen.answer.fr.startswith("Montréal : 9")
    assert "Le territoire limite le développement à" in screen.answer.fr
    assert " (de " in screen.answer.fr
    territories = screen.table("territories")
    assert territories is not None
    assert [row[0].said("en") for row in territories.rows] == ["Montréal"]  # type: ignore[union-attr]


def test_every_chart_has_its_table_and_can_be_drawn_in_both_languages() -> None:
    screen = screen_of(FOLLOWING)
    assert [chart.id for chart in screen.charts] == ["map", "potential", "profile"]
    for chart in screen.charts:
        for lang in LANGUAGES:
            drawn = specification(chart, lang=lang, areas_url="areas", feature="fsa")
            assert json.dumps(drawn)
            assert chart.title.said(lang)
            assert chart.summary.said(lang)
        assert len(chart.table.rows) > 0


def test_the_map_tells_the_five_steps_around_the_usual() -> None:
    told = specification(screen_of(FOLLOWING).charts[0], lang="fr", areas_url="a", feature="fsa")
    drawn = json.dumps(told, ensure_ascii=False)
    for step in ("moins de 50", "80 à 124", "200 et plus", "hors du territoire"):
        assert step in drawn


def test_the_trait_that_was_planted_is_the_title_of_the_profile() -> None:
    profile = screen_of(FOLLOWING).chart("profile")
    assert profile is not None
    assert "plus de : baccalauréat ou plus" in profile.title.fr


def test_a_reach_that_the_census_does_not_explain_gives_no_potential_and_says_why() -> None:
    screen = screen_of(SCATTERED)
    assert screen.chart("potential") is None
    assert "explique trop peu" in notices(screen)
    assert "Développement réaliste" not in screen.answer.fr


def test_too_few_areas_are_said_to_be_too_few() -> None:
    few = replace(FOLLOWING, households=dict(list(FOLLOWING.households.items())[:5]))
    assert "Trop peu de secteurs" in notices(screen_of(few))


def test_without_a_census_the_page_says_what_to_import() -> None:
    screen = screen_of(replace(FOLLOWING, households={}, census={}))
    assert screen.charts == ()
    assert "publicc geography import" in notices(screen)
    assert "recensement" in screen.answer.fr


@pytest.mark.parametrize(("invented", "said"), [(True, "Recensement inventé"), (False, "Statistique Canada")])
def test_where_the_census_comes_from_is_said_before_the_figures(invented: bool, said: str) -> None:
    assert said in notices(screen_of(FOLLOWING, invented=invented))


def test_what_a_filter_cannot_cut_is_said() -> None:
    assert screen_of(FOLLOWING, discipline="THEATRE").charts
