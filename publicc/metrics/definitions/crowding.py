"""Calendar pressure: how full the seats were, by how many performances shared the day. What goes together, never why."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.crowding import Break, House, adjusted_occupancy, crowding_break
from publicc.metrics.definition import Along, Atom, Atoms, Context, Grain, IntervalRule, Key, Metric, Solved
from publicc.metrics.definitions.occupancy import ADMISSIONS, ELIGIBLE, SEATS
from publicc.metrics.dimensions import CROWDS, crowd_of
from publicc.metrics.formulas import Field, no_base, no_data, quantile, ratio
from publicc.metrics.gathering import Cut, Facts, Lot, gather
from publicc.metrics.words import PLAYED_OUT, SEATED_IN, SEATED_OUT, SHOWS_F30

CROWDED_ABOVE: Final = 10
"""The 2019 observation: occupancy falls once more than this many performances share the day."""

_CROWD: Final = Atom("crowd", Grain.PERFORMANCE, "max(same_day_count) FILTER (WHERE eligible)")
_PLAYED: Final = Atom("played_in_person", Grain.PERFORMANCE, "count(*) FILTER (WHERE played AND in_person)")
_COUNTED: Final = Atom("same_day_known", Grain.PERFORMANCE, "count(same_day_count) FILTER (WHERE played AND in_person)")
_MIDDLE: Final = Atom(
    "same_day_middle", Grain.PERFORMANCE, "quantile_cont(same_day_count, 0.5) FILTER (WHERE played AND in_person)"
)
_DAYS: Final = Atom(
    "days_counted",
    Grain.PERFORMANCE,
    "count(DISTINCT starts_on) FILTER (WHERE played AND in_person AND same_day_count IS NOT NULL)",
)
_CROWDED_DAYS: Final = Atom(
    "days_crowded",
    Grain.PERFORMANCE,
    f"count(DISTINCT starts_on) FILTER (WHERE played AND in_person AND same_day_count > {CROWDED_ABOVE})",
)
TERRITORY: Final = Field("territory", _PLAYED, _COUNTED)
_FINEST: Final = ("performance", "day", "venue", "discipline")


def _along_crowds() -> Along:
    """Σ admissions ÷ Σ capacity of PE in each bin; a bin that no performance fell in has no base."""

    def spread(rows: Mapping[Key, Atoms], _: Context) -> dict[Key, Cell]:
        if TERRITORY.missing(Atoms.added(rows.values(), TERRITORY.atoms)):
            return dict.fromkeys([(one,) for one in CROWDS], no_data("territory"))
        return {(one,): _occupancy(rows.get((one,), Atoms())) for one in CROWDS}

    return Along(("crowding",), (ADMISSIONS, SEATS, ELIGIBLE, *TERRITORY.atoms), spread)


def _occupancy(atoms: Atoms) -> Cell:
    seats = atoms.count(SEATS)
    return Shown(atoms.count(ADMISSIONS) / seats, n=atoms.count(ELIGIBLE)) if seats else no_base()


def _houses(facts: Facts, cut: Cut) -> list[House]:
    """The eligible performances of the cut whose crowd is known, by day then id."""
    lot = Lot(Grain.PERFORMANCE, replace(cut, by=_FINEST))
    found = gather(facts, {lot: (ADMISSIONS, SEATS, _CROWD)})[lot]
    return [
        House(date.fromisoformat(day), kind, atoms.count(SEATS), atoms.count(ADMISSIONS), atoms.count(_CROWD))
        for (_, day, *kind_), atoms in sorted(found.items(), key=lambda one: (one[0][1], one[0][0]))
        if atoms.count(SEATS) and atoms.count(_CROWD) and (kind := tuple(kind_))
    ]


def _adjusted(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    houses = _houses(facts, cut)
    bins = [crowd_of(house.same_day) for house in houses]
    found = adjusted_occupancy(houses, bins) if houses else {}
    return {(one,): Shown(found[one], n=bins.count(one)) if one in found else no_base("crowds") for one in CROWDS}


def _break(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    houses = _houses(facts, cut)
    found = crowding_break(houses)
    if found is None:
        return {(name,): no_base("crowds") for name in ("break", "slope")}
    return {(name,): cell for name, cell in _told(found, len(houses)).items()}


def _told(found: Break, n: int) -> dict[str, Cell]:
    """The slope always; where the break is, only when there is one: “no break found” is an answer."""
    where = {"break": found.above, "break_low": found.above_interval.low, "break_high": found.above_interval.high}
    slopes = {
        "slope": found.slope,
        "slope_low": found.slope_interval.low,
        "slope_high": found.slope_interval.high,
        "slope_below": found.slope_below,
    }
    cells: dict[str, Cell] = {name: Shown(value, n=n) for name, value in slopes.items()}
    return cells | {
        name: Shown(value, n=n) if found.found else no_base("no_break_found") for name, value in where.items()
    }


_of_crowds: Final = partial(
    Metric,
    counts_in=SEATED_IN,
    counts_out=SEATED_OUT,
    grain=Grain.PERFORMANCE,
    base=SHOWS_F30,
    needs=("capacity", "territory"),
)

METRICS: Final = (
    Metric(
        id="same_day_count",
        label=Text("Représentations le même jour", "Same-day performances"),
        unit=Unit.COUNT,
        formula=Text(
            "Médiane, sur PF en salle, des représentations du territoire ce jour-là, celle-ci comprise",
            "Median, over PF in person, of the territory's performances that day, the one in question included",
        ),
        counts_in=Text(
            "Offre publique du territoire, tous membres : en salle, locations comprises, jouée, en vente ou vendue.",
            "Public supply of the territory, all members: in person, rentals included, played, on sale or sold.",
        ),
        counts_out=Text(
            "Annulées, suspendues, en ligne; dates pas encore annoncées.",
            "Cancelled, postponed, online; dates not yet announced.",
        ),
        recipe=quantile(_MIDDLE, _COUNTED, TERRITORY),
        grain=Grain.PERFORMANCE,
        base=SHOWS_F30,
        needs=("territory",),
        source="Synapse C 2019",
        examples=("cal-1",),
    ),
    _of_crowds(
        id="occupancy_by_crowding",
        label=Text("Occupation selon l'affluence de l'offre", "Occupancy by crowding"),
        unit=Unit.RATIO,
        formula=Text(
            "Σ entrées de PE ÷ Σ jauges de PE, par nombre de représentations du jour : 1–2, 3–5, 6–10, 11–15, 16+",
            "Σ_PE admissions ÷ Σ_PE capacity, by same-day performances: 1–2, 3–5, 6–10, 11–15, 16+",
        ),
        recipe=_along_crowds(),
        source="Synapse C 2019",
        examples=("cal-1",),
    ),
    _of_crowds(
        id="occupancy_by_crowding_adjusted",
        label=Text("Occupation selon l'affluence, ajustée", "Occupancy by crowding, adjusted"),
        unit=Unit.RATIO,
        formula=Text(
            "Même occupation si chaque tranche avait les mêmes lieux, disciplines, jours et mois (moindres carrés, poids : jauge)",
            "Same occupancy were every bin of the same venues, disciplines, weekdays and months (least squares, weights capacity)",
        ),
        recipe=Solved(_adjusted, ("crowding",)),
        source="proposed",
        examples=("cal-1",),
    ),
    Metric(
        id="crowded_day_share",
        label=Text("Jours chargés", "Crowded days"),
        unit=Unit.RATIO,
        formula=Text(
            "Jours à plus de 10 représentations dans le territoire ÷ jours joués",
            "Days with more than 10 performances in the territory ÷ days played",
        ),
        counts_in=Text(
            "Jours d'au moins une représentation jouée en salle.",
            "Days with at least one performance played in person.",
        ),
        counts_out=PLAYED_OUT,
        recipe=ratio(_CROWDED_DAYS, _DAYS, field=TERRITORY),
        grain=Grain.PERFORMANCE,
        base=SHOWS_F30,
        needs=("territory",),
        interval=IntervalRule.WILSON,
        source="proposed",
        examples=("cal-1",),
    ),
    _of_crowds(
        id="crowding_break",
        label=Text("Point de rupture", "Break point"),
        unit=Unit.PLAIN,
        formula=Text(
            "occupation = lieu + discipline + jour + mois + β₁·N + β₂·max(0, N − c) + ε, poids : jauge; c de moindre erreur entre p10 et p90 de N; 1 000 tirages par date; trouvé si l'intervalle de β₂ est sous 0",
            "occupancy = venue + discipline + weekday + month + β₁·N + β₂·max(0, N − c) + ε, weights capacity; c of least error between p10 and p90 of N; 1,000 draws by date; found if the interval of β₂ lies below 0",
        ),
        recipe=Solved(_break, ("estimate",)),
        source="proposed",
        examples=("cal-1",),
        decimals=3,
    ),
)
