"""Operations (sale, return, move) of one ticket add up: what is left is the ticket, at its latest state."""

from publicc.intake.canonical.bench import Bench, ReadTable
from publicc.intake.mapping.targets import Target


def net_operations(bench: Bench, table: ReadTable) -> None:
    """Replace the rows of `sales_<n>` by themselves with one row kept a ticket; its other operations carry quantity 0.

    The row kept is the last one that added; it takes the sum of quantities and of money. A ticket whose operations
    come to nothing stays, cancelled, at its own price. Every row stays in the account.
    """
    name = f"sales_{table.file_no}_rows"
    ticket = "order_key, position" if table.has(Target.POSITION) else "order_key, performance_key, price_category"
    taken = "refusal IS NULL AND apart IS NULL"
    bench.db.execute(f"ALTER TABLE {name} RENAME TO {name}_operations")
    bench.db.execute(
        f"""CREATE TABLE {name} AS
        WITH summed AS (
            SELECT *, CAST(sum(quantity) OVER ticket AS BIGINT) AS left_over,
                   CAST(sum(net_cents) OVER ticket AS BIGINT) AS net_left,
                   CAST(sum(taxes_cents) OVER ticket AS BIGINT) AS taxes_left,
                   row_number() OVER (PARTITION BY {ticket} ORDER BY quantity > 0 DESC, row_number DESC) AS place
            FROM {name}_operations WHERE {taken} WINDOW ticket AS (PARTITION BY {ticket}))
        SELECT * EXCLUDE (left_over, net_left, taxes_left, place) REPLACE (
            CASE WHEN place > 1 THEN 0 WHEN left_over > 0 THEN left_over ELSE greatest(quantity, 0) END AS quantity,
            CASE WHEN left_over > 0 THEN net_left ELSE net_cents END AS net_cents,
            CASE WHEN left_over > 0 THEN taxes_left ELSE taxes_cents END AS taxes_cents,
            CASE WHEN left_over > 0 THEN ticket_status_code ELSE 'CANCELLED' END AS ticket_status_code)
        FROM summed
        UNION ALL BY NAME SELECT * FROM {name}_operations WHERE NOT ({taken})"""
    )
    bench.db.execute(f"DROP TABLE {name}_operations")
