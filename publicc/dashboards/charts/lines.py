"""Lines over months: at most four series, labelled at their end, a rule at the reference."""

from typing import Any

import altair as alt

from publicc.dashboards.charts.look import Look
from publicc.dashboards.charts.reading import rows_to_draw
from publicc.dashboards.page import Chart
from publicc.kernel.text import Lang

_DASHES = ([1, 0], [6, 3], [2, 2], [8, 2, 2, 2])


def indices(chart: Chart, look: Look, lang: Lang) -> Any:  # noqa: ANN401 - Altair's own union of charts
    """Indices against 100: first column is time, every other column one series. Fragile points are hollow."""
    time, *series = chart.table.columns
    rows = rows_to_draw(chart.table, lang)
    names = [column.label.said(lang) for column in series]
    long = [
        {
            "time": row[time.id],
            "order": row["order"],
            "series": column.label.said(lang),
            "value": row[column.id],
            "words": row[f"{column.id}_words"],
            "fragile": row.get(f"{column.id}_state") == "fragile",
        }
        for column in series
        for row in rows
        if row[column.id] is not None
    ]
    colours = [look.ours, look.below, look.population, look.context][: len(names)]
    hue = alt.Color(
        "series:N", scale=alt.Scale(domain=names, range=colours), legend=alt.Legend(orient="top", title=None)
    )
    base = alt.Chart(alt.Data(values=long)).encode(
        x=alt.X("time:N", sort=None, title=None, axis=alt.Axis(labelAngle=0, labelOverlap="parity")),
        y=alt.Y("value:Q", title=None, scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=5)),
        color=hue,
        tooltip=[
            alt.Tooltip("series:N", title=" "),
            alt.Tooltip("time:N", title=" "),
            alt.Tooltip("words:N", title=" "),
        ],
    )
    line = base.mark_line(strokeWidth=2).encode(
        strokeDash=alt.StrokeDash(
            "series:N",
            scale=alt.Scale(domain=names, range=list(_DASHES[: len(names)])),
            legend=alt.Legend(orient="top", title=None),
        )
    )
    points = base.mark_point(size=44, fill=look.paper).encode(
        fillOpacity=alt.value(1), opacity=alt.condition("datum.fragile", alt.value(0.55), alt.value(1))
    )
    hundred = alt.Chart(alt.Data(values=[{"y": 100}])).mark_rule(color=look.quiet, strokeDash=[2, 3]).encode(y="y:Q")
    return alt.layer(hundred, line, points).properties(height=260)
