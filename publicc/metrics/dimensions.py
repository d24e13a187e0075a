"""What figures can be cut by. A dimension is an SQL expression over the columns of its level; values are text codes.

Legal pairs: a performance's attributes cut everything; a ticket's or a buyer's cut what is counted in tickets or
buyers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from publicc.directory.almanac import DAY_KINDS
from publicc.directory.official.traits import TRAITS
from publicc.directory.places import home_territories
from publicc.kernel.errors import BadUsage
from publicc.kernel.period import season_label
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import BuyerKind, Channel, Discipline, Origin, Parcours, PriceGroup, Term
from publicc.metrics.definition import UNKNOWN, Grain, Metric


class Level(StrEnum):
    """Where the attribute lives."""

    PERFORMANCE = "performance"
    TICKET = "ticket"
    BUYER = "buyer"
    """Status of the buyer at the end of the period."""
    HABIT = "habit"
    """How often or how widely a buyer came: known only once the buyer's tickets are gathered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One way to cut. `sql` yields text or NULL; `decode` and `encode` turn it into the code people see and back."""

    id: str
    label: Text
    level: Level
    sql: str
    values: tuple[str, ...] = ()
    """The closed list in display order; empty when the list is open."""
    labels: Mapping[str, Text] | None = None
    decode: Callable[[str], str] = str
    encode: Callable[[str], str] = str
    span: str | None = None
    """`month`, `week`, `season`, `day`: the dimension is a stretch of time, and each value a period of its own."""


def _terms(kind: type[Term]) -> tuple[tuple[str, ...], Mapping[str, Text]]:
    return tuple(kind), MappingProxyType({term.value: term.label for term in kind})


def _week_decode(monday: str) -> str:
    year, week, _ = date.fromisoformat(monday).isocalendar()
    return f"{year}-W{week:02d}"


def _week_encode(week: str) -> str:
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1).isoformat()


def _season_decode(first_year: str) -> str:
    return season_label(int(first_year))


def _month_encode(month: str) -> str:
    return date(int(month[:4]), int(month[5:7]), 1).isoformat()


def _season_encode(label: str) -> str:
    if season_label(int(label[:4])) != label:
        raise ValueError(label)
    return label[:4]


WEEKDAYS: Final = MappingProxyType(
    {
        "1": Text("lundi", "Monday"),
        "2": Text("mardi", "Tuesday"),
        "3": Text("mercredi", "Wednesday"),
        "4": Text("jeudi", "Thursday"),
        "5": Text("vendredi", "Friday"),
        "6": Text("samedi", "Saturday"),
        "7": Text("dimanche", "Sunday"),
    }
)
LEAD_TIME_BUCKETS: Final = MappingProxyType(
    {
        "0": Text("jour de la représentation", "day of the performance"),
        "1-7": Text("dernière semaine", "last week"),
        "8-30": Text("dernier mois", "last month"),
        "31-90": Text("3 derniers mois", "last 3 months"),
        "91-180": Text("6 derniers mois", "last 6 months"),
        "181+": Text("plus tôt", "earlier"),
    }
)
DISTANCE_BANDS: Final = MappingProxyType(
    {
        "0-5": Text("moins de 5 km", "under 5 km"),
        "5-10": Text("5 à 10 km", "5 to 10 km"),
        "10-25": Text("10 à 25 km", "10 to 25 km"),
        "25-50": Text("25 à 50 km", "25 to 50 km"),
        "50-100": Text("50 à 100 km", "50 to 100 km"),
        "100+": Text("100 km et plus", "100 km and over"),
        "FOREIGN": Text("étranger", "abroad"),
    }
)
FREQUENCY_BANDS: Final = MappingProxyType(
    {
        "1": Text("une visite", "one visit"),
        "2": Text("2 visites", "2 visits"),
        "3": Text("3 visites", "3 visits"),
        "4-10": Text("4 à 10 visites", "4 to 10 visits"),
        "11+": Text("plus de 10 visites", "more than 10 visits"),
    }
)
BREADTHS: Final = MappingProxyType(
    {
        "1": Text("une discipline", "one discipline"),
        "2": Text("2 disciplines", "2 disciplines"),
        "3+": Text("3 disciplines et plus", "3 disciplines or more"),
    }
)
CROWDS: Final = MappingProxyType(
    {
        "1-2": Text("1 ou 2 représentations", "1 or 2 performances"),
        "3-5": Text("3 à 5 représentations", "3 to 5 performances"),
        "6-10": Text("6 à 10 représentations", "6 to 10 performances"),
        "11-15": Text("11 à 15 représentations", "11 to 15 performances"),
        "16+": Text("16 représentations et plus", "16 performances or more"),
    }
)
"""How many performances share the day in the territory."""
HOURS: Final = tuple(f"{hour:02d}" for hour in range(24))

_BUCKET_SQL: Final = """CASE WHEN NOT is_paid OR lead_time_days IS NULL OR lead_time_days < 0 THEN NULL
 WHEN lead_time_days = 0 THEN '0' WHEN lead_time_days <= 7 THEN '1-7' WHEN lead_time_days <= 30 THEN '8-30'
 WHEN lead_time_days <= 90 THEN '31-90' WHEN lead_time_days <= 180 THEN '91-180' ELSE '181+' END"""
_BAND_SQL: Final = """CASE WHEN NOT in_person THEN NULL WHEN origin = 'FOREIGN' THEN 'FOREIGN'
 WHEN distance_km IS NULL OR origin <> 'CANADA' THEN NULL
 WHEN distance_km < 5 THEN '0-5' WHEN distance_km < 10 THEN '5-10' WHEN distance_km < 25 THEN '10-25'
 WHEN distance_km < 50 THEN '25-50' WHEN distance_km < 100 THEN '50-100' ELSE '100+' END"""
_CROWD_SQL: Final = """CASE WHEN p.same_day_count <= 2 THEN '1-2' WHEN p.same_day_count <= 5 THEN '3-5'
 WHEN p.same_day_count <= 10 THEN '6-10' WHEN p.same_day_count <= 15 THEN '11-15'
 WHEN p.same_day_count IS NOT NULL THEN '16+' END"""
_FREQUENCY_SQL: Final = """CASE WHEN visits = 1 THEN '1' WHEN visits = 2 THEN '2' WHEN visits = 3 THEN '3'
 WHEN visits <= 10 THEN '4-10' ELSE '11+' END"""
_BREADTH_SQL: Final = (
    "CASE WHEN disciplines = 1 THEN '1' WHEN disciplines = 2 THEN '2' WHEN disciplines >= 3 THEN '3+' END"
)


def _defined(id_: str, fr: str, en: str, sql: str, **more: Any) -> Dimension:  # noqa: ANN401 - fields of Dimension
    return Dimension(id=id_, label=Text(fr, en), sql=sql, **more)


_performance: Final = partial(_defined, level=Level.PERFORMANCE)
_ticket: Final = partial(_defined, level=Level.TICKET)


def _territory_sql() -> str:
    """The region (in Québec) or province that an FSA is counted in by a census: an FSA is never cut in two."""
    held: dict[str, list[str]] = {}
    for fsa, territory in sorted(home_territories().items()):
        held.setdefault(territory, []).append(fsa)
    listed = {territory: ", ".join(f"'{fsa}'" for fsa in fsas) for territory, fsas in held.items()}
    return f"CASE {' '.join(f'WHEN fsa IN ({fsas}) THEN {name!r}' for name, fsas in sorted(listed.items()))} END"


def _closed(kind: type[Term]) -> dict[str, object]:
    values, labels = _terms(kind)
    return {"values": values, "labels": labels}


def _listed(labels: Mapping[str, Text]) -> dict[str, object]:
    return {"values": tuple(labels), "labels": labels}


_ALL: Final = (
    _performance("day", "Jour", "Day", "CAST(p.starts_on AS TEXT)", span="day"),
    _performance(
        "week", "Semaine", "Week", "CAST(CAST(date_trunc('week', p.starts_on) AS DATE) AS TEXT)",
        decode=_week_decode, encode=_week_encode, span="week",
    ),
    _performance(
        "month", "Mois", "Month", "CAST(CAST(date_trunc('month', p.starts_on) AS DATE) AS TEXT)",
        decode=lambda day: day[:7], encode=_month_encode, span="month",
    ),
    _performance(
        "season", "Saison", "Season", "CAST(p.season AS TEXT)",
        decode=_season_decode, encode=_season_encode, span="season",
    ),
    _performance("weekday", "Jour de la semaine", "Weekday", "CAST(p.weekday AS TEXT)", **_listed(WEEKDAYS)),
    _performance("hour", "Heure de début", "Start hour", "lpad(CAST(p.starts_hour AS TEXT), 2, '0')", values=HOURS),
    _performance("show", "Spectacle", "Show", "p.show_id"),
    _performance("performance", "Représentation", "Performance", "p.performance_id"),
    _performance("venue", "Lieu", "Venue", "p.venue_id"),
    _performance("venue_region", "Région du lieu", "Region of the venue", "v.admin_region"),
    _performance("discipline", "Discipline", "Discipline", "p.discipline", **_closed(Discipline)),
    _performance("organization", "Organisme", "Organization", "p.organization"),
    _performance(
        "is_extra", "Supplémentaire", "Extra performance", "CASE WHEN p.is_extra THEN 'yes' ELSE 'no' END",
        **_listed({"no": Text("non", "no"), "yes": Text("oui", "yes")}),
    ),
    _performance("crowding", "Affluence du jour", "Same-day crowd", _CROWD_SQL, **_listed(CROWDS)),
    _performance("calendar_period", "Période du calendrier", "Calendar period", "p.day_kind", **_listed(DAY_KINDS)),
    _ticket("price_group", "Groupe tarifaire", "Price group", "price_group", **_closed(PriceGroup)),
    _ticket("price_zone", "Zone de prix", "Price zone", "price_zone"),
    _ticket("channel", "Canal", "Channel", "channel", **_closed(Channel)),
    _ticket("origin", "Origine", "Origin", "origin", **_closed(Origin)),
    _ticket("province", "Province", "Province", "province"),
    _ticket("admin_region", "Région administrative", "Administrative region", "admin_region"),
    _ticket("municipality", "Municipalité", "Municipality", "municipality"),
    _ticket("fsa", "RTA", "FSA", "fsa"),
    _ticket("home_territory", "Territoire de résidence", "Home territory", _territory_sql()),
    _ticket("distance_band", "Distance", "Distance", _BAND_SQL, **_listed(DISTANCE_BANDS)),
    _ticket("lead_time_bucket", "Délai d'achat", "Lead time", _BUCKET_SQL, **_listed(LEAD_TIME_BUCKETS)),
    _ticket(
        "order_weekday", "Jour d'achat", "Weekday of purchase", "CAST(ordered_weekday AS TEXT)", **_listed(WEEKDAYS)
    ),
    _ticket(
        "order_hour", "Heure d'achat", "Hour of purchase", "lpad(CAST(ordered_hour AS TEXT), 2, '0')", values=HOURS
    ),
    _ticket("buyer_kind", "Type d'acheteur", "Kind of buyer", "buyer_kind", **_closed(BuyerKind)),
    _defined("parcours", "Parcours", "Parcours", "parcours", level=Level.BUYER, **_closed(Parcours)),
    _defined("profile", "Profil", "Profile", "profile", level=Level.BUYER),
    _defined("frequency_band", "Fréquence", "Frequency", _FREQUENCY_SQL, level=Level.HABIT, **_listed(FREQUENCY_BANDS)),
    _defined("breadth", "Exploration", "Breadth", _BREADTH_SQL, level=Level.HABIT, **_listed(BREADTHS)),
)  # fmt: skip

DIMENSIONS: Final[Mapping[str, Dimension]] = MappingProxyType({one.id: one for one in _ALL})

ATTITUDES: Final = MappingProxyType(
    {
        "interested": Text("Intéressés : attirés et venus", "Interested: drawn and came"),
        "potential": Text("Potentiels : attirés, pas venus", "Potential: drawn, did not come"),
        "sceptical": Text("Sceptiques : peu attirés, venus", "Sceptical: not drawn, came"),
        "indifferent": Text("Indifférents : ni l'un ni l'autre", "Indifferent: neither"),
    }
)
"""Interest × attendance; “don't know” counts as no interest, as not having come."""

ESTIMATES: Final = ("break", "break_low", "break_high", "slope", "slope_low", "slope_high", "slope_below")
"""What an estimated break says of itself: where it is, its interval, and how steep the line is past it and before."""

_hidden: Final = partial(_defined, level=Level.HABIT)
_AXES: Final = (
    _hidden("tickets_of_buyer", "Billets par acheteur", "Tickets a buyer", "CAST(tickets AS TEXT)"),
    _hidden("entry_season", "Promotion d'entrée", "Entry season", "", decode=_season_decode),
    _hidden("years_later", "Saisons après", "Seasons later", ""),
    _hidden("parcours_next", "Parcours 12 mois après", "Parcours 12 months later", "", **_closed(Parcours)),
    _hidden("to_discipline", "Aussi en", "Also in", "", **_closed(Discipline)),
    _hidden("expected_month", "Mois attendu", "Expected month", ""),
    _hidden("days_before", "Jours avant", "Days before", ""),
    _hidden("profile_next", "Profil ensuite", "Profile next", ""),
    _hidden("told_season", "Saison", "Season", "", decode=_season_decode),
    _hidden("offer", "Offre", "Offer", ""),
    _hidden("bound", "Borne", "Bound", "", values=("low", "middle", "high")),
    _hidden("attitude", "Attitude", "Attitude", "", **_listed(ATTITUDES)),
    _hidden("estimate", "Estimation", "Estimate", "", values=ESTIMATES),
    _hidden(
        "census_trait", "Trait du recensement", "Census trait", "", **_listed({k: t.label for k, t in TRAITS.items()})
    ),
    _hidden("pace", "Rythme", "Pace", "", values=("BELOW", "WITHIN", "ABOVE")),
)
HIDDEN: Final[Mapping[str, Dimension]] = MappingProxyType({one.id: one for one in _AXES})
"""Cuts that some figures need or have for axis; never offered for others."""

_LEVELS: Final[Mapping[Grain, frozenset[Level]]] = MappingProxyType(
    {
        Grain.PERFORMANCE: frozenset({Level.PERFORMANCE}),
        Grain.TICKET: frozenset({Level.PERFORMANCE, Level.TICKET, Level.BUYER}),
        Grain.SALE: frozenset({Level.PERFORMANCE, Level.TICKET, Level.BUYER}),
        Grain.BUYER: frozenset(Level),
    }
)
SPANS: Final = ("day", "week", "month", "season")
"""Stretches of time, finest first."""


def dimension(dimension_id: str) -> Dimension:
    """The dimension of that id. Raises BadUsage with the list of those that exist."""
    if dimension_id not in DIMENSIONS:
        raise BadUsage(
            Text(f"La dimension « {dimension_id} » n'existe pas.", f"There is no dimension “{dimension_id}”."),
            do=Text(f"Choisir parmi : {', '.join(DIMENSIONS)}.", f"Choose among: {', '.join(DIMENSIONS)}."),
        )
    return DIMENSIONS[dimension_id]


def known_dimension(dimension_id: str) -> Dimension:
    """The dimension of that id, hidden ones too."""
    return HIDDEN.get(dimension_id) or DIMENSIONS[dimension_id]


def can_cut(metric: Metric, dimension_id: str) -> bool:
    """Whether the dimension means something for the metric, as a cut or as a filter."""
    if metric.cuts is not None:
        return dimension_id in metric.cuts
    one = dimension(dimension_id)
    if metric.window_months is not None and one.span is not None:
        return False
    return one.level in _LEVELS[metric.grain]


def check_can_cut(metric: Metric, dimension_id: str) -> None:
    """Raise BadUsage, with the dimensions that would do, when the pair means nothing."""
    if can_cut(metric, dimension_id):
        return
    legal = ", ".join(one for one in DIMENSIONS if can_cut(metric, one)) or "–"
    raise BadUsage(
        Text(
            f"« {metric.label.fr} » ({metric.id}) ne se découpe pas par {dimension_id}.",
            f"“{metric.label.en}” ({metric.id}) cannot be cut by {dimension_id}.",
        ),
        do=Text(f"Choisir parmi : {legal}.", f"Choose among: {legal}."),
    )


def encoded(one: Dimension, value: str) -> str:
    """The stored form of a value asked for. Raises BadUsage when it is not a value of the dimension."""
    try:
        if value == UNKNOWN or (one.values and value in one.values):
            return value
        if not one.values:
            return one.encode(value)
    except (ValueError, IndexError):
        pass
    allowed = (
        Text(f" Choisir parmi : {', '.join(one.values)}.", f" Choose among: {', '.join(one.values)}.")
        if one.values
        else Text("", "")
    )
    raise BadUsage(
        Text(
            f"« {value} » n'est pas une valeur de {one.id}.{allowed.fr}",
            f"“{value}” is not a value of {one.id}.{allowed.en}",
        )
    )


def first_of_span(span: str, value: str) -> tuple[date, date]:
    """First and last day of a stretch of time, from its stored value."""
    if span == "season":
        return date(int(value), 9, 1), date(int(value) + 1, 8, 31)
    first = date.fromisoformat(value)
    if span == "month":
        return first, (first.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)
    return first, first + timedelta(6 if span == "week" else 0)


def decoded(one: Dimension, value: str) -> str:
    """The code that people see for a stored value."""
    return value if value == UNKNOWN else one.decode(value)


def crowd_of(same_day: int) -> str:
    """The bin of a number of performances that share a day."""
    return next(
        (name for last, name in ((2, "1-2"), (5, "3-5"), (10, "6-10"), (15, "11-15")) if same_day <= last), "16+"
    )


def sort_key(one: Dimension, value: str) -> tuple[int, int, str]:
    """Closed lists in their order, then the rest by code, what is unknown last."""
    if value == UNKNOWN:
        return (2, 0, value)
    if value in one.values:
        return (0, one.values.index(value), value)
    return (1, 0, value)
