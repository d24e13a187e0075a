"""Where buyers live: distance, origin, catchment. What moved online has no geography."""

from collections.abc import Mapping
from functools import partial
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
    Grain,
    IntervalRule,
    Key,
    Metric,
    Scalar,
)
from publicc.metrics.definitions.coverage import HOMES, TOGETHER
from publicc.metrics.dimensions import DISTANCE_BANDS
from publicc.metrics.formulas import Field, empty, no_base, no_data
from publicc.metrics.words import HOMES_IN, HOMES_OUT, LOCATED_IN, LOCATED_OUT, SHOWS_F30

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
_BANDED: Final = Atom(
    "banded", Grain.TICKET, f"count(*) FILTER (WHERE ({_NEAR}) OR (is_paid AND in_person AND origin = 'FOREIGN'))"
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


_of_distances: Final = partial(
    Metric,
    unit=Unit.KM,
    counts_in=LOCATED_IN,
    counts_out=LOCATED_OUT,
    grain=Grain.TICKET,
    base=SHOWS_F30,
    needs=("postal_code",),
)
_of_homes: Final = partial(
    Metric,
    unit=Unit.RATIO,
    counts_in=HOMES_IN,
    counts_out=HOMES_OUT,
    grain=Grain.TICKET,
    base=SHOWS_F30,
    needs=("postal_code",),
    source="–",
)

METRICS: Final = (
    _of_distances(
        id="distance_km",
        label=Text("Distance", "Distance"),
        formula=Text(
            "Quantile 0.5 des distances à vol d'oiseau, une par billet",
            "Quantile 0.5 of great-circle distances, one entry a ticket",
        ),
        recipe=distance(0.5),
        source="SecuTix",
        examples=("geo-1",),
    ),
    _of_distances(
        id="distance_median",
        label=Text("Distance médiane", "Median distance"),
        formula=Text(
            "Quantile 0.5 des distances à vol d'oiseau, une par billet",
            "Quantile 0.5 of great-circle distances, one entry a ticket",
        ),
        recipe=distance(0.5),
        source="proposed",
        examples=("geo-1",),
    ),
    _of_distances(
        id="distance_p25",
        label=Text("Distance, 1 billet sur 4", "Distance, 1 ticket in 4"),
        formula=Text(
            "Quantile 0.25 des distances à vol d'oiseau, une par billet",
            "Quantile 0.25 of great-circle distances, one entry a ticket",
        ),
        recipe=distance(0.25),
        source="proposed",
        examples=("geo-1",),
    ),
    _of_distances(
        id="distance_p75",
        label=Text("Distance, 3 billets sur 4", "Distance, 3 tickets in 4"),
        formula=Text(
            "Quantile 0.75 des distances à vol d'oiseau, une par billet",
            "Quantile 0.75 of great-circle distances, one entry a ticket",
        ),
        recipe=distance(0.75),
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
        counts_in=LOCATED_IN,
        counts_out=Text("RTA rurale seule, origine inconnue, en ligne.", "Rural FSA alone, unknown origin, online."),
        recipe=_along(("distance_band",), _BANDED, over=_BANDED, categories=tuple(DISTANCE_BANDS)),
        grain=Grain.TICKET,
        base=SHOWS_F30,
        needs=("postal_code",),
        source="proposed",
        examples=("geo-1",),
    ),
    _of_homes(
        id="origin_share",
        label=Text("Provenance", "Origin"),
        formula=Text("TP du territoire ÷ TP d'origine connue", "TP from the territory ÷ TP with known origin"),
        recipe=_along(("admin_region",), HOMES, over=HOMES, others=("province", "municipality", "fsa", "origin")),
        examples=("geo-1",),
    ),
    _of_homes(
        id="out_of_province_share",
        label=Text("Hors province", "Out of province"),
        formula=Text(
            "TP d'une autre province que celle du lieu ÷ TP d'origine connue",
            "TP from another province than the venue's ÷ TP with known origin",
        ),
        recipe=share_of_homes(_ELSEWHERE),
        interval=IntervalRule.WILSON,
        examples=("geo-1",),
    ),
    _of_homes(
        id="foreign_share",
        label=Text("Étranger", "Abroad"),
        formula=Text("TP de l'étranger ÷ TP d'origine connue", "TP from abroad ÷ TP with known origin"),
        recipe=share_of_homes(_ABROAD),
        interval=IntervalRule.WILSON,
        examples=("geo-1",),
    ),
)
