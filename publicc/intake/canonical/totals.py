"""Tables above the performance → `new_totals`: weeks, grosses of shows, shows between two dates. Never tickets."""

from typing import Final

from publicc.intake.canonical.bench import Bench, ReadTable
from publicc.intake.canonical.cells import bad_cell, cell
from publicc.intake.canonical.moments import moment
from publicc.intake.grain import Grain
from publicc.intake.mapping.targets import Target
from publicc.intake.schema import TOTAL_COLUMNS

_MONEY: Final = Target.TOTAL_REVENUE
_CHECKED: Final = (
    Target.PERIOD_ON, Target.STARTS_AT, Target.ENDS_AT, Target.TOTAL_REVENUE, Target.TOTAL_TICKETS,
    Target.TOTAL_CAPACITY, Target.TOTAL_PERFORMANCES,
)  # fmt: skip


def build_totals(bench: Bench) -> None:
    """Create `new_totals(source, …, file_no, row_number)` and fill the accounts of its tables.

    Several rows of one key (two dates of an event under one title) are all kept.
    """
    columns = ", ".join(f"{name} {kind}" for name, kind in TOTAL_COLUMNS.items())
    bench.db.execute(f"CREATE TABLE new_totals (source VARCHAR, {columns}, file_no INTEGER, row_number BIGINT)")
    for table in bench.of_grain(Grain.TOTALS, Grain.EVENT):
        name = f"totals_{table.file_no}"
        bench.db.execute(f"CREATE TABLE {name} AS {_read(table)}")
        chosen = ", ".join(TOTAL_COLUMNS)
        bench.db.execute(
            f"INSERT INTO new_totals SELECT ?, {chosen}, {table.file_no}, row_number FROM {name} WHERE refusal IS NULL",
            [table.source],
        )
        _account(bench, table)


def _read(table: ReadTable) -> str:
    start, period = moment(table, Target.STARTS_AT), cell(table, Target.PERIOD_ON)
    kind = (
        "EVENT"
        if table.grain is Grain.EVENT
        else table.option("total_kind") or ("WEEK" if table.has(Target.PERIOD_ON) else "SHOW")
    )
    first = f"CAST(coalesce({start}, {period}) AS DATE)"
    if kind == "WEEK":
        first = f"CAST({period} AS DATE) - 6"
    last = f"CAST(coalesce({cell(table, Target.ENDS_AT)}, {period}) AS DATE)"
    values = {
        "kind": f"'{kind}'", "title": cell(table, Target.SHOW_TITLE), "first_on": first, "last_on": last,
        "performances": cell(table, Target.TOTAL_PERFORMANCES), "tickets": cell(table, Target.TOTAL_TICKETS),
        "revenue_cents": cell(table, _MONEY), "capacity": cell(table, Target.TOTAL_CAPACITY),
        "currency": f"coalesce({cell(table, Target.CURRENCY)}, {_constant(table.option('currency'))})",
        "show_key": cell(table, Target.SHOW_KEY), "room_label": cell(table, Target.ROOM),
        "city": cell(table, Target.PERFORMANCE_CITY), "postal_code": cell(table, Target.PERFORMANCE_POSTAL_CODE),
        "discipline_label": cell(table, Target.DISCIPLINE), "starts_at": start,
        "has_time": f"{start} IS NOT NULL AND {start} <> date_trunc('day', {start})",
        "is_test": cell(table, Target.IS_TEST),
    }  # fmt: skip
    chosen = ", ".join(f"{values[name]} AS {name}" for name in TOTAL_COLUMNS)
    return (
        "SELECT *, CASE WHEN bad_cell IS NOT NULL THEN 'unreadable:' || bad_cell WHEN title IS NULL THEN "
        "'no_key:show_title' END "
        f"AS refusal FROM (SELECT row_number, {chosen}, {bad_cell(table, _CHECKED)} AS bad_cell FROM {table.relation})"
    )


def _constant(code: str) -> str:
    return f"'{code}'" if code.isalpha() else "NULL"


def _account(bench: Bench, table: ReadTable) -> None:
    cents = "coalesce(sum(revenue_cents){}, 0)::BIGINT"
    taken = " FILTER (refusal IS NULL)"
    accepted, refused, amount, accepted_cents = bench.one(
        f"SELECT count(*) FILTER (refusal IS NULL), count(*) FILTER (refusal IS NOT NULL), {cents.format('')}, "
        f"{cents.format(taken)} FROM totals_{table.file_no}"
    )
    bench.count(
        table.file_no, accepted=accepted, refused=refused, amount=amount, accepted_cents=accepted_cents,
        refused_cents=amount - accepted_cents,
    )  # fmt: skip
