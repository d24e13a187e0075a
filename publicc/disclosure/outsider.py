"""The attack that anyone can make: from the published cells alone, without a row of one's own and without the truth."""

from collections.abc import Mapping
from decimal import Decimal

import numpy as np

from publicc.disclosure.attempts import Attempts, Success
from publicc.disclosure.policy import MoneyRules, PersonRules
from publicc.disclosure.polytope import Polytope
from publicc.disclosure.rounding import count_interval, significant_interval
from publicc.disclosure.tables import Table

NEAR = 1e-6


def attack_counts(table: Table, shown: Mapping[int, int], rules: PersonRules) -> Attempts:
    """Every cell not in `shown` (cell → count as published): known within `rules.width` persons is a success."""
    view = _view(table, {cell: count_interval(count, rules.round_to) for cell, count in shown.items()})
    tally, widths = Attempts(), dict[bytes, float]()
    classes = np.eye(int(view.alike.max(initial=0)) + 1, dtype=np.int64)[view.alike]
    for cell in sorted(set(range(len(table.cells))) - set(shown)):
        row = table.matrix[cell]
        # Cells with as many units in the same published cells are alike to an outsider: what holds of one holds of all.
        likeness = (row @ classes).tobytes()
        if likeness not in widths:
            widths[likeness] = view.extreme(row, "most") - view.extreme(row, "least")
        width = widths[likeness]
        found = width < rules.width - NEAR
        tally += Attempts(1, int(width < 1 - NEAR), int(found), (Success(cell, None),) if found else ())
    return tally


def attack_sums(table: Table, shown: Mapping[int, Decimal], rules: MoneyRules) -> Attempts:
    """Every organization's amount: a reach so narrow that the share p cannot lie on both sides is a success."""
    view = _view(table, {cell: significant_interval(total, rules.sum_digits) for cell, total in shown.items()})
    tally, reach = Attempts(), dict[int, tuple[float, float]]()
    for unit, row in enumerate(np.eye(len(table.units), dtype=np.int64)):
        # Organizations in the same published cells are alike to an outsider: what may be believed of one may of all.
        likeness = int(view.alike[unit])
        if likeness not in reach:
            reach[likeness] = view.extreme(row, "least"), view.extreme(row, "most")
        least, most = reach[likeness]
        found = most * (1 - rules.p) < least * (1 + rules.p) or most <= 0
        tally += Attempts(
            1, int(found and most - least <= NEAR * most), int(found), (Success(unit, None),) if found else ()
        )
    return tally


def _view(table: Table, intervals: Mapping[int, tuple[int, int] | tuple[Decimal, Decimal]]) -> Polytope:
    bounds = np.array([intervals[cell] for cell in intervals], dtype=float).reshape(-1, 2)
    return Polytope.of(table.matrix[list(intervals)], bounds[:, 0], bounds[:, 1])
