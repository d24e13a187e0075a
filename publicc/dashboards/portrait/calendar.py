"""When the collective plays: performances by month and by weekday. Pure."""

from collections.abc import Mapping, Sequence
from typing import Final

from publicc.dashboards.page import Chart, Column, DataTable
from publicc.dashboards.portrait.saying import bare, first_shown
from publicc.kernel.cells import Cell, Shown, Withheld
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.dimensions import WEEKDAYS
from publicc.releases.contents import MONTH, SUPPLY, WEEKDAY
from publicc.releases.portrait import Portrait

_MONTHS: Final = dict(
    zip(
        MONTH.values,
        (
            Text("septembre", "September"),
            Text("octobre", "October"),
            Text("novembre", "November"),
            Text("décembre", "December"),
            Text("janvier", "January"),
            Text("février", "February"),
            Text("mars", "March"),
            Text("avril", "April"),
            Text("mai", "May"),
            Text("juin", "June"),
            Text("juillet", "July"),
            Text("août", "August"),
        ),
        strict=True,
    )
)


def calendar(portrait: Portrait) -> tuple[Chart, ...]:
    """Two drawings: the months of the season, the days of the week. None where a release does not tell it."""
    busiest = Text("Le mois le plus chargé montré : {top}", "Busiest month shown: {top}")
    months = _chart(portrait, ("months", MONTH.name), _MONTHS, busiest)
    busiest = Text("Le jour le plus chargé montré : {top}", "Busiest day shown: {top}")
    days = _chart(portrait, ("weekdays", WEEKDAY.name), WEEKDAYS, busiest)
    return (*months, *days)


def _chart(portrait: Portrait, cut: tuple[str, str], names: Mapping[str, Text], title: Text) -> tuple[Chart, ...]:
    chart_id, dimension = cut
    cells = portrait.values(SUPPLY.id, SUPPLY.metric, "count", dimension)
    if not first_shown(cells.values()):
        return ()
    rows = tuple((names[value], bare(cells[value])) for value in names if value in cells)
    top = max(cells, key=lambda value: _height(cells[value]))
    columns = (
        Column("when", Text("Quand", "When")),
        Column(SUPPLY.metric, Text("Représentations", "Performances"), Unit.COUNT),
    )
    told = title.filled(top=names[top])
    return (
        Chart(
            id=chart_id,
            kind="ranked_bars",
            title=told,
            subtitle=Text(
                "Représentations des membres; les dates sont publiques.", "Performances of members; dates are public."
            ),
            summary=Text("Une barre par mois ou par jour.", "A bar for each month or day."),
            table=DataTable(chart_id, told, columns, rows),
            metrics=(SUPPLY.metric,),
            note=_held([names[value] for value in names if isinstance(cells.get(value), Withheld)]),
        ),
    )


def _held(names: Sequence[Text]) -> Text | None:
    """Which months or days are not drawn: too few organizations play then."""
    if not names:
        return None
    listed = Text(", ".join(one.fr for one in names), ", ".join(one.en for one in names))
    return Text(
        "Masqué, trop peu d'organismes y jouent : {names}.", "Withheld, too few organizations play then: {names}."
    ).filled(names=listed)


def _height(cell: Cell) -> float:
    return float(cell.value) if isinstance(cell, Shown) else -1.0
