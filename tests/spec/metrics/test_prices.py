"""price-1: revenue, prices, discounts."""

from decimal import Decimal

from publicc.kernel.formats import rounded
from tests.spec.metrics.reading import figures, percent
from tests.spec.metrics.world import theatre

PRICE_1 = """
    performance_id | price_group | net | face | ticket_status
    ---------------+-------------+-----+------+--------------
    P              | FULL        | 50  | 50   | VALID
    P              | REDUCED     | 35  | 50   | VALID
    P              | COMP        | 0   | 50   | VALID
    P              | PASS        | –   | 50   | VALID
    P              | FULL        | 50  | 50   | REFUNDED
    P              | FULL        | 40  | 50   | VALID
"""


def price_1():
    return theatre("performance_id | capacity\n P | 10", PRICE_1)


def test_price_1_counts() -> None:
    assert figures(price_1(), "admission_count", "paid_admission_count", "ticket_revenue", "price_coverage") == {
        "admission_count": 5, "paid_admission_count": 4, "ticket_revenue": Decimal(125), "price_coverage": 0.75,
    }  # fmt: skip


def test_price_1_average_and_median_are_over_known_prices() -> None:
    found = figures(price_1(), "average_price_paid", "median_price_paid", "average_discount")
    assert {name: str(rounded(value, 2)) for name, value in found.items()} == {
        "average_price_paid": "41.67", "median_price_paid": "40.00", "average_discount": "8.33",
    }  # fmt: skip


def test_price_1_a_goodwill_refund_is_not_a_tariff() -> None:
    found = figures(price_1(), "discount_rate", "reduced_share")
    assert {name: percent(value) for name, value in found.items()} == {
        "discount_rate": "16.7 %", "reduced_share": "50.0 %",
    }  # fmt: skip


def test_price_1_utilization_has_no_base_under_80_percent_of_known_prices() -> None:
    assert figures(price_1(), "financial_utilization", "revenue_per_seat_offered") == {
        "financial_utilization": "NO_BASE", "revenue_per_seat_offered": "NO_BASE",
    }  # fmt: skip


def test_price_1_with_every_price_known_utilization_and_revenue_per_seat() -> None:
    facts = theatre(
        "performance_id | capacity\n P | 10",
        """
        performance_id | tickets | net | face
        ---------------+---------+-----+-----
        P              | 5       | 50  | 50
        """,
    )
    assert figures(facts, "financial_utilization", "revenue_per_seat_offered", "full_price") == {
        "financial_utilization": 0.5, "revenue_per_seat_offered": Decimal(25), "full_price": Decimal(50),
    }  # fmt: skip
