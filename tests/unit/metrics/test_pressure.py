"""cal-2, and the pressure of whole days again in plain Python, pair by pair."""

import math
import random
from datetime import date, timedelta
from statistics import median

import pytest

from publicc.metrics.pressure import Offer, Pressure, Usual, calendar_pressure, pressure_index, usual_pressures

DEGREE_KM = math.radians(1) * 6371.0088
"""One degree along a meridian."""
FLOWS = {("THEATRE", "DANCE"): 0.25, ("THEATRE", "COMEDY"): 0.10}


def at(km: float, discipline: str = "THEATRE", seats: int | None = 400) -> Offer:
    """A performance that many kilometres north of ours."""
    return Offer(discipline, seats, 45.5 + km / DEGREE_KM, -73.57)


def cal_2() -> Pressure:
    others = [at(1), at(3, "DANCE", 300), at(6, "COMEDY", 1000)]
    return calendar_pressure(at(0), others, FLOWS)


def test_cal_2_each_neighbour_weighs_by_its_seats_its_kind_and_its_distance() -> None:
    parts = [
        calendar_pressure(at(0), [one], FLOWS).value for one in (at(1), at(3, "DANCE", 300), at(6, "COMEDY", 1000))
    ]
    assert parts == [pytest.approx(327.49, abs=0.005), pytest.approx(41.16, abs=0.005), pytest.approx(30.12, abs=0.005)]
    assert cal_2() == Pressure(pytest.approx(398.77, abs=0.005), 3, 0, 0)


def test_cal_2_against_a_usual_250_the_index_is_160() -> None:
    assert pressure_index(cal_2(), Usual(250.0, 40)) == pytest.approx(159.5, abs=0.05)
    assert round(pressure_index(cal_2(), Usual(250.0, 40)) or 0) == 160


def test_an_empty_day_presses_nothing_and_that_is_a_figure() -> None:
    assert pressure_index(calendar_pressure(at(0), [], FLOWS), Usual(250.0, 40)) == 0.0


def test_what_nobody_knows_is_counted_apart_and_weighs_nothing() -> None:
    others = [at(1, seats=None), Offer("THEATRE", 100, None, None), at(0, seats=100)]
    assert calendar_pressure(at(0), others, FLOWS) == Pressure(pytest.approx(100.0), 1, 2, 0)


def test_a_flow_that_nobody_knows_is_supposed_and_counted_as_such() -> None:
    assert calendar_pressure(at(0), [at(0, "CIRCUS", 100)], FLOWS) == Pressure(pytest.approx(20.0), 1, 0, 1)


@pytest.mark.parametrize("usual", [None, Usual(250.0, 9), Usual(0.0, 40)])
def test_without_enough_of_a_last_season_there_is_no_index(usual: Usual | None) -> None:
    assert pressure_index(cal_2(), usual) is None


def oracle(days: dict[date, list[Offer]], flows: dict[tuple[str, str], float]) -> dict[int, tuple[float, int]]:
    """By the words of the definition, pair by pair; distances by the law of cosines."""
    found: dict[int, list[float]] = {}
    for on, offers in days.items():
        placed = [one for one in offers if one.latitude is not None]
        for mine in placed:
            pressed = 0.0
            for other in placed:
                if other is mine:
                    continue
                a, b = math.radians(mine.latitude or 0), math.radians(other.latitude or 0)
                turn = math.radians((other.longitude or 0) - (mine.longitude or 0))
                cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn)
                km = 6371.0088 * math.acos(min(1.0, cosine))
                flow = (
                    1.0 if mine.discipline == other.discipline else flows.get((mine.discipline, other.discipline), 0.2)
                )
                pressed += (other.seats or 0) * flow * math.exp(-km / 5)
            found.setdefault(on.isoweekday(), []).append(pressed)
    return {weekday: (median(held), len(held)) for weekday, held in found.items()}


@pytest.mark.parametrize("seed", range(4))
def test_the_usual_pressure_of_each_weekday_agrees_with_plain_python(seed: int) -> None:
    chance = random.Random(seed)
    days: dict[date, list[Offer]] = {}
    for _ in range(160):
        on = date(2025, 1, 1) + timedelta(chance.randrange(20))
        point = (None, None) if chance.random() < 0.1 else (45.4 + chance.random() / 5, -73.8 + chance.random() / 4)
        seats = None if chance.random() < 0.1 else chance.randrange(40, 900)
        days.setdefault(on, []).append(Offer(chance.choice(("THEATRE", "DANCE", "COMEDY", "CIRCUS")), seats, *point))
    told = usual_pressures(days, FLOWS)
    again = oracle(days, FLOWS)
    assert {weekday: one.n for weekday, one in told.items()} == {weekday: n for weekday, (_, n) in again.items()}
    for weekday, one in told.items():
        assert one.median == pytest.approx(again[weekday][0], rel=1e-6, abs=1e-3)


def test_a_day_whose_places_are_all_unknown_says_nothing_of_what_is_usual() -> None:
    assert usual_pressures({date(2025, 1, 1): [Offer("THEATRE", 100, None, None)]}, FLOWS) == {}
