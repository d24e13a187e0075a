"""Households: persons who live together. A relation of its own, never an identity.

Two persons share a household when a pair of their records says so more likely than not. The same average linkage as for
persons keeps a chain of neighbours from becoming one household.
"""

from typing import Final

import numpy as np

from publicc.harmonise.linkage.group import Floats, Groups, Ints, Links, group_rows

LARGEST: Final = 12
"""Persons in one household: a residence or a school is not a household."""


def group_households(person: Ints, links: Links, at_home: Floats) -> Ints:
    """For each row the smallest row of its household. `at_home`: each link's chance of one household or person."""
    left, right = person[links.left], person[links.right]
    between = left != right
    low, high = np.minimum(left, right)[between], np.maximum(left, right)[between]
    pair, where = np.unique(low * len(person) + high, return_inverse=True)
    chance = np.zeros(len(pair))
    np.maximum.at(chance, where, at_home[between])
    joined: Groups = group_rows(
        len(person),
        Links.undecided(pair // len(person), pair % len(person), chance),
        largest=LARGEST,
    )
    return np.asarray(joined.group[person])
