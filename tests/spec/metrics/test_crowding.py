"""cal-1: how full the seats were, by how many performances shared the day."""

import pytest

from tests.spec.metrics.reading import by, figures, percent
from tests.spec.metrics.world import theatre


def cal_1():
    return theatre(
        """
        performance_id | starts_on  | capacity | same_day_count
        ---------------+------------+----------+---------------
        A              | 2025-01-06 | 100      | 2
        B              | 2025-01-13 | 200      | 6
        C              | 2025-01-20 | 300      | 10
        D              | 2025-01-27 | 100      | 12
        E              | 2025-01-05 | 200      | 14
        F              | 2025-01-12 | 300      | 18
        """,
        """
        performance_id | tickets
        ---------------+--------
        A              | 80
        B              | 160
        C              | 240
        D              | 76
        E              | 144
        F              | 192
        """,
    )


def test_cal_1_occupancy_by_bin_a_bin_without_performance_has_no_base() -> None:
    found = by(cal_1(), "occupancy_by_crowding")
    assert found.pop("3-5") == "NO_BASE"
    assert {name: percent(value) for name, value in found.items()} == {
        "1-2": "80.0 %", "6-10": "80.0 %", "11-15": "73.3 %", "16+": "64.0 %",
    }  # fmt: skip


def test_cal_1_the_usual_crowd_and_the_share_of_crowded_days() -> None:
    assert figures(cal_1(), "same_day_count", "crowded_day_share") == {"same_day_count": 11, "crowded_day_share": 0.5}


def test_six_nights_of_many_kinds_break_nowhere_that_can_be_told() -> None:
    assert by(cal_1(), "crowding_break")["break"] == "NO_BASE no_break_found"


def test_nights_alike_but_for_the_crowd_need_no_adjustment() -> None:
    facts = theatre(
        "performance_id | starts_on | capacity | same_day_count\n A | 2025-01-06 | 100 | 2\n B | 2025-01-13 | 100 | 12",
        "performance_id | tickets\n A | 80\n B | 60",
    )
    assert by(facts, "occupancy_by_crowding_adjusted") == {
        "1-2": pytest.approx(0.8), "3-5": "NO_BASE crowds", "6-10": "NO_BASE crowds",
        "11-15": pytest.approx(0.6), "16+": "NO_BASE crowds",
    }  # fmt: skip
    assert by(facts, "crowding_break") == {"break": "NO_BASE crowds", "slope": "NO_BASE crowds"}


def test_without_a_territory_crowding_has_no_data() -> None:
    facts = theatre("performance_id | capacity\n A | 100", "performance_id | tickets\n A | 80")
    assert set(by(facts, "occupancy_by_crowding").values()) == {"NO_DATA territory"}
    assert figures(facts, "crowded_day_share") == {"crowded_day_share": "NO_DATA territory"}
