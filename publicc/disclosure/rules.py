"""Primary rules: which cells may be shown on their own, whoever of the members looks."""

from dataclasses import dataclass

import numpy as np

from publicc.disclosure.policy import MoneyRules, PersonRules
from publicc.disclosure.tables import Flags, Floats, Ints


@dataclass(frozen=True, slots=True)
class PersonUnits:
    """Persons by elementary cell, and by contributing organization.

    `persons[e]`; `by_org[m, e]`: those that organization m knows; `by_pair[m, a, e]`: those that m and a both know.
    """

    persons: Ints
    by_org: Ints
    by_pair: Ints


def safe_person_cells(matrix: Ints, units: PersonUnits, rules: PersonRules) -> Flags:
    """Cells with enough other persons, of enough other organizations, none of which is nearly all of them.

    Judged for an outsider and for every member as the viewer: its own persons do not count, so fake ones lift nothing.
    """
    cells, by_org, by_pair = (counts.astype(float) for counts in (matrix, units.by_org, units.by_pair))
    persons = cells @ units.persons
    safe = np.asarray(_safe_for(persons.astype(float), cells @ by_org.T, rules))
    for viewer in range(len(by_org)):
        others = persons - cells @ by_org[viewer]
        behind = cells @ (by_org - by_pair[viewer]).T
        behind[:, viewer] = 0
        safe &= _safe_for(others, behind, rules)
    return safe


def _safe_for(others: Floats, behind: Floats, rules: PersonRules) -> Flags:
    """`others[j]`: persons of cell j that are not the viewer's; `behind[j, a]`: those of them that a knows."""
    largest = behind.max(axis=1, initial=0)
    enough: Flags = (others >= rules.k) & ((behind > 0).sum(axis=1) >= rules.min_orgs)
    not_one_file: Flags = largest <= rules.max_org_share * others
    return np.asarray(enough & not_one_file)


def safe_money_cells(matrix: Ints, amounts: Floats, rules: MoneyRules) -> Flags:
    """Cells of enough organizations where the next largest cannot close in on the largest, and none is most of it."""
    return np.array([_safe_sum(amounts[row > 0], rules) for row in matrix], dtype=bool)


def _safe_sum(amounts: Floats, rules: MoneyRules) -> bool:
    if len(amounts) < rules.others + rules.coalition or not amounts.any():
        return False
    ordered = np.sort(amounts)[::-1]
    rest = ordered[1 + rules.coalition :].sum()
    return bool(rest >= rules.p * ordered[0] and ordered[0] <= rules.max_share * ordered.sum())
