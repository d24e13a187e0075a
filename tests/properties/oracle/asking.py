"""A question asked of plain Python: every group of the cut, every category of the axis."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from publicc.kernel.period import Period, months_before
from publicc.metrics.definition import Along, Grain, Metric
from publicc.metrics.questions import Question
from tests.properties.oracle import FIGURES
from tests.properties.oracle.rows import HABITS, NO_BASE, NO_DATA, Book, Figure, Rows, Table, told_by


def expected(book: Book, one: Metric, question: Question, by: tuple[str, ...]) -> Table:
    """The figures of a metric, keyed by `by`: the dimensions of the answer, its axis among them."""
    if question.period is None:
        raise ValueError("a question to the oracle says its period")
    rows = Rows(book, _window(book, one, question.period), question.where)
    axis = one.axis_in(by)
    outer = tuple(name for name in by if name not in axis)
    figure = FIGURES[one.id]
    if isinstance(one.recipe, Along) and one.recipe.other_axes:
        figure = partial(figure, axis=axis[0])
    told: Table = {}
    for group, here in _groups(rows, outer):
        found = figure(here)
        for category, value in found.items() if isinstance(found, dict) else {(): found}.items():
            place = dict(zip((*outer, *axis), (*group, *category), strict=True))
            told[tuple(place[name] for name in by)] = value
    return _with_no_buyer(told, one, replace_period(rows, question.period))


def _window(book: Book, one: Metric, period: Period) -> Period:
    if one.window_months is None:
        return period
    last = min(period.last_on, book.as_of)
    return Period(months_before(last, one.window_months), last)


def replace_period(rows: Rows, period: Period) -> Rows:
    return replace(rows, period=period)


def _groups(rows: Rows, by: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Rows]]:
    """Habits last: they are judged within the other cuts."""
    if not by:
        yield (), rows
        return
    first = next((name for name in by if name not in HABITS), by[0])
    rest = tuple(name for name in by if name != first)
    at = by.index(first)
    for value, here in told_by(rows, first):
        for group, inner in _groups(here, rest):
            yield (*group[:at], value, *group[at:]), inner


def _with_no_buyer(told: Table, one: Metric, rows: Rows) -> Table:
    """Where no ticket at all says who bought it, figures of buyers have no data."""
    where = {name: values for name, values in rows.conditions.items() if name not in HABITS}
    everything = replace(rows, conditions=where)
    if one.grain is not Grain.BUYER or everything.named:
        return told

    def why(figure: Figure) -> Figure:
        return NO_DATA if figure == NO_BASE else figure

    return {key: why(figure) for key, figure in told.items()}
