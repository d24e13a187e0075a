"""Who holds an account: a person, a group (school, company, agency), or nobody in particular (counter, reseller).

The name says it first; what the account does says it when the name does not. Only persons count in buyer metrics.
"""

from typing import Final

import duckdb

from publicc.kernel.vocabulary import BuyerKind

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


def find_kinds(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `kinds(record_no, kind)` from `own_named` (what the name says) and `tickets` of the schema in use."""
    _watch_accounts(connection)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE kinds AS
        SELECT record_no, CASE
            WHEN name_kind = '{BuyerKind.GENERIC}' OR orders >= {COUNTER_ORDERS}
                OR (orders >= {BUSY_ORDERS} AND tickets >= {BUSY_SHARE} * (SELECT count(*) FROM tickets))
                OR (orders >= {RESALE_ORDERS} AND resold >= {RESALE_SHARE} * tickets) THEN '{BuyerKind.GENERIC}'
            WHEN name_kind = '{BuyerKind.GROUP}' OR party >= {GROUP_PARTY}
                OR (party >= 10 AND at_group_price >= {GROUP_SHARE} * tickets) THEN '{BuyerKind.GROUP}'
            ELSE '{BuyerKind.INDIVIDUAL}' END AS kind
        FROM own_named LEFT JOIN _accounts USING (record_no)"""
    )
    connection.execute("DROP TABLE _accounts")


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
