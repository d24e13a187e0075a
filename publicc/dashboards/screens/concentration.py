"""How concentrated the audience is by postal area: territory study 4.3, over one's own tickets.

Few areas making half of the tickets is neither good nor bad: it says where one lives, and what a campaign may cover.
"""

from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Chart, Column, DataTable, Value
from publicc.dashboards.screens.common import figure_column, named
from publicc.dashboards.wording import said, shown_value
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.definition import UNKNOWN

_FIRST: Final = 12
"""Areas drawn: beyond, bars are too short to compare. The table below the page has them all."""
_BY: Final = ("fsas_for_half", "hhi_fsa", "distance_median", "paid_admission_count")


def concentration_charts(areas: DataTable, half: Cell) -> tuple[Chart, ...]:
    """The first areas by share of tickets, and how much of them they make together.

    `areas`: the table of every area, most tickets first; its third column holds tickets. `half`: `fsas_for_half`.
    """
    counts = [(str(row[0]), str(row[1]), row[2].value) for row in areas.rows if isinstance(row[2], Shown)]
    total, few = sum(n for _, _, n in counts), shown_value(half)
    if len(counts) < 3 or not total or few is None:
        return ()
    rows: list[tuple[Value, ...]] = []
    together = 0.0
    for fsa, place, n in counts[:_FIRST]:
        together += float(n)
        name = f"{fsa} ({place})" if place else fsa
        rows.append(
            (name, Shown(float(n) / float(total), n=int(total)), Shown(together / float(total), n=int(total)), Shown(n))
        )
    columns = (
        Column("area", Text("Secteur postal", "Postal area")),
        Column("share", Text("Part des billets", "Share of tickets"), Unit.RATIO, 1),
        Column("together", Text("Cumul", "Cumulative"), Unit.RATIO, 0),
        figure_column("paid_admission_count"),
    )
    return (
        Chart(
            id="concentration",
            kind="ranked_bars",
            title=_title(float(few), len(counts)),
            subtitle=Text(
                "Part des billets de secteur connu; le trait : cumul des secteurs du haut jusqu'à celui-là. n = {n}",
                "Share of tickets of a known area; the mark: running total from the top. n = {n}",
            ).filled(n=said(int(total), Unit.COUNT)),
            summary=Text(
                "Barres des premiers secteurs postaux et leur cumul.",
                "Bars of the first postal areas and their running total.",
            ),
            table=DataTable(
                "concentration",
                Text("Concentration par secteur postal", "Concentration by postal area"),
                columns,
                tuple(rows),
            ),
            metrics=("fsas_for_half", "hhi_fsa"),
        ),
    )


def _title(few: float, areas: int) -> Text:
    return Text(
        "{few} secteurs sur {n} font la moitié des billets", "{few} areas of {n} make half of the tickets"
    ).filled(few=said(few, Unit.COUNT), n=said(areas, Unit.COUNT))


def concentration_tables(asker: Asker) -> tuple[DataTable, ...]:
    """The concentration of each discipline and of each season: where it is narrow, where it is wide."""
    return (*_cut(asker, "discipline", _BY_DISCIPLINE), *_seasons(asker))


_BY_DISCIPLINE: Final = Text("Concentration selon la discipline", "Concentration by discipline")
_BY_SEASON: Final = Text("Concentration d'une saison à l'autre", "Concentration from season to season")


def _cut(asker: Asker, axis: str, title: Text) -> tuple[DataTable, ...]:
    if not all(asker.can_answer(one) for one in _BY):
        return ()
    rows = [row for row in asker.rows(*_BY, by=axis) if row.dims[axis] != UNKNOWN and _told(row.cells["hhi_fsa"])]
    if len(rows) < 2:
        return ()
    ranked = sorted(rows, key=lambda row: -float(shown_value(row.cells["paid_admission_count"]) or 0))
    columns = (Column(axis, Text("Discipline", "Discipline")), *(figure_column(one) for one in _BY))
    lines = tuple((named(axis, row.dims[axis]), *(row.cells[one] for one in _BY)) for row in ranked)
    return (DataTable(f"concentration-{axis}", title, columns, lines, note=_HHI),)


def _seasons(asker: Asker) -> tuple[DataTable, ...]:
    """The season, and the one before at the same point."""
    before = asker.season_before()
    if before is None:
        return ()
    told = [(one.filters.period, one.figures(*_BY)) for one in (asker, before)]
    if not all(_told(cells["hhi_fsa"]) for _, cells in told):
        return ()
    columns = (Column("season", Text("Saison", "Season")), *(figure_column(one) for one in _BY))
    lines = tuple(
        (f"{period.first_on.year}-{period.last_on.year}", *(cells[one] for one in _BY)) for period, cells in told
    )
    return (DataTable("concentration-season", _BY_SEASON, columns, lines, note=_SAME_POINT),)


def _told(cell: Cell) -> bool:
    return isinstance(cell, Shown)


_HHI: Final = Text(
    "L'indice de concentration est la somme des parts au carré : 1 quand tous vivent dans un seul secteur, près de 0 "
    "quand ils sont également répartis entre beaucoup.",
    "The concentration index is the sum of squared shares: 1 when everyone lives in one area, close to 0 when they are "
    "spread evenly over many.",
)
_SAME_POINT: Final = Text(
    "La saison précédente telle qu'elle était au même point.", "The season before as it stood at the same point."
)
