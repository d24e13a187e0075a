"""What a screen says of itself: its filters as chips, its definitions, and the stamp that makes a number traceable."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from publicc.dashboards.filters import DIMENSIONS, NAMES, Choices, Filters
from publicc.dashboards.page import DataTable
from publicc.dashboards.showing import Showing
from publicc.dashboards.wording import on_day
from publicc.dashboards.writing import Provenance
from publicc.kernel.formats import period_words
from publicc.kernel.period import season_label
from publicc.kernel.text import Text
from publicc.metrics.definition import Metric
from publicc.metrics.registry import METRICS

_FORMULA: Final = Text("Formule", "Formula")
_IN: Final = Text("Ce qui compte", "What counts")
_OUT: Final = Text("Ce qui ne compte pas", "What does not count")
_BASE: Final = Text("Base", "Base")
_SOURCE: Final = Text("Source", "Source")
_EVERYTHING: Final = {
    "discipline": Text("Toutes les disciplines", "All disciplines"),
    "venue": Text("Toutes les salles", "All venues"),
    "channel": Text("Tous les canaux", "All channels"),
    "price_group": Text("Tous les tarifs", "All price groups"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter: what it is called, what it may hold, what it holds."""

    name: str
    label: Text
    options: tuple[tuple[str, Text], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Definition:
    """A metric as its reader may want it explained."""

    key: str
    title: Text
    meaning: Text
    lines: tuple[tuple[Text, Text], ...]
    version: int


def chips(filters: Filters, choices: Choices) -> tuple[Chip, ...]:
    """The season, then one chip a dimension that has more than one value."""
    seasons = [
        (season_label(s), Text(f"Saison {season_label(s)}", f"Season {season_label(s)}")) for s in choices.seasons
    ]
    chosen = season_label(filters.season) if filters.season is not None else str(filters.period)
    if filters.season is None:
        words = Text(period_words(filters.period, "fr"), period_words(filters.period, "en"))
        seasons.insert(0, (chosen, words))
    found = [
        Chip("season" if filters.season is not None else "period", Text("Saison", "Season"), tuple(seasons), chosen)
    ]
    held = filters.as_mapping
    for dimension in DIMENSIONS:
        known = choices.by_dimension.get(dimension, ())
        if len(known) > 1:
            options = (("", _EVERYTHING[dimension]), *((choice.value, choice.label) for choice in known))
            found.append(Chip(dimension, NAMES[dimension], options, held.get(dimension, ("",))[0]))
    return tuple(found)


def definitions(metric_ids: Iterable[str]) -> tuple[Definition, ...]:
    """One definition a metric, once each."""
    return tuple(_definition(METRICS[one]) for one in dict.fromkeys(metric_ids))


def _definition(one: Metric) -> Definition:
    return Definition(
        key=one.id,
        title=one.label,
        meaning=one.formula,
        lines=(
            (_IN, one.counts_in),
            (_OUT, one.counts_out),
            (_BASE, one.base),
            (_SOURCE, Text(one.source, one.source)),
        ),
        version=one.version,
    )


def stamp(showing: Showing) -> tuple[Text, ...]:
    """Period, day of computation, last sale known, snapshot."""
    parts = [
        Text(period_words(showing.filters.period, "fr"), period_words(showing.filters.period, "en")),
        Text("calculé au {day}", "computed as of {day}").filled(day=on_day(showing.as_of)),
    ]
    if showing.data_to is not None:
        parts.append(
            Text("ventes connues jusqu'au {day}", "sales known up to {day}").filled(day=on_day(showing.data_to))
        )
    parts.append(Text(f"version des données {showing.snapshot[:12]}", f"data version {showing.snapshot[:12]}"))
    return tuple(parts)


def provenance(showing: Showing, table: DataTable) -> Provenance:
    """What a file of a table carries: the definitions of its columns, then the stamp in full."""
    columns = [column.id for column in table.columns if column.id in METRICS]
    lines = tuple(
        (
            METRICS[one].label,
            Text(
                f"{METRICS[one].formula.fr} (v{METRICS[one].version})",
                f"{METRICS[one].formula.en} (v{METRICS[one].version})",
            ),
        )
        for one in columns
    )
    return Provenance(
        definitions=lines,
        stamp=(
            (Text("Période", "Period"), str(showing.filters.period)),
            (Text("Calculé au", "Computed as of"), showing.as_of.isoformat()),
            (Text("Filtres", "Filters"), showing.filters.query_string()),
            (Text("Version des données", "Data version"), showing.snapshot),
        ),
    )
