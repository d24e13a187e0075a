"""curve-1 and pace-1: how sales build up."""

from datetime import date

import pytest

from publicc.kernel.formats import rounded
from publicc.kernel.period import parse_period
from publicc.metrics.definitions.curves import Alignment, Measure, sales_curve
from publicc.metrics.gathering import Cut, facts_of
from publicc.metrics.rules import Interval, Pace, Projection, pace_band, pace_status, projection
from tests.spec.metrics.reading import by, figures, said
from tests.spec.metrics.world import OWN, theatre


def curve_1():
    return theatre(
        "performance_id | starts_on  | capacity\n P | 2026-02-20 | 40",
        """
        performance_id | ordered_on | tickets | ticket_status | cancelled_on
        ---------------+------------+---------+---------------+-------------
        P              | 2026-01-10 | 2       | VALID         | –
        P              | 2026-01-10 | 2       | CANCELLED     | 2026-01-31
        P              | 2026-01-25 | 3       | VALID         | –
        P              | 2026-02-08 | 5       | VALID         | –
        P              | 2026-02-05 | 2       | CANCELLED     | –
        """,
        as_of="2026-02-10",
    )


def test_curve_1_cancelled_tickets_leave_on_their_day_and_the_future_is_blank() -> None:
    sold = by(curve_1(), "sales_curve")
    assert {day: sold[day] for day in ("30", "20", "12", "10")} == {"30": 4, "20": 5, "12": 10, "10": 10}
    assert "9" not in sold
    assert figures(curve_1(), "sales_last_7d") == {"sales_last_7d": 5}


@pytest.mark.parametrize(
    ("alignment", "measure", "first", "last"),
    [
        (Alignment.PERFORMANCE, Measure.SHARE_OF_CAPACITY, (41, 0.1), (10, 0.25)),
        (Alignment.PERFORMANCE, Measure.SHARE_OF_FINAL, (41, "NO_BASE played"), (10, "NO_BASE played")),
        (Alignment.SEASON_CLOSE, Measure.TICKETS, (233, 4), (202, 10)),
        (Alignment.OPENING, Measure.REVENUE, (41, 100), (10, 500)),
    ],
)
def test_curves_in_every_alignment_and_measure(alignment, measure, first, last) -> None:
    facts = facts_of(curve_1(), OWN, period=None, as_of=None, reference=None)
    points = sales_curve(facts, Cut((), {}, facts.period), alignment, measure).points
    assert [(p.day, said(p.cell)) for p in (points[0], points[-1])] == [first, last]


def test_a_curve_since_on_sale_counts_days_after_it_and_one_without_sales_is_empty() -> None:
    facts = theatre(
        "performance_id | starts_on | general_sale_on\n P | 2025-03-01 | 2025-01-10",
        "performance_id | ordered_on\n P | 2025-01-08\n P | 2025-01-12",
    )
    world = facts_of(facts, OWN, period=None, as_of=date(2025, 1, 13), reference=None)
    points = sales_curve(world, Cut((), {}, world.period), Alignment.ON_SALE, Measure.TICKETS).points
    assert [(p.day, said(p.cell)) for p in points] == [(-2, 1), (-1, 1), (0, 1), (1, 1), (2, 2), (3, 2)]
    nothing = Cut((), {}, parse_period("2001"))
    assert sales_curve(world, nothing, Alignment.PERFORMANCE, Measure.TICKETS).points == ()


def test_share_of_final_is_known_once_played_and_capacity_only_when_all_have_seats() -> None:
    facts = theatre(
        "performance_id\n P", "performance_id | ordered_on | tickets\n P | 2025-01-10 | 1\n P | 2025-01-15 | 3"
    )
    world = facts_of(facts, OWN, period=None, as_of=None, reference=None)
    cut = Cut((), {}, world.period)
    final = sales_curve(world, cut, Alignment.PERFORMANCE, Measure.SHARE_OF_FINAL).points
    assert [said(p.cell) for p in final] == [0.25, 0.25, 0.25, 0.25, 0.25, 1.0]
    seats = sales_curve(world, cut, Alignment.PERFORMANCE, Measure.SHARE_OF_CAPACITY).points
    assert said(seats[0].cell) == "NO_DATA capacity"


def test_pace_1_the_gap_compares_equal_days_before_the_close_of_the_season() -> None:
    facts = theatre(
        "performance_id | starts_on\n this | 2026-05-01\n last | 2025-05-01",
        """
        performance_id | ordered_on | tickets | net
        ---------------+------------+---------+----
        this           | 2026-02-10 | 3       | 10
        last           | 2025-02-10 | 4       | 10
        last           | 2025-02-11 | 9       | 10
        """,
        as_of="2026-02-10",
    )
    found = figures(facts, "season_gap", "season_gap_revenue", "season_gap_share", period="2025-2026")
    assert found == {"season_gap": -1, "season_gap_revenue": -10, "season_gap_share": -0.25}
    assert figures(facts, "season_gap", period="2024-2025") == {"season_gap": "NO_BASE last_season"}
    assert (date(2026, 8, 31) - date(2026, 2, 10)).days == 202


def test_pace_1_band_status_and_projection() -> None:
    band = pace_band([0.40, 0.55, 0.60, 0.75])
    assert band is not None
    assert (band.low, band.high) == (pytest.approx(0.5125), pytest.approx(0.6375))
    assert [pace_status(share, band) for share in (0.48, 0.55, 0.7)] == [Pace.BELOW, Pace.WITHIN, Pace.ABOVE]
    found = projection(120, [0.50, 0.55, 0.60, 0.60, 0.65, 0.70, 0.75, 0.80], 1000)
    assert found is not None
    assert [int(rounded(one, 0)) for one in (found.low, found.middle, found.high)] == [168, 192, 204]
    assert projection(120, [0.5] * 8, 200) == Projection(200, 200, 200)
    assert projection(120, [0.0, 0.0, 0.0, 0.2, 0.2, 0.2, 0.2, 0.2], 200) == Projection(200, 200, 200)


def test_too_few_comparables_make_no_band_and_too_little_sold_no_projection() -> None:
    assert pace_band([0.4, 0.5, 0.6]) is None
    assert projection(10, [0.5] * 7, 100) is None
    assert projection(10, [0.1] * 8, 100) is None
    assert Interval(0, 1).high == 1


def on_sale(comparables: int, capacity: str = "100"):
    days = [f"2025-0{1 + i % 6}-{10 + i}" for i in range(comparables)]
    rows = [f"C{i} | {day} | 100" for i, day in enumerate(days)]
    tickets = [f"C{i} | 2020-01-01 | 60 | VALID | –" for i in range(comparables)]
    tickets += [f"C{i} | {day} | 20 | VALID | –" for i, day in enumerate(days)]
    tickets += [f"C{i} | 2020-01-01 | 5 | CANCELLED | {day}" for i, day in enumerate(days)]
    return theatre(
        "performance_id | starts_on | capacity\n" + "\n".join([*rows, f"NEXT | 2025-12-01 | {capacity}"]),
        "performance_id | ordered_on | tickets | ticket_status | cancelled_on\n"
        + "\n".join([*tickets, "NEXT | 2025-11-01 | 30 | VALID | –"]),
        as_of="2025-11-20",
    )


def test_a_performance_on_sale_is_read_against_its_comparables() -> None:
    facts = on_sale(8)
    assert by(facts, "pace_band") == {"NEXT low": 0.65, "NEXT high": 0.65}
    assert by(facts, "pace_status") == {"NEXT BELOW": 0.3}
    assert by(facts, "projected_admissions") == {
        f"NEXT {bound}": pytest.approx(30 / (65 / 80)) for bound in ("low", "middle", "high")
    }


def test_without_comparables_or_seats_pace_says_so() -> None:
    assert by(on_sale(3), "pace_band") == {"NEXT low": "NO_BASE 4_comparables", "NEXT high": "NO_BASE 4_comparables"}
    assert by(on_sale(3), "pace_status") == {"NEXT UNKNOWN": "NO_BASE 4_comparables"}
    assert set(by(on_sale(3), "projected_admissions").values()) == {"NO_BASE 8_comparables"}
    assert by(on_sale(8, "–"), "pace_status") == {"NEXT UNKNOWN": "NO_DATA capacity"}
    assert set(by(on_sale(8, "–"), "projected_admissions").values()) == {"NO_DATA capacity"}
