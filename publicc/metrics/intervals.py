"""How sure a figure of one's own is: the 95 % interval of a share. Source: docs/metrics/conventions.en.md."""

import math
from typing import Final

from publicc.kernel.cells import Shown
from publicc.metrics.definition import IntervalRule, Metric

Z: Final = 1.959964


def wilson(share: float, n: float) -> tuple[float, float]:
    """Wilson's interval of a share of `n` units; 0 to 1 when nothing was counted.

    >>> [round(100 * end, 1) for end in wilson(45 / 120, 120)]
    [29.4, 46.4]
    """
    if n <= 0:
        return 0.0, 1.0
    middle = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
    reach = Z / (1 + Z**2 / n) * math.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def lift(took: int, buyers: int, all_took: int, everyone: int) -> tuple[float, float, float]:
    """Chance of a group's buyers to take an offer ÷ that of the average buyer, between the ends of its 95 % interval.

    The group is part of everyone: the variance is that of its buyers and of the others, each by what they weigh in the
    average (delta method, on the logarithm). A group that never took it has 0 and the end of the rule of three.

    >>> [round(one, 2) for one in lift(60, 100, 300, 1000)]
    [1.71, 2.0, 2.33]
    """
    average = all_took / everyone
    if took == 0:
        return 0.0, 0.0, min(1.0, 3 / buyers) / average
    share, part, others = took / buyers, buyers / everyone, everyone - buyers
    variance = (1 / share - part / average) ** 2 * share * (1 - share) / buyers
    if others:
        rest = (all_took - took) / others
        variance += ((1 - part) / average) ** 2 * rest * (1 - rest) / others
    middle, reach = share / average, math.exp(Z * math.sqrt(variance))
    return middle / reach, middle, middle * reach


def interval_of(metric: Metric, cell: Shown) -> tuple[float, float] | None:
    """The interval that goes with a figure; None for one that has none."""
    if metric.interval is not IntervalRule.WILSON or cell.n is None:
        return None
    return wilson(float(cell.value), cell.n)
