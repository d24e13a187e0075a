"""`new_…` tables of the scratch database → the vault, inside the transaction of the caller.

What is compared and superseded as one is a key (an order's tickets for one performance, a customer, a performance…).
A key with the same rows as those held is untouched; one with other rows supersedes them; one not held is added.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import duckdb

from publicc.intake.canonical.staging import own_rows
from publicc.intake.deposits.report import Change
from publicc.intake.schema import ENTITIES, KEYS

STAGED: Final = "scratch.new_{table}"


@dataclass(frozen=True, slots=True)
class Destination:
    """The vault, the number of the deposit, and whether rows missing from its period are to go."""

    db: duckdb.DuckDBPyConnection
    """Its current database is the vault."""
    deposit_id: int
    replace_period: bool = False

    def one(self, statement: str, parameters: Iterable[Any] = ()) -> tuple[Any, ...]:
        """The only row of an answer."""
        return self.db.execute(statement, list(parameters)).fetchone() or ()


def holds_nothing(to: Destination) -> bool:
    """Whether the vault has no current row at all: what it holds afterwards is then what was brought."""
    return not any(to.one(f"SELECT EXISTS (FROM {table} WHERE superseded_by IS NULL)")[0] for table in ENTITIES)


def apply_table(to: Destination, table: str) -> None:
    """Bring the rows of one staged table into the vault; `changed_<table>` then holds its keys and their state.

    A key may stand there more than once.
    """
    staged = STAGED.format(table=table)
    key = ", ".join(("source", *KEYS[table]))
    if not _held_before(to, table, staged):
        to.db.execute(f"CREATE OR REPLACE TEMP VIEW changed_{table} AS SELECT {key}, 'added' AS state FROM {staged}")
        _insert(to, table, f"{staged} AS n")
        return
    _compare(to, table, staged)
    same = " AND ".join(f"h.{name} IS NOT DISTINCT FROM c.{name}" for name in ("source", *KEYS[table]))
    to.db.execute(
        f"UPDATE {table} AS h SET superseded_by = ? FROM temp.changed_{table} AS c "
        f"WHERE h.superseded_by IS NULL AND c.state IN ('changed', 'gone') AND {same}",
        [to.deposit_id],
    )
    same = same.replace("h.", "n.")
    _insert(to, table, f"{staged} AS n JOIN temp.changed_{table} AS c ON {same} WHERE c.state IN ('added', 'changed')")


def complete_from_held(to: Destination, table: str, said: Mapping[str, Collection[str]]) -> None:
    """Fields that no table of the deposit has a column for keep what is held: a shorter export does not empty them.

    `said`: source → the columns of `table` that the deposit's own tables can fill. An empty cell of those stays empty.
    """
    (key,) = KEYS[table]
    for source, filled in said.items():
        kept = [name for name in ENTITIES[table] if name != key and name not in filled]
        if kept and to.one(f"SELECT EXISTS (FROM current_{table} WHERE source = ?)", [source]) == (True,):
            own_rows(to.db, f"new_{table}")
            taken = ", ".join(f"{name} = coalesce(h.{name}, n.{name})" for name in kept)
            to.db.execute(
                f"UPDATE scratch.new_{table} AS n SET {taken} FROM (FROM current_{table} WHERE source = ?) AS h "
                f"WHERE n.source = h.source AND n.{key} = h.{key}",
                [source],
            )


def _held_before(to: Destination, table: str, staged: str) -> bool:
    found = to.one(
        f"SELECT EXISTS (FROM {table} WHERE superseded_by IS NULL AND source IN (SELECT DISTINCT source FROM {staged}))"
    )
    return bool(found[0])


def _compare(to: Destination, table: str, staged: str) -> None:
    """`changed_<table>(key…, state)`: added, changed, unchanged, gone (tickets moved to another performance)."""
    names = ("source", *KEYS[table])
    key, content = ", ".join(names), ", ".join(ENTITIES[table])
    digest = f"sum(hash({content})::HUGEINT) AS digest, count(*) AS rows"
    same = " AND ".join(f"o.{name} IS NOT DISTINCT FROM n.{name}" for name in names)
    to.db.execute(
        f"""CREATE OR REPLACE TEMP TABLE compared_{table} AS
        WITH n AS (SELECT {key}, {digest} FROM {staged} GROUP BY {key}),
             o AS (SELECT {key}, {digest} FROM {table} AS h WHERE superseded_by IS NULL
                   AND source IN (SELECT DISTINCT source FROM {staged}) GROUP BY {key})
        SELECT {", ".join(f"n.{name}" for name in names)},
               CASE WHEN o.rows IS NULL THEN 'added' WHEN o.digest = n.digest AND o.rows = n.rows THEN 'unchanged'
                    ELSE 'changed' END AS state
        FROM n LEFT JOIN o ON {same}"""
    )
    to.db.execute(f"CREATE OR REPLACE TEMP VIEW changed_{table} AS FROM temp.compared_{table}")
    if table == "tickets":
        to.db.execute(
            f"""INSERT INTO compared_tickets
            SELECT DISTINCT h.source, h.order_key, h.performance_key, 'gone' FROM tickets AS h
            WHERE h.superseded_by IS NULL AND h.order_key IS NOT NULL
              AND (h.source, h.order_key) IN (SELECT source, order_key FROM {staged})
              AND (h.performance_key IS NULL
                   OR (h.source, h.performance_key) IN (SELECT source, performance_key FROM {staged}))
              AND NOT EXISTS (FROM {staged} AS n WHERE n.source = h.source AND n.order_key = h.order_key
                              AND n.performance_key IS NOT DISTINCT FROM h.performance_key)"""
        )


def _insert(to: Destination, table: str, rows: str) -> None:
    """Add the staged rows `n` of a FROM clause; tickets are numbered after those the vault holds, superseded or not."""
    columns = ", ".join(ENTITIES[table])
    chosen = ", ".join(f"n.{name}" for name in ENTITIES[table])
    number, numbered = "", ""
    if table == "tickets":
        (last,) = to.one("SELECT coalesce(max(ticket_no), 0) FROM tickets")
        number, numbered = "ticket_no, ", f"{last} + n.nth_ticket, "
    to.db.execute(
        f"INSERT INTO {table} ({number}source, {columns}, deposit_id, file_no, row_number) "
        f"SELECT {numbered}n.source, {chosen}, {to.deposit_id}, n.file_no, n.row_number FROM {rows}"
    )


def missing_orders(to: Destination) -> int:
    """Orders held for the performances and the period of the deposit, and absent from it.

    They stop being current when the deposit replaces its period.
    """
    if not _held_before(to, "tickets", STAGED.format(table="tickets")):
        return 0
    to.db.execute(
        """CREATE OR REPLACE TEMP TABLE missing_orders AS
        WITH period AS (SELECT source, min(ordered_on) AS first_on, max(ordered_on) AS last_on
                        FROM scratch.new_tickets GROUP BY source),
             played AS (SELECT DISTINCT source, performance_key FROM scratch.new_tickets)
        SELECT DISTINCT h.source, h.order_key FROM tickets AS h JOIN period AS p ON p.source = h.source
        WHERE h.superseded_by IS NULL AND h.order_key IS NOT NULL AND h.ordered_on BETWEEN p.first_on AND p.last_on
          AND EXISTS (FROM played WHERE played.source = h.source
                      AND played.performance_key IS NOT DISTINCT FROM h.performance_key)
          AND NOT EXISTS (FROM scratch.new_tickets AS n WHERE n.source = h.source AND n.order_key = h.order_key)"""
    )
    (missing,) = to.one("SELECT count(*) FROM temp.missing_orders")
    if missing and to.replace_period:
        to.db.execute(
            "UPDATE tickets AS h SET superseded_by = ? FROM temp.missing_orders AS m WHERE h.superseded_by IS NULL "
            "AND h.source = m.source AND h.order_key = m.order_key",
            [to.deposit_id],
        )
    return int(missing)


def change_of(to: Destination, entity: str, *tables: str) -> Change:
    """How many entities (orders, customers, performances) were added, changed or left as they were in these tables."""
    changes = " UNION ALL ".join(f"SELECT source, {entity}, state FROM temp.changed_{table}" for table in tables)
    added, changed, unchanged = to.one(
        f"""SELECT count(*) FILTER (added AND NOT other), count(*) FILTER (other AND touched),
                   count(*) FILTER (NOT touched)
        FROM (SELECT bool_or(state = 'added') AS added, bool_or(state <> 'added') AS other,
                     bool_or(state <> 'unchanged') AS touched
              FROM ({changes}) WHERE {entity} IS NOT NULL GROUP BY source, {entity})"""
    )
    return Change(added=added, changed=changed, unchanged=unchanged)


def anything_changed(to: Destination) -> bool:
    """Whether the deposit adds or changes anything at all."""
    return any(to.one(f"SELECT EXISTS (FROM changed_{table} WHERE state <> 'unchanged')")[0] for table in ENTITIES)
