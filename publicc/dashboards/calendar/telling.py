"""The calendar in words and tables: the answer, the month, the open day, the dates compared. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from publicc.dashboards.calendar.address import Asked, month_before, next_month
from publicc.dashboards.calendar.days import CalendarDay, Given
from publicc.dashboards.describing import Chip, Definition
from publicc.dashboards.page import Column, DataTable, Notice, Value
from publicc.dashboards.screens.supply_grids import territory_name
from publicc.dashboards.wording import counted, on_day, said
from publicc.kernel.cells import Shown, Unknown, UnknownReason
from publicc.kernel.formats import Unit, month
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Discipline
from publicc.metrics.dimensions import WEEKDAYS
from publicc.metrics.pressure import SUPPOSED_FLOW

PRESSURE: Final = Text("Indice de pression", "Pressure index")
_PERFORMANCE: Final = (Text("représentation", "performance"), Text("représentations", "performances"))
_MONTHS_BACK, _MONTHS_AHEAD = 2, 22


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """Everything the page shows of one question."""

    asked: Asked
    answer: Text
    weeks: tuple[tuple[CalendarDay | None, ...], ...]
    open_day: CalendarDay | None
    chips: tuple[Chip, ...]
    tables: dict[str, DataTable]
    notices: tuple[Notice, ...] = ()
    definitions: tuple[Definition, ...] = ()
    source: Text | None = None
    """The line that must stand beside the weather, when there is some."""

    @property
    def before(self) -> str:
        """The query of the month before."""
        return self.asked.in_month(month_before(self.asked.month)).query_string()

    @property
    def after(self) -> str:
        """The query of the month after."""
        return self.asked.in_month(next_month(self.asked.month)).query_string()


def month_words(first: date) -> Text:
    """`avril 2026`."""
    return Text(month(first, "fr"), month(first, "en"))


def weekday_date(on: date) -> Text:
    """`samedi 18 avril 2026`."""
    weekday, told = WEEKDAYS[str(on.isoweekday())], on_day(on)
    return Text(f"{weekday.fr} {told.fr}", f"{weekday.en}, {told.en}")


def weeks_of(days: Sequence[CalendarDay]) -> tuple[tuple[CalendarDay | None, ...], ...]:
    """The days of one month, Monday to Sunday, None where another month's days are."""
    if not days:
        return ()
    cells: list[CalendarDay | None] = [*([None] * (days[0].on.isoweekday() - 1)), *days]
    cells += [None] * (-len(cells) % 7)
    return tuple(tuple(cells[at : at + 7]) for at in range(0, len(cells), 7))


def answer_of(asked: Asked, days: Sequence[CalendarDay], compared: Sequence[CalendarDay]) -> Text:
    """The dates compared, else the open day, else the heaviest and lightest days of the month."""
    opened = [day for day in days if day.on == asked.day]
    chosen = [*compared] or opened
    if chosen:
        told = [_of_day(day) for day in chosen]
        return _capital(Text("; ".join(one.fr for one in told) + ".", "; ".join(one.en for one in told) + "."))
    weighed = [day for day in days if isinstance(day.index, Shown)]
    if not any(day.given for day in days):
        return Text(
            "Aucune date publique ou offerte n'est connue en {month} dans ce territoire.",
            "No public or offered date is known in {month} in this territory.",
        ).filled(month=month_words(asked.month))
    if not weighed:
        return Text(
            "En {month}, {n} connues; la saison dernière n'en dit pas assez pour un indice.",
            "In {month}, {n} known; last season does not say enough for an index.",
        ).filled(month=month_words(asked.month), n=counted(sum(len(day.given) for day in days), *_PERFORMANCE))
    if len({round(_index(day)) for day in weighed}) == 1:
        return Text(
            "En {month}, rien ne distingue les jours : la pression y est partout de {n}.",
            "In {month}, nothing sets the days apart: pressure is {n} throughout.",
        ).filled(month=month_words(asked.month), n=said(_index(weighed[0]), Unit.INDEX))
    heavy = max(weighed, key=lambda day: (_index(day), -day.on.toordinal()))
    light = min(weighed, key=lambda day: (_index(day), day.on.toordinal()))
    return Text(
        "En {month}, le jour le plus chargé pour vous est le {heavy}; le plus libre, le {light}.",
        "In {month}, the heaviest day for you is {heavy}; the lightest is {light}.",
    ).filled(month=month_words(asked.month), heavy=_short(heavy), light=_short(light))


def _index(day: CalendarDay) -> float:
    return float(day.index.value) if isinstance(day.index, Shown) else 0.0


def _short(day: CalendarDay) -> Text:
    return Text("{weekday} {day} (pression {n})", "{weekday} {day} (pressure {n})").filled(
        weekday=WEEKDAYS[str(day.on.isoweekday())], day=str(day.on.day), n=said(_index(day), Unit.INDEX)
    )


def _of_day(day: CalendarDay) -> Text:
    told = Text("{day} : {n} dans le territoire", "{day}: {n} in the territory").filled(
        day=weekday_date(day.on), n=counted(len(day.given), *_PERFORMANCE)
    )
    if not isinstance(day.index, Shown):
        return told
    return Text("{told}, pression {n}", "{told}, pressure {n}").filled(told=told, n=said(_index(day), Unit.INDEX))


def _capital(text: Text) -> Text:
    return Text(text.fr[:1].upper() + text.fr[1:], text.en[:1].upper() + text.en[1:])


def days_table(table_id: str, title: Text, days: Sequence[CalendarDay], asked: Asked) -> DataTable:
    """One row a day: what is given, what presses, what the day is, what one planned."""
    columns = (
        Column("day", Text("Date", "Date")),
        Column("weekday", Text("Jour", "Weekday")),
        Column("count", Text("Représentations connues", "Known performances"), Unit.COUNT),
        Column("alike", Discipline(asked.discipline).label, Unit.COUNT),
        Column("index", PRESSURE, Unit.INDEX),
        Column("unweighed", Text("Sans poids connu", "Of unknown weight"), Unit.COUNT),
        Column("marks", Text("Ce jour-là", "That day")),
        Column("own", Text("Vos dates prévues", "Your planned dates")),
    )
    rows = tuple(_day_row(day) for day in days)
    return DataTable(table_id, title, columns, rows, note=_UNWEIGHED)


_UNWEIGHED: Final = Text(
    "Sans poids connu : jauge ou lieu inconnus; comptées, mais hors de la pression. Estimé : passage supposé.",
    "Of unknown weight: seats or place unknown; counted, but not in the pressure. Estimated: crossing supposed.",
)


def _day_row(day: CalendarDay) -> tuple[Value, ...]:
    own = ", ".join(one.title for one in day.given if one.own and one.title)
    return (
        day.on, WEEKDAYS[str(day.on.isoweekday())], Shown(len(day.given)), Shown(day.alike), day.index,
        Shown(day.unknown), day.marks, own,
    )  # fmt: skip


def given_table(day: CalendarDay) -> DataTable:
    """The performances of the open day: what, where, usual seats, how far, how public."""
    columns = (
        Column("hour", Text("Heure", "Hour")),
        Column("discipline", Text("Discipline", "Discipline")),
        Column("room", Text("Salle", "Room")),
        Column("seats", Text("Jauge habituelle", "Usual seats"), Unit.SEATS),
        Column("km", Text("Distance", "Distance"), Unit.KM),
        Column("state", Text("Date", "Date")),
    )
    title = Text("Le {day}", "On {day}").filled(day=on_day(day.on))
    return DataTable("day", title, columns, tuple(_given_row(one) for one in day.given))


_NO_DATA: Final = Unknown(UnknownReason.NO_DATA)


def _given_row(one: Given) -> tuple[Value, ...]:
    room = f"{one.title} · {one.room}" if one.title and one.room else one.title or one.room
    return (
        Text(f"{one.hour}\u00a0h", f"{one.hour:02d}:00") if one.hour is not None else Text("–", "–"),
        Discipline(one.discipline).label,
        room or Text("non dite", "not said"),
        _NO_DATA if one.seats is None else Shown(one.seats),
        _NO_DATA if one.km is None else Shown(one.km),
        one.state,
    )


def chips_of(asked: Asked, territories: Sequence[str], as_of: date) -> tuple[Chip, ...]:
    """Month, territory, discipline, hours of the day."""
    months = sorted({asked.month, *_months(as_of)})
    return (
        Chip("month", Text("Mois", "Month"), tuple((f"{one:%Y-%m}", month_words(one)) for one in months),
             f"{asked.month:%Y-%m}"),
        Chip("territory", Text("Territoire", "Territory"), tuple((one, territory_name(one)) for one in territories),
             asked.territory),
        Chip("discipline", Text("Discipline", "Discipline"), tuple((one.value, one.label) for one in Discipline),
             asked.discipline),
        Chip("evening", Text("Heures", "Hours"),
             (("", Text("Toute la journée", "All day")), ("1", Text("À partir de 17 h", "From 17:00 on"))),
             "1" if asked.evening else ""),
    )  # fmt: skip


def _months(as_of: date) -> list[date]:
    first = as_of.replace(day=1)
    for _ in range(_MONTHS_BACK):
        first = month_before(first)
    told = [first]
    for _ in range(_MONTHS_BACK + _MONTHS_AHEAD):
        told.append(next_month(told[-1]))
    return told


def notices_of(houses: int, days: Sequence[CalendarDay], *, has_supply: bool, has_place: bool) -> tuple[Notice, ...]:
    """What the calendar does not see."""
    told = [
        Notice(
            "info",
            Text(
                "Le calendrier connaît les dates publiques de {n} dans ce territoire; ce que d'autres y "
                "présentent n'est pas compté.",
                "The calendar knows the public dates of {n} in this territory; what others give there is not counted.",
            ).filled(
                n=counted(houses, Text("organisme membre", "member organization"),
                          Text("organismes membres", "member organizations"))
            ),
        )
    ]  # fmt: skip
    if not has_supply:
        told = [Notice("info", _NOT_PREPARED)]
    if not has_place:
        told.append(Notice("missing", _NO_PLACE))
    elif any(day.is_supposed for day in days):
        told.append(Notice("info", _SUPPOSED.filled(share=said(SUPPOSED_FLOW, Unit.RATIO, 0))))
    return tuple(told)


_NOT_PREPARED: Final = Text(
    "L'offre publique n'est pas encore préparée : seules les dates prévues sont montrées.",
    "The public supply is not prepared yet: only planned dates are shown.",
)
_SUPPOSED: Final = Text(
    "Vos acheteurs ne disent pas qui va d'une discipline à certaines autres : {share} est supposé, et l'indice est "
    "marqué estimé.",
    "Your buyers do not say who crosses to some other disciplines: {share} is supposed, and the index is marked "
    "estimated.",
)
_NO_PLACE: Final = Text(
    "L'adresse de vos salles n'est pas connue : sans distance, il n'y a pas d'indice.",
    "The address of your rooms is not known: without a distance there is no index.",
)
DEFINITIONS: Final = (
    Definition(
        key="pressure_index",
        title=PRESSURE,
        meaning=Text(
            "Combien de places offertes ce jour-là pourraient attirer les mêmes gens, par rapport à un jour habituel. "
            "100 = comme d'habitude ce jour de semaine.",
            "How many seats offered that day could draw the same people, against a usual day. 100 = as usual on that "
            "weekday.",
        ),
        here=(),
        lines=(
            (Text("Ce qui compte", "What counts"),
             Text("Dates publiques, offertes par un membre, ou prévues par vous; en salle, locations comprises.",
                  "Dates that are public, offered by a member, or planned by you; in person, rentals included.")),
            (Text("Ce qui ne compte pas", "What does not count"),
             Text("Annulées, suspendues, en ligne; dates que d'autres gardent pour eux.",
                  "Cancelled, postponed, online; dates that others keep to themselves.")),
            (Text("Formule exacte", "Exact formula"),
             Text("100 × Σ jauge × passage entre disciplines × exp(−km ÷ 5) ÷ médiane du territoire et du jour de "
                  "semaine, dernière saison close",
                  "100 × Σ seats × flow between disciplines × exp(−km ÷ 5) ÷ median of the territory and weekday, last "
                  "closed season")),
            (Text("Source", "Source"), Text("Proposée par Public C", "Proposed by Public C")),
        ),
        version=1,
    ),
)  # fmt: skip
