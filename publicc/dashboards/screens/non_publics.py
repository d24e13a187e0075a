"""*Non-publics*: who does not come, where, and what growth is realistic. Own buyers against the census.

For audience development, direction and mediation: an honest target, where, with whom. Source: screens, screen 12 and
guided answer G4. Speaks of areas, never of persons.
"""

from collections.abc import Mapping
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Notice, Screen
from publicc.dashboards.screens.common import (
    coverage_notices,
    filter_notices,
    tile,
)
from publicc.dashboards.screens.non_public_answers import ATTITUDE, RATE, answers_of, few_answers
from publicc.dashboards.screens.non_public_proofs import (
    CEILING,
    GAP,
    PROFILE,
    RATES,
    areas_table,
    gaps_of,
    map_of,
    profile_of,
    rates_of,
    territories_table,
    territory_name,
    where_it_lies,
)
from publicc.dashboards.wording import said, shown_value, words
from publicc.directory.official.layers import Layer
from publicc.kernel.cells import Cell, Shown, Unknown, UnknownReason
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.answers import Row

TILES: Final = ("buyer_growth", "postal_coverage")


def non_publics_screen(asker: Asker) -> Screen:
    """The whole page: 24 months up to the last day of the season (or period) of the filters."""
    living = asker.facts.households or {}
    areas = rates_of(asker, "fsa") if living else []
    territories = rates_of(asker, "home_territory") if living else []
    ceiling = _ceiling(asker) if living else {}
    gaps = gaps_of(asker) if living else []
    now = asker.figures(*TILES)
    charts = (
        *map_of(asker, areas),
        *where_it_lies(asker, gaps, living),
        *profile_of(asker),
        *answers_of(asker),
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
            *few_answers(asker),
        ),
        tiles=tuple(tile(one, now) for one in TILES if living and asker.can_answer(one)),
        charts=charts,
        tables=(
            *((territories_table(territories, gaps, living),) if territories else ()),
            *((areas_table(asker, areas, gaps, living),) if areas else ()),
        ),
        metrics=(*TILES, *RATES, GAP, CEILING, PROFILE, RATE, ATTITUDE),
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


def _ceiling(asker: Asker) -> dict[str, Cell]:
    if not asker.can_answer(CEILING):
        return {"middle": Unknown(UnknownReason.NO_BASE, "filter")}
    return {row.dims["bound"]: row.cells[CEILING] for row in asker.answer((CEILING,)).rows}


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
    return told.filled(where=territory_name(home.dims["home_territory"]), share=share)
