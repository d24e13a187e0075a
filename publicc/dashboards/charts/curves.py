"""Sales curves: seasons aligned on the days before they close, the future blank, this season in colour."""

from typing import Any

import altair as alt

from publicc.dashboards.charts.look import Look
from publicc.dashboards.charts.reading import label_of, rows_to_draw
from publicc.dashboards.page import Chart
from publicc.kernel.text import Lang


def season_curves(chart: Chart, look: Look, lang: Lang) -> Any:  # noqa: ANN401 - Altair's own union of charts
    """One line a season. Columns of the table: days before the close, then one cumulated count a season, ours first."""
    days, *seasons = chart.table.columns
    wide = rows_to_draw(chart.table, lang)
    long = [
        {
            "days": row[days.id],
            "season": season.label.said(lang),
            "rank": rank,
            "sold": row[season.id],
            "words": row[f"{season.id}_words"],
        }
        for rank, season in enumerate(seasons)
        for row in wide
        if row[season.id] is not None
    ]
    ends = {row["season"]: row for row in sorted(long, key=lambda r: -r["days"])}
    base = alt.Chart(alt.Data(values=long)).encode(
        x=alt.X(
            "days:Q",
            scale=alt.Scale(reverse=True, nice=False),
            title=label_of(chart.table, days.id, lang),
            axis=alt.Axis(tickMinStep=30, format=",.0f"),
        ),
        y=alt.Y("sold:Q", title=None, axis=alt.Axis(format=",.0f", tickCount=5), scale=alt.Scale(zero=True)),
    )
    colour = alt.condition("datum.rank == 0", alt.value(look.ours), alt.value(look.context))
    lines = base.mark_line(interpolate="step-after").encode(
        detail="season:N",
        color=colour,
        strokeWidth=alt.condition("datum.rank == 0", alt.value(2.5), alt.value(1.25)),
        strokeDash=alt.condition("datum.rank == 2", alt.value([4, 3]), alt.value([1, 0])),
        tooltip=[alt.Tooltip("season:N", title=" "), alt.Tooltip("days:Q"), alt.Tooltip("words:N", title=" ")],
    )
    last = alt.Chart(alt.Data(values=list(ends.values()))).encode(x="days:Q", y="sold:Q", color=colour)
    names = last.mark_text(align="left", dx=6, fontSize=12, fontWeight=600).encode(text="season:N")
    points = last.mark_point(filled=True, size=36)
    return alt.layer(lines, points, names).properties(height=320)
