"""Any figure, any cut, any comparison: the right number, and never a question that makes no sense."""

import random
from dataclasses import replace

import pytest

from publicc.dashboards.asking import Asker
from publicc.dashboards.charts.drawing import specification
from publicc.dashboards.choices import choices_of
from publicc.dashboards.exploration import FIGURES, cuts_of, read_exploration
from publicc.dashboards.filters import read_filters
from publicc.dashboards.page import Screen
from publicc.dashboards.screens.explorer import a_year_later, explorer_screen
from publicc.kernel.cells import Shown
from publicc.kernel.text import Text
from publicc.metrics.registry import METRICS
from tests.spec.metrics.world import OWN
from tests.unit.dashboards.test_screens import WORLD


def explored(**asked: str) -> Screen:
    with WORLD.connection() as facts:
        told = {name: [value] for name, value in asked.items()}
        filters = read_filters(told, choices_of(facts, WORLD.as_of))
        return explorer_screen(Asker.of(facts, OWN, filters, WORLD.as_of), read_exploration(told, ("romeo", "cygne")))


def rows_of(screen: Screen) -> dict[object, object]:
    table = screen.table("explored")
    assert table is not None
    return {row[0].fr if isinstance(row[0], Text) else row[0]: row[1] for row in table.rows}


def test_a_figure_is_cut_by_what_is_asked() -> None:
    screen = explored(figure="admission_count", by="discipline", season="2018-2019")
    assert rows_of(screen) == {"Théâtre": Shown(5, n=5), "Danse": Shown(4, n=4)}
    assert screen.answer.said("fr") == "Entrées\u00a0: 9."


def test_a_season_before_stands_beside_under_the_same_months() -> None:
    screen = explored(figure="admission_count", by="month", against="previous", season="2018-2019")
    table = screen.table("explored")
    assert table is not None
    october = next(row for row in table.rows if row[0] == Text("octobre 2018", "October 2018"))
    assert october[1:3] == (Shown(5, n=5), Shown(3, n=3))
    assert screen.answer.said("fr") == "Entrées\u00a0: 9, contre 3 (+6)."
    assert a_year_later("season", "2017-2018") == "2018-2019"


def test_a_difference_of_shares_that_is_not_clear_is_said_so() -> None:
    screen = explored(figure="multi_buyer_share", by="", against="show:cygne", season="2018-2019")
    assert "pas de différence nette" in screen.answer.said("fr")
    assert not screen.tables


def test_a_bar_leads_to_the_same_question_under_its_filter_and_a_month_to_its_days() -> None:
    by_show = explored(figure="buyer_count", by="show", season="2018-2019")
    table = by_show.table("explored")
    assert table is not None
    assert table.leads[0] == "?figure=buyer_count&by=show&against=&season=2018-2019&show=romeo"
    spec = specification(by_show.charts[0], lang="fr")
    assert "lead" in str(spec["layer"][0]["encoding"]["href"])
    by_month = explored(by="month", season="2018-2019").table("explored")
    assert by_month is not None
    assert by_month.leads[0] == "?figure=admission_count&by=day&against=&period=2018-10-01..2018-10-31"


def test_a_distribution_is_read_along_its_own_axis() -> None:
    screen = explored(figure="channel_share", by="weekday", season="2018-2019")
    assert "le plus proche est montré" in screen.notices[0].words.fr
    assert set(rows_of(screen)) >= {"Internet"}
    assert screen.answer.said("fr") == "Canaux\u00a0: d'abord Internet, 55,6\u00a0% (n = 9)."


def test_a_season_before_that_was_never_deposited_is_said_and_not_a_zero() -> None:
    screen = explored(figure="admission_count", against="previous", season="2017-2018")
    assert any("Aucune saison d'avant" in one.words.fr for one in screen.notices)
    table = screen.table("explored")
    assert table is not None
    assert [column.id for column in table.columns] == ["cut", "admission_count"]


def test_figures_of_every_kind_answer_by_something_it_may_be_cut_by() -> None:
    chance = random.Random(2026)
    with WORLD.connection() as facts:
        asker = Asker.of(
            facts, OWN, read_filters({"season": ["2018-2019"]}, choices_of(facts, WORLD.as_of)), WORLD.as_of
        )
        for figure in FIGURES:
            cuts = cuts_of(METRICS[figure])
            asked = read_exploration({"figure": [figure]}, ())
            asked = replace(asked, by=chance.choice(cuts)) if cuts else asked
            assert explorer_screen(asker, asked).answer.said("en").endswith(".")


@pytest.mark.parametrize("wrong", [{"figure": "nope"}, {"by": "organization"}, {"against": "show:gone"}])
def test_what_means_nothing_falls_back_and_is_said(wrong: dict[str, str]) -> None:
    assert read_exploration({name: [value] for name, value in wrong.items()}, ("romeo",)).dropped == tuple(wrong)
