"""*Parcours*: where each buyer is in their life with the organization, at the last day of the period."""

from collections import Counter, defaultdict
from dataclasses import replace
from functools import partial
from typing import Final

from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.period import Period, months_before
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Discipline, Parcours
from publicc.metrics.definition import Context, Grain, Key, Metric, Solved
from publicc.metrics.formulas import no_base
from publicc.metrics.gathering import Cut, Facts, rows_of
from publicc.metrics.history import FULL_DEPTH_MONTHS, depth_months
from publicc.metrics.words import BUYERS_IN, BUYERS_OUT, LIVED_IN, PERSONS_F30

LEAST_VISITS: Final = 30
_CODES: Final = tuple(one.value for one in Parcours)
_LIVED: Final = tuple(one for one in _CODES if one != Parcours.UPCOMING)


def _last_day(facts: Facts, cut: Cut) -> Period:
    last = min(cut.period.last_on, facts.as_of)
    return Period(last, last)


def lost_is_known(facts: Facts, day: Period) -> bool:
    """A history shorter than 36 months cannot have lost anyone."""
    return depth_months(Context(day, facts.as_of, history_from=facts.history_from)) >= FULL_DEPTH_MONTHS


def _mix(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    counts: dict[str, int] = dict(rows_of(facts, cut, "SELECT parcours, count(*) FROM parcours_of GROUP BY 1"))
    lived = sum(counts.get(code, 0) for code in _LIVED)
    shares: dict[Key, Cell] = {
        (code,): Shown(counts.get(code, 0) / lived, n=lived) if lived else no_base() for code in _LIVED
    }
    if lived and not lost_is_known(facts, _last_day(facts, cut)):
        shares[Parcours.LOST.value,] = no_base("history_36_months")
    return shares


def _transitions(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    rows = rows_of(
        facts,
        cut,
        "SELECT b.parcours, a.parcours, count(*) FROM parcours_before AS b JOIN parcours_of AS a ON a.buyer = b.buyer"
        " GROUP BY 1, 2",
    )
    counts = {(before, after): n for before, after, n in rows}
    sizes: Counter[str] = Counter()
    for (before, _), n in counts.items():
        sizes[before] += n
    now = _last_day(facts, cut)
    known = {before: lost_is_known(facts, day) for before, day in ((False, now), (True, _year_before(now)))}
    cells: dict[Key, Cell] = {}
    for before in _CODES:
        for after in _LIVED:
            lost = Parcours.LOST.value
            blind = (before == lost and not known[True]) or (after == lost and not known[False])
            if blind or not sizes[before]:
                cells[before, after] = no_base("history_36_months" if blind else None)
            else:
                cells[before, after] = Shown(counts.get((before, after), 0) / sizes[before], n=sizes[before])
    return cells


def _year_before(day: Period) -> Period:
    earlier = months_before(day.last_on, 12)
    return Period(earlier, earlier)


def _returns(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    rows = rows_of(
        facts,
        cut,
        "SELECT b.parcours, count(*), count(v.buyer) FROM parcours_before AS b LEFT JOIN (SELECT DISTINCT buyer FROM history"
        " WHERE starts_on > $before_on AND starts_on <= $status_on) AS v ON v.buyer = b.buyer GROUP BY 1",
    )
    found = {code: (n, back) for code, n, back in rows}
    cells: dict[Key, Cell] = {}
    for code in _CODES:
        n, back = found.get(code, (0, 0))
        cells[code,] = Shown(back / n, n=n) if n else no_base()
    if not lost_is_known(facts, _year_before(_last_day(facts, cut))):
        cells[Parcours.LOST.value,] = no_base("history_36_months")
    return cells


def _look_back(facts: Facts, cut: Cut) -> Cut:
    last = min(cut.period.last_on, facts.as_of)
    return replace(cut, by=(), period=Period(months_before(last, 24), last))


def affinity(part: int, segment: int, everyone: int, everything: int) -> float:
    """100 × (visits of s in d ÷ visits of s) ÷ (visits in d ÷ all visits)."""
    return 100 * (part * everything) / (segment * everyone)


def _affinities(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    rows = rows_of(
        facts,
        _look_back(facts, cut),
        "SELECT w.parcours, c.discipline, count(*) FROM (SELECT DISTINCT buyer, organization, performance_id, discipline"
        " FROM cut WHERE is_paid AND individual) AS c JOIN parcours_of AS w ON w.buyer = c.buyer"
        " WHERE c.discipline <> 'UNKNOWN' GROUP BY 1, 2",
    )
    by_segment: defaultdict[str, int] = defaultdict(int)
    by_discipline: defaultdict[str, int] = defaultdict(int)
    visits = {(segment, discipline): n for segment, discipline, n in rows}
    for (segment, discipline), n in visits.items():
        by_segment[segment] += n
        by_discipline[discipline] += n
    total = sum(visits.values())
    cells: dict[Key, Cell] = {}
    for segment in (code for code in _LIVED if by_segment[code]):
        for discipline in (one.value for one in Discipline if by_discipline[one.value]):
            size = by_segment[segment]
            value = affinity(visits.get((segment, discipline), 0), size, by_discipline[discipline], total)
            cells[segment, discipline] = Shown(value, n=size) if size >= LEAST_VISITS else no_base("30_visits")
    return cells


def _flows(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    bought = "(SELECT DISTINCT buyer, discipline FROM cut WHERE is_paid AND individual AND discipline <> 'UNKNOWN')"
    rows = rows_of(
        facts,
        _look_back(facts, cut),
        f"SELECT a.discipline, b.discipline, count(*) FROM {bought} AS a JOIN {bought} AS b ON b.buyer = a.buyer"
        " GROUP BY 1, 2",
    )
    shared = {(a, b): n for a, b, n in rows}
    named = [one.value for one in Discipline if (one.value, one.value) in shared]
    return {(a, b): Shown(shared.get((a, b), 0) / shared[a, a], n=shared[a, a]) for a in named for b in named}


def _next(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    """From each outing to the disciplines of the buyer's next day out, as shares of those of its discipline."""
    outings = (
        "(SELECT DISTINCT buyer, starts_on, discipline FROM cut WHERE is_paid AND individual"
        " AND discipline <> 'UNKNOWN')"
    )
    after = (
        "(SELECT buyer, starts_on, lead(starts_on) OVER (PARTITION BY buyer ORDER BY starts_on) AS next_on"
        f" FROM (SELECT DISTINCT buyer, starts_on FROM {outings} AS o) AS days)"
    )
    rows = rows_of(
        facts,
        _look_back(facts, cut),
        f"SELECT a.discipline, b.discipline, count(*) FROM {outings} AS a JOIN {after} AS d ON d.buyer = a.buyer"
        f" AND d.starts_on = a.starts_on JOIN {outings} AS b ON b.buyer = a.buyer AND b.starts_on = d.next_on"
        " GROUP BY 1, 2",
    )
    counts = {(a, b): n for a, b, n in rows}
    totals: defaultdict[str, int] = defaultdict(int)
    for (a, _), n in counts.items():
        totals[a] += n
    named = [one.value for one in Discipline if any(one.value in pair for pair in counts)]
    return {
        (a, b): Shown(counts.get((a, b), 0) / totals[a], n=totals[a]) if totals[a] else no_base()
        for a in named
        for b in named
    }


_of_parcours: Final = partial(
    Metric,
    counts_in=LIVED_IN,
    counts_out=BUYERS_OUT,
    grain=Grain.BUYER,
    base=PERSONS_F30,
    needs=("buyer",),
    source="proposed",
    cuts=frozenset(),
)

METRICS: Final = (
    _of_parcours(
        id="parcours_share",
        label=Text("Répartition des parcours", "Parcours mix"),
        unit=Unit.RATIO,
        formula=Text(
            "Acheteurs par code ÷ acheteurs d'au moins une visite; À venir à part",
            "Buyers per code ÷ buyers with at least one visit; Upcoming apart",
        ),
        recipe=Solved(_mix, ("parcours",)),
        examples=("parc-1",),
    ),
    _of_parcours(
        id="parcours_transition",
        label=Text("Passages entre parcours", "Parcours transitions"),
        unit=Unit.RATIO,
        formula=Text(
            "Part du code x douze mois plus tôt qui est au code y le dernier jour",
            "Share of code x twelve months before that is in code y on the last day",
        ),
        recipe=Solved(_transitions, ("parcours", "parcours_next")),
        examples=("flow-1",),
    ),
    _of_parcours(
        id="parcours_return_rate",
        label=Text("Taux de retour par parcours", "Return rate by parcours"),
        unit=Unit.RATIO,
        formula=Text(
            "Part du code x douze mois plus tôt ayant ≥ 1 visite depuis",
            "Share of code x twelve months before with ≥ 1 visit since",
        ),
        recipe=Solved(_returns, ("parcours",)),
        examples=("flow-1",),
    ),
    _of_parcours(
        id="segment_affinity",
        label=Text("Affinité segment–discipline", "Segment affinity"),
        unit=Unit.INDEX,
        formula=Text(
            "100 × (visites de s en d ÷ visites de s) ÷ (visites en d ÷ toutes), 24 mois, ≥ 30 visites de s",
            "100 × (visits of s in d ÷ visits of s) ÷ (visits in d ÷ all), 24 months, ≥ 30 visits of s",
        ),
        recipe=Solved(_affinities, ("parcours", "discipline")),
        examples=("aff-1",),
    ),
    Metric(
        id="discipline_flow",
        label=Text("Passage entre disciplines", "Flow between disciplines"),
        unit=Unit.RATIO,
        formula=Text(
            "Acheteurs de a qui ont aussi acheté b ÷ acheteurs de a, 24 mois",
            "Buyers of a who also bought b ÷ buyers of a, 24 months",
        ),
        counts_in=BUYERS_IN,
        counts_out=BUYERS_OUT,
        recipe=Solved(_flows, ("discipline", "to_discipline")),
        grain=Grain.BUYER,
        base=PERSONS_F30,
        needs=("buyer",),
        source="proposed",
        cuts=frozenset(),
        examples=("flow-1",),
    ),
    Metric(
        id="next_discipline_share",
        label=Text("Sortie suivante", "Next outing"),
        unit=Unit.RATIO,
        formula=Text(
            "Sorties en a suivies d'une sortie en b ÷ sorties en a suivies d'une autre, même acheteur, 24 mois",
            "Outings in a followed by one in b ÷ outings in a followed by another, same buyer, 24 months",
        ),
        counts_in=BUYERS_IN,
        counts_out=BUYERS_OUT,
        recipe=Solved(_next, ("discipline", "to_discipline")),
        grain=Grain.BUYER,
        base=PERSONS_F30,
        needs=("buyer",),
        source="proposed",
        cuts=frozenset(),
        examples=("flow-1",),
    ),
)
