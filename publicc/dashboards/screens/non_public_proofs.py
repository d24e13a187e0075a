"""The proof of *Non-publics*: the map, where the potential lies, the profile, and the tables behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Chart, Column, DataTable
from publicc.dashboards.screens.common import areas_attribution, areas_name, by_figure, figure_column
from publicc.dashboards.wording import said, shown_value, words
from publicc.directory.official.traits import TRAITS
from publicc.directory.territories import PROVINCES, REGIONS
from publicc.kernel.cells import Cell, Shown, Unknown, UnknownReason
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.answers import Row
from publicc.metrics.market import living_along
from publicc.metrics.registry import METRICS

PENETRATION: Final = "household_penetration"
RATES: Final = ("penetration_index", PENETRATION, "unreached_household_share", "non_public_index")
MOST_AREAS: Final = 15
"""Areas shown where the potential lies; the table lists them all."""
NEAR_USUAL: Final = 0.05
"""A trait this near to its usual share is not told as a difference."""
GAP: Final = "potential_gap"
CEILING: Final = "growth_ceiling"
PROFILE: Final = "census_profile_index"
_HOUSEHOLDS: Final = Text("Ménages", "Households")
_LOW: Final = Text("Au moins", "At least")
_HIGH: Final = Text("Au plus", "At most")
_MISSING: Final = Text("Ménages manquants", "Missing households")


@dataclass(frozen=True, slots=True)
class Gap:
    """What an area could bring: households for 1 000, at the middle and at both bounds."""

    fsa: str
    low: Cell
    middle: Cell
    high: Cell

    def missing(self, living: Mapping[str, int]) -> Cell:
        """The middle as a number of households."""
        if not isinstance(self.middle, Shown):
            return self.middle
        return Shown(round(float(self.middle.value) * living[self.fsa] / 1000), n=self.middle.n)


def rates_of(asker: Asker, by: str) -> list[Row]:
    """Areas of R with their rates, the most over-represented first."""
    everywhere = {row.dims[by]: row.cells for row in asker.rows(PENETRATION, by=by)}
    within = asker.rows(*(one for one in RATES if one != PENETRATION), by=by)
    rows = [Row(row.dims, {**row.cells, **everywhere[row.dims[by]]}) for row in within if row.dims[by] in everywhere]
    return by_figure([row for row in rows if isinstance(row.cells["unreached_household_share"], Shown)], RATES[0])


def gaps_of(asker: Asker) -> list[Gap]:
    """Areas by their gap to potential, the widest first; none when the model may not speak."""
    if not asker.can_answer(GAP):
        return []
    found: dict[str, dict[str, Cell]] = {}
    for row in asker.answer((GAP,)).rows:
        found.setdefault(row.dims["fsa"], {})[row.dims["bound"]] = row.cells[GAP]
    told = [Gap(fsa, cells["low"], cells["middle"], cells["high"]) for fsa, cells in found.items()]
    shown = [(one, float(one.middle.value)) for one in told if isinstance(one.middle, Shown)]
    return [one for one, _ in sorted(shown, key=lambda pair: (-pair[1], pair[0].fsa))]


def territory_name(code: str) -> Text:
    """What a home territory is called."""
    name = REGIONS.get(code)
    return Text(name, name) if name else PROVINCES.get(code, Text(code, code))


def map_of(asker: Asker, areas: list[Row]) -> tuple[Chart, ...]:
    """The areas by their penetration index, diverging around 100."""
    if not areas:
        return ()
    places = asker.known.places(asker.facts)
    columns = (
        Column("fsa", Text("Secteur postal", "Postal area")),
        figure_column("penetration_index"),
        Column("place", Text("Municipalité", "Municipality")),
        figure_column("household_penetration"),
        figure_column("unreached_household_share"),
    )
    lines = tuple(
        (
            row.dims["fsa"],
            row.cells["penetration_index"],
            places.get(row.dims["fsa"], ""),
            row.cells["household_penetration"],
            row.cells["unreached_household_share"],
        )
        for row in areas
    )
    under = sum(1 for row in areas if (shown_value(row.cells["penetration_index"]) or 0) < 50)
    return (
        Chart(
            id="map",
            kind="choropleth",
            title=Text(
                "{n} secteurs sur {all} achètent moins de la moitié de l'usage",
                "{n} areas of {all} buy less than half of what is usual",
            ).filled(n=said(under, Unit.COUNT), all=said(len(areas), Unit.COUNT)),
            subtitle=Text(
                "Indice de pénétration, 100 = la province; 24 mois; {areas}",
                "Penetration index, 100 = the province; 24 months; {areas}",
            ).filled(areas=areas_name(asker)),
            summary=Text(
                "Carte des secteurs sur- et sous-représentés; le tableau les donne tous.",
                "Map of over- and under-represented areas; the table lists them all.",
            ),
            table=DataTable("map", Text("Secteurs et pénétration", "Areas and penetration"), columns, lines),
            metrics=("penetration_index",),
            note=areas_attribution(asker),
        ),
    )


def where_it_lies(asker: Asker, gaps: list[Gap], living: Mapping[str, int]) -> tuple[Chart, ...]:
    """The areas where growth lies, each with its interval."""
    wide = [one for one in gaps if (shown_value(one.middle) or 0) > 0][:MOST_AREAS]
    if not wide:
        return ()
    places = asker.known.places(asker.facts)
    columns = (
        Column("area", Text("Secteur", "Area")),
        figure_column(GAP, label=METRICS[GAP].label),
        Column("low", _LOW, Unit.PER_THOUSAND),
        Column("high", _HIGH, Unit.PER_THOUSAND),
        Column("missing", _MISSING, Unit.COUNT),
    )
    lines = tuple(
        (" ".join((one.fsa, places.get(one.fsa, ""))).strip(), one.middle, one.low, one.high, one.missing(living))
        for one in wide
    )
    sure = sum(1 for one in wide if (shown_value(one.low) or 0) > 0)
    return (
        Chart(
            id="potential",
            kind="bands",
            title=Text("Le potentiel est d'abord à {area}", "Potential lies first in {area}").filled(area=lines[0][0]),
            subtitle=Text(
                "Écart au potentiel pour 1 000 ménages, intervalle à 80 %; sûr dans {sure} secteurs sur {all}",
                "Gap to potential for 1,000 households, 80% interval; certain in {sure} areas of {all}",
            ).filled(sure=said(sure, Unit.COUNT), all=said(len(wide), Unit.COUNT)),
            summary=Text(
                "Un point par secteur, avec l'intervalle de son écart au potentiel.",
                "One point an area, with the interval of its gap to potential.",
            ),
            table=DataTable("potential", METRICS[GAP].label, columns, lines),
            metrics=(GAP,),
            note=Text(
                "Chaque secteur est prédit par les autres, d'après le recensement et la distance. Ce qui va ensemble, "
                "jamais pourquoi.",
                "Each area is predicted from the others, by the census and the distance. What goes together, never "
                "why.",
            ),
        ),
    )


def profile_of(asker: Asker) -> tuple[Chart, ...]:
    """Traits of the areas where the audience lives, against the population."""
    if not asker.can_answer(PROFILE):
        return ()
    found = {row.dims["census_trait"]: row.cells[PROFILE] for row in asker.answer((PROFILE,)).rows}
    known = [(trait, cell) for trait, cell in found.items() if isinstance(cell, Shown)]
    if not known:
        return ()
    ordered = sorted(known, key=lambda pair: (-float(pair[1].value), pair[0]))
    columns = (Column("trait", Text("Trait", "Trait")), figure_column(PROFILE), Column("theme", Text("Thème", "Theme")))
    lines = tuple((_named(trait), cell, TRAITS[trait].theme) for trait, cell in ordered)
    most, cell = max(known, key=lambda pair: (abs(float(pair[1].value) - 100), pair[0]))
    return (
        Chart(
            id="profile",
            kind="ranked_bars",
            title=_differs(most, cell),
            subtitle=Text(
                "Indice par trait du recensement, 100 = la population; décrit les secteurs, jamais les personnes",
                "Index by census trait, 100 = the population; describes areas, never persons",
            ),
            summary=Text(
                "Barres des traits, du plus au moins représenté.", "Bars of traits, from most to least represented."
            ),
            table=DataTable("profile", METRICS[PROFILE].label, columns, lines),
            metrics=(PROFILE,),
        ),
    )


def _named(trait: str) -> Text:
    return Text("{theme} : {label}", "{theme}: {label}").filled(theme=TRAITS[trait].theme, label=TRAITS[trait].label)


def _differs(trait: str, cell: Shown) -> Text:
    """What most tells the audience's areas from the population's, if anything does."""
    if abs(float(cell.value) - 100) < 100 * NEAR_USUAL:
        return Text(
            "Votre public vit dans des secteurs semblables à l'ensemble", "Your audience lives in areas like the whole"
        )
    more = Text(
        "Votre public vit là où il y a plus de : {trait} (indice {n})",
        "Your audience lives where there is more: {trait} (index {n})",
    )
    less = Text(
        "Votre public vit là où il y a moins de : {trait} (indice {n})",
        "Your audience lives where there is less: {trait} (index {n})",
    )
    told = more if cell.value > 100 else less
    label = TRAITS[trait].label
    return told.filled(trait=Text(label.fr.lower(), label.en.lower()), n=words(cell, Unit.INDEX))


def territories_table(rows: list[Row], gaps: list[Gap], living: Mapping[str, int]) -> DataTable:
    """One line a home territory: households, rates, and how many households are missing in it."""
    homes = living_along(living, ("home_territory",))
    missing = _missing_by_territory(gaps, living)
    columns = (
        Column("territory", Text("Territoire", "Territory")),
        Column("households", _HOUSEHOLDS, Unit.COUNT),
        *(figure_column(one) for one in RATES),
        Column("missing", _MISSING, Unit.COUNT, bar=True),
    )
    lines = tuple(
        (
            territory_name(row.dims["home_territory"]),
            Shown(homes[row.dims["home_territory"]]),
            *(row.cells[one] for one in RATES),
            missing.get(row.dims["home_territory"], Unknown(UnknownReason.NO_BASE, "model")),
        )
        for row in rows
    )
    return DataTable("territories", Text("Chaque territoire", "Each territory"), columns, lines)


def _missing_by_territory(gaps: list[Gap], living: Mapping[str, int]) -> dict[str, Cell]:
    found: dict[str, int] = {}
    for one in gaps:
        (territory,) = living_along({one.fsa: 1}, ("home_territory",))
        found[territory] = found.get(territory, 0) + int(shown_value(one.missing(living)) or 0)
    return {territory: Shown(n) for territory, n in found.items()}


def areas_table(asker: Asker, rows: list[Row], gaps: list[Gap], living: Mapping[str, int]) -> DataTable:
    """One line an area of R: households, rates, gap to potential with its bounds."""
    places = asker.known.places(asker.facts)
    by_fsa = {one.fsa: one for one in gaps}
    none = Unknown(UnknownReason.NO_BASE, "model")
    columns = (
        Column("fsa", Text("Secteur postal", "Postal area")),
        Column("place", Text("Municipalité", "Municipality")),
        Column("households", _HOUSEHOLDS, Unit.COUNT),
        *(figure_column(one, bar=one == RATES[0]) for one in RATES),
        figure_column(GAP),
        Column("low", _LOW, Unit.PER_THOUSAND),
        Column("high", _HIGH, Unit.PER_THOUSAND),
    )
    lines = tuple(
        (
            fsa,
            places.get(fsa, ""),
            Shown(living[fsa]),
            *(row.cells[one] for one in RATES),
            *((gap.middle, gap.low, gap.high) if (gap := by_fsa.get(fsa)) else (none, none, none)),
        )
        for row in rows
        if (fsa := row.dims["fsa"]) in living
    )
    return DataTable("areas", Text("Chaque secteur postal", "Each postal area"), columns, lines)
