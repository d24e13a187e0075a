"""Exact isolation: whether what is published and what one or two others know gives an organization's amount away.

A unit is determined by others when some combination of the published rows touches that unit and those others only.
"""

import itertools
from collections.abc import Sequence
from typing import Final

import numpy as np

from publicc.disclosure.tables import Ints

NOTHING: Final = 1e-9


def isolated_units(matrix: Ints, out: Sequence[int], coalition: int = 2) -> set[int]:
    """Units in some published cell that nobody, or at most `coalition` other units together, can compute exactly.

    Units that lie in the same published cells are never told apart: only small such groups can be isolated.
    """
    published = matrix[list(out)].astype(float)
    if not len(published):
        return set()
    _, weight, basis = np.linalg.svd(published, full_matrices=False)
    basis = basis[weight > NOTHING]
    _, alike, many = np.unique(published, axis=1, return_inverse=True, return_counts=True)
    few = np.flatnonzero(published.any(axis=0) & (many[alike.reshape(-1)] <= coalition + 1))
    # A combination lives on a set S of units when its part outside the published rows vanishes: the Gram matrix of
    # that part, over S, is then singular.
    outside = np.eye(len(few)) - basis[:, few].T @ basis[:, few]
    found: set[int] = set()
    for size in range(1, min(coalition + 1, len(few)) + 1):
        together = np.array(list(itertools.combinations(range(len(few)), size)))
        least, direction = np.linalg.eigh(outside[together[:, :, None], together[:, None, :]])
        for at in np.flatnonzero(least[:, 0] < NOTHING):
            found |= {
                int(few[unit])
                for unit, part in zip(together[at], direction[at, :, 0], strict=True)
                if abs(part) > NOTHING
            }
    return found
