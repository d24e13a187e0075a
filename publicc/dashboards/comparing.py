"""Own figures beside those of peers: which side, by how much, and when the difference says nothing. Pure.

A peer figure is read from releases as it is: never computed, never finer. Own figures stay exact.
"""

from dataclasses import dataclass, replace
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Notice, Screen, Tile
from publicc.dashboards.wording import said
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.period import season_label, season_year
from publicc.kernel.text import Text
from publicc.metrics.intervals import interval_of
from publicc.metrics.registry import METRICS
from publicc.releases.catalogue import Cohort, Peers, Released
from publicc.releases.contents import COMPARED
from publicc.releases.standing import (
    DIGITS,
    NOT_DIFFERENT,
    UNTOLD,
    Side,
    others_words,
    position_of,
    side_of,
)

METRICS_COMPARED: Final = frozenset(one.metric for one in COMPARED)
_FEW: Final = 0.0195
"""Under two points, as written, « point » stays singular in French."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One metric: own figure, and the peers'."""

    metric: str
    own: Cell
    peers: Peers

    @property
    def side(self) -> Side:
        """Above or below the median; alike when it lies in the own interval, or rounding hides the difference."""
        return side_of(self._value, self.interval, self.peers)

    @property
    def position(self) -> Text:
        """The quarter where one stands, or above or below; from the published figures alone."""
        return position_of(self._value, self.interval, self.peers)

    @property
    def _value(self) -> float | None:
        return float(self.own.value) if isinstance(self.own, Shown) else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The interval of the own figure, when it has one."""
        return interval_of(METRICS[self.metric], self.own) if isinstance(self.own, Shown) else None

    @property
    def gap(self) -> float | None:
        """Own figure less the median; None when either is missing."""
        if isinstance(self.own, Shown) and isinstance(self.peers.median, Shown):
            return float(self.own.value) - float(self.peers.median.value)
        return None


def compared(asker: Asker, released: Released, cohort: Cohort) -> tuple[Compared, ...]:
    """Every metric of a release beside one's own figures of the same days; those that one cannot have are left out."""
    own = asker.figures(*(one.metric for one in COMPARED))
    found = (Compared(one.metric, own[one.metric], released.peers(one.metric, cohort)) for one in COMPARED)
    return tuple(one for one in found if isinstance(one.own, Shown))


def gap_words(one: Compared) -> Text:
    """`−3 points`, `+4,50 $`; nothing where the difference says nothing."""
    if one.gap is None:
        return UNTOLD
    if one.side is Side.ALIKE:
        return NOT_DIFFERENT
    return difference_words(one.gap, METRICS[one.metric].unit)


def difference_words(gap: float, unit: Unit) -> Text:
    """A signed difference in the unit of the figure; shares in points."""
    sign = "\u2212" if gap < 0 else "+"
    if unit is Unit.RATIO:
        points = said(abs(gap) * 100, Unit.PLAIN, 1)
        return Text(f"{sign}{points.fr} {'point' if abs(gap) < _FEW else 'points'}", f"{sign}{points.en} points")
    plain = said(abs(gap), unit)
    return Text(f"{sign}{plain.fr}", f"{sign}{plain.en}")


def peer_words(cell: Shown, unit: Unit) -> Text:
    """A figure of peers with the digits that it has, and none that it has not."""
    value = abs(float(cell.value)) * (100 if unit is Unit.RATIO else 1)
    return said(cell.value, unit, max(0, DIGITS - len(str(int(value)))) if value else 0)


def with_peers(screen: Screen, asker: Asker) -> Screen:
    """The screen with, on each figure that is compared, the median of peers over the same days.

    Under filters of one's own there is no comparison: peers are released whole.
    """
    if asker.filters.where or not any(tile.metric in METRICS_COMPARED for tile in screen.tiles):
        return screen
    released = asker.others.of(asker.filters.period)
    if released is not None:
        return replace(screen, tiles=tuple(_beside(tile, released) for tile in screen.tiles))
    if not asker.others.releases or screen.is_empty or screen.beside is not None:
        return screen
    last = asker.others.releases[0].period
    notice = Notice(
        "info",
        Text(
            "Vos pairs ne se comparent qu'une fois une période close : {period} est la dernière publiée.",
            "Peers are compared once a period is closed: {period} is the latest released.",
        ).filled(period=season_label(season_year(last.first_on))),
        link="benchmarks",
        link_words=Text("Se comparer", "Compare"),
    )
    return replace(screen, notices=(*screen.notices, notice))


def _beside(tile: Tile, released: Released) -> Tile:
    if tile.metric not in METRICS_COMPARED or tile.note is not None:
        return tile
    one = Compared(tile.metric, tile.cell, released.peers(tile.metric))
    median = one.peers.median
    if not isinstance(median, Shown):
        return tile
    told = Text("pairs : {median} (médiane, {n})", "peers: {median} (median, {n})").filled(
        median=peer_words(median, tile.unit), n=others_words(median.n or 0)
    )
    if one.side is Side.ALIKE:
        told = Text(f"{told.fr}; {NOT_DIFFERENT.fr}", f"{told.en}; {NOT_DIFFERENT.en}")
    return replace(tile, note=told)
