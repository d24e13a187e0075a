"""Complementary suppression: a cell is published only if no withheld one falls into the span of what is out.

Exact arithmetic modulo a prime, so that every machine gives the same answer; done with two primes, which must agree.
After GaussSuppression (SSBtools).
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from publicc.disclosure.policy import ReleaseRefused
from publicc.disclosure.tables import Flags, Ints
from publicc.kernel.text import Text

PRIMES: Final = (2_147_483_647, 2_147_483_629)


def publishable(matrix: Ints, sensitive: Ints, order: Sequence[int], safe: Flags) -> list[int]:
    """Cells that may be published together, in the order offered, without giving any row of `sensitive` away.

    A safe cell that what is out already implies is published too: it says nothing new.
    """
    first, second = (_eliminate(matrix, sensitive, [cell for cell in order if safe[cell]], prime) for prime in PRIMES)
    if first != second:
        raise ReleaseRefused(Text("Les deux calculs ne concordent pas.", "The two computations disagree."))
    return first


def _eliminate(matrix: Ints, sensitive: Ints, order: Sequence[int], prime: int) -> list[int]:
    hidden = np.unique(sensitive, axis=0) % prime if len(sensitive) else sensitive
    basis: dict[int, Ints] = {}
    out: list[int] = []
    for cell in order:
        row = _reduced(matrix[cell] % prime, basis, prime)
        if not row.any():
            out.append(cell)
            continue
        pivot = int(np.flatnonzero(row)[0])
        row = row * pow(int(row[pivot]), -1, prime) % prime
        left = _cleared(hidden, pivot, row, prime)
        if len(left) and (~left.any(axis=1)).any():
            continue  # the cell would complete a withheld one
        hidden = left
        for at in basis:
            basis[at] = _cleared(basis[at][None, :], pivot, row, prime)[0]
        basis[pivot] = row
        out.append(cell)
    return out


def _reduced(row: Ints, basis: dict[int, Ints], prime: int) -> Ints:
    for pivot, known in basis.items():
        if row[pivot]:
            row = (row - row[pivot] * known) % prime
    return row


def _cleared(rows: Ints, pivot: int, by: Ints, prime: int) -> Ints:
    # Both factors stay under 2^31, so their product fits 63 bits.
    return (rows - rows[:, pivot, None] * by[None, :] % prime) % prime
