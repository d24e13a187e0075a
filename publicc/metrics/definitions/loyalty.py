"""Who is new, who came back, who keeps coming. The cut says who is counted; earlier and later visits count whatever they are."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.definition import Atom, Atoms, Context, Folded, Grain, IntervalRule, Key, Metric, Scalar
from publicc.metrics.definitions.buyers import HEADS, VISITS
from publicc.metrics.formulas import no_base, no_data, ratio
from publicc.metrics.history import (
    FULL_DEPTH_MONTHS,
    depth_months,
    of_a_year,
    once_next_year_closed,
    once_told,
    with_depth,
)
from publicc.metrics.words import BUYERS_IN, BUYERS_OUT, PERSONS_F30


def _heads(name: str, condition: str) -> Atom:
    return Atom(name, Grain.BUYER, f"count(*) FILTER (WHERE {condition})")


_NEXT_YEAR: Final = "next_on < CAST(span_end_on + INTERVAL 12 MONTH AS DATE)"
NEW: Final = _heads("new_buyers", "previous_on IS NULL")
_NEW_36: Final = _heads("new_36", "previous_on IS NULL OR previous_on < CAST(came_on - INTERVAL 36 MONTH AS DATE)")
_FOUND_AGAIN: Final = _heads("found_again", "previous_on < CAST(span_first_on - INTERVAL 12 MONTH AS DATE)")
_RETAINED: Final = _heads("retained", _NEXT_YEAR)
_NEW_RETAINED: Final = _heads("new_retained", f"previous_on IS NULL AND {_NEXT_YEAR}")
_HISTOGRAM: Final = Atom("buyers_of_size", Grain.BUYER, "count(*)")

Rule = Callable[[Cell, Context], Cell]


def _ruled(part: Atom, whole: Atom, *rules: Rule) -> Scalar:
    """`part ÷ whole`, then the rules on depth and closed years."""
    plain = ratio(part, whole)

    def compute(atoms: Atoms, context: Context) -> Cell:
        cell = plain.compute(atoms, context)
        for rule in rules:
            cell = rule(cell, context)
        return cell

    return Scalar(plain.atoms, compute)


def _with_36_months(cell: Cell, context: Context) -> Cell:
    return cell if depth_months(context) >= FULL_DEPTH_MONTHS else no_base("history_36_months")


def _pool_only(cell: Cell, context: Context) -> Cell:
    return no_data("pool") if context.own else cell


def _once_begun(cell: Cell, context: Context) -> Cell:
    last_on = context.period.last_on
    return once_told(cell, last_on, context) if context.as_of > last_on else no_base("next_season")


def _sizes(rows: Mapping[Key, Atoms]) -> list[tuple[int, int]]:
    """(tickets, buyers who have as many), fewest tickets first."""
    return sorted((int(size), atoms.count(_HISTOGRAM)) for (size,), atoms in rows.items())


def top_tenth(sizes: list[tuple[int, int]]) -> tuple[int, int]:
    """Tickets of the ⌈0.1 n⌉ buyers with most tickets, and of all."""
    left = -(-sum(heads for _, heads in sizes) // 10)
    theirs = 0
    for tickets, heads in reversed(sizes):
        taken = min(left, heads)
        theirs += taken * tickets
        left -= taken
    return theirs, sum(tickets * heads for tickets, heads in sizes)


def gini(sizes: list[tuple[int, int]]) -> tuple[int, int]:
    """Σ (2i − n − 1) xᵢ and n Σ x, for x ascending; the index is their ratio."""
    n = sum(heads for _, heads in sizes)
    before = spread = 0
    for tickets, heads in sizes:
        spread += tickets * (2 * heads * before + heads * (heads + 1) - heads * (n + 1))
        before += heads
    return spread, n * sum(tickets * heads for tickets, heads in sizes)


def _folded(measure: Callable[[list[tuple[int, int]]], tuple[int, int]]) -> Folded:
    def fold(rows: Mapping[Key, Atoms], _: Context) -> Cell:
        sizes = _sizes(rows)
        part, whole = measure(sizes)
        return Shown(part / whole, n=sum(heads for _, heads in sizes)) if whole else no_base()

    return Folded(("tickets_of_buyer",), (_HISTOGRAM,), fold)


_of_buyers: Final = partial(
    Metric, counts_in=BUYERS_IN, counts_out=BUYERS_OUT, grain=Grain.BUYER, base=PERSONS_F30, needs=("buyer",)
)

METRICS: Final = (
    _of_buyers(
        id="new_buyer_share",
        label=Text("Nouveaux acheteurs", "New buyers"),
        unit=Unit.RATIO,
        formula=Text(
            "Première visite de tout l'historique dans P ÷ B(P)", "First visit of the loaded history falls in P ÷ B(P)"
        ),
        recipe=_ruled(NEW, HEADS, with_depth),
        interval=IntervalRule.WILSON,
        source="Spektrix, TRG",
        examples=("base-1",),
        needs_history=True,
    ),
    _of_buyers(
        id="new_buyer_share_36m",
        label=Text("Nouveaux ou absents depuis 36 mois", "New or absent for 36 months"),
        unit=Unit.RATIO,
        formula=Text(
            "Aucune visite dans les 36 mois avant leur première visite de P ÷ B(P)",
            "No visit in the 36 months before their first visit of P ÷ B(P)",
        ),
        recipe=_ruled(_NEW_36, HEADS, _with_36_months),
        interval=IntervalRule.WILSON,
        source="proposed",
        examples=("base-1",),
        needs_history=True,
    ),
    _of_buyers(
        id="new_to_pool_share",
        label=Text("Nouveaux dans le pool", "New to the pool"),
        unit=Unit.RATIO,
        formula=Text("Première visite chez tout membre dans P ÷ B(P)", "First visit at any member falls in P ÷ B(P)"),
        recipe=_ruled(NEW, HEADS, with_depth, _pool_only),
        interval=IntervalRule.WILSON,
        source="proposed",
        needs_history=True,
        examples=("pool-1",),
    ),
    _of_buyers(
        id="reactivated_share",
        label=Text("Acheteurs retrouvés", "Reactivated"),
        unit=Unit.RATIO,
        formula=Text(
            "Dans B(Y), pas dans B(Y−1), avec une visite avant Y−1 ÷ B(Y)",
            "In B(Y), not in B(Y−1), with a visit before Y−1 ÷ B(Y)",
        ),
        recipe=_ruled(_FOUND_AGAIN, HEADS, of_a_year),
        interval=IntervalRule.WILSON,
        source="proposed",
        examples=("base-1",),
    ),
    _of_buyers(
        id="retention_rate",
        label=Text("Retour la saison suivante", "Return the next season"),
        unit=Unit.RATIO,
        formula=Text("|B(Y) ∩ B(Y+1)| ÷ |B(Y)|, Y+1 terminée", "|B(Y) ∩ B(Y+1)| ÷ |B(Y)|, Y+1 closed"),
        recipe=_ruled(_RETAINED, HEADS, once_next_year_closed),
        interval=IntervalRule.WILSON,
        source="Spektrix",
        needs_history=True,
        examples=("base-1",),
    ),
    _of_buyers(
        id="retention_to_date",
        label=Text("Déjà revenus cette saison", "Already back this season"),
        unit=Unit.RATIO,
        formula=Text(
            "|B(Y) ∩ B(Y+1, jusqu'au jour de calcul)| ÷ |B(Y)|",
            "|B(Y) ∩ B(Y+1, up to the day of computation)| ÷ |B(Y)|",
        ),
        recipe=_ruled(_RETAINED, HEADS, of_a_year, _once_begun),
        interval=IntervalRule.WILSON,
        source="Spektrix",
        needs_history=True,
        examples=("base-1",),
    ),
    _of_buyers(
        id="new_buyer_retention",
        label=Text("Retour des nouveaux", "Return of new buyers"),
        unit=Unit.RATIO,
        formula=Text("Nouveaux de Y aussi dans B(Y+1) ÷ nouveaux de Y", "New of Y also in B(Y+1) ÷ new of Y"),
        recipe=_ruled(_NEW_RETAINED, NEW, with_depth, once_next_year_closed),
        interval=IntervalRule.WILSON,
        source="Spektrix, TRG",
        needs_history=True,
        examples=("base-1",),
    ),
    _of_buyers(
        id="frequency",
        label=Text("Visites par acheteur", "Visits per buyer"),
        unit=Unit.PLAIN,
        formula=Text("|V| ÷ |B(P)|, P de 12 mois", "|V| ÷ |B(P)|, P of 12 months"),
        recipe=_ruled(VISITS, HEADS, of_a_year),
        source="Spektrix, TAA",
        examples=("base-1",),
    ),
    _of_buyers(
        id="concentration_top10",
        label=Text("Billets des 10 % plus assidus", "Tickets of the top 10%"),
        unit=Unit.RATIO,
        formula=Text(
            "Billets des ⌈0,1 n⌉ acheteurs qui en ont le plus ÷ billets de tous",
            "Tickets of the ⌈0.1 n⌉ buyers with most tickets ÷ tickets of all",
        ),
        recipe=_folded(top_tenth),
        source="GTFAS, TRG",
        examples=("conc-1",),
    ),
    _of_buyers(
        id="gini_tickets",
        label=Text("Indice de Gini", "Gini"),
        unit=Unit.PLAIN,
        formula=Text("Σ (2i − n − 1) xᵢ ÷ (n Σx), x croissant", "Σ (2i − n − 1) xᵢ ÷ (n Σx), x ascending"),
        recipe=_folded(gini),
        source="standard",
        examples=("conc-1",),
    ),
)
