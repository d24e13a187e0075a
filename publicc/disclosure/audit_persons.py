"""The attack on counts of persons: what each member, who knows its own, can still conclude about a withheld cell."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from publicc.disclosure.attempts import Attempts, Success
from publicc.disclosure.policy import PersonRules
from publicc.disclosure.polytope import Polytope
from publicc.disclosure.rounding import count_interval, rounded_count
from publicc.disclosure.rules import PersonUnits
from publicc.disclosure.tables import Ints

SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Target:
    """A withheld cell under attack."""

    cell: int
    row: Ints


def audit_persons(
    matrix: Ints, out: Sequence[int], units: PersonUnits, rules: PersonRules, *, targets: Sequence[int] | None = None
) -> Attempts:
    """Attack every cell that is not in `out`, or those of `targets`, as an outsider and as every member.

    An outsider must stay unsure of any withheld cell by `rules.width` persons; a member too, of every cell where fewer
    than `rules.k` persons are others' (none included: emptiness must not be provable).
    """
    published = matrix[list(out)]
    counts = published @ units.persons
    intervals = [count_interval(rounded_count(int(n), rules.round_to), rules.round_to) for n in counts]
    bounds = np.array(intervals, dtype=float).reshape(-1, 2)
    outsider = Polytope.of(published, bounds[:, 0], bounds[:, 1])
    everyone = outsider.knowing(units.by_org.max(axis=0, initial=0).astype(float))
    tally = Attempts()
    for target in sorted(set(range(len(matrix))) - set(out)) if targets is None else targets:
        tally += _attack(Target(target, matrix[target]), (outsider, everyone), units, rules)
    return tally


def _attack(target: Target, views: tuple[Polytope, Polytope], units: PersonUnits, rules: PersonRules) -> Attempts:
    (outsider, everyone), row = views, target.row
    total = int(row @ units.persons)
    own = units.by_org @ row
    curious = [None, *(m for m in range(len(own)) if total - int(own[m]) < rules.k)]
    # One witness for all: even somebody who knows every member's rows at once could believe in as many more persons.
    if everyone.extreme(row, "most") >= total + rules.width - SLACK:
        return Attempts(run=len(curious))
    tally = Attempts()
    for attacker in curious:
        view = outsider if attacker is None else outsider.knowing(units.by_org[attacker].astype(float))
        width = view.extreme(row, "most") - view.extreme(row, "least")
        found = width < rules.width - SLACK
        tally += Attempts(1, int(width < 1 - SLACK), int(found), (Success(target.cell, attacker),) if found else ())
    return tally
