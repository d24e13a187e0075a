"""cart-1 and full-1: what an order holds, how a house fills."""

from decimal import Decimal

import pytest

from tests.spec.metrics.reading import by, figures
from tests.spec.metrics.world import theatre


def cart_1():
    return theatre(
        """
        performance_id | show_id | starts_on  | general_sale_on
        ---------------+---------+------------+----------------
        P              | tales   | 2025-04-04 | 2025-03-10
        Q              | songs   | 2025-04-05 | 2025-03-10
        """,
        """
        performance_id | order | buyer  | buyer_kind | channel | tickets | net | price_group  | ordered_on | ordered_hour | ticket_status
        ---------------+-------+--------+------------+---------+---------+-----+--------------+------------+--------------+--------------
        P              | 1     | ada    | INDIVIDUAL | WEB     | 2       | 30  | FULL         | 2025-03-03 | 12           | VALID
        Q              | 1     | ada    | INDIVIDUAL | WEB     | 1       | 30  | FULL         | 2025-03-03 | 12           | VALID
        P              | 2     | ben    | INDIVIDUAL | COUNTER | 1       | 20  | SUBSCRIPTION | 2025-03-12 | 20           | VALID
        Q              | 3     | school | GROUP      | UNKNOWN | 4       | 10  | GROUP        | 2025-03-12 | –            | VALID
        Q              | 1     | ada    | INDIVIDUAL | WEB     | 1       | 30  | FULL         | 2025-03-03 | 12           | REFUNDED
        """,
    )


def test_cart_1_what_an_order_holds_and_what_was_given_back() -> None:
    assert figures(cart_1(), "show_count", "party_size", "basket_value", "refund_rate", "presale_share") == {
        "show_count": 2, "party_size": 2, "basket_value": Decimal(50), "refund_rate": 1 / 9, "presale_share": 3 / 8,
    }  # fmt: skip


def test_cart_1_a_group_buyer_is_in_the_sales_and_in_no_figure_of_buyers() -> None:
    found = figures(cart_1(), "buyer_coverage", "tickets_per_buyer", "spend_per_buyer", "subscriber_share")
    assert found == {
        "buyer_coverage": 0.5, "tickets_per_buyer": 2, "spend_per_buyer": Decimal(55), "subscriber_share": 0.5,
    }  # fmt: skip


def test_cart_1_an_unknown_channel_is_a_line_of_its_own() -> None:
    assert by(cart_1(), "channel_share") == {"WEB": 3 / 8, "COUNTER": 1 / 8, "UNKNOWN": 0.5}


def test_cart_1_the_grid_is_of_orders_whose_hour_is_known() -> None:
    assert by(cart_1(), "purchase_grid") == {"1 12": 0.75, "3 20": 0.25}


def full_1():
    return theatre(
        """
        performance_id | starts_on  | starts_hour | capacity | soldout_since
        ---------------+------------+-------------+----------+--------------
        A              | 2025-05-02 | 20          | 100      | –
        B              | 2025-05-09 | 20          | 100      | 2025-05-08
        C              | 2025-05-03 | 14          | 100      | –
        D              | 2025-05-10 | –           | 100      | –
        """,
        """
        performance_id | tickets | ordered_on | scanned
        ---------------+---------+------------+--------
        A              | 49      | 2025-04-12 | yes
        A              | 49      | 2025-04-12 | no
        B              | 45      | 2025-05-08 | yes
        B              | 15      | 2025-05-08 | no
        C              | 99      | 2025-05-02 | –
        D              | 50      | 2025-05-09 | –
        """,
    )


def test_full_1_full_early_and_empty_seats() -> None:
    found = figures(full_1(), "sold_out_share", "early_sellout_share", "no_show_rate")
    assert found == {"sold_out_share": 0.75, "early_sellout_share": 0.25, "no_show_rate": pytest.approx(64 / 158)}


def test_full_1_supply_is_of_performances_whose_hour_is_known() -> None:
    assert by(full_1(), "supply_grid") == {"5 20": pytest.approx(2 / 3), "6 14": pytest.approx(1 / 3)}


def test_full_1_seats_of_a_zone_are_never_deposited() -> None:
    assert figures(full_1(), "zone_sell_through") == {"zone_sell_through": "NO_DATA zone_capacity"}
