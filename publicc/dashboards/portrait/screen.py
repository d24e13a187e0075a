"""The whole portrait: the answer, the proof, what is withheld and why. Pure.

For funders, associations and members: the state of the field, who is reached. Source: screens, screen 15.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from publicc.dashboards.page import Column, DataTable, Notice, Screen, Value
from publicc.dashboards.portrait import houses, people
from publicc.dashboards.portrait.calendar import calendar
from publicc.dashboards.portrait.segments import segments
from publicc.dashboards.wording import counted, said
from publicc.kernel.cells import Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.releases.contents import ADMISSIONS, BUYERS, COMPARISON, REVENUE, SEGMENTS, SUPPLY
from publicc.releases.portrait import Portrait

SCREEN_ID: Final = "portrait"
TITLE: Final = Text("Portrait collectif", "Collective portrait")
_PURPOSE: Final = {
    False: Text(
        "Pour les membres, les associations et les bailleurs : l'état du secteur, et qui il rejoint.",
        "For members, associations and funders: the state of the field, and whom it reaches.",
    ),
    True: Text(
        "Pour tout le monde : l'état du secteur, en chiffres qui ne dévoilent personne.",
        "For everyone: the state of the field, in figures that reveal no one.",
    ),
}
NOTHING: Final = Text(
    "Le collectif n'a encore rien publié : le portrait s'ouvre avec la première publication.",
    "The collective has released nothing yet: the portrait opens with the first release.",
)
_FAMILIES: Final = {
    BUYERS.id: Text("Personnes", "People"),
    SEGMENTS: Text("Profils et parcours", "Profiles and lifecycles"),
    ADMISSIONS.id: Text("Entrées", "Admissions"),
    REVENUE.id: Text("Revenus", "Revenue"),
    SUPPLY.id: Text("Représentations", "Performances"),
    COMPARISON: Text("Médianes et quartiles", "Medians and quartiles"),
}
_RULES: Final = Text(
    "Masqué : moins de {k} personnes, moins de {others} organismes, un seul qui pèserait trop, ou une valeur retenue "
    "pour en protéger une autre. La marque est la même, quelle que soit la cause.",
    "Withheld: fewer than {k} people, fewer than {others} organizations, one that would weigh too much, or a value "
    "kept to protect another. The mark is the same whatever the cause.",
)
LIMITS: Final = (
    Text(
        "Ces chiffres sont ceux des organismes membres, pas de tout le secteur.",
        "These figures are those of member organizations, not of the whole field.",
    ),
    Text(
        "Un domicile inconnu n'est dans aucune région; une personne compte une fois, son ménage s'il est connu.",
        "An unknown home is in no region; a person counts once, as their household when it is known.",
    ),
    Text(
        "Aucun chiffre ne mène à un organisme : ni liste, ni rang, ni minimum, ni maximum.",
        "No figure leads to one organization: no list, rank, minimum or maximum.",
    ),
)


@dataclass(frozen=True, slots=True)
class Census:
    """Households by region, and the line that must stand beside them. Empty when none was imported."""

    households: Mapping[str, int]
    source: Text | None = None


NO_CENSUS: Final = Census({})


def portrait_screen(portraits: Sequence[Portrait], chosen: Portrait, census: Census = NO_CENSUS) -> Screen:
    """The page of one release among `portraits`, the newest first."""
    maps, homes = people.homes(chosen, census.households, census.source)
    bars, disciplines = people.disciplines(chosen)
    bands, middles = houses.middles(chosen)
    crossed = people.homes_by_discipline(chosen)
    kinds, mixes = segments(chosen)
    zones = (crossed,) if crossed else ()
    persons = (homes, disciplines, *zones, *mixes) if chosen.counts_persons else ()
    amounts = (houses.amounts(chosen),) if chosen.counts_persons else ()
    tables = (*amounts, *persons, *middles, *houses.trend(portraits), _withheld(chosen))
    charts = (*maps, *bands, *people.shared(chosen), *kinds, *calendar(chosen), *bars)
    return Screen(
        id=SCREEN_ID,
        title=TITLE,
        purpose=_PURPOSE[chosen.is_public],
        answer=_answer(chosen),
        notices=(Notice("info", _rules(chosen)),),
        tiles=houses.tiles(chosen),
        charts=charts,
        tables=tables,
        metrics=tuple(dict.fromkeys(one for chart in charts for one in chart.metrics)),
        limits=LIMITS,
    )


def _answer(chosen: Portrait) -> Text:
    """Whom, how many came, and what the middle organization does; what is withheld is left out."""
    found = [counted(chosen.organizations, Text("organisme", "organization"), Text("organismes", "organizations"))]
    admissions = chosen.cell(ADMISSIONS.id, ADMISSIONS.metric, "sum")
    if isinstance(admissions, Shown):
        found.append(counted(int(admissions.value), Text("entrée", "admission"), Text("entrées", "admissions")))
    persons = people.persons_words(chosen)
    found += [persons] if persons else []
    told = Text(", ".join(one.fr for one in found), ", ".join(one.en for one in found))
    occupancy = chosen.cell(COMPARISON, "occupancy_rate", "median")
    if not isinstance(occupancy, Shown):
        return Text("{told}.", "{told}.").filled(told=told)
    return Text(
        "{told}; l'organisme médian remplit {share} de ses places.",
        "{told}; the median organization fills {share} of its seats.",
    ).filled(told=told, share=said(occupancy.value, Unit.RATIO, 0))


def _rules(chosen: Portrait) -> Text:
    policy = chosen.certificate["policy"]
    side = ("public_persons", "public_money") if chosen.is_public else ("persons", "money")
    persons, money = policy[side[0]], policy[side[1]]
    # One more than the others when anybody may be among those who vote, two when two may put together what they know.
    others = int(money["others"]) + int(money["coalition"])
    return _RULES.filled(k=said(int(persons["k"]), Unit.COUNT), others=said(others, Unit.COUNT))


def _withheld(chosen: Portrait) -> DataTable:
    """How much of each family is shown, and how much is kept back."""
    told = chosen.told()
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (label, Shown(told[table][0]), Shown(told[table][1])) for table, label in _FAMILIES.items() if table in told
    )
    columns = (
        Column("family", Text("Famille", "Family")),
        Column("shown", Text("Chiffres montrés", "Figures shown"), Unit.COUNT),
        Column("withheld", Text("Chiffres retenus", "Figures withheld"), Unit.COUNT),
    )
    return DataTable("withheld", Text("Ce qui est retenu", "What is withheld"), columns, rows, note=_rules(chosen))
