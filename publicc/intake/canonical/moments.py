"""Dates and times of a table: one column or two, a time or none, plausible or not."""

from typing import Final

from publicc.intake.canonical.bench import Bench, ReadTable
from publicc.intake.canonical.cells import cell
from publicc.intake.mapping.targets import Target
from publicc.intake.values import sql_datetime

TIME_OF: Final = {Target.ORDERED_AT: Target.ORDERED_TIME, Target.STARTS_AT: Target.STARTS_TIME}
"""The column that may hold the time of a date column."""

_SAMPLE_ROWS: Final = 20_000


def moment(table: ReadTable, target: Target) -> str:
    """SQL of a TIMESTAMP: the date of one column with the time of another when the source splits them."""
    columns = table.mapping.columns_of(target)
    profile = table.profiles[columns[0]] if columns else None
    if profile is None or profile.date is None:
        return cell(table, target)
    named = table.mapping.columns_of(TIME_OF[target]) if target in TIME_OF else ()
    times = table.profiles.get(named[0] if named else profile.time_column or "")
    if times is None or times.date is None:
        return cell(table, target)
    return sql_datetime(
        profile.column, profile.date, zone=table.time_zone, time_column=times.column, time_form=times.date
    )


def only_dates(bench: Bench, table: ReadTable, target: Target) -> bool:
    """Whether the source gives days without hours: no time at all, or more than half of the rows at exactly 00:00."""
    if not table.has(target):
        return True
    value = moment(table, target)
    known, midnight = bench.one(
        f"SELECT count(m), count(*) FILTER (m = date_trunc('day', m)) "
        f"FROM (SELECT {value} AS m FROM (FROM {table.relation} LIMIT {_SAMPLE_ROWS}))"
    )
    return bool(known) and midnight * 2 > known
