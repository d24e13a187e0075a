"""Lines over months: at most four series, each named at its end, a rule at the reference."""

from typing import Any

from publicc.dashboards.charts.channels import either, inline
from publicc.dashboards.charts.look import Frame
from publicc.dashboards.charts.reading import rows_to_draw
from publicc.dashboards.page import Chart
from publicc.kernel.formats import Unit
from publicc.kernel.later import later

alt = later("altair")

_DASHES = ([1, 0], [6, 3], [2, 2], [8, 2, 2, 2])
ROOM_FOR_NAMES = 150
BAND = 26
"""Pixels of the band behind a marked time."""


def indices(chart: Chart, frame: Frame) -> Any:  # noqa: ANN401 - Altair's own union of charts
    """Indices against 100: first column is time, every column of indices one series. Fragile points are pale.

    Names stand at the end of their line; on a phone, in a legend above. A last column of words, when there is one,
    marks the times that have some with a band and these words.
    """
    time, *others = chart.table.columns
    series = [column for column in others if column.unit is Unit.INDEX]
    marked = others[-1].id if others[-1].unit is None else None
    look, rows = frame.look, rows_to_draw(chart.table, frame.lang)
    names = [column.label.said(frame.lang) for column in series]
    long = [
        {
            "time": row[time.id],
            "series": column.label.said(frame.lang),
            "value": row[column.id],
            "words": row[f"{column.id}_words"],
            "fragile": row.get(f"{column.id}_state") == "fragile",
        }
        for column in series
        for row in rows
        if row[column.id] is not None
    ]
    colours = [look.ours, look.below, look.population, look.quiet][: len(names)]
    legend = alt.Legend(orient="top", title=None, columns=1, symbolType="stroke") if frame.narrow else None
    hue = alt.Color("series:N", scale=alt.Scale(domain=names, range=colours), legend=legend)
    dashes = alt.Scale(domain=names, range=list(_DASHES[: len(names)]))
    reach = alt.Scale() if frame.narrow else alt.Scale(range=[0, {"expr": f"width - {ROOM_FOR_NAMES}"}])
    words = alt.Axis(labelAngle=0, labelOverlap="parity", labelExpr="split(datum.label, ' ')", ticks=False)
    across = alt.X("time:N", sort=None, title=None, axis=words, scale=reach)
    base = alt.Chart(inline(long)).encode(
        x=across,
        y=alt.Y("value:Q", title=None, scale=alt.Scale(zero=False, padding=10), axis=alt.Axis(tickCount=5)),
        color=hue,
        tooltip=[
            alt.Tooltip("series:N", title=" "),
            alt.Tooltip("time:N", title=" "),
            alt.Tooltip("words:N", title=" "),
        ],
    )
    line = base.mark_line(strokeWidth=2).encode(strokeDash=alt.StrokeDash("series:N", scale=dashes, legend=legend))
    points = base.mark_point(size=44, fill=look.paper).encode(
        fillOpacity=alt.FillOpacityValue(1), opacity=either(alt.OpacityValue, "datum.fragile", 0.55, 1)
    )
    reference = alt.Chart(inline({"time": row[time.id], "y": 100} for row in rows))
    hundred = reference.mark_line(color=look.quiet, strokeDash=[2, 3], strokeWidth=1).encode(x=across, y=alt.Y("y:Q"))
    bands = _bands([(row[time.id], row[marked]) for row in rows if row[marked]], across, frame) if marked else []
    layers = [hundred, *bands, line, points]  # the hundred first: it holds every time, in order
    if not frame.narrow:
        ends = alt.Chart(inline(_ends(long, names))).encode(x=across, y=alt.Y("value:Q"), color=hue)
        layers.append(
            ends.mark_text(align="left", dx=10, dy=alt.ExprRef("datum.lift")).encode(text=alt.Text("series:N"))
        )
    return alt.layer(*layers, height=260)


def _bands(marked: list[tuple[str, str]], across: Any, frame: Frame) -> list[Any]:  # noqa: ANN401 - Altair's own
    """A band behind each marked time, with its words above."""
    if not marked:
        return []
    base = alt.Chart(inline({"time": time, "words": words} for time, words in marked)).encode(x=across)
    band = base.mark_rule(strokeWidth=BAND, color=frame.look.context, opacity=0.18)
    return [
        band,
        base.mark_text(baseline="bottom", dy=-4, color=frame.look.quiet).encode(
            y=alt.YValue(0), text=alt.Text("words:N")
        ),
    ]


def _ends(long: list[dict[str, Any]], names: list[str]) -> list[dict[str, Any]]:
    """The last point of each series, its name lifted away from those that end near it."""
    last = {row["series"]: row for row in long}
    reach = max((row["value"] for row in long), default=1) - min((row["value"] for row in long), default=0) or 1
    ranked = sorted((last[name] for name in names if name in last), key=lambda row: -float(row["value"]))
    lift, lifted = 0.0, []
    for place, row in enumerate(ranked):
        gap = (ranked[place - 1]["value"] - row["value"]) / reach * 230 if place else 99
        lift = max(0.0, lift + 15 - gap) if place else 0.0
        lifted.append({**row, "lift": lift})
    return lifted
