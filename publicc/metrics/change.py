"""Why a figure changed between two periods: effects that add up to the difference exactly. Pure.

A figure that is a product of factors (performances × seats each × occupancy × price = revenue) changes by the sum of
one effect a factor: effect = L(now, before) · ln(factor now ÷ factor before), where L(a, b) = (a − b) ÷ ln(a ÷ b), and
a itself when both are equal. No factor comes before another, and nothing is left over.
Source: logarithmic mean Divisia index (Ang, Energy Policy 32, 2004, “Decomposition analysis for policymaking in
energy”).

**Worked example.** Before: 10 performances × 100 seats × 60 % × 40 $ = 24,000 $; now: 12 × 100 × 65 % × 42 $ =
32,760 $. The 8,760 $ more are 5,133 $ for more performances, 0 $ for seats, 2,253 $ for fuller houses, 1,374 $ for the
price.
"""

import math
from collections.abc import Sequence


def effects(before: Sequence[float], now: Sequence[float]) -> tuple[float, ...] | None:
    """The effect of each factor, in the unit of the product; None when a factor is not positive on both sides.

    The effects add up to product(now) − product(before), but for the rounding of floats.
    """
    if any(factor <= 0 for factor in (*before, *now)):
        return None
    mean = logarithmic_mean(math.prod(now), math.prod(before))
    return tuple(mean * math.log(b / a) for a, b in zip(before, now, strict=True))


def logarithmic_mean(a: float, b: float) -> float:
    """(a − b) ÷ ln(a ÷ b) of two positive numbers; `a` when they are (nearly) equal."""
    ratio = math.log(a / b)
    return (a - b) / ratio if abs(ratio) > 1e-9 else a
