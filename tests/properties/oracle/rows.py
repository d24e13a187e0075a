"""What is counted: performances and tickets as drawn, the row sets of the conventions, and how a question cuts them."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from publicc.directory.official.traits import TRAITS
from publicc.kernel.period import Period, months_before

NO_BASE, NO_DATA, UNKNOWN = "NO_BASE", "NO_DATA", "UNKNOWN"
Number = Fraction | int
Figure = tuple[Number, int | None] | str
"""A value and its base, or the name of a state."""
Table = dict[tuple[str, ...], Figure]
Conditions = Mapping[str, tuple[str, ...]]
SPANS = ("day", "week", "month", "season")
FSAS = Path(__file__).parents[3] / "publicc" / "directory" / "data" / "fsas.csv"
TERRITORIES = {
    one["fsa"]: one["admin_region"] or one["province"]
    for one in csv.DictReader(FSAS.read_text(encoding="utf-8").splitlines())
}
"""FSA → region in Québec, province elsewhere."""
PROVINCES = {"M": "ON", "K": "ON", "V": "BC", "E": "NB"}


@dataclass(frozen=True)
class Performance:
    organization: str
    id: str
    show: str | None
    venue: str | None
    venue_fsa: str | None
    venue_region: str | None
    starts_on: date
    hour: int | None
    capacity: int | None
    discipline: str | None
    status: str
    event_type: str | None
    deal_type: str | None
    is_free: bool
    is_extra: bool
    is_online: bool
    general_sale_on: date | None
    soldout_since: date | None
    local_territory: str | None
    same_day: int | None
    day_kind: str | None

    @property
    def key(self) -> tuple[str, str]:
        return (self.organization, self.id)

    @property
    def ours(self) -> bool:
        return self.event_type in (None, "PERFORMING_ARTS") and self.deal_type != "RENTAL"

    @property
    def kept(self) -> bool:
        return self.ours and self.status in ("SCHEDULED", "RESCHEDULED", "MOVED_ONLINE")

    @property
    def in_person(self) -> bool:
        return self.status != "MOVED_ONLINE" and not self.is_online

    @property
    def season(self) -> int:
        return self.starts_on.year if self.starts_on.month >= 9 else self.starts_on.year - 1

    @property
    def home_province(self) -> str:
        return PROVINCES.get((self.venue_fsa or " ")[0], "QC")


@dataclass(frozen=True)
class Ticket:
    performance: Performance
    status: str
    group: str
    zone: str | None
    channel: str
    net: int | None
    face: int | None
    buyer: str | None
    household: str | None
    kind: str | None
    order: str | None
    ordered_on: date | None
    ordered_hour: int | None
    cancelled_on: date | None
    lead: int | None
    origin: str
    province: str | None
    region: str | None
    municipality: str | None
    fsa: str | None
    km: Fraction | None
    scanned: bool | None

    @property
    def free(self) -> bool:
        return self.group == "FREE" or self.performance.is_free

    @property
    def comp(self) -> bool:
        return not self.free and (self.group == "COMP" or (self.group == "UNMAPPED" and self.net == 0))

    @property
    def valid(self) -> bool:
        return self.status == "VALID"

    @property
    def paid(self) -> bool:
        return self.valid and not self.free and not self.comp

    @property
    def priced(self) -> bool:
        hidden = self.net == 0 and self.group in ("SUBSCRIPTION", "PACKAGE", "PASS")
        return self.paid and self.net is not None and not hidden

    @property
    def person(self) -> bool:
        return self.buyer is not None and self.kind == "INDIVIDUAL"

    @property
    def ever_paid(self) -> bool:
        if self.paid:
            return True
        gone = self.status in ("CANCELLED", "REFUNDED", "EXCHANGED_OUT")
        worth = next((cents for cents in (self.face, self.net) if cents is not None), 0)
        return gone and not self.free and self.group != "COMP" and not (self.group == "UNMAPPED" and worth == 0)

    def sold_at(self, day: date) -> bool:
        """`sold(t)`: ordered by that day, and not yet cancelled; cancelled on an unknown day is never sold."""
        if not self.ever_paid or self.ordered_on is None or self.ordered_on > day:
            return False
        return self.valid or (self.cancelled_on is not None and self.cancelled_on > day)

    @property
    def with_a_home(self) -> bool:
        return self.paid and self.performance.in_person and self.origin != UNKNOWN

    @property
    def canadian(self) -> bool:
        return self.with_a_home and self.origin == "CANADA"


def middle(values: Iterable[Number], share: Fraction = Fraction(1, 2)) -> Number | None:
    """Type 7 quantile."""
    ordered = sorted(values)
    if not ordered:
        return None
    place = (len(ordered) - 1) * share
    below = place.numerator // place.denominator
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def over(part: Number, whole: Number, n: int | None = None, *, supplied: bool = True) -> Figure:
    """A ratio of sums; `n` is its base when that is not the denominator."""
    if whole:
        return Fraction(part) / Fraction(whole), int(whole) if n is None else n
    return NO_BASE if supplied else NO_DATA


def median_of(values: Iterable[Number], share: Fraction = Fraction(1, 2), *, supplied: bool = True) -> Figure:
    """A quantile and the number of entries."""
    listed = list(values)
    found = middle(listed, share)
    if found is None:
        return NO_BASE if supplied else NO_DATA
    return found, len(listed)


def _bucket(t: Ticket) -> str | None:
    if not t.paid or t.lead is None or t.lead < 0:
        return None
    bounds = ((0, "0"), (7, "1-7"), (30, "8-30"), (90, "31-90"), (180, "91-180"))
    return next((name for last, name in bounds if t.lead <= last), "181+")


def _band(t: Ticket) -> str | None:
    if not t.performance.in_person:
        return None
    if t.origin == "FOREIGN":
        return "FOREIGN"
    if t.origin != "CANADA" or t.km is None:
        return None
    bounds = ((5, "0-5"), (10, "5-10"), (25, "10-25"), (50, "25-50"), (100, "50-100"))
    return next((name for end, name in bounds if t.km < end), "100+")


def crowd(same_day: int) -> str:
    bounds = ((2, "1-2"), (5, "3-5"), (10, "6-10"), (15, "11-15"))
    return next((name for last, name in bounds if same_day <= last), "16+")


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


OF_PERFORMANCE: dict[str, Callable[[Performance], str | None]] = {
    "day": lambda p: p.starts_on.isoformat(),
    "week": lambda p: _week(p.starts_on),
    "month": lambda p: p.starts_on.isoformat()[:7],
    "season": lambda p: f"{p.season}-{p.season + 1}",
    "weekday": lambda p: str(p.starts_on.isoweekday()),
    "hour": lambda p: None if p.hour is None else f"{p.hour:02d}",
    "show": lambda p: p.show,
    "performance": lambda p: p.id,
    "venue": lambda p: p.venue,
    "venue_region": lambda p: p.venue_region,
    "discipline": lambda p: p.discipline,
    "organization": lambda p: p.organization,
    "crowding": lambda p: None if p.same_day is None else crowd(p.same_day),
    "calendar_period": lambda p: p.day_kind,
    "is_extra": lambda p: "yes" if p.is_extra else "no",
}
OF_TICKET: dict[str, Callable[[Ticket], str | None]] = {
    "price_group": lambda t: t.group,
    "price_zone": lambda t: t.zone,
    "channel": lambda t: t.channel,
    "origin": lambda t: t.origin,
    "province": lambda t: t.province,
    "admin_region": lambda t: t.region,
    "municipality": lambda t: t.municipality,
    "fsa": lambda t: t.fsa,
    "home_territory": lambda t: TERRITORIES.get(t.fsa or ""),
    "distance_band": _band,
    "lead_time_bucket": _bucket,
    "order_weekday": lambda t: None if t.ordered_on is None else str(t.ordered_on.isoweekday()),
    "order_hour": lambda t: None if t.ordered_hour is None else f"{t.ordered_hour:02d}",
    "buyer_kind": lambda t: t.kind,
    "profile": lambda _: None,  # no model is in force in a drawn world: nobody has a profile
}
HABITS = ("frequency_band", "breadth")


@dataclass
class Book:
    """All that is loaded, whoever asks."""

    performances: list[Performance]
    tickets: list[Ticket]
    as_of: date
    households: dict[str, int] | None = None
    own: bool = True
    reference: Period | None = None

    @cached_property
    def census(self) -> dict[str, dict[str, tuple[int, int]]]:
        """An invented census of the same FSAs, each trait known in most of them."""
        return {
            fsa: {
                trait: (1 + (n * (at + 3)) % 89, 100)
                for at, trait in enumerate((*TRAITS, "median_income"))
                if (at + ord(fsa[0])) % 5
            }
            for fsa, n in (self.households or {}).items()
        }

    @cached_property
    def answers(self) -> list[tuple[date, str, bool, Fraction]] | None:
        """Invented answers of people met outside venues, around the days of the book: day, attitude, came, weight."""
        if self.households is None:
            return None
        kinds = (("interested", True), ("potential", False), ("sceptical", True), ("indifferent", False))
        n = 16 + (17 * self.as_of.day + 5 * self.as_of.month + self.as_of.year) % 60
        return [
            (self.as_of - timedelta(days=(at * 37) % 900 - 20), *kinds[(at + at // 3) % 4], Fraction(3 + at % 7, 6))
            for at in range(n)
        ]

    @property
    def told_by_day(self) -> list[tuple[date, str, bool, int, float, float]] | None:
        """The same as they are kept."""
        if self.answers is None:
            return None
        return [(day, kind, came, 1, float(weight), float(weight * weight)) for day, kind, came, weight in self.answers]

    def played(self, p: Performance) -> bool:
        return p.kept and p.starts_on <= self.as_of

    @cached_property
    def visits(self) -> dict[str, set[tuple[date, tuple[str, str]]]]:
        """Visits of every identified person, of all history: (day, performance)."""
        found: defaultdict[str, set[tuple[date, tuple[str, str]]]] = defaultdict(set)
        for t in self.tickets:
            if t.paid and t.person and self.played(t.performance):
                found[t.buyer or ""].add((t.performance.starts_on, t.performance.key))
        return found

    @cached_property
    def history_from(self) -> date | None:
        return min(
            (t.performance.starts_on for t in self.tickets if t.paid and self.played(t.performance)), default=None
        )

    def told_after(self, day: date) -> bool:
        """Whether a performance with a paid ticket was played after a day."""
        return any(t.paid and self.played(t.performance) and t.performance.starts_on > day for t in self.tickets)

    def depth(self, start: date) -> int:
        """Whole months of history before a day."""
        first, months = self.history_from, 0
        while first is not None and months_before(start, months + 1) >= first:
            months += 1
        return months

    def parcours(self, day: date) -> dict[str, str]:
        """The code of everyone known on that day: the first rule that fits."""
        return dict(self._codes(day))

    def _codes(self, day: date) -> Iterable[tuple[str, str]]:
        known: defaultdict[str, set[tuple[date, tuple[str, str]]]] = defaultdict(set)
        for t in self.tickets:
            p = t.performance
            if t.paid and t.person and p.kept and (p.starts_on <= day or (t.ordered_on and t.ordered_on <= day)):
                known[t.buyer or ""].add((p.starts_on, p.key))
        for buyer, visits in known.items():
            yield buyer, code(sorted(on for on, _ in visits if on <= day), day)


def code(came: list[date], day: date) -> str:
    """The first rule that fits days of visits, in order, up to that day."""
    lately = sum(1 for on in came if on >= months_before(day, 24))
    rules = (
        (not came, "UPCOMING"),
        (bool(came) and came[-1] < months_before(day, 36), "LOST"),
        (bool(came) and came[-1] < months_before(day, 18), "DORMANT"),
        (lately > 10, "PASSIONATE"),
        (lately >= 4, "REGULAR"),
        (len(came) == 1, "NEW"),
    )
    return next((name for fits, name in rules if fits), "RETURNING")


@dataclass
class Rows:
    """The rows of one group of an answer. `period` is the question's; `stretch` that of the group's own figures."""

    book: Book
    period: Period
    conditions: Conditions = field(default_factory=dict)
    grouped: Conditions = field(default_factory=dict)
    """Those of the conditions that come from the cut: a stretch of time among them is the group's period."""

    @property
    def as_of(self) -> date:
        return self.book.as_of

    @property
    def last(self) -> date:
        return min(self.period.last_on, self.as_of)

    @cached_property
    def all(self) -> dict[str, tuple[str, ...]]:
        """Every condition; a dimension both filtered and cut keeps what both keep."""
        found = dict(self.conditions)
        for name, values in self.grouped.items():
            found[name] = tuple(v for v in values if v in found.get(name, values))
        return found

    def having(self, name: str, value: str) -> "Rows":
        return Rows(self.book, self.period, self.conditions, {**self.grouped, name: (value,)})

    def at(self, period: Period) -> "Rows":
        return Rows(self.book, period, self.conditions, self.grouped)

    @cached_property
    def then(self) -> "Rows":
        """The same rows in the reference period, whatever stretch of time was asked."""
        without = [{k: v for k, v in one.items() if k not in SPANS} for one in (self.conditions, self.grouped)]
        if self.book.reference is None:
            raise ValueError("no reference period")
        return Rows(self.book, self.book.reference, *without)

    @cached_property
    def stretch(self) -> Period:
        for p in self.performances if any(span in self.grouped for span in SPANS) else ():
            first, last = _stretch(next(span for span in SPANS if span in self.grouped), p)
            return Period(max(first, self.period.first_on), min(last, self.period.last_on))
        return self.period

    @cached_property
    def performances(self) -> list[Performance]:
        """Of the period and the cut, whatever their status."""
        return [
            p for p in self.book.performances
            if p.starts_on in self.period
            and all((OF_PERFORMANCE[k](p) or UNKNOWN) in v for k, v in self.all.items() if k in OF_PERFORMANCE)
        ]  # fmt: skip

    @cached_property
    def parcours(self) -> dict[str, str]:
        return self.book.parcours(self.last)

    def code_of(self, t: Ticket) -> str:
        return self.parcours.get(t.buyer or "", UNKNOWN) if t.buyer else UNKNOWN

    @cached_property
    def sales(self) -> list[Ticket]:
        """Tickets of performances kept, played or to come."""
        keys = {p.key for p in self.performances if p.kept}
        found = [
            t for t in self.book.tickets
            if t.performance.key in keys
            and all((OF_TICKET[k](t) or UNKNOWN) in v for k, v in self.all.items() if k in OF_TICKET)
            and ("parcours" not in self.all or self.code_of(t) in self.all["parcours"])
        ]  # fmt: skip
        return self._of_habits(found)

    def _of_habits(self, tickets: list[Ticket]) -> list[Ticket]:
        asked = {name: self.all[name] for name in HABITS if name in self.all}
        if not asked:
            return tickets
        theirs: defaultdict[str, list[Ticket]] = defaultdict(list)
        for t in tickets:
            if t.paid and t.person and self.book.played(t.performance):
                theirs[t.buyer or ""].append(t)
        kept = {b for b, listed in theirs.items() if all(habit(name, listed) in v for name, v in asked.items())}
        return [t for t in tickets if t.buyer in kept]

    def values(self, name: str) -> set[str]:
        """What the dimension takes here, unknown included."""
        if name in OF_PERFORMANCE:
            return {OF_PERFORMANCE[name](p) or UNKNOWN for p in self.performances}
        if name in OF_TICKET:
            return {OF_TICKET[name](t) or UNKNOWN for t in self.sales}
        if name in HABITS:
            return {habit(name, listed) for listed in self.tickets_of.values()}
        return {self.code_of(t) for t in self.sales}

    # ---- the row sets

    @cached_property
    def pf(self) -> list[Performance]:
        return [p for p in self.performances if self.book.played(p)]

    @cached_property
    def rows(self) -> list[Ticket]:
        return [t for t in self.sales if self.book.played(t.performance)]

    @cached_property
    def tv(self) -> list[Ticket]:
        return [t for t in self.rows if t.valid]

    @cached_property
    def tp(self) -> list[Ticket]:
        return [t for t in self.rows if t.paid]

    @cached_property
    def tpk(self) -> list[Ticket]:
        return [t for t in self.rows if t.priced]

    @cached_property
    def tickets_of(self) -> dict[str, list[Ticket]]:
        """Paid tickets of every identified person of the rows."""
        found: defaultdict[str, list[Ticket]] = defaultdict(list)
        for t in self.tp:
            if t.person:
                found[t.buyer or ""].append(t)
        return found

    @property
    def buyers(self) -> list[str]:
        return sorted(self.tickets_of)

    @property
    def named(self) -> bool:
        """Whether some paid ticket says who bought it, or there is none to say."""
        return not self.tp or any(t.buyer for t in self.tp)


def habit(name: str, tickets: list[Ticket]) -> str:
    if name == "frequency_band":
        visits = len({t.performance.key for t in tickets})
        return str(visits) if visits <= 3 else "4-10" if visits <= 10 else "11+"
    arts = len({t.performance.discipline for t in tickets} - {None, UNKNOWN})
    return UNKNOWN if not arts else "3+" if arts >= 3 else str(arts)


def _stretch(span: str, p: Performance) -> tuple[date, date]:
    day = p.starts_on
    if span == "day":
        return day, day
    if span == "week":
        monday = date.fromordinal(day.toordinal() - day.weekday())
        return monday, date.fromordinal(monday.toordinal() + 6)
    if span == "month":
        after = months_before(day.replace(day=1), -1)
        return day.replace(day=1), date.fromordinal(after.toordinal() - 1)
    return date(p.season, 9, 1), date(p.season + 1, 8, 31)


def told_by(rows: Rows, name: str) -> Iterable[tuple[str, Rows]]:
    """The rows cut by one dimension."""
    for value in sorted(rows.values(name)):
        yield value, rows.having(name, value)
