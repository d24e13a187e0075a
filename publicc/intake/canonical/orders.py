"""Whole orders → `new_orders`: a control of the tickets, their status, or buyers and money where tickets lack."""

from typing import Final

from publicc.intake.canonical.bench import Bench, ReadTable
from publicc.intake.canonical.cells import bad_cell, cell
from publicc.intake.canonical.keys import PERSON, customer_key
from publicc.intake.canonical.moments import moment, only_dates
from publicc.intake.canonical.sales import names_people
from publicc.intake.canonical.staging import own_rows
from publicc.intake.canonical.vocabulary import code_join, code_of
from publicc.intake.grain import Grain
from publicc.intake.mapping.targets import Target
from publicc.intake.schema import ORDER_COLUMNS

_PLAIN: Final = {
    Target.ORDER_KEY: "order_key",
    Target.CUSTOMER_KEY: "customer_code",
    Target.ORDER_TOTAL: "order_total",
    Target.FEES: "fees",
    Target.QUANTITY: "quantity",
    Target.CURRENCY: "currency",
    Target.CHANNEL: "channel_label",
    Target.ORDER_STATUS: "status_label",
}


def build_orders(bench: Bench) -> None:
    """Create `new_orders(source, order_key, …)`; a second table of the same orders is a copy, set apart."""
    columns = ", ".join(f"{name} {kind}" for name, kind in ORDER_COLUMNS.items())
    bench.db.execute(f"CREATE TABLE new_orders (source VARCHAR, {columns}, file_no INTEGER, row_number BIGINT)")
    for table in bench.of_grain(Grain.ORDER):
        name = f"orders_{table.file_no}"
        bench.db.execute(f"CREATE TABLE {name} AS {_read(table)}")
        bench.db.execute(
            f"UPDATE {name} SET apart = 'CONTROL' WHERE order_key IN (SELECT order_key FROM new_orders WHERE source = "
            "?)",
            [table.source],
        )
        at = "NULL" if only_dates(bench, table, Target.ORDERED_AT) else "ordered_at"
        values = {"ordered_at": at, "ordered_on": "CAST(ordered_at AS DATE)", "total_cents": "order_total",
                  "fees_cents": "fees", "tickets": "quantity"}  # fmt: skip
        chosen = ", ".join(values.get(column, column) for column in ORDER_COLUMNS)
        bench.db.execute(
            f"INSERT INTO new_orders SELECT ?, {chosen}, {table.file_no}, row_number FROM {name} "
            "WHERE refusal IS NULL AND apart IS NULL QUALIFY row_number() OVER (PARTITION BY order_key ORDER BY "
            "row_number DESC) = 1",
            [table.source],
        )
        _account(bench, table)


def _read(table: ReadTable) -> str:
    plain = ", ".join(f"{cell(table, target)} AS {name}" for target, name in _PLAIN.items())
    people = ", ".join(f"{cell(table, target)} AS {target.value}" for target in PERSON)
    checked = (Target.ORDER_TOTAL, Target.FEES, Target.QUANTITY, Target.ORDERED_AT)
    read = (
        f"SELECT row_number, {plain}, {people}, {moment(table, Target.ORDERED_AT)} AS ordered_at, "
        f"{bad_cell(table, checked)} AS bad_cell FROM {table.relation}"
    )
    key = customer_key(table, order_scoped=True) if names_people(table) else "customer_code"
    joins = " ".join(code_join(table, word) for word in ("channel", "order_status"))
    return (
        f"SELECT read.*, {key} AS customer_key, {code_of(table, 'channel')} AS channel, "
        f"{code_of(table, 'order_status')} AS order_status, NULL::VARCHAR AS apart, "
        "CASE WHEN bad_cell IS NOT NULL THEN 'unreadable:' || bad_cell WHEN order_key IS NULL THEN 'no_key:order_key' "
        "END AS refusal "
        f"FROM ({read}) AS read {joins}"
    )


def apply_order_status(bench: Bench) -> None:
    """The status of the order wins over that of its tickets: a cancelled order has no valid ticket."""
    if bench.one("SELECT EXISTS (FROM new_orders WHERE order_status <> 'VALID')") == (False,):
        return
    own_rows(bench.db, "new_tickets")
    bench.db.execute(
        "UPDATE new_tickets AS t SET ticket_status = o.order_status FROM new_orders AS o WHERE o.source = t.source "
        "AND o.order_key = t.order_key AND o.order_status <> 'VALID' AND t.ticket_status = 'VALID'"
    )


def _account(bench: Bench, table: ReadTable) -> None:
    taken, apart = "refusal IS NULL AND apart IS NULL", "refusal IS NULL AND apart IS NOT NULL"
    cents = "coalesce(sum(order_total) FILTER ({}), 0)::BIGINT"
    counted = bench.one(
        f"SELECT count(*) FILTER ({taken}), count(*) FILTER ({apart}), count(*) FILTER (refusal IS NOT NULL), "
        f"{cents.format('TRUE')}, "
        f"{cents.format(taken)}, {cents.format(apart)}, {cents.format('refusal IS NOT NULL')} FROM "
        f"orders_{table.file_no}"
    )
    names = ("accepted", "set_apart", "refused", "amount", "accepted_cents", "set_apart_cents", "refused_cents")
    bench.count(table.file_no, **dict(zip(names, counted, strict=True)))
