"""Where an organization stands beside its peers, from published figures alone, and why one is withheld. Pure."""

from decimal import Decimal
from enum import StrEnum
from typing import Final

from publicc.disclosure.rounding import significant
from publicc.kernel.cells import Shown, Withheld, WithheldReason
from publicc.kernel.formats import Unit, figure
from publicc.kernel.text import Text, count_form
from publicc.releases.catalogue import Peers

DIGITS: Final = 2
"""Significant digits of a peer figure: a smaller difference cannot be told."""
NOT_DIFFERENT: Final = Text("pas de différence nette", "no clear difference")
UNTOLD: Final = Text("–", "–")
_BANDS: Final = {
    "low": Text("quart le plus bas", "lowest quarter"),
    "below": Text("sous la médiane", "below the median"),
    "above": Text("au-dessus de la médiane", "above the median"),
    "high": Text("quart le plus haut", "top quarter"),
}


class Side(StrEnum):
    """Where one stands beside the peers."""

    BELOW = "below"
    ABOVE = "above"
    ALIKE = "alike"
    UNTOLD = "untold"


def side_of(own: float | None, interval: tuple[float, float] | None, peers: Peers) -> Side:
    """Above or below the median; alike when it lies in the own interval, or rounding hides the difference."""
    if own is None or not isinstance(peers.median, Shown):
        return Side.UNTOLD
    median = float(peers.median.value)
    if interval and interval[0] <= median <= interval[1]:
        return Side.ALIKE
    if float(significant(Decimal(str(own)), DIGITS)) == median:
        return Side.ALIKE
    return Side.BELOW if own < median else Side.ABOVE


def position_of(own: float | None, interval: tuple[float, float] | None, peers: Peers) -> Text:
    """The quarter where one stands, or above or below."""
    side = side_of(own, interval, peers)
    if own is None or side is Side.UNTOLD:
        return UNTOLD
    if side is Side.ALIKE:
        return NOT_DIFFERENT
    low, high = peers.p25, peers.p75
    if isinstance(low, Shown) and own < float(low.value):
        return _BANDS["low"]
    if isinstance(high, Shown) and own > float(high.value):
        return _BANDS["high"]
    return _BANDS[side.value]


def others_words(n: int) -> Text:
    """`9 organismes`."""
    return Text(
        f"{figure(n, Unit.COUNT, 'fr')}\u00a0{count_form(n, 'fr', 'organisme', 'organismes')}",
        f"{figure(n, Unit.COUNT, 'en')}\u00a0{count_form(n, 'en', 'organization', 'organizations')}",
    )


def why_withheld(peers: Peers, needed: int) -> Text:
    """Why a group's figure is not shown: its public size when that is the reason, else nothing more than the family."""
    told = peers.median
    if isinstance(told, Withheld) and told.reason is WithheldReason.GROUP:
        return Text(
            "Masqué : ce groupe compte {n} en plus du vôtre, il en faut {needed}.",
            "Withheld: this group has {n} besides yours, {needed} are needed.",
        ).filled(n=others_words(peers.members), needed=str(needed))
    return Text(
        "Masqué : moins de {needed} autres organismes ont ce chiffre, ou le montrer en dévoilerait un autre.",
        "Withheld: fewer than {needed} other organizations have this figure, or showing it would give another away.",
    ).filled(needed=str(needed))
