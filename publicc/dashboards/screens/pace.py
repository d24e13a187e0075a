"""*Rythme de vente*: which performances to come sell slower than comparable ones did, as many days before.

For marketing and the box office: which show to push this week. Source: screens, screen 2.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Chart, Column, DataTable, Notice, Screen, Value
from publicc.dashboards.screens.common import coverage_notices, figure_column, filter_notices, leads_to_shows
from publicc.dashboards.wording import counted, on_day, said
from publicc.kernel.cells import Cell, Shown, Unknown, UnknownReason
from publicc.kernel.formats import Unit, short_day
from publicc.kernel.text import Text

METRICS: Final = ("pace_status", "pace_band", "projected_admissions", "sales_last_7d")
_SIDES: Final = {
    "BELOW": Text("sous la bande", "under the band"),
    "WITHIN": Text("dans la bande", "within the band"),
    "ABOVE": Text("au-dessus", "above"),
    "UNKNOWN": Text("pas de comparaison", "no comparison"),
}
BELOW_BAND: Final = _SIDES["BELOW"]
_COMING: Final = (
    Text("représentation à venir", "performance to come"),
    Text("représentations à venir", "performances to come"),
)
_DAYS: Final = (Text("jour", "day"), Text("jours", "days"))
_POINTS: Final = (Text("point", "point"), Text("points", "points"))


@dataclass(frozen=True, slots=True)
class Coming:
    """One performance to come: where its sales stand against the usual band."""

    show: str
    title: str
    on: date
    capacity: int | None
    side: str
    sold: Cell
    low: Cell
    high: Cell
    last_week: Cell
    expected: Cell

    @property
    def late(self) -> float:
        """Share of the capacity that is missing to reach the band; negative above its foot, least when not known."""
        if isinstance(self.sold, Shown) and isinstance(self.low, Shown):
            return float(self.low.value) - float(self.sold.value)
        return -9.0

    @property
    def name(self) -> Text:
        """`Tosca, 3 mars 2026`."""
        return Text(f"{self.title}, {short_day(self.on, 'fr')}", f"{self.title}, {short_day(self.on, 'en')}")


def pace_screen(asker: Asker) -> Screen:
    """The whole page: performances after the day of the data, the latest one first."""
    coming = sorted(_coming(asker), key=lambda one: (-one.late, one.on, one.title))
    return Screen(
        id="pace",
        title=Text("Rythme de vente", "Sales pace"),
        purpose=Text(
            "Pour le marketing et la billetterie : quel spectacle pousser cette semaine.",
            "For marketing and the box office: which show to push this week.",
        ),
        answer=_answer(asker, coming),
        notices=(*filter_notices(asker, METRICS), *coverage_notices(asker, "capacity_coverage"), *_no_band(coming)),
        charts=_chart(coming),
        tables=(_table(asker, coming),) if coming else (),
        metrics=METRICS,
    )


def _coming(asker: Asker) -> list[Coming]:
    """Every performance on sale that the filters keep, with what the metrics tell of it."""
    if not asker.can_answer("pace_status"):
        return []
    known = asker.known.coming(asker.facts, asker.as_of)
    stands = {row.dims["performance"]: row for row in asker.rows("pace_status", by="performance")}
    edges = _by_bound(asker, "pace_band")
    expected = _by_bound(asker, "projected_admissions")
    week = {
        row.dims["performance"]: row.cells["sales_last_7d"] for row in asker.rows("sales_last_7d", by="performance")
    }
    nothing = Unknown(UnknownReason.NO_BASE, "4_comparables")
    return [
        Coming(
            show=known[key].show,
            title=asker.titles.get(known[key].show, "") or known[key].show,
            on=known[key].on,
            capacity=known[key].capacity,
            side=row.dims["pace"],
            sold=row.cells["pace_status"],
            low=edges.get((key, "low"), nothing),
            high=edges.get((key, "high"), nothing),
            last_week=week.get(key, Shown(0)),
            expected=expected.get((key, "middle"), nothing),
        )
        for key, row in stands.items()
        if key in known
    ]


def _by_bound(asker: Asker, metric_id: str) -> dict[tuple[str, str], Cell]:
    rows = asker.rows(metric_id, by="performance")
    return {(row.dims["performance"], row.dims["bound"]): row.cells[metric_id] for row in rows}


def _answer(asker: Asker, coming: Sequence[Coming]) -> Text:
    if not coming:
        return Text(
            "Aucune représentation à venir dans cette période, avec ces filtres.",
            "No performance to come in this period, with these filters.",
        )
    below = [one for one in coming if one.side == "BELOW"]
    of_all = counted(len(coming), *_COMING)
    if not below:
        return Text(
            "{of_all} : aucune sous sa bande habituelle, {above} au-dessus.",
            "{of_all}: none under its usual band, {above} above.",
        ).filled(of_all=of_all, above=said(sum(one.side == "ABOVE" for one in coming), Unit.COUNT))
    worst = below[0]
    return Text(
        "{of_all} : {n} sous la bande habituelle, {above} au-dessus. La plus en retard : {name}, {points} sous la "
        "bande, dans {days}.",
        "{of_all}: {n} under the usual band, {above} above. The furthest behind: {name}, {points} under the band, "
        "in {days}.",
    ).filled(
        above=said(sum(one.side == "ABOVE" for one in coming), Unit.COUNT),
        of_all=of_all,
        n=said(len(below), Unit.COUNT),
        name=worst.name,
        points=counted(max(1, round(100 * worst.late)), *_POINTS),
        days=counted((worst.on - asker.as_of).days, *_DAYS),
    )


def _no_band(coming: Sequence[Coming]) -> tuple[Notice, ...]:
    alone = sum(one.side == "UNKNOWN" for one in coming)
    if not alone:
        return ()
    return (
        Notice(
            "info",
            Text(
                "{n} sans bande : il faut quatre représentations comparables déjà jouées, et leur jauge.",
                "{n} without a band: four comparable performances already played are needed, and their capacity.",
            ).filled(n=counted(alone, Text("représentation", "performance"), Text("représentations", "performances"))),
        ),
    )


def _chart(coming: Sequence[Coming]) -> tuple[Chart, ...]:
    placed = [one for one in coming if isinstance(one.low, Shown) and isinstance(one.sold, Shown)]
    if not placed:
        return ()
    below = sum(one.side == "BELOW" for one in placed)
    title = (
        Text(
            "{n} de ces représentations vendent moins vite que d'habitude",
            "{n} of these performances sell slower than usual",
        )
        if below > 1
        else Text(
            "Une de ces représentations vend moins vite que d'habitude",
            "One of these performances sells slower than usual",
        )
        if below
        else Text("Toutes vendent au moins comme d'habitude", "All sell at least as usual")
    )
    columns = (
        Column("performance", Text("Représentation", "Performance")),
        Column("pace_status", Text("Vendu, % de la jauge", "Sold, % of capacity"), Unit.RATIO, 0),
        Column("low", Text("Bande, bas", "Band, low"), Unit.RATIO, 0),
        Column("high", Text("Bande, haut", "Band, high"), Unit.RATIO, 0),
        Column("side", Text("Rythme", "Pace")),
    )
    rows = tuple((one.name, one.sold, one.low, one.high, _SIDES[one.side]) for one in placed)
    return (
        Chart(
            id="pace",
            kind="bands",
            title=title.filled(n=said(below, Unit.COUNT)),
            subtitle=Text(
                "Part de la jauge vendue (▼ sous, ● dans, ▲ au-dessus) et bande des représentations comparables à "
                "autant de jours de la date",
                "Share of capacity sold (▼ under, ● within, ▲ above) and band of comparable performances as many days "
                "before the date",
            ),
            summary=Text(
                "Points des ventes et bandes habituelles, les plus en retard en premier.",
                "Points of sales and usual bands, the latest first.",
            ),
            table=DataTable("pace", Text("Rythme et bande", "Pace and band"), columns, rows),
            metrics=("pace_status", "pace_band"),
        ),
    )


def _table(asker: Asker, coming: Sequence[Coming]) -> DataTable:
    columns = (
        Column("show", Text("Spectacle", "Show")),
        Column("on", Text("Date", "Date")),
        Column("days", Text("Jours", "Days left"), Unit.COUNT),
        Column("side", Text("Rythme", "Pace")),
        Column("pace_status", Text("Vendu", "Sold"), Unit.RATIO, 0),
        Column("seats", Text("Places restantes", "Seats left"), Unit.COUNT),
        figure_column("sales_last_7d"),
        figure_column("projected_admissions"),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            one.title,
            one.on,
            Shown((one.on - asker.as_of).days),
            _SIDES[one.side],
            one.sold,
            _seats_left(one),
            one.last_week,
            one.expected,
        )
        for one in coming
    )
    note = Text(
        "Au {day}. Comparables : représentations jouées de la même discipline, de jauge proche.",
        "As of {day}. Comparables: performances played in the same discipline, of a near capacity.",
    )
    title = Text("Les représentations à venir", "Performances to come")
    leads = leads_to_shows(one.show for one in coming)
    return DataTable("coming", title, columns, rows, note=note.filled(day=on_day(asker.as_of)), leads=leads)


def _seats_left(one: Coming) -> Cell:
    if one.capacity is None or not isinstance(one.sold, Shown):
        return Unknown(UnknownReason.NO_DATA, "capacity")
    return Shown(max(0, round(one.capacity * (1 - float(one.sold.value)))))
