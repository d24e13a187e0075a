"""True rows that are no tickets → `new_set_apart`: donations, fees, gift cards, merchandise."""

from publicc.intake.canonical.bench import Bench, ReadTable
from publicc.intake.canonical.cells import bad_cell, cell
from publicc.intake.canonical.moments import moment
from publicc.intake.grain import SALES_GRAINS, Grain
from publicc.intake.mapping.targets import Target
from publicc.intake.schema import APART_COLUMNS


def build_apart(bench: Bench) -> None:
    """Create `new_set_apart(source, …, file_no, row_number)`: whole tables of such rows, and those found among sales.

    Controls (rows another table already counted) and refunds matched to their sale are in the accounts only: kept as
    rows, the same money would be added up twice.
    """
    columns = ", ".join(f"{name} {kind}" for name, kind in APART_COLUMNS.items())
    bench.db.execute(f"CREATE TABLE new_set_apart (source VARCHAR, {columns}, file_no INTEGER, row_number BIGINT)")
    for table in bench.of_grain(Grain.APART):
        bench.db.execute(f"CREATE TABLE apart_{table.file_no} AS {_read(table)}")
        _drop_copies(bench, table)
        bench.db.execute(
            "INSERT INTO new_set_apart SELECT ?, ?, order_key, sold_at, label, quantity, cents, currency, "
            f"{table.file_no}, row_number "
            f"FROM apart_{table.file_no} WHERE refusal IS NULL AND NOT is_copy",
            [table.source, table.option("apart", "OTHER")],
        )
        _account(bench, table)
    for table in bench.of_grain(*SALES_GRAINS):
        _from_sales(bench, table)
    _fees_of_orders(bench)


def _read(table: ReadTable) -> str:
    checked = (Target.ORDERED_AT, Target.LINE_TOTAL, Target.AMOUNT, Target.QUANTITY)
    currency = table.option("currency")
    constant = f"'{currency}'" if currency.isalpha() else "NULL"
    return (
        f"SELECT row_number, {cell(table, Target.ORDER_KEY)} AS order_key, {moment(table, Target.ORDERED_AT)} AS "
        "sold_at, "
        f"{cell(table, Target.PRODUCT_NAME)} AS label, coalesce({cell(table, Target.QUANTITY)}, 1) AS quantity, "
        f"coalesce({cell(table, Target.LINE_TOTAL)}, {cell(table, Target.AMOUNT)}) AS cents, "
        f"coalesce({cell(table, Target.CURRENCY)}, {constant}) AS currency, "
        f"'unreadable:' || {bad_cell(table, checked)} AS refusal, FALSE AS is_copy FROM {table.relation}"
    )


def _drop_copies(bench: Bench, table: ReadTable) -> None:
    """A second table with exactly the same rows (another dialect) is a copy; equal rows of one table are units."""
    content = "sum(hash(order_key, sold_at, label, quantity, cents)), count(*)"
    mine = bench.one(f"SELECT {content} FROM apart_{table.file_no} WHERE refusal IS NULL")
    for other in bench.of_grain(Grain.APART):
        if other.file_no == table.file_no:
            return
        if (
            other.source == table.source
            and bench.one(f"SELECT {content} FROM apart_{other.file_no} WHERE refusal IS NULL") == mine
        ):
            bench.db.execute(f"UPDATE apart_{table.file_no} SET is_copy = TRUE")
            return


def _fees_of_orders(bench: Bench) -> None:
    """Fees that only the table of orders tells: one row an order, unless a table of fees told that order's."""
    bench.db.execute(
        "INSERT INTO new_set_apart SELECT source, 'FEE', order_key, ordered_at, NULL, 1, fees_cents, currency, "
        "file_no, row_number FROM new_orders AS o WHERE fees_cents <> 0 AND NOT EXISTS (FROM new_set_apart AS held "
        "WHERE held.source = o.source AND held.reason = 'FEE' AND held.order_key = o.order_key)"
    )


def _from_sales(bench: Bench, table: ReadTable) -> None:
    order = "order_key" if table.has(Target.ORDER_KEY) else "NULL::VARCHAR"
    bench.db.execute(
        f"INSERT INTO new_set_apart SELECT ?, apart, {order}, ordered_ts, price_category, coalesce(quantity, 1), "
        "row_cents, "
        f"coalesce(currency, ?), {table.file_no}, row_number FROM sales_{table.file_no} "
        "WHERE refusal IS NULL AND apart IS NOT NULL AND apart NOT IN ('CONTROL', 'REFUND') "
        "AND NOT EXISTS (FROM new_set_apart AS held WHERE held.source = ? AND held.reason = apart AND held.order_key "
        "= order_key "
        f"AND held.file_no <> {table.file_no})",
        [table.source, table.option("currency") or None, table.source],
    )


def _account(bench: Bench, table: ReadTable) -> None:
    set_apart, refused, amount, refused_cents = bench.one(
        "SELECT count(*) FILTER (refusal IS NULL), count(*) FILTER (refusal IS NOT NULL), coalesce(sum(cents), "
        "0)::BIGINT, "
        f"coalesce(sum(cents) FILTER (refusal IS NOT NULL), 0)::BIGINT FROM apart_{table.file_no}"
    )
    bench.count(
        table.file_no, set_apart=set_apart, refused=refused, amount=amount, set_apart_cents=amount - refused_cents,
        refused_cents=refused_cents,
    )  # fmt: skip
