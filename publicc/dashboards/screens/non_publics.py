"""*Non-publics*: who does not come, where, and what growth is realistic. Own buyers against the census.

For audience development, direction and mediation: an honest target, where, with whom. Source: screens, screen 12 and
guided answer G4. Speaks of areas, never of persons.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Chart, Column, DataTable, Notice, Screen
from publicc.dashboards.screens.common import (
    areas_attribution,
    areas_name,
    by_figure,
    coverage_notices,
    figure_column,
    filter_notices,
    tile,
)
from publicc.dashboards.wording import said, shown_value, words
from publicc.directory.official.layers import Layer
from publicc.directory.official.traits import TRAITS
from publicc.directory.territories import PROVINCES, REGIONS
from publicc.kernel.cells import Cell, Shown, Unknown, UnknownReason
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.answers import Row
from publicc.metrics.market import living_along
from publicc.metrics.registry import METRICS

RATES: Final = ("penetration_index", "household_penetration", "unreached_household_share", "non_public_index")
TILES: Final = ("buyer_growth", "postal_coverage")
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
class _Gap:
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


def non_publics_screen(asker: Asker) -> Screen:
    """The whole page: 24 months up to the last day of the season (or period) of the filters."""
    living = asker.facts.households or {}
    areas = _rows(asker, "fsa") if living else []
    territories = _rows(asker, "home_territory") if living else []
    ceiling = _ceiling(asker) if living else {}
    gaps = _gaps(asker) if living else []
    now = asker.figures(*TILES)
    charts = (
        *_map(asker, areas),
        *_where(asker, gaps, living),
        *_profile(asker),
    )
    return Screen(
        id="non-publics",
        title=Text("Non-publics", "Non-audiences"),
        purpose=Text(
            "Pour le développement des publics : qui ne vient pas, où, et quelle croissance viser.",
            "For audience development: who does not come, where, and which growth to aim for.",
        ),
        answer=_answer(territories, ceiling, now["buyer_growth"]) if living else _NO_CENSUS,
        notices=(
            *(_about(asker) if living else (_IMPORT,)),
            *filter_notices(asker, (*RATES, GAP)),
            *coverage_notices(asker, "postal_coverage"),
            *_weak(ceiling),
        ),
        tiles=tuple(tile(one, now) for one in TILES if living and asker.can_answer(one)),
        charts=charts,
        tables=(
            *((_territories(territories, gaps, living),) if territories else ()),
            *((_areas(asker, areas, gaps, living),) if areas else ()),
        ),
        metrics=(*TILES, *RATES, GAP, CEILING, PROFILE),
        is_empty=not charts and not isinstance(now["postal_coverage"], Shown),
    )


_NO_CENSUS: Final = Text(
    "Sans recensement, personne ne peut dire qui ne vient pas.", "Without a census, nobody can say who does not come."
)
_IMPORT: Final = Notice(
    "missing",
    Text(
        "Le pôle peut importer le Profil du recensement par RTA (publicc geography import "
        "98-401-X2021013_eng_CSV.zip) : la pénétration, les ménages non rejoints, l'écart au potentiel et le profil "
        "des secteurs paraîtront ici.",
        "The hub can import the Census Profile by FSA (publicc geography import 98-401-X2021013_eng_CSV.zip): "
        "penetration, unreached households, gap to potential and profile of areas will appear here.",
    ),
)


def _about(asker: Asker) -> tuple[Notice, ...]:
    """What the figures stand on, before the figures."""
    census = asker.imported.get(Layer.CENSUS)
    own = Text(
        "Vos acheteurs seulement : un ménage que vous ne rejoignez pas va peut-être chez d'autres. La couverture du "
        "pool n'est pas connue tant que l'offre des autres lieux n'est pas décrite.",
        "Your buyers only: a household that you do not reach may go to others. The coverage of the pool is not known "
        "until the supply of other venues is described.",
    )
    made = (Notice("warning" if census.invented else "info", census.attribution),) if census else ()
    return (*made, Notice("info", own))


def _weak(ceiling: Mapping[str, Cell]) -> tuple[Notice, ...]:
    """Why nothing is said of the potential."""
    told = ceiling.get("middle")
    if not isinstance(told, Unknown):
        return ()
    return (Notice("info", _WHY.get(told.missing or "", _WHY["model"])),)


_WHY: Final = {
    "model": Text(
        "Le recensement explique trop peu où vos acheteurs vivent : l'écart au potentiel n'est pas montré.",
        "The census explains too little of where your buyers live: the gap to potential is not shown.",
    ),
    "areas": Text(
        "Trop peu de secteurs pour estimer un potentiel : il en faut une vingtaine de 500 ménages ou plus.",
        "Too few areas to estimate a potential: about twenty of 500 households or more are needed.",
    ),
    "venue": Text(
        "Le lieu de vos salles n'est pas connu : l'écart au potentiel demande leur code postal.",
        "Where your venues are is not known: the gap to potential needs their postal code.",
    ),
    "filter": Text(
        "L'écart au potentiel ne se calcule pas avec ce filtre.",
        "The gap to potential cannot be computed under this filter.",
    ),
}  # fmt: skip


def _rows(asker: Asker, by: str) -> list[Row]:
    """Areas of R with their rates, the most over-represented first."""
    rows = asker.rows(*RATES, by=by)
    return by_figure([row for row in rows if isinstance(row.cells["unreached_household_share"], Shown)], RATES[0])


def _ceiling(asker: Asker) -> dict[str, Cell]:
    if not asker.can_answer(CEILING):
        return {"middle": Unknown(UnknownReason.NO_BASE, "filter")}
    return {row.dims["bound"]: row.cells[CEILING] for row in asker.answer((CEILING,)).rows}


def _gaps(asker: Asker) -> list[_Gap]:
    """Areas by their gap to potential, the widest first; none when the model may not speak."""
    if not asker.can_answer(GAP):
        return []
    found: dict[str, dict[str, Cell]] = {}
    for row in asker.answer((GAP,)).rows:
        found.setdefault(row.dims["fsa"], {})[row.dims["bound"]] = row.cells[GAP]
    told = [_Gap(fsa, cells["low"], cells["middle"], cells["high"]) for fsa, cells in found.items()]
    shown = [(one, float(one.middle.value)) for one in told if isinstance(one.middle, Shown)]
    return [one for one, _ in sorted(shown, key=lambda pair: (-pair[1], pair[0].fsa))]


def _answer(territories: list[Row], ceiling: Mapping[str, Cell], growth: Cell) -> Text:
    """The home territory that most buyers come from, then what growth is realistic."""
    first = _unreached(territories)
    top = ceiling.get("middle")
    if not isinstance(top, Shown):
        return first
    low, high = shown_value(ceiling.get("low")), shown_value(ceiling.get("high"))
    limit = Text("{middle} (de {low} à {high})", "{middle} (from {low} to {high})").filled(
        middle=words(top, Unit.RATIO, 0), low=said(low or 0, Unit.RATIO, 0), high=said(high or 0, Unit.RATIO, 0)
    )
    usual = shown_value(growth)
    if usual is not None and 0 < usual < top.value:
        told = Text(
            "{first} Développement réaliste : de {usual}, votre rythme habituel, à {limit}, si chaque secteur "
            "rejoignait ceux qui lui ressemblent.",
            "{first} Realistic growth: from {usual}, your usual pace, to {limit}, if every area caught up with those "
            "like it.",
        )
        return told.filled(first=first, usual=said(usual, Unit.RATIO, 0), limit=limit)
    told = Text(
        "{first} Le territoire limite le développement à {limit}.",
        "{first} The territory limits growth to {limit}.",
    )
    return told.filled(first=first, limit=limit)


def _unreached(territories: list[Row]) -> Text:
    reached = [
        (row, cell.n or 0) for row in territories if isinstance(cell := row.cells["household_penetration"], Shown)
    ]
    if not reached:
        return Text("Aucun ménage acheteur dont le secteur est connu.", "No buyer household whose area is known.")
    home, _ = max(reached, key=lambda pair: (pair[1], pair[0].dims["home_territory"]))
    told = Text(
        "{where} : {share} des ménages n'ont rien acheté chez vous en 24 mois.",
        "{where}: {share} of households bought nothing from you in 24 months.",
    )
    share = words(home.cells["unreached_household_share"], Unit.RATIO, 1)
    return told.filled(where=_territory(home.dims["home_territory"]), share=share)


def _territory(code: str) -> Text:
    name = REGIONS.get(code)
    return Text(name, name) if name else PROVINCES.get(code, Text(code, code))


def _map(asker: Asker, areas: list[Row]) -> tuple[Chart, ...]:
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
                "Indice de pénétration, 100 = la province ; 24 mois ; {areas}",
                "Penetration index, 100 = the province; 24 months; {areas}",
            ).filled(areas=areas_name(asker)),
            summary=Text(
                "Carte des secteurs sur- et sous-représentés ; le tableau les donne tous.",
                "Map of over- and under-represented areas; the table lists them all.",
            ),
            table=DataTable("map", Text("Secteurs et pénétration", "Areas and penetration"), columns, lines),
            metrics=("penetration_index",),
            note=areas_attribution(asker),
        ),
    )


def _where(asker: Asker, gaps: list[_Gap], living: Mapping[str, int]) -> tuple[Chart, ...]:
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
                "Écart au potentiel pour 1 000 ménages, intervalle à 80 % ; sûr dans {sure} secteurs sur {all}",
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


def _profile(asker: Asker) -> tuple[Chart, ...]:
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
                "Indice par trait du recensement, 100 = la population ; décrit les secteurs, jamais les personnes",
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


def _territories(rows: list[Row], gaps: list[_Gap], living: Mapping[str, int]) -> DataTable:
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
            _territory(row.dims["home_territory"]),
            Shown(homes[row.dims["home_territory"]]),
            *(row.cells[one] for one in RATES),
            missing.get(row.dims["home_territory"], Unknown(UnknownReason.NO_BASE, "model")),
        )
        for row in rows
    )
    return DataTable("territories", Text("Chaque territoire", "Each territory"), columns, lines)


def _missing_by_territory(gaps: list[_Gap], living: Mapping[str, int]) -> dict[str, Cell]:
    found: dict[str, int] = {}
    for one in gaps:
        (territory,) = living_along({one.fsa: 1}, ("home_territory",))
        found[territory] = found.get(territory, 0) + int(shown_value(one.missing(living)) or 0)
    return {territory: Shown(n) for territory, n in found.items()}


def _areas(asker: Asker, rows: list[Row], gaps: list[_Gap], living: Mapping[str, int]) -> DataTable:
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
