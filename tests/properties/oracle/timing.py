"""When tickets were bought."""

from collections import Counter
from datetime import timedelta
from fractions import Fraction

from tests.properties.oracle.rows import (
    NO_BASE,
    NO_DATA,
    OF_TICKET,
    UNKNOWN,
    Figure,
    Rows,
    Table,
    median_of,
    middle,
    over,
)

_BUCKETS = ("0", "1-7", "8-30", "31-90", "91-180", "181+")


def _leads(rows: Rows, without: tuple[str, ...] = ()) -> list[int]:
    return [t.lead for t in rows.tp if t.lead is not None and t.lead >= 0 and t.group not in without]


def _dated(rows: Rows) -> bool:
    return not rows.tp or any(t.ordered_on for t in rows.tp)


def lead_time_median(rows: Rows) -> Figure:
    return median_of(_leads(rows), supplied=_dated(rows))


def lead_time_days(rows: Rows) -> Figure:
    return lead_time_median(rows)


def lead_time_median_single(rows: Rows) -> Figure:
    if sum(1 for t in rows.tp if t.group != "UNMAPPED") * 10 < len(rows.tp) * 9:
        return NO_BASE
    return median_of(_leads(rows, ("SUBSCRIPTION", "PASS")), supplied=_dated(rows))


def lead_time_bucket_share(rows: Rows) -> Table:
    counts = Counter(bucket for t in rows.tp if (bucket := OF_TICKET["lead_time_bucket"](t)))
    whole = sum(counts.values())
    return {(bucket,): over(counts[bucket], whole, supplied=_dated(rows)) for bucket in _BUCKETS}


def late_sales_share(rows: Rows) -> Figure:
    leads = _leads(rows)
    return over(sum(1 for lead in leads if lead <= 7), len(leads), supplied=_dated(rows))


def late_entry_share(rows: Rows) -> Figure:
    late = sum(1 for t in rows.tp if t.ordered_on and t.ordered_on > t.performance.starts_on)
    return over(late, len(rows.tp))


def presale_share(rows: Rows) -> Figure:
    known = [(t.ordered_on, day) for t in rows.tp if t.ordered_on and (day := t.performance.general_sale_on)]
    return over(sum(1 for ordered, day in known if ordered < day), len(known), supplied=not rows.tp or bool(known))


def purchase_grid(rows: Rows) -> Table:
    known = Counter(
        (str(t.ordered_on.isoweekday()), f"{t.ordered_hour:02d}")
        for t in rows.tp
        if t.ordered_on is not None and t.ordered_hour is not None
    )
    if not known:
        return {(UNKNOWN, UNKNOWN): NO_DATA if rows.tp else NO_BASE}
    whole = sum(known.values())
    return {key: (Fraction(n, whole), whole) for key, n in known.items()}


def sale_period_days(rows: Rows) -> Figure:
    periods: list[Fraction] = []
    for p in rows.pf:
        leads = [t.lead for t in rows.tp if t.performance.key == p.key and t.lead is not None and t.lead >= 0]
        if p.general_sale_on:
            periods.append(Fraction((p.starts_on - p.general_sale_on).days))
        elif leads:
            early, late = middle(leads, Fraction(95, 100)), middle(leads, Fraction(5, 100))
            periods.append(Fraction(early or 0) - Fraction(late or 0))
    return median_of(periods)


def sales_last_7d(rows: Rows) -> Figure:
    now = sum(1 for t in rows.sales if t.sold_at(rows.as_of))
    return now - sum(1 for t in rows.sales if t.sold_at(rows.as_of - timedelta(7))), now
