"""What a screen says of itself: its filters as chips, its definitions, and the stamp that makes a number traceable."""

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from publicc.dashboards.exploration import AGAINST, FIGURES, SHOW, Exploration, cuts_of
from publicc.dashboards.filters import DIMENSIONS as FILTERS
from publicc.dashboards.filters import NAMES, Choice, Choices, Filters, said_as_sentence, season_or_period
from publicc.dashboards.page import DataTable, Notice, Tile
from publicc.dashboards.showing import Showing
from publicc.dashboards.wording import counted, on_day, said, words
from publicc.dashboards.writing import Provenance
from publicc.kernel.cells import Shown
from publicc.kernel.formats import Unit, period_words
from publicc.kernel.period import season_label
from publicc.kernel.text import Text
from publicc.metrics.definition import Along, Metric
from publicc.metrics.dimensions import DIMENSIONS
from publicc.metrics.plain import PLAIN_WORDS
from publicc.metrics.registry import METRICS
from publicc.releases.catalogue import OWN, SHORT, value_label

_FORMULA: Final = Text("Formule exacte", "Exact formula")
_IN: Final = Text("Ce qui compte", "What counts")
_OUT: Final = Text("Ce qui ne compte pas", "What does not count")
_BASE: Final = Text("Quand il est montré", "When it is shown")
_SOURCE: Final = Text("Source", "Source")
STALE_AFTER_DAYS: Final = 30
_VALUE: Final = Text("Ici", "Here")
_N: Final = Text("Calculé sur", "Computed on")
_CUT: Final = Text("Période et filtres", "Period and filters")
_AS_OF: Final = Text("Données au", "Data as of")
_WARNING: Final = Text("À savoir", "Note")
_EVERYTHING: Final = {
    "discipline": Text("Toutes les disciplines", "All disciplines"),
    "venue": Text("Toutes les salles", "All venues"),
    "show": Text("Tous les spectacles", "All shows"),
    "channel": Text("Tous les canaux", "All channels"),
    "price_group": Text("Tous les tarifs", "All price groups"),
}


_COHORT_WORDS: Final = {
    "peers_territory": (
        Text("Territoire des pairs", "Territory of peers"),
        Text("tous les territoires", "all territories"),
    ),
    "peers_discipline": (
        Text("Discipline des pairs", "Discipline of peers"),
        Text("toutes disciplines", "all disciplines"),
    ),
    "peers_size": (Text("Taille des pairs", "Size of peers"), Text("toutes tailles", "all sizes")),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter: what it is called, what it may hold, what it holds; `remove` is the address's query without it."""

    name: str
    label: Text
    options: tuple[tuple[str, Text], ...]
    chosen: str
    remove: str = ""

    @property
    def is_set(self) -> bool:
        """Whether it leaves something out and can be taken away."""
        return bool(self.remove and self.chosen)

    @property
    def said(self) -> Text:
        """What it holds, in words."""
        return next((label for value, label in self.options if value == self.chosen), self.label)


@dataclass(frozen=True, slots=True)
class Definition:
    """A metric as its reader may want it explained: in plain words first, then here, then exactly."""

    key: str
    title: Text
    meaning: Text
    here: tuple[tuple[Text, Text], ...]
    lines: tuple[tuple[Text, Text], ...]
    version: int


def chips(filters: Filters, choices: Choices) -> tuple[Chip, ...]:
    """The season, then one chip a dimension that has more than one value or is in use."""
    found = [_season_chip(filters, choices)]
    for dimension in FILTERS:
        known, held = choices.by_dimension.get(dimension, ()), filters.as_mapping.get(dimension, ())
        if len(known) > 1 or held:
            found.append(_dimension_chip(dimension, known, held, filters))
    return tuple(found)


def chips_of(showing: Showing) -> tuple[Chip, ...]:
    """The chips of a page; the explorer's own come first, and every chip keeps what was asked of it."""
    if showing.comparison is not None:
        return _peer_chips(showing)
    found = chips(showing.filters, showing.choices)
    asked, chooser = showing.exploration, showing.screen.chooser
    if chooser is not None:
        rest = urlencode({chooser.name: chooser.chosen}) if chooser.chosen else ""
        kept = tuple(
            replace(one, remove=f"{rest}&{one.remove}" if rest and one.remove else one.remove) for one in found
        )
        chosen = Chip(chooser.name, chooser.label, chooser.options, chooser.chosen, showing.filters.query_string())
        return (chosen, *kept)
    if asked is None:
        return found
    kept = tuple(replace(one, remove=f"{asked.query_string}&{one.remove}" if one.remove else "") for one in found)
    return (*_explorer_chips(asked, showing.choices), *kept)


def _peer_chips(showing: Showing) -> tuple[Chip, ...]:
    """The periods released, then what peers may be cut by: the public values of the other organizations."""
    released = showing.others.of(showing.filters.period)
    periods = [one.period for one in showing.others.releases]
    chosen = season_or_period(showing.filters.period)
    options = {season_or_period(one): Text(period_words(one, "fr"), period_words(one, "en")) for one in periods}
    options.setdefault(chosen, Text(chosen, chosen))
    held = dict(showing.comparison.cohort.query) if showing.comparison else {}
    found = [Chip("season", Text("Période", "Period"), tuple(options.items()), chosen)]
    if released and released.own:
        mine = ((one.id, one.cohort.label) for one in released.own)
        every = Text("groupes du catalogue", "groups of the catalogue")
        found.append(
            Chip(OWN, Text("Vos groupes", "Your groups"), (("", every), *mine), held.get(OWN, ""), f"season={chosen}")
        )
    for short, (label, every) in _COHORT_WORDS.items():
        if OWN in held:
            break  # a group of one's own is not cut further
        values = released.values(short) if released else ()
        if len(values) > 1 or short in held:
            labels = (
                (value, value_label(SHORT[short], value))
                for value in sorted({*values, *filter(None, [held.get(short)])})
            )
            rest = urlencode([("season", chosen), *((name, value) for name, value in held.items() if name != short)])
            found.append(Chip(short, label, (("", every), *labels), held.get(short, ""), rest))
    return tuple(found)


def _explorer_chips(asked: Exploration, choices: Choices) -> tuple[Chip, ...]:
    one = METRICS[asked.figure]
    cuts = tuple((cut, _by_what(DIMENSIONS[cut].label)) for cut in cuts_of(one))
    whole = () if isinstance(one.recipe, Along) else (("", Text("en tout", "as a whole")),)
    shows = choices.by_dimension.get("show", ())
    against = (
        *AGAINST.items(),
        *((f"{SHOW}{show.value}", Text(f"contre {show.label.fr}", f"against {show.label.en}")) for show in shows),
    )
    return (
        Chip("figure", Text("Chiffre", "Figure"), tuple((it, METRICS[it].label) for it in FIGURES), asked.figure),
        Chip("by", Text("Découpage", "Cut"), (*whole, *cuts), asked.by),
        Chip("against", Text("Comparaison", "Comparison"), against, asked.against),
    )


def _by_what(label: Text) -> Text:
    return Text(f"par {label.fr[:1].lower()}{label.fr[1:]}", f"by {label.en[:1].lower()}{label.en[1:]}")


def cleared(showing: Showing) -> str:
    """The query of an address without any filter; empty when none is in use."""
    bare = without_filters(showing.filters, showing.choices)
    asked, chooser = showing.exploration, showing.screen.chooser
    if chooser is not None and chooser.chosen:
        return replace(showing.filters, where=()).query_string()
    return f"{asked.query_string}&{bare}" if asked and bare else bare


def without_filters(filters: Filters, choices: Choices) -> str:
    """The query of an address that keeps only the season; empty when no filter is in use."""
    if not filters.where:
        return ""
    bare = replace(filters, where=())
    return bare.query_string() if bare.season in choices.seasons or bare.season is None else "season="


def _season_chip(filters: Filters, choices: Choices) -> Chip:
    """Seasons to choose from; a period that is none of them comes first, so that the page says what it shows."""
    seasons = {season_label(one): _season_words(one) for one in choices.seasons}
    if filters.season is not None:
        chosen = season_label(filters.season)
        seasons.setdefault(chosen, _season_words(filters.season))
        return Chip("season", Text("Saison", "Season"), tuple(seasons.items()), chosen)
    chosen = str(filters.period)
    words = Text(period_words(filters.period, "fr"), period_words(filters.period, "en"))
    options = ((chosen, words), *seasons.items())
    back = filters.for_season(choices.default_season).query_string() if choices.default_season is not None else ""
    return Chip("period", Text("Période", "Period"), options, chosen, back)


def _season_words(season: int) -> Text:
    return Text(f"Saison {season_label(season)}", f"{season_label(season)} season")


def _dimension_chip(dimension: str, known: tuple[Choice, ...], held: tuple[str, ...], filters: Filters) -> Chip:
    """Several values of one dimension, which only an address can ask for, are one choice of the chip."""
    options = [("", _EVERYTHING[dimension]), *((choice.value, choice.label) for choice in known)]
    chosen = ",".join(held)
    if len(held) > 1:
        labels = [choice.label for choice in known if choice.value in held]
        several = Text(" + ".join(one.fr for one in labels), " + ".join(one.en for one in labels))
        options.insert(1, (chosen, several))
    remove = filters.without(dimension).query_string()
    return Chip(dimension, NAMES[dimension], tuple(options), chosen, remove if held else "")


def definitions(showing: Showing) -> tuple[Definition, ...]:
    """One definition a metric that the page draws, once each, with what the figure stands on here."""
    screen = showing.screen
    drawn = [*screen.metrics, *(one for chart in screen.charts for one in chart.metrics)]
    tables = (*screen.tables, *(chart.table for chart in screen.charts))
    drawn += [column.id for table in tables for column in table.columns]
    tiles = {one.metric: one for one in screen.tiles}
    return tuple(
        defined(METRICS[one], _here(showing, tiles.get(one))) for one in dict.fromkeys(drawn) if one in METRICS
    )


def defined(one: Metric, here: tuple[tuple[Text, Text], ...] = ()) -> Definition:
    """A metric's definition, from its plain words to its formula."""
    return Definition(
        key=one.id,
        title=one.label,
        meaning=PLAIN_WORDS[one.id],
        here=here,
        lines=(
            (_IN, one.counts_in),
            (_OUT, one.counts_out),
            (_FORMULA, one.formula),
            (_BASE, one.base),
            (_SOURCE, Text(one.source, one.source)),
        ),
        version=one.version,
    )


def _here(showing: Showing, tile: Tile | None) -> tuple[tuple[Text, Text], ...]:
    """What stands behind the figure on this page: its value, its base, its period, its filters, its warnings."""
    found: list[tuple[Text, Text]] = []
    if tile is not None:
        found.append((_VALUE, words(tile.cell, tile.unit, tile.decimals)))
        if isinstance(tile.cell, Shown) and tile.cell.n is not None and not tile.unit.is_count:
            found.append((_N, _with_care(tile.cell)))
    sentence = {lang: said_as_sentence(showing.filters, showing.choices, lang) for lang in ("fr", "en")}
    found.append((_CUT, Text(" · ".join(sentence["fr"]), " · ".join(sentence["en"]))))
    found.append((_AS_OF, on_day(showing.as_of)))
    found += [(_WARNING, one.words) for one in showing.screen.notices if one.level != "info"]
    return tuple(found)


def _with_care(cell: Shown) -> Text:
    number = said(cell.n or 0, Unit.COUNT)
    if not cell.fragile:
        return Text(f"n = {number.fr}", f"n = {number.en}")
    return Text(
        f"n = {number.fr} : petite base, à lire avec prudence", f"n = {number.en}: a small base, read it with caution"
    )


def staleness(showing: Showing) -> Notice | None:
    """Says that the figures stop long before the day they are computed for: nothing sold since is known."""
    if showing.data_to is None:
        return None
    days = (showing.as_of - showing.data_to).days
    if days <= STALE_AFTER_DAYS:
        return None
    told = Text(
        "La dernière vente connue est du {day}, il y a {days} : ce qui s'est vendu depuis n'est pas dans ces chiffres.",
        "The last known sale is of {day}, {days} ago: what was sold since is not in these figures.",
    )
    words = told.filled(day=on_day(showing.data_to), days=counted(days, Text("jour", "day"), Text("jours", "days")))
    return Notice("warning", words, link="deposits", link_words=Text("Déposer des fichiers", "Deposit files"))


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
