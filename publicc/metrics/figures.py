"""Figures that are more than one number, as charts and tables take them: distributions, grids, tables of cells."""

from dataclasses import dataclass

from publicc.kernel.cells import Cell, Shown
from publicc.kernel.errors import BadUsage
from publicc.kernel.scope import Scope
from publicc.kernel.text import Text
from publicc.metrics.answers import Answer, Row, answer
from publicc.metrics.definition import IntervalRule, Metric
from publicc.metrics.dimensions import known_dimension, sort_key
from publicc.metrics.formulas import no_base
from publicc.metrics.questions import Question
from publicc.metrics.registry import metric
from publicc.metrics.rules import Interval, wilson
from publicc.metrics.source import Readable


@dataclass(frozen=True, slots=True)
class Distribution:
    """One cell a category, categories in their order."""

    metric: Metric
    axis: str
    cells: dict[str, Cell]
    answer: Answer


@dataclass(frozen=True, slots=True)
class Grid:
    """One cell a pair of categories: `cells[row, column]`. A pair that no row fed has no base."""

    metric: Metric
    axes: tuple[str, str]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[tuple[str, str], Cell]
    answer: Answer


@dataclass(frozen=True, slots=True)
class Table:
    """Several metrics side by side, one line a group."""

    metrics: tuple[Metric, ...]
    by: tuple[str, ...]
    rows: tuple[Row, ...]
    answer: Answer


def distribution(facts: Readable, question: Question, scope: Scope) -> Distribution:
    """The one metric of the question along its one axis. Raises BadUsage when it has none, or two."""
    asked, found = _alone(facts, question, scope, axes=1)
    (axis,) = found.by
    return Distribution(asked, axis, {row.dims[axis]: row.cells[asked.id] for row in found.rows}, found)


def grid(facts: Readable, question: Question, scope: Scope) -> Grid:
    """The one metric of the question over its two axes. Raises BadUsage when it has not exactly two."""
    asked, found = _alone(facts, question, scope, axes=2)
    down, across = found.by
    cells = {(row.dims[down], row.dims[across]): row.cells[asked.id] for row in found.rows}
    rows = _in_order(down, {row.dims[down] for row in found.rows})
    columns = _in_order(across, {row.dims[across] for row in found.rows})
    full = {(one, other): cells.get((one, other), no_base()) for one in rows for other in columns}
    return Grid(asked, (down, across), rows, columns, full, found)


def table(facts: Readable, question: Question, scope: Scope) -> Table:
    """Every metric of the question, one line a group."""
    found = answer(facts, question, scope)
    return Table(tuple(metric(one) for one in question.metrics), found.by, found.rows, found)


def interval_of(asked: Metric, cell: Cell) -> Interval | None:
    """The 95 % interval of a share, from its base; None for other figures and cells without a value."""
    if asked.interval is not IntervalRule.WILSON or not isinstance(cell, Shown) or not cell.n:
        return None
    return wilson(float(cell.value), cell.n)


def _alone(facts: Readable, question: Question, scope: Scope, *, axes: int) -> tuple[Metric, Answer]:
    found = answer(facts, question, scope)
    if len(question.metrics) != 1 or len(found.by) != axes:
        asked = ", ".join(question.metrics)
        by = ", ".join(found.by) or "–"
        raise BadUsage(
            Text(
                f"Il faut une mesure et {axes} axe(s) : {asked} par {by}.",
                f"One metric and {axes} axis (axes) are needed: {asked} by {by}.",
            )
        )
    return metric(question.metrics[0]), found


def _in_order(dimension_id: str, values: set[str]) -> tuple[str, ...]:
    one = known_dimension(dimension_id)
    return tuple(sorted(values, key=lambda value: sort_key(one, value)))
