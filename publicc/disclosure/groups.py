"""Groups of organizations whose quantiles may be shown. Decided on public membership alone, never on a value."""

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np

from publicc.disclosure.isolation import isolated_units
from publicc.disclosure.policy import MoneyRules
from publicc.disclosure.tables import Ints


def standing_groups(matrix: Ints, order: Sequence[int], rules: MoneyRules, seen: Ints | None = None) -> list[int]:
    """Groups (rows over organizations) that may all be shown together, chosen greedily in the order offered.

    Each has enough organizations; any two differ by none or enough, each way; nobody is isolated by one or two others.
    `seen`: groups shown earlier or to one member alone, over the same organizations: they count as shown already.
    """
    before = np.zeros((0, matrix.shape[1]), dtype=np.int64) if seen is None else np.unique(seen, axis=0)
    every, known = np.vstack((before, matrix)), list(range(len(before)))
    kept: list[int] = []
    for group in order:
        at = len(before) + group
        if int(matrix[group].sum()) <= rules.others or not all(_apart(every, at, one, rules) for one in known):
            continue
        same = any((every[at] == every[one]).all() for one in known)
        if same or not _newly_isolated(every, known, at):
            kept.append(group)
            known.append(at)
    return kept


def voting_panel(eligible: Iterable[str], earlier: Iterable[Iterable[str]], rules: MoneyRules) -> frozenset[str]:
    """Who votes in a release: those who have a figure, less those whose coming or going would give a figure away.

    Compared with every panel of `earlier` releases, none or more than `rules.overlap` come, and none or more than that
    leave: one or two newcomers wait, and when one or two leave, others step aside with them, in an order of chance
    that is always the same. Looks at membership only.
    """
    kept = frozenset(eligible)
    past = [panel for panel in map(frozenset, earlier) if len(panel) > rules.others]
    while refused := next((gone for panel in past if (gone := _stepping_aside(kept, panel, rules))), None):
        kept -= refused
    return kept


def _stepping_aside(kept: frozenset[str], before: frozenset[str], rules: MoneyRules) -> frozenset[str]:
    joined, left = kept - before, before - kept
    if 0 < len(joined) <= rules.overlap:
        return joined
    if 0 < len(left) <= rules.overlap:
        by_chance = sorted(kept & before, key=lambda slug: hashlib.sha256(slug.encode()).digest())
        return frozenset(by_chance[: rules.overlap + 1 - len(left)])
    return frozenset()


def _newly_isolated(every: Ints, known: Sequence[int], group: int) -> bool:
    return bool(isolated_units(every, [*known, group]) - isolated_units(every, known))


def _apart(matrix: Ints, group: int, other: int, rules: MoneyRules) -> bool:
    """The viewer is not counted: a difference of `overlap` others may be one more for who is in it."""
    more = int((matrix[group] > matrix[other]).sum())
    fewer = int((matrix[group] < matrix[other]).sum())
    return all(size == 0 or size > rules.overlap for size in (more, fewer))
