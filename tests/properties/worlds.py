"""Random small worlds: the same performances and tickets as a book for plain Python and as a snapshot for the engine."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from publicc.kernel.period import Period, season_period
from tests.properties.oracle.rows import Book, Performance, Ticket
from tests.spec.metrics.world import ORGANIZATION, World

DAYS = tuple(
    map(
        date.fromisoformat,
        (
            "2018-09-01", "2019-02-28", "2020-02-29", "2020-08-31", "2020-09-01", "2021-03-14", "2021-11-07", "2022-12-20",
            "2023-02-10", "2023-02-28", "2023-09-01", "2024-02-29", "2024-08-31", "2024-09-01", "2024-11-03", "2025-01-15",
            "2025-03-09", "2025-08-31", "2025-09-01", "2026-02-10", "2026-04-01",
        ),
    )
)  # fmt: skip
"""Leap days, days when clocks change, the first and last of seasons; close enough for persons to come again."""
DAY_KINDS = ("ordinary", "holiday", "ordinary", "school_break", None, "long_weekend")
"""What the drawn days are said to be, in turn."""
AS_OF = (
    date(2025, 8, 31),
    date(2025, 8, 30),
    date(2023, 2, 10),
    date(2024, 2, 29),
    date(2026, 8, 31),
    date(2025, 9, 2),
)
PERIODS = (
    *map(season_period, range(2018, 2026)), Period(date(2018, 1, 1), date(2026, 12, 31)),
    Period(date(2022, 2, 1), date(2024, 2, 29)), Period(date(2023, 3, 1), date(2024, 2, 29)),
    Period(date(2024, 2, 29), date(2024, 2, 29)), Period(date(2027, 1, 1), date(2027, 12, 31)),
)  # fmt: skip
VENUES = {"hall": ("H2X", "06"), "barn": ("M5V", None), "attic": (None, None)}
POINTS = {"hall": {"latitude": "45.508", "longitude": "-73.566"}}
HOMES = {
    "H2X": ("QC", "06", "Montréal"),
    "H7N": ("QC", "13", "Laval"),
    "M5V": ("ON", None, "Toronto"),
    "G0A": ("QC", "03", None),
}
HOUSEHOLDS = {"H2X": 5000, "H7N": 3000, "M5V": 2000, "J4K": 700, "J5N": 300}


Choose = Callable[..., Any]
"""One of the values given: drawn by Hypothesis, or by chance from a seed."""


def performance(choose: Choose, number: int) -> Performance:
    starts_on = choose(*DAYS)
    venue = choose("hall", "hall", "barn", "attic")
    return Performance(
        organization=choose(ORGANIZATION, ORGANIZATION, ORGANIZATION, "other"), id=f"p{number}",
        show=choose("s1", "s2", "s3"), venue=venue, venue_fsa=VENUES[venue][0], venue_region=VENUES[venue][1],
        starts_on=starts_on, hour=choose(20, 14, None), capacity=choose(4, 5, 50, 6, None),
        discipline=choose("DANCE", "THEATRE", "CIRCUS", "UNKNOWN", None),
        status=choose(*["SCHEDULED"] * 6, "RESCHEDULED", "CANCELLED", "MOVED_ONLINE", "POSTPONED"),
        event_type=choose(*["PERFORMING_ARTS"] * 6, None, "SCREENING"),
        deal_type=choose(*["PRESENTATION"] * 6, None, "RENTAL"), is_free=choose(*[False] * 6, True),
        is_extra=choose(False, True), is_online=choose(*[False] * 6, True),
        general_sale_on=choose(None, starts_on - timedelta(30)), soldout_since=choose(None, None, date(2018, 1, 1)),
        local_territory=choose("montreal", "montreal", None), same_day=choose(1, 2, 4, 9, 10, 11, 12, 14, 17, None),
        day_kind=DAY_KINDS[DAYS.index(starts_on) % len(DAY_KINDS)],
    )  # fmt: skip


def tickets(choose: Choose, of: list[Performance]) -> list[Ticket]:
    """One to three tickets alike."""
    p = choose(*of)
    buyer = choose("ada", "ada", "ben", "cam", "dee", "eve", None)
    origin = choose(*["CANADA"] * 5, "FOREIGN", "UNKNOWN")
    fsa = choose(*HOMES, None) if origin == "CANADA" else None
    province, region, municipality = HOMES.get(fsa or "", (None, None, None))
    status = choose(*["VALID"] * 7, "REFUNDED", "CANCELLED", "EXCHANGED_OUT", "RESERVED", "VOID")
    ordered_on = choose(None, *(p.starts_on - timedelta(days) for days in (-2, 0, 0, 1, 5, 7, 14, 40, 200)))
    lead = None if ordered_on is None else (p.starts_on - ordered_on).days
    one = Ticket(
        performance=p, status=status, net=choose(1000, 2550, 1000, 0, None), face=choose(3000, 3101, 0, None),
        group=choose(*["FULL"] * 5, "REDUCED", "COMP", "UNMAPPED", "SUBSCRIPTION", "PASS", "PACKAGE", "FREE", "OTHER"),
        zone=choose("A", "B", None), channel=choose("WEB", "PHONE", "UNKNOWN"), buyer=buyer,
        household=choose("h1", "h2", None), kind=choose(*["INDIVIDUAL"] * 6, "GROUP") if buyer else None,
        order=choose("1", "2", "3", None), ordered_on=ordered_on,
        ordered_hour=None if ordered_on is None else choose(9, 23, None),
        cancelled_on=None if status == "VALID" or ordered_on is None else choose(None, ordered_on + timedelta(3)),
        lead=choose(lead, lead, lead, None) if p.status == "RESCHEDULED" else lead, origin=origin, province=province,
        region=region, municipality=municipality, fsa=fsa, scanned=choose(True, True, False, None),
        km=choose(*map(Fraction, ("0.5", "7.3", "5", "42", "100")), None) if fsa and fsa != "G0A" else None,
    )  # fmt: skip
    return [one] * choose(1, 1, 2, 3)


FLAVOURS: dict[str, dict[str, Any]] = {
    "mixed": {},
    "no price": {"net": None, "face": None},
    "all complimentary": {"group": "COMP"},
    "one buyer": {"buyer": "ada", "kind": "INDIVIDUAL"},
    "anonymous": {"buyer": None, "kind": None},
    "groups only": {"buyer": "school", "kind": "GROUP"},
    "no order date": {"ordered_on": None, "ordered_hour": None, "lead": None, "cancelled_on": None},
    "all refunded": {"status": "REFUNDED", "cancelled_on": None},
    "no home": {"origin": "UNKNOWN", "province": None, "region": None, "municipality": None, "fsa": None, "km": None},
}
HOUSES: dict[str, dict[str, Any]] = {
    "mixed": {},
    "no capacity": {"capacity": None},
    "all cancelled": {"status": "CANCELLED"},
    "all rescheduled": {"status": "RESCHEDULED"},
    "all free": {"is_free": True},
    "all seated": {
        "capacity": 400,
        "status": "SCHEDULED",
        "is_online": False,
        "event_type": "PERFORMING_ARTS",
        "deal_type": None,
    },
}


@st.composite
def books(draw: st.DrawFn, *, own: bool = True, most: int = 22) -> Book:
    """A small book, often with one thing wrong all over."""

    def choose(*values: Any) -> Any:
        return draw(st.sampled_from(values))

    houses = HOUSES[choose("mixed", "mixed", "mixed", *HOUSES)]
    flavour = FLAVOURS[choose(*["mixed"] * 8, *FLAVOURS)]
    offered = [replace(performance(choose, i), **houses) for i in range(draw(st.integers(1, 9)))]
    if not own and draw(st.booleans()):
        offered.append(elsewhere(offered[0]))
    sold = [replace(t, **flavour) for _ in range(draw(st.integers(0, most))) for t in tickets(choose, offered)]
    households = choose(HOUSEHOLDS, HOUSEHOLDS, None)
    return Book(offered, sold, choose(*AS_OF), households, own, choose(*PERIODS[:9]))


def rich_book(seed: int, *, own: bool = True, flavour: str = "mixed", houses: str = "mixed") -> Book:
    """A fuller book from a seed: enough for every category of every dimension, comparables and habits."""
    chance = random.Random(seed)

    def choose(*values: Any) -> Any:
        return chance.choice(values)

    offered = [replace(performance(choose, i), **HOUSES[houses]) for i in range(45)]
    offered += [elsewhere(offered[0]), elsewhere(offered[1])] if not own else []
    sold = [replace(t, **FLAVOURS[flavour]) for _ in range(220) for t in tickets(choose, offered)]
    return Book(offered, sold, date(2025, 9, 2), HOUSEHOLDS, own, season_period(2023))


def elsewhere(p: Performance) -> Performance:
    """The same performance, supplied by another organization too."""
    return replace(p, organization="other" if p.organization == ORGANIZATION else ORGANIZATION)


def seen(book: Book) -> Book:
    """What the asker may see of all that is loaded: its own rows, or the pool's, each performance once."""
    if book.own:
        mine = [p for p in book.performances if p.organization == ORGANIZATION]
        keys = {p.key for p in mine}
        return replace(book, performances=mine, tickets=[t for t in book.tickets if t.performance.key in keys])
    valid = [t.performance.key for t in book.tickets if t.valid]
    best: dict[str, Performance] = {}
    for p in sorted(book.performances, key=lambda p: (-valid.count(p.key), p.organization)):
        best.setdefault(p.id, p)
    keys = {p.key for p in best.values()}
    return replace(
        book, performances=list(best.values()), tickets=[t for t in book.tickets if t.performance.key in keys]
    )


def world(book: Book) -> World:
    """The same rows, drawn as a snapshot."""
    offered = [
        {
            "organization": p.organization, "performance_id": p.id, "show_id": p.show, "venue_id": p.venue,
            "starts_on": p.starts_on, "starts_hour": p.hour, "capacity": p.capacity, "discipline": p.discipline,
            "status": p.status, "event_type": p.event_type, "deal_type": p.deal_type, "is_free": p.is_free,
            "is_extra": p.is_extra, "is_online": p.is_online, "general_sale_on": p.general_sale_on,
            "soldout_since": p.soldout_since, "local_territory": p.local_territory, "same_day_count": p.same_day,
            "day_kind": p.day_kind,
        }
        for p in book.performances
    ]  # fmt: skip
    sold = [
        {
            "organization": t.performance.organization, "performance_id": t.performance.id, "ticket_status": t.status,
            "price_group": t.group, "price_zone": t.zone, "channel": t.channel, "net": _dollars(t.net),
            "face": _dollars(t.face), "buyer": t.buyer, "household": t.household, "buyer_kind": t.kind, "order": t.order,
            "ordered_on": t.ordered_on, "ordered_hour": t.ordered_hour, "cancelled_on": t.cancelled_on, "lead": t.lead,
            "scanned": t.scanned, "origin": t.origin, "province": t.province, "admin_region": t.region,
            "municipality": t.municipality, "fsa": t.fsa, "distance_km": None if t.km is None else float(t.km),
        }
        for t in book.tickets
    ]  # fmt: skip
    venues = [
        {"organization": organization, "venue_id": name, "fsa": fsa, "admin_region": region, **POINTS.get(name, {})}
        for organization in (ORGANIZATION, "other")
        for name, (fsa, region) in VENUES.items()
    ]
    return World(
        offered,
        sold,
        book.as_of,
        venues,
        households=book.households or {},
        census=book.census,
        attitudes=book.told_by_day,
    )


def _dollars(cents: int | None) -> str | None:
    return None if cents is None else f"{cents / 100:.2f}"
