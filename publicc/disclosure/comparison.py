"""Quantiles of a ratio between organizations: one common figure for portraits, one for each member without itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import numpy as np

from publicc.disclosure.groups import standing_groups
from publicc.disclosure.policy import MoneyRules
from publicc.disclosure.quantiles import harrell_davis
from publicc.disclosure.rounding import significant
from publicc.disclosure.tables import Ints, Table
from publicc.kernel.cells import Cell, Shown, Withheld, WithheldReason

FINEST: Final = Decimal("0.001")
"""No quantile is told finer: next to nothing, its first digits would tell of one organization alone."""
STATISTICS: Final[Mapping[str, float]] = {"median": 0.5, "p25": 0.25, "p75": 0.75}

Cells = Mapping[str, tuple[Cell, ...]]
"""Statistic → one cell a group of the table."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What may be said of one ratio. `groups`: table cell → its voters, of every group that may be shown."""

    common: Cells
    by_viewer: Mapping[int, Cells]
    groups: Mapping[int, tuple[int, ...]]


def compare(table: Table, ratios: Mapping[int, float], rules: MoneyRules, seen: Ints | None = None) -> Compared:
    """Median and quartiles by group: one organization, one vote; `ratios` by unit, the others do not vote.

    Every member reads its own figures, computed without itself. `seen`: groups already shown (`standing_groups`), with
    columns beyond those of the table for organizations that are gone. The values decide nothing.
    """
    voting = voting_matrix(table, ratios)
    beyond = 0 if seen is None else seen.shape[1] - voting.shape[1]
    kept = standing_groups(np.pad(voting, ((0, 0), (0, beyond))), table.order(), rules, seen)
    groups = {group: tuple(np.flatnonzero(voting[group]).tolist()) for group in kept}
    votes = {group: [ratios[unit] for unit in units] for group, units in groups.items()}
    common, whole = _cells(table, votes, rules, 1), _cells(table, votes, rules, 0)
    by_viewer = {
        viewer: _without(
            whole, {g: _others(ratios, units, viewer) for g, units in groups.items() if viewer in units}, rules
        )
        for viewer in range(len(table.units))
    }
    return Compared(common, by_viewer, groups)


def _others(ratios: Mapping[int, float], units: Sequence[int], viewer: int) -> list[float]:
    return [ratios[unit] for unit in units if unit != viewer]


def _without(whole: Cells, others: Mapping[int, Sequence[float]], rules: MoneyRules) -> Cells:
    """What one viewer reads: figures of the groups it votes in, by the others' votes; the other groups' as they are."""
    told = {name: list(cells) for name, cells in whole.items()}
    for name, q in STATISTICS.items():
        for group, votes in others.items():
            told[name][group] = quantile(votes, q, rules, 0, median=name == "median")
    return {name: tuple(cells) for name, cells in told.items()}


def voting_matrix(table: Table, ratios: Mapping[int, float] | Sequence[int]) -> Ints:
    """The table's groups over those who vote."""
    voting = np.zeros_like(table.matrix)
    voting[:, list(ratios)] = table.matrix[:, list(ratios)]
    return voting


def _cells(table: Table, voters: Mapping[int, Sequence[float]], rules: MoneyRules, self_counted: int) -> Cells:
    """`self_counted`: 1 when any reader may be among the voters, 0 when the reader was left out."""
    return {
        name: tuple(
            quantile(voters.get(cell, ()), q, rules, self_counted, median=name == "median")
            for cell in range(len(table.cells))
        )
        for name, q in STATISTICS.items()
    }


def quantile(values: Sequence[float], q: float, rules: MoneyRules, self_counted: int, *, median: bool) -> Cell:
    """One quantile as it may be shown, or withheld for too few voters."""
    least = (rules.others if median else rules.quartile_others) + self_counted
    if len(values) < least:
        return Withheld(WithheldReason.ORGANIZATIONS)
    figure = significant(Decimal(str(harrell_davis(values, q))), rules.quantile_digits)
    return Shown(figure.quantize(FINEST) if abs(figure) < 1 else figure, n=len(values))
