"""Chance that repeats: every idea draws from a stream of its own: changing one leaves the others as they were."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]
Words: TypeAlias = NDArray[np.object_]
Stream: TypeAlias = np.random.Generator


class Chance:
    """All the streams of one seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def stream(self, *names: object) -> Stream:
        """The stream called by `names`, the same whatever was drawn before from others."""
        words = "/".join(str(name) for name in names).encode()
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence([self.seed, *words])))


def words(values: Sequence[Any]) -> Words:
    """An array of Python objects (texts), one an element."""
    array = np.empty(len(values), dtype=object)
    array[:] = list(values)
    return array


def indices(stream: Stream, weights: Floats, n: int) -> Ints:
    """`n` positions drawn with replacement, each in proportion to its weight."""
    edges = np.cumsum(weights)
    drawn = np.searchsorted(edges, stream.random(n) * edges[-1], side="right")
    return np.asarray(np.minimum(drawn, len(weights) - 1), dtype=np.int64)


def picked(stream: Stream, values: Sequence[Any], weights: Sequence[float], n: int) -> Words:
    """`n` of `values` with replacement, in proportion to `weights`."""
    return words(list(values))[indices(stream, np.asarray(weights, dtype=np.float64), n)]


def chosen(stream: Stream, weights: Floats, n: int) -> Ints:
    """`n` different positions, in proportion to their weight (Efraimidis and Spirakis), ascending."""
    n = min(n, int((weights > 0).sum()))
    with np.errstate(divide="ignore"):
        keys = np.log(stream.random(len(weights))) / np.where(weights > 0, weights, 1e-300)
    return np.asarray(np.sort(np.argpartition(-keys, max(n - 1, 0))[:n]), dtype=np.int64)


def happens(stream: Stream, probability: float | Floats, n: int) -> Flags:
    """For each of `n`, whether it happens."""
    return np.asarray(stream.random(n) < probability)
