"""Supply by weekday and hour: in one's territory, outside, the difference; all against one discipline; one's own."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Chart, Column, DataTable
from publicc.dashboards.screens.common import capital
from publicc.dashboards.wording import said, words
from publicc.directory.territories import territories
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Discipline
from publicc.metrics.dimensions import WEEKDAYS
from publicc.store.supply import Offered

Slot: TypeAlias = tuple[int, int]
"""Weekday 1–7, start hour 0–23."""

SHORT_DAYS: Final = (
    Text("lun.", "Mon"), Text("mar.", "Tue"), Text("mer.", "Wed"), Text("jeu.", "Thu"), Text("ven.", "Fri"),
    Text("sam.", "Sat"), Text("dim.", "Sun"),
)  # fmt: skip
_PLAYED: Final = Text("Heure", "Hour")


def supply_of(asker: Asker) -> tuple[Offered, ...]:
    """Everyone's public performances of the period, up to the day of the data."""
    return asker.supply.between(asker.filters.period.first_on, asker.played_to)


def territory_of(offered: Iterable[Offered]) -> str | None:
    """Where most of one's own performances are; None when none is in a named territory."""
    held = Counter(one.territory for one in offered if one.own and one.territory)
    return min(held, key=lambda slug: (-held[slug], slug)) if held else None


def place_of(asker: Asker, offered: Iterable[Offered]) -> str | None:
    """The territory that the page is about: the one asked for, else one's own."""
    return asker.territory or territory_of(offered)


def territory_name(slug: str) -> Text:
    """As the table of territories names it; else as the organization declared it."""
    found = territories().get(slug)
    return found.name if found else Text(slug, slug)


def grids(asker: Asker) -> tuple[Chart, ...]:
    """Shares of performances by weekday × hour: in the territory, elsewhere, and the difference in points."""
    offered = supply_of(asker)
    slug = place_of(asker, offered)
    if slug is None:
        return ()
    inside, outside = ([one for one in offered if (one.territory == slug) is here] for here in (True, False))
    near, far = _slots(inside), _slots(outside)
    if not near:
        return ()
    hours = sorted({hour for _, hour in (*near, *far)})
    place = territory_name(slug)
    drawn = _heat("grid-inside", place, near, hours)
    if not far:
        return (drawn,)
    return (drawn, _heat("grid-outside", _ELSEWHERE, far, hours), _difference(near, far, hours, place))


_ELSEWHERE: Final = Text("Ailleurs", "Elsewhere")


def own_grid(asker: Asker) -> tuple[Chart, ...]:
    """One's own performances by weekday × hour."""
    if not asker.can_answer("supply_grid"):
        return ()
    found = {
        (int(row.dims["weekday"]), int(row.dims["hour"])): row.cells["supply_grid"]
        for row in asker.answer(("supply_grid",)).rows
        if row.dims["weekday"].isdecimal() and row.dims["hour"].isdecimal()
    }
    shown = {slot: cell for slot, cell in found.items() if isinstance(cell, Shown)}
    used = {slot for slot, cell in shown.items() if cell.value}
    if not used:
        return ()
    hours = sorted({hour for _, hour in used})
    top = max(used, key=lambda slot: (float(shown[slot].value), slot))
    n = next((cell.n for cell in shown.values() if cell.n), 0)
    return (
        Chart(
            id="grid-own",
            kind="heat",
            title=Text("Chez vous : surtout {when}", "At your place: mostly {when}").filled(when=_when(top)),
            subtitle=_subtitle(Text("vos représentations", "your performances"), n),
            summary=_SUMMARY,
            table=_table(
                "grid-own", Text("Votre offre par jour et heure", "Your supply by weekday and hour"), shown, hours
            ),
            metrics=("supply_grid",),
        ),
    )


def weekdays(asker: Asker) -> tuple[Chart, ...]:
    """Each weekday's share of the territory's performances, beside that of one discipline."""
    offered = supply_of(asker)
    slug, kind = place_of(asker, offered), discipline_of(asker, offered)
    here = [one for one in offered if one.territory == slug]
    alike = [one for one in here if one.discipline == kind]
    if slug is None or not alike:
        return ()
    every, own = (Counter(one.on.isoweekday() for one in held) for held in (here, alike))
    rows = tuple(
        (WEEKDAYS[str(day)], Shown(every[day] / len(here), n=len(here)), Shown(own[day] / len(alike), n=len(alike)))
        for day in range(1, 8)
    )
    label, top = Discipline(kind).label, max(range(7), key=lambda at: float(rows[at][1].value))
    columns = (
        Column("weekday", Text("Jour", "Weekday")),
        Column("every", Text("Toutes les disciplines", "All disciplines"), Unit.RATIO, 0),
        Column("alike", label, Unit.RATIO, 0),
    )
    return (
        Chart(
            id="weekdays",
            kind="ranked_bars",
            title=Text("{day} : {share} des représentations", "{day}: {share} of performances").filled(
                day=capital(WEEKDAYS[str(top + 1)]), share=words(rows[top][1], Unit.RATIO, 0)
            ),
            subtitle=Text(
                "{place}, toutes disciplines (n = {n}); le trait : {kind} (n = {m})",
                "{place}, all disciplines (n = {n}); the mark: {kind} (n = {m})",
            ).filled(
                place=territory_name(slug), n=said(len(here), Unit.COUNT), kind=label, m=said(len(alike), Unit.COUNT)
            ),
            summary=Text("Barres par jour de la semaine.", "Bars by weekday."),
            table=DataTable("weekdays", Text("Offre par jour de la semaine", "Supply by weekday"), columns, rows),
            metrics=(),
        ),
    )


def discipline_of(asker: Asker, offered: Sequence[Offered]) -> str:
    """The discipline of the filters, else the one most given by the organization."""
    chosen = asker.filters.as_mapping.get("discipline", ())
    if len(chosen) == 1:
        return chosen[0]
    held = Counter(one.discipline for one in offered if one.own)
    return min(held, key=lambda kind: (-held[kind], kind)) if held else Discipline.UNKNOWN.value


def _slots(offered: Iterable[Offered]) -> Counter[Slot]:
    return Counter((one.on.isoweekday(), one.hour) for one in offered if one.hour is not None)


_SUMMARY: Final = Text(
    "Une case par jour et heure de début, d'autant plus foncée que la part est grande.",
    "One box a weekday and start hour, the darker the greater the share.",
)


def _heat(chart_id: str, place: Text, slots: Counter[Slot], hours: Sequence[int]) -> Chart:
    n = slots.total()
    cells: dict[Slot, Cell] = {slot: Shown(count / n, n=n) for slot, count in slots.items()}
    return Chart(
        id=chart_id,
        kind="heat",
        title=_peak(slots, place),
        subtitle=_subtitle(place, n),
        summary=_SUMMARY,
        table=_table(chart_id, Text("Offre par jour et heure", "Supply by weekday and hour"), cells, hours),
        metrics=(),
    )


def _difference(near: Counter[Slot], far: Counter[Slot], hours: Sequence[int], place: Text) -> Chart:
    """Points of share: more in the territory above zero, more elsewhere below."""
    here, there = near.total(), far.total()
    points: dict[Slot, Cell] = {
        slot: Shown(100 * (near[slot] / here - far[slot] / there), n=here + there) for slot in {*near, *far}
    }
    top = max(points, key=lambda slot: (abs(float(_value(points[slot]))), slot))
    more = Text("plus", "more") if float(_value(points[top])) > 0 else Text("moins", "less")
    return Chart(
        id="grid-difference",
        kind="differences",
        title=Text("{place} : {more} {when} qu'ailleurs", "{place}: {more} {when} than elsewhere").filled(
            place=place, more=more, when=_when(top)
        ),
        subtitle=Text(
            "Écart des deux parts, en points : au-dessus de zéro, plus courant dans le territoire",
            "Difference of both shares, in points: above zero, more usual in the territory",
        ),
        summary=Text("Une case par jour et heure : l'écart en points.", "One box a weekday and hour: points apart."),
        table=_table(
            "grid-difference", Text("Écart en points", "Difference in points"), points, hours, Unit.PLAIN, decimals=1
        ),
        metrics=(),
    )


def _value(cell: Cell) -> float:
    return float(cell.value) if isinstance(cell, Shown) else 0.0


def _table(  # noqa: PLR0917 - a table, its cells and their unit
    table_id: str,
    title: Text,
    cells: Mapping[Slot, Cell],
    hours: Sequence[int],
    unit: Unit = Unit.RATIO,
    *,
    decimals: int = 0,
) -> DataTable:
    days = tuple(Column(f"d{at}", SHORT_DAYS[at - 1], unit, decimals) for at in range(1, 8))
    rows = tuple((_hour(hour), *(cells.get((at, hour), Shown(0.0)) for at in range(1, 8))) for hour in hours)
    return DataTable(table_id, title, (Column("hour", _PLAYED), *days), rows)


def _hour(hour: int) -> Text:
    return Text(f"{hour}\u00a0h", f"{hour:02d}:00")


def _when(slot: Slot) -> Text:
    return Text("le {day} à {hour}", "on {day} at {hour}").filled(day=WEEKDAYS[str(slot[0])], hour=_hour(slot[1]))


def _peak(slots: Counter[Slot], place: Text) -> Text:
    top = min(slots, key=lambda slot: (-slots[slot], slot))
    return Text("{place} : surtout {when}", "{place}: mostly {when}").filled(place=place, when=_when(top))


def _subtitle(place: Text, n: int) -> Text:
    return Text(
        "Part des représentations par jour et heure de début, {place}, n = {n}",
        "Share of performances by weekday and start hour, {place}, n = {n}",
    ).filled(place=place, n=said(n, Unit.COUNT))
