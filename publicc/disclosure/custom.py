"""Groups of peers that one member asks for. Decided on membership alone, over legal groups, never on a value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from publicc.disclosure.comparison import STATISTICS, quantile
from publicc.disclosure.groups import standing_groups
from publicc.disclosure.policy import GroupRules, MoneyRules
from publicc.disclosure.tables import Ints
from publicc.kernel.cells import Cell, Withheld, WithheldReason


class Verdict(StrEnum):
    """Whether the policy lets a group be shown beside those that are known already."""

    PERMITTED = "permitted"
    TOO_FEW = "too_few"
    TOO_CLOSE = "too_close"
    """It differs by too few from a group already shown, or leaves somebody alone between two of them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A group that one member asked for: units of a table, by their place, that one left out."""

    id: str
    viewer: str
    units: frozenset[int]


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """What may be said of each group asked for. `kept`: those that are shown, with their voters."""

    cells: Mapping[str, Mapping[str, Cell]]
    kept: Mapping[str, tuple[int, ...]]


def judged(
    asked: frozenset[str], known: Sequence[frozenset[str]], rules: tuple[MoneyRules, GroupRules], viewer: str
) -> Verdict:
    """What the policy says of a group of legal groups, the asker left out, beside every group `known` already."""
    money, groups = rules
    asked -= {viewer}
    if len(asked) < groups.others:
        return Verdict.TOO_FEW
    names = sorted(asked.union(*known))
    rows = np.array([[name in one for name in names] for one in (*known, asked)], dtype=np.int64)
    kept = standing_groups(rows[-1:], [0], replace(money, others=groups.others - 1), rows[:-1])
    return Verdict.PERMITTED if kept else Verdict.TOO_CLOSE


def compare_asked(
    asked: Sequence[Asked], ratios: Mapping[int, float], rules: tuple[MoneyRules, GroupRules], shown: Ints
) -> OwnFigures:
    """Median and quartiles of groups that members asked for, each apart from all that anybody was ever shown.

    `ratios`: by unit, of those who vote. `shown`: rows over units (and beyond, for those that are gone) of every group
    shown earlier, or in the same release to everyone. In the order asked; the values decide nothing. Whoever puts
    together what several members read finds groups that are apart too.
    """
    money, groups = rules
    rows = np.zeros((len(asked), shown.shape[1]), dtype=np.int64)
    for at, one in enumerate(asked):
        rows[at, sorted(one.units & set(ratios))] = 1
    kept = standing_groups(rows, range(len(asked)), replace(money, others=groups.others - 1), shown)
    voters = {asked[at].id: tuple(np.flatnonzero(rows[at]).tolist()) for at in kept}
    held: dict[str, Cell] = dict.fromkeys(STATISTICS, Withheld(WithheldReason.ORGANIZATIONS))
    cells = {
        one.id: {
            name: quantile([ratios[unit] for unit in voters[one.id]], q, money, 0, median=name == "median")
            for name, q in STATISTICS.items()
        }
        if one.id in voters
        else held
        for one in asked
    }
    return OwnFigures(cells, voters)
