"""A table of sales → `sales_<n>`: one row a row of the file, its cells read, its words mapped, its refusal said."""

from datetime import timedelta
from typing import Final

from publicc.intake.canonical.bench import Bench, ReadTable
from publicc.intake.canonical.cells import TYPES, bad_cell, cell
from publicc.intake.canonical.keys import PERSON, customer_key, order_key, performance_key
from publicc.intake.canonical.moments import moment
from publicc.intake.canonical.money import ticket_money
from publicc.intake.canonical.staging import stage
from publicc.intake.canonical.vocabulary import code_join, code_of
from publicc.intake.grain import Grain
from publicc.intake.mapping.targets import Target

_READ: Final = {
    Target.ORDER_KEY: "order_key",
    Target.POSITION: "position",
    Target.TICKET_KEY: "ticket_key",
    Target.CUSTOMER_KEY: "customer_code",
    Target.PERFORMANCE_KEY: "performance_code",
    Target.SHOW_KEY: "show_key",
    Target.SHOW_TITLE: "show_title",
    Target.QUANTITY: "quantity",
    Target.AMOUNT: "amount",
    Target.LINE_TOTAL: "line_total",
    Target.FACE_PRICE: "face_price",
    Target.FEES: "fees",
    Target.TAXES: "taxes",
    Target.REFUNDED: "refunded",
    Target.CURRENCY: "currency",
    Target.PRICE_CATEGORY: "price_category",
    Target.PRICE_ZONE: "price_zone",
    Target.CHANNEL: "channel_label",
    Target.TICKET_STATUS: "status_label",
    Target.PRODUCT_KIND: "product_label",
    Target.IS_SCANNED: "is_scanned",
    Target.TICKET_CANCELLED: "is_cancelled",
    Target.ORDER_TOTAL: "order_total",
}
"""Meaning → name of the cell read. Cells of a meaning that has no column are NULL."""

_MOMENTS: Final = {Target.ORDERED_AT: "ordered_ts", Target.STARTS_AT: "starts_ts", Target.CANCELLED_ON: "cancelled_ts"}
_SHOW: Final = (Target.ROOM, Target.CAPACITY, Target.DISCIPLINE, Target.GENRE)

_STEP_ONLY: Final = (
    "customer_code", "performance_code", "amount", "line_total", "fees", "taxes", "refunded", "product_label",
    "order_total", "bad_cell", "price_apart", "price_category_code", "product_kind_code",
)  # fmt: skip
"""What only this step reads."""
_VOID: Final = {
    Target.POSITION: "position", Target.TICKET_KEY: "ticket_key", Target.SHOW_KEY: "show_key",
    Target.SHOW_TITLE: "show_title", Target.FACE_PRICE: "face_price", Target.FEES: "fees_cents",
    Target.TAXES: "taxes_cents", Target.CURRENCY: "currency", Target.PRICE_ZONE: "price_zone",
    Target.CHANNEL: "channel_label", Target.TICKET_STATUS: "status_label", Target.IS_SCANNED: "is_scanned",
    Target.TICKET_CANCELLED: "is_cancelled", Target.STARTS_AT: "starts_ts", Target.CANCELLED_ON: "cancelled_ts",
}  # fmt: skip
"""Meaning → the column that is NULL on every row when the table does not tell it."""

EARLIEST: Final = "TIMESTAMP '1970-01-01'"
"""Before it no box office had a computer: an earlier date is a sentinel, refused rather than believed."""
MOST_TICKETS: Final = 50_000
"""A row for more tickets than any hall holds is refused before it becomes that many rows."""
_SALE_AHEAD: Final = timedelta(days=2)
"""A sale later than the deposit is refused; two days forgive clocks and zones."""
_SHOW_AHEAD: Final = timedelta(days=6 * 366)


def stage_sales(bench: Bench, table: ReadTable) -> None:
    """Create the view `sales_<n>` and the table under it, `sales_<n>_rows`, which later steps change.

    Columns: the cells read, `customer_key`, `performance_key`, the codes of the words, `row_cents` (what the row's
    amount comes to), `net_cents fees_cents taxes_cents` of the row, `apart` (reason to set apart) and `refusal`.
    """
    limits = [bench.received_at + _SALE_AHEAD, bench.received_at + _SHOW_AHEAD]
    void = {name: TYPES[target.kind] for target, name in _VOID.items() if _is_void(table, target)}
    stage(
        bench.db,
        f"sales_{table.file_no}",
        statement=_statement(table),
        parameters=limits,
        without=_STEP_ONLY,
        void=void,
    )


def _is_void(table: ReadTable, target: Target) -> bool:
    """Whether no row tells this; operations of a ledger are added up, so that theirs are kept."""
    return table.grain is not Grain.LEDGER and not table.has(target)


def _statement(table: ReadTable) -> str:
    read = ", ".join(_cells(table))
    keyed = f"SELECT *, {_customer(table)} AS customer_key, {performance_key(table)} AS performance_key FROM read_cells"
    words = ("price_category", "channel", "ticket_status", "product_kind")
    joins = " ".join(code_join(table, word) for word in words)
    codes = ", ".join(f"{code_of(table, word)} AS {word}_code" for word in words)
    return (
        f"WITH read_cells AS (SELECT row_number, {read} FROM {table.relation}), keyed AS ({keyed}), "
        f"coded AS (SELECT keyed.* REPLACE ({order_key(table)} AS order_key), {codes}, {_row_cents(table)} AS "
        f"row_cents FROM keyed {joins}) "
        f"SELECT *, {ticket_money(table)}, {_apart(table)} AS apart, {_refusal(table)} AS refusal FROM coded"
    )


def _cells(table: ReadTable) -> list[str]:
    """`expression AS name` of every cell that the next steps need."""
    cells = [f"{cell(table, target)} AS {name}" for target, name in _READ.items()]
    cells += [f"{moment(table, target)} AS {name}" for target, name in _MOMENTS.items()]
    if names_people(table):
        cells += [f"{cell(table, target)} AS {target.value}" for target in PERSON]
    cells += [f"{cell(table, target)} AS {target.value}" for target in _SHOW if table.has(target)]
    return [*cells, f"{bad_cell(table, (*_READ, *_MOMENTS, Target.ORDERED_TIME, Target.STARTS_TIME))} AS bad_cell"]


def names_people(table: ReadTable) -> bool:
    """Whether the table itself says who bought, beyond a code."""
    return any(table.has(target) for target in PERSON)


def _customer(table: ReadTable) -> str:
    if names_people(table):
        return customer_key(table, order_scoped=table.has(Target.ORDER_KEY))
    return "customer_code"


def _row_cents(table: ReadTable) -> str:
    """The money of the row: its total, else what one ticket costs times the quantity."""
    if table.grain is Grain.TICKET:
        return "coalesce(amount, line_total)"
    return "coalesce(line_total, amount * coalesce(quantity, 1))"


def _apart(table: ReadTable) -> str:
    """Why the row is no ticket: the kind of its line, or a price category which says so; NULL for a ticket."""
    if table.option("apart_when_filled"):
        return f"CASE WHEN product_label IS NOT NULL THEN '{table.option('apart')}' ELSE price_apart END"
    return "CASE WHEN product_kind_code <> 'TICKET' THEN product_kind_code ELSE price_apart END"


def _refusal(table: ReadTable) -> str:
    """The first reason to refuse the row; NULL when it is taken."""
    cases = [
        "WHEN bad_cell IS NOT NULL THEN 'unreadable:' || bad_cell",
        f"WHEN ordered_ts < {EARLIEST} THEN 'too_early:ordered_at' WHEN ordered_ts > ? THEN 'too_late:ordered_at'",
        f"WHEN starts_ts < {EARLIEST} THEN 'too_early:starts_at' WHEN starts_ts > ? THEN 'too_late:starts_at'",
    ]
    if table.has(Target.ORDER_KEY):
        cases.append("WHEN order_key IS NULL THEN 'no_key:order_key'")
    if table.grain is Grain.AGGREGATE:
        cases.append("WHEN performance_key IS NULL THEN 'no_key:performance_key'")
    if table.grain in (Grain.ORDER_LINE, Grain.AGGREGATE):
        cases.append("WHEN quantity IS NULL OR quantity = 0 THEN 'no_quantity:quantity'")
        cases.append(f"WHEN quantity > {MOST_TICKETS} THEN 'too_many:quantity'")
    return f"CASE {' '.join(cases)} END"
