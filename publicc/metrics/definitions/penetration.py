"""Buyers against the households that live there. Needs a table `households(fsa, households)` of the last census."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.definition import UNKNOWN, Along, Atom, Atoms, Context, Grain, Key, Metric
from publicc.metrics.formulas import no_base, no_data
from publicc.metrics.market import (
    LEAST_HOUSEHOLDS,
    OF_TERRITORIES,
    living_along,
    location_quotient,
    non_public_index,
    per_thousand,
    reference,
    unreached_share,
)
from publicc.metrics.words import BUYERS_IN, BUYERS_OUT, PERSONS_F30

HOUSES: Final = Atom(
    "buyer_households",
    Grain.TICKET,
    "count(DISTINCT household) FILTER (WHERE is_paid AND individual AND in_person AND origin = 'CANADA')",
)
CUTS: Final = frozenset(
    {
        "fsa",
        "home_territory",
        "show",
        "performance",
        "venue",
        "venue_region",
        "discipline",
        "organization",
        "price_group",
        "channel",
        "parcours",
    }
)

Measure = Callable[[Mapping[str, int], Mapping[str, int]], dict[str, float]]


def _against_census(measure: Measure, *, in_reference: bool) -> Along:
    """A figure an area, by FSA or by home territory; `in_reference`: only over the areas of R."""

    def spread(rows: Mapping[Key, Atoms], context: Context) -> dict[Key, Cell]:
        reached = {area: atoms.count(HOUSES) for (area,), atoms in rows.items() if area != UNKNOWN}
        if context.households is None:
            return dict.fromkeys([(area,) for area, n in reached.items() if n] or [(UNKNOWN,)], no_data("census"))
        living = living_along(context.households, context.axis)
        if in_reference or context.territories is not None:
            living = reference(reached, living, context.territories)
        cells: dict[Key, Cell] = {
            (area,): Shown(value, n=reached.get(area, 0)) if living[area] >= LEAST_HOUSEHOLDS else no_base("households")
            for area, value in measure(reached, living).items()
        }
        return cells or {(UNKNOWN,): no_base("postal_code")}

    return Along(("fsa",), (HOUSES,), spread, (("fsa",), OF_TERRITORIES))


_of_households: Final = partial(
    Metric,
    counts_in=BUYERS_IN,
    counts_out=Text(
        f"{BUYERS_OUT.fr} Secteurs de moins de 500 ménages.", f"{BUYERS_OUT.en} Areas of fewer than 500 households."
    ),
    grain=Grain.TICKET,
    base=PERSONS_F30,
    needs=(
        "buyer",
        "postal_code",
        "census",
    ),
    window_months=24,
    needs_households=True,
    cuts=CUTS,
)

METRICS: Final = (
    _of_households(
        id="household_penetration",
        label=Text("Pénétration", "Penetration"),
        unit=Unit.PER_THOUSAND,
        formula=Text(
            "Ménages acheteurs distincts (sinon acheteurs) ÷ ménages du recensement × 1 000, 24 mois",
            "Distinct buyer households (else buyers) ÷ census households × 1,000, 24 months",
        ),
        recipe=_against_census(per_thousand, in_reference=False),
        source="form published",
        version=2,
        examples=("pen-1",),
    ),
    _of_households(
        id="penetration_index",
        label=Text("Indice de pénétration", "Penetration index"),
        unit=Unit.INDEX,
        formula=Text(
            "100 × (acheteurs du territoire ÷ acheteurs de R) ÷ (ménages du territoire ÷ ménages de R); R : les territoires demandés, sinon la province où vivent le plus de ménages acheteurs",
            "100 × (buyers of g ÷ buyers of R) ÷ (households of g ÷ households of R); R: the territories asked for, else the province where most buyer households live",
        ),
        recipe=_against_census(location_quotient, in_reference=True),
        source="location quotient",
        version=2,
        examples=("pen-1",),
    ),
    _of_households(
        id="unreached_household_share",
        label=Text("Ménages non rejoints", "Unreached households"),
        unit=Unit.RATIO,
        formula=Text(
            "1 − ménages acheteurs distincts du territoire en 24 mois ÷ ménages du recensement, au moins 0; dans R. Chez soi : vos acheteurs; au pôle : ceux de tous les membres",
            "1 − distinct buyer households of g in 24 months ÷ census households, at least 0; within R. Own view: your buyers; for the pool: those of all members",
        ),
        recipe=_against_census(unreached_share, in_reference=True),
        source="proposed",
        examples=("np-1",),
    ),
    _of_households(
        id="non_public_index",
        label=Text("Indice de non-public", "Non-public index"),
        unit=Unit.INDEX,
        formula=Text(
            "100 × (1 − pénétration du territoire) ÷ (1 − pénétration de R)",
            "100 × (1 − penetration of g) ÷ (1 − penetration of R)",
        ),
        recipe=_against_census(non_public_index, in_reference=True),
        source="proposed",
        examples=("np-1",),
    ),
)
