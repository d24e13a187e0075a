"""Who holds an account: a person, a group (school, company, agency), or nobody in particular (counter, reseller).

The name says it first; what the account does says it when the name does not. Only persons count in buyer metrics.
"""

from typing import Final

import duckdb
import pyarrow as pa

from publicc.harmonise.clean.institutions import kind_of_holder
from publicc.kernel.vocabulary import BuyerKind

BATCH: Final = 50_000

COUNTER_ORDERS: Final = 500
"""Orders that no person makes: the account of a counter or of a reseller."""
BUSY_ORDERS: Final = 100
BUSY_SHARE: Final = 0.02
"""With so many orders and so large a share of the organization's tickets, an account is a counter's."""
RESALE_ORDERS: Final = 20
RESALE_SHARE: Final = 0.9
"""An account that buys nearly everything as a reseller."""
GROUP_PARTY: Final = 15
"""Tickets for one performance in one order, at the median: a class, a bus, a company."""
GROUP_SHARE: Final = 0.8
"""An account that buys nearly everything at group prices, ten seats or more at a time."""

_JUDGED: Final = pa.schema([("name", pa.string()), ("kind", pa.string())])


def find_kinds(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `kinds(record_no, kind)` from `customers` and `tickets` of the schema in use."""
    _read_names(connection)
    _watch_accounts(connection)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE kinds AS
        SELECT record_no, CASE
            WHEN coalesce(n.kind, '') = '{BuyerKind.GENERIC}' OR orders >= {COUNTER_ORDERS}
                OR (orders >= {BUSY_ORDERS} AND tickets >= {BUSY_SHARE} * (SELECT count(*) FROM tickets))
                OR (orders >= {RESALE_ORDERS} AND resold >= {RESALE_SHARE} * tickets) THEN '{BuyerKind.GENERIC}'
            WHEN coalesce(n.kind, '') = '{BuyerKind.GROUP}' OR party >= {GROUP_PARTY}
                OR (party >= 10 AND at_group_price >= {GROUP_SHARE} * tickets) THEN '{BuyerKind.GROUP}'
            ELSE '{BuyerKind.INDIVIDUAL}' END AS kind
        FROM customers
        LEFT JOIN _kind_of_name n ON n.name = concat_ws(' ', first_name, last_name, full_name)
        LEFT JOIN _accounts USING (record_no)"""
    )
    connection.execute("DROP TABLE _kind_of_name; DROP TABLE _accounts")


def _read_names(connection: duckdb.DuckDBPyConnection) -> None:
    names = connection.execute(
        """SELECT DISTINCT concat_ws(' ', first_name, last_name, full_name) AS name FROM customers
        WHERE concat_ws(' ', first_name, last_name, full_name) <> ''"""
    ).to_arrow_table()
    others = [
        (name, kind.value)
        for batch in names.to_batches(max_chunksize=BATCH)
        for name in batch.column(0).to_pylist()
        if (kind := kind_of_holder(name)) is not BuyerKind.INDIVIDUAL
    ]
    judged = pa.table({"name": [name for name, _ in others], "kind": [kind for _, kind in others]}, schema=_JUDGED)
    connection.register("_handed_over", judged)
    connection.execute("CREATE OR REPLACE TEMP TABLE _kind_of_name AS SELECT * FROM _handed_over")
    connection.unregister("_handed_over")


def _watch_accounts(connection: duckdb.DuckDBPyConnection) -> None:
    """What each account bought: orders, tickets, tickets of a usual party, tickets resold and at group prices."""
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE _accounts AS
        WITH parties AS (
            SELECT record_no, order_no, perf_no, count(*) AS n,
                count(*) FILTER (WHERE channel = 'RESELLER') AS resold,
                count(*) FILTER (WHERE price_group = 'GROUP') AS at_group_price
            FROM tickets WHERE record_no IS NOT NULL GROUP BY ALL)
        SELECT record_no, count(DISTINCT order_no) AS orders, sum(n) AS tickets, median(n) AS party,
            sum(resold) AS resold, sum(at_group_price) AS at_group_price
        FROM parties GROUP BY record_no"""
    )
