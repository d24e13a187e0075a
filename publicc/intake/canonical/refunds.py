"""Negative amounts in a table of tickets: each refunds a sale of its order, wholly or in part, or is refused."""

from publicc.intake.canonical.bench import Bench, ReadTable
from publicc.intake.grain import Grain

_TAKEN = "refusal IS NULL AND apart IS NULL"


def match_refunds(bench: Bench, table: ReadTable) -> None:
    """Match the negative rows of `sales_<n>` to their sales.

    The same order, performance and amount: the sale becomes REFUNDED. A smaller amount: a partial refund, off the
    dearest ticket. Nothing to refund: the row is refused (`negative_alone`), since no ticket costs less than nothing.
    Matched negative rows are set apart as REFUND.
    """
    name = f"sales_{table.file_no}"
    if table.grain is Grain.AGGREGATE:
        bench.db.execute(
            f"UPDATE {name}_rows SET refusal = 'negative_alone:amount' "
            f"WHERE (row_cents < 0 OR quantity < 0) AND {_TAKEN}"
        )
        return
    if bench.one(f"SELECT count(*) FROM {name} WHERE (row_cents < 0 OR quantity < 0) AND {_TAKEN}") == (0,):
        return
    _whole(bench, name)
    _partial(bench, name)
    bench.db.execute(
        f"UPDATE {name}_rows SET refusal = 'negative_alone:amount' WHERE (row_cents < 0 OR quantity < 0) AND {_TAKEN}"
    )


def _whole(bench: Bench, name: str) -> None:
    same = "order_key, performance_key, abs(row_cents)"
    ranked = f"row_number() OVER (PARTITION BY {same}, row_cents < 0 ORDER BY row_number) AS nth"
    bench.db.execute(
        f"""CREATE TABLE {name}_refunds AS
        WITH ranked AS (SELECT row_number, order_key, performance_key, row_cents, {ranked} FROM {name}
                        WHERE {_TAKEN} AND row_cents <> 0 AND ticket_status_code = 'VALID' AND order_key IS NOT NULL)
        SELECT sale.row_number AS sale_row, refund.row_number AS refund_row
        FROM ranked AS sale JOIN ranked AS refund
          ON sale.order_key = refund.order_key AND sale.performance_key IS NOT DISTINCT FROM refund.performance_key
         AND sale.row_cents = -refund.row_cents AND sale.nth = refund.nth AND refund.row_cents < 0"""
    )
    bench.db.execute(
        f"UPDATE {name}_rows SET ticket_status_code = 'REFUNDED' "
        f"WHERE row_number IN (SELECT sale_row FROM {name}_refunds)"
    )
    bench.db.execute(
        f"UPDATE {name}_rows SET apart = 'REFUND' WHERE row_number IN (SELECT refund_row FROM {name}_refunds)"
    )


def _partial(bench: Bench, name: str) -> None:
    """A refund smaller than a valid ticket of its order (and performance): off the dearest one."""
    bench.db.execute(
        f"""CREATE TABLE {name}_partial AS
        WITH refunds AS (SELECT order_key, performance_key, -sum(row_cents) AS cents, list(row_number) AS refund_rows
                         FROM {name} WHERE {_TAKEN} AND row_cents < 0 AND order_key IS NOT NULL GROUP BY ALL),
             sales AS (SELECT order_key, performance_key, max(row_cents) AS cents,
                              arg_max(row_number, row_cents) AS sale_row
                       FROM {name} WHERE {_TAKEN} AND row_cents > 0 AND ticket_status_code = 'VALID' GROUP BY ALL)
        SELECT sale_row, refunds.cents AS cents, refund_rows FROM refunds JOIN sales
          ON sales.order_key = refunds.order_key AND sales.performance_key IS NOT DISTINCT FROM refunds.performance_key
         AND refunds.cents < sales.cents"""
    )
    bench.db.execute(
        f"UPDATE {name}_rows SET net_cents = net_cents - p.cents FROM {name}_partial AS p "
        f"WHERE {name}_rows.row_number = p.sale_row"
    )
    bench.db.execute(
        f"UPDATE {name}_rows SET apart = 'REFUND' WHERE row_number IN (SELECT unnest(refund_rows) FROM {name}_partial)"
    )
