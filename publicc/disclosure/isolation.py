"""Exact isolation: whether what is published and what one or two others know gives an organization's amount away."""

import itertools
from collections.abc import Sequence

import numpy as np
from scipy.linalg import null_space

from publicc.disclosure.tables import Floats, Ints

NOTHING = 1e-9


def isolated_units(matrix: Ints, out: Sequence[int], coalition: int = 2) -> set[int]:
    """Units in some published cell that nobody, or at most `coalition` other units together, can compute exactly.

    Unit i is determined by A when its row in the null space of what is published lies in the span of the rows of A.
    """
    published = matrix[list(out)]
    covered = set(np.flatnonzero(published.any(axis=0)).tolist())
    free = null_space(published.astype(float)) if len(published) else np.eye(matrix.shape[1])
    found: set[int] = set()
    for size in range(coalition + 1):
        for together in itertools.combinations(range(matrix.shape[1]), size):
            found |= (_determined(free, together) - set(together)) & covered
    return found


def _determined(free: Floats, together: Sequence[int]) -> set[int]:
    known = free[list(together)]
    if len(known) and known.any():
        _, weight, basis = np.linalg.svd(known, full_matrices=False)
        basis = basis[weight > NOTHING]
        rest = free - free @ basis.T @ basis
    else:
        rest = free
    return set(np.flatnonzero(np.abs(rest).max(axis=1, initial=0.0) < NOTHING).tolist())
