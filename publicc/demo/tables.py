"""One organization's rows as tables in DuckDB, as its box office holds them: what layouts write and truths count.

`performances(performance, source, code, work, title, base_title, room, starts_at, capacity, discipline, status,
extra, window_no,
peak, on_sale_on, same_day, played)` · `records(record, source, code, …)` · `lines(line, order_no, source, record,
performance, quantity,
ordered_at, channel, category, cents, refused)` · `tickets`: one row a ticket, with everything a layout may need.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa

from publicc.demo.chance import Chance, Flags, Ints, Words, happens, words
from publicc.demo.organizations import Plan
from publicc.demo.records import Records, column_names
from publicc.demo.sales import CATEGORIES, CHANNELS, Sales
from publicc.demo.seasons import AS_OF, DISCIPLINES, Programme, epoch_day
from publicc.demo.titles import TOURING_SHOW, TOURING_SPELLINGS

SWITCH_ON: Final = date(2019, 7, 2)
"""When the organization with two systems changed: later performances are in the new one, whose codes start again."""
MONTH_LOST: Final = (date(2018, 3, 1), date(2018, 3, 31))
"""Sales of one organization that were never exported."""

_TICKETS: Final = """
CREATE OR REPLACE TEMP TABLE tickets AS
SELECT row_number() OVER (ORDER BY l.line, n) AS ticket, l.line, l.order_no, l.source, n AS position, l.quantity,
       l.ordered_at,
       l.channel, l.category, l.cents, l.refused, l.record, r.code AS customer, r.title AS salutation, r.first_name,
       r.last_name,
       r.address, r.city, r.province, r.country, r.postal_code, r.phone, r.email, l.performance, p.code, p.title,
       p.work, p.room,
       p.starts_at, p.capacity, p.discipline, p.status
FROM lines l CROSS JOIN LATERAL (SELECT unnest(range(1, l.quantity + 1)) AS n)
LEFT JOIN records r USING (record) LEFT JOIN performances p USING (performance)
"""


@dataclass(frozen=True, slots=True)
class Box:
    """What a layout is given: the plan, and a connection that holds the tables of its box office."""

    plan: Plan
    connection: duckdb.DuckDBPyConnection


def source_of_lines(plan: Plan, played: Programme, lines: Sales) -> Ints:
    """Which system holds each line: the second, for performances after the change."""
    if plan.layout != "two_systems":
        return np.zeros(len(lines), dtype=np.int64)
    return (played.day[lines.performance] >= epoch_day(SWITCH_ON)).astype(np.int64)


def fill(
    connection: duckdb.DuckDBPyConnection, chance: Chance, plan: Plan, *, played: Programme, held: Records,
    lines: Sales, record_of_line: Ints, same_day: dict[int, int],
) -> Box:  # fmt: skip
    """Create the tables of `plan`'s box office in `connection`."""
    for name, table in (
        ("performances", _performances(chance, plan, played, same_day)),
        ("records", _records(held)),
        ("lines", _lines(chance, plan, played, lines, record_of_line=record_of_line)),
    ):
        connection.register("built", table)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM built")
        connection.unregister("built")
    connection.execute(_TICKETS)
    return Box(plan, connection)


def _instants(days: Ints, minutes: Ints) -> pa.Array:
    return pa.array((days * 1440 + minutes).astype("datetime64[m]").astype("datetime64[us]"))


def _performances(chance: Chance, plan: Plan, played: Programme, same_day: dict[int, int]) -> pa.Table:
    stream = chance.stream("performances", plan.slug)
    n = len(played)
    source = (played.day >= epoch_day(SWITCH_ON)).astype(np.int64) * (plan.layout == "two_systems")
    number = np.arange(n) - np.where(source == 1, int((source == 0).sum()), 0)
    initials = "".join(word[0] for word in plan.slug.split("-") if len(word) > 2).upper()
    midnight = happens(stream, 0.04, n) & (plan.layout == "archive")
    capacity = played.capacity.astype(np.float64)
    capacity[happens(stream, 0.035, n) & (plan.layout in {"template_fr", "mac_roman"})] = np.nan
    small = happens(stream, 0.008, n) & (plan.layout in {"workbook", "one_file"})
    capacity[small] = np.round(capacity[small] * 0.6)
    return pa.table(
        {
            "performance": np.arange(n),
            "source": source,
            "code": pa.array([f"{initials}{int(i) + 101:04d}" for i in number], pa.string()),
            "work": played.show,
            "title": pa.array(written_titles(plan, played), pa.string()),
            "base_title": pa.array([str(played.titles[int(s)]) for s in played.show], pa.string()),
            "room": pa.array([plan.rooms[int(r)].label for r in played.room], pa.string()),
            "starts_at": _instants(played.day, np.where(midnight, 0, played.hour * 60 + played.minute)),
            "capacity": pa.array([None if np.isnan(c) else int(c) for c in capacity.tolist()], pa.int64()),
            "discipline": pa.array([DISCIPLINES[int(d)].value for d in played.discipline], pa.string()),
            "status": pa.array(["CANCELLED" if c else "SCHEDULED" for c in played.cancelled.tolist()], pa.string()),
            "extra": played.extra,
            "window_no": played.window,
            "peak": played.peak,
            "on_sale_on": pa.array((played.day - 150).astype("datetime64[D]")),
            "same_day": np.array([same_day.get(int(d), 0) for d in played.day]),
            "played": (played.day <= epoch_day(AS_OF)),
        }
    )


def written_titles(plan: Plan, played: Programme) -> Words:
    """Titles as the box office types them: what is exceptional about a performance ends up in its title."""
    titles = []
    for i, show in enumerate(played.show.tolist()):
        title = str(played.titles[show])
        if title == TOURING_SHOW:
            title = TOURING_SPELLINGS.get(plan.slug, title)
        if plan.layout in {"embedded", "mac_roman"} and show % 5 == 1:
            title = title.upper()
        if played.extra[i]:
            title += {"template_en": " - EXTRA SHOW", "embedded": " (SUPPLÉMENTAIRE)"}.get(
                plan.layout, " - Supplémentaire"
            )
        elif show % 17 == 4:
            title += " (world premiere)" if plan.english else " (première mondiale)"
        elif show % 23 == 5:
            title = f"{'SOLD OUT' if plan.english else 'COMPLET'} - {title}"
        titles.append(title)
    return words(titles)


def _records(held: Records) -> pa.Table:
    columns = {name: pa.array([text or None for text in getattr(held, name)], pa.string()) for name in column_names()}
    return pa.table({"record": np.arange(len(held)), "source": held.source, "person": held.person, **columns})


def _lines(chance: Chance, plan: Plan, played: Programme, lines: Sales, *, record_of_line: Ints) -> pa.Table:
    stream = chance.stream("lines", plan.slug)
    n = len(lines)
    late = happens(stream, 0.0012, n) & (plan.layout in {"theatre_fr", "mac_roman", "template_fr"})
    minute = np.where(late, (played.day[lines.performance] + 3) * 1440 + 615, lines.minute)
    late &= minute // 1440 <= epoch_day(AS_OF)
    lost = _lost(plan, played, lines)
    table = pa.table(
        {
            "line": np.arange(n) + 1,
            "order_no": lines.order,
            "source": source_of_lines(plan, played, lines),
            "record": pa.array(record_of_line, mask=record_of_line < 0),
            "performance": lines.performance,
            "quantity": lines.quantity,
            "ordered_at": _instants(np.zeros_like(minute), np.where(late, minute, lines.minute)),
            "channel": pa.array([CHANNELS[int(c)] for c in lines.channel], pa.string()),
            "category": pa.array([CATEGORIES[int(c)] for c in lines.category], pa.string()),
            "cents": lines.price_cents,
            "refused": lines.refused | played.cancelled[lines.performance],
        }
    )
    return table.filter(pa.array(~lost))


def _lost(plan: Plan, played: Programme, lines: Sales) -> Flags:
    if plan.layout != "mac_roman":
        return np.zeros(len(lines), dtype=np.bool_)
    day = played.day[lines.performance]
    return np.asarray((day >= epoch_day(MONTH_LOST[0])) & (day <= epoch_day(MONTH_LOST[1])))
