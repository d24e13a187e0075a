"""pen-1: buyers against households."""

from publicc.metrics.definitions.penetration import location_quotient, per_thousand
from tests.spec.metrics.reading import by
from tests.spec.metrics.world import theatre

LIVING = {"H1A": 5000, "H1B": 3000, "H1C": 2000}
REACHED = {"H1A": 100, "H1B": 30, "H1C": 70}


def test_pen_1_penetration_and_index() -> None:
    assert per_thousand(REACHED, LIVING) == {"H1A": 20.0, "H1B": 10.0, "H1C": 35.0}
    assert location_quotient(REACHED, LIVING) == {"H1A": 100, "H1B": 50, "H1C": 175}


def drawn(households: dict[str, int] | None):
    return theatre(
        "performance_id\n P",
        """
        performance_id | buyer | household | origin | fsa
        ---------------+-------+-----------+--------+----
        P              | ada   | h1        | CANADA | H1A
        P              | ben   | h1        | CANADA | H1A
        P              | cam   | –         | CANADA | H1A
        """,
        households=households,
    )


def test_two_buyers_of_one_household_are_one_and_an_area_without_buyers_is_zero() -> None:
    assert by(drawn({"H1A": 1000, "H1B": 500}), "household_penetration") == {"H1A": 2.0, "H1B": 0.0}


def test_without_a_census_table_penetration_is_no_data() -> None:
    assert by(drawn(None), "penetration_index") == {"H1A": "NO_DATA census"}
