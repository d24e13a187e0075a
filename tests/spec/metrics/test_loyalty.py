"""base-1 and conc-1: who is new, who comes back, who weighs most."""

from datetime import date

import pytest

from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import rounded
from publicc.kernel.period import parse_period
from publicc.metrics.answers import answer
from publicc.metrics.definitions.entry_seasons import expected_next_visit
from publicc.metrics.questions import Question
from tests.spec.metrics.reading import by, figures, percent, said
from tests.spec.metrics.world import OWN, theatre

VISITS = {
    "ada": ("2023-10-05", "2024-11-10"),
    "ben": ("2024-10-01", "2024-12-01", "2025-03-01"),
    "cam": ("2023-12-15",),
    "dee": ("2024-02-20", "2024-09-10"),
    "eve": ("2025-05-05",),
    "fay": ("2020-03-01", "2025-01-15"),
}


def base_1(as_of: str = "2025-08-31", first: str = "2018-09-02"):
    days = sorted({day for visits in VISITS.values() for day in visits} | {first})
    tickets = [f"{day} | {buyer} | FULL | VALID" for buyer, visits in VISITS.items() for day in visits]
    tickets += [f"{first} | – | FULL | VALID", "2024-11-10 | gus | COMP | VALID", "2024-11-10 | hal | FULL | REFUNDED"]
    return theatre(
        "performance_id | starts_on\n" + "\n".join(f"{day} | {day}" for day in days),
        "performance_id | buyer | price_group | ticket_status\n" + "\n".join(tickets),
        as_of=as_of,
    )


def test_base_1_buyers_of_the_season() -> None:
    found = figures(
        base_1(), "buyer_count", "new_buyer_share", "new_buyer_share_36m", "reactivated_share", "frequency",
        "multi_buyer_share", "recency_median", period="2024-2025",
    )  # fmt: skip
    assert found == {
        "buyer_count": 5, "new_buyer_share": 0.4, "new_buyer_share_36m": 0.6, "reactivated_share": 0.2, "frequency": 1.4,
        "multi_buyer_share": 0.2, "recency_median": 228,
    }  # fmt: skip


def test_base_1_retention_waits_for_the_next_season_to_close() -> None:
    found = figures(base_1(), "retention_rate", "retention_to_date", period="2023-2024")
    assert {name: percent(value) for name, value in found.items()} == {
        "retention_rate": "66.7 %", "retention_to_date": "66.7 %",
    }  # fmt: skip
    early = figures(base_1("2025-03-31"), "retention_rate", "retention_to_date", period="2023-2024")
    assert (early["retention_rate"], percent(early["retention_to_date"])) == ("NO_BASE next_season_closed", "66.7 %")


def test_base_1_by_season_each_season_is_a_period_of_its_own() -> None:
    assert by(base_1(), "retention_rate", "season") == {
        "2019-2020": 0.0, "2023-2024": 2 / 3, "2024-2025": "NO_BASE next_season_closed",
    }  # fmt: skip


def test_a_season_of_which_nothing_was_told_after_is_not_one_that_nobody_came_back_from() -> None:
    late = figures(base_1("2027-09-01"), "retention_rate", "retention_to_date", period="2024-2025")
    assert set(late.values()) == {"NO_DATA next_season"}


def test_a_history_of_12_to_35_months_is_provisional_and_a_shorter_one_has_no_base() -> None:
    facts = theatre(
        "performance_id | starts_on\n A | 2023-01-15\n B | 2025-02-10",
        "performance_id | buyer\n A | ada\n B | ada\n B | ben",
    )

    def new(period: str) -> Cell:
        return (
            answer(facts, Question(("new_buyer_share",), period=parse_period(period)), OWN)
            .rows[0]
            .cells["new_buyer_share"]
        )

    assert new("2025") == Shown(0.5, n=2, provisional=True)
    assert said(new("2023")) == "NO_BASE history_36_months"
    assert figures(facts, "new_buyer_share_36m", period="2025") == {"new_buyer_share_36m": "NO_BASE history_36_months"}


def test_base_1_ben_is_expected_again_in_may() -> None:
    assert by(base_1(), "expected_next_visit", period="2024-2025") == {"2025-05": 1}
    assert figures(base_1(), "usual_interval", period="2024-2025") == {"usual_interval": 75.5}
    assert expected_next_visit(date(2025, 3, 1), 75.5) == date(2025, 5, 16)


def test_base_1_entry_seasons() -> None:
    assert by(base_1(), "entry_season_retention", period="2019-09-01..2025-08-31")["2023-2024 1"] == pytest.approx(
        2 / 3
    )


def test_base_1_how_often_they_came_and_which_of_the_new_came_back() -> None:
    assert by(base_1(), "frequency_band_share", period="2024-2025") == {"1": 0.8, "2": 0, "3": 0.2, "4-10": 0, "11+": 0}
    assert figures(base_1(), "new_buyer_retention", period="2023-2024") == {"new_buyer_retention": pytest.approx(2 / 3)}


def conc_1():
    sizes = [1, 1, 1, 1, 2, 2, 2, 3, 3, 14]
    return theatre(
        "performance_id\n P",
        "performance_id | buyer | tickets\n" + "\n".join(f"P | b{i} | {n}" for i, n in enumerate(sizes)),
    )


def test_conc_1_the_first_tenth_and_gini() -> None:
    found = figures(conc_1(), "concentration_top10", "gini_tickets")
    assert (percent(found["concentration_top10"]), str(rounded(found["gini_tickets"], 2))) == ("46.7 %", "0.48")
