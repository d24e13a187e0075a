"""A shared show as a page and as files: by territory and presenter, night by night, who came, what is shared."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from publicc.dashboards.page import Chart, Column, DataTable, Notice, Screen, Tile, Value
from publicc.dashboards.screens.building_up import LONGEST_DAYS, STEP_DAYS, build_up_chart, half_sold
from publicc.dashboards.screens.common import figure_column
from publicc.dashboards.wording import counted, on_day, said, words
from publicc.directory.territories import REGIONS
from publicc.kernel.cells import Cell, Shown, Unknown, UnknownReason
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import PriceGroup
from publicc.metrics.registry import METRICS
from publicc.sharing.partner import Place, SharedShow
from publicc.sharing.people import TO_COME, people_tables
from publicc.sharing.states import Figures

FAMILY_OF: Final = {
    "performance_count": Figures.ATTENDANCE,
    "admission_count": Figures.ATTENDANCE,
    "seats_offered": Figures.ATTENDANCE,
    "occupancy_rate": Figures.ATTENDANCE,
    "ticket_revenue": Figures.REVENUE,
    "average_price_paid": Figures.REVENUE,
    "lead_time_median": Figures.TIMING,
}
_NOT_GRANTED: Final = Text("non accordé", "not granted")
_ADDED: Final = ("performance_count", "admission_count", "seats_offered", "ticket_revenue")
_TILES: Final = ("performance_count", "admission_count", "occupancy_rate", "ticket_revenue")
_PLAYED: Final = (Text("représentation", "performance"), Text("représentations", "performances"))
_HOUSES: Final = (Text("diffuseur", "presenter"), Text("diffuseurs", "presenters"))
_PURPOSE: Final = Text(
    "Spectacle partagé, pour qui le produit et qui le présente : où revenir, que dire à ces publics.",
    "Shared show, for who produces it and who presents it: where to come back, what to say to these audiences.",
)


def shared_screen(shown: SharedShow) -> Screen:
    """The page of a shared show."""
    tables = (_places(shown), _nights(shown), *people_tables(shown), _prices(shown))
    totals = _totals(shown.places)
    chart = _curve(shown)
    return Screen(
        id="shared",
        title=Text(shown.title, shown.title),
        purpose=_PURPOSE,
        answer=_answer(shown, totals),
        notices=tuple(_notices(shown)),
        tiles=tuple(
            Tile(one, METRICS[one].label, totals[one], METRICS[one].unit, METRICS[one].decimals)
            for one in _TILES
            if isinstance(totals[one], Shown)
        ),
        charts=(chart,) if chart else (),
        tables=tuple(one for one in tables if one.rows),
        metrics=tuple(FAMILY_OF),
        is_empty=not any(one.opening.every for one in shown.places),
    )


def _answer(shown: SharedShow, totals: dict[str, Cell]) -> Text:
    told = [one for one in shown.places if one.opening.every]
    if not told:
        return Text(
            "Rien ne peut encore être montré : aucun accès en vigueur, ou aucune représentation assez ancienne.",
            "Nothing can be shown yet: no access in force, or no performance old enough.",
        )
    played, came, rate = (totals[one] for one in ("performance_count", "admission_count", "occupancy_rate"))
    houses = counted(len(told), *_HOUSES)
    if not isinstance(played, Shown) or not isinstance(came, Shown):
        return Text("{houses} vous ouvrent ce spectacle.", "{houses} open this show to you.").filled(houses=houses)
    sentence = Text("{nights} chez {houses} : {came} entrées", "{nights} at {houses}: {came} admissions").filled(
        nights=counted(int(played.value), *_PLAYED), houses=houses, came=said(came.value, Unit.COUNT)
    )
    if isinstance(rate, Shown):
        sentence = Text("{told}, des salles remplies à {rate}", "{told}, houses {rate} full").filled(
            told=sentence, rate=words(rate, Unit.RATIO, 0)
        )
    return Text("{told}.{new}", "{told}.{new}").filled(told=sentence, new=_newest(told))


def _newest(places: Iterable[Place]) -> Text:
    """Where most were new to the presenter, when that may be told."""
    known = [
        (float(one.audience.new.value), one.name)
        for one in places
        if Figures.AUDIENCE in one.opening.granted and isinstance(one.audience.new, Shown)
    ]
    if not known:
        return Text("", "")
    share, name = max(known)
    return Text(
        " Chez {name}, {share} des acheteurs étaient nouveaux pour le diffuseur.",
        " At {name}, {share} of buyers were new to the presenter.",
    ).filled(name=name, share=said(share, Unit.RATIO, 0))


def _notices(shown: SharedShow) -> Iterable[Notice]:
    names = {one.owner: one.name for one in shown.places}
    for one in shown.twice:
        told = Text(
            "La représentation du {day} est vendue par {a} et par {b} : elle est comptée une fois, chez {a}.",
            "The performance of {day} is sold by {a} and by {b}: it is counted once, at {a}.",
        )
        yield Notice("info", told.filled(day=on_day(one.night.on), a=names[one.counted_at], b=names[one.also_at]))
    granted = frozenset(family for place in shown.places for family in place.opening.granted)
    closed = [family.label for family in Figures if family not in granted]
    if closed:
        told = Text("Non accordé : {names}.", "Not granted: {names}.")
        named = Text(", ".join(one.fr.lower() for one in closed), ", ".join(one.en.lower() for one in closed))
        yield Notice("info", told.filled(names=named))
    waiting = [one.name for one in shown.places if not one.opening.every]
    if waiting:
        told = Text(
            "Rien n'est encore assez ancien chez {names} : les chiffres y paraîtront après le délai qu'il a fixé.",
            "Nothing is old enough yet at {names}: figures will appear there after the delay it set.",
        )
        yield Notice("info", told.filled(names=", ".join(waiting)))


def _totals(places: Iterable[Place]) -> dict[str, Cell]:
    """Over all presenters, each night once: what adds up is added; occupancy from the nights whose seats are known."""
    found: dict[str, Cell] = {one: _added(places, one) for one in _ADDED}
    return found | {"occupancy_rate": _occupancy(places), "average_price_paid": _average_price(places)}


def _added(places: Iterable[Place], metric: str) -> Cell:
    told = [cell for one in places if isinstance(cell := one.exact.whole.get(metric), Shown)]
    if not told:
        return Unknown(UnknownReason.NO_BASE)
    return Shown(
        sum(float(cell.value) for cell in told) if metric == "ticket_revenue" else sum(int(cell.value) for cell in told)
    )


def _occupancy(places: Iterable[Place]) -> Cell:
    came = seats = nights = 0.0
    for one in places:
        for night in one.opening.of(Figures.ATTENDANCE):
            cells = one.exact.nights.get(night.id, {})
            admitted = cells.get("admission_count")
            if isinstance(cells.get("occupancy_rate"), Shown) and isinstance(admitted, Shown) and night.capacity:
                came, seats, nights = came + float(admitted.value), seats + night.capacity, nights + 1
    return Shown(came / seats, n=int(nights)) if seats else Unknown(UnknownReason.NO_BASE)


def _average_price(places: Iterable[Place]) -> Cell:
    told = [cell for one in places if isinstance(cell := one.exact.whole.get("average_price_paid"), Shown) and cell.n]
    tickets = sum(cell.n or 0 for cell in told)
    if not tickets:
        return Unknown(UnknownReason.NO_BASE)
    return Shown(sum(float(cell.value) * (cell.n or 0) for cell in told) / tickets, n=tickets)


def _value(place: Place, metric: str, cells: object = None) -> Value:
    """A cell of the place; in words, that its family was not granted or that nothing of it is old enough."""
    family = FAMILY_OF[metric]
    if family not in place.opening.granted:
        return _NOT_GRANTED
    if not place.opening.of(family):
        return TO_COME
    held = place.exact.whole if cells is None else cells
    return held.get(metric, Unknown(UnknownReason.NO_BASE))  # type: ignore[attr-defined, no-any-return]


def _opened_by_some(shown: SharedShow, metrics: Iterable[str]) -> tuple[str, ...]:
    """The figures that at least one presenter granted: a column that nobody opened is not drawn."""
    granted = frozenset(family for place in shown.places for family in place.opening.granted)
    return tuple(one for one in metrics if FAMILY_OF[one] in granted)


def _territory(place: Place) -> Text:
    """Where it played: the towns of its nights, and their region."""
    towns = sorted({one.place for one in place.opening.every if one.place})
    regions = sorted({REGIONS[one.region] for one in place.opening.every if one.region in REGIONS})
    told = ", ".join(towns) + (f" ({', '.join(regions)})" if regions else "")
    return Text(told, told) if told.strip() else Text("lieu non connu", "place unknown")


def _places(shown: SharedShow) -> DataTable:
    """One row a presenter, by territory."""
    told = _opened_by_some(shown, FAMILY_OF)
    columns = (
        Column("territory", Text("Territoire", "Territory")),
        Column("presenter", Text("Diffuseur", "Presenter")),
        *(figure_column(one, bar=one == "admission_count") for one in told),
    )
    lines = [(_territory(one), one.name, *(_value(one, metric) for metric in told)) for one in shown.places]
    lines.sort(key=lambda line: (line[0].fr, str(line[1])))  # type: ignore[union-attr]
    totals = _totals(shown.places)
    whole: tuple[Value, ...] = (
        Text("Tournée", "Tour"),
        Text("chaque soir une fois", "each night once"),
        *(totals.get(metric, Text("–", "–")) for metric in told),
    )
    return DataTable(
        "places",
        Text("Par territoire et par diffuseur", "By territory and presenter"),
        columns,
        tuple(lines),
        total=whole if len(shown.places) > 1 else None,
    )


def _nights(shown: SharedShow) -> DataTable:
    each = _opened_by_some(shown, ("admission_count", "occupancy_rate", "ticket_revenue", "average_price_paid"))
    columns = (
        Column("day", Text("Représentation", "Performance")),
        Column("presenter", Text("Diffuseur", "Presenter")),
        *(figure_column(one, bar=one == "admission_count") for one in each),
    )
    lines: list[tuple[date, str, tuple[Value, ...]]] = []
    for place in shown.places:
        for night in place.opening.every:
            cells = place.exact.nights.get(night.id)
            if cells is not None:
                figures = tuple(_of_night(place, night.id, metric) for metric in each)
                lines.append((night.on, place.name, figures))
    rows = tuple((on, name, *figures) for on, name, figures in sorted(lines, key=lambda line: line[:2]))
    return DataTable("performances", Text("Soir par soir", "Night by night"), columns, rows)


def _of_night(place: Place, night: str, metric: str) -> Value:
    if FAMILY_OF[metric] in place.opening.granted and metric not in place.exact.nights.get(night, {}):
        return TO_COME
    return _value(place, metric, place.exact.nights.get(night, {}))


def _prices(shown: SharedShow) -> DataTable:
    groups = [one for one in PriceGroup if any(one.value in place.exact.price_groups for place in shown.places)]
    columns = (
        Column("presenter", Text("Diffuseur", "Presenter")),
        *(Column(f"group_{one.value.lower()}", one.label, Unit.COUNT) for one in groups),
    )
    rows = tuple(
        (one.name, *(one.exact.price_groups.get(group.value, Shown(0)) for group in groups))
        for one in shown.places
        if one.exact.price_groups
    )
    title = Text("Billets payants par tarif", "Paid tickets by price group")
    return DataTable("prices", title, columns, rows)


def _curve(shown: SharedShow) -> Chart | None:
    """Paid tickets of every night that may be told, cumulated by days before each."""
    curves = [{point.day: point.cell for point in one.exact.curve} for one in shown.places if one.exact.curve]
    if not curves:
        return None
    longest = min(LONGEST_DAYS, max(max(curve) for curve in curves))
    days = [day for day in range(longest, -1, -1) if day % STEP_DAYS == 0]
    if len(days) < 2:
        return None
    points = [(day, Shown(sum(_sold(curve, day) for curve in curves))) for day in days]
    subtitle = Text(
        "Billets payants cumulés chez {houses}; toutes les représentations alignées sur leur date",
        "Paid tickets, cumulated, at {houses}; all performances aligned on their date",
    ).filled(houses=counted(len(curves), *_HOUSES))
    return build_up_chart(points, half=half_sold(points), subtitle=subtitle)


def _sold(curve: dict[int, Cell], day: int) -> int:
    """Sold by that day: the nearest point of the curve at or before it in time; none before its first sale."""
    before = [one for one in curve if one >= day]
    cell = curve[min(before)] if before else None
    return int(cell.value) if isinstance(cell, Shown) else 0
