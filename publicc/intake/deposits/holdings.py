"""Figures of what a deposit brings and of what the vault holds: a person checks them against their own system."""

from collections.abc import Mapping
from typing import Any

import duckdb

from publicc.intake.deposits.report import Holdings
from publicc.intake.schema import ENTITIES
from publicc.kernel.vocabulary import TicketStatus


def holdings(db: duckdb.DuckDBPyConnection, name: str, where: str = "TRUE") -> Holdings:
    """Count the rows of relations named by a pattern: `scratch.new_{}` for a deposit, `current_{}` for the vault.

    An order is one with a valid ticket, or, where only whole orders are known, one that is paid.
    """
    rows = {table: f"{name.format(table)} WHERE {where}" for table in ENTITIES}
    tickets = _tickets(db, rows["tickets"])
    return Holdings(
        **tickets,
        **_orders(db, rows, all_valid=set(tickets["tickets_by_status"]) <= {TicketStatus.VALID}),
        **_performances(db, rows["performances"]),
        customers=_row(db, f"SELECT count(*) FROM {rows['customers']}")[0],
        set_apart=_grouped(
            db,
            "SELECT reason, sum(quantity)::BIGINT, coalesce(sum(amount_cents), 0)::BIGINT "
            f"FROM {rows['set_apart']} GROUP BY 1 ORDER BY 1",
        ),
        totals=_grouped(
            db,
            "SELECT kind, count(*), coalesce(sum(tickets), 0)::BIGINT, coalesce(sum(revenue_cents), 0)::BIGINT "
            f"FROM {rows['totals']} GROUP BY 1 ORDER BY 1",
        ),
    )


def _orders(db: duckdb.DuckDBPyConnection, rows: Mapping[str, str], *, all_valid: bool) -> dict[str, Any]:
    """How many orders, and between which days. `all_valid`: no ticket has another status, so that keys are enough."""
    found = f"SELECT source, order_key, ordered_on, ticket_status = 'VALID' AS valid FROM {rows['tickets']}"
    if _row(db, f"SELECT EXISTS (FROM {rows['orders']})") == (True,):
        all_valid = False
        found += (
            f" UNION ALL SELECT source, order_key, ordered_on, order_status = 'VALID' AS valid FROM {rows['orders']} "
            f"AND (source, order_key) NOT IN "
            f"(SELECT (source, order_key) FROM {rows['tickets']} AND order_key IS NOT NULL)"
        )
    first, last = _row(db, f"SELECT min(ordered_on), max(ordered_on) FROM ({found}) WHERE valid")
    valid = "TRUE" if all_valid else "bool_or(valid)"
    told, orders = _row(
        db,
        "SELECT count(order_key), count(CASE WHEN valid THEN order_key END) FROM "
        f"(SELECT source, order_key, {valid} AS valid FROM ({found}) GROUP BY source, order_key)",
    )
    return {"orders": orders, "orders_told": told, "first_order_on": first, "last_order_on": last}


def _tickets(db: duckdb.DuckDBPyConnection, rows: str) -> dict[str, Any]:
    """Figures of the tickets: one scan, by status and by whether they were given."""
    groups = db.execute(
        "SELECT ticket_status, coalesce(price_group IN ('COMP', 'FREE'), FALSE) AS given, count(*), "
        f"coalesce(sum(net_cents), 0)::BIGINT, coalesce(sum(taxes_cents), 0)::BIGINT FROM {rows} "
        "GROUP BY ALL ORDER BY ticket_status"
    ).fetchall()
    by_status: dict[str, int] = {}
    for status, _, tickets, _, _ in groups:
        by_status[status] = by_status.get(status, 0) + tickets
    valid = [group[1:] for group in groups if group[0] == TicketStatus.VALID]
    return {
        "tickets": by_status.get(TicketStatus.VALID, 0),
        "complimentary": sum(tickets for given, tickets, _, _ in valid if given),
        "revenue_cents": sum(revenue for _, _, revenue, _ in valid),
        "taxes_cents": sum(taxes for _, _, _, taxes in valid),
        "tickets_by_status": by_status,
    }


def _performances(db: duckdb.DuckDBPyConnection, rows: str) -> dict[str, Any]:
    performances, shows, first, last = _row(
        db,
        "SELECT count(*), count(DISTINCT (source, coalesce(show_key, lower(strip_accents(trim(title)))))), "
        f"min(starts_on), max(starts_on) FROM {rows}",
    )
    return {
        "performances": performances,
        "shows": shows,
        "first_performance_on": first,
        "last_performance_on": last,
    }


def _row(db: duckdb.DuckDBPyConnection, statement: str) -> tuple[Any, ...]:
    return db.execute(statement).fetchone() or ()


def _grouped(db: duckdb.DuckDBPyConnection, statement: str) -> dict[str, Any]:
    return {name: tuple(figures) for name, *figures in db.execute(statement).fetchall()}
