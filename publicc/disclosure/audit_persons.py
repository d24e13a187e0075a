"""The attack on counts of persons: what each member, who knows its own, can still conclude about a withheld cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self, TypeAlias

import numpy as np

from publicc.disclosure.attempts import Attempts, Success
from publicc.disclosure.policy import PersonRules
from publicc.disclosure.polytope import Polytope
from publicc.disclosure.rounding import count_interval, rounded_count
from publicc.disclosure.rules import PersonUnits
from publicc.disclosure.tables import Floats, Ints

SLACK: Final = 1e-6
Range: TypeAlias = tuple[float, float]
"""The least and the most that may be believed."""
_FIRST: Final = 1000.0
"""Weight of the first cell beside the others that wait, when one belief is sought that serves for many."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Counts under attack: what an outsider may believe, and who knows the rows of every member at once."""

    matrix: Ints
    units: PersonUnits
    rules: PersonRules
    outsider: Polytope
    everyone: Polytope

    @classmethod
    def of(
        cls, matrix: Ints, out: Sequence[int], units: PersonUnits, rules: PersonRules, *, total: Range | None = None
    ) -> Self:
        """The cells in `out` are published, rounded. `total`: where the number of all lies, as told elsewhere."""
        published = matrix[list(out)]
        counts = published @ units.persons
        intervals = [count_interval(rounded_count(int(n), rules.round_to), rules.round_to) for n in counts]
        bounds = np.array(intervals, dtype=float).reshape(-1, 2)
        if total is not None:
            published = np.vstack((published, np.ones((1, matrix.shape[1]), dtype=np.int64)))
            bounds = np.vstack((bounds, total))
        outsider = Polytope.of(published, bounds[:, 0], bounds[:, 1])
        known = units.by_org.max(axis=0, initial=0).astype(float)
        return cls(matrix, units, rules, outsider, outsider.knowing(known))

    def attacked(self, targets: Sequence[int]) -> tuple[Attempts, list[int]]:
        """Attack cells in turn; the tally, and those not tried yet when one of them, the first, gave way."""
        waiting, tally, likeness = list(targets), Attempts(), self._likeness(targets)
        while waiting:
            found_once = {likeness[cell] for cell in self._held_by_one_belief(waiting)}
            held = {cell for cell in waiting if likeness[cell] in found_once}
            tally += sum((Attempts(run=len(self._curious(cell))) for cell in held), Attempts())
            waiting = [cell for cell in waiting if cell not in held]
            if waiting and not held:
                found = self._attack(waiting[0])
                if found.successes:
                    return found, waiting
                tally, waiting = tally + found, waiting[1:]
        return tally, []

    def _likeness(self, targets: Sequence[int]) -> dict[int, bytes]:
        """What makes two cells the same to an attacker: as many units in the same published cells, as well known.

        What may be believed of one may then be believed of the other: their units trade places.
        """
        told = np.vstack((self.everyone.alike, self.everyone.least))
        _, place = np.unique(told, axis=1, return_inverse=True)
        classes = np.eye(int(place.max(initial=0)) + 1, dtype=np.int64)[place.reshape(-1)]
        totals = self.matrix @ self.units.persons
        return {cell: (self.matrix[cell] @ classes).tobytes() + totals[cell].tobytes() for cell in targets}

    def _held_by_one_belief(self, waiting: Sequence[int]) -> set[int]:
        """Cells that hold against all: even who knows every member's rows could believe in as many more persons.

        Looks for one belief that serves for the first cell, and for as many of the others as it may: each is wanted
        just as much larger as it must be, by weights that chance gives, so that some grow at the cost of others.
        """
        rows = self.matrix[list(waiting)]
        enough = (rows @ self.units.persons + self.rules.width).astype(float)
        weights = np.random.default_rng(len(waiting)).random(len(waiting))
        weights[0] = _FIRST
        belief = self.everyone.corner(weights @ rows, rows, enough)
        held = rows @ belief >= enough - SLACK
        return {cell for cell, holds in zip(waiting, held.tolist(), strict=True) if holds}

    def _curious(self, cell: int) -> list[int | None]:
        """Who attacks a cell: an outsider, and every member for whom it holds few others."""
        row = self.matrix[cell]
        others = int(row @ self.units.persons) - self.units.by_org @ row
        return [None, *np.flatnonzero(others < self.rules.k).tolist()]

    def _attack(self, cell: int) -> Attempts:
        row = self.matrix[cell]
        enough = float(row @ self.units.persons) + self.rules.width
        curious = self._curious(cell)
        suspects = set(self._suspects(row, curious, enough))
        tally = Attempts(run=len(curious) - len(suspects))
        for attacker in curious:
            if attacker in suspects:
                tally += self._attack_by(cell, attacker)
        return tally

    def _suspects(self, row: Ints, curious: Sequence[int | None], enough: float) -> list[int | None]:
        """Those of the curious whom what they know may bring close.

        Where all of them together could still believe in as many persons more, none of them alone is closer: otherwise
        each half of them is asked, down to one.
        """
        known = self.units.by_org[[one for one in curious if one is not None]].max(axis=0, initial=0).astype(float)
        if self.outsider.knowing(known).extreme(row, "most") >= enough - SLACK:
            return []
        if len(curious) == 1:
            return list(curious)
        half = len(curious) // 2
        return [*self._suspects(row, curious[:half], enough), *self._suspects(row, curious[half:], enough)]

    def _attack_by(self, cell: int, attacker: int | None) -> Attempts:
        row = self.matrix[cell]
        view = self.outsider if attacker is None else self.outsider.knowing(self._own(attacker))
        width = view.extreme(row, "most") - view.extreme(row, "least")
        found = width < self.rules.width - SLACK
        return Attempts(1, int(width < 1 - SLACK), int(found), (Success(cell, attacker),) if found else ())

    def _own(self, member: int) -> Floats:
        own: Floats = self.units.by_org[member].astype(float)
        return own


def audit_persons(
    matrix: Ints, out: Sequence[int], units: PersonUnits, rules: PersonRules, *, total: Range | None = None
) -> Attempts:
    """Attack every cell that is not in `out`, as an outsider and as every member. `total`: as in `Crowd.of`.

    An outsider must stay unsure of any withheld cell by `rules.width` persons; a member too, of every cell where fewer
    than `rules.k` persons are others' (none included: emptiness must not be provable).
    """
    crowd = Crowd.of(matrix, out, units, rules, total=total)
    tally, waiting = crowd.attacked(sorted(set(range(len(matrix))) - set(out)))
    while waiting:
        more, waiting = crowd.attacked(waiting[1:])
        tally += more
    return tally
