"""Ranked bars: one category a row, the figure written at the end of its bar. Zero-based; own rows in colour."""

from typing import Any

import altair as alt

from publicc.dashboards.charts.look import Look
from publicc.dashboards.charts.reading import rows_to_draw
from publicc.dashboards.page import Chart
from publicc.kernel.text import Lang

ROW_HEIGHT = 26
MOST_ROWS = 24
ROOM_FOR_WORDS = 1.14
"""How far the axis goes beyond the longest bar, so that its figure fits."""


def ranked_bars(chart: Chart, look: Look, lang: Lang) -> Any:  # noqa: ANN401 - Altair's own union of charts
    """Bars of the table's first figure by its first column, in the table's order.

    A second figure, when the table has one, is the same measure a season earlier, drawn as a thin tick.
    """
    label, value, *others = (column.id for column in chart.table.columns)
    rows = rows_to_draw(chart.table, lang)[:MOST_ROWS]
    before = others[0] if others and chart.table.columns[2].unit == chart.table.columns[1].unit else None
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y(f"{label}:N", sort=None, title=None, axis=alt.Axis(labelLimit=220, labelColor=look.ink)),
        tooltip=[alt.Tooltip(f"{column.id}_words:N", title=column.label.said(lang)) for column in chart.table.columns],
    )
    top = max((row[name] or 0.0 for row in rows for name in (value, before) if name), default=0.0) or 1.0
    x = alt.X(f"{value}:Q", title=None, axis=None, scale=alt.Scale(domain=[0, top * ROOM_FOR_WORDS]))
    layers = [
        base.mark_bar(height=16).encode(
            x=x,
            color=alt.condition(f"datum.{value}_state == 'fragile'", alt.value(look.ours_soft), alt.value(look.ours)),
        ),
        base.mark_text(align="left", dx=6, color=look.ink).encode(x=x, text=f"{value}_words:N"),
    ]
    if before is not None:
        layers.insert(
            1,
            base.mark_tick(color=look.context, thickness=3, height=20).encode(
                x=alt.X(f"{before}:Q", title=None, axis=None)
            ),
        )
    return alt.layer(*layers).properties(height=max(1, len(rows)) * ROW_HEIGHT)


def columns_in_time(chart: Chart, look: Look, lang: Lang) -> Any:  # noqa: ANN401 - Altair's own union of charts
    """Upright bars in the table's order (months, weekdays, buckets), the first figure of the table."""
    label, value = (column.id for column in chart.table.columns[:2])
    rows = rows_to_draw(chart.table, lang)
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X(f"{label}:N", sort=None, title=None, axis=alt.Axis(labelAngle=0, labelOverlap="parity")),
        tooltip=[alt.Tooltip(f"{column.id}_words:N", title=column.label.said(lang)) for column in chart.table.columns],
    )
    bars = base.mark_bar(color=look.ours).encode(
        y=alt.Y(f"{value}:Q", title=None, axis=alt.Axis(tickCount=4, grid=True)),
    )
    return bars.properties(height=220)


def shares(chart: Chart, look: Look, lang: Lang) -> Any:  # noqa: ANN401 - Altair's own union of charts
    """Upright bars of shares, each with its percentage written above."""
    label, value = (column.id for column in chart.table.columns[:2])
    rows = rows_to_draw(chart.table, lang)
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X(f"{label}:N", sort=None, title=None, axis=alt.Axis(labelAngle=0, labelLimit=140, labelColor=look.ink)),
        y=alt.Y(f"{value}:Q", title=None, axis=None, scale=alt.Scale(zero=True)),
        tooltip=[alt.Tooltip(f"{column.id}_words:N", title=column.label.said(lang)) for column in chart.table.columns],
    )
    return alt.layer(
        base.mark_bar(color=look.ours),
        base.mark_text(dy=-8, color=look.ink).encode(text=f"{value}_words:N"),
    ).properties(height=200)
