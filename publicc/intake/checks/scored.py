"""The scored checks as SQL: which rows are tested, which pass (docs/reference/quality.en.md)."""

from collections.abc import Iterator
from datetime import date
from typing import Final

import duckdb
import pyarrow as pa

from publicc.directory.disciplines import discipline_of
from publicc.intake.checks.contacts import EMAIL_COURTESY, EMAIL_WELL_FORMED, IS_CANADIAN, POSTAL_CODE_VALID
from publicc.intake.checks.rows import Measured, RowCheck, measure
from publicc.kernel.vocabulary import Discipline

OVER_CAPACITY: Final = 1.02
_VALID: Final = "ticket_status = 'VALID'"
_FILLED: Final = "coalesce(trim({0}), '') <> ''"

CUSTOMERS: Final = (
    RowCheck("filled_postal_code", "TRUE", _FILLED.format("postal_code")),
    RowCheck("valid_postal_code", f"{_FILLED.format('postal_code')} AND {IS_CANADIAN}", POSTAL_CODE_VALID),
    RowCheck("valid_email", _FILLED.format("email"), f"{EMAIL_WELL_FORMED} AND NOT {EMAIL_COURTESY}"),
    RowCheck("valid_phone", _FILLED.format("phone"), "phone_valid"),
)
TICKETS: Final = (
    RowCheck("filled_order_time", "TRUE", "ordered_at IS NOT NULL"),
    RowCheck("filled_price", _VALID, "net_cents IS NOT NULL"),
    RowCheck("filled_channel", "TRUE", _FILLED.format("channel_label")),
    RowCheck("filled_buyer", _VALID, "customer_key IS NOT NULL"),
    RowCheck("order_has_performance", _VALID, "performance_held"),
    RowCheck("order_has_client", "customer_key IS NOT NULL", "customer_held"),
    RowCheck(
        "order_not_after_performance", "ordered_on IS NOT NULL AND starts_on IS NOT NULL", "ordered_on <= starts_on"
    ),
    RowCheck("order_not_before_sale", "ordered_on IS NOT NULL AND on_sale_on IS NOT NULL", "ordered_on >= on_sale_on"),
    RowCheck("price_not_negative", "net_cents IS NOT NULL", "net_cents >= 0"),
    RowCheck("price_group_mapped", _FILLED.format("price_category"), "price_group <> 'UNMAPPED'"),
    RowCheck("plausible_price", f"{_VALID} AND net_cents IS NOT NULL", "net_cents BETWEEN 0 AND 100000"),
    RowCheck(
        "no_orphan",
        "performance_key IS NOT NULL OR customer_key IS NOT NULL",
        "(performance_key IS NULL OR performance_held) AND (customer_key IS NULL OR customer_held)",
    ),
)
PERFORMANCES: Final = (
    RowCheck("filled_capacity", "TRUE", "capacity > 0"),
    RowCheck("filled_discipline", "TRUE", _FILLED.format("coalesce(discipline_label, genre_label)")),
    RowCheck("genre_mapped", _FILLED.format("coalesce(discipline_label, genre_label)"), "discipline_known"),
    RowCheck(
        "admissions_within_capacity",
        "capacity > 0 AND admissions > 0 AND status <> 'CANCELLED'",
        f"admissions <= {OVER_CAPACITY} * capacity",
    ),
    RowCheck("start_hour_not_default", "starts_at IS NOT NULL AND has_time", "starts_at::TIME <> TIME '00:00'"),
)

_TICKETS_VIEW: Final = """
CREATE OR REPLACE TEMP VIEW judged_tickets AS
SELECT t.*, p.starts_on, p.on_sale_on, p.performance_key IS NOT NULL AS performance_held,
       p.status AS performance_status,
       c.customer_key IS NOT NULL AS customer_held
FROM current_tickets t
LEFT JOIN (
    SELECT source, performance_key, any_value(starts_on) AS starts_on, any_value(status) AS status,
           least(any_value(presale_on), any_value(general_sale_on)) AS on_sale_on
    FROM current_performances GROUP BY ALL
) p ON p.source = t.source AND p.performance_key = t.performance_key
LEFT JOIN (SELECT DISTINCT source, customer_key FROM current_customers) c
    ON c.source = t.source AND c.customer_key = t.customer_key
"""
_PERFORMANCES_VIEW: Final = f"""
CREATE OR REPLACE TEMP VIEW judged_performances AS
SELECT p.*, coalesce(a.admissions, 0) AS admissions, d.label IS NOT NULL AS discipline_known
FROM current_performances p
LEFT JOIN (
    SELECT source, performance_key, count(*) FILTER ({_VALID}) AS admissions FROM current_tickets GROUP BY ALL
) a ON a.source = p.source AND a.performance_key = p.performance_key
LEFT JOIN known_disciplines d ON d.label = coalesce(p.discipline_label, p.genre_label)
"""
_GAPS: Final = """
WITH months AS (
    SELECT source, date_trunc('month', starts_on) AS month, bool_or(admissions > 0) AS sold
    FROM judged_performances
    WHERE starts_on <= $as_of AND coalesce(status, 'SCHEDULED') NOT IN ('CANCELLED', 'POSTPONED') GROUP BY ALL
)
SELECT month::DATE, sold FROM months WHERE source IN (SELECT source FROM current_tickets) ORDER BY month, source
"""
_TOTALS: Final = f"""
WITH orders AS (
    SELECT source, order_key, any_value(total_cents) AS total, any_value(deposit_id) AS deposit_id,
           any_value(file_no) AS file_no,
           min(row_number) AS row_number, any_value(coalesce(fees_cents, 0)) AS fees
    FROM current_orders WHERE total_cents IS NOT NULL GROUP BY ALL
), sums AS (
    SELECT source, order_key, sum(net_cents + coalesce(taxes_cents, 0)) AS net, sum(coalesce(fees_cents, 0)) AS fees
    FROM current_tickets WHERE {_VALID} GROUP BY ALL
)
SELECT deposit_id, file_no, row_number,
       abs(total - net) <= 1 OR abs(total - net - sums.fees) <= 1 OR abs(total - net - orders.fees) <= 1 AS agrees
FROM orders JOIN sums USING (source, order_key)
"""


def judge_rows(vault: duckdb.DuckDBPyConnection) -> None:
    """Create the views that the checks read: tickets and performances beside what they refer to."""
    labels = vault.execute(
        "SELECT DISTINCT coalesce(discipline_label, genre_label) AS label FROM current_performances "
        "WHERE label <> '' ORDER BY 1"
    ).fetchall()
    known = [label for (label,) in labels if discipline_of(label) is not Discipline.UNKNOWN]
    vault.register("known_given", pa.table({"label": pa.array(known, pa.string())}))
    try:
        vault.execute("CREATE OR REPLACE TEMP TABLE known_disciplines AS SELECT * FROM known_given")
    finally:
        vault.unregister("known_given")
    vault.execute(_TICKETS_VIEW)
    vault.execute(_PERFORMANCES_VIEW)


def row_scores(vault: duckdb.DuckDBPyConnection) -> Iterator[Measured]:
    """The checks of single rows, one scan for each of the three tables."""
    yield from measure(vault, "judged_customers", CUSTOMERS)
    yield from measure(vault, "judged_tickets", TICKETS)
    yield from measure(vault, "judged_performances", PERFORMANCES)


def key_scores(vault: duckdb.DuckDBPyConnection) -> Iterator[Measured]:
    """Ticket numbers that repeat; order totals that differ from the sum of their tickets."""
    numbered = RowCheck("unique_ticket_key", "ticket_key IS NOT NULL", "NOT repeated")
    repeated = (
        "(SELECT *, ticket_key IN (SELECT ticket_key FROM current_tickets WHERE ticket_key IS NOT NULL "
        "GROUP BY source, ticket_key HAVING count(*) > 1) AS repeated FROM current_tickets)"
    )
    yield from measure(vault, repeated, [numbered])
    yield from measure(vault, f"({_TOTALS})", [RowCheck("totals_match", "TRUE", "agrees")])


def months_without_sales(vault: duckdb.DuckDBPyConnection, as_of: date) -> tuple[int, list[date]]:
    """Months that had performances, and those among them without any sale."""
    months = vault.execute(_GAPS, {"as_of": as_of}).fetchall()
    return len(months), [month for month, sold in months if not sold]
