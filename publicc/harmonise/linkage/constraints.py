"""What people decided: two records are the same person, or never are. Undone by taking the row out of the table.

A table of decisions has the columns `left_organization, left_customer, right_organization, right_customer` and `same`
(BOOLEAN); it holds for all later runs.
"""

from dataclasses import dataclass, field

import duckdb
import numpy as np
from numpy.typing import NDArray

from publicc.harmonise.linkage.group import Ints, Links


def _none() -> Ints:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Constraints:
    """Decisions between rows 0…n−1, left < right."""

    left: Ints = field(default_factory=_none)
    right: Ints = field(default_factory=_none)
    same: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))

    def applied_to(self, links: Links) -> Links:
        """The links with the decisions put over what the model thought of the same pairs."""
        if not len(self.left):
            return links
        rows = int(max(links.right.max(initial=0), self.right.max())) + 1
        decided = np.isin(links.left * rows + links.right, self.left * rows + self.right)
        return Links(
            np.concatenate([links.left[~decided], self.left]),
            np.concatenate([links.right[~decided], self.right]),
            np.concatenate([links.chance[~decided], self.same.astype(np.float64)]),
            np.concatenate([links.never[~decided], ~self.same]),
        )


def read_constraints(connection: duckdb.DuckDBPyConnection, table: str) -> Constraints:
    """The decisions of `table` about the rows of `linkage_records`; those about rows that are no longer there rest."""
    found = connection.execute(
        f"""SELECT least(l.record_no, r.record_no) - 1 AS l, greatest(l.record_no, r.record_no) - 1 AS r,
            bool_and(same) AS same
        FROM {table} d
        JOIN linkage_records l ON l.organization = d.left_organization AND l.customer_number = d.left_customer
        JOIN linkage_records r ON r.organization = d.right_organization AND r.customer_number = d.right_customer
        WHERE l.record_no <> r.record_no GROUP BY 1, 2 ORDER BY 1, 2"""
    ).fetchnumpy()
    return Constraints(found["l"].astype(np.int64), found["r"].astype(np.int64), found["same"].astype(bool))
