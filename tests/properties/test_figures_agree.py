"""On small random worlds, every figure is what plain Python counts, however it is cut; the order of rows changes nothing."""

import os
import random
from dataclasses import replace
from functools import cache
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from publicc.kernel.cells import Cell, Shown, Unknown
from publicc.kernel.scope import WholePool
from publicc.metrics.answers import Answer, answer
from publicc.metrics.definition import Metric, Solved
from publicc.metrics.dimensions import DIMENSIONS, can_cut
from publicc.metrics.questions import Question
from publicc.metrics.registry import METRICS
from publicc.metrics.rollup import write_counted
from tests.properties.oracle import FIGURES
from tests.properties.oracle.asking import expected
from tests.properties.oracle.rows import NO_BASE, NO_DATA, Book, Figure, Rows
from tests.properties.worlds import FLAVOURS, HOUSES, PERIODS, books, rich_book, seen, world
from tests.spec.metrics.world import OWN

EXAMPLES = int(os.environ.get("PUBLICC_ORACLE", "15"))
"""`make oracle` asks for thousands."""
SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
AXES = tuple(dict.fromkeys(one.axis for one in METRICS.values()))


@cache
def askable(axis: tuple[str, ...], cuts: tuple[str, ...], filters: tuple[str, ...]) -> tuple[str, ...]:
    """Metrics of that axis for which the cut and the filters mean something."""

    def means(one: Metric) -> bool:
        if cuts and isinstance(one.recipe, Solved) and one.axis:
            return False
        return one.axis == axis and all(name in axis or can_cut(one, name) for name in cuts) and all(
            can_cut(one, name) for name in filters
        )  # fmt: skip

    return tuple(name for name, one in METRICS.items() if means(one))


@st.composite
def asked(draw: st.DrawFn, *, own: bool = True) -> tuple[Book, Question]:
    book = draw(books(own=own))
    period = draw(st.sampled_from(PERIODS))
    cuts = tuple(dict.fromkeys(draw(st.lists(st.sampled_from(tuple(DIMENSIONS)), max_size=2))))
    filters = tuple(dict.fromkeys(draw(st.lists(st.sampled_from(tuple(DIMENSIONS)), max_size=1))))
    metrics = askable(draw(st.sampled_from(((), *AXES))), cuts, filters)
    assume(metrics)
    rows = Rows(seen(book), period)
    where = {name: (draw(st.sampled_from(sorted(rows.values(name)) or ["UNKNOWN"])),) for name in filters}
    return book, Question(metrics, cuts, where, period, reference=book.reference)


DRAWN = {"break", "break_low", "break_high", "slope_low", "slope_high"}
"""What `crowding_break` says of its 1,000 draws: chance, which tests/unit/metrics/test_crowding.py judges."""


def facts_of(book: Book, *, counted: bool = False) -> duckdb.DuckDBPyConnection:
    """The tables of a snapshot, with what is counted of them for screens where it is asked."""
    facts = world(book).connection()
    if counted:
        write_counted(facts, OWN)
    return facts


@cache
def rich(seed: int, counted: bool, **kind: Any) -> tuple[Book, duckdb.DuckDBPyConnection]:
    """A fuller book and its tables, drawn once for all the questions asked of it."""
    book = rich_book(seed, **kind)
    return book, facts_of(book, counted=counted)


def found_in(book: Book, question: Question, facts: duckdb.DuckDBPyConnection | None = None) -> Answer:
    """The engine's answer: from the tables of a snapshot, or from what is counted of them for screens."""
    return answer(facts or facts_of(book), question, OWN if book.own else WholePool("a test"))


def agree(cell: Cell, figure: Figure) -> bool:
    if isinstance(figure, str):
        return isinstance(cell, Unknown) and cell.reason.name == figure
    value, n = figure
    return (
        isinstance(cell, Shown) and cell.n == n and float(cell.value) == pytest.approx(float(value), rel=1e-9, abs=1e-9)
    )


def empty(figure: Figure) -> bool:
    return figure in (NO_BASE, NO_DATA) or figure[0] == 0


def disagreements(book: Book, question: Question, facts: duckdb.DuckDBPyConnection | None = None) -> list[Any]:
    """Cells that are not what the oracle says. A group that one of them does not list must be empty for the other."""
    told = found_in(book, question, facts)
    cells = {tuple(row.dims.values()): row.cells for row in told.rows}
    wrong: list[Any] = []
    for name in question.metrics:
        oracle = expected(seen(book), METRICS[name], question, told.by)
        wrong += [(name, key, None, figure) for key, figure in oracle.items() if key not in cells and not empty(figure)]
        for key, of in cells.items():
            if key in oracle and not agree(of[name], oracle[key]):
                wrong.append((name, key, of[name], oracle[key]))
            elif key not in oracle and not DRAWN & set(key) and isinstance(cell := of[name], Shown) and cell.value != 0:
                wrong.append((name, key, cell, None))
    return wrong


def test_every_metric_has_its_figure_in_plain_python() -> None:
    assert set(FIGURES) == set(METRICS)


WHOLE = PERIODS[8]
"""All that is loaded; a season for the others."""


@pytest.mark.parametrize("dimension", DIMENSIONS)
@pytest.mark.parametrize("read", ["own", "counted", "pool"])
def test_every_figure_agrees_along_each_dimension(dimension: str, read: str) -> None:
    book, facts = rich(1, read == "counted", own=read != "pool")
    question = Question(askable((), (dimension,), ()), (dimension,), {}, WHOLE, reference=book.reference)
    assert disagreements(book, question, facts) == []


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_figure_agrees_under_each_filter(dimension: str) -> None:
    book, _ = rich(2, False)
    values = sorted(Rows(seen(book), WHOLE).values(dimension))
    metrics = askable((), (), (dimension,))
    for kept, counted in ((tuple(values[:2]), False), (tuple(values[-1:]), True)):
        question = Question(metrics, (), {dimension: kept}, WHOLE, reference=book.reference)
        assert disagreements(book, question, rich(2, counted)[1]) == []


@pytest.mark.parametrize("axis", [axis for axis in AXES if axis], ids=" ".join)
@pytest.mark.parametrize(
    "cut", [(), ("season",), ("discipline",), ("buyer_kind",), ("origin",), ("parcours",)], ids=" ".join
)
def test_every_figure_agrees_along_its_axis(axis: tuple[str, ...], cut: tuple[str, ...]) -> None:
    metrics = askable(axis, cut, ()) if cut not in {(), axis} or not cut else ()
    for period, counted in ((WHOLE, False), (PERIODS[6], True)) if metrics else ():
        book, facts = rich(3, counted)
        assert disagreements(book, Question(metrics, cut, {}, period, reference=book.reference), facts) == []


@pytest.mark.parametrize("level", ["province", "municipality", "fsa", "origin"])
def test_origins_agree_at_each_level_of_territory(level: str) -> None:
    book, facts = rich(4, False)
    assert disagreements(book, Question(("origin_share",), (level,), {}, WHOLE), facts) == []


@pytest.mark.parametrize("flavour", FLAVOURS)
@pytest.mark.parametrize("houses", HOUSES)
def test_every_figure_agrees_when_one_thing_is_wrong_all_over(flavour: str, houses: str) -> None:
    book = rich_book(5, flavour=flavour, houses=houses)
    facts = facts_of(book)
    for axis in AXES if houses == "mixed" else ((),):
        question = Question(askable(axis, (), ()), (), {}, PERIODS[6], reference=book.reference)
        assert disagreements(book, question, facts) == []


@pytest.mark.parametrize("seed", range(3))
def test_crowding_agrees_where_seats_are_known(seed: int) -> None:
    book, facts = rich(10 + seed, seed == 1, houses="all seated")
    for axis in (("crowding",), ("estimate",)):
        assert disagreements(book, Question(askable(axis, (), ()), (), {}, WHOLE), facts) == []


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=SLOW)
@given(books(), st.sampled_from(PERIODS))
def test_every_figure_is_what_plain_python_counts(book: Book, period: Any) -> None:
    question = Question(askable((), (), ()), period=period, reference=book.reference)
    assert disagreements(book, question) == disagreements(book, question, facts_of(book, counted=True)) == []


@settings(max_examples=2 * EXAMPLES, deadline=None, suppress_health_check=SLOW)
@given(asked())
def test_every_figure_agrees_however_it_is_cut_and_filtered(one: tuple[Book, Question]) -> None:
    assert disagreements(*one) == []


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=SLOW)
@given(asked(own=False))
def test_the_pool_counts_each_performance_and_each_person_once(one: tuple[Book, Question]) -> None:
    assert disagreements(*one) == []


@settings(max_examples=max(6, EXAMPLES // 6), deadline=None, suppress_health_check=SLOW)
@given(asked(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_figure(one: tuple[Book, Question], chance: random.Random) -> None:
    book, question = one
    shuffled = replace(
        book,
        performances=chance.sample(book.performances, len(book.performances)),
        tickets=chance.sample(book.tickets, len(book.tickets)),
    )
    assert found_in(book, question).rows == found_in(shuffled, question).rows
