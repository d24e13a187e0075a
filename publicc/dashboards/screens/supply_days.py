"""Days of a territory: how many are crowded, which of those to come are, and what holidays and breaks change."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Chart, Column, DataTable
from publicc.dashboards.screens.supply_grids import discipline_of, place_of, supply_of, territory_name
from publicc.dashboards.wording import said
from publicc.directory.almanac import DAY_KINDS, Almanac, DayKind
from publicc.kernel.cells import Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Discipline
from publicc.metrics.definitions.crowding import CROWDED_ABOVE
from publicc.metrics.dimensions import CROWDS, WEEKDAYS, crowd_of
from publicc.store.supply import Offered

MOST_DATES: Final = 15


def days_by_crowd(asker: Asker) -> tuple[Chart, ...]:
    """How many days of the period had that many performances in the territory."""
    offered = supply_of(asker)
    slug = place_of(asker, offered)
    per_day = Counter(one.on for one in offered if one.territory == slug)
    if slug is None or not per_day:
        return ()
    bins = Counter(crowd_of(count) for count in per_day.values())
    rows = tuple((CROWDS[name], Shown(bins[name], n=len(per_day))) for name in CROWDS)
    crowded = sum(1 for count in per_day.values() if count > CROWDED_ABOVE)
    return (
        Chart(
            id="days-by-crowd",
            kind="ranked_bars",
            title=Text(
                "{n} jours à plus de {most} représentations", "{n} days with more than {most} performances"
            ).filled(n=said(crowded, Unit.COUNT), most=said(CROWDED_ABOVE, Unit.COUNT)),
            subtitle=Text(
                "Jours joués par nombre de représentations publiques, {place}, n = {n} jours",
                "Days played by number of public performances, {place}, n = {n} days",
            ).filled(place=territory_name(slug), n=said(len(per_day), Unit.COUNT)),
            summary=Text("Barres : jours par tranche d'affluence.", "Bars: days by crowd."),
            table=DataTable(
                "days-by-crowd",
                Text("Jours selon l'affluence", "Days by crowd"),
                (
                    Column("crowd", Text("Représentations du jour", "Performances that day")),
                    Column("days", Text("Jours", "Days"), Unit.COUNT),
                ),
                rows,
            ),
            metrics=(),
        ),
    )


def crowded_dates(asker: Asker) -> tuple[DataTable, ...]:
    """The most crowded public dates of the year to come, with what falls on them."""
    every = asker.supply.between(asker.as_of + timedelta(1), asker.as_of + timedelta(366))
    past = asker.supply.between(asker.as_of - timedelta(366), asker.as_of)
    slug, kind = place_of(asker, (*past, *every)), discipline_of(asker, (*past, *every))
    here = [one for one in every if one.territory == slug]
    if slug is None or not here:
        return ()
    counted, alike = Counter(one.on for one in here), Counter(one.on for one in here if one.discipline == kind)
    dates = sorted(counted, key=lambda on: (-counted[on], on))[:MOST_DATES]
    columns = (
        Column("day", Text("Date", "Date")),
        Column("weekday", Text("Jour", "Weekday")),
        Column("performances", Text("Représentations publiques", "Public performances"), Unit.COUNT, bar=True),
        Column("alike", Discipline(kind).label, Unit.COUNT),
        Column("marks", Text("Ce jour-là", "That day")),
    )
    rows = tuple(
        (on, WEEKDAYS[str(on.isoweekday())], Shown(counted[on]), Shown(alike[on]), asker.almanac.marks(on))
        for on in dates
    )
    title = Text("Dates à venir les plus chargées, {place}", "Most crowded dates to come, {place}")
    note = Text(
        "Seules les dates annoncées ou en vente sont comptées : il s'en ajoutera.",
        "Only dates announced or on sale are counted: more will come.",
    )
    return (DataTable("crowded-dates", title.filled(place=territory_name(slug)), columns, rows, note=note),)


def kinds_of_day(asker: Asker) -> tuple[DataTable, ...]:
    """Performances a day in the territory by kind of day, every day of the period counted, empty ones too."""
    offered = supply_of(asker)
    slug = place_of(asker, offered)
    here = [one for one in offered if one.territory == slug]
    if slug is None or not here:
        return ()
    first_on = asker.filters.period.first_on
    every = [first_on + timedelta(at) for at in range((asker.played_to - first_on).days + 1)]
    days = Counter(asker.almanac.kind_of(on) for on in every)
    rows = tuple(_kind_row(asker.almanac, kind, days[kind], here) for kind in DayKind if days[kind])
    columns = (
        Column("kind", Text("Jour", "Day")),
        Column("days", Text("Jours", "Days"), Unit.COUNT),
        Column("performances", Text("Représentations", "Performances"), Unit.COUNT),
        Column("a_day", Text("Par jour", "A day"), Unit.PLAIN, 1, bar=True),
    )
    title = Text("Offre selon le jour, {place}", "Supply by kind of day, {place}").filled(place=territory_name(slug))
    return (DataTable("kinds-of-day", title, columns, rows, note=_BREAKS),)


_BREAKS: Final = Text(
    "Les congés scolaires suivent la table du pôle; un férié pendant un congé compte comme férié.",
    "School breaks follow the hub's table; a holiday within a break counts as a holiday.",
)


def _kind_row(almanac: Almanac, kind: DayKind, days: int, here: Sequence[Offered]) -> tuple[Text, Shown, Shown, Shown]:
    count = sum(1 for one in here if almanac.kind_of(one.on) is kind)
    return (DAY_KINDS[kind], Shown(days), Shown(count), Shown(count / days, n=days))
