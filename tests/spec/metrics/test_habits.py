"""flow-1 and pool-1: what buyers go to, where they move, who is new to everyone."""

import duckdb
import pytest

from publicc.kernel.period import parse_period
from publicc.kernel.scope import WholePool
from publicc.metrics.answers import answer
from publicc.metrics.questions import Question
from tests.spec.metrics.reading import by, figures, said
from tests.spec.metrics.world import theatre


def flow_1():
    return theatre(
        """
        performance_id | starts_on  | discipline
        ---------------+------------+-----------
        OLD            | 2020-01-01 | DANCE
        D24            | 2024-05-01 | DANCE
        D25            | 2025-02-01 | DANCE
        T25            | 2025-03-01 | THEATRE
        C25            | 2025-04-01 | CIRCUS
        """,
        """
        performance_id | buyer
        ---------------+------
        OLD            | –
        D24            | ada
        D24            | ben
        T25            | ada
        T25            | cam
        D25            | dee
        T25            | dee
        C25            | dee
        """,
        as_of="2025-06-30",
    )


def test_flow_1_how_many_disciplines_and_from_which_to_which() -> None:
    assert by(flow_1(), "breadth_share") == {"1": 0.5, "2": 0.25, "3+": 0.25}
    flows = by(flow_1(), "discipline_flow")
    assert (flows["DANCE THEATRE"], flows["CIRCUS DANCE"]) == (pytest.approx(2 / 3), 1)


def test_flow_1_what_buyers_go_to_next() -> None:
    nexts = by(flow_1(), "next_discipline_share")
    assert (nexts["DANCE THEATRE"], nexts["THEATRE CIRCUS"], nexts["DANCE CIRCUS"]) == (1.0, 1.0, 0.0)
    assert nexts["CIRCUS DANCE"] == "NO_BASE"


def first_1():
    return theatre(
        """
        performance_id | starts_on  | discipline
        ---------------+------------+-----------
        D22            | 2022-03-01 | DANCE
        D23            | 2023-03-01 | DANCE
        T23            | 2023-05-10 | THEATRE
        C23            | 2023-05-10 | CIRCUS
        T24            | 2024-05-10 | THEATRE
        """,
        """
        performance_id | buyer
        ---------------+------
        D22            | ada
        D23            | ada
        T23            | ada
        D23            | ben
        T23            | ben
        C23            | ben
        D23            | cam
        T24            | cam
        D23            | dee
        """,
        as_of="2025-06-30",
    )


def test_first_1_who_comes_again_to_what_and_how_soon() -> None:
    backs, delays = by(first_1(), "first_return_share"), by(first_1(), "second_outing_delay")
    assert (backs["DANCE"], delays["DANCE"]) == (pytest.approx(1 / 3), 70)
    assert (backs["THEATRE"], delays["THEATRE"]) == (0, "NO_BASE")
    seconds = by(first_1(), "second_outing_share")
    assert (seconds["DANCE THEATRE"], seconds["DANCE CIRCUS"]) == (1, 1)


def test_flow_1_who_moved_and_who_came_back() -> None:
    moves = by(flow_1(), "parcours_transition")
    assert (moves["NEW RETURNING"], moves["NEW NEW"]) == (0.5, 0.5)
    assert by(flow_1(), "parcours_return_rate")["NEW"] == 0.5


def pool_1():
    return theatre(
        """
        performance_id | organization | starts_on
        ---------------+--------------+-----------
        OLD            | theatre      | 2018-10-01
        OTHER          | other        | 2021-05-01
        NOW            | theatre      | 2025-01-10
        """,
        """
        performance_id | organization | buyer | person
        ---------------+--------------+-------+-------
        OLD            | theatre      | –     | –
        OTHER          | other        | x1    | ada
        NOW            | theatre      | t1    | ada
        NOW            | theatre      | t2    | ben
        """,
    )


def in_pool(facts: duckdb.DuckDBPyConnection, metric: str) -> object:
    question = Question((metric,), period=parse_period("2024-2025"))
    return said(answer(facts, question, WholePool("example")).rows[0].cells[metric])


def test_pool_1_new_here_may_be_known_elsewhere() -> None:
    assert figures(pool_1(), "new_buyer_share", "new_to_pool_share", period="2024-2025") == {
        "new_buyer_share": 1.0, "new_to_pool_share": "NO_DATA pool",
    }  # fmt: skip
    assert in_pool(pool_1(), "new_to_pool_share") == 0.5
