"""What people decided about two records: it holds for all later runs, over what the model thinks.

A table of decisions has the columns `left_organization, left_customer, right_organization, right_customer, decision`;
`decision` is one of `Decision`. Undone by taking the row out of the table.
"""

from dataclasses import dataclass, field
from enum import StrEnum

import duckdb
import numpy as np
from numpy.typing import NDArray

from publicc.harmonise.linkage.group import Bools, Floats, Ints, Links


class Decision(StrEnum):
    """What a person may say of two records."""

    SAME = "SAME"
    """One person: always together."""
    DIFFERENT = "DIFFERENT"
    """Two persons: never together, even through other records."""
    HOUSEHOLD = "HOUSEHOLD"
    """Two persons of one household: never one person, always one home."""
    UNSURE = "UNSURE"
    """Seen, not settled: the model keeps its word."""


def _no_rows() -> Ints:
    return np.zeros(0, dtype=np.int64)


def _none() -> Bools:
    return np.zeros(0, dtype=bool)


@dataclass(frozen=True, slots=True)
class Constraints:
    """Decisions between rows 0…n−1, left < right."""

    left: Ints = field(default_factory=_no_rows)
    right: Ints = field(default_factory=_no_rows)
    same: Bools = field(default_factory=_none)
    home: Bools = field(default_factory=_none)

    def applied_to(self, links: Links, at_home: Floats) -> tuple[Links, Floats]:
        """The links, and each link's chance of one home or person, with the decisions put over the model's word."""
        rows = int(max(links.right.max(initial=0), self.right.max(initial=0))) + 1
        open_ = ~np.isin(links.left * rows + links.right, self.left * rows + self.right)
        decided = Links(
            np.concatenate([links.left[open_], self.left]),
            np.concatenate([links.right[open_], self.right]),
            np.concatenate([links.chance[open_], self.same.astype(np.float64)]),
            np.concatenate([links.never[open_], ~self.same]),
            np.concatenate([links.always[open_], self.same]),
        )
        return decided, np.concatenate([at_home[open_], (self.same | self.home).astype(np.float64)])


def read_constraints(
    connection: duckdb.DuckDBPyConnection, table: str, *, records: str = "linkage_records"
) -> Constraints:
    """The decisions of `table` about the rows of `records`; those about rows that are no longer there rest.

    Of two decisions about one pair, the one that keeps persons apart is taken.
    """
    return constraints_of(
        connection,
        f"""SELECT l.record_no AS l, r.record_no AS r, decision FROM {table} d
        JOIN {records} l ON l.organization = d.left_organization AND l.customer_number = d.left_customer
        JOIN {records} r ON r.organization = d.right_organization AND r.customer_number = d.right_customer""",
    )


def constraints_of(connection: duckdb.DuckDBPyConnection, decided: str) -> Constraints:
    """The same of the SQL `decided`: `l`, `r`, numbers of two records in either order, and the `decision`."""
    found = connection.execute(
        f"""SELECT least(l, r) - 1 AS l, greatest(l, r) - 1 AS r,
            bool_and(decision = 'SAME') AS same, bool_or(decision = 'HOUSEHOLD') AS home
        FROM ({decided}) WHERE l <> r AND decision <> 'UNSURE' GROUP BY ALL ORDER BY ALL"""
    ).fetchnumpy()
    return Constraints(
        found["l"].astype(np.int64), found["r"].astype(np.int64), _truth(found["same"]), _truth(found["home"])
    )


def _truth(column: NDArray[np.bool_]) -> Bools:
    return np.asarray(column, dtype=bool)
