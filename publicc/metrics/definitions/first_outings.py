"""What follows a first outing in a discipline: whether the buyer comes again, to what, and how soon."""

from collections import defaultdict
from datetime import date
from functools import partial
from typing import Final, NamedTuple

from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.period import Period
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Discipline
from publicc.metrics.definition import Grain, IntervalRule, Key, Metric, Solved
from publicc.metrics.formulas import no_base
from publicc.metrics.gathering import Cut, Facts, rows_of
from publicc.metrics.rules import quantile
from publicc.metrics.words import BUYERS_OUT, PERSONS_F30

_OUTINGS: Final = (
    "(SELECT DISTINCT buyer, starts_on, discipline FROM cut WHERE is_paid AND individual AND discipline <> 'UNKNOWN')"
)
_FIRSTS: Final = f"""(SELECT f.buyer, f.discipline, d.next_on, date_diff('day', f.first_on, d.next_on) AS delay
 FROM (SELECT buyer, discipline, min(starts_on) AS first_on FROM {_OUTINGS} AS o GROUP BY 1, 2) AS f
 JOIN (SELECT buyer, starts_on, lead(starts_on) OVER (PARTITION BY buyer ORDER BY starts_on) AS next_on
  FROM (SELECT DISTINCT buyer, starts_on FROM {_OUTINGS} AS every) AS days) AS d
 ON d.buyer = f.buyer AND d.starts_on = f.first_on
 WHERE f.first_on >= $status_36 AND f.first_on <= $before_on)"""
"""Buyer × discipline of a first outing that is old enough for a year to have followed; the next day out, if any."""
_WITHIN_DAYS: Final = 365
_DELAYS: Final = f"""SELECT discipline, CASE WHEN delay <= {_WITHIN_DAYS} THEN delay END, count(*)
 FROM {_FIRSTS} AS firsts GROUP BY 1, 2"""
_NEXTS: Final = f"""SELECT f.discipline, o.discipline, count(*) FROM {_FIRSTS} AS f JOIN {_OUTINGS} AS o
 ON o.buyer = f.buyer AND o.starts_on = f.next_on WHERE f.delay <= {_WITHIN_DAYS} GROUP BY 1, 2"""


class _First(NamedTuple):
    """Of the first outings in one discipline: how many, and the days to the next outing of those who came again."""

    buyers: int
    delays: list[int]


def _whole(facts: Facts, cut: Cut) -> Cut:
    """All history up to the last day of the period: a first outing is the first of all that is loaded."""
    last = min(cut.period.last_on, facts.as_of)
    return Cut((), cut.where, Period(date(1, 1, 1), last))


def _firsts(facts: Facts, cut: Cut) -> dict[str, _First]:
    sizes: defaultdict[str, int] = defaultdict(int)
    delays: defaultdict[str, list[int]] = defaultdict(list)
    for discipline, delay, n in rows_of(facts, _whole(facts, cut), _DELAYS):
        sizes[discipline] += n
        delays[discipline] += [] if delay is None else [delay] * n
    named = (one.value for one in Discipline if sizes[one.value])
    return {one: _First(sizes[one], delays[one]) for one in named}


def _returns(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    found = _firsts(facts, cut)
    return {(name,): Shown(len(one.delays) / one.buyers, n=one.buyers) for name, one in found.items()}


def _delays(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    found = _firsts(facts, cut)
    return {
        (name,): Shown(quantile(one.delays, 0.5), n=len(one.delays)) if one.delays else no_base()
        for name, one in found.items()
    }


def _seconds(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    pairs = {(a, b): n for a, b, n in rows_of(facts, _whole(facts, cut), _NEXTS)}
    back = {name: len(one.delays) for name, one in _firsts(facts, cut).items() if one.delays}
    reached = [one.value for one in Discipline if any(one.value == b for _, b in pairs)]
    return {(a, b): Shown(pairs.get((a, b), 0) / n, n=n) for a, n in back.items() for b in reached}


_of_firsts: Final = partial(
    Metric,
    counts_in=Text(
        "personnes identifiées dont la première sortie de tout l'historique chargé dans la discipline date d'au moins 12 mois et d'au plus 36 mois avant le dernier jour",
        "identified persons whose first outing, of all history loaded, in the discipline was 12 months or more and 36 months or less before the last day",
    ),
    counts_out=BUYERS_OUT,
    grain=Grain.BUYER,
    base=PERSONS_F30,
    needs=("buyer",),
    source="proposed",
    cuts=frozenset(),
    examples=("first-1",),
)  # fmt: skip

METRICS: Final = (
    _of_firsts(
        id="first_return_share",
        label=Text("Revenus après une première sortie", "Returned after a first outing"),
        unit=Unit.RATIO,
        interval=IntervalRule.WILSON,
        formula=Text(
            "Personnes sorties de nouveau dans les 365 jours ÷ personnes d'une première sortie dans la discipline",
            "Persons out again within 365 days ÷ persons of a first outing in the discipline",
        ),
        recipe=Solved(_returns, ("discipline",)),
    ),
    _of_firsts(
        id="second_outing_share",
        label=Text("Sortie après une première", "Outing after a first"),
        unit=Unit.RATIO,
        interval=IntervalRule.WILSON,
        formula=Text(
            "Personnes dont le jour de sortie suivant, dans les 365 jours, compte une sortie en b ÷ personnes d'une première sortie en a sorties de nouveau",
            "Persons whose next day out, within 365 days, has an outing in b ÷ persons of a first outing in a who came out again",
        ),
        recipe=Solved(_seconds, ("discipline", "to_discipline")),
    ),
    _of_firsts(
        id="second_outing_delay",
        label=Text("Délai avant la sortie suivante", "Time to the next outing"),
        unit=Unit.DAYS,
        formula=Text(
            "Médiane des jours entre la première sortie dans la discipline et le jour de sortie suivant, dans les 365 jours",
            "Median of the days between the first outing in the discipline and the next day out, within 365 days",
        ),
        recipe=Solved(_delays, ("discipline",)),
    ),
)  # fmt: skip
