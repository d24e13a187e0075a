"""A second table of the same persons, that shares nothing with the first but their number.

What holds of each alone then holds of both together, for everybody, on one condition: whatever number of persons one
table lets an attacker believe, the other does too. Any belief about the one then goes with some belief about the
other, since persons may be crossed at will. So the second is attacked with the number that the first lets believe, and
cells of it are kept back until it tells no more of that number than the first does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from publicc.disclosure.audit_persons import SLACK, Crowd, Range
from publicc.disclosure.policy import PersonRules
from publicc.disclosure.polytope import Polytope
from publicc.disclosure.protection import Protected, protect_persons
from publicc.disclosure.rules import PersonUnits
from publicc.disclosure.tables import Flags, Table
from publicc.kernel.cells import Shown

_MANY: Final = 1e12
"""More persons than anybody believes in, where nothing bounds their number."""


@dataclass(frozen=True, slots=True)
class Believed:
    """What a table lets believe of the number of all persons."""

    by_outsider: Range
    """By who knows nothing else: the widest."""
    by_everyone: Range
    """By who would know the rows of every member: the narrowest."""


def number_believed(table: Table, out: Sequence[int], units: PersonUnits, rules: PersonRules) -> Believed:
    """Of a table of which the cells in `out` are published."""
    crowd = Crowd.of(table.matrix, out, units, rules)
    return Believed(_range(crowd.outsider), _range(crowd.everyone))


def protect_beside(
    table: Table, units: PersonUnits, rules: PersonRules, first: Believed, *, among: Flags | None = None
) -> Protected:
    """`protect_persons` for the second table, which does not offer the number. `first`: what the first lets believe.

    Its cells alone never tell that number better than the first table does.
    """
    allowed: Flags = np.ones(len(table.cells), dtype=bool) if among is None else among.copy()
    while True:
        found = protect_persons(table, units, rules, among=allowed, total=first.by_everyone)
        out = [at for at, cell in enumerate(found.cells) if isinstance(cell, Shown)]
        telling = _too_telling(table, out, units, rules, first.by_outsider)
        if telling is None:
            return found
        allowed[telling] = False


def _too_telling(  # noqa: PLR0917 - what is out, over whom, by which rules, beside what
    table: Table, out: Sequence[int], units: PersonUnits, rules: PersonRules, wanted: Range
) -> int | None:
    """The cell to keep back next: one without which the number may be all that the first table lets it be.

    The widest such cell; the narrowest of all when none is enough alone; None when nothing needs to be kept back.
    """
    ordered = [cell for cell in table.order() if cell in set(out)]

    def lets(kept: Sequence[int]) -> bool:
        low, high = _range(Crowd.of(table.matrix, kept, units, rules).everyone)
        return low <= wanted[0] + SLACK and high >= wanted[1] - SLACK

    if not ordered or lets(ordered):
        return None
    return next((one for one in ordered if lets([cell for cell in ordered if cell != one])), ordered[-1])


def _range(view: Polytope) -> Range:
    everybody = np.ones(view.rows.shape[1], dtype=np.int64)
    return view.extreme(everybody, "least"), min(view.extreme(everybody, "most"), _MANY)
