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
from publicc.kernel.period import Period
from publicc.kernel.text import Text

SEASON_CURVES, BUILD_UP = "season_curves", "build_up"
MOST_MARKS: Final = 9
"""Marks on one curve: beyond, the latest are kept, and the page of notes has them all."""
CAMPAIGN: Final = Text("campagne", "campaign")
_BEFORE_EACH: Final = Text(
    "{told}, de {most} à {least} jours avant, selon la représentation",
    "{told}, {most} to {least} days before, depending on the performance",
)


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


def annotated(
    screen: Screen, notes: Sequence[Dated], *, show: str, closes: date | None, plays: Period | None
) -> Screen:
    """The screen, its curves marked. `show`: the one of the filters; `closes`: last day of its season.

    `plays`: from the first to the last performance that a build-up tells of.
    """
    kept = [one for one in notes if one.show in {"", show}]
    ends = {SEASON_CURVES: Period(closes, closes) if closes else None, BUILD_UP: plays}
    charts = tuple(_marked(chart, kept, ends[chart.kind]) if chart.kind in ends else chart for chart in screen.charts)
    return replace(screen, charts=charts)


def _marked(chart: Chart, notes: Sequence[Dated], ends: Period | None) -> Chart:
    if ends is None:
        return chart
    axis = max((float(row[0].value) for row in chart.table.rows if isinstance(row[0], Shown)), default=0.0)
    dated = sorted(notes, key=lambda one: (one.on, one.words))
    within = [one for one in dated if one.on <= ends.last_on and (ends.first_on - one.on).days <= axis][-MOST_MARKS:]
    if not within:
        return chart
    marks = tuple(_mark(number, one, ends, axis) for number, one in enumerate(within, 1))
    told = [(f"{one.number}. {one.words.fr}", f"{one.number}. {one.words.en}") for one in marks]
    words = Text(" · ".join(fr for fr, _ in told), " · ".join(en for _, en in told))
    if chart.note is not None:
        words = Text(f"{words.fr} · {chart.note.fr}", f"{words.en} · {chart.note.en}")
    return replace(chart, marks=marks, note=words)


def _mark(number: int, note: Dated, ends: Period, axis: float) -> Mark:
    """At its place before the day; before several days, from its place before the last to that before the first."""
    least, most = max((ends.first_on - note.on).days, 0), (ends.last_on - note.on).days
    if least == most:
        return Mark(number, most, note.said)
    told = _BEFORE_EACH.filled(told=note.said, most=most, least=least)
    return Mark(number, min(most, axis), told, until=least)


def has_curves(screen: Screen) -> bool:
    """Whether any chart of the screen may carry notes."""
    return any(chart.kind in {SEASON_CURVES, BUILD_UP} for chart in screen.charts)
