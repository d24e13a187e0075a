"""occ-1: supply, admissions and occupancy."""

from tests.spec.metrics.reading import by, figures, percent
from tests.spec.metrics.world import theatre


def occ_1():
    return theatre(
        performances="""
            performance_id | capacity | status
            ---------------+----------+----------
            P1             | 300      | SCHEDULED
            P2             | 100      | SCHEDULED
            P3             | –        | SCHEDULED
            P4             | 250      | CANCELLED
            P5             | 50       | SCHEDULED
        """,
        tickets="""
            performance_id | tickets | price_group
            ---------------+---------+------------
            P1             | 210     | FULL
            P1             | 15      | COMP
            P2             | 80      | FULL
            P2             | 10      | COMP
            P3             | 80      | FULL
            P3             | 5       | COMP
            P4             | 90      | FULL
            P5             | 55      | FULL
        """,
    )


def test_occ_1_counts_what_was_played_whatever_the_seats() -> None:
    assert figures(
        occ_1(), "performance_count", "cancelled_performance_count", "admission_count", "paid_admission_count", "seats_offered"
    ) == {
        "performance_count": 4, "cancelled_performance_count": 1, "admission_count": 455, "paid_admission_count": 425,
        "seats_offered": 450,
    }  # fmt: skip


def test_occ_1_occupancy_is_a_ratio_of_sums_over_performances_whose_seats_are_known() -> None:
    found = figures(occ_1(), "occupancy_rate", "paid_occupancy_rate", "comp_rate", "capacity_coverage")
    assert found["occupancy_rate"] == 0.7875
    assert {name: percent(value) for name, value in found.items()} == {
        "occupancy_rate": "78.8 %", "paid_occupancy_rate": "72.5 %", "comp_rate": "6.6 %", "capacity_coverage": "75.0 %",
    }  # fmt: skip


def test_occ_1_by_performance_the_one_over_capacity_has_no_base_and_the_one_without_seats_no_data() -> None:
    assert by(occ_1(), "occupancy_rate", "performance") == {
        "P1": 0.75, "P2": 0.9, "P3": "NO_DATA capacity", "P4": "NO_BASE", "P5": "NO_BASE",
    }  # fmt: skip
