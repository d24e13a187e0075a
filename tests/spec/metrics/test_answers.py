"""What an answer says beside its figures: states, stamps, order, dimensions, figures that are more than one number."""

from datetime import date

import pytest

from publicc.kernel.cells import Shown
from publicc.kernel.errors import BadUsage
from publicc.kernel.period import parse_period
from publicc.kernel.scope import OwnRows, WholePool
from publicc.metrics.answers import answer
from publicc.metrics.dimensions import DIMENSIONS, can_cut, encoded
from publicc.metrics.figures import distribution, grid, interval_of, table
from publicc.metrics.labels import labels
from publicc.metrics.questions import Question
from publicc.metrics.registry import METRICS, metric
from tests.spec.metrics.reading import by, figures, said
from tests.spec.metrics.world import OWN, World, theatre


def season():
    return theatre(
        """
        performance_id | starts_on  | starts_hour | discipline | capacity | show_id
        ---------------+------------+-------------+------------+----------+--------
        A              | 2024-10-04 | 20          | DANCE      | 10       | s1
        B              | 2024-10-05 | 14          | THEATRE    | 10       | s2
        C              | 2025-01-11 | 20          | THEATRE    | –        | s2
        """,
        """
        performance_id | buyer | channel | fsa | origin | province | ordered_on | ordered_hour | admin_region
        ---------------+-------+---------+-----+--------+----------+------------+--------------+-------------
        A              | ada   | WEB     | H2X | CANADA | QC       | 2024-09-30 | 12           | 06
        B              | ada   | PHONE   | H2X | CANADA | QC       | 2024-10-01 | 9            | 06
        B              | ben   | WEB     | M5V | CANADA | ON       | 2024-10-01 | –            | –
        C              | –     | –       | –   | –      | –        | –          | –            | –
        """,
        shows="show_id | title\n s1 | Giselle\n s2 | Tartuffe",
    )


def test_rows_come_in_the_order_of_their_dimensions_unknown_last() -> None:
    assert list(by(season(), "admission_count", "fsa")) == ["H2X", "M5V", "UNKNOWN"]
    assert list(by(season(), "admission_count", "channel")) == ["WEB", "PHONE", "UNKNOWN"]
    assert by(season(), "admission_count", "month", "weekday") == {"2024-10 5": 1, "2024-10 6": 2, "2025-01 6": 1}


@pytest.mark.parametrize(
    ("dimension", "keys"),
    [
        ("day", ["2024-10-04", "2024-10-05", "2025-01-11"]),
        ("week", ["2024-W40", "2025-W02"]),
        ("season", ["2024-2025"]),
        ("hour", ["14", "20"]),
        ("is_extra", ["no"]),
    ],
)
def test_time_is_cut_as_the_sector_counts_it(dimension: str, keys: list[str]) -> None:
    assert list(by(season(), "performance_count", dimension)) == keys


@pytest.mark.parametrize(
    ("dimension", "value", "count"),
    [
        ("month", "2024-10", 2),
        ("week", "2024-W40", 2),
        ("season", "2024-2025", 3),
        ("show", "s2", 2),
        ("discipline", "DANCE", 1),
    ],
)
def test_filters_take_the_codes_that_rows_show(dimension: str, value: str, count: int) -> None:
    assert figures(season(), "performance_count", **{dimension: value}) == {"performance_count": count}


@pytest.mark.parametrize(
    ("dimension", "value"), [("season", "2024-2026"), ("month", "x"), ("weekday", "8"), ("week", "2024")]
)
def test_a_value_that_is_none_of_the_dimension_is_refused(dimension: str, value: str) -> None:
    with pytest.raises(BadUsage):
        encoded(DIMENSIONS[dimension], value)


def test_every_metric_answers_and_every_legal_pair_too() -> None:
    facts = season()
    for one in METRICS.values():
        assert answer(facts, Question((one.id,)), OWN).stamp.metrics == ((one.id, one.version),)
    for dimension in DIMENSIONS:
        together = [one for one in METRICS.values() if can_cut(one, dimension) and not one.axis]
        found = answer(facts, Question(tuple(one.id for one in together), by=(dimension,)), OWN)
        assert found.by == (dimension,)


def test_an_empty_organization_has_no_base_and_counts_zero() -> None:
    facts = theatre("performance_id | starts_on\n P | 2030-01-01", "performance_id | tickets\n P | 1")
    found = figures(
        facts, "admission_count", "occupancy_rate", "retention_rate", "gini_tickets", "fsas_for_half", period="2024-2025"
    )  # fmt: skip
    assert found == {
        "admission_count": 0, "occupancy_rate": "NO_BASE", "retention_rate": "NO_BASE next_season_closed",
        "gini_tickets": "NO_BASE", "fsas_for_half": "NO_BASE postal_code",
    }  # fmt: skip
    assert by(facts, "supply_grid") == {"UNKNOWN UNKNOWN": "NO_BASE"}
    assert by(facts, "market_tier") == {"UNKNOWN": "NO_BASE postal_code"}
    assert by(facts, "penetration_index") == {"UNKNOWN": "NO_DATA census"}


def test_figures_of_buyers_are_no_data_where_no_ticket_has_a_buyer() -> None:
    facts = theatre("performance_id\n P", "performance_id | tickets\n P | 5")
    assert figures(facts, "buyer_count", "multi_buyer_share") == {
        "buyer_count": "NO_DATA buyer", "multi_buyer_share": "NO_DATA buyer",
    }  # fmt: skip


def test_the_stamp_says_what_was_counted_as_of_when_and_how_much_is_known() -> None:
    stamp = answer(season(), Question(("admission_count",), period=parse_period("2024-2025")), OWN).stamp
    assert (stamp.snapshot, stamp.as_of, stamp.scope) == ("drawn", date(2025, 8, 31), OWN)
    assert {name: said(cell) for name, cell in stamp.coverage.items()} == {
        "postal": 0.75, "capacity": 2 / 3, "buyer": 0.75, "price": 1.0,
    }  # fmt: skip


def test_another_organization_s_rows_are_never_counted() -> None:
    assert answer(season(), Question(("admission_count",)), OwnRows("other")).rows[0].cells["admission_count"] == Shown(
        0, n=0
    )


def test_in_the_pool_a_performance_supplied_twice_counts_once_from_whom_holds_most_tickets() -> None:
    performances = [{"performance_id": "P", "organization": one} for one in ("a", "b")]
    tickets = [{"performance_id": "P", "organization": "a", "tickets": 2, "buyer": "x", "person": "p1"}]
    tickets += [{"performance_id": "P", "organization": "b", "tickets": 3, "buyer": "y", "person": "p2"}]
    facts = World(performances, tickets, date(2025, 8, 31)).connection()
    pool = WholePool("test")
    assert figures(facts, "performance_count", "admission_count", "buyer_count", "new_to_pool_share", scope=pool, period="2024-2025") == {
        "performance_count": 1, "admission_count": 3, "buyer_count": 1, "new_to_pool_share": "NO_BASE history_36_months",
    }  # fmt: skip
    assert figures(facts, "new_to_pool_share", scope=OwnRows("a")) == {"new_to_pool_share": "NO_DATA pool"}


def test_facts_that_do_not_say_their_day_need_a_question_that_does() -> None:
    facts = season()
    facts.execute("DELETE FROM snapshot")
    with pytest.raises(BadUsage):
        answer(facts, Question(("admission_count",)), OWN)
    facts.execute("DROP TABLE snapshot")
    assert answer(facts, Question(("admission_count",), as_of=date(2024, 12, 31)), OWN).rows[0].cells[
        "admission_count"
    ] == Shown(3, n=3)


def test_a_cell_is_found_by_its_dimensions_and_a_group_without_rows_has_no_base() -> None:
    found = answer(season(), Question(("admission_count",), by=("channel",)), OWN)
    assert found.cell("admission_count", channel="WEB") == Shown(2, n=2)
    assert said(found.cell("admission_count", channel="RESELLER")) == "NO_BASE"


def test_distributions_grids_and_tables_are_built_of_cells() -> None:
    facts = season()
    shares = distribution(facts, Question(("frequency_band_share",)), OWN)
    assert {name: said(cell) for name, cell in shares.cells.items()} == {
        "1": 0.5,
        "2": 0.5,
        "3": 0,
        "4-10": 0,
        "11+": 0,
    }
    supply = grid(facts, Question(("supply_grid",)), OWN)
    assert (supply.rows, supply.columns) == (("5", "6"), ("14", "20"))
    assert said(supply.cells["5", "14"]) == "NO_BASE"
    assert said(supply.cells["6", "14"]) == pytest.approx(1 / 3)
    both = table(facts, Question(("admission_count", "occupancy_rate"), by=("show",)), OWN)
    assert [said(row.cells["occupancy_rate"]) for row in both.rows] == [0.1, 0.2]
    with pytest.raises(BadUsage):
        distribution(facts, Question(("admission_count",)), OWN)


def test_shares_have_an_interval_and_others_none() -> None:
    assert interval_of(metric("comp_rate"), Shown(0.375, n=120)) is not None
    assert interval_of(metric("admission_count"), Shown(3, n=3)) is None
    assert interval_of(metric("comp_rate"), Shown(0.5)) is None


def test_values_are_called_by_their_names() -> None:
    facts = season()
    assert labels(facts, "show", ["s1"], OWN)["s1"].fr == "Giselle"
    assert labels(facts, "performance", ["A"], OWN)["A"].en.startswith("Giselle, ")
    assert labels(facts, "month", ["2024-10"], WholePool("x"))["2024-10"].fr == "octobre 2024"
    assert labels(facts, "admin_region", ["06", "UNKNOWN"], OWN)["06"].fr == "Montréal"
    assert labels(facts, "province", ["ON"], OWN)["ON"].en == "Ontario"
    assert labels(facts, "fsa", ["H2X", "UNKNOWN"], OWN)["UNKNOWN"].fr == "Inconnu"
    assert labels(facts, "weekday", ["1"], OWN)["1"].en == "Monday"


def test_matrices_of_the_lifecycle() -> None:
    visits = "\n".join(f"V{i} | ada" for i in range(30))
    facts = theatre(
        "performance_id | starts_on | discipline\n"
        + "\n".join(f"V{i} | 2025-0{1 + i // 10}-1{i % 10} | {'DANCE' if i % 2 else 'THEATRE'}" for i in range(30))
        + "\n OLD | 2020-01-01 | DANCE\n BEN | 2023-10-01 | DANCE",
        f"performance_id | buyer\n{visits}\nOLD | –\nBEN | ben\nV0 | ben",
        as_of="2025-06-30",
    )
    affinities = by(facts, "segment_affinity")
    assert affinities["PASSIONATE DANCE"] == pytest.approx(100 * (15 * 32) / (30 * 16))
    assert affinities["RETURNING DANCE"] == "NO_BASE 30_visits"
    assert by(facts, "discipline_flow")["THEATRE DANCE"] == 1.0
    moves = by(facts, "parcours_transition")
    assert (moves["NEW RETURNING"], moves["NEW LOST"]) == (1.0, 0.0)
    assert moves["REGULAR NEW"] == "NO_BASE"
    assert by(facts, "parcours_return_rate")["NEW"] == 1.0
    young = theatre(
        "performance_id | starts_on\n P | 2025-01-01", "performance_id | buyer | ordered_on\n P | ada | 2024-12-01"
    )
    assert by(young, "parcours_transition")["LOST NEW"] == "NO_BASE history_36_months"
    assert by(young, "parcours_return_rate")["LOST"] == "NO_BASE history_36_months"


def test_median_lead_of_single_tickets_needs_mapped_price_groups() -> None:
    facts = theatre("performance_id\n P", "performance_id | price_group\n P | UNMAPPED\n P | FULL")
    assert figures(facts, "lead_time_median_single") == {"lead_time_median_single": "NO_BASE price_category"}


def test_without_on_sale_day_nor_orders_the_sale_period_has_no_base() -> None:
    facts = theatre("performance_id\n P", "performance_id\n P")
    assert figures(facts, "sale_period_days", "lead_time_median") == {
        "sale_period_days": "NO_BASE general_sale_on", "lead_time_median": "NO_DATA ordered_on",
    }  # fmt: skip
