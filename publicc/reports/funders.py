"""What funders ask of a season, in the OCCQ's disciplines: quantities with their definitions, own exact figures.

One line a discipline of the OCCQ, each asked of the same metrics under the filter of its disciplines; what has no place
in the OCCQ's list is a line of its own, so that the total is that of the season.
Source: docs/decisions/0017-what-becomes-common.md.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Chart, Column, DataTable, Notice, Screen, Value
from publicc.dashboards.screens.common import by_figure, coverage_notices, figure_column, month_name, table_of, tile
from publicc.dashboards.wording import words
from publicc.directory.groupings import OCCQ
from publicc.directory.territories import REGIONS
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Discipline

TILES: Final = (
    "show_count",
    "performance_count",
    "admission_count",
    "paid_admission_count",
    "occupancy_rate",
    "ticket_revenue",
    "average_price_paid",
    "new_buyer_share",
)
QUANTITIES: Final = (
    "performance_count",
    "seats_offered",
    "admission_count",
    "paid_admission_count",
    "occupancy_rate",
    "ticket_revenue",
    "average_price_paid",
)
OTHERS: Final = Text("Autres et à classer", "Other and to be mapped")
"""What has no place in the OCCQ's list."""
_ORIGINS: Final = ("origin_share",)


def funder_screen(asker: Asker) -> Screen:
    """The whole report over the season or period of the filters."""
    now = asker.figures(*TILES)
    groups = list(_by_group(asker))
    whole = asker.figures(*QUANTITIES)
    disciplines = DataTable(
        "occq",
        Text("Par discipline de l'OCCQ", "By discipline of the OCCQ"),
        (Column("occq_discipline", Text("Discipline", "Discipline")), *(figure_column(one) for one in QUANTITIES)),
        tuple((label, *(cells[one] for one in QUANTITIES)) for label, cells in groups),
        total=(Text("Ensemble", "All"), *(whole[one] for one in QUANTITIES)),
    )
    others = (_where(asker), _origins(asker), _months(asker))
    return Screen(
        id="funder",
        title=Text("Reddition", "Funder report"),
        purpose=Text("Pour les bailleurs de fonds.", "For funders."),
        answer=_answer(now),
        notices=(*coverage_notices(asker, "capacity_coverage", "price_coverage"), *_unplaced(groups)),
        tiles=tuple(tile(one, now) for one in TILES),
        charts=_chart(groups),
        tables=(disciplines, *(table for table in others if table.rows)),
        metrics=tuple(dict.fromkeys((*TILES, *QUANTITIES, *_ORIGINS))),
        is_empty=not groups,
    )


def _by_group(asker: Asker) -> Iterator[tuple[Text, dict[str, Cell]]]:
    """Each group of the OCCQ in which something was played, then what has no place in its list."""
    chosen = asker.filters.as_mapping.get("discipline")
    kept = [one for one in Discipline if chosen is None or one.value in chosen]
    for label in dict.fromkeys([*OCCQ.values(), OTHERS]):
        of_group = tuple(one.value for one in kept if OCCQ.get(one, OTHERS) == label)
        if not of_group:
            continue
        cells = _only(asker, of_group).figures(*QUANTITIES)
        played = cells["performance_count"]
        if isinstance(played, Shown) and played.value:
            yield label, cells


def _only(asker: Asker, disciplines: tuple[str, ...]) -> Asker:
    where = tuple(pair for pair in asker.filters.where if pair[0] != "discipline")
    return replace(asker, filters=replace(asker.filters, where=(*where, ("discipline", tuple(sorted(disciplines))))))


def _answer(now: dict[str, Cell]) -> Text:
    figures = {name: words(now[name], tile(name, now).unit) for name in TILES}
    if not isinstance(now["admission_count"], Shown) or not now["admission_count"].value:
        return Text("Aucune représentation jouée dans cette période.", "No performance was played in this period.")
    return Text(
        "{performance_count} représentations de {show_count} spectacles, {admission_count} entrées dont "
        "{paid_admission_count} payantes, {ticket_revenue} de billetterie.",
        "{performance_count} performances of {show_count} shows, {admission_count} admissions of which "
        "{paid_admission_count} paid, {ticket_revenue} in ticket revenue.",
    ).filled(**figures)


def _chart(groups: list[tuple[Text, dict[str, Cell]]]) -> tuple[Chart, ...]:
    if len(groups) < 2:
        return ()
    rows: tuple[tuple[Value, ...], ...] = tuple((label, cells["admission_count"]) for label, cells in groups)
    columns = (Column("occq_discipline", Text("Discipline", "Discipline")), figure_column("admission_count"))
    title = Text("Entrées par discipline de l'OCCQ", "Admissions by discipline of the OCCQ")
    return (
        Chart(
            "occq-admissions",
            "ranked_bars",
            title,
            Text("Représentations jouées de la période", "Performances played in the period"),
            Text("Barres des entrées par discipline.", "Bars of admissions by discipline."),
            DataTable("occq-admissions", title, columns, rows),
            ("admission_count",),
        ),
    )


def _where(asker: Asker) -> DataTable:
    """Where it was played: by region of the venue."""
    rows = asker.rows(*QUANTITIES[:4], by="venue_region")
    title = Text("Par région de la salle", "By region of the venue")
    return table_of("venue-regions", title, rows, by="venue_region", metrics=QUANTITIES[:4], names=REGIONS)


def _origins(asker: Asker) -> DataTable:
    """Where the audience lives: by region of the buyer."""
    rows = by_figure(asker.rows(*_ORIGINS, by="admin_region"), _ORIGINS[0])
    title = Text("Par région de résidence de l'acheteur", "By the buyer's region of residence")
    return table_of("buyer-regions", title, rows, by="admin_region", metrics=_ORIGINS, names=REGIONS)


def _months(asker: Asker) -> DataTable:
    rows = [row for row in asker.rows(*QUANTITIES[:4], by="month") if row.dims["month"] != "UNKNOWN"]
    columns = (Column("month", Text("Mois", "Month")), *(figure_column(one) for one in QUANTITIES[:4]))
    lines = tuple((month_name(row.dims["month"]), *(row.cells[one] for one in QUANTITIES[:4])) for row in rows)
    return DataTable("months", Text("Par mois", "By month"), columns, lines)


def _unplaced(groups: list[tuple[Text, dict[str, Cell]]]) -> tuple[Notice, ...]:
    if not any(label == OTHERS for label, _ in groups):
        return ()
    told = Text(
        "« Autres et à classer » réunit ce qui n'a pas de place dans les six disciplines de l'OCCQ : chanson d'une "
        "autre langue, cinéma, exposition, art de la parole, et les libellés qui restent à classer.",
        "“Other and to be mapped” gathers what has no place in the OCCQ's six disciplines: song in another language, "
        "film, exhibition, spoken word, and labels still to be mapped.",
    )
    return (Notice("info", told),)
