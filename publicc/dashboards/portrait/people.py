"""Who goes: persons by home, by discipline, by how many organizations they went to. Pure."""

from collections.abc import Mapping
from typing import Final

from publicc.dashboards.page import Chart, Column, DataTable
from publicc.dashboards.portrait.saying import (
    alone,
    bare,
    by_value,
    discipline_name,
    first_shown,
    home_name,
    homes_of,
)
from publicc.dashboards.wording import counted, said
from publicc.directory.territories import REGIONS
from publicc.kernel.cells import Cell, Shown, Unknown, UnknownReason
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.releases.contents import BREADTH, BUYER_REGION, BUYERS, MAIN_DISCIPLINE
from publicc.releases.portrait import Portrait

PERSONS: Final = "buyer_count"
REACH: Final = "reach"
_ROUNDED: Final = Text("Arrondi à 5 personnes près.", "Rounded to 5 people.")
_BREADTHS: Final = {
    "1": Text("un seul organisme", "a single organization"),
    "2": Text("deux organismes", "two organizations"),
    "3+": Text("trois organismes ou plus", "three organizations or more"),
    "2|3+": Text("deux organismes ou plus", "two organizations or more"),
}
_COLUMN: Final = Column(PERSONS, Text("Personnes", "People"), Unit.PERSONS)


def homes(
    portrait: Portrait, households: Mapping[str, int], source: Text | None
) -> tuple[tuple[Chart, ...], DataTable]:
    """Where people live: the map of Québec's regions, and the table of every home, withheld ones said.

    `households`: of each region, from a census; empty when none was imported: the map then tells people, not reach.
    """
    cells = portrait.values(BUYERS.id, PERSONS, "count", BUYER_REGION.name)
    columns = [Column("home", Text("Région de domicile", "Home region")), _COLUMN]
    columns += (
        [Column(REACH, Text("Pour 10 000 ménages", "For 10,000 households"), Unit.PLAIN, 0)] if households else []
    )
    rows = tuple(
        (home_name(value), cell, *((_reach(cell, _living(value, households)),) if households else ()))
        for value, cell in by_value(cells)
    )
    table = DataTable("homes", Text("D'où viennent les gens", "Where people come from"), tuple(columns), rows)
    drawn = {value: cell for value, cell in cells.items() if value in REGIONS and isinstance(cell, Shown)}
    together = [value for value, cell in cells.items() if not alone(value) and isinstance(cell, Shown)]
    return (_map(drawn, households, _noted(source, together)),) if drawn else (), table


def _noted(source: Text | None, together: list[str]) -> Text | None:
    """The source, and why some regions stay blank on the map though people who live there are told."""
    if not together:
        return source
    said_so = Text(
        "Les régions où trop peu de gens sont comptés pour être dites seules le sont ensemble, dans le tableau.",
        "Regions where too few people are counted to be told alone are told together, in the table.",
    )
    return (
        said_so if source is None else Text(f"{_closed(source.fr)} {said_so.fr}", f"{_closed(source.en)} {said_so.en}")
    )


def _closed(sentence: str) -> str:
    return sentence if sentence.endswith(".") else f"{sentence}."


def _living(value: str, households: Mapping[str, int]) -> int | None:
    """Households of a home, or of several told together; None when no census counts one of them."""
    told = [households.get(one) for one in homes_of(value)]
    return sum(one for one in told if one) if all(told) else None


def _map(cells: Mapping[str, Cell], households: Mapping[str, int], source: Text | None) -> Chart:
    people = Column(PERSONS, Text("Personnes", "People"), Unit.PERSONS)
    name = Column("home", Text("Région de domicile", "Home region"))
    told = {value: _reach(cell, households.get(value)) for value, cell in cells.items()}
    if households:
        reach = Column(REACH, Text("Personnes pour 10 000 ménages", "People for 10,000 households"), Unit.PLAIN, 0)
        columns: tuple[Column, ...] = (name, reach, people)
        rows: tuple[tuple[Text, *tuple[Cell, ...]], ...] = tuple(
            (home_name(value), told[value], cell) for value, cell in by_value(told, cells)
        )
    else:
        columns = (name, people)
        rows = tuple((home_name(value), cell) for value, cell in by_value(cells))
    top = rows[0][0]
    title = (
        Text(
            "{top} : la région montrée où les membres rejoignent le plus de ménages",
            "{top}: the region shown where members reach most households",
        )
        if households
        else Text(
            "{top} : la région montrée d'où vient le plus de monde", "{top}: the region shown most people come from"
        )
    ).filled(top=top)
    return Chart(
        id="homes",
        kind="regions_map",
        title=title,
        subtitle=Text(
            "Personnes venues chez au moins un membre, par région de domicile. {rounded}",
            "People who went to at least one member, by home region. {rounded}",
        ).filled(rounded=_ROUNDED),
        summary=Text(
            "Carte du Québec par région : une couleur plus foncée dit plus de personnes.",
            "Map of Québec by region: a darker colour means more people.",
        ),
        table=DataTable("homes-map", title, columns, rows),
        metrics=(PERSONS,),
        note=source,
    )


def _reach(cell: Cell, living: int | None) -> Cell:
    """Persons for 10 000 households, whole: the count is rounded. No census counts the homes that have no region."""
    if not living:
        return Unknown(UnknownReason.NO_BASE)
    return Shown(round(10_000 * float(cell.value) / living)) if isinstance(cell, Shown) else cell


def disciplines(portrait: Portrait) -> tuple[tuple[Chart, ...], DataTable]:
    """Persons by the discipline they went to most."""
    cells = portrait.values(BUYERS.id, PERSONS, "count", MAIN_DISCIPLINE.name)
    head = Column("main_discipline", Text("Discipline la plus vue", "Discipline seen most"))
    title = Text("Ce que les gens voient le plus", "What people see most")
    rows = tuple((discipline_name(value), cell) for value, cell in by_value(cells))
    table = DataTable("disciplines", title, (head, _COLUMN), rows)
    shown = tuple(row for row in rows if isinstance(row[1], Shown))
    if len(shown) < 2:
        return (), table
    chart = Chart(
        id="disciplines",
        kind="ranked_bars",
        title=Text("{top} : en tête des disciplines montrées", "{top}: first of the disciplines shown").filled(
            top=shown[0][0]
        ),
        subtitle=Text(
            "Personnes selon la discipline qu'elles ont le plus vue. {rounded}",
            "People by the discipline they saw most. {rounded}",
        ).filled(rounded=_ROUNDED),
        summary=Text("Une barre par discipline montrée.", "One bar for each discipline shown."),
        table=DataTable("disciplines-shown", title, (head, _COLUMN), shown),
        metrics=(PERSONS,),
    )
    return (chart,), table


def homes_by_discipline(portrait: Portrait) -> DataTable | None:
    """Where those of each discipline live: zones and disciplines as the release tells them; None when it does not."""
    told = portrait.told_by(BUYER_REGION.name, MAIN_DISCIPLINE.name)
    if not told:
        return None
    zones, arts = told
    columns = [Column("home", Text("Domicile", "Home"))]
    columns += [Column(f"discipline_{at}", discipline_name(art), Unit.PERSONS) for at, art in enumerate(arts)]
    rows = tuple((home_name(zone), *(_lived(portrait, zone, art) for art in arts)) for zone in zones)
    title = Text(
        "D'où vient-on, selon la discipline la plus vue", "Where people come from, by the discipline seen most"
    )
    return DataTable("homes-by-discipline", title, tuple(columns), rows)


def _lived(portrait: Portrait, zone: str, art: str) -> Cell:
    return bare(portrait.cell(BUYERS.id, PERSONS, "count", **{BUYER_REGION.name: zone, MAIN_DISCIPLINE.name: art}))


def shared(portrait: Portrait) -> tuple[Chart, ...]:
    """How many organizations people go to: the audiences that members share."""
    cells = portrait.values(BUYERS.id, PERSONS, "count", BREADTH.name)
    rows = tuple((_BREADTHS[value], cell) for value, cell in cells.items())
    total = portrait.cell(BUYERS.id, PERSONS, "count")
    if not isinstance(total, Shown) or not first_shown(cells.values()):
        return ()
    return (
        Chart(
            id="shared",
            kind="shares",
            title=_shared_words(cells.get("1"), total),
            subtitle=Text(
                "Personnes selon le nombre de membres où elles sont allées. {rounded}",
                "People by how many members they went to. {rounded}",
            ).filled(rounded=_ROUNDED),
            summary=Text(
                "Une barre par nombre d'organismes visités.", "A bar for each number of organizations visited."
            ),
            table=DataTable(
                "shared",
                Text("Publics partagés", "Shared audiences"),
                (Column("breadth", Text("Organismes visités", "Organizations visited")), _COLUMN),
                rows,
            ),
            metrics=(PERSONS,),
        ),
    )


def _shared_words(alone: Cell | None, total: Shown) -> Text:
    if not isinstance(alone, Shown) or not total.value:
        return Text("Combien d'organismes visite une même personne", "How many organizations a person visits")
    share = said(float(alone.value) / float(total.value), Unit.RATIO, 0)
    return Text("{share} des gens ne vont que chez un seul membre", "{share} of people go to a single member").filled(
        share=share
    )


def persons_words(portrait: Portrait) -> Text | None:
    """`4 185 personnes`; None when they are not counted."""
    total = bare(portrait.cell(BUYERS.id, PERSONS, "count"))
    if not isinstance(total, Shown):
        return None
    return counted(int(total.value), Text("personne", "person"), Text("personnes", "people"))
