"""Quantiles between organizations: Harrell–Davis, which never shows one organization's own value as such."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from publicc.disclosure.tables import Floats
from publicc.kernel.later import later

special = later("scipy.special")


def harrell_davis(values: Sequence[float], q: float) -> float:
    """The q-quantile as a weighted mean of all the sorted values. Needs at least two."""
    ordered = np.sort(np.asarray(values, dtype=float))
    return float(_weights(len(ordered), q) @ ordered)


@cache
def _weights(n: int, q: float) -> Floats:
    """How much each of n sorted values counts: the same for every figure of as many organizations."""
    steps = special.betainc((n + 1) * q, (n + 1) * (1 - q), np.arange(n + 1) / n)
    return np.asarray(np.diff(steps), dtype=float)
