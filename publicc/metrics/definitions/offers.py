"""What each segment would take: the chance that its buyers choose an offer, against that of the average buyer."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Final

from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.period import Period, months_before
from publicc.kernel.text import Text
from publicc.metrics.definition import Grain, Key, Metric, Solved
from publicc.metrics.formulas import no_base
from publicc.metrics.gathering import Cut, Facts, rows_of
from publicc.metrics.intervals import lift
from publicc.metrics.words import BUYERS_OUT, LIVED_IN, PERSONS_F30

LEAST_BUYERS: Final = 30
OFFERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "discipline": "CASE WHEN discipline <> 'UNKNOWN' THEN discipline END",
        "price_group": "CASE WHEN price_group <> 'UNMAPPED' THEN price_group END",
        "weekday": "CAST(isodow(starts_on) AS TEXT)",
    }
)
"""Kind of offer → what a ticket is of it. The code of an offer is `kind:value`, as `discipline:DANCE`."""
BOUNDS: Final = ("low", "middle", "high")
_TICKETS: Final = "cut WHERE is_paid AND individual"
PARCOURS: Final = "(SELECT buyer, parcours AS code FROM parcours_of)"


def lifts(facts: Facts, cut: Cut, segments: str) -> dict[Key, Cell]:
    """Segment × offer × bound. `segments`: SQL of `(buyer, code)`, one row a buyer."""
    last = min(cut.period.last_on, facts.as_of)
    back = replace(cut, by=(), period=Period(months_before(last, 24), last))
    came = f"(SELECT DISTINCT buyer FROM {_TICKETS})"
    joined = f"JOIN {segments} AS w ON w.buyer = c.buyer GROUP BY"
    sizes: dict[str, int] = dict(rows_of(facts, back, f"SELECT w.code, count(*) FROM {came} AS c {joined} 1"))
    cells: dict[Key, Cell] = {}
    for kind, sql in OFFERS.items():
        took = f"(SELECT DISTINCT buyer, {sql} AS offer FROM {_TICKETS})"
        taken = rows_of(facts, back, f"SELECT w.code, c.offer, count(*) FROM {took} AS c {joined} 1, 2")
        cells |= _of_kind(kind, {(code, offer): n for code, offer, n in taken if offer is not None}, sizes)
    return cells


def _of_kind(kind: str, taken: Mapping[tuple[str, str], int], sizes: Mapping[str, int]) -> dict[Key, Cell]:
    everyone, by_offer = sum(sizes.values()), Counter[str]()
    for (_, offer), n in taken.items():
        by_offer[offer] += n
    cells: dict[Key, Cell] = {}
    for code, size in sizes.items():
        for offer, all_of_it in by_offer.items():
            told = lift(taken.get((code, offer), 0), size, all_of_it, everyone)
            for bound, value in zip(BOUNDS, told, strict=True):
                key = (code, f"{kind}:{offer}", bound)
                cells[key] = Shown(value, n=size) if size >= LEAST_BUYERS else no_base("30_buyers")
    return cells


def _of_parcours(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    return lifts(facts, cut, PARCOURS)


lift_of: Final = partial(
    Metric,
    counts_in=LIVED_IN,
    counts_out=BUYERS_OUT,
    grain=Grain.BUYER,
    base=PERSONS_F30,
    needs=("buyer",),
    source="proposed",
    cuts=frozenset(),
    unit=Unit.PLAIN,
    formula=Text(
        "(acheteurs de s ayant pris o ÷ acheteurs de s) ÷ (acheteurs ayant pris o ÷ acheteurs), 24 mois, "
        "≥ 30 acheteurs de s; intervalle à 95 % par la méthode delta",
        "(buyers of s who took o ÷ buyers of s) ÷ (buyers who took o ÷ buyers), 24 months, ≥ 30 buyers of s; "
        "95% interval by the delta method",
    ),
)

METRICS: Final = (
    lift_of(
        id="parcours_lift",
        label=Text("Attrait d'une offre par parcours", "Pull of an offer by lifecycle"),
        recipe=Solved(_of_parcours, ("parcours", "offer", "bound")),
        examples=("lift-1",),
    ),
)
