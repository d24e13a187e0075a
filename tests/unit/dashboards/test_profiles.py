"""Profiles on the page of segments and on that of offers: sizes, trend, moves, pulls; the undetermined told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import duckdb
import pytest

from publicc.dashboards.asking import Asker
from publicc.dashboards.charts.drawing import specification
from publicc.dashboards.choices import choices_of
from publicc.dashboards.exploration import read_exploration
from publicc.dashboards.filters import read_filters
from publicc.dashboards.guides.offer import offer_guide
from publicc.dashboards.page import Screen
from publicc.dashboards.screens.explorer import explorer_screen
from publicc.dashboards.screens.segments import segments_screen
from publicc.kernel.cells import Shown, Withheld, WithheldReason
from publicc.kernel.period import season_period
from publicc.kernel.text import LANGUAGES
from publicc.releases.portrait import Portrait
from publicc.releases.publication import Publication, ReleaseState
from tests.spec.metrics.world import OWN, World

NIGHTS = {"t": ("THEATRE", "2026-01-09"), "d": ("DANCE", "2026-02-07"), "before": ("THEATRE", "2024-11-08")}


def world() -> World:
    """Forty buyers of profile A who take dance, forty of B who do not, five of whom nothing is certain."""
    performances = [
        {"performance_id": night, "starts_on": day, "discipline": discipline, "show_id": night}
        for night, (discipline, day) in NIGHTS.items()
    ]
    bought = {"fsa": "H2X", "origin": "CANADA", "distance_km": 3.0, "admin_region": "06", "net": 40}
    tickets = [{**bought, "performance_id": "t", "buyer": f"{code}{n}"} for code in "AB" for n in range(40)]
    tickets += [{**bought, "performance_id": night, "buyer": f"A{n}"} for night in ("d", "before") for n in range(40)]
    tickets += [{**bought, "performance_id": "t", "buyer": f"x{n}"} for n in range(5)]
    return World(performances, tickets, as_of=date(2026, 6, 30), venues=[{}])


@pytest.fixture
def facts() -> Iterator[duckdb.DuckDBPyConnection]:
    with world().connection() as made:
        made.execute("CREATE TABLE profiles_by_season (season SMALLINT, buyer INTEGER, buyer_id TEXT, profile TEXT)")
        made.execute("CREATE TABLE profile_classes AS SELECT * FROM (VALUES"
                     " (0, 'P2', 'Curieux', 'Curious', 'Ils voient de tout.', 'They see everything.'),"
                     " (1, 'P1', 'Fidèles', 'Faithful', 'Ils reviennent.', 'They return.'))"
                     " AS t(position, code, name_fr, name_en, card_fr, card_en)")  # fmt: skip
        made.execute(
            "INSERT INTO profiles_by_season SELECT season, 0, buyer_id, CASE left(buyer_id, 1) WHEN 'A' THEN 'P2'"
            " WHEN 'B' THEN 'P1' END FROM (SELECT DISTINCT buyer_id FROM purchases),"
            " (VALUES (2024), (2025)) AS s(season)"
        )
        yield made


def asker_of(facts: duckdb.DuckDBPyConnection, **asked: str) -> Asker:
    choices = choices_of(facts, world().as_of)
    return Asker.of(facts, OWN, read_filters({k: [v] for k, v in asked.items()}, choices), world().as_of)


def drawn_in_both(page: Screen) -> None:
    for lang in LANGUAGES:
        assert page.answer.said(lang)
        for chart in page.charts:
            assert specification(chart, lang=lang)


def test_profiles_stand_beside_lifecycles_and_the_undetermined_is_told(facts: duckdb.DuckDBPyConnection) -> None:
    page = segments_screen(asker_of(facts))
    drawn_in_both(page)
    assert {"profiles", "profiles-trend", "profile-moves", "profile-discipline", "profile-weekday"} <= {
        one.id for one in page.charts
    }
    sizes = page.table("profiles")
    assert sizes is not None
    assert [row[0].en for row in sizes.rows] == ["Curious", "Faithful", "Undetermined"]
    assert [round(row[1].value, 3) for row in sizes.rows] == [0.471, 0.471, 0.059]
    cards = page.table("profile-cards")
    assert cards is not None
    assert [row[1].value for row in cards.rows] == [40, 40, 5]
    told = page.table("profile-words")
    assert told is not None
    assert told.rows[0][1].fr == "Ils voient de tout."


def collective(version: str = "2026.1") -> Portrait:
    """The season 2025-2026 of everyone: a quarter of 400 people are Curious, the Faithful are withheld."""
    told = {"P2": Shown(100), "P1": Withheld(WithheldReason.PERSONS), "UNDETERMINED": Shown(20)}
    cells = {(("segments", "buyer_count", "count"), (("profile", code),)): cell for code, cell in told.items()}
    names = {"P2": {"fr": "Curieux", "en": "Curious"}, "P1": {"fr": "Fidèles", "en": "Faithful"}}
    return Portrait(
        "r1", season_period(2025), False,
        {"membership": {}, "profiles": {"version": version, "names": names}},
        Publication(ReleaseState.PUBLISHED, (), "2026-12-01", "2027-12-01"),
        {**cells, (("buyers", "buyer_count", "count"), ()): Shown(400)},
    )  # fmt: skip


def test_ones_own_mix_stands_beside_that_of_the_collective(facts: duckdb.DuckDBPyConnection) -> None:
    facts.execute("CREATE TABLE profile_model AS SELECT '2026.1' AS version")
    page = segments_screen(replace(asker_of(facts), collective=collective()))
    drawn_in_both(page)
    mix = page.table("profile-mix")
    assert mix is not None
    curious, faithful, unsure = mix.rows
    assert (curious[1], curious[2]) == (Shown(40 / 85, n=85), Shown(0.25))
    assert isinstance(faithful[2], Withheld)
    assert unsure[2] == Shown(0.05)
    chart = page.chart("profile-mix")
    assert chart is not None
    assert chart.title.en == "Curious: 47% of yours, 25% of the collective"
    assert chart.note is not None
    assert "withheld" in chart.note.en


def test_two_versions_of_the_model_are_never_put_side_by_side(facts: duckdb.DuckDBPyConnection) -> None:
    facts.execute("CREATE TABLE profile_model AS SELECT '2027.1' AS version")
    page = segments_screen(replace(asker_of(facts), collective=collective()))
    assert page.chart("profile-mix") is None


def test_an_offer_that_surely_draws_nobody_more_nor_less_has_no_column(facts: duckdb.DuckDBPyConnection) -> None:
    page = segments_screen(asker_of(facts)).table("profile-discipline")
    assert page is not None
    curious, faithful = page.rows
    by_name = dict(zip((column.label.en for column in page.columns), zip(curious, faithful, strict=True), strict=True))
    dance = by_name["Dance"]
    assert dance[0].value == pytest.approx(85 / 40)
    assert dance[1].value == 0
    assert "Theatre" not in by_name


def test_before_the_common_model_is_published_only_lifecycles_are_shown_and_it_is_said() -> None:
    with world().connection() as facts:
        page = segments_screen(asker_of(facts))
    assert page.chart("profiles") is None
    assert any("profils communs" in one.words.fr for one in page.notices)


def test_the_page_of_offers_answers_for_a_chosen_profile(facts: duckdb.DuckDBPyConnection) -> None:
    page = offer_guide(replace(asker_of(facts), segment="profile:P2"))
    drawn_in_both(page)
    assert page.chooser is not None
    assert [words.en for value, words in page.chooser.options if value.startswith("profile:")] == [
        "Curious",
        "Faithful",
    ]
    assert "Curious (40" in page.answer.said("en")
    assert "dance, 2.1 times the average buyer" in page.answer.said("en")


def test_the_explorer_names_profiles_as_the_collective_does(facts: duckdb.DuckDBPyConnection) -> None:
    asked = read_exploration({"figure": ["buyer_count"], "by": ["profile"]}, ())
    page = explorer_screen(asker_of(facts), asked)
    told = next(iter(page.tables or [chart.table for chart in page.charts]))
    assert {"Curious", "Faithful", "Undetermined"} <= {getattr(row[0], "en", row[0]) for row in told.rows}
