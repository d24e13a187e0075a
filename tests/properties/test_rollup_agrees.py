"""On small random worlds, what the rollup answers is what the plain statements answer: every figure, cut and filter."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publicc.kernel.period import Period
from publicc.metrics.answers import Row, Stamp, answer
from publicc.metrics.counted import CountedSource
from publicc.metrics.definition import Metric, Solved
from publicc.metrics.definitions.curves import season_curves
from publicc.metrics.dimensions import DIMENSIONS, can_cut
from publicc.metrics.gathering import Cut, facts_of
from publicc.metrics.questions import Question
from publicc.metrics.registry import METRICS
from publicc.metrics.rollup import write_counted
from publicc.metrics.source import Source
from tests.properties.oracle.rows import Book
from tests.properties.worlds import PERIODS, books, world
from tests.spec.metrics.world import OWN, World

FILTERS = {
    "discipline": ["THEATRE", "DANCE", "UNKNOWN"],
    "channel": ["WEB", "UNKNOWN"],
    "price_group": ["FULL", "SUBSCRIPTION", "COMP"],
    "show": ["s1"],
    "weekday": ["1", "5", "6"],
    "origin": ["CANADA"],
    "fsa": ["H2X", "UNKNOWN"],
    "parcours": ["NEW", "REGULAR", "RETURNING"],
    "frequency_band": ["1", "2"],
}


@st.composite
def asked(draw: st.DrawFn) -> tuple[World, list[Question]]:
    """A world, and questions of every kind of it."""
    made = world(draw(books()))
    as_of = made.as_of - timedelta(draw(st.sampled_from([0, 0, 200, 800])))
    return made, [draw(question(draw(st.sampled_from(PERIODS)), as_of)) for _ in range(6)]


@st.composite
def question(draw: st.DrawFn, period: Period, as_of: date) -> Question:
    """One figure, cut and filtered by what means something to it."""
    one = METRICS[draw(st.sampled_from(sorted(METRICS)))]
    legal = sorted(name for name in DIMENSIONS if can_cut(one, name))
    by = draw(st.lists(st.sampled_from(legal), max_size=2, unique=True)) if legal else []
    kept = sorted(set(legal) & set(FILTERS))
    where = draw(st.lists(st.sampled_from(kept), max_size=2, unique=True)) if kept else []
    return Question(
        (one.id,),
        by=_with_axis(one, tuple(by)),
        where={name: (draw(st.sampled_from(FILTERS[name])),) for name in where},
        period=draw(st.sampled_from([period, None])),
        as_of=as_of,
        with_coverage=draw(st.booleans()),
    )


def _with_axis(one: Metric, by: tuple[str, ...]) -> tuple[str, ...]:
    """The cut completed by the metric's own axis; one with a statement of its own takes no other."""
    axis = one.axis_in(by)
    if isinstance(one.recipe, Solved) and axis:
        return axis
    return (*by, *(name for name in axis if name not in by))


def told(facts: Source, question: Question) -> tuple[tuple[Row, ...], Stamp]:
    found = answer(facts, question, OWN)
    return found.rows, found.stamp


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(asked())
def test_the_rollup_answers_what_the_plain_statements_answer(world_and_questions: tuple[World, list[Question]]) -> None:
    made, questions = world_and_questions
    facts = made.connection()
    write_counted(facts, OWN)
    rolled_up, plain = CountedSource(facts), Source(facts)
    assert rolled_up.rollup_of(OWN) is not None
    for one in questions:
        assert told(rolled_up, one) == told(plain, one), one


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(books(), st.sampled_from([{}, {"channel": ("WEB",)}, {"discipline": ("DANCE",), "price_group": ("FULL",)}]))
def test_curves_of_seasons_are_the_same_from_either(book: Book, where: dict[str, tuple[str, ...]]) -> None:
    made = world(book)
    facts = made.connection()
    write_counted(facts, OWN)
    every = Cut((), where, Period(date(2018, 9, 1), date(2026, 8, 31)))
    told = [
        season_curves(facts_of(source, OWN, period=every.period, as_of=made.as_of, reference=None), every)
        for source in (CountedSource(facts), Source(facts))
    ]
    assert told[0] == told[1]
