"""Sales curves: seasons aligned on the days before they close, the future blank, this season in colour."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from publicc.dashboards.charts.channels import either, inline
from publicc.dashboards.charts.look import Frame
from publicc.dashboards.charts.reading import rows_to_draw
from publicc.dashboards.page import Chart, Mark
from publicc.kernel.formats import short_month
from publicc.kernel.later import later

if TYPE_CHECKING:
    import altair as alt
else:
    alt = later("altair")

_CLOSE: Final = date(2026, 8, 31)
"""Any close of a season after a year of 365 days: only the months are read from it."""
_NAMED_EVERY: Final = {False: 2, True: 4}
"""Months between two names of the axis, by whether the drawing is narrow."""


def season_curves(chart: Chart, frame: Frame) -> Any:  # noqa: ANN401 - Altair's own union of charts
    """One line a season. Columns of the table: days before the close, then one cumulated count a season, ours first."""
    days, *seasons = chart.table.columns
    look, wide = frame.look, rows_to_draw(chart.table, frame.lang)
    long = [
        {
            "days": row[days.id],
            "season": season.label.said(frame.lang),
            "rank": rank,
            "sold": row[season.id],
            "words": row[f"{season.id}_words"],
        }
        for rank, season in enumerate(seasons)
        for row in wide
        if row[season.id] is not None
    ]
    ends = {row["season"]: row for row in sorted(long, key=lambda r: -r["days"])}
    base = alt.Chart(inline(long)).encode(
        x=alt.X(
            "days:Q",
            scale=alt.Scale(reverse=True, nice=False, padding=0),
            title=None,
            axis=month_axis(max((row["days"] for row in long), default=0), frame),
        ),
        y=alt.Y("sold:Q", title=None, axis=alt.Axis(format=",.0f", tickCount=5), scale=alt.Scale(zero=True)),
    )
    colour = either(alt.ColorValue, "datum.rank == 0", look.ours, look.context)
    lines = base.mark_line(interpolate="monotone").encode(
        detail=alt.Detail("season:N"),
        color=colour,
        strokeWidth=either(alt.StrokeWidthValue, "datum.rank == 0", 2.5, 1.25),
        strokeDash=either(alt.StrokeDashValue, "datum.rank == 2", [4, 3], [1, 0]),
        tooltip=[
            alt.Tooltip("season:N", title=" "),
            alt.Tooltip("days:Q", title=days.label.said(frame.lang), format=",.0f"),
            alt.Tooltip("words:N", title=chart.table.title.said(frame.lang)),
        ],
    )
    last = alt.Chart(inline(spread(list(ends.values())))).encode(x=alt.X("days:Q"), y=alt.Y("sold:Q"))
    names = last.mark_text(align="right", dx=-8, dy=alt.ExprRef("datum.lift"), fontSize=12, fontWeight=600)
    points = last.mark_point(filled=True, size=36).encode(color=colour)
    legible = either(alt.ColorValue, "datum.rank == 0", look.ours, look.quiet)
    named = names.encode(text=alt.Text("season:N"), color=legible)
    return alt.layer(lines, points, named, *marked(chart, frame), height=320)


def build_up(chart: Chart, frame: Frame) -> Any:  # noqa: ANN401 - Altair's own union of charts
    """One line from the first sale to the date. Columns of the table: days before, then what was sold by then."""
    days, sold = chart.table.columns
    look, rows = frame.look, rows_to_draw(chart.table, frame.lang)
    base = alt.Chart(inline(rows)).encode(
        x=alt.X(
            f"{days.id}:Q",
            scale=alt.Scale(reverse=True, nice=False, padding=0),
            title=days.label.said(frame.lang),
            axis=alt.Axis(tickCount=5 if frame.narrow else 9, grid=False),
        ),
        y=alt.Y(f"{sold.id}:Q", title=None, axis=alt.Axis(format=",.0f", tickCount=5), scale=alt.Scale(zero=True)),
        tooltip=[
            alt.Tooltip(f"{days.id}_words:N", title=days.label.said(frame.lang)),
            alt.Tooltip(f"{sold.id}_words:N", title=sold.label.said(frame.lang)),
        ],
    )
    area = base.mark_area(interpolate="monotone", color=look.ours, opacity=0.12)
    line = base.mark_line(interpolate="monotone", color=look.ours, strokeWidth=2.5)
    return alt.layer(area, line, *marked(chart, frame, days.id), height=280)


def marked(chart: Chart, frame: Frame, across: str = "days") -> list[Any]:
    """A number for each note, on the axis of the curves: on a thin line, or on a bar where its day is not at one place.

    The words are told below and on pointing.
    """
    at = [one for one in chart.marks if one.until is None]
    over = [one for one in chart.marks if one.until is not None]
    return [*(_lines(at, frame, across) if at else ()), *(_spans(over, frame, across) if over else ())]


def _lines(marks: Sequence[Mark], frame: Frame, across: str) -> list[Any]:
    rows = [{across: one.at, "number": str(one.number), "words": one.words.said(frame.lang)} for one in marks]
    base = alt.Chart(inline(rows)).encode(x=alt.X(f"{across}:Q"), tooltip=[alt.Tooltip("words:N", title=" ")])
    rule = base.mark_rule(color=frame.look.quiet, strokeDash=[2, 3])
    number = base.mark_text(align="left", dx=4, fontSize=12, fontWeight=600, color=frame.look.quiet)
    return [rule, number.encode(text=alt.Text("number:N"), y=alt.YValue(8))]


def _spans(marks: Sequence[Mark], frame: Frame, across: str) -> list[Any]:
    """Each on a line of its own, from the top."""
    found: list[Any] = []
    for place, one in enumerate(marks):
        row = {across: one.at, "until": one.until, "number": str(one.number), "words": one.words.said(frame.lang)}
        height = alt.YValue(14 + 18 * place)
        base = alt.Chart(inline([row])).encode(y=height, tooltip=[alt.Tooltip("words:N", title=" ")])
        bar = base.mark_rule(color=frame.look.quiet, strokeWidth=3, opacity=0.55)
        number = base.mark_text(align="left", dy=-8, fontSize=12, fontWeight=600, color=frame.look.quiet)
        start = alt.X(f"{across}:Q")
        found += [bar.encode(x=start, x2="until"), number.encode(x=start, text=alt.Text("number:N"))]
    return found


def month_axis(longest: float, frame: Frame) -> "alt.Axis":
    """Months instead of a count of days: a box office sells in October, not « 320 days before »."""
    firsts = [month for month in _firsts_of_months() if (_CLOSE - month).days <= longest]
    at = {(_CLOSE - month).days: short_month(month, frame.lang) for month in firsts}
    every = _NAMED_EVERY[frame.narrow]
    kept = [day for place, day in enumerate(sorted(at)) if place % every == every - 1]
    names = ", ".join(f"'{day}': '{at[day]}'" for day in kept)
    return alt.Axis(values=sorted(kept, reverse=True), labelExpr=f"({{{names}}})[datum.value]", labelOverlap=True)


def _firsts_of_months() -> list[date]:
    """First days of the two years that end with the season."""
    first, found = _CLOSE.replace(day=1), []
    for _ in range(24):
        found.append(first)
        first = (first - timedelta(1)).replace(day=1)
    return found


def spread(ends: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Names of lines that end at nearly the same place are lifted apart, the greatest on top."""
    highest = max((row["sold"] for row in ends), default=0) or 1
    ranked = sorted(ends, key=lambda row: -float(row["sold"]))
    lift, lifted = -10, []
    for place, row in enumerate(ranked):
        near = place and ranked[place - 1]["sold"] - row["sold"] < highest / 20
        lift = lift + 16 if near else -10
        lifted.append({**row, "lift": lift})
    return lifted
