"""From a kind to a document: the screens it is made of, over one organization's own rows, under the same filters.

The cells are those of the screens, kept with them: a report can never say another number than the page.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.describing import definitions, staleness, stamp
from publicc.dashboards.filters import DIMENSIONS
from publicc.dashboards.page import Chart, DataTable, Screen
from publicc.dashboards.screens.common import capital
from publicc.dashboards.screens.every import SCREENS
from publicc.dashboards.screens.quality import quality_screen
from publicc.dashboards.showing import Showing
from publicc.dashboards.wording import on_day
from publicc.intake.quality import kept_report
from publicc.kernel.errors import BadInput
from publicc.kernel.formats import period_words
from publicc.kernel.text import Text
from publicc.metrics.registry import METRICS
from publicc.reports.document import Chapter, Document
from publicc.reports.funders import funder_screen
from publicc.reports.kinds import FUNDER, QUALITY, Kind, Part, check_show
from publicc.store.home import Home

Build = Callable[[Asker], Screen]
Shower = Callable[[str, Build], Showing]
"""Shows a screen, by its id and what builds it, over rows and filters that are already chosen."""

_BUILDERS: Final[Mapping[str, Build]] = {**SCREENS, FUNDER: funder_screen}


def compose(kind: Kind, organization: str, show: Shower, shows: Sequence[str] = ()) -> Document:
    """The report over the rows that `show` reads. `organization`: its name; `shows`: those the filters name.

    Raises BadUsage when the kind needs one show, NoSnapshot before the first harmonisation.
    """
    check_show(kind, tuple(shows))
    showings = [(part, show(part.screen, _BUILDERS[part.screen])) for part in kind.parts]
    first = showings[0][1]
    title = kind.title if not kind.about_show else _about(kind.title, first.screen.title)
    return Document(
        kind=kind.id,
        title=title,
        purpose=kind.purpose,
        organization=organization,
        subtitle=subtitle_of(first),
        chapters=tuple(_chapter(part, one) for part, one in showings),
        definitions=definitions_of(one for _, one in showings),
        stamp=stamp_of(first),
        snapshot=first.snapshot,
        made_on=first.as_of.isoformat(),
        one_page=kind.one_page,
    )


def compose_quality(kind: Kind, organization: str, slug: str, home: Home) -> Document:
    """The report on data quality, from what the last deposit left. Raises BadInput before any deposit."""
    told = kept_report(home, slug)
    if told is None:
        raise BadInput(
            Text("Aucun fichier n'a encore été déposé.", "No file was deposited yet."),
            do=Text("Déposer des fichiers d'abord.", "Deposit files first."),
        )
    return quality_document(kind, organization, told)


def quality_document(kind: Kind, organization: str, told: Mapping[str, Any]) -> Document:
    """The report on data quality from `QualityReport.as_json()`."""
    screen = quality_screen(told)
    day = on_day(date.fromisoformat(told["as_of"]))
    said = Text("Rapport du {day}", "Report of {day}").filled(day=day)
    return Document(
        kind=QUALITY,
        title=kind.title,
        purpose=kind.purpose,
        organization=organization,
        subtitle=said,
        chapters=(Chapter(screen.id, screen.title, screen.answer, charts=screen.charts, tables=screen.tables),),
        definitions=(),
        stamp=((Text("Calculé au", "Computed as of"), day),),
        snapshot="",
        made_on=told["as_of"],
    )


def _about(kind: Text, show: Text) -> Text:
    return Text(f"{kind.fr} : {show.fr}", f"{kind.en}: {show.en}")


def _chapter(part: Part, showing: Showing) -> Chapter:
    screen = showing.screen
    stale = staleness(showing)
    charts = tuple(one for one in screen.charts if part.charts is None or one.id in part.charts)
    tables = tuple(one for one in screen.tables if one.rows and (part.tables is None or one.id in part.tables))
    tiles = tuple(one for one in screen.tiles if part.tiles is None or one.metric in part.tiles)
    return Chapter(
        id=screen.id,
        title=part.title or screen.title,
        answer=screen.answer,
        notices=(*((stale,) if stale and part.tiles is None else ()), *screen.notices),
        tiles=tiles,
        charts=tuple(_own(one, screen) for one in charts),
        tables=tuple(_own_table(one, screen) for one in tables),
    )


def _own(chart: Chart, screen: Screen) -> Chart:
    """The chart under a name that no other screen of the report has."""
    return replace(chart, id=f"{screen.id}-{chart.id}", table=_own_table(chart.table, screen))


def _own_table(table: DataTable, screen: Screen) -> DataTable:
    return replace(table, id=f"{screen.id}-{table.id}")


def subtitle_of(showing: Showing) -> Text:
    """Period, then the values of the filters in use, as a document says them under its title."""
    span = showing.filters.period
    said = [Text(period_words(span, "fr"), period_words(span, "en"))]
    for dimension in DIMENSIONS:
        labels = {one.value: one.label for one in showing.choices.by_dimension.get(dimension, ())}
        said += [labels[value] for value in showing.filters.as_mapping.get(dimension, ()) if dimension != "show"]
    whole = Text(" · ".join(one.fr for one in said), " · ".join(one.en for one in said))
    return capital(whole)


def definitions_of(showings: Iterable[Showing]) -> tuple[tuple[Text, Text], ...]:
    """Every figure of the report once: in plain words, what counts and what does not, its formula and version."""
    found: dict[Text, Text] = {}
    for showing in showings:
        for one in definitions(showing):
            metric = METRICS[one.key]
            found[one.title] = Text(
                f"{one.meaning.fr} Compte : {_end(metric.counts_in.fr)} Ne compte pas : {_end(metric.counts_out.fr)} "
                f"Formule : {_end(metric.formula.fr)} Version {one.version}.",
                f"{one.meaning.en} Counts: {_end(metric.counts_in.en)} Does not count: {_end(metric.counts_out.en)} "
                f"Formula: {_end(metric.formula.en)} Version {one.version}.",
            )
    return tuple(found.items())


def _end(sentence: str) -> str:
    return sentence if not sentence or sentence.endswith(".") else f"{sentence}."


def stamp_of(showing: Showing) -> tuple[tuple[Text, Text], ...]:
    """Where the figures of a document come from: period, day, last sale known, filters, version of the data."""
    period, computed, *rest = stamp(showing)
    filters = Text(showing.filters.query_string(), showing.filters.query_string())
    lines = [(Text("Période", "Period"), capital(period)), (Text("Calcul", "Computed"), capital(computed))]
    if len(rest) > 1:
        lines.append((Text("Ventes", "Sales"), capital(rest[0])))
    lines.append((Text("Filtres", "Filters"), filters))
    lines.append((Text("Version des données", "Data version"), Text(showing.snapshot, showing.snapshot)))
    return tuple(lines)
