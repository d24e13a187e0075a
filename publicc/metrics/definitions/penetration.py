"""Buyers against the households that live there. Needs a table `households(fsa, households)` of the last census."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.definition import UNKNOWN, Along, Atom, Atoms, Context, Grain, Key, Metric
from publicc.metrics.formulas import no_base, no_data
from publicc.metrics.words import BUYERS_IN, BUYERS_OUT, PERSONS_F30

_HOUSES: Final = Atom(
    "buyer_households",
    Grain.TICKET,
    "count(DISTINCT household) FILTER (WHERE is_paid AND individual AND in_person AND origin = 'CANADA')",
)
_CUTS: Final = frozenset(
    {
        "fsa",
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

Reached = Mapping[str, int]
Measure = Callable[[Reached, Mapping[str, int]], dict[str, float]]


def per_thousand(reached: Reached, living: Mapping[str, int]) -> dict[str, float]:
    """Buyer households for 1 000 households, in every area of the census."""
    return {fsa: 1000 * reached.get(fsa, 0) / living[fsa] for fsa in living if living[fsa]}


def location_quotient(reached: Reached, living: Mapping[str, int]) -> dict[str, float]:
    """100 × (share of the buyers) ÷ (share of the households). R is every area of the census table, above and below."""
    buyers, homes = sum(reached.get(fsa, 0) for fsa in living), sum(living.values())
    if not buyers:
        return {}
    return {fsa: 100 * (reached.get(fsa, 0) * homes) / (buyers * living[fsa]) for fsa in living if living[fsa]}


def _against_census(measure: Measure) -> Along:
    def spread(rows: Mapping[Key, Atoms], context: Context) -> dict[Key, Cell]:
        reached = {fsa: atoms.count(_HOUSES) for (fsa,), atoms in rows.items() if fsa != UNKNOWN}
        if context.households is None:
            return dict.fromkeys([(fsa,) for fsa, n in reached.items() if n] or [(UNKNOWN,)], no_data("census"))
        found = measure(reached, context.households)
        cells: dict[Key, Cell] = {(fsa,): Shown(value, n=reached.get(fsa, 0)) for fsa, value in found.items()}
        return cells or {(UNKNOWN,): no_base("postal_code")}

    return Along(("fsa",), (_HOUSES,), spread)


_of_households: Final = partial(
    Metric,
    counts_in=BUYERS_IN,
    counts_out=BUYERS_OUT,
    grain=Grain.TICKET,
    base=PERSONS_F30,
    needs=(
        "buyer",
        "postal_code",
        "census",
    ),
    window_months=24,
    needs_households=True,
    cuts=_CUTS,
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
        recipe=_against_census(per_thousand),
        source="form published",
        examples=("pen-1",),
    ),
    _of_households(
        id="penetration_index",
        label=Text("Indice de pénétration", "Penetration index"),
        unit=Unit.INDEX,
        formula=Text(
            "100 × (acheteurs du territoire ÷ acheteurs de R) ÷ (ménages du territoire ÷ ménages de R)",
            "100 × (buyers of g ÷ buyers of R) ÷ (households of g ÷ households of R)",
        ),
        recipe=_against_census(location_quotient),
        source="location quotient",
        examples=("pen-1",),
    ),
)
