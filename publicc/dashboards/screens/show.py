"""*Fiche spectacle*: one show of one's own, from its first sale to who came; without one, the shows to choose from.

For programming and marketing: to book it again, for how many nights, at what price. Source: screens, screen 9.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Chart, Column, DataTable, Screen, Value
from publicc.dashboards.screens.building_up import LONGEST_DAYS, STEP_DAYS, build_up_chart, half_sold
from publicc.dashboards.screens.common import (
    by_figure,
    coverage_notices,
    figure_column,
    filter_notices,
    leads_to_shows,
    named,
    of_shows,
    tile,
)
from publicc.dashboards.screens.shares import share_chart
from publicc.dashboards.wording import counted, said, words
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.answers import Row
from publicc.metrics.definitions.curves import Alignment, Measure, sales_curve
from publicc.metrics.gathering import Cut, facts_of

TILES: Final = (
    "performance_count",
    "admission_count",
    "occupancy_rate",
    "ticket_revenue",
    "average_price_paid",
    "comp_rate",
    "buyer_count",
    "new_buyer_share",
    "lead_time_median",
    "distance_median",
)
_EACH_NIGHT: Final = ("admission_count", "seats_offered", "occupancy_rate", "ticket_revenue", "average_price_paid")
_EACH_SHOW: Final = ("performance_count", "admission_count", "occupancy_rate", "ticket_revenue", "average_price_paid")
_SHARES: Final = (
    (
        "lead_time_bucket_share",
        "lead_time_bucket",
        Text("Quand on achète : {top}, {share} des billets", "When people buy: {top}, {share} of tickets"),
    ),
    ("channel_share", "channel", Text("{top} vend {share} des billets", "{top} sells {share} of tickets")),
)
_PLAYED: Final = (Text("représentation", "performance"), Text("représentations", "performances"))


def show_screen(asker: Asker) -> Screen:
    """The page of the one show of the filters, else the list of shows of the period."""
    chosen = asker.filters.as_mapping.get("show", ())
    return _one(asker, asker.titles.get(chosen[0]) or chosen[0]) if len(chosen) == 1 else _list(asker)


def _one(asker: Asker, title: str) -> Screen:
    asker.look_ahead((TILES, None), (_EACH_NIGHT, "performance"))
    now = asker.figures(*TILES)
    nights = _nights(asker)
    charts = (_build_up(asker), *(share_chart(asker, *one) for one in _SHARES))
    kept = tuple(chart for chart in charts if chart is not None)
    return Screen(
        id="show",
        title=Text(title, title),
        purpose=Text(
            "Fiche spectacle, pour la programmation et le marketing : le reprendre, combien de soirs, à quel prix.",
            "Show page, for programming and marketing: book it again, for how many nights, at what price.",
        ),
        answer=_answer(now),
        notices=(*filter_notices(asker, TILES), *coverage_notices(asker, "capacity_coverage", "price_coverage")),
        tiles=tuple(tile(one, now) for one in TILES if asker.can_answer(one)),
        charts=kept,
        tables=(nights,) if nights.rows else (),
        metrics=(*TILES, "seats_offered", "sales_curve", *(one for one, _, _ in _SHARES)),
        is_empty=not nights.rows and not kept,
    )


def _answer(now: Mapping[str, Cell]) -> Text:
    """How often it was played, who came, and how many of them for the first time."""
    played, came = now["performance_count"], now["admission_count"]
    if not isinstance(played, Shown) or not played.value or not isinstance(came, Shown):
        return Text(
            "Ce spectacle n'a pas encore été joué dans cette période, avec ces filtres.",
            "This show has not been played yet in this period, with these filters.",
        )
    told = Text("{nights}, {came} entrées", "{nights}, {came} admissions").filled(
        nights=counted(int(played.value), *_PLAYED), came=said(came.value, Unit.COUNT)
    )
    more = {
        "occupancy_rate": Text("{told}, des salles remplies à {rate}", "{told}, houses {rate} full"),
        "new_buyer_share": Text(
            "{told}; {rate} des acheteurs venaient pour la première fois",
            "{told}; {rate} of buyers came for the first time",
        ),
    }
    for metric_id, form in more.items():
        if isinstance(now[metric_id], Shown):
            told = form.filled(told=told, rate=words(now[metric_id], Unit.RATIO, 0))
    return Text("{told}.", "{told}.").filled(told=told)


def _build_up(asker: Asker) -> Chart | None:
    """Paid tickets of all its performances, cumulated by days before each; blank where one of them has not come yet."""
    if not asker.can_answer("sales_curve"):
        return None
    facts = facts_of(asker.facts, asker.scope, period=asker.filters.period, as_of=asker.as_of, reference=None)
    cut = Cut((), asker.filters.as_mapping, asker.filters.period)
    points = sales_curve(facts, cut, Alignment.PERFORMANCE, Measure.TICKETS).points
    sold = [(one.day, one.cell) for one in points]
    kept = [(day, cell) for day, cell in sold[:-1] if day <= LONGEST_DAYS and day % STEP_DAYS == 0] + sold[-1:]
    if len(kept) < 2:
        return None
    subtitle = Text(
        "Billets payants cumulés, toutes les représentations alignées sur leur date",
        "Paid tickets, cumulated, all performances aligned on their date",
    )
    return build_up_chart(kept, half=half_sold(sold), subtitle=subtitle)


def _nights(asker: Asker) -> DataTable:
    """One line a performance, in the order of their dates."""
    kept = tuple(one for one in _EACH_NIGHT if asker.can_answer(one))
    dated = asker.known.dated(asker.facts)
    rows = [row for row in asker.rows(*kept, by="performance") if row.dims["performance"] in dated]
    rows.sort(key=lambda row: (dated[row.dims["performance"]].on, row.dims["performance"]))
    lines: tuple[tuple[Value, ...], ...] = tuple(
        (dated[row.dims["performance"]].on, *(row.cells[one] for one in kept)) for row in rows
    )
    columns = (
        Column("performance", Text("Représentation", "Performance")),
        *(figure_column(one, bar=one == "admission_count") for one in kept),
    )
    return DataTable("performances", Text("Chaque représentation", "Each performance"), columns, lines)


def _list(asker: Asker) -> Screen:
    """Every show of the period, the most seen first, each leading to its own page."""
    kept = tuple(one for one in _EACH_SHOW if asker.can_answer(one))
    rows = [
        row for row in by_figure(asker.rows(*kept, by="show"), "admission_count") if row.dims["show"] in asker.titles
    ]
    table = DataTable(
        "shows",
        Text("Les spectacles de la période", "Shows of the period"),
        (
            Column("show", Text("Spectacle", "Show")),
            *(figure_column(one, bar=one == "admission_count") for one in kept),
        ),
        tuple((named("show", row.dims["show"], asker.titles), *(row.cells[one] for one in kept)) for row in rows),
        leads=leads_to_shows(row.dims["show"] for row in rows),
    )
    return Screen(
        id="show",
        title=Text("Spectacles", "Shows"),
        purpose=Text(
            "Pour la programmation et le marketing : ouvrir la fiche d'un spectacle.",
            "For programming and marketing: open the page of a show.",
        ),
        answer=_best(rows, asker.titles),
        notices=filter_notices(asker, _EACH_SHOW),
        tables=(table,) if rows else (),
        metrics=kept,
        is_empty=not rows,
    )


def _best(rows: Sequence[Row], titles: Mapping[str, str]) -> Text:
    seen = [row for row in rows if isinstance(cell := row.cells["admission_count"], Shown) and cell.value]
    if not seen:
        return Text(
            "Aucun spectacle n'a encore été joué dans cette période, avec ces filtres.",
            "No show has been played yet in this period, with these filters.",
        )
    title, came = titles[seen[0].dims["show"]], words(seen[0].cells["admission_count"], Unit.COUNT)
    return Text(
        "{shows} au programme; le plus vu : {title}, {came} entrées.",
        "{shows} on the programme; the most seen: {title}, {came} admissions.",
    ).filled(shows=of_shows(len(seen)), title=title, came=came)
