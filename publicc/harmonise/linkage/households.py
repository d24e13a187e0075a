"""Households: persons who live together. A relation of its own, never an identity.

Two persons share a household when a pair of their records says so more likely than not. The same average linkage as for
persons keeps a chain of neighbours from becoming one household.
"""

from typing import Final

import numpy as np

from publicc.harmonise.linkage.group import Floats, Groups, Ints, Links, group_rows, ordered

LARGEST: Final = 12
"""Persons in one household: a residence or a school is not a household."""


def group_households(person: Ints, links: Links, at_home: Floats) -> Ints:
    """For each row the smallest row of its household. `at_home`: each link's chance of one household or person."""
    left, right = person[links.left], person[links.right]
    low, high = np.minimum(left, right), np.maximum(left, right)
    order, starts = ordered(low, high)
    low, high = low[order], high[order]
    if not len(starts):
        return person
    chance = np.maximum.reduceat(at_home[order], starts)
    joined: Groups = group_rows(
        len(person),
        Links.undecided(low[starts], high[starts], chance),
        largest=LARGEST,
    )
    return np.asarray(joined.group[person])
