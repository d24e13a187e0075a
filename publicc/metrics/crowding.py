"""Occupancy against the number of performances of the same day: raw, adjusted, and whether it breaks. Pure arithmetic.

    occupancy = venue + discipline + weekday + month + β₁·N + β₂·max(0, N − c) + ε, weights capacity

`c` is the whole number, between the first and last tenths of N, that leaves the least squared error. Dates are drawn
again 1,000 times: a break is found only if 95 % of the draws leave β₂ below 0. Says what goes together, never why.
Source: docs/metrics/conventions.en.md (calendar pressure).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from publicc.metrics.rules import Interval, quantile

DRAWS: Final = 1000
SEED: Final = 2019
LEAST_HOUSES: Final = 6
"""Fewer performances than this cannot draw two lines and leave anything to judge them by."""
_NOTHING: Final = 1e-9
_TENTHS: Final = (0.1, 0.9)
_NINETY_FIVE: Final = (0.025, 0.975)

Floats: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class House:
    """One eligible performance (PE): its day, what it is like, its seats, and how many performances shared the day."""

    on: date
    kind: tuple[str, ...]
    """Venue and discipline."""
    capacity: int
    admissions: int
    same_day: int


@dataclass(frozen=True, slots=True)
class Break:
    """Where occupancy breaks. `slope`: β₂, what each performance above `above` changes, in share of the seats."""

    above: int
    above_interval: Interval
    slope: float
    slope_interval: Interval
    slope_below: float
    """β₁: what each performance changes up to `above`."""

    @property
    def found(self) -> bool:
        """Whether the fall is clear; if not, “no break found” is the answer."""
        return self.slope_interval.high < 0


@dataclass(frozen=True, slots=True)
class _Moments:
    """Weighted products of controls, N, the hinge of every candidate, and occupancy: summed by date."""

    by_date: Floats
    """Dates × columns × columns."""
    controls: int
    candidates: tuple[int, ...]


def crowding_break(houses: Sequence[House], *, draws: int = DRAWS, controlled: bool = True) -> Break | None:
    """The best break and its intervals; None when there are too few performances, or no two crowds to compare.

    `controlled` False leaves venue, discipline, weekday and month out.
    """
    if len(houses) < LEAST_HOUSES:
        return None
    moments = _moments(houses, controlled=controlled)
    best, slopes, below = _fits(moments, moments.by_date.sum(axis=0)[None])
    if best[0] < 0:
        return None
    chance = np.random.default_rng(SEED)
    dates = len(moments.by_date)
    drawn = chance.multinomial(dates, np.full(dates, 1 / dates), size=draws)
    flat = drawn.astype(np.float64) @ moments.by_date.reshape(dates, -1)
    again, steps, _ = _fits(moments, flat.reshape(draws, *moments.by_date.shape[1:]))
    kept = again >= 0
    if not kept.any():
        return None
    return Break(
        above=moments.candidates[best[0]],
        above_interval=_interval([moments.candidates[at] for at in again[kept]]),
        slope=float(slopes[0]),
        slope_interval=_interval(steps[kept].tolist()),
        slope_below=float(below[0]),
    )


def adjusted_occupancy(houses: Sequence[House], bins: Sequence[str]) -> dict[str, float]:
    """Occupancy by bin were every bin made of the same venues, disciplines, weekdays and months; weights capacity.

    `bins`: that of each house. Empty when a bin cannot be told from what it is made of, such as a venue of its own.
    """
    names = sorted(set(bins))
    weight = np.array([house.capacity for house in houses], dtype=np.float64)
    root = np.sqrt(weight)[:, None]
    controls = np.hstack((np.ones((len(houses), 1)), _controls(houses)))
    marks = np.array([[float(one == name) for name in names[1:]] for one in bins]).reshape(len(houses), -1)
    found, _, rank, _ = np.linalg.lstsq(
        np.hstack((controls, marks)) * root, _occupancy(houses) * root[:, 0], rcond=None
    )
    if rank - np.linalg.matrix_rank(controls * root) < len(names) - 1:
        return {}
    usual = float(weight @ (controls @ found[: controls.shape[1]])) / float(weight.sum())
    return {name: usual + float(step) for name, step in zip(names, (0, *found[controls.shape[1] :]), strict=True)}


def _interval(values: Sequence[float]) -> Interval:
    return Interval(quantile(values, _NINETY_FIVE[0]), quantile(values, _NINETY_FIVE[1]))


def _occupancy(houses: Sequence[House]) -> Floats:
    return np.array([house.admissions / house.capacity for house in houses])


def _controls(houses: Sequence[House]) -> Floats:
    """Marks of venue, discipline, weekday and month, each less its first value, which the constant stands for."""
    told = [(*house.kind, house.on.isoweekday(), house.on.month) for house in houses]
    columns = []
    for at in range(len(told[0])):
        values = sorted({one[at] for one in told}, key=str)
        columns += [[float(one[at] == value) for one in told] for value in values[1:]]
    return np.array(columns).reshape(-1, len(houses)).T


def _moments(houses: Sequence[House], *, controlled: bool) -> _Moments:
    crowd = np.array([house.same_day for house in houses], dtype=np.float64)
    first, last = (quantile(crowd.tolist(), share) for share in _TENTHS)
    candidates = tuple(range(int(np.ceil(first)), int(np.floor(last)) + 1))
    constant = np.ones((len(houses), 1))
    controls = np.hstack((constant, _controls(houses))) if controlled else constant
    hinges = np.array([np.maximum(0, crowd - c) for c in candidates]).reshape(-1, len(houses)).T
    columns = np.hstack((controls, crowd[:, None], hinges, _occupancy(houses)[:, None]))
    weighted = columns * np.array([house.capacity for house in houses], dtype=np.float64)[:, None]
    days, place = np.unique([house.on.toordinal() for house in houses], return_inverse=True)
    by_date = np.zeros((len(days), columns.shape[1], columns.shape[1]))
    np.add.at(by_date, place, weighted[:, :, None] * columns[:, None, :])
    return _Moments(by_date, controls.shape[1], candidates)


def _fits(moments: _Moments, summed: Floats) -> tuple[npt.NDArray[np.int64], Floats, Floats]:
    """For each draw, the candidate of least error (−1: none can be told apart), its β₂ and its β₁."""
    k = moments.controls
    inside, across, rest = summed[:, :k, :k], summed[:, :k, k:], summed[:, k:, k:]
    # What is left of N, hinges and occupancy once the controls are taken out of them.
    left = rest - np.swapaxes(across, 1, 2) @ (np.linalg.pinv(inside, hermitian=True) @ across)
    crowd, own = left[:, 0, 0], np.diagonal(left, axis1=1, axis2=2)
    size = len(moments.candidates)
    hinge, with_crowd, with_share = own[:, 1 : 1 + size], left[:, 0, 1 : 1 + size], left[:, 1 : 1 + size, -1]
    determinant = crowd[:, None] * hinge - with_crowd**2
    told = determinant > _NOTHING * np.maximum(crowd[:, None] * hinge, _NOTHING)
    safe = np.where(told, determinant, 1.0)
    share = left[:, 0, -1][:, None]
    slope = (crowd[:, None] * with_share - with_crowd * share) / safe
    before = (hinge * share - with_crowd * with_share) / safe
    explained = np.where(told, before * share + slope * with_share, -np.inf)
    best = explained.argmax(axis=1)
    rows = np.arange(len(summed))
    return np.where(told.any(axis=1), best, -1), slope[rows, best], before[rows, best]
