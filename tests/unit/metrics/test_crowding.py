"""cal-1 and what is planted: where occupancy breaks, and where it does not."""

from datetime import date, timedelta

import numpy as np
import pytest

from publicc.metrics.crowding import Break, House, adjusted_occupancy, crowding_break
from publicc.metrics.rules import Interval

CAL_1 = ((2, 80, 100), (6, 160, 200), (10, 240, 300), (12, 76, 100), (14, 144, 200), (18, 192, 300))


def cal_1() -> list[House]:
    first = date(2025, 1, 6)
    return [
        House(first + timedelta(7 * at), ("hall", "THEATRE"), capacity, admissions, same_day)
        for at, (same_day, admissions, capacity) in enumerate(CAL_1)
    ]


def season(*, slope: float, seed: int, nights: int = 700) -> list[House]:
    """Nights of two venues over two years; the big one fills less, Saturdays more; past 10, each performance costs `slope`."""
    chance = np.random.default_rng(seed)
    houses = []
    for _ in range(nights):
        on = date(2018, 9, 1) + timedelta(int(chance.integers(0, 700)))
        same_day, seats = int(np.clip(chance.normal(9, 3.5), 1, 19)), int(chance.choice([60, 190]))
        share = 0.8 - 0.1 * (seats == 190) + 0.05 * (on.isoweekday() == 6) - slope * max(0, same_day - 10)
        share = min(1, max(0, share + chance.normal(0, 0.07)))
        houses.append(House(on, (f"hall-{seats}", "THEATRE"), seats, round(seats * share), same_day))
    return houses


def test_cal_1_the_break_is_exact_without_controls() -> None:
    found = crowding_break(cal_1(), controlled=False, draws=20)
    assert found is not None
    assert (found.above, found.slope_below, found.slope) == (10, pytest.approx(0), pytest.approx(-0.02))


@pytest.mark.parametrize("seed", range(3))
def test_a_planted_break_is_found_where_it_is(seed: int) -> None:
    found = crowding_break(season(slope=0.028, seed=seed))
    assert found is not None
    assert found.found
    assert abs(found.above - 10) <= 1
    assert found.above_interval.low - 1 <= 10 <= found.above_interval.high + 1
    assert -0.028 in found.slope_interval


@pytest.mark.parametrize("seed", range(3))
def test_where_nothing_breaks_no_break_is_found(seed: int) -> None:
    found = crowding_break(season(slope=0.0, seed=seed))
    assert found is not None
    assert not found.found


def test_the_same_rows_in_another_order_give_the_same_break() -> None:
    houses = season(slope=0.028, seed=1, nights=120)
    first, second = crowding_break(houses), crowding_break(houses[::-1])
    assert first is not None
    assert second is not None
    assert (first.above, first.found) == (second.above, second.found)
    assert first.slope == pytest.approx(second.slope)
    assert first.slope_interval.low == pytest.approx(second.slope_interval.low)


def test_a_break_is_found_only_when_its_whole_interval_falls() -> None:
    sure, unsure = Interval(-0.03, -0.01), Interval(-0.03, 0.0)
    assert Break(10, Interval(9, 11), -0.02, sure, 0.0).found
    assert not Break(10, Interval(9, 11), -0.02, unsure, 0.0).found


def test_too_few_performances_or_one_crowd_only_say_nothing() -> None:
    assert crowding_break(cal_1()[:5]) is None
    assert crowding_break([House(date(2025, 1, 6 + at), ("hall",), 100, 50 + at, 7) for at in range(12)]) is None


def test_without_draws_there_is_no_interval_and_nothing_is_said() -> None:
    assert crowding_break(cal_1(), controlled=False, draws=0) is None


def test_adjusted_occupancy_takes_out_what_the_bins_are_made_of() -> None:
    houses = [
        House(date(2025, 1, 6), (venue, "THEATRE"), 100, round(100 * (level - fall)), same_day)
        for venue, level in (("big", 0.6), ("small", 0.9))
        for same_day, fall in ((2, 0.0), (12, 0.2))
        for _ in range(3 if (venue == "big") == (same_day == 12) else 1)
    ]
    bins = ["1-2" if house.same_day == 2 else "11-15" for house in houses]
    found = adjusted_occupancy(houses, bins)
    assert found == {"1-2": pytest.approx(0.75), "11-15": pytest.approx(0.55)}


def test_a_bin_of_a_venue_of_its_own_cannot_be_adjusted() -> None:
    houses = [House(date(2025, 1, 6), (venue,), 100, 50, 2 if venue == "a" else 12) for venue in ("a", "a", "b", "b")]
    assert adjusted_occupancy(houses, ["1-2", "1-2", "11-15", "11-15"]) == {}
