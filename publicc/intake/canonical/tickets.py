"""`sales_<n>` of every table → `new_tickets`, one row a ticket. The finest table is counted, others complete it."""

from collections.abc import Sequence
from typing import Final

from publicc.intake.canonical.bench import Bench, ReadTable
from publicc.intake.canonical.ledger import net_operations
from publicc.intake.canonical.moments import only_dates
from publicc.intake.canonical.money import share
from publicc.intake.canonical.refunds import match_refunds
from publicc.intake.canonical.sales import stage_sales
from publicc.intake.grain import SALES_GRAINS, Grain
from publicc.intake.mapping.targets import Target
from publicc.intake.schema import TICKET_COLUMNS

_EXPANDED: Final = frozenset({Grain.ORDER_LINE, Grain.AGGREGATE, Grain.LEDGER})


def build_tickets(bench: Bench) -> None:
    """Create `new_tickets(nth_ticket, source, …, file_no, row_number)` from the tables of sales; fill their accounts.

    A copy of a table, or a coarser table of the same sales, adds nothing: an order's tickets for one performance come
    from one table only. Rows so left out are set apart as controls, and said. `nth_ticket` numbers the tickets of
    the deposit in the order of its files, with gaps. It is a view of what was read: `staging.own_rows` before changing
    it.
    """
    bench.db.execute("CREATE TABLE ticket_sources (file_no INTEGER, source VARCHAR, currency VARCHAR)")
    taken: list[ReadTable] = []
    for table in bench.of_grain(*SALES_GRAINS):
        stage_sales(bench, table)
        if table.grain is Grain.LEDGER:
            net_operations(bench, table)
        else:
            match_refunds(bench, table)
        _same_number(bench, table)
        _already_held(bench, table, any(other.source == table.source for other in taken))
        _number(bench, table, taken)
        _account(bench, table)
        taken.append(table)
        _together(bench, taken)
    if not taken:
        named = {"nth_ticket": "BIGINT", "source": "VARCHAR", **TICKET_COLUMNS, "file_no": "INTEGER"}
        columns = ", ".join(f"{name} {kind}" for name, kind in named.items())
        bench.db.execute(f"CREATE TABLE new_tickets ({columns}, row_number BIGINT)")


def _number(bench: Bench, table: ReadTable, before: Sequence[ReadTable]) -> None:
    """Create `tickets_<n>`, whose numbers follow those of the tables before."""
    last = bench.one(f"SELECT coalesce(max(nth_ticket), 0) FROM tickets_{before[-1].file_no}")[0] if before else 0
    bench.db.execute("INSERT INTO ticket_sources VALUES (?, ?, ?)", [table.file_no, table.source, _currency(table)])
    kind = "TABLE" if table.grain in _EXPANDED else "VIEW"
    bench.db.execute(f"CREATE {kind} tickets_{table.file_no} AS {_tickets_of(bench, table, last)}")


def _together(bench: Bench, tables: Sequence[ReadTable]) -> None:
    every = " UNION ALL ".join(f"FROM tickets_{table.file_no}" for table in tables)
    bench.db.execute(f"CREATE OR REPLACE VIEW new_tickets AS {every}")


def _same_number(bench: Bench, table: ReadTable) -> None:
    """Mark as CONTROL a row that repeats a ticket: same number, order, performance, amount and status, once more."""
    if table.grain is not Grain.TICKET or not table.has(Target.TICKET_KEY):
        return
    name, taken = f"sales_{table.file_no}", "refusal IS NULL AND apart IS NULL AND ticket_key IS NOT NULL"
    if bench.one(f"SELECT count(*) - count(DISTINCT ticket_key) FROM {name} WHERE {taken}") != (0,):
        bench.db.execute(
            f"UPDATE {name}_rows SET apart = 'CONTROL' WHERE row_number IN (SELECT row_number FROM {name} "
            f"WHERE {taken} QUALIFY row_number() OVER (PARTITION BY ticket_key, order_key, performance_key, row_cents, "
            "ticket_status_code ORDER BY row_number) > 1)"
        )


def _already_held(bench: Bench, table: ReadTable, compare: bool) -> None:  # noqa: FBT001
    """Mark as CONTROL the rows whose order and performance a finer table of the same source already gave."""
    if not compare:
        return
    keys = {
        Grain.AGGREGATE: "performance_key",
        Grain.LEDGER: "order_key",
    }.get(table.grain, "order_key, performance_key")
    names = keys.split(", ")
    same = " AND ".join(f"t.{name} IS NOT DISTINCT FROM s.{name}" for name in names)
    bench.db.execute(
        f"UPDATE sales_{table.file_no}_rows AS s SET apart = 'CONTROL' WHERE refusal IS NULL AND apart IS NULL "
        f"AND EXISTS (FROM (SELECT DISTINCT {keys} FROM new_tickets WHERE source = ?) AS t WHERE {same})",
        [table.source],
    )


def _tickets_of(bench: Bench, table: ReadTable, last: int) -> str:
    expanded = table.grain in _EXPANDED
    net, fees, taxes = (share(name) if expanded else name for name in ("s.net_cents", "s.fees_cents", "s.taxes_cents"))
    at = "NULL::TIMESTAMP" if only_dates(bench, table, Target.ORDERED_AT) else "s.ordered_ts"
    rows, number = f"sales_{table.file_no} AS s", "s.row_number"
    if expanded:
        number = "row_number() OVER ()"
        taken = "WHERE apart IS NULL AND refusal IS NULL"
        rows = f"(SELECT *, unnest(range(quantity)) AS nth FROM sales_{table.file_no} {taken}) AS s"
    cancelled = "(s.cancelled_ts IS NOT NULL OR s.is_cancelled) AND s.ticket_status_code = 'VALID'"
    status = f"CASE WHEN {cancelled} THEN 'CANCELLED' ELSE s.ticket_status_code END"
    values = {
        "order_key": "s.order_key", "position": "s.position", "ticket_key": "s.ticket_key",
        "customer_key": "s.customer_key",
        "performance_key": "s.performance_key", "ordered_at": at, "ordered_on": "CAST(s.ordered_ts AS DATE)",
        "net_cents": net, "face_cents": "s.face_price", "fees_cents": fees, "taxes_cents": taxes,
        "currency": "coalesce(s.currency, t.currency)", "price_category": "s.price_category",
        "price_group": "s.price_group", "price_zone": "s.price_zone", "channel_label": "s.channel_label",
        "channel": "s.channel_code",
        "ticket_status": status, "status_label": "s.status_label", "cancelled_on": "CAST(s.cancelled_ts AS DATE)",
        "is_scanned": "s.is_scanned",
    }  # fmt: skip
    chosen = ", ".join(f"{values[name]} AS {name}" for name in TICKET_COLUMNS)
    return (
        f"SELECT {last} + {number} AS nth_ticket, t.source, {chosen}, t.file_no, s.row_number FROM {rows}, "
        f"(FROM ticket_sources WHERE file_no = {table.file_no}) AS t WHERE s.apart IS NULL AND s.refusal IS NULL"
    )


def _currency(table: ReadTable) -> str | None:
    return table.option("currency") or None


def _account(bench: Bench, table: ReadTable) -> None:
    counted = bench.one(
        "SELECT count(*) FILTER (refusal IS NULL AND apart IS NULL), count(*) FILTER (refusal IS NULL AND apart IS "
        "NOT NULL), "
        "count(*) FILTER (refusal IS NOT NULL), coalesce(sum(row_cents), 0)::BIGINT, "
        "coalesce(sum(row_cents) FILTER (refusal IS NULL AND apart IS NULL), 0)::BIGINT, "
        "coalesce(sum(row_cents) FILTER (refusal IS NULL AND apart IS NOT NULL), 0)::BIGINT, "
        "coalesce(sum(row_cents) FILTER (refusal IS NOT NULL), 0)::BIGINT "
        f"FROM sales_{table.file_no}"
    )
    names = ("accepted", "set_apart", "refused", "amount", "accepted_cents", "set_apart_cents", "refused_cents")
    bench.count(table.file_no, **dict(zip(names, counted, strict=True)))
