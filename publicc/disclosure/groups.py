"""Groups of organizations whose quantiles may be shown. Decided on public membership alone, never on a value."""

from collections.abc import Sequence

from publicc.disclosure.isolation import isolated_units
from publicc.disclosure.policy import MoneyRules
from publicc.disclosure.tables import Ints


def standing_groups(matrix: Ints, order: Sequence[int], rules: MoneyRules) -> list[int]:
    """Groups (rows over organizations) that may all be shown together, chosen greedily in the order offered.

    Each has enough organizations; any two differ by none or enough, each way; nobody is isolated by one or two others.
    """
    kept: list[int] = []
    for group in order:
        if int(matrix[group].sum()) <= rules.others or not all(_apart(matrix, group, one, rules) for one in kept):
            continue
        if not isolated_units(matrix, [*kept, group]):
            kept.append(group)
    return kept


def _apart(matrix: Ints, group: int, other: int, rules: MoneyRules) -> bool:
    """The viewer is not counted: a difference of `overlap` others may be one more for who is in it."""
    more = int((matrix[group] > matrix[other]).sum())
    fewer = int((matrix[group] < matrix[other]).sum())
    return all(size == 0 or size > rules.overlap for size in (more, fewer))
