"""time-1 and lead-1: seasons, and how long before the performance tickets are bought."""

from datetime import date

import pytest

from publicc.kernel.period import season_label, season_year
from tests.spec.metrics.reading import by, figures, percent
from tests.spec.metrics.world import theatre


@pytest.mark.parametrize(("local", "season"), [("2025-08-31", "2024-2025"), ("2025-09-01", "2025-2026")])
def test_time_1_a_season_follows_the_local_date(local: str, season: str) -> None:
    assert season_label(season_year(date.fromisoformat(local))) == season


def lead_1():
    return theatre(
        "performance_id | starts_on\n P | 2025-11-02",
        """
        performance_id | order | ordered_on | tickets | price_group
        ---------------+-------+------------+---------+------------
        P              | 1     | 2025-11-01 | 2       | FULL
        P              | 2     | 2025-10-25 | 3       | FULL
        P              | 3     | 2025-11-02 | 1       | FULL
        P              | 4     | 2025-11-05 | 1       | FULL
        P              | 5     | 2025-09-01 | 2       | COMP
        P              | 6     | 2025-05-01 | 2       | FULL
        """,
        as_of="2025-11-30",
    )


def test_lead_1_median_late_sales_and_late_entries() -> None:
    found = figures(
        lead_1(),
        "lead_time_median",
        "lead_time_days",
        "lead_time_median_single",
        "late_sales_share",
        "late_entry_share",
    )
    assert (found["lead_time_median"], found["lead_time_days"], found["lead_time_median_single"]) == (8, 8, 8)
    assert (percent(found["late_sales_share"]), percent(found["late_entry_share"])) == ("37.5 %", "11.1 %")


def test_lead_1_buckets_are_always_all_there() -> None:
    found = by(lead_1(), "lead_time_bucket_share")
    assert {name: percent(value) for name, value in found.items()} == {
        "0": "12.5 %", "1-7": "25.0 %", "8-30": "37.5 %", "31-90": "0.0 %", "91-180": "0.0 %", "181+": "25.0 %",
    }  # fmt: skip


def test_lead_1_without_an_on_sale_day_the_sale_period_is_estimated() -> None:
    assert figures(lead_1(), "sale_period_days")["sale_period_days"] == pytest.approx(184.65)
