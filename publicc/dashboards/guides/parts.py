"""What guided answers share: charts taken from screens, sentences put together, closed seasons."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Chart, Screen
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.period import season_period
from publicc.kernel.text import Text

BUYERS: Final = (Text("acheteur", "buyer"), Text("acheteurs", "buyers"))
TICKETS: Final = (Text("billet payant", "paid ticket"), Text("billets payants", "paid tickets"))
SEASONS: Final = (Text("saison", "season"), Text("saisons", "seasons"))
MOST_SEASONS: Final = 5
FRAGILE: Final = Text(
    "La base est petite (moins de 30) : quelques personnes suffiraient à changer ces chiffres.",
    "The base is small (under 30): a few persons would be enough to change these figures.",
)


def picked(screen: Screen, *chart_ids: str) -> tuple[Chart, ...]:
    """Those charts of a screen, in the order asked; those it does not have are left out."""
    found = (screen.chart(one) for one in chart_ids)
    return tuple(chart for chart in found if chart is not None)


def joined(*sentences: Text | None) -> Text:
    """Sentences one after the other, those that have nothing to say left out."""
    kept = [one for one in sentences if one is not None]
    return Text(" ".join(one.fr for one in kept), " ".join(one.en for one in kept))


def listed(words: Sequence[Text]) -> Text:
    """`a, b et c`."""
    if len(words) < 2:
        return words[0] if words else Text("", "")
    head, last = words[:-1], words[-1]
    return Text(
        f"{', '.join(one.fr for one in head)} et {last.fr}", f"{', '.join(one.en for one in head)} and {last.en}"
    )


def closed_seasons(asker: Asker) -> tuple[int, ...]:
    """Seasons that are over at the day of the data, up to the one asked for, oldest first; at most five."""
    last = asker.filters.season
    over = [one for one in asker.choices.seasons if season_period(one).last_on <= asker.as_of]
    return tuple(sorted(one for one in over if last is None or one <= last)[-MOST_SEASONS:])


def by_season(asker: Asker, metrics: Sequence[str]) -> dict[int, dict[str, Cell]]:
    """Each closed season with its figures, under the filters of the page, as known today."""
    return {one: asker.for_season(one).figures(*metrics) for one in closed_seasons(asker)}


def without_extras(asker: Asker) -> Asker:
    """The same question without the extra performances."""
    return replace(asker, filters=replace(asker.filters, where=(*asker.filters.where, ("is_extra", ("no",)))))


def figure_of(cell: Cell | None) -> float | None:
    """The value as a number to reckon with; None when it is not shown."""
    return float(cell.value) if isinstance(cell, Shown) else None
