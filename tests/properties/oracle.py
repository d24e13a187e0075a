"""Each figure again, in plain Python: loops and exact fractions, written from the definitions and not from the SQL.

`Oracle(world)` holds the row sets of docs/metrics/conventions.md; every method is one metric and answers a number or the
name of the state it has instead.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from publicc.kernel.period import Period, months_before

NO_BASE, NO_DATA = "NO_BASE", "NO_DATA"
Number = Fraction | int


@dataclass(frozen=True)
class Ticket:
    performance: dict[str, Any]
    status: str
    group: str
    net: int | None
    face: int | None
    buyer: str | None
    kind: str | None
    order: int | None
    ordered_on: date | None
    cancelled_on: date | None
    origin: str
    province: str | None
    fsa: str | None
    km: Fraction | None
    scanned: bool | None
    household: str | None

    @property
    def free(self) -> bool:
        return self.group == "FREE" or self.performance["is_free"]

    @property
    def comp(self) -> bool:
        return not self.free and (self.group == "COMP" or (self.group == "UNMAPPED" and self.net == 0))

    @property
    def paid(self) -> bool:
        return self.status == "VALID" and not self.free and not self.comp

    @property
    def priced(self) -> bool:
        hidden = self.net == 0 and self.group in ("SUBSCRIPTION", "PACKAGE", "PASS")
        return self.paid and self.net is not None and not hidden

    @property
    def person(self) -> bool:
        return self.buyer is not None and self.kind == "INDIVIDUAL"

    @property
    def lead(self) -> int | None:
        return (self.performance["starts_on"] - self.ordered_on).days if self.ordered_on else None

    @property
    def ever_paid(self) -> bool:
        if self.paid:
            return True
        gone = self.status in ("CANCELLED", "REFUNDED", "EXCHANGED_OUT")
        worth = next((cents for cents in (self.face, self.net) if cents is not None), 0)
        return gone and not self.free and self.group != "COMP" and not (self.group == "UNMAPPED" and worth == 0)


def middle(values: Iterable[Number], share: Fraction = Fraction(1, 2)) -> Number | str:
    """Type 7 quantile."""
    ordered = sorted(values)
    if not ordered:
        return NO_BASE
    place = (len(ordered) - 1) * share
    below = place.numerator // place.denominator
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def over(part: Number, whole: Number, *, supplied: bool = True) -> Number | str:
    if whole:
        return Fraction(part) / Fraction(whole)
    return NO_BASE if supplied else NO_DATA


class Oracle:
    def __init__(self, performances: list[dict[str, Any]], tickets: list[Ticket], as_of: date, period: Period) -> None:
        self.as_of, self.period = as_of, period
        self.all_played = [p for p in performances if self._kept(p) and p["starts_on"] <= as_of]
        self.called_off = [
            p
            for p in performances
            if p["status"] == "CANCELLED" and p["deal_type"] != "RENTAL" and p["starts_on"] in period
        ]
        self.pf = [p for p in self.all_played if p["starts_on"] in period]
        keys = {p["performance_id"] for p in self.pf}
        self.rows = [t for t in tickets if t.performance["performance_id"] in keys]
        self.tv = [t for t in self.rows if t.status == "VALID"]
        self.tp = [t for t in self.tv if t.paid]
        self.tpk = [t for t in self.tp if t.priced]
        played = {p["performance_id"] for p in self.all_played}
        past = [t for t in tickets if t.performance["performance_id"] in played and t.paid]
        self.history_from = min((t.performance["starts_on"] for t in past), default=None)
        self.visits: defaultdict[str, set[tuple[date, str]]] = defaultdict(set)
        for t in past:
            if t.person:
                self.visits[t.buyer or ""].add((t.performance["starts_on"], t.performance["performance_id"]))
        self.buyers = sorted({t.buyer for t in self.tp if t.person and t.buyer})
        self.in_person = [p for p in self.pf if self._in_person(p)]
        self.geo = [t for t in self.tp if self._in_person(t.performance)]
        self.homes = [t for t in self.geo if t.origin != "UNKNOWN"]

    @staticmethod
    def _kept(p: dict[str, Any]) -> bool:
        return p["status"] in ("SCHEDULED", "RESCHEDULED", "MOVED_ONLINE") and p["deal_type"] != "RENTAL"

    @staticmethod
    def _in_person(p: dict[str, Any]) -> bool:
        return p["status"] != "MOVED_ONLINE" and not p["is_online"]

    # ---- supply and occupancy

    def _of(self, p: dict[str, Any], among: list[Ticket]) -> list[Ticket]:
        return [t for t in among if t.performance["performance_id"] == p["performance_id"]]

    @property
    def pe(self) -> list[dict[str, Any]]:
        found = []
        for p in self.in_person:
            admissions = len(self._of(p, self.tv))
            if p["capacity"] and self._of(p, self.rows) and Fraction(admissions) <= Fraction(102, 100) * p["capacity"]:
                found.append(p)
        return found

    def _seats_known(self) -> bool:
        return not self.in_person or any(p["capacity"] for p in self.in_person)

    def performance_count(self) -> Number | str:
        return len(self.pf)

    def cancelled_performance_count(self) -> Number | str:
        return len(self.called_off)

    def show_count(self) -> Number | str:
        return len({p["show_id"] for p in self.pf})

    def seats_offered(self) -> Number | str:
        return sum(p["capacity"] or 0 for p in self.in_person) if self._seats_known() else NO_DATA

    def capacity_coverage(self) -> Number | str:
        return over(sum(1 for p in self.in_person if p["capacity"]), len(self.in_person))

    def occupancy_rate(self) -> Number | str:
        admissions = sum(len(self._of(p, self.tv)) for p in self.pe)
        return over(admissions, sum(p["capacity"] for p in self.pe), supplied=self._seats_known())

    def paid_occupancy_rate(self) -> Number | str:
        paid = sum(len(self._of(p, self.tp)) for p in self.pe)
        return over(paid, sum(p["capacity"] for p in self.pe), supplied=self._seats_known())

    def sold_out_share(self) -> Number | str:
        full = [
            p for p in self.pe
            if p["soldout_since"] or Fraction(len(self._of(p, self.tv))) >= Fraction(98, 100) * p["capacity"]
        ]  # fmt: skip
        return over(len(full), len(self.pe), supplied=self._seats_known())

    def early_sellout_share(self) -> Number | str:
        full = 0
        for p in self.pe:
            early = [t for t in self._of(p, self.tv) if t.lead is not None and t.lead >= 14]
            full += Fraction(len(early)) >= Fraction(98, 100) * p["capacity"]
        return over(full, len(self.pe), supplied=self._seats_known())

    def no_show_rate(self) -> Number | str:
        scanned = admissions = 0
        for p in self.pf:
            of = self._of(p, self.tv)
            here = sum(1 for t in of if t.scanned)
            if of and here * 2 >= len(of):
                scanned, admissions = scanned + here, admissions + len(of)
        supplied = not self.tv or any(t.scanned is not None for t in self.tv)
        return over(admissions - scanned, admissions, supplied=supplied)

    # ---- tickets and prices

    def admission_count(self) -> Number | str:
        return len(self.tv)

    def paid_admission_count(self) -> Number | str:
        return len(self.tp)

    def comp_rate(self) -> Number | str:
        comps = sum(1 for t in self.tv if t.comp)
        return over(comps, comps + len(self.tp))

    def party_size(self) -> Number | str:
        ordered = [(t.order, t.performance["performance_id"]) for t in self.tp if t.order is not None]
        return over(len(ordered), len(set(ordered)))

    def refund_rate(self) -> Number | str:
        sold = [t for t in self.rows if t.ever_paid and t.status in ("VALID", "CANCELLED", "REFUNDED")]
        return over(sum(1 for t in sold if t.status != "VALID"), len(sold))

    def _prices(self) -> bool:
        return not self.tp or bool(self.tpk)

    def ticket_revenue(self) -> Number | str:
        return Fraction(sum(t.net or 0 for t in self.tpk), 100) if self._prices() else NO_DATA

    def price_coverage(self) -> Number | str:
        return over(len(self.tpk), len(self.tp))

    def average_price_paid(self) -> Number | str:
        return over(Fraction(sum(t.net or 0 for t in self.tpk), 100), len(self.tpk), supplied=self._prices())

    def median_price_paid(self) -> Number | str:
        found = middle([Fraction(t.net or 0, 100) for t in self.tpk])
        return NO_DATA if not self._prices() else found

    def _faced(self) -> list[Ticket]:
        return [t for t in self.tpk if t.face is not None]

    def average_discount(self) -> Number | str:
        faced = self._faced()
        off = sum((t.face or 0) - (t.net or 0) for t in faced)
        return over(Fraction(off, 100), len(faced), supplied=not self.tpk or bool(faced))

    def discount_rate(self) -> Number | str:
        faced = self._faced()
        off = sum((t.face or 0) - (t.net or 0) for t in faced)
        return over(off, sum(t.face or 0 for t in faced), supplied=not self.tpk or bool(faced))

    def reduced_share(self) -> Number | str:
        mapped = [t for t in self.tp if t.group != "UNMAPPED"]
        return over(sum(1 for t in mapped if t.group != "FULL"), len(mapped), supplied=not self.tp or bool(mapped))

    def basket_value(self) -> Number | str:
        ordered = [t for t in self.tpk if t.order is not None]
        cents = sum(t.net or 0 for t in ordered)
        return over(Fraction(cents, 100), len({t.order for t in ordered}), supplied=self._prices())

    def _full_price(self, p: dict[str, Any]) -> Number | None:
        found = middle([t.face for t in self._of(p, self.tp) if t.group == "FULL" and t.face is not None])
        return None if isinstance(found, str) else found

    def _priced_houses(self) -> list[dict[str, Any]]:
        houses = []
        for p in self.pe:
            paid, priced = len(self._of(p, self.tp)), len(self._of(p, self.tpk))
            if not p["is_free"] and Fraction(priced) >= Fraction(80, 100) * paid:
                houses.append(p)
        return houses

    def financial_utilization(self) -> Number | str:
        revenue = possible = Fraction(0)
        for p in self._priced_houses():
            full = self._full_price(p)
            if full:
                revenue += sum(t.net or 0 for t in self._of(p, self.tpk))
                possible += p["capacity"] * full
        sold = [p for p in self.pf if self._of(p, self.tp)]
        return over(revenue, possible, supplied=not sold or any(self._full_price(p) is not None for p in sold))

    def revenue_per_seat_offered(self) -> Number | str:
        houses = self._priced_houses()
        cents = sum(t.net or 0 for p in houses for t in self._of(p, self.tpk))
        return over(Fraction(cents, 100), sum(p["capacity"] for p in houses), supplied=self._seats_known())

    # ---- time

    def _leads(self, without: tuple[str, ...] = ()) -> list[int]:
        return [t.lead for t in self.tp if t.lead is not None and t.lead >= 0 and t.group not in without]

    def _dated(self) -> bool:
        return not self.tp or any(t.ordered_on for t in self.tp)

    def lead_time_median(self) -> Number | str:
        return middle(self._leads()) if self._dated() else NO_DATA

    def lead_time_median_single(self) -> Number | str:
        if sum(1 for t in self.tp if t.group != "UNMAPPED") * 10 < len(self.tp) * 9:
            return NO_BASE
        return middle(self._leads(("SUBSCRIPTION", "PASS"))) if self._dated() else NO_DATA

    def late_sales_share(self) -> Number | str:
        leads = self._leads()
        return over(sum(1 for lead in leads if lead <= 7), len(leads), supplied=self._dated())

    def late_entry_share(self) -> Number | str:
        return over(sum(1 for t in self.tp if t.lead is not None and t.lead < 0), len(self.tp))

    def presale_share(self) -> Number | str:
        known = [t for t in self.tp if t.ordered_on and t.performance["general_sale_on"]]
        early = sum(1 for t in known if t.ordered_on and t.ordered_on < t.performance["general_sale_on"])
        return over(early, len(known), supplied=not self.tp or bool(known))

    # ---- buyers

    def _named(self) -> bool:
        return not self.tp or any(t.buyer for t in self.tp)

    def buyer_count(self) -> Number | str:
        return len(self.buyers) if self._named() else NO_DATA

    def buyer_coverage(self) -> Number | str:
        return over(sum(1 for t in self.tp if t.person), len(self.tp))

    def tickets_per_buyer(self) -> Number | str:
        return over(sum(1 for t in self.tp if t.person), len(self.buyers), supplied=self._named())

    def spend_per_buyer(self) -> Number | str:
        cents = sum(t.net or 0 for t in self.tpk if t.person)
        return over(Fraction(cents, 100), len(self.buyers), supplied=self._named())

    def _in(self, buyer: str, first: date, last: date) -> list[tuple[date, str]]:
        return [visit for visit in self.visits[buyer] if first <= visit[0] <= last]

    def _share(self, chosen: Iterable[str]) -> Number | str:
        whole = len(self.buyers)
        return over(len(list(chosen)), whole, supplied=bool(whole) or not self.tp or any(t.person for t in self.tp))

    def _first(self, buyer: str) -> date:
        return min(day for day, _ in self.visits[buyer])

    def _depth(self) -> int:
        first, start, months = self.history_from, self.period.first_on, 0
        while first is not None and months_before(start, months + 1) >= first:
            months += 1
        return months

    def _new(self) -> list[str]:
        return [b for b in self.buyers if self._first(b) >= self.period.first_on]

    def new_buyer_share(self) -> Number | str:
        return self._share(self._new()) if self._depth() >= 12 else NO_BASE

    def new_buyer_share_36m(self) -> Number | str:
        if self._depth() < 36:
            return NO_BASE
        new = []
        for b in self.buyers:
            came = min(day for day, _ in self._in(b, self.period.first_on, self.period.last_on))
            if not self._in(b, months_before(came, 36), self.period.first_on - timedelta(1)):
                new.append(b)
        return self._share(new)

    def _is_year(self) -> bool:
        return self.period.last_on + timedelta(1) == months_before(self.period.first_on, -12)

    def reactivated_share(self) -> Number | str:
        if not self._is_year():
            return NO_BASE
        year_before = months_before(self.period.first_on, 12)
        return self._share(
            b for b in self.buyers
            if not self._in(b, year_before, self.period.first_on - timedelta(1)) and self._first(b) < year_before
        )  # fmt: skip

    def _end_of_next(self) -> date:
        return months_before(self.period.last_on + timedelta(1), -12) - timedelta(1)

    def _back(self, buyer: str) -> bool:
        return bool(self._in(buyer, self.period.last_on + timedelta(1), self._end_of_next()))

    def retention_rate(self) -> Number | str:
        if not self._is_year() or self._end_of_next() > self.as_of:
            return NO_BASE
        return self._share(b for b in self.buyers if self._back(b))

    def new_buyer_retention(self) -> Number | str:
        if not self._is_year() or self._end_of_next() > self.as_of or self._depth() < 12:
            return NO_BASE
        new = self._new()
        return over(sum(1 for b in new if self._back(b)), len(new))

    def _visits_of(self, buyer: str) -> int:
        return len(self._in(buyer, self.period.first_on, self.period.last_on))

    def frequency(self) -> Number | str:
        return over(sum(map(self._visits_of, self.buyers)), len(self.buyers)) if self._is_year() else NO_BASE

    def multi_buyer_share(self) -> Number | str:
        return self._share(b for b in self.buyers if self._visits_of(b) >= 2)

    def recency_median(self) -> Number | str:
        return middle([(self.as_of - max(day for day, _ in self.visits[b])).days for b in self.buyers])

    def subscriber_share(self) -> Number | str:
        with_one = {t.buyer for t in self.tp if t.person and t.group == "SUBSCRIPTION"}
        return self._share(b for b in self.buyers if b in with_one)

    def _sizes(self) -> list[int]:
        return sorted(Counter(t.buyer for t in self.tp if t.person).values())

    def concentration_top10(self) -> Number | str:
        sizes = self._sizes()
        top = -(-len(sizes) // 10)
        return over(sum(sizes[len(sizes) - top :]), sum(sizes))

    def gini_tickets(self) -> Number | str:
        sizes = self._sizes()
        n = len(sizes)
        return over(sum((2 * i - n - 1) * x for i, x in enumerate(sizes, start=1)), n * sum(sizes))

    # ---- geography

    def _covered(self, found: Number | str) -> Number | str:
        if len(self.homes) * 100 < len(self.geo) * 40:
            return NO_BASE if self.homes else NO_DATA
        return found

    def postal_coverage(self) -> Number | str:
        return over(len(self.homes), len(self.geo))

    def _km(self) -> list[Fraction]:
        return [t.km for t in self.homes if t.origin == "CANADA" and t.km is not None]

    def distance_median(self) -> Number | str:
        return self._covered(middle(self._km()))

    def distance_p25(self) -> Number | str:
        return self._covered(middle(self._km(), Fraction(1, 4)))

    def distance_p75(self) -> Number | str:
        return self._covered(middle(self._km(), Fraction(3, 4)))

    def foreign_share(self) -> Number | str:
        return self._covered(over(sum(1 for t in self.homes if t.origin == "FOREIGN"), len(self.homes)))

    def out_of_province_share(self) -> Number | str:
        away = sum(1 for t in self.homes if t.origin == "CANADA" and t.province not in (None, "QC"))
        return self._covered(over(away, len(self.homes)))

    def _areas(self) -> list[int]:
        return sorted(Counter(t.fsa for t in self.homes if t.origin == "CANADA" and t.fsa).values(), reverse=True)

    def fsas_for_half(self) -> Number | str:
        gathered, areas = 0, self._areas()
        for place, tickets in enumerate(areas, start=1):
            gathered += tickets
            if 2 * gathered >= sum(areas):
                return self._covered(place)
        return self._covered(NO_BASE)

    def hhi_fsa(self) -> Number | str:
        areas = self._areas()
        return self._covered(over(sum(n * n for n in areas), sum(areas) ** 2))


METRICS = tuple(name for name in vars(Oracle) if not name.startswith("_") and name != "pe")
