"""idx-1: the three indices of 2019."""

from publicc.kernel.formats import rounded
from publicc.kernel.period import parse_period
from publicc.metrics.answers import answer
from publicc.metrics.questions import Question
from tests.spec.metrics.reading import said
from tests.spec.metrics.world import OWN, theatre

INDICES = ("distance_index", "local_penetration_index", "sale_period_index")


def idx_1():
    return theatre(
        """
        performance_id | starts_on  | local_territory
        ---------------+------------+----------------
        now            | 2025-12-20 | montreal
        before         | 2025-01-10 | montreal
        """,
        """
        performance_id | origin  | fsa | distance_km | lead
        ---------------+---------+-----+-------------+-----
        now            | CANADA  | H2X | 1.2         | 3
        now            | CANADA  | H7N | 14.5        | 10
        now            | CANADA  | J4K | 6.0         | 2
        now            | CANADA  | G1R | 233         | 45
        now            | CANADA  | H3B | 0.8         | 1
        now            | UNKNOWN | –   | –           | 7
        before         | CANADA  | H2X | 5.0         | 8
        before         | CANADA  | J4K | 5.0         | 8
        """,
        as_of="2025-12-31",
    )


def test_idx_1_a_peak_is_farther_less_local_and_later() -> None:
    question = Question(INDICES, by=("month",), period=parse_period("2025-12"))
    (row,) = answer(idx_1(), question, OWN).rows
    assert [int(rounded(said(row.cells[name]), 0)) for name in INDICES] == [120, 80, 63]


def test_a_reference_of_zero_or_without_rows_has_no_base() -> None:
    question = Question(("distance_index",), period=parse_period("2025-12"), reference=parse_period("2020-2021"))
    (row,) = answer(idx_1(), question, OWN).rows
    assert said(row.cells["distance_index"]) == "NO_BASE reference"
