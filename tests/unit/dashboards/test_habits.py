"""*Habitudes de sortie*: what follows a first outing, and how many members people visit, withheld ones said."""

from dataclasses import replace
from datetime import date

import pytest

from publicc.dashboards.asking import Asker
from publicc.dashboards.filters import Filters
from publicc.dashboards.page import Screen
from publicc.dashboards.screens.habits import habits_screen
from publicc.kernel.cells import Shown, Withheld, WithheldReason
from publicc.kernel.period import season_period
from publicc.releases.portrait import Portrait
from publicc.releases.publication import Publication, ReleaseState
from tests.spec.metrics.world import OWN, World

COUNT = ("buyers", "buyer_count", "count")
HELD = Withheld(WithheldReason.PERSONS)


def world(others: int) -> World:
    """Forty people come to dance for the first time; thirty of them come again 70 days later, `others` to theatre."""
    offered = [
        {"performance_id": "d1", "starts_on": "2023-03-01", "discipline": "DANCE"},
        {"performance_id": "d2", "starts_on": "2023-05-10", "discipline": "DANCE"},
        {"performance_id": "t1", "starts_on": "2023-05-10", "discipline": "THEATRE"},
    ]
    first = [{"performance_id": "d1", "buyer": f"b{at}"} for at in range(40)]
    again = [{"performance_id": "t1" if at < others else "d2", "buyer": f"b{at}"} for at in range(30)]
    return World(offered, [*first, *again], date(2025, 6, 30))


def screen(*, others: int = 24, collective: Portrait | None = None) -> Screen:
    drawn = world(others)
    asker = Asker.of(drawn.connection(), OWN, Filters(season_period(2024), 2024), drawn.as_of)
    return habits_screen(replace(asker, collective=collective))


def collective() -> Portrait:
    """What a release tells: everyone by number of members, and those of dance, whose last number is withheld."""
    cells = {
        (COUNT, (("organizations_visited", breadth), *discipline)): cell
        for discipline, cells in (
            ((), (Shown(600), Shown(300), Shown(100))),
            ((("main_discipline", "DANCE"),), (Shown(60), Shown(30), HELD)),
        )
        for breadth, cell in zip(("1", "2", "3+"), cells, strict=True)
    }
    ordered = {
        (figure, tuple(sorted(key, key=lambda one: one[0] == "organizations_visited"))): cell
        for (figure, key), cell in cells.items()
    }
    return Portrait(
        "r1",
        season_period(2023),
        False,
        {"membership": {}},
        Publication(ReleaseState.PUBLISHED, (), "2024-12-01", "2025-12-01"),
        ordered,
    )


def test_the_answer_says_who_returns_to_what_and_how_soon() -> None:
    told = screen().answer
    assert told.en.replace("\u00a0", " ") == (
        "After a first outing in dance, 75% (between 60% and 86%) return within the year, most often in theatre (80%), "
        "70 days later (median)."
    )
    assert (
        told.said("fr")
        .replace("\u00a0", " ")
        .endswith("le plus souvent en théâtre (80 %), 70 jours plus tard (médiane).")
    )


def test_a_house_of_one_discipline_is_told_what_cannot_be_read() -> None:
    shown = screen(others=0)
    assert any("Une seule discipline" in one.words.fr for one in shown.notices)
    assert shown.answer.en.replace("\u00a0", " ").endswith("return within the year, 70 days later (median).")
    assert shown.charts == ()
    assert shown.table("firsts") is not None


def test_without_a_release_the_page_says_so_and_shows_its_own_part() -> None:
    shown = screen()
    assert any("rien publié" in one.words.fr for one in shown.notices)
    assert shown.table("members-visited") is None


def test_the_numbers_of_members_visited_are_those_of_the_release_and_what_is_withheld_stays_so() -> None:
    table = screen(collective=collective()).table("members-visited")
    assert table is not None
    everyone, dance = table.rows
    assert everyone[1:] == (Shown(600), Shown(300), Shown(100), Shown(pytest.approx(0.4)))
    assert dance[1:] == (Shown(60), Shown(30), HELD, HELD)
