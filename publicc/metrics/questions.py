"""A question: which figures, cut how, of which performances, as of when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from publicc.kernel.errors import BadUsage
from publicc.kernel.period import Period
from publicc.kernel.text import Text
from publicc.metrics.definition import Metric, Solved
from publicc.metrics.dimensions import check_can_cut, dimension
from publicc.metrics.registry import metric


@dataclass(frozen=True, slots=True)
class Question:
    """`metrics` by id; `by` and `where` by dimension id; `where` keeps rows whose value is among those given.

    `period` holds performance dates; None is all that is loaded. `as_of` None is the snapshot's own day. `reference` is
    the period that indices compare with; None is the last closed season.
    """

    metrics: tuple[str, ...]
    by: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    period: Period | None = None
    as_of: date | None = None
    reference: Period | None = None
    with_coverage: bool = True
    """Whether the stamp says what share of rows carries what the figures stand on; screens ask for it once a page."""


def check_makes_sense(question: Question) -> None:
    """Raise BadUsage when a metric or a dimension does not exist, or when a pair of them means nothing."""
    asked = [metric(one) for one in question.metrics]
    axes = {name for one in asked for name in one.axis}
    for used in dict.fromkeys((*question.by, *question.where)):
        if used not in axes:
            dimension(used)
        for one in asked:
            if used not in one.axis_in(question.by) or used in question.where:
                check_can_cut(one, used)
            if used in question.by and used not in one.axis_in(question.by):
                _check_has_no_axis(one)


def _check_has_no_axis(one: Metric) -> None:
    """Raise BadUsage for a curve or a matrix: its own axis leaves no room for a cut; it can be filtered."""
    if isinstance(one.recipe, Solved) and one.axis:
        axis = ", ".join(one.axis)
        raise BadUsage(
            Text(f"{one.id} se lit par {axis} et ne se découpe pas.", f"{one.id} is read by {axis} and is not cut."),
            do=Text("La filtrer avec --where, une valeur à la fois.", "Filter it with --where, one value at a time."),
        )
