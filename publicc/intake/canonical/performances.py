"""Performances of every table → `new_performances`, one row a key: event tables first, then what the sales say."""

from datetime import timedelta
from typing import Final

from publicc.intake.canonical.bench import Bench, ReadTable
from publicc.intake.canonical.cells import bad_cell, cell
from publicc.intake.canonical.keys import performance_key
from publicc.intake.canonical.moments import moment, only_dates
from publicc.intake.canonical.sales import EARLIEST
from publicc.intake.canonical.staging import own_rows
from publicc.intake.canonical.titles import marks_sql
from publicc.intake.canonical.vocabulary import code_join, code_of, default_type
from publicc.intake.grain import SALES_GRAINS, Grain
from publicc.intake.mapping.targets import Target
from publicc.intake.schema import PERFORMANCE_COLUMNS

_FIELDS: Final = tuple(name for name in PERFORMANCE_COLUMNS if name not in ("performance_key", "suggestion"))
_DAYS: Final = (
    Target.PRESALE_ON, Target.GENERAL_SALE_ON, Target.SOLDOUT_SINCE, Target.PREVIOUS_STARTS_ON, Target.RESCHEDULED_ON,
)  # fmt: skip
_PLAIN: Final = {
    Target.PERFORMANCE_KEY: "performance_code",
    Target.SHOW_KEY: "show_key",
    Target.SHOW_TITLE: "show_title",
    Target.ROOM: "room_label",
    Target.CAPACITY: "capacity",
    Target.DISCIPLINE: "discipline_label",
    Target.GENRE: "genre_label",
    Target.PERFORMANCE_STATUS: "status_label",
    Target.EVENT_TYPE: "event_type_label",
    Target.DEAL_TYPE: "deal_type_label",
    Target.IS_FREE: "is_free",
    Target.IS_EXTRA: "is_extra",
    Target.IS_CANCELLED: "is_cancelled",
    Target.IS_TEST: "is_test",
    Target.PERFORMANCE_CITY: "city",
    Target.PERFORMANCE_POSTAL_CODE: "postal_code",
    Target.SHOW_LANGUAGE: "language",
}
PERFORMANCE_FIELDS: Final = {
    Target.SHOW_KEY: ("show_key",),
    Target.SHOW_TITLE: ("title", "suggestion"),
    Target.ROOM: ("room_label",),
    Target.STARTS_AT: ("starts_at", "starts_on", "has_time"),
    Target.CAPACITY: ("capacity",),
    Target.DISCIPLINE: ("discipline_label",),
    Target.GENRE: ("genre_label",),
    Target.PERFORMANCE_STATUS: ("status", "status_label"),
    Target.IS_CANCELLED: ("status",),
    Target.EVENT_TYPE: ("event_type",),
    Target.DEAL_TYPE: ("deal_type",),
    Target.IS_FREE: ("is_free",),
    Target.IS_EXTRA: ("is_extra",),
    Target.IS_TEST: ("is_test",),
    Target.PERFORMANCE_CITY: ("city",),
    Target.PERFORMANCE_POSTAL_CODE: ("postal_code",),
    Target.SHOW_LANGUAGE: ("language",),
    **{target: (target.value,) for target in _DAYS},
}
"""Meaning → the columns of `performances` it fills."""

_SAID: Final = (Target.SHOW_TITLE, Target.STARTS_AT, Target.ROOM, Target.SHOW_KEY)
"""A table of sales with none of these only points to performances; it does not describe them."""
SHOW_AHEAD: Final = timedelta(days=6 * 366)


def build_performances(bench: Bench) -> None:
    """Create `new_performances(source, performance_key, …)` and fill the accounts of event tables."""
    columns = ", ".join(f"{name} {kind}" for name, kind in PERFORMANCE_COLUMNS.items())
    bench.db.execute(f"CREATE TABLE new_performances (source VARCHAR, {columns}, file_no INTEGER, row_number BIGINT)")
    for table in bench.of_grain(Grain.PERFORMANCE):
        bench.db.execute(
            f"CREATE TABLE performances_{table.file_no} AS {_read(bench, table)}", [bench.received_at + SHOW_AHEAD]
        )
        _account(bench, table)
        _merge(bench, table, f"performances_{table.file_no}", "refusal IS NULL")
    for table in bench.of_grain(*SALES_GRAINS):
        if not any(table.has(target) for target in _SAID):
            continue
        _merge(bench, table, f"({_said_by_sales(bench, table)})", "TRUE")
    _complete_by_show(bench)
    _void_tests(bench)
    bench.db.execute(f"UPDATE new_performances SET suggestion = {marks_sql('title')}")


def _read(bench: Bench, table: ReadTable) -> str:
    plain = ", ".join(f"{cell(table, target)} AS {name}" for target, name in _PLAIN.items())
    days = ", ".join(f"CAST({cell(table, target)} AS DATE) AS {target.value}" for target in _DAYS)
    checked = (Target.STARTS_AT, Target.STARTS_TIME, Target.CAPACITY, *_DAYS)
    bad = bad_cell(table, checked)
    read = (
        f"SELECT row_number, {plain}, {days}, {moment(table, Target.STARTS_AT)} AS starts_ts, "
        f"{bad} AS bad_cell FROM {table.relation}"
    )
    words = ("performance_status", "event_type", "deal_type")
    joins = " ".join(code_join(table, word) for word in words)
    dates_only = only_dates(bench, table, Target.STARTS_AT)
    return (
        f"SELECT keyed.*, show_title AS title, {'NULL::TIMESTAMP' if dates_only else 'starts_ts'} AS starts_at, "
        f"CAST(starts_ts AS DATE) AS starts_on, {'FALSE' if dates_only else 'starts_ts IS NOT NULL'} AS has_time, "
        f"CASE WHEN is_cancelled THEN 'CANCELLED' ELSE {code_of(table, 'performance_status')} END AS status, "
        f"{_event_type(table)} AS event_type, {code_of(table, 'deal_type')} AS deal_type, "
        "CASE WHEN bad_cell IS NOT NULL THEN 'unreadable:' || bad_cell WHEN performance_key IS NULL THEN "
        "'no_key:performance_key' "
        f"WHEN starts_ts < {EARLIEST} THEN 'too_early:starts_at' WHEN starts_ts > ? THEN 'too_late:starts_at' END AS "
        "refusal "
        f"FROM (SELECT *, {performance_key(table)} AS performance_key FROM ({read})) AS keyed {joins}"
    )


def _event_type(table: ReadTable) -> str:
    """The type, when said; a test event is no performing art, so that it counts nowhere and is still there to see."""
    return f"CASE WHEN is_test THEN 'OTHER' ELSE {code_of(table, 'event_type')} END"


def _said_by_sales(bench: Bench, table: ReadTable) -> str:
    """What the rows of sales say of their performances, from the first row of each."""
    dates_only = only_dates(bench, table, Target.STARTS_AT)
    given = {
        "title": "show_title", "show_key": "show_key", "starts_on": "CAST(starts_ts AS DATE)",
        "starts_at": "NULL::TIMESTAMP" if dates_only else "starts_ts",
        "has_time": "FALSE" if dates_only else "starts_ts IS NOT NULL",
        "room_label": "room" if table.has(Target.ROOM) else "NULL::VARCHAR",
        "capacity": "capacity" if table.has(Target.CAPACITY) else "NULL::BIGINT",
        "discipline_label": "discipline" if table.has(Target.DISCIPLINE) else "NULL::VARCHAR",
        "genre_label": "genre" if table.has(Target.GENRE) else "NULL::VARCHAR",
        "status": "'SCHEDULED'", "event_type": f"'{default_type(table)}'", "deal_type": "'UNKNOWN'",
    }  # fmt: skip
    names = ("row_number", *_FIELDS)
    kinds = {**PERFORMANCE_COLUMNS, "row_number": "BIGINT"}
    firsts = ", ".join(
        f"min({name}) AS {name}" if name == "row_number"
        else f"arg_min({given[name]}, row_number) AS {name}" if name in given
        else f"NULL::{kinds[name]} AS {name}"
        for name in names
    )  # fmt: skip
    return (
        f"SELECT performance_key, {firsts} FROM sales_{table.file_no} "
        "WHERE refusal IS NULL AND apart IS NULL AND performance_key IS NOT NULL GROUP BY performance_key"
    )


def _merge(bench: Bench, table: ReadTable, rows: str, taken: str) -> None:
    """Add the performances of one table; those known only get what they lacked. A repeated key: its last row."""
    completed = ", ".join(f"coalesce(c.{name}, p.{name}) AS {name}" for name in _FIELDS)
    bench.db.execute(
        f"CREATE TABLE merged_performances AS SELECT coalesce(c.source, p.source) AS source, "
        f"coalesce(c.performance_key, p.performance_key) AS performance_key, {completed}, NULL::VARCHAR AS suggestion, "
        "coalesce(c.file_no, p.file_no) AS file_no, CASE WHEN c.source IS NULL THEN p.row_number ELSE c.row_number "
        "END AS row_number "
        f"FROM new_performances AS c FULL JOIN (SELECT ? AS source, {table.file_no} AS file_no, * FROM {rows} WHERE "
        f"{taken} "
        "QUALIFY row_number() OVER (PARTITION BY performance_key ORDER BY row_number DESC) = 1) AS p "
        "ON p.source = c.source AND p.performance_key = c.performance_key",
        [table.source],
    )
    bench.db.execute("DROP TABLE new_performances")
    names = ", ".join(("source", *PERFORMANCE_COLUMNS, "file_no", "row_number"))
    bench.db.execute(f"CREATE TABLE new_performances AS SELECT {names} FROM merged_performances")
    bench.db.execute("DROP TABLE merged_performances")


def _complete_by_show(bench: Bench) -> None:
    """What tables of shows say (room, discipline) completes their performances; the start where none is known."""
    bench.db.execute(
        """UPDATE new_performances AS p SET
            room_label = coalesce(p.room_label, e.room_label),
            discipline_label = coalesce(p.discipline_label, e.discipline_label),
            city = coalesce(p.city, e.city), postal_code = coalesce(p.postal_code, e.postal_code),
            starts_at = coalesce(p.starts_at, CASE WHEN p.starts_on IS NULL THEN e.starts_at END),
            starts_on = coalesce(p.starts_on, e.first_on),
            has_time = p.has_time OR (p.starts_on IS NULL AND e.has_time)
        FROM (FROM new_totals WHERE kind = 'EVENT' AND show_key IS NOT NULL
              QUALIFY row_number() OVER (PARTITION BY source, show_key ORDER BY file_no, row_number) = 1) AS e
        WHERE e.source = p.source AND e.show_key = p.show_key"""
    )


def _void_tests(bench: Bench) -> None:
    """Tickets of a test event are void: the event stays in the list, nothing of it is counted."""
    if bench.one("SELECT EXISTS (FROM new_performances WHERE is_test)") == (True,):
        own_rows(bench.db, "new_tickets")
        bench.db.execute(
            "UPDATE new_tickets AS t SET ticket_status = 'VOID' FROM new_performances AS p WHERE p.is_test "
            "AND p.source = t.source AND p.performance_key = t.performance_key AND t.ticket_status = 'VALID'"
        )


def _account(bench: Bench, table: ReadTable) -> None:
    accepted, refused = bench.one(
        "SELECT count(*) FILTER (refusal IS NULL), count(*) FILTER (refusal IS NOT NULL) FROM "
        f"performances_{table.file_no}"
    )
    bench.count(table.file_no, accepted=accepted, refused=refused)
