"""How far back the data goes, and which years are closed: what figures of loyalty may say and when."""

from datetime import date, timedelta
from typing import Final

from publicc.kernel.cells import Cell, Shown, Unknown
from publicc.kernel.period import Period, months_before
from publicc.metrics.definition import Context
from publicc.metrics.formulas import no_base, no_data

FULL_DEPTH_MONTHS: Final = 36
LEAST_DEPTH_MONTHS: Final = 12


def depth_months(context: Context) -> int:
    """H: whole months between the earliest performance with sales and the first day of the period; 0 without any."""
    first, start = context.history_from, context.period.first_on
    if first is None or first >= start:
        return 0
    months = (start.year - first.year) * 12 + start.month - first.month
    return months if months_before(start, months) >= first else months - 1


def months_after(day: date, months: int) -> date:
    """`day + months`, clipped to the month's end."""
    return months_before(day, -months)


def is_year(period: Period) -> bool:
    """Whether the period is twelve months, from any day."""
    return period.last_on + timedelta(1) == months_after(period.first_on, 12)


def last_of_next_year(period: Period) -> date:
    """Last day of Y + 1."""
    return months_after(period.last_on + timedelta(1), 12) - timedelta(1)


def with_depth(cell: Cell, context: Context) -> Cell:
    """The same cell if 36 months came before; marked provisional from 12; `NO_BASE` under."""
    depth = depth_months(context)
    if isinstance(cell, Unknown) or depth >= FULL_DEPTH_MONTHS:
        return cell
    if depth < LEAST_DEPTH_MONTHS or not isinstance(cell, Shown):
        return no_base("history_36_months")
    return Shown(cell.value, n=cell.n, provisional=True)


def of_a_year(cell: Cell, context: Context) -> Cell:
    """The same cell if the period is twelve months, else `NO_BASE`."""
    return cell if is_year(context.period) else no_base("period_of_12_months")


def once_next_year_closed(cell: Cell, context: Context) -> Cell:
    """The same cell if the twelve months that follow the period's twelve are over, else `NO_BASE`.

    `NO_DATA` when the data ends before they begin.
    """
    if not is_year(context.period):
        return no_base("period_of_12_months")
    if last_of_next_year(context.period) > context.as_of:
        return no_base("next_season_closed")
    return once_told(cell, context.period.last_on, context)


def once_told(cell: Cell, day: date, context: Context) -> Cell:
    """The same cell if a performance after `day` is loaded, else `NO_DATA`: a silence is not an absence of buyers."""
    told = context.history_to is not None and context.history_to > day
    return cell if told or isinstance(cell, Unknown) else no_data("next_season")
