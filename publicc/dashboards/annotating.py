"""Notes of an organization on its curves: a chart whose axis is time before a day carries those that fall on it.

Pure: a screen and notes in, the same screen with marks out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from publicc.dashboards.page import Chart, Mark, Screen
from publicc.dashboards.wording import on_day
from publicc.kernel.cells import Shown
from publicc.kernel.text import Text

SEASON_CURVES, BUILD_UP = "season_curves", "build_up"
MOST_MARKS: Final = 9
"""Marks on one curve: beyond, the latest are kept, and the page of notes has them all."""
CAMPAIGN: Final = Text("campagne", "campaign")


@dataclass(frozen=True, slots=True)
class Dated:
    """A note as it is drawn: the day, its words, and the show it is about (empty for the whole house)."""

    on: date
    words: str
    show: str = ""
    is_campaign: bool = False

    @property
    def said(self) -> Text:
        """`12 janvier 2026 : Infolettre (campagne)`."""
        day = on_day(self.on)
        told = Text(f"{day.fr} : {self.words}", f"{day.en}: {self.words}")
        return Text(f"{told.fr} ({CAMPAIGN.fr})", f"{told.en} ({CAMPAIGN.en})") if self.is_campaign else told


def annotated(screen: Screen, notes: Sequence[Dated], *, show: str, closes: date | None, plays: date | None) -> Screen:
    """The screen, its curves marked. `show`: the one of the filters; `closes`: last day of its season.

    `plays`: the day of the only performance that a build-up tells of.
    """
    kept = [one for one in notes if one.show in {"", show}]
    ends = {SEASON_CURVES: closes, BUILD_UP: plays}
    charts = tuple(_marked(chart, kept, ends[chart.kind]) if chart.kind in ends else chart for chart in screen.charts)
    return replace(screen, charts=charts)


def _marked(chart: Chart, notes: Sequence[Dated], end: date | None) -> Chart:
    if end is None:
        return chart
    first = max((float(row[0].value) for row in chart.table.rows if isinstance(row[0], Shown)), default=0.0)
    within = sorted((one for one in notes if 0 <= (end - one.on).days <= first), key=lambda one: (one.on, one.words))
    within = within[-MOST_MARKS:]
    if not within:
        return chart
    marks = tuple(Mark(at + 1, (end - one.on).days, one.said) for at, one in enumerate(within))
    told = [(f"{one.number}. {one.words.fr}", f"{one.number}. {one.words.en}") for one in marks]
    words = Text(" · ".join(fr for fr, _ in told), " · ".join(en for _, en in told))
    if chart.note is not None:
        words = Text(f"{words.fr} · {chart.note.fr}", f"{words.en} · {chart.note.en}")
    return replace(chart, marks=marks, note=words)


def has_curves(screen: Screen) -> bool:
    """Whether any chart of the screen may carry notes."""
    return any(chart.kind in {SEASON_CURVES, BUILD_UP} for chart in screen.charts)
