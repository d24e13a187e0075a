from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from publicc.dashboards.asking import Asker
from publicc.dashboards.charts.drawing import specification
from publicc.dashboards.choices import choices_of
from publicc.dashboards.filters import read_filters
from publicc.dashboards.page import Screen
from publicc.dashboards.screens.every import SCREENS
from publicc.kernel.cells import Shown
from publicc.kernel.vocabulary import Parcours
from tests.spec.metrics.world import OWN, World, drawn

PERFORMANCES = drawn("""
    performance_id | show_id | starts_on  | capacity | discipline | status
    ---------------+---------+------------+----------+------------+-----------
    p1             | romeo   | 2017-10-05 | 100      | THEATRE    | SCHEDULED
    p2             | romeo   | 2018-10-05 | 100      | THEATRE    | SCHEDULED
    p3             | cygne   | 2018-12-10 | 200      | DANCE      | SCHEDULED
    p4             | cygne   | 2019-03-10 | 200      | DANCE      | CANCELLED
""")
TICKETS = drawn("""
    performance_id | buyer | tickets | ordered_on | order | fsa | origin | distance_km | admin_region | channel
    ---------------+-------+---------+------------+-------+-----+--------+-------------+--------------+--------
    p1             | ada   | 2       | 2017-09-10 | 1     | H2X | CANADA | 1.2         | 06           | WEB
    p1             | ben   | 1       | 2017-10-01 | 2     | G1R | CANADA | 233.0       | 03           | COUNTER
    p2             | ada   | 2       | 2018-09-10 | 3     | H2X | CANADA | 1.2         | 06           | WEB
    p2             | cam   | 3       | 2018-10-01 | 4     | J4K | CANADA | 6.0         | 16           | WEB
    p3             | dee   | 4       | 2018-12-09 | 5     | H7N | CANADA | 14.5        | 13           | COUNTER
    p4             | eve   | 4       | 2019-01-09 | 6     | H7N | CANADA | 14.5        | 13           | WEB
""")
WORLD = World(
    PERFORMANCES,
    TICKETS,
    as_of=date(2019, 8, 31),
    venues=[{}],
    shows=[{"show_id": "romeo", "title": "Roméo et Juliette"}, {"show_id": "cygne", "title": "Le lac"}],
)


def screen_of(screen_id: str, world: World = WORLD, **asked: str) -> Screen:
    with world.connection() as facts:
        filters = read_filters({name: [value] for name, value in asked.items()}, choices_of(facts, world.as_of))
        return SCREENS[screen_id](Asker.of(facts, OWN, filters, world.as_of))


def value_of(screen: Screen, metric: str) -> object:
    cell = next(tile.cell for tile in screen.tiles if tile.metric == metric)
    return cell.value if isinstance(cell, Shown) else cell


def test_my_season_counts_what_was_played_and_says_it_in_one_sentence() -> None:
    screen = screen_of("season")
    assert value_of(screen, "admission_count") == 9
    assert screen.tiles[0].before == Shown(3, n=3)
    assert "9" in screen.answer.said("fr")


def test_the_table_of_shows_ends_with_the_whole_season() -> None:
    shows = screen_of("season").table("shows")
    assert shows is not None
    assert [row[0] for row in shows.rows] == ["Roméo et Juliette", "Le lac"]
    assert shows.total is not None
    assert shows.total[3] == Shown(9, n=9)


def test_one_show_has_its_own_season_audience_and_territory() -> None:
    screen = screen_of("season", show="romeo")
    assert value_of(screen, "admission_count") == 5
    assert value_of(screen_of("audiences", show="romeo"), "buyer_count") == 2
    areas = screen_of("territories", show="romeo").table("areas")
    assert areas is not None
    assert {row[0] for row in areas.rows} == {"H2X", "J4K"}


def test_a_filter_that_cannot_cut_a_figure_is_said_and_never_a_wrong_number() -> None:
    screen = screen_of("season", channel="WEB")
    assert value_of(screen, "admission_count") == 5
    assert "occupancy_rate" not in {tile.metric for tile in screen.tiles}
    shows = screen.table("shows")
    assert shows is not None
    assert "occupancy_rate" not in {column.id for column in shows.columns}
    assert "0 spectacle" not in screen.answer.said("fr")
    assert any("sans objet avec ce filtre" in n.words.said("fr").lower() for n in screen.notices)


def test_my_audiences_counts_buyers_not_tickets() -> None:
    screen = screen_of("audiences")
    assert value_of(screen, "buyer_count") == 3
    assert "acheteurs" in screen.answer.said("fr")


def test_territories_say_where_half_of_the_tickets_come_from() -> None:
    screen = screen_of("territories")
    assert value_of(screen, "fsas_for_half") == 2
    areas = screen.table("areas")
    assert areas is not None
    assert [row[0] for row in areas.rows] == ["H7N", "J4K", "H2X"]


def test_segments_weigh_tickets_beside_heads() -> None:
    cards = screen_of("segments").table("cards")
    assert cards is not None
    told = {row[0]: (row[1], row[2]) for row in cards.rows}
    assert told == {
        Parcours.NEW.label: (Shown(2, n=2), Shown(7, n=7)),
        Parcours.RETURNING.label: (Shown(1, n=1), Shown(2, n=2)),
    }


def test_what_explains_the_difference_adds_up_to_it() -> None:
    screen = screen_of("season")
    now, then = (cell_value(screen, "ticket_revenue", side) for side in ("cell", "before"))
    why, where = screen.table("why"), screen.table("where")
    assert why is not None
    assert sum(float(row[1].value) for row in why.rows if isinstance(row[1], Shown)) == pytest.approx(now - then)
    assert where is not None
    for cut in {row[0] for row in where.rows}:
        moved = [float(row[4].value) for row in where.rows if row[0] == cut and isinstance(row[4], Shown)]
        assert sum(moved) == pytest.approx(now - then)


def cell_value(screen: Screen, metric: str, side: str) -> float:
    cell = getattr(next(one for one in screen.tiles if one.metric == metric), side)
    assert isinstance(cell, Shown)
    return float(cell.value)


def test_the_shows_of_a_season_lead_each_to_its_own_page() -> None:
    screen = screen_of("show")
    assert screen.answer.said("fr") == "2\u00a0spectacles au programme; le plus vu\u00a0: Roméo et Juliette, 5 entrées."
    shows = screen.table("shows")
    assert shows is not None
    assert [row[0] for row in shows.rows] == ["Roméo et Juliette", "Le lac"]
    assert shows.leads == ("../show/?show=romeo", "../show/?show=cygne")


def test_the_page_of_a_show_tells_its_nights_and_how_its_sales_built_up() -> None:
    screen = screen_of("show", show="romeo", period="2017-10-05..2018-10-05")
    assert screen.title.said("en") == "Roméo et Juliette"
    assert value_of(screen, "admission_count") == 8
    nights = screen.table("performances")
    assert nights is not None
    assert [(row[0], row[1]) for row in nights.rows] == [
        (date(2017, 10, 5), Shown(3, n=3)),
        (date(2018, 10, 5), Shown(5, n=5)),
    ]
    curve = screen.chart("build-up")
    assert curve is not None
    assert [(row[0], row[1]) for row in curve.table.rows] == [
        (Shown(21), Shown(4, n=4)), (Shown(14), Shown(4, n=4)), (Shown(7), Shown(4, n=4)), (Shown(0), Shown(8, n=8)),
    ]  # fmt: skip


@pytest.mark.parametrize("screen_id", sorted(SCREENS))
@pytest.mark.parametrize("season", ["2017-2018", "2018-2019"])
def test_every_chart_of_every_screen_draws_and_is_read_in_both_languages(screen_id: str, season: str) -> None:
    screen = screen_of(screen_id, season=season)
    for chart in screen.charts:
        assert specification(chart, lang="fr", areas_url="a", feature="fsa")
    for text in texts_of(screen):
        assert text


@pytest.mark.parametrize("screen_id", sorted(SCREENS))
def test_a_screen_over_nothing_still_answers(screen_id: str) -> None:
    empty = World((), (), as_of=date(2019, 8, 31))
    assert screen_of(screen_id, empty).answer.said("fr")


@pytest.mark.parametrize("screen_id", sorted(SCREENS))
def test_filters_that_match_nothing_still_answer(screen_id: str) -> None:
    assert screen_of(screen_id, season="2017-2018", discipline="DANCE").answer.said("en")


def texts_of(screen: Screen) -> Iterator[str]:
    for lang in ("fr", "en"):
        yield from (screen.answer.said(lang), screen.title.said(lang), screen.purpose.said(lang))
        for chart in screen.charts:
            yield from (chart.title.said(lang), chart.subtitle.said(lang), chart.summary.said(lang))


def test_a_house_of_screenings_is_told_why_nothing_is_counted() -> None:
    films = replace(WORLD, performances=[{**one, "event_type": "SCREENING"} for one in PERFORMANCES])
    season = screen_of("season", films)
    (told,) = [one.words.fr for one in season.notices if "spectacle de la scène" in one.words.fr]
    assert "projection : 4" in told
    assert season.chart("top-shows") is None
    assert not [one for one in screen_of("season").notices if "spectacle de la scène" in one.words.fr]
