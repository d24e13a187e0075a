"""*Ma saison*: how the season stands against the same point of the one before, and which shows make it.

For marketing and direction: where to put effort before the season closes. Source: screens, screen 1.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Chart, Column, DataTable, Notice, Screen, Value
from publicc.dashboards.screens.change import gap_charts, where_table
from publicc.dashboards.screens.common import (
    by_figure,
    capital,
    coverage_notices,
    figure_column,
    filter_notices,
    leads_to_shows,
    month_name,
    named,
    of_shows,
    tile,
)
from publicc.dashboards.screens.curves import curve_chart, season_gap, sold_by_now, still_to_come
from publicc.dashboards.wording import said, words
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.answers import Row

TILES: Final = (
    "admission_count",
    "occupancy_rate",
    "paid_occupancy_rate",
    "ticket_revenue",
    "average_price_paid",
    "comp_rate",
    "performance_count",
    "show_count",
)
_SHOW_FIGURES: Final = (
    "performance_count",
    "seats_offered",
    "admission_count",
    "occupancy_rate",
    "ticket_revenue",
    "average_price_paid",
)
_MONTH_FIGURES: Final = ("admission_count", "occupancy_rate")
_COVERAGE: Final = ("capacity_coverage", "price_coverage")
TOP_SHOWS: Final = 12
_TITLE: Final = Text("Ma saison", "My season")
_PURPOSE: Final = Text(
    "Pour le marketing et la direction : où mettre l'effort avant la fin de la saison.",
    "For marketing and direction: where to put effort before the season closes.",
)


def season_screen(asker: Asker) -> Screen:
    """The whole page for the season (or period) of the filters."""
    asker.look_ahead(((*TILES, *_SHOW_FIGURES, *_COVERAGE), None), (_SHOW_FIGURES, "show"), (_MONTH_FIGURES, "month"))
    before = asker.season_before()
    now = asker.figures(*TILES)
    then = before.figures(*TILES) if before else None
    shows = by_figure(asker.rows(*_SHOW_FIGURES, by="show"), "admission_count")
    curve = curve_chart(asker)
    others = (*gap_charts(asker, before), _best_shows(asker, shows), _by_month(asker))
    charts = [chart for chart in (curve, *others) if chart is not None]
    played = sum(_has_admissions(row) for row in shows)
    sold = sold_by_now(curve)
    answer = season_gap(asker) or (still_to_come(asker, sold) if sold and not played else _answer(now, played))
    return Screen(
        id="season",
        title=_TITLE,
        purpose=_PURPOSE,
        answer=answer,
        notices=(
            *filter_notices(asker, TILES),
            *coverage_notices(asker, *_COVERAGE),
            *_first_season(asker),
        ),
        tiles=tuple(tile(one, now, then) for one in TILES if asker.can_answer(one)),
        charts=tuple(charts),
        tables=(_shows(asker, shows), *where_table(asker, before)),
        metrics=(*TILES, "seats_offered", "sales_curve", "season_gap"),
        is_empty=not shows,
    )


def _has_admissions(row: Row) -> bool:
    cell = row.cells["admission_count"]
    return isinstance(cell, Shown) and cell.value > 0


def _answer(now: Mapping[str, Cell], shows: int) -> Text:
    """What was played, when there is no season before to compare with. `shows`: how many had an admission."""
    admissions = now["admission_count"]
    if not isinstance(admissions, Shown) or admissions.value == 0:
        return Text(
            "Aucune représentation n'a encore été jouée dans cette période, avec ces filtres.",
            "No performance has been played yet in this period, with these filters.",
        )
    came = Text("{n} entrées pour {shows}", "{n} admissions for {shows}").filled(
        n=said(admissions.value, Unit.COUNT), shows=of_shows(shows)
    )
    if not isinstance(now["occupancy_rate"], Shown):
        return Text(f"{came.fr}.", f"{came.en}.")
    return Text("{came}, et un taux d'occupation de {occupancy}.", "{came}, and an occupancy of {occupancy}.").filled(
        came=came, occupancy=words(now["occupancy_rate"], Unit.RATIO)
    )


def _first_season(asker: Asker) -> tuple[Notice, ...]:
    if asker.filters.season in asker.choices.seasons and asker.season_before() is None:
        return (
            Notice(
                "info",
                Text(
                    "C'est la première saison déposée : il n'y a encore rien à quoi la comparer. "
                    "Déposer la saison précédente ouvre la comparaison.",
                    "This is the first season deposited: there is nothing to compare it with yet. "
                    "Depositing the season before opens the comparison.",
                ),
                link="deposits",
                link_words=Text("Déposer des fichiers", "Deposit files"),
            ),
        )
    return ()


def _shows(asker: Asker, rows: Sequence[Row]) -> DataTable:
    """One line a show, most admissions first, with the total of the period. Figures the filters cannot cut are left."""
    kept = tuple(one for one in _SHOW_FIGURES if asker.can_answer(one))
    total = asker.figures(*kept)
    columns = (
        Column("show", Text("Spectacle", "Show")),
        *(figure_column(one, bar=one == "admission_count") for one in kept),
    )
    lines: tuple[tuple[Value, ...], ...] = tuple(
        (named("show", row.dims["show"], asker.titles), *(row.cells[one] for one in kept)) for row in rows
    )
    return DataTable(
        "shows",
        Text("Chaque spectacle", "Each show"),
        columns,
        lines,
        total=(Text("Ensemble", "All"), *(total[one] for one in kept)),
        leads=leads_to_shows(row.dims["show"] for row in rows),
    )


def _best_shows(asker: Asker, rows: Sequence[Row]) -> Chart | None:
    """The shows that made the season, greatest first."""
    admissions = [float(cell.value) for row in rows if isinstance(cell := row.cells["admission_count"], Shown)]
    if len(admissions) < 2 or not sum(admissions):
        return None
    played = [row for row in rows if isinstance(row.cells["admission_count"], Shown)][:TOP_SHOWS]
    top = [(named("show", row.dims["show"], asker.titles), row.cells["admission_count"]) for row in played]
    return Chart(
        id="top-shows",
        kind="ranked_bars",
        title=_half_of_admissions(fewest_for_half(admissions)),
        subtitle=Text("Entrées par spectacle, n = {n}", "Admissions by show, n = {n}").filled(
            n=said(sum(admissions), Unit.COUNT)
        ),
        summary=Text(
            "Barres des entrées par spectacle, du plus grand au plus petit.", "Admissions by show, greatest first."
        ),
        table=DataTable(
            "top-shows",
            Text("Entrées par spectacle", "Admissions by show"),
            (Column("show", Text("Spectacle", "Show")), figure_column("admission_count")),
            tuple(top),
        ),
        metrics=("admission_count",),
    )


def _half_of_admissions(few: int) -> Text:
    if few == 1:
        return Text("Un seul spectacle fait la moitié des entrées", "A single show makes half of the admissions")
    return Text("{few} font la moitié des entrées", "{few} make half of the admissions").filled(few=of_shows(few))


def fewest_for_half(values: Sequence[float]) -> int:
    """How many of the greatest values make at least half of their sum."""
    reached, total = 0.0, sum(values)
    for place, value in enumerate(sorted(values, reverse=True), start=1):
        reached += value
        if 2 * reached >= total:
            return place
    return len(values)


def _by_month(asker: Asker) -> Chart | None:
    rows = asker.rows(*_MONTH_FIGURES, by="month")
    rows = tuple(row for row in rows if row.dims["month"] != "UNKNOWN")
    if len(rows) < 2:
        return None
    table = DataTable(
        "months",
        Text("Entrées et occupation par mois", "Admissions and occupancy by month"),
        (
            Column("month", Text("Mois", "Month")),
            figure_column("admission_count"),
            figure_column("occupancy_rate"),
        ),
        tuple(
            (month_name(row.dims["month"]), row.cells["admission_count"], row.cells["occupancy_rate"]) for row in rows
        ),
    )
    best = by_figure(rows, "admission_count")[0]
    return Chart(
        id="months",
        kind="columns_in_time",
        title=Text("{month} a été le mois le plus fréquenté", "{month} was the busiest month").filled(
            month=capital(month_name(best.dims["month"]))
        ),
        subtitle=Text("Entrées par mois de représentation", "Admissions by month of performance"),
        summary=Text("Barres des entrées par mois.", "Bars of admissions by month."),
        table=table,
        metrics=("admission_count", "occupancy_rate"),
    )
