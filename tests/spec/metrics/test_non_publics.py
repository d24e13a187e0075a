"""np-1, att-1, prof-1, growth-1, growth-2: those who do not come, what the audience over-represents, what growth is realistic."""

from typing import Any

import pytest

from publicc.disclosure.quantiles import harrell_davis
from publicc.metrics.market import non_public_index, unreached_share
from publicc.metrics.potential import gap_per_thousand, realistic_growth
from tests.spec.metrics.reading import by
from tests.spec.metrics.world import theatre

LIVING = {"H1A": 4000, "H1B": 96_000}
REACHED = {"H1A": 600, "H1B": 24_400}


def test_np_1_unreached_households_index_and_gap() -> None:
    assert unreached_share(REACHED, LIVING)["H1A"] == pytest.approx(0.85)
    assert non_public_index(REACHED, LIVING)["H1A"] == pytest.approx(100 * 0.85 / 0.75)
    assert round(non_public_index(REACHED, LIVING)["H1A"]) == 113
    gap = gap_per_thousand(4000, 600, expected=0.2 * 4000)
    assert gap == pytest.approx(50)
    assert gap * 4000 / 1000 == pytest.approx(200)


def test_growth_1_from_the_median_of_others_to_the_ceiling() -> None:
    others = (-0.03, 0, 0.01, 0.02, 0.03, 0.04, 0.06, 0.12)
    median, upper = harrell_davis(others, 0.5), harrell_davis(others, 0.75)
    assert (round(median, 3), round(upper, 3)) == (0.026, 0.060)
    found = realistic_growth(median, upper, 0.05)
    assert (round(found.low or 0, 3), found.high) == (0.026, 0.05)
    assert realistic_growth(median, upper, None).high == upper
    assert realistic_growth(median, upper, 0.01).low is None


def drawn(*, census: bool = True, households: dict[str, int] | None = None):
    lines = [f"P | a{i} | CANADA | H1A" for i in range(30)] + [f"P | b{i} | CANADA | H1B" for i in range(70)]
    tickets = "performance_id | buyer | origin | fsa\n--+--+--+--\n" + "\n".join(lines)
    told = {"H1A": {"degree": (20.0, 100.0)}, "H1B": {"degree": (50.0, 100.0)}} if census else None
    return theatre(
        "performance_id\n P", tickets, households=households or {"H1A": 6000, "H1B": 4000}, census=told
    )  # fmt: skip


def test_prof_1_the_audience_lives_where_more_have_a_degree() -> None:
    found = by(drawn(), "census_profile_index")
    assert found["degree"] == pytest.approx(100 * 0.41 / 0.32)
    assert round(found["degree"]) == 128
    assert found["age_65_up"] == "NO_DATA census_trait"


def test_without_a_census_nothing_is_said_of_those_who_do_not_come() -> None:
    facts = theatre("performance_id\n P", "performance_id | buyer | origin | fsa\nP | ada | CANADA | H1A")
    assert by(facts, "unreached_household_share") == {"H1A": "NO_DATA census"}
    assert by(facts, "non_public_index") == {"H1A": "NO_DATA census"}
    assert set(by(facts, "census_profile_index").values()) == {"NO_DATA census"}
    assert set(by(facts, "growth_ceiling").values()) == {"NO_DATA census"}


ANSWERED = [
    ("2025-03-01", "interested", True, 10, 6.0, 3.6),
    ("2025-04-01", "potential", False, 8, 12.0, 18.0),
    ("2025-04-02", "sceptical", True, 2, 2.0, 2.0),
    ("2025-04-03", "indifferent", False, 10, 10.0, 10.0),
]


def met(*more: tuple[Any, ...], as_of: str = "2025-08-31"):
    return theatre("performance_id\n P", "performance_id | buyer\nP | ada", as_of=as_of, attitudes=[*ANSWERED, *more])


def test_att_1_people_met_outside_venues_by_interest_and_attendance() -> None:
    rate = by(met(), "non_public_rate")
    assert rate["middle"] == pytest.approx(22 / 30)
    assert (round(rate["low"], 3), round(rate["high"], 3)) == (0.545, 0.863)
    shares = by(met(), "attitude_share")
    assert shares["potential middle"] == pytest.approx(0.4)
    assert sum(value for name, value in shares.items() if name.endswith("middle")) == pytest.approx(1)


def test_answers_outside_the_last_24_months_are_not_counted() -> None:
    old, later = ("2023-08-30", "indifferent", False, 90, 90.0, 90.0), ("2025-09-01", "potential", False, 9, 9.0, 9.0)
    assert by(met(old, later), "non_public_rate")["middle"] == pytest.approx(22 / 30)


def test_under_ten_answers_or_without_any_nothing_is_told() -> None:
    few = theatre(
        "performance_id\n P",
        "performance_id | buyer\nP | ada",
        attitudes=[("2025-03-01", "potential", False, 9, 9.0, 9.0)],
    )
    assert set(by(few, "attitude_share").values()) == {"NO_BASE 10_answers"}
    without = theatre("performance_id\n P", "performance_id | buyer\nP | ada")
    assert set(by(without, "non_public_rate").values()) == {"NO_DATA answers"}


def test_an_area_of_few_households_has_no_rate() -> None:
    found = by(drawn(households={"H1A": 499, "H1B": 4000}), "unreached_household_share")
    assert found == {"H1A": "NO_BASE households", "H1B": pytest.approx(1 - 70 / 4000)}


def test_rates_of_a_territory_add_up_its_areas() -> None:
    facts = theatre(
        "performance_id\n P",
        """
        performance_id | buyer | origin | fsa
        ---------------+-------+--------+----
        P              | ada   | CANADA | H2X
        P              | ben   | CANADA | H3B
        P              | cam   | CANADA | H7N
        """,
        households={"H2X": 1000, "H3B": 3000, "H7N": 2000, "M5V": 9000},
    )
    found = by(facts, "unreached_household_share", "home_territory")
    assert found == {"06": pytest.approx(1 - 2 / 4000), "13": pytest.approx(1 - 1 / 2000)}


def test_the_reference_is_the_province_where_most_buyers_live() -> None:
    facts = theatre(
        "performance_id\n P",
        "performance_id | buyer | origin | fsa\nP | ada | CANADA | H2X\nP | ben | CANADA | H2X\nP | cam | CANADA | M5V",
        households={"H2X": 1000, "H7N": 1000, "M5V": 1000},
    )
    assert by(facts, "penetration_index") == {"H2X": 200, "H7N": 0}


def test_growth_2_the_median_change_of_closed_seasons() -> None:
    buyers = {2021: 200, 2022: 210, 2023: 189, 2024: 227}
    performances = "\n".join(f"P{season} | {season}-11-10" for season in buyers)
    tickets = "\n".join(f"P{season} | b{i}" for season, n in buyers.items() for i in range(n))
    facts = theatre(
        "performance_id | starts_on\n" + performances, "performance_id | buyer\n" + tickets, as_of="2025-10-01"
    )
    assert by(facts, "buyer_growth")[""] == pytest.approx(0.05)


def test_two_areas_are_too_few_to_expect_anything_of_a_third() -> None:
    assert set(by(drawn(), "potential_gap").values()) == {"NO_DATA venue"}
    with_a_place = theatre(
        "performance_id\n P",
        "performance_id | buyer | origin | fsa\nP | ada | CANADA | H1A",
        venues="latitude | longitude\n45.508 | -73.566",
        households={"H1A": 6000, "H1B": 4000},
        census={"H1A": {"degree": (20.0, 100.0)}},
    )
    assert set(by(with_a_place, "potential_gap").values()) == {"NO_BASE areas"}
