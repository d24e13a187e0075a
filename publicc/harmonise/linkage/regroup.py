"""Grouping again, after a table changed, only what the changes touch: what may be grouped with them, near or far."""

import duckdb
import numpy as np
import pyarrow as pa

from publicc.harmonise.linkage.changes import Changes
from publicc.harmonise.linkage.constraints import Constraints, constraints_of
from publicc.harmonise.linkage.engine import LinkSettings
from publicc.harmonise.linkage.former import Scored, mask
from publicc.harmonise.linkage.group import Ints, Links, group_rows
from publicc.harmonise.linkage.households import group_households
from publicc.harmonise.linkage.kept import BELONG, Kept, components_of, decisions_sql, named_sql


def regroup(  # noqa: PLR0917 - a linkage kept, what changed, and every pair of it
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    kept: Kept,
    changes: Changes,
    settings: LinkSettings,
    former: Scored,
    new: Scored,
) -> int:
    """Make `_again_groups`, in the columns of the table `rows` that is kept: the rows touched, in their new groups.

    `former` and `new`: the scored pairs that stay, and those of the rows of `_again_named`. `_again_decisions`: what
    people decided, between rows of `relation`. How many joins were held is given.
    """
    named = f"({named_sql(connection, relation)})"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE _again_decisions AS {decisions_sql(settings.constraints, named)}")
    rows = _touched(connection, kept, changes, new)
    size = max(len(changes.still), int(rows.max(initial=0)) + 1)
    found = former.and_(new).among(mask(size, rows)).in_order()
    links = Links.undecided(np.searchsorted(rows, found.left), np.searchsorted(rows, found.right), found.same)
    links, at_home = _decided(connection, kept, rows).applied_to(links, found.same + found.home)
    groups = group_rows(len(rows), links, threshold=settings.threshold, largest=settings.largest)
    households = group_households(groups.group, links, at_home)
    component = components_of(links, at_home, groups.group, households)
    table = {
        "record_no": pa.array(rows, pa.int32()),
        "person_no": pa.array(rows[groups.group], pa.int64()),
        "household_no": pa.array(rows[households], pa.int64()),
        "confidence": pa.array(np.round(groups.confidence, 6), pa.float64()),
        "component": pa.array(rows[component], pa.int64()),
    }
    connection.register("_regroup_table", pa.table(table))
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _again_groups AS
        SELECT t.*, id, digest, buyer_kind FROM _regroup_table t JOIN (
            SELECT record_no, id, digest, buyer_kind FROM {kept.where}.rows
            UNION ALL FROM _again_named) USING (record_no)"""
    )
    connection.unregister("_regroup_table")
    return groups.held


def _touched(connection: duckdb.DuckDBPyConnection, kept: Kept, changes: Changes, new: Scored) -> Ints:
    """The new rows, and all that may be grouped with them, with rows gone or decided; in order."""
    read = connection.execute(f"SELECT record_no, component FROM {kept.where}.rows").fetchnumpy()
    came = connection.execute("SELECT record_no FROM _again_named ORDER BY 1").fetchnumpy()["record_no"]
    component = np.zeros(kept.last + 1, dtype=np.int64)
    component[read["record_no"]] = read["component"]
    moved = connection.execute(
        f"""WITH moved AS ((FROM {kept.where}.decisions EXCEPT FROM _again_decisions)
            UNION (FROM _again_decisions EXCEPT FROM {kept.where}.decisions))
        SELECT record_no FROM {kept.where}.rows WHERE id IN (SELECT unnest([left_id, right_id]) FROM moved)"""
    ).fetchnumpy()["record_no"]
    near = new.where(new.same + new.home >= BELONG)
    ends = np.concatenate([near.left, near.right, changes.went, moved])
    hit = mask(kept.last + 1, component[ends[ends <= kept.last]])
    touched = np.flatnonzero(hit[component] & changes.still)
    return np.concatenate([touched, came])


def _decided(connection: duckdb.DuckDBPyConnection, kept: Kept, rows: Ints) -> Constraints:
    """The decisions of which both rows are among these, by their places."""
    if connection.execute("SELECT count(*) FROM _again_decisions").fetchall() == [(0,)]:
        return Constraints()
    connection.register(
        "_regroup_rows", pa.table({"record_no": pa.array(rows, pa.int32()), "place": np.arange(len(rows))})
    )
    every = f"SELECT record_no, id FROM {kept.where}.rows UNION ALL SELECT record_no, id FROM _again_named"
    numbered = f"(SELECT id, place + 1 AS place FROM _regroup_rows JOIN ({every}) USING (record_no))"
    found = constraints_of(
        connection,
        f"""SELECT l.place AS l, r.place AS r, decision FROM _again_decisions
        JOIN {numbered} l ON l.id = left_id JOIN {numbered} r ON r.id = right_id""",
    )
    connection.unregister("_regroup_rows")
    return found
