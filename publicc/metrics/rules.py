"""Intervals and labels: what may be said of a figure, in pure arithmetic.

Source: docs/metrics/conventions.en.md (statistics).
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

Z_95: Final = 1.959964
MONEY_BEYOND: Final = 0.05
"""Counts and money change clearly beyond ± 5 %."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both included."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


class Trend(StrEnum):
    """Where a figure goes over closed seasons."""

    UP = "UP"
    DOWN = "DOWN"
    UNCLEAR = "UNCLEAR"


@dataclass(frozen=True, slots=True)
class Share:
    """A share and the number of units it is of."""

    value: float
    n: int


def wilson(share: float, n: int) -> Interval:
    """The 95 % interval of a share of `n` units. Raises ValueError when there is no unit."""
    if n <= 0:
        raise ValueError("a share of nothing has no interval")
    spread = Z_95 * Z_95 / n
    middle = share + spread / 2
    reach = Z_95 * math.sqrt(share * (1 - share) / n + spread / (4 * n))
    return Interval(max(0.0, (middle - reach) / (1 + spread)), min(1.0, (middle + reach) / (1 + spread)))


def quantile(values: Sequence[float], share: float) -> float:
    """Type 7: linear interpolation between ordered values. Raises ValueError when there is none."""
    if not values:
        raise ValueError("no value, no quantile")
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def median_interval(values: Sequence[float], orders: int) -> Interval:
    """The 95 % interval of a median: quantiles at 0.5 ± 0.98 ÷ √(number of orders)."""
    if orders <= 0:
        raise ValueError("no order, no interval")
    reach = 0.98 / math.sqrt(orders)
    return Interval(quantile(values, max(0.0, 0.5 - reach)), quantile(values, min(1.0, 0.5 + reach)))


def change_of_share(before: Share, after: Share) -> Interval:
    """The 95 % interval of a difference of shares; when 0 is inside, there is no clear difference."""
    change = after.value - before.value
    variance = sum(one.value * (1 - one.value) / one.n for one in (before, after))
    reach = 1.96 * math.sqrt(variance)
    return Interval(change - reach, change + reach)


def clear_change_of_share(before: Share, after: Share) -> bool:
    """Whether two shares differ clearly."""
    return 0 not in change_of_share(before, after)


def clear_change_of_amount(before: float, after: float) -> bool:
    """Whether counts or money differ by more than 5 %."""
    return abs(after - before) > MONEY_BEYOND * abs(before)


def trend(values: Sequence[float], *, clear: bool) -> Trend | None:
    """`UP` or `DOWN` when last against first is clear and at most one step goes the other way; None under 3 seasons.

    `values` are of closed seasons, oldest first; `clear` is the answer of one of the two functions above.
    """
    if len(values) < 3:
        return None
    rises = values[-1] > values[0]
    steps = [later - earlier for earlier, later in itertools.pairwise(values)]
    against = sum(1 for step in steps if (step < 0 if rises else step > 0))
    if not clear or against > 1 or values[-1] == values[0]:
        return Trend.UNCLEAR
    return Trend.UP if rises else Trend.DOWN


class Pace(StrEnum):
    """How a performance on sale stands against comparable ones at the same days before."""

    BELOW = "BELOW"
    WITHIN = "WITHIN"
    ABOVE = "ABOVE"


LEAST_FOR_BAND: Final = 4
LEAST_FOR_PROJECTION: Final = 8
LEAST_SHARE_SOLD: Final = 0.15


@dataclass(frozen=True, slots=True)
class Projection:
    """Admissions expected in the end, and the interval."""

    low: float
    middle: float
    high: float


def pace_band(shares_of_capacity: Sequence[float]) -> Interval | None:
    """p25 to p75 of what comparables had sold at the same days before; None under 4 of them."""
    if len(shares_of_capacity) < LEAST_FOR_BAND:
        return None
    return Interval(quantile(shares_of_capacity, 0.25), quantile(shares_of_capacity, 0.75))


def pace_status(share_of_capacity: float, band: Interval) -> Pace:
    """Below p25, above p75, or within."""
    if share_of_capacity < band.low:
        return Pace.BELOW
    return Pace.ABOVE if share_of_capacity > band.high else Pace.WITHIN


def projection(sold: int, shares_of_final: Sequence[float], capacity: int) -> Projection | None:
    """`sold` ÷ the usual share of the final at this point, capped at capacity.

    None under 8 comparables, or when usually less than 15 % is sold by then.
    """
    if len(shares_of_final) < LEAST_FOR_PROJECTION or quantile(shares_of_final, 0.5) < LEAST_SHARE_SOLD:
        return None
    low, middle, high = (
        min(float(capacity), sold / at) if (at := quantile(shares_of_final, share)) else float(capacity)
        for share in (0.75, 0.5, 0.25)
    )
    return Projection(low, middle, high)
