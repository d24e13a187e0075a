"""What people met outside venues say: drawn by the performing arts or not, came in the year or not. Own answers only."""

import math
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.definition import Grain, Key, Metric, Solved
from publicc.metrics.dimensions import ATTITUDES
from publicc.metrics.formulas import no_base, no_data
from publicc.metrics.gathering import Cut, Facts
from publicc.metrics.intervals import wilson
from publicc.metrics.source import DayTold

BOUNDS: Final = ("low", "middle", "high")
LEAST: Final = 10
"""Fewer answers are not shown, even to who asked them."""


def _days(facts: Facts, cut: Cut) -> list[DayTold] | Cell:
    """The answers of the days asked for, or why nothing is said of them."""
    told = facts.source.attitudes
    if told is None or not facts.own:
        return no_data("answers")
    kept = [one for one in told if one.day in cut.period and one.day <= facts.as_of]
    return kept if sum(one.people for one in kept) >= LEAST else no_base("10_answers")


def _bounds(days: Iterable[DayTold], holds: Callable[[DayTold], bool]) -> dict[str, Cell]:
    """Weighted share of the people of whom something holds, between the ends of Wilson's interval on their effective n."""
    every = list(days)
    weight, squares = math.fsum(one.weight for one in every), math.fsum(one.squares for one in every)
    share = math.fsum(one.weight for one in every if holds(one)) / weight
    low, high = wilson(share, weight**2 / squares)
    people = sum(one.people for one in every)
    return {name: Shown(value, n=people) for name, value in zip(BOUNDS, (low, share, high), strict=True)}


def _rate(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    days = _days(facts, cut)
    if not isinstance(days, list):
        return {(bound,): days for bound in BOUNDS}
    return {(bound,): cell for bound, cell in _bounds(days, lambda one: not one.attended).items()}


def _shares(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    days = _days(facts, cut)
    if not isinstance(days, list):
        return {(name, bound): days for name in ATTITUDES for bound in BOUNDS}
    return {
        (name, bound): cell
        for name in ATTITUDES
        for bound, cell in _bounds(days, lambda one, name=name: one.attitude == name).items()  # type: ignore[misc]
    }


_of_answers: Final = partial(
    Metric,
    unit=Unit.RATIO,
    counts_in=Text(
        "Réponses terminées et retenues au module des non-publics, de sondages adressés à des gens rencontrés hors des salles; poids calés sur le recensement (âge, langue à la maison, territoire) quand il est importé. 24 mois.",
        "Finished and counted answers to the non-public module, of surveys put to people met outside venues; weights raked to the census (age, home language, territory) when it was imported. 24 months.",
    ),
    counts_out=Text(
        "Le même module posé à des spectateurs : ils sont tous venus. Réponses mises de côté; une des deux questions passée.",
        "The same module asked of audiences: they all came. Answers set apart; one of the two questions skipped.",
    ),
    grain=Grain.TICKET,
    base=Text("10 réponses; fragile sous 30", "10 answers; fragile under 30"),
    window_months=24,
    needs=("answers",),
    cuts=frozenset(),
    examples=("att-1",),
)

METRICS: Final = (
    _of_answers(
        id="non_public_rate",
        label=Text("Taux de non-public (sondage)", "Non-audience rate (survey)"),
        formula=Text(
            "Σ poids des gens sans spectacle professionnel payant en 12 mois ÷ Σ poids; intervalle de Wilson à 95 % sur (Σw)² ÷ Σw²; « ne sait pas » = non",
            "Σ weights of people without a paid professional show in 12 months ÷ Σ weights; 95% Wilson interval on (Σw)² ÷ Σw²; “don't know” = no",
        ),
        recipe=Solved(_rate, ("bound",)),
        source="GTFAS",
    ),
    _of_answers(
        id="attitude_share",
        label=Text("Intérêt × venue", "Interest × attendance"),
        formula=Text(
            "Σ poids de chaque attitude ÷ Σ poids : intéressés (attirés, venus), potentiels (attirés, pas venus), sceptiques (peu attirés, venus), indifférents; même intervalle; « ne sait pas » = peu attirés",
            "Σ weights of each attitude ÷ Σ weights: interested (drawn, came), potential (drawn, did not come), sceptical (not drawn, came), indifferent; same interval; “don't know” = not drawn",
        ),
        recipe=Solved(_shares, ("attitude", "bound")),
        source="Applaus",
    ),
)
