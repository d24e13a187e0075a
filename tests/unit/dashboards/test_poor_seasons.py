"""The seasons that data really have: one show, no seats, no prices, one buyer, comps alone. Every screen answers."""

from datetime import date
from typing import Any

import pytest

from publicc.dashboards.asking import Asker
from publicc.dashboards.filters import Filters
from publicc.dashboards.screens.every import SCREENS
from publicc.kernel.cells import Shown
from publicc.kernel.period import season_period
from tests.spec.metrics.world import OWN, World

NIGHTS = ("2023-11-05", "2024-02-29", "2024-03-10")
"""Clocks go back, a leap day, clocks go forward."""
POOR: dict[str, dict[str, Any]] = {
    "one show, one night": {"nights": NIGHTS[1:2]},
    "no seats": {"capacity": None},
    "no price categories": {"price_group": "UNMAPPED"},
    "no prices": {"net": None, "face": None},
    "one buyer": {"buyer": "ada"},
    "comps alone": {"price_group": "COMP", "net": "0"},
    "the hour that is not": {"starts_hour": 2},
}


def asker(
    *, nights: tuple[str, ...] = NIGHTS, capacity: int | None = 100, starts_hour: int = 20, **ticket: object
) -> Asker:
    offered = [
        {
            "performance_id": f"p{at}",
            "show_id": "hamlet",
            "starts_on": on,
            "capacity": capacity,
            "starts_hour": starts_hour,
        }
        for at, on in enumerate(nights)
    ]
    sold = [
        {"performance_id": one["performance_id"], "buyer": f"b{at}", "ordered_on": "2023-10-01", **ticket}
        for one in offered
        for at in range(6)
    ]
    drawn = World(offered, sold, date(2024, 8, 31), [{}], [{"show_id": "hamlet", "title": "Hamlet"}])
    return Asker.of(drawn.connection(), OWN, Filters(season_period(2023), 2023), drawn.as_of)


@pytest.mark.parametrize("case", POOR)
def test_every_screen_answers_in_both_languages_over_a_poor_season(case: str) -> None:
    over = asker(**POOR[case])
    for name, screen in SCREENS.items():
        shown = screen(over)
        assert shown.answer.fr or shown.is_empty, name
        assert shown.answer.en or shown.is_empty, name
        assert not [one for one in shown.tiles if isinstance(one.cell, Shown) and one.cell.value != one.cell.value], (
            name
        )


def test_what_a_poor_season_lacks_is_unknown_and_never_zero() -> None:
    assert not isinstance(asker(capacity=None).figures("occupancy_rate")["occupancy_rate"], Shown)
    assert not isinstance(asker(net=None, face=None).figures("average_price_paid")["average_price_paid"], Shown)
    comps = asker(price_group="COMP", net="0").figures("admission_count", "paid_admission_count", "buyer_count")
    assert [cell.value for cell in comps.values() if isinstance(cell, Shown)] == [18, 0, 0]
