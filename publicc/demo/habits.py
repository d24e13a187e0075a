"""Planted: five kinds of people, each with habits of its own, that the common segmentation must find again.

A kind leans to some disciplines, comes back more or less, has its own parties, moments, channels, prices and delays.
Each kind goes everywhere: what a house is like comes from how many of each it attracts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from publicc.demo.chance import Chance, Floats, Ints, Stream
from publicc.demo.seasons import DISCIPLINES, Programme
from publicc.kernel.vocabulary import Discipline

BANDS: Final = np.array([0, 0, 1, 2, 2, 3])
"""Tickets of a party → alone or unknown, two, three or four, more; larger parties are of the last."""
USUAL_DELAY: Final = 24.0
"""Days: what the delays of kinds are told against when a house sells earlier or later than others."""
HOUSE_WEIGHT: Final = 0.25
"""How much the usual delay of a house counts beside the habit of the buyer, as a power."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of people. Shares add up to 1 or are weights; orders are those of `sales`."""

    code: str
    share: float
    """Of all people, before tastes."""
    parties: tuple[float, float, float, float]
    """How much it goes alone, by two, by three or four, by more."""
    moments: tuple[float, float, float]
    """How much it goes by day, on week-end evenings, on weekday evenings."""
    channels: tuple[float, float, float, float]
    """Web, telephone, counter, reseller."""
    categories: tuple[float, float, float, float, float]
    """Full price, senior, student, under 30, promotion."""
    lead_days: float
    """Median delay between purchase and performance in a usual house."""
    loyalty: float = 0.0
    """Above 0, more of it are regulars; below, more come once."""
    subscribes: float = 1.0
    """Against anybody of the same loyalty."""
    roams: float = 0.65
    """How much it follows its other tastes, against the planted flows: 1 on average over everyone."""
    leans: Mapping[Discipline, float] = field(default_factory=dict)
    """Discipline → how many times more of this kind among those who love it."""


KINDS: Final = (
    Kind(
        "faithful",
        share=0.25, parties=(0.06, 1.0, 0.06, 0.05), moments=(0.25, 1.0, 0.15), channels=(0.06, 0.88, 0.04, 0.02),
        categories=(0.88, 0.08, 0.01, 0.01, 0.02), lead_days=70.0, loyalty=0.55, subscribes=3.4,
        leans={Discipline.CLASSICAL_MUSIC: 1.9, Discipline.OPERA: 1.9, Discipline.THEATRE: 1.1},
    ),
    Kind(
        "families",
        share=0.18, parties=(0.03, 0.07, 1.0, 0.5), moments=(2.5, 0.7, 0.08), channels=(0.94, 0.02, 0.03, 0.01),
        categories=(0.86, 0.02, 0.04, 0.03, 0.05), lead_days=55.0,
        leans={Discipline.CIRCUS: 1.8, Discipline.THEATRE: 1.2, Discipline.OPERA: 0.6},
    ),
    Kind(
        "spontaneous",
        share=0.21, parties=(0.10, 1.0, 0.06, 0.05), moments=(0.10, 0.15, 1.2), channels=(0.93, 0.01, 0.02, 0.04),
        categories=(0.10, 0.0, 0.36, 0.40, 0.14), lead_days=2.6, loyalty=-0.25, subscribes=0.0,
        leans={Discipline.HUMOUR: 1.4, Discipline.DANCE: 1.3, Discipline.OPERA: 0.7},
    ),
    Kind(
        "friends",
        share=0.18, parties=(0.03, 0.07, 1.0, 1.6), moments=(0.04, 1.5, 0.12), channels=(0.07, 0.02, 0.89, 0.02),
        categories=(0.90, 0.01, 0.02, 0.03, 0.04), lead_days=2.6, loyalty=-0.1, subscribes=0.0,
        leans={Discipline.HUMOUR: 1.6, Discipline.SONG_FR: 1.5, Discipline.SONG_EN: 1.5, Discipline.VARIETY: 1.5},
    ),
    Kind(
        "curious",
        share=0.18, parties=(2.2, 0.07, 0.03, 0.02), moments=(0.25, 0.15, 1.2), channels=(0.93, 0.02, 0.04, 0.01),
        categories=(0.72, 0.20, 0.03, 0.02, 0.03), lead_days=15.0, loyalty=0.25, subscribes=0.3, roams=2.6,
        leans={Discipline.DANCE: 1.6, Discipline.THEATRE: 1.2, Discipline.INSTRUMENTAL_MUSIC: 1.3},
    ),
)  # fmt: skip
"""Each differs from any other by three habits at least."""
LEAD_SPREAD: Final = 0.55
"""Standard deviation of the logarithm of a delay, around the habit."""


def kinds_of(chance: Chance, taste: Floats) -> Ints:
    """The kind of each person, as a position in `KINDS`, from what they love most."""
    shares = np.array([[one.share * one.leans.get(d, 1.0) for d in DISCIPLINES] for one in KINDS])
    edges = np.cumsum(shares / shares.sum(axis=0), axis=0)[:, taste.argmax(axis=1)]
    return np.asarray((chance.stream("kinds").random(len(taste)) > edges[:-1]).sum(axis=0), dtype=np.int64)


def roaming(taste: Floats, kind: Ints) -> Floats:
    """Tastes, of which the kinds that roam follow the second ones more, the others less: the same on average."""
    main = taste == taste.max(axis=1, keepdims=True)
    roams = np.array([one.roams for one in KINDS])[kind]
    return np.where(main, taste, np.minimum(taste * (roams / roams.mean())[:, None], 0.9))


def bands(quantity: Ints) -> Ints:
    """Parties by size: 0 alone, 1 two, 2 three or four, 3 more."""
    return np.asarray(BANDS[np.minimum(quantity, len(BANDS) - 1)], dtype=np.int64)


def moments(played: Programme) -> Ints:
    """Performances by moment: 0 by day, 1 on a week-end evening, 2 on a weekday evening."""
    weekday = (played.day + 3) % 7
    return np.where(played.hour < 17, 0, np.where(weekday >= 4, 1, 2)).astype(np.int64)


def of_kinds(what: str) -> Floats:
    """Kinds × values of a habit."""
    return np.array([getattr(one, what) for one in KINDS], dtype=np.float64)


def drawn(stream: Stream, what: str, kind: Ints, otherwise: tuple[float, ...]) -> Ints:
    """One position each, by the shares of its kind; by `otherwise` where the kind is not known (−1)."""
    edges = np.cumsum(np.vstack([of_kinds(what), otherwise]), axis=1)
    edges /= edges[:, -1:]
    return np.asarray((stream.random(len(kind))[:, None] > edges[kind][:, :-1]).sum(axis=1), dtype=np.int64)
