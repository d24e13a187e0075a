"""Catchment: which postal areas make the audience, and how concentrated it is."""

from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from typing import Final

from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.definition import UNKNOWN, Along, Atom, Atoms, Context, Folded, Grain, Key, Metric
from publicc.metrics.definitions.coverage import HOMES, TOGETHER
from publicc.metrics.definitions.origins import LEAST_COVERAGE_PERCENT
from publicc.metrics.formulas import no_base, no_data
from publicc.metrics.words import HOMES_IN, HOMES_OUT, PAID_OUT, SHOWS_F30

_PLACED: Final = Atom(
    "placed", Grain.TICKET, "count(*) FILTER (WHERE is_paid AND in_person AND origin = 'CANADA' AND fsa IS NOT NULL)"
)
_SPENT: Final = Atom(
    "spent_cents", Grain.TICKET, "sum(net_cents) FILTER (WHERE is_priced AND in_person AND origin = 'CANADA')"
)


class Tier(StrEnum):
    """Catchment tier of an area."""

    CORE = "CORE"
    PRIMARY = "PRIMARY"
    SECONDARY = "SECONDARY"
    REST = "REST"


def tier(share_before: float) -> Tier:
    """The tier of an area, from the share of revenue gathered before it by areas that bring more."""
    if share_before < 0.6:
        return Tier.CORE
    if share_before < 0.8:
        return Tier.PRIMARY
    return Tier.SECONDARY if share_before < 0.9 else Tier.REST


def _tiers() -> Along:
    """By FSA, the share of revenue gathered before it: `tier` names it. The base is the tickets of the FSA."""

    def spread(rows: Mapping[Key, Atoms], _: Context) -> dict[Key, Cell]:
        known = [
            (atoms.count(_SPENT), key, atoms)
            for key, atoms in rows.items()
            if UNKNOWN not in key and atoms.count(_SPENT) > 0
        ]
        whole = sum(cents for cents, _, _ in known)
        before, cells = 0, dict[Key, Cell]()
        for cents, key, atoms in sorted(known, key=lambda one: (-one[0], one[1])):
            cells[key] = Shown(before / whole, n=atoms.count(_PLACED))
            before += cents
        return cells or {(UNKNOWN,): no_base("postal_code")}

    return Along(("fsa",), (_SPENT, _PLACED), spread)


def areas_for_half(counts: list[int]) -> int:
    """Fewest areas that make at least half of the tickets."""
    whole, gathered = sum(counts), 0
    for place, tickets in enumerate(sorted(counts, reverse=True), start=1):
        gathered += tickets
        if gathered * 2 >= whole:
            return place
    return 0


def _over_areas(measure: str) -> Folded:
    def fold(rows: Mapping[Key, Atoms], _: Context) -> Cell:
        counts = [atoms.count(_PLACED) for key, atoms in rows.items() if UNKNOWN not in key and atoms.count(_PLACED)]
        homes = sum(atoms.count(HOMES) for atoms in rows.values())
        tickets = sum(atoms.count(TOGETHER) for atoms in rows.values())
        whole = sum(counts)
        if tickets and not homes:
            return no_data("postal_code")
        if not whole or homes * 100 < tickets * LEAST_COVERAGE_PERCENT:
            return no_base("postal_code")
        if measure == "half":
            return Shown(areas_for_half(counts), n=whole)
        return Shown(sum(one * one for one in counts) / (whole * whole), n=whole)

    return Folded(("fsa",), (_PLACED, HOMES, TOGETHER), fold)


_of_areas: Final = partial(
    Metric, counts_in=HOMES_IN, counts_out=HOMES_OUT, grain=Grain.TICKET, base=SHOWS_F30, needs=("postal_code",)
)

METRICS: Final = (
    Metric(
        id="market_tier",
        label=Text("Aire de marché", "Catchment tier"),
        unit=Unit.RATIO,
        formula=Text(
            "RTA par revenu décroissant; part accumulée avant la RTA : < 60 % CORE, < 80 % PRIMARY, < 90 % SECONDARY, sinon REST",
            "FSAs by revenue, descending; share accumulated before the FSA: < 60% CORE, < 80% PRIMARY, < 90% SECONDARY, else REST",
        ),
        counts_in=Text("Revenus des billets d'origine canadienne.", "Revenue of tickets of Canadian origin."),
        counts_out=PAID_OUT,
        recipe=_tiers(),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        needs=(
            "postal_code",
            "net_price",
        ),
        source="Purple Seven",
        examples=("tier-1",),
    ),
    _of_areas(
        id="fsas_for_half",
        label=Text("Secteurs qui font la moitié", "Areas that make half"),
        unit=Unit.COUNT,
        formula=Text(
            "Le moins de RTA faisant ≥ 50 % des TP à RTA connue", "Fewest FSAs making ≥ 50% of TP with known FSA"
        ),
        recipe=_over_areas("half"),
        source="proposed",
        examples=("conc-2",),
    ),
    _of_areas(
        id="hhi_fsa",
        label=Text("Concentration par secteur", "Concentration by area"),
        unit=Unit.PLAIN,
        formula=Text("Σ part² sur les RTA", "Σ share² over FSAs"),
        recipe=_over_areas("hhi"),
        source="standard",
        examples=("conc-2",),
        decimals=3,
    ),
)
