"""Quantiles between organizations: Harrell–Davis, which never shows one organization's own value as such."""

from collections.abc import Sequence

import numpy as np

from publicc.kernel.later import later

special = later("scipy.special")


def harrell_davis(values: Sequence[float], q: float) -> float:
    """The q-quantile as a weighted mean of all the sorted values. Needs at least two."""
    ordered = np.sort(np.asarray(values, dtype=float))
    n = len(ordered)
    steps = special.betainc((n + 1) * q, (n + 1) * (1 - q), np.arange(n + 1) / n)
    return float(np.diff(steps) @ ordered)
