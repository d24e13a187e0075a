"""Where each buyer is in their life with the organization; entry seasons, habits, flows. The cut is always everybody."""

import itertools
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from publicc.kernel.period import Period, months_before, season_period, season_year
from publicc.metrics.intervals import lift
from tests.properties.oracle.rows import NO_BASE, NO_DATA, UNKNOWN, Figure, Rows, Table, median_of, middle, over

_CODES = ("UPCOMING", "LOST", "DORMANT", "PASSIONATE", "REGULAR", "NEW", "RETURNING")
_LIVED = _CODES[1:]


def _lost_is_known(rows: Rows, day: date) -> bool:
    return rows.book.depth(day) >= 36


def parcours_share(rows: Rows) -> Table:
    counts = Counter(rows.parcours.values())
    lived = sum(counts[code] for code in _LIVED)
    found: Table = {(code,): over(counts[code], lived) for code in _LIVED}
    if not _lost_is_known(rows, rows.last):
        found["LOST",] = NO_BASE
    return found


def parcours_transition(rows: Rows) -> Table:
    earlier = months_before(rows.last, 12)
    before, now = rows.book.parcours(earlier), rows.parcours
    sizes = Counter(before.values())
    moves = Counter((code, now[buyer]) for buyer, code in before.items())
    blind = {"before": not _lost_is_known(rows, earlier), "now": not _lost_is_known(rows, rows.last)}
    return {
        (one, other): NO_BASE
        if (one == "LOST" and blind["before"]) or (other == "LOST" and blind["now"])
        else over(moves[one, other], sizes[one])
        for one in _CODES
        for other in _LIVED
    }


def parcours_return_rate(rows: Rows) -> Table:
    earlier = months_before(rows.last, 12)
    sizes, back = Counter[str](), Counter[str]()
    for buyer, code in rows.book.parcours(earlier).items():
        sizes[code] += 1
        back[code] += any(earlier < day <= rows.last for day, _ in rows.book.visits.get(buyer, ()))
    found: Table = {(code,): over(back[code], sizes[code]) for code in _CODES}
    if not _lost_is_known(rows, earlier):
        found["LOST",] = NO_BASE
    return found


def _two_years(rows: Rows) -> Rows:
    return rows.at(Period(months_before(rows.last, 24), rows.last))


def segment_affinity(rows: Rows) -> Table:
    visits = {
        (t.buyer, t.performance.key, t.performance.discipline)
        for t in _two_years(rows).tp
        if t.person and t.performance.discipline not in (None, UNKNOWN)
    }
    pairs = Counter((rows.parcours[buyer or ""], discipline) for buyer, _, discipline in visits)
    arts, segments = Counter[str](), Counter[str]()
    for (segment, discipline), n in pairs.items():
        segments[segment] += n
        arts[discipline or ""] += n
    return {
        (segment, discipline): (100 * Fraction(pairs[segment, discipline] * len(visits), size * arts[discipline]), size)
        if size >= 30
        else NO_BASE
        for segment, size in segments.items()
        for discipline in arts
    }


def parcours_lift(rows: Rows) -> Table:
    kinds = {
        "discipline": lambda t: t.performance.discipline if t.performance.discipline != UNKNOWN else None,
        "price_group": lambda t: t.group if t.group != "UNMAPPED" else None,
        "weekday": lambda t: str(t.performance.starts_on.isoweekday()),
    }
    bought = [t for t in _two_years(rows).tp if t.person]
    sizes = Counter(rows.parcours[buyer or ""] for buyer in {t.buyer for t in bought})
    found: Table = {}
    for kind, told in kinds.items():
        took = {(t.buyer, told(t)) for t in bought if told(t) is not None}
        pairs = Counter((rows.parcours[buyer or ""], offer) for buyer, offer in took)
        offers = Counter(offer for _, offer in took)
        for segment, size in sizes.items():
            for offer, everyone in offers.items():
                three = lift(pairs[segment, offer], size, everyone, sum(sizes.values()))
                for bound, value in zip(("low", "middle", "high"), three, strict=True):
                    told_as = (Fraction(value), size) if size >= 30 else NO_BASE
                    found[segment, f"{kind}:{offer}", bound] = told_as
    return found


def profile_share(_: Rows) -> Table:
    return {}


def profile_transition(_: Rows) -> Table:
    return {}


def profile_lift(_: Rows) -> Table:
    return {}


def discipline_flow(rows: Rows) -> Table:
    who: defaultdict[str, set[str]] = defaultdict(set)
    for t in _two_years(rows).tp:
        if t.person and t.performance.discipline not in (None, UNKNOWN):
            who[t.performance.discipline or ""].add(t.buyer or "")
    return {(a, b): (Fraction(len(who[a] & who[b]), len(who[a])), len(who[a])) for a in who for b in who}


def next_discipline_share(rows: Rows) -> Table:
    days: defaultdict[str, defaultdict[date, set[str]]] = defaultdict(lambda: defaultdict(set))
    for t in _two_years(rows).tp:
        if t.person and t.performance.discipline not in (None, UNKNOWN):
            days[t.buyer or ""][t.performance.starts_on].add(t.performance.discipline or "")
    pairs = Counter[tuple[str, str]]()
    for theirs in days.values():
        for now, after in itertools.pairwise(sorted(theirs)):
            pairs.update((a, b) for a in theirs[now] for b in theirs[after])
    named = {one for pair in pairs for one in pair}
    sizes = {a: sum(n for (first, _), n in pairs.items() if first == a) for a in named}
    return {(a, b): over(pairs[a, b], sizes[a]) for a in named for b in named}


def entry_season_retention(rows: Rows) -> Table:
    seasons = {b: {season_year(day) for day, _ in visits} for b, visits in rows.book.visits.items()}
    found: Table = {}
    for season in range(season_year(rows.period.first_on), season_year(min(rows.period.last_on, rows.as_of)) + 1):
        new = [b for b, theirs in seasons.items() if min(theirs) == season]
        deep = rows.book.depth(season_period(season).first_on) >= 12
        for later in range(1, 6):
            year = season_period(season + later)
            came = sum(1 for b in new if season + later in seasons[b])
            share = over(came, len(new)) if year.last_on <= rows.as_of and deep else NO_BASE
            told = share == NO_BASE or rows.book.told_after(year.first_on - timedelta(1))
            found[f"{season}-{season + 1}", str(later)] = share if told else NO_DATA
    return found


def _habits(rows: Rows) -> list[tuple[date, Fraction]]:
    """Last visit and usual gap of the buyers of the period who came on three days or more."""
    found = []
    for b in rows.buyers:
        days = sorted({day for day, _ in rows.book.visits[b]})
        if len(days) >= 3:
            gap = middle((later - earlier).days for earlier, later in itertools.pairwise(days))
            found.append((days[-1], Fraction(gap or 0)))
    return found


def usual_interval(rows: Rows) -> Figure:
    return median_of(gap for _, gap in _habits(rows))


def expected_next_visit(rows: Rows) -> Table:
    months = Counter[str]()
    for latest, gap in _habits(rows):
        days = Decimal(gap.numerator) / Decimal(gap.denominator)
        months[(latest + timedelta(int(days.quantize(Decimal(1), rounding=ROUND_HALF_UP)))).isoformat()[:7]] += 1
    return {(month,): (n, sum(months.values())) for month, n in months.items()}


def _firsts(rows: Rows) -> dict[str, list[tuple[str, int | None]]]:
    """Discipline → of each first outing a year old or more, the disciplines of the next day out within 365 days."""
    days: defaultdict[str, defaultdict[date, set[str]]] = defaultdict(lambda: defaultdict(set))
    for t in rows.at(Period(date(1, 1, 1), rows.last)).tp:
        if t.person and t.performance.discipline not in (None, UNKNOWN):
            days[t.buyer or ""][t.performance.starts_on].add(t.performance.discipline or "")
    found: defaultdict[str, list[tuple[str, int | None]]] = defaultdict(list)
    for theirs in days.values():
        for discipline in set().union(*theirs.values()):
            first = min(day for day, seen in theirs.items() if discipline in seen)
            if months_before(rows.last, 36) <= first <= months_before(rows.last, 12):
                after = min((day for day in theirs if day > first), default=None)
                near = after is not None and (after - first).days <= 365
                found[discipline].append(
                    (" ".join(sorted(theirs[after])), (after - first).days) if near and after else ("", None)
                )
    return found


def first_return_share(rows: Rows) -> Table:
    return {
        (a,): over(sum(1 for _, delay in all_ if delay is not None), len(all_)) for a, all_ in _firsts(rows).items()
    }


def second_outing_delay(rows: Rows) -> Table:
    return {
        (a,): median_of(Fraction(delay) for _, delay in all_ if delay is not None) for a, all_ in _firsts(rows).items()
    }


def second_outing_share(rows: Rows) -> Table:
    back = {a: [after.split() for after, delay in all_ if delay is not None] for a, all_ in _firsts(rows).items()}
    reached = {one for theirs in back.values() for after in theirs for one in after}
    return {
        (a, b): over(sum(1 for after in theirs if b in after), len(theirs))
        for a, theirs in back.items()
        for b in reached
        if theirs
    }
