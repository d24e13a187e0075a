"""What is asked of the explorer, read from its address: a figure, what it is cut by, what it is compared with. Pure.

An address edited by hand never fails: what means nothing falls back, and the page says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from publicc.kernel.text import Text
from publicc.metrics.definition import Along, Metric, Solved
from publicc.metrics.dimensions import DIMENSIONS, can_cut
from publicc.metrics.registry import METRICS

FIGURE: Final = "admission_count"
BY: Final = "month"
PREVIOUS, SAME_POINT, SHOW = "previous", "same-point", "show:"
ARGUMENTS: Final = ("figure", "by", "against")
_NOT_OWN: Final = frozenset({"new_to_pool_share", "lead_time_days", "distance_km"})
"""Figures of the pool, and distributions that have their median on the same page."""
_NOT_OFFERED: Final = frozenset({"organization", "performance"})
AGAINST: Final[Mapping[str, Text]] = {
    "": Text("sans comparaison", "no comparison"),
    PREVIOUS: Text("contre la saison d'avant, entière", "against the whole season before"),
    SAME_POINT: Text("contre la saison d'avant, au même point", "against the season before, at the same point"),
}


@dataclass(frozen=True, slots=True)
class Exploration:
    """A question to the explorer. `by` is empty for a figure as a whole; `dropped` names what meant nothing."""

    figure: str
    by: str
    against: str
    dropped: tuple[str, ...] = ()

    @property
    def query_string(self) -> str:
        """The same question as the beginning of an address's query."""
        return urlencode([("figure", self.figure), ("by", self.by), ("against", self.against)])

    @property
    def show(self) -> str:
        """The show compared with; empty when it is something else."""
        return self.against.removeprefix(SHOW) if self.against.startswith(SHOW) else ""


def cuts_of(metric: Metric) -> tuple[str, ...]:
    """What a figure may be cut by here; empty for one that only stands as a whole."""
    recipe = metric.recipe
    if isinstance(recipe, Along):
        axes = (recipe.axis, *recipe.other_axes)
        return tuple(dict.fromkeys(axis[0] for axis in axes if len(axis) == 1 and axis[0] in DIMENSIONS))
    return tuple(one for one in DIMENSIONS if one not in _NOT_OFFERED and can_cut(metric, one))


def _offered(metric: Metric) -> bool:
    if metric.id in _NOT_OWN or (isinstance(metric.recipe, Solved) and metric.recipe.axis):
        return False
    return bool(cuts_of(metric)) or not isinstance(metric.recipe, Along)


FIGURES: Final = tuple(one.id for one in METRICS.values() if _offered(one))
"""Figures that may be explored, in the order of their definitions. Curves and matrices have their own screens."""


def read_exploration(asked: Mapping[str, Sequence[str]], shows: Sequence[str]) -> Exploration:
    """The question of an address; `shows`: those that exist."""
    dropped: list[str] = []
    figure = _one_of(asked, "figure", FIGURES, FIGURE, dropped)
    cuts = cuts_of(METRICS[figure])
    stands_whole = not isinstance(METRICS[figure].recipe, Along)
    usual = BY if BY in cuts else (cuts[0] if cuts and not stands_whole else "")
    by = _one_of(asked, "by", (*cuts, *(("",) if stands_whole else ())), usual, dropped)
    known = (*AGAINST, *(f"{SHOW}{one}" for one in shows))
    return Exploration(figure, by, _one_of(asked, "against", known, "", dropped), tuple(dropped))


def _one_of(  # noqa: PLR0917 - an argument of the address, and what it may be
    asked: Mapping[str, Sequence[str]], name: str, allowed: Sequence[str], usual: str, dropped: list[str]
) -> str:
    if name not in asked:
        return usual
    written = next(iter(asked[name]), "")
    if written in allowed:
        return written
    dropped.append(name)
    return usual
