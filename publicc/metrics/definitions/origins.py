"""Where buyers live: distance, origin, catchment. What moved online has no geography."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.definition import (
    UNKNOWN,
    Along,
    Atom,
    Atoms,
    Context,
    Folded,
    Grain,
    IntervalRule,
    Key,
    Metric,
    Scalar,
)
from publicc.metrics.definitions.coverage import HOMES, TOGETHER
from publicc.metrics.dimensions import DISTANCE_BANDS
from publicc.metrics.formulas import Field, empty, no_base, no_data
from publicc.metrics.sets import PAID_OUT, SHOWS_F30

LEAST_COVERAGE_PERCENT: Final = 40
"""Under this share of known homes, geography has no base."""

_NEAR: Final = "is_paid AND in_person AND origin = 'CANADA' AND distance_km IS NOT NULL"
LOCATED: Final = Atom("located", Grain.TICKET, f"count(*) FILTER (WHERE {_NEAR})")
_ABROAD: Final = Atom("abroad", Grain.TICKET, "count(*) FILTER (WHERE is_paid AND in_person AND origin = 'FOREIGN')")
_ELSEWHERE: Final = Atom(
    "elsewhere",
    Grain.TICKET,
    "count(*) FILTER (WHERE is_paid AND in_person AND origin = 'CANADA' AND province <> home_province)",
)
_PLACED: Final = Atom(
    "placed", Grain.TICKET, "count(*) FILTER (WHERE is_paid AND in_person AND origin = 'CANADA' AND fsa IS NOT NULL)"
)
_BANDED: Final = Atom(
    "banded", Grain.TICKET, f"count(*) FILTER (WHERE ({_NEAR}) OR (is_paid AND in_person AND origin = 'FOREIGN'))"
)
_SPENT: Final = Atom(
    "spent_cents", Grain.TICKET, "sum(net_cents) FILTER (WHERE is_priced AND in_person AND origin = 'CANADA')"
)
HOME: Final = Field("postal_code", TOGETHER, HOMES)


def middle(share: float) -> Atom:
    """A ticket-weighted quantile of distance."""
    return Atom(
        f"distance_{round(share * 100)}", Grain.TICKET, f"quantile_cont(distance_km, {share}) FILTER (WHERE {_NEAR})"
    )


def poorly_known(atoms: Atoms) -> bool:
    """Whether less than 40 % of homes are known."""
    return atoms.count(HOMES) * 100 < atoms.count(TOGETHER) * LEAST_COVERAGE_PERCENT


def _covered(recipe: Scalar) -> Scalar:
    """The same figure, without base where homes are too little known."""

    def compute(atoms: Atoms, context: Context) -> Cell:
        if poorly_known(atoms):
            return no_data("postal_code") if HOME.missing(atoms) else no_base("postal_code")
        return recipe.compute(atoms, context)

    return Scalar((*recipe.atoms, *HOME.atoms), compute)


def distance(share: float) -> Scalar:
    """A quantile of distance, in km."""

    def compute(atoms: Atoms, _: Context) -> Cell:
        value = atoms.get(middle(share))
        return empty(atoms, HOME) if value is None else Shown(float(value), n=atoms.count(LOCATED))

    return _covered(Scalar((middle(share), LOCATED), compute))


def share_of_homes(part: Atom) -> Scalar:
    """`part ÷ TP with known origin`."""

    def compute(atoms: Atoms, _: Context) -> Cell:
        homes = atoms.count(HOMES)
        return Shown(atoms.count(part) / homes, n=homes) if homes else no_base()

    return _covered(Scalar((part, HOMES), compute))


def _along(
    axis: tuple[str, ...], part: Atom, *, over: Atom, categories: tuple[str, ...] = (), others: tuple[str, ...] = ()
) -> Along:
    """Each category's `part` ÷ all of `over`, without base where homes are too little known."""

    def spread(rows: Mapping[Key, Atoms], _: Context) -> dict[Key, Cell]:
        known = {key: atoms.count(part) for key, atoms in rows.items() if UNKNOWN not in key}
        keys = dict.fromkeys((*((one,) for one in categories), *(key for key, n in known.items() if n)))
        homes = sum(atoms.count(HOMES) for atoms in rows.values())
        tickets = sum(atoms.count(TOGETHER) for atoms in rows.values())
        whole = sum(atoms.count(over) for key, atoms in rows.items() if over is HOMES or UNKNOWN not in key)
        if whole == 0 or homes * 100 < tickets * LEAST_COVERAGE_PERCENT:
            why = no_data("postal_code") if tickets and not homes else no_base("postal_code" if tickets else None)
            return dict.fromkeys(keys or (tuple(UNKNOWN for _ in axis),), why)
        return {key: Shown(known.get(key, 0) / whole, n=whole) for key in keys}

    return Along(axis, (part, over, HOMES, TOGETHER), spread, tuple((one,) for one in others))


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


METRICS: Final = (
    Metric(
        id="distance_km",
        label=Text("Distance", "Distance"),
        unit=Unit.KM,
        formula=Text(
            "Quantile 0.5 des distances à vol d'oiseau, une par billet",
            "Quantile 0.5 of great-circle distances, one entry a ticket",
        ),
        counts_in=Text(
            "Billets payants en salle d'origine canadienne, à code postal complet ou RTA urbaine.",
            "Paid tickets in person of Canadian origin, with a full postal code or an urban FSA.",
        ),
        counts_out=Text(
            "Étranger, RTA rurale seule, origine inconnue, en ligne.",
            "Abroad, rural FSA alone, unknown origin, online.",
        ),
        recipe=distance(0.5),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        needs=("postal_code",),
        source="SecuTix",
        examples=("geo-1",),
    ),
    Metric(
        id="distance_median",
        label=Text("Distance médiane", "Median distance"),
        unit=Unit.KM,
        formula=Text(
            "Quantile 0.5 des distances à vol d'oiseau, une par billet",
            "Quantile 0.5 of great-circle distances, one entry a ticket",
        ),
        counts_in=Text(
            "Billets payants en salle d'origine canadienne, à code postal complet ou RTA urbaine.",
            "Paid tickets in person of Canadian origin, with a full postal code or an urban FSA.",
        ),
        counts_out=Text(
            "Étranger, RTA rurale seule, origine inconnue, en ligne.",
            "Abroad, rural FSA alone, unknown origin, online.",
        ),
        recipe=distance(0.5),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        needs=("postal_code",),
        source="proposed",
        examples=("geo-1",),
    ),
    Metric(
        id="distance_p25",
        label=Text("Distance, premier quartile", "Distance, first quartile"),
        unit=Unit.KM,
        formula=Text(
            "Quantile 0.25 des distances à vol d'oiseau, une par billet",
            "Quantile 0.25 of great-circle distances, one entry a ticket",
        ),
        counts_in=Text(
            "Billets payants en salle d'origine canadienne, à code postal complet ou RTA urbaine.",
            "Paid tickets in person of Canadian origin, with a full postal code or an urban FSA.",
        ),
        counts_out=Text(
            "Étranger, RTA rurale seule, origine inconnue, en ligne.",
            "Abroad, rural FSA alone, unknown origin, online.",
        ),
        recipe=distance(0.25),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        needs=("postal_code",),
        source="proposed",
        examples=("geo-1",),
    ),
    Metric(
        id="distance_p75",
        label=Text("Distance, troisième quartile", "Distance, third quartile"),
        unit=Unit.KM,
        formula=Text(
            "Quantile 0.75 des distances à vol d'oiseau, une par billet",
            "Quantile 0.75 of great-circle distances, one entry a ticket",
        ),
        counts_in=Text(
            "Billets payants en salle d'origine canadienne, à code postal complet ou RTA urbaine.",
            "Paid tickets in person of Canadian origin, with a full postal code or an urban FSA.",
        ),
        counts_out=Text(
            "Étranger, RTA rurale seule, origine inconnue, en ligne.",
            "Abroad, rural FSA alone, unknown origin, online.",
        ),
        recipe=distance(0.75),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        needs=("postal_code",),
        source="proposed",
        examples=("geo-1",),
    ),
    Metric(
        id="distance_band_share",
        label=Text("Répartition des distances", "Distance bands"),
        unit=Unit.RATIO,
        formula=Text(
            "Part par bande [0,5) [5,10) [10,25) [25,50) [50,100) [100,∞) km et étranger",
            "Share by band [0,5) [5,10) [10,25) [25,50) [50,100) [100,∞) km and abroad",
        ),
        counts_in=Text(
            "Billets payants en salle d'origine canadienne, à code postal complet ou RTA urbaine.",
            "Paid tickets in person of Canadian origin, with a full postal code or an urban FSA.",
        ),
        counts_out=Text("RTA rurale seule, origine inconnue, en ligne.", "Rural FSA alone, unknown origin, online."),
        recipe=_along(("distance_band",), _BANDED, over=_BANDED, categories=tuple(DISTANCE_BANDS)),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        needs=("postal_code",),
        source="proposed",
    ),
    Metric(
        id="origin_share",
        label=Text("Provenance", "Origin"),
        unit=Unit.RATIO,
        formula=Text("TP du territoire ÷ TP d'origine connue", "TP from the territory ÷ TP with known origin"),
        counts_in=Text(
            "Billets payants des représentations jouées en salle, d'origine connue, étranger compris.",
            "Paid tickets of performances played in person with known origin, abroad included.",
        ),
        counts_out=Text(
            "Origine inconnue, en ligne, faveurs; sous 40 % d'origines connues : sans objet.",
            "Unknown origin, online, complimentary; under 40% of known origins: no base.",
        ),
        recipe=_along(("admin_region",), HOMES, over=HOMES, others=("province", "municipality", "fsa", "origin")),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        needs=("postal_code",),
        source="–",
    ),
    Metric(
        id="out_of_province_share",
        label=Text("Hors province", "Out of province"),
        unit=Unit.RATIO,
        formula=Text(
            "TP d'une autre province que celle du lieu ÷ TP d'origine connue",
            "TP from another province than the venue's ÷ TP with known origin",
        ),
        counts_in=Text(
            "Billets payants des représentations jouées en salle, d'origine connue, étranger compris.",
            "Paid tickets of performances played in person with known origin, abroad included.",
        ),
        counts_out=Text(
            "Origine inconnue, en ligne, faveurs; sous 40 % d'origines connues : sans objet.",
            "Unknown origin, online, complimentary; under 40% of known origins: no base.",
        ),
        recipe=share_of_homes(_ELSEWHERE),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        needs=("postal_code",),
        interval=IntervalRule.WILSON,
        source="–",
    ),
    Metric(
        id="foreign_share",
        label=Text("Étranger", "Abroad"),
        unit=Unit.RATIO,
        formula=Text("TP de l'étranger ÷ TP d'origine connue", "TP from abroad ÷ TP with known origin"),
        counts_in=Text(
            "Billets payants des représentations jouées en salle, d'origine connue, étranger compris.",
            "Paid tickets of performances played in person with known origin, abroad included.",
        ),
        counts_out=Text(
            "Origine inconnue, en ligne, faveurs; sous 40 % d'origines connues : sans objet.",
            "Unknown origin, online, complimentary; under 40% of known origins: no base.",
        ),
        recipe=share_of_homes(_ABROAD),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        needs=("postal_code",),
        interval=IntervalRule.WILSON,
        source="–",
        examples=("geo-1",),
    ),
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
    Metric(
        id="fsas_for_half",
        label=Text("RTA pour la moitié", "FSAs for half"),
        unit=Unit.COUNT,
        formula=Text(
            "Le moins de RTA faisant ≥ 50 % des TP à RTA connue", "Fewest FSAs making ≥ 50% of TP with known FSA"
        ),
        counts_in=Text(
            "Billets payants des représentations jouées en salle, d'origine connue, étranger compris.",
            "Paid tickets of performances played in person with known origin, abroad included.",
        ),
        counts_out=Text(
            "Origine inconnue, en ligne, faveurs; sous 40 % d'origines connues : sans objet.",
            "Unknown origin, online, complimentary; under 40% of known origins: no base.",
        ),
        recipe=_over_areas("half"),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        needs=("postal_code",),
        source="proposed",
        examples=("conc-2",),
    ),
    Metric(
        id="hhi_fsa",
        label=Text("Concentration par RTA", "Concentration by FSA"),
        unit=Unit.PLAIN,
        formula=Text("Σ part² sur les RTA", "Σ share² over FSAs"),
        counts_in=Text(
            "Billets payants des représentations jouées en salle, d'origine connue, étranger compris.",
            "Paid tickets of performances played in person with known origin, abroad included.",
        ),
        counts_out=Text(
            "Origine inconnue, en ligne, faveurs; sous 40 % d'origines connues : sans objet.",
            "Unknown origin, online, complimentary; under 40% of known origins: no base.",
        ),
        recipe=_over_areas("hhi"),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        needs=("postal_code",),
        source="standard",
        examples=("conc-2",),
        decimals=3,
    ),
)
