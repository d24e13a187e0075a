"""The sales curve of a season beside earlier ones, and the gap at the same point.

Seasons are aligned on the days before they close on 31 August; beyond the day of the data the line is blank.
"""

from collections.abc import Sequence
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Chart, Column, DataTable, Value
from publicc.dashboards.wording import counted, on_day, said, shown_value, signed
from publicc.kernel.cells import Cell, Shown, Unknown, UnknownReason
from publicc.kernel.formats import Unit
from publicc.kernel.period import Period, season_label, season_period
from publicc.kernel.text import Text
from publicc.metrics.definitions.curves import season_curves
from publicc.metrics.gathering import Cut, facts_of

OTHER_SEASONS: Final = 3
STEP_DAYS: Final = 7
_BLANK: Final = Unknown(UnknownReason.NO_BASE, "future")
_TICKETS: Final = (Text("billet payant", "paid ticket"), Text("billets payants", "paid tickets"))


def curve_chart(asker: Asker) -> Chart | None:
    """Paid tickets of the season, cumulated week by week, beside up to three seasons before it."""
    season = asker.filters.season
    if season is None or not asker.can_answer("sales_curve"):
        return None
    seasons = [one for one in range(season, season - OTHER_SEASONS - 1, -1) if one in asker.choices.seasons]
    curves = _curves(asker, seasons)
    if season not in curves:
        return None
    return Chart(
        id="curve",
        kind="season_curves",
        title=_finding(asker),
        subtitle=Text(
            "Billets payants cumulés, les saisons posées l'une sur l'autre; la suite est à venir",
            "Paid tickets, cumulated, seasons laid over one another; the rest is still to come",
        ),
        summary=Text(
            "Une ligne par saison; celle de la saison choisie s'arrête au jour des données.",
            "One line a season; that of the chosen season stops on the day of the data.",
        ),
        table=_as_table(curves),
        metrics=("sales_curve",),
    )


def sold_by_now(curve: Chart | None) -> int:
    """Paid tickets of the season up to the day of the data, played or to come."""
    told = [row[1] for row in curve.table.rows] if curve else []
    return max((int(cell.value) for cell in told if isinstance(cell, Shown)), default=0)


def still_to_come(asker: Asker, sold: int) -> Text:
    """What is sold before the first performance of the season."""
    return Text(
        "Au {day} : {sold} vendus d'avance; aucune représentation n'a encore été jouée.",
        "As of {day}: {sold} sold ahead; no performance has been played yet.",
    ).filled(day=on_day(min(asker.as_of, asker.filters.period.last_on)), sold=counted(sold, *_TICKETS))


def season_gap(asker: Asker) -> Text | None:
    """Sold so far against the same point a season earlier; None when there is nothing to compare with."""
    if asker.filters.season is None:
        return None
    cells = asker.figures("season_gap", "season_gap_share")
    difference, share = cells["season_gap"], shown_value(cells["season_gap_share"])
    if not isinstance(difference, Shown) or difference.n is None or share is None:
        return None
    gap = int(difference.value)
    fields = {
        "day": on_day(min(asker.as_of, asker.filters.period.last_on)),
        "sold": counted(difference.n + gap, *_TICKETS),
        "gap": said(abs(gap), Unit.COUNT),
        "share": signed(share, Unit.RATIO),
    }
    if asker.is_closed:
        more = Text(
            "Saison close : {sold}, {gap} de plus ({share}) que la saison précédente.",
            "Season closed: {sold}, {gap} more ({share}) than the season before.",
        )
        less = Text(
            "Saison close : {sold}, {gap} de moins ({share}) que la saison précédente.",
            "Season closed: {sold}, {gap} fewer ({share}) than the season before.",
        )
    else:
        more = Text(
            "Au {day} : {sold}, {gap} de plus ({share}) qu'au même point l'an dernier.",
            "As of {day}: {sold}, {gap} more ({share}) than at the same point last season.",
        )
        less = Text(
            "Au {day} : {sold}, {gap} de moins ({share}) qu'au même point l'an dernier.",
            "As of {day}: {sold}, {gap} fewer ({share}) than at the same point last season.",
        )
    return (more if gap >= 0 else less).filled(**fields)


def _finding(asker: Asker) -> Text:
    share = shown_value(asker.figures("season_gap_share")["season_gap_share"])
    if share is None:
        return Text("Comment les ventes se sont accumulées", "How sales built up")
    if share >= 0:
        return Text(
            "Les ventes devancent la saison passée ({share})", "Sales are ahead of last season ({share})"
        ).filled(share=signed(share, Unit.RATIO))
    return Text(
        "Les ventes sont en retard sur la saison passée ({share})", "Sales are behind last season ({share})"
    ).filled(share=signed(share, Unit.RATIO))


def _curves(asker: Asker, seasons: Sequence[int]) -> dict[int, dict[int, Cell]]:
    """Season → days before it closes → tickets sold by then; newest season first."""
    if not seasons:
        return {}
    period = Period(season_period(min(seasons)).first_on, season_period(max(seasons)).last_on)
    facts = facts_of(asker.facts, asker.scope, period=period, as_of=asker.as_of, reference=None)
    found = season_curves(facts, Cut((), asker.filters.as_mapping, period))
    return {one: {p.day: p.cell for p in found[one].points} for one in seasons if one in found}


def _as_table(curves: dict[int, dict[int, Cell]]) -> DataTable:
    """One line a week, from the earliest sale to the close, with the last known day of each season kept."""
    days = {day for points in curves.values() for day in points}
    ends = {min(points) for points in curves.values()}
    kept = sorted({day for day in days if day % STEP_DAYS == 0} | ends, reverse=True)
    lines: list[tuple[Value, ...]] = [
        (Shown(day), *(points.get(day, _BLANK) for points in curves.values())) for day in kept
    ]
    columns = (
        Column("days", Text("Jours avant le 31 août", "Days before 31 August"), Unit.COUNT),
        *(Column(f"s{s}", Text(season_label(s), season_label(s)), Unit.COUNT) for s in curves),
    )
    return DataTable("curve", Text("Ventes cumulées par saison", "Cumulated sales by season"), columns, tuple(lines))
