"""Orders and tickets: how full each evening is, who buys, how many, how early, at what hour, at what price."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from publicc.demo.audience import Audience
from publicc.demo.chance import Chance, Flags, Floats, Ints, Stream, happens, indices
from publicc.demo.habits import (
    HOUSE_WEIGHT,
    LEAD_SPREAD,
    USUAL_DELAY,
    bands,
    drawn,
    moments,
    of_kinds,
)
from publicc.demo.organizations import Plan
from publicc.demo.people import People
from publicc.demo.seasons import AS_OF, Programme, epoch_day

PARTY: Final = (0.24, 0.54, 0.08, 0.11, 0.02, 0.01)
BREAK_ABOVE: Final = 10
"""Planted: above this many performances on one day in the Quartier, evenings are emptier."""
BREAK_SLOPE: Final = 0.028
PEAK_FAR: Final = 5.0
PEAK_LOCAL: Final = 0.5
PEAK_LEAD: Final = 0.42
ON_SALE_DAYS: Final = 150
ANONYMOUS, GENERIC, SCHOOL = -1, -2, -3
"""Buyers who are no member: unknown, the counter's own account, a school."""

CATEGORIES: Final = ("full", "senior", "student", "under30", "promo", "subscription", "school", "comp")
CATEGORY_SHARES: Final = (0.60, 0.18, 0.09, 0.08, 0.05)
CATEGORY_FACTORS: Final = np.array([1.0, 0.85, 0.7, 0.65, 0.75, 0.8, 0.5, 0.0])
CHANNELS: Final = ("web", "phone", "counter", "reseller", "group", "subscription")
CHANNEL_SHARES: Final = (0.66, 0.12, 0.18, 0.04)
ORDER_WEEKDAYS: Final = np.array([1.0, 1.15, 1.2, 1.9, 1.25, 0.7, 0.55])
"""Planted: sales open on Thursdays."""
WEB_HOURS: Final = np.array(
    [3, 1, 1, 1, 1, 1, 2, 4, 7, 10, 13, 15, 24, 13, 10, 9, 10, 11, 12, 15, 21, 19, 12, 6], dtype=np.float64
)
"""Planted: noon and eight in the evening."""
DESK_HOURS: Final = np.array([0] * 10 + [6, 8, 14, 9, 8, 8, 9, 10, 6] + [0] * 5, dtype=np.float64)


@dataclass(frozen=True)
class Sales:
    """One row a line: one buyer, one performance, some equal tickets. Sorted by order, then performance."""

    performance: Ints
    member: Ints
    """Position in the audience, or one of the buyers who are no member."""
    quantity: Ints
    minute: Ints
    """When it was bought: minutes since 1970-01-01, local."""
    channel: Ints
    category: Ints
    price_cents: Ints
    refused: Flags
    """Cancelled or refunded afterwards."""
    order: Ints

    def __len__(self) -> int:
        return len(self.performance)

    def at(self, rows: Ints | Flags) -> "Sales":
        """Some of the lines."""
        return Sales(*(getattr(self, name)[rows] for name in self.__slots_names()))

    @classmethod
    def __slots_names(cls) -> tuple[str, ...]:
        return tuple(cls.__dataclass_fields__)


def crowding(programmes: list[Programme]) -> dict[int, int]:
    """Performances of the Quartier by day, cancelled ones out."""
    days = np.concatenate([p.day[~p.cancelled] for p in programmes]) if programmes else np.array([], dtype=np.int64)
    found, counts = np.unique(days, return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def fullness(plan: Plan, played: Programme, same_day: dict[int, int]) -> Floats:
    """Share of the seats that each performance fills in the end."""
    weekday = (played.day + 3) % 7
    full = plan.occupancy + played.appeal + np.array([-0.03, -0.04, -0.01, 0.0, 0.03, 0.05, 0.0])[weekday]
    if plan.crowded:
        n = np.array([same_day.get(int(d), 1) for d in played.day])
        full = full - BREAK_SLOPE * np.maximum(0, n - BREAK_ABOVE)
    else:
        full = full + 0.06 * played.peak
    return np.asarray(np.clip(full, 0.12, 1.0), dtype=np.float64)


def sell(chance: Chance, plan: Plan, played: Programme, *, public: Audience, people: People, full: Floats) -> Sales:
    """Every line sold by `plan` up to the day of the exports."""
    stream = chance.stream("sales", plan.slug)
    seats = np.round(played.capacity * full).astype(np.int64)
    refused_share = 0.025 if plan.layout in {"pretix", "order_lines", "open_document", "workbook"} else 0.0
    performance, quantity, school = _parties(stream, plan, seats)
    extra = stream.integers(0, max(1, len(played)), round(len(performance) * refused_share))
    performance = np.concatenate([performance, extra])
    quantity = np.concatenate([quantity, np.minimum(2, 1 + stream.integers(0, 2, len(extra)))])
    school = np.concatenate([school, np.zeros(len(extra), dtype=np.bool_)])
    refused = np.arange(len(performance)) >= len(performance) - len(extra)
    member = _buyers(stream, plan, played, public=public, people=people, performance=performance,
        band=bands(quantity))  # fmt: skip
    comp = happens(stream, 0.055, len(performance)) & ~school & ~refused
    member[school] = SCHOOL
    generic = comp & happens(stream, 0.5, len(performance))
    member[generic] = GENERIC
    subscribed = np.zeros(len(performance), dtype=np.bool_)
    known = member >= 0
    subscribed[known] = (
        public.subscriber[member[known]] & ~comp[known] & ~refused[known] & happens(stream, 0.8, int(known.sum()))
    )
    kind = np.where(known, people.kind[public.person[np.maximum(member, 0)]], -1)
    channel = drawn(stream, "channels", kind, CHANNEL_SHARES)
    channel[school], channel[subscribed], channel[generic] = 4, 5, 2
    minute = _moments(stream, plan, played, performance=performance, channel=channel, kind=kind)
    category = drawn(stream, "categories", kind, CATEGORY_SHARES)
    category[subscribed], category[school], category[comp] = 5, 6, 7
    price = np.round(played.price_cents[performance] * CATEGORY_FACTORS[category] / 50).astype(np.int64) * 50
    lines = Sales(performance, member, quantity, minute, channel, category, price, refused, np.zeros_like(minute))
    return _ordered(stream, played, lines, subscribed)


def _parties(stream: Stream, plan: Plan, seats: Ints) -> tuple[Ints, Ints, Flags]:
    """Parties of one to six, and school groups, until the seats of every performance are taken."""
    tries = seats // 2 + 6
    performance = np.repeat(np.arange(len(seats)), tries)
    school = happens(stream, plan.schools, len(performance))
    quantity = np.where(
        school, stream.integers(18, 46, len(performance)), indices(stream, np.array(PARTY), len(performance)) + 1
    )
    taken = np.cumsum(quantity) - quantity
    first = np.repeat(np.cumsum(tries) - tries, tries)
    left = seats[performance] - (taken - taken[first])
    quantity = np.minimum(quantity, left)
    keep = left > 0
    return performance[keep], quantity[keep], school[keep] & (quantity[keep] > 9)


def _buyers(
    stream: Stream,
    plan: Plan,
    played: Programme,
    *,
    public: Audience,
    people: People,
    performance: Ints,
    band: Ints,
) -> Ints:
    """Who buys each line: those who come that season and love the discipline, the kind's parties and moments first."""
    member = np.full(len(performance), ANONYMOUS, dtype=np.int64)
    evening = played.window * 1000 + played.discipline * 10 + played.peak
    moment = moments(played)[performance]
    habits = (of_kinds("parties")[:, :, None] * of_kinds("moments")[:, None, :])[people.kind[public.person]]
    for one in np.unique(evening):
        weights = public.keenness * public.active[:, one // 1000] * people.taste[public.person, one // 10 % 100]
        if one % 10:
            weights = weights * np.where(public.far, PEAK_FAR, 1.0) * np.where(public.local, PEAK_LOCAL, 1.0)
        there = evening[performance] == one
        for of_band, at in np.ndindex(habits.shape[1:]):
            rows = np.flatnonzero(there & (band == of_band) & (moment == at))
            if len(rows) and weights.sum() > 0:
                member[rows] = indices(stream, weights * habits[:, of_band, at], len(rows))
    unknown = happens(stream, 0.0 if plan.layout in {"theatre_fr", "pretix"} else 0.03, len(performance))
    member[unknown] = ANONYMOUS
    return member


def _moments(stream: Stream, plan: Plan, played: Programme, *, performance: Ints, channel: Ints, kind: Ints) -> Ints:
    """Local minute of each order: late at peaks, on Thursdays, at noon and in the evening, as early as the kind."""
    n = len(performance)
    usual = of_kinds("lead_days")[kind] * (plan.lead_days / USUAL_DELAY) ** HOUSE_WEIGHT
    median = np.where(kind < 0, plan.lead_days, usual) * np.where(played.peak[performance], PEAK_LEAD, 1.0)
    spread = stream.normal(0.0, 1.0, n) * np.where(kind < 0, 1.05, LEAD_SPREAD)
    lead = np.minimum(ON_SALE_DAYS, np.floor(median * np.exp(spread))).astype(np.int64)
    day = played.day[performance] - lead
    wanted = indices(stream, ORDER_WEEKDAYS, n)
    shift = ((day + 3) % 7 - wanted) % 7
    day = np.where((lead > 9) & happens(stream, 0.7, n), day - shift, day)
    hour = np.where(channel == 0, indices(stream, WEB_HOURS, n), indices(stream, DESK_HOURS, n))
    minute = stream.integers(0, 60, n)
    same_day = day == played.day[performance]
    before = np.maximum(9, played.hour[performance] - 1)
    hour = np.where(same_day & (hour >= before), before - 1 + happens(stream, 0.5, n), hour)
    return np.asarray(day * 1440 + hour * 60 + minute, dtype=np.int64)


def _ordered(stream: Stream, played: Programme, lines: Sales, subscribed: Flags) -> Sales:
    """Lines of one buyer become one order when bought together; a subscription is one order of the summer before."""
    n = len(lines)
    window = played.window[lines.performance]
    first_day = np.array(
        [int(played.day[played.window == w].min(initial=10**6)) for w in range(int(window.max(initial=0)) + 1)]
    )
    early = stream.integers(20, 110, 4096)[lines.member % 4096]
    moment = np.where(subscribed, (first_day[window] - early) * 1440 + 600 + lines.member % 480, lines.minute)
    position = np.lexsort((lines.performance, moment, window, lines.member))
    member, moment, window = lines.member[position], moment[position], window[position]
    play = played.day[lines.performance][position] * 1440
    same = np.zeros(n, dtype=np.bool_)
    same[1:] = (member[1:] == member[:-1]) & (member[1:] >= 0) & (window[1:] == window[:-1])
    joined = same & happens(stream, 0.13, n)
    together = np.zeros(n, dtype=np.bool_)
    together[1:] = same[1:] & subscribed[position][1:] & subscribed[position][:-1]
    joined |= together
    start = np.maximum.accumulate(np.where(joined, 0, np.arange(n)))
    joined &= moment[start] < play
    start = np.maximum.accumulate(np.where(joined, 0, np.arange(n)))
    moment = moment[start]
    kept = moment // 1440 <= epoch_day(AS_OF)
    final = position[kept]
    return _numbered(lines.at(final), moment[kept], start[kept])


def _numbered(lines: Sales, moment: Ints, start: Ints) -> Sales:
    """Orders numbered in the order of their instant."""
    by_time = np.lexsort((lines.performance, start, moment))
    start = start[by_time]
    fresh = np.ones(len(start), dtype=np.bool_)
    fresh[1:] = start[1:] != start[:-1]
    out = lines.at(by_time)
    return Sales(
        out.performance, out.member, out.quantity, moment[by_time], out.channel, out.category, out.price_cents,
        out.refused,
        np.cumsum(fresh).astype(np.int64),
    )  # fmt: skip
