"""What an attacker can still believe: units between bounds whose published sums fall in their rounding intervals."""

from dataclasses import dataclass, replace
from typing import Literal, Self

import numpy as np

from publicc.disclosure.policy import ReleaseRefused
from publicc.disclosure.tables import Floats, Ints
from publicc.kernel.later import later
from publicc.kernel.text import Text

optimize, sparse = later("scipy.optimize"), later("scipy.sparse")

FAR = np.inf


@dataclass(frozen=True, slots=True)
class Polytope:
    """Units x with `low ≤ rows·x ≤ high` and `least ≤ x ≤ most`."""

    rows: Ints
    low: Floats
    high: Floats
    least: Floats
    most: Floats
    alike: Ints
    """A number a unit: the same for units that lie in the same rows."""

    @classmethod
    def of(cls, rows: Ints, low: Floats, high: Floats) -> Self:
        """What an outsider believes: every unit is zero or more."""
        units = rows.shape[1]
        _, alike = np.unique(rows, axis=1, return_inverse=True) if len(rows) else (None, np.zeros(units))
        return cls(rows, low, high, np.zeros(units), np.full(units, FAR), np.asarray(alike, np.int64).reshape(-1))

    def knowing(self, least: Floats, most: Floats | None = None) -> "Polytope":
        """What somebody believes who knows that units are at least, or at most, so much."""
        return replace(self, least=np.maximum(self.least, least), most=self.most if most is None else most)

    def extreme(self, target: Ints, which: Literal["least", "most"]) -> float:
        """The smallest or largest value that `target·x` may have; infinite when nothing bounds it.

        Raises ReleaseRefused when the system has no solution: data and publication would contradict each other.
        """
        touched = self.rows[(self.rows * target).any(axis=1)] if len(self.rows) else self.rows
        if not len(touched):
            ends = self.least if which == "least" else self.most
            return float(ends[target > 0].sum())
        return self._solved(target, 1.0 if which == "least" else -1.0)

    def corner(self, wanted: Floats, capped: Ints, caps: Floats) -> Floats:
        """One belief that holds, unit by unit: where `wanted·x` is greatest while `capped·x` stays within `caps`.

        Raises ReleaseRefused when the system has no solution.
        """
        rows = sparse.csr_array(self.rows)
        found = optimize.linprog(
            -wanted,
            A_ub=sparse.vstack((rows, -rows, sparse.csr_array(capped))),
            b_ub=np.concatenate((self.high, -self.low, np.maximum(caps, capped @ self.least))),
            bounds=np.column_stack((self.least, self.most)),
            method="highs",
        )
        if found.status != 0:
            raise ReleaseRefused(Text("L'audit n'a pas de solution.", "The audit has no solution."))
        return np.asarray(found.x, dtype=float)

    def _solved(self, target: Ints, sign: float) -> float:
        # Units in the same published cells, and alike for the target, count as one: same bounds, far fewer unknowns.
        _, first, merged = np.unique(
            self.alike * (int(target.max()) + 1) + target, return_index=True, return_inverse=True
        )
        rows = self.rows[:, first]
        bounds = [np.bincount(merged, weights=ends, minlength=len(first)) for ends in (self.least, self.most)]
        found = optimize.linprog(
            sign * target[first],
            A_ub=np.vstack((rows, -rows)),
            b_ub=np.concatenate((self.high, -self.low)),
            bounds=np.column_stack(bounds),
            method="highs",
        )
        if found.status == 3:
            return sign * -FAR
        if found.status != 0:
            raise ReleaseRefused(Text("L'audit n'a pas de solution.", "The audit has no solution."))
        return sign * float(found.fun)
