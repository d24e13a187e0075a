"""What is staged is kept narrow: columns that say nothing are told by a view, and copied rows are a view of the first.

Written out, a column that is NULL on ten million rows costs as much as one that speaks.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import duckdb

from publicc.intake.canonical.bench import quoted

ROWS: Final = "{name}_rows"
"""The table under a staged view: the one to change."""


def stage(
    db: duckdb.DuckDBPyConnection,
    name: str,
    *,
    statement: str,
    parameters: Sequence[Any],
    without: Collection[str],
    void: Mapping[str, str],
) -> None:
    """Create the table `<name>_rows` of a SELECT, and the view `name` over it, which has the same columns.

    `without`: columns that nothing reads afterwards, in neither. `void`: column → type of those that are NULL on every
    row: only the view has them.
    """
    left_out = ", ".join(quoted(column) for column in (*without, *void))
    db.execute(f"CREATE TABLE {ROWS.format(name=name)} AS SELECT * EXCLUDE ({left_out}) FROM ({statement})", parameters)
    told = "".join(f", NULL::{kind} AS {quoted(column)}" for column, kind in void.items())
    db.execute(f"CREATE VIEW {quoted(name)} AS SELECT *{told} FROM {ROWS.format(name=name)}")


def own_rows(db: duckdb.DuckDBPyConnection, name: str) -> None:
    """Make `scratch.<name>` a table of its own when it is a view of staged rows: some of them are about to change."""
    found = db.execute(
        "SELECT count(*) FROM duckdb_views() WHERE database_name = 'scratch' AND view_name = ?", [name]
    ).fetchone()
    if found != (0,):
        view = quoted(name)
        db.execute(f"CREATE TABLE scratch.own_rows AS FROM scratch.{view}")
        db.execute(f"DROP VIEW scratch.{view}")
        db.execute(f"ALTER TABLE scratch.own_rows RENAME TO {view}")
