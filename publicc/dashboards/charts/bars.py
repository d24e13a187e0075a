"""Bars: one category a row or a column, the figure written at the end of its bar. Zero-based; own rows in colour."""

from typing import TYPE_CHECKING, Any

from publicc.dashboards.charts.channels import either, inline
from publicc.dashboards.charts.look import PAGE, Frame
from publicc.dashboards.charts.reading import axis_format, rows_to_draw
from publicc.dashboards.page import Chart
from publicc.kernel.later import later

if TYPE_CHECKING:
    import altair as alt
else:
    alt = later("altair")

ROW_HEIGHT = 26
ROW_HEIGHT_NARROW = 40
MOST_ROWS = 24
ROOM_FOR_WORDS = 62
"""Pixels kept beyond the longest bar, so that its figure fits whatever the width."""
WIDEST_COLUMN = 56
_WORDS_AT = "words_at"
_NEAR = 0.2
"""Of the longest bar: a tick nearer than that to the end of a bar would cross the figure written there."""


def ranked_bars(chart: Chart, frame: Frame) -> Any:  # noqa: ANN401 - Altair's own union of charts
    """Bars of the table's first figure by its first column, in the table's order; on a phone, names above their bar.

    A second figure, when the table has one, is the same measure a season earlier, drawn as a thin tick.
    """
    label, value, *others = (column.id for column in chart.table.columns)
    look, rows = frame.look, rows_to_draw(chart.table, frame.lang)[:MOST_ROWS]
    leads = frame.look is PAGE and any(chart.table.leads)
    before = others[0] if others and chart.table.columns[2].unit == chart.table.columns[1].unit else None
    names = None if frame.narrow else alt.Axis(labelLimit=260, labelColor=look.ink, domain=False, ticks=False)
    base = alt.Chart(inline(rows)).encode(
        y=alt.Y(f"{label}:N", sort=None, title=None, axis=names), tooltip=tooltips(chart, frame)
    )
    base = base.encode(href=alt.Href("lead:N")) if leads else base
    top = max((row[name] or 0.0 for row in rows for name in (value, before) if name), default=0.0) or 1.0
    scale = alt.Scale(domain=[0, top], range=[0, {"expr": f"width - {ROOM_FOR_WORDS}"}], nice=False)
    x = alt.X(f"{value}:Q", title=None, axis=None, scale=scale)
    height, down = (12, 9) if frame.narrow else (16, 0)
    colour = either(alt.ColorValue, f"datum.{value}_state == 'fragile'", look.ours_soft, look.ours)
    written = alt.X(f"{_WORDS_AT}:Q", title=None, axis=None, scale=scale)
    for row in rows:
        row[_WORDS_AT] = _words_at(row[value] or 0.0, row[before] if before else None, top)
    layers = [
        base.mark_bar(height=height, yOffset=down).encode(x=x, color=colour),
        base.mark_text(align="left", dx=6, dy=down, color=look.ink).encode(
            x=written, text=alt.Text(f"{value}_words:N")
        ),
    ]
    if before is not None and any(row[before] is not None for row in rows):  # an empty layer has no name to be read
        tick = base.mark_tick(color=look.context, thickness=3, height=height + 4, yOffset=down)
        layers.insert(1, tick.encode(x=alt.X(f"{before}:Q", title=None, axis=None)))
    if frame.narrow:
        above = base.mark_text(align="left", baseline="middle", dy=-10, color=look.ink, limit=300)
        layers.append(above.encode(x=alt.XValue(0), text=alt.Text(f"{label}:N")))
    step = ROW_HEIGHT_NARROW if frame.narrow else ROW_HEIGHT
    return alt.layer(*layers, height=max(1, len(rows)) * step)


def _words_at(value: float, before: float | None, top: float) -> float:
    """Where the figure is written: at the end of its bar, or after the tick that would cross it."""
    return before if before is not None and 0 <= before - value < _NEAR * top else value


def columns_in_time(chart: Chart, frame: Frame) -> Any:  # noqa: ANN401 - Altair's own union of charts
    """Upright bars in the table's order (months, weekdays, buckets), the first figure of the table."""
    label, value = chart.table.columns[:2]
    base = alt.Chart(inline(rows_to_draw(chart.table, frame.lang))).encode(
        x=upright_axis(label.id, frame), tooltip=tooltips(chart, frame)
    )
    base = base.encode(href=alt.Href("lead:N")) if frame.look is PAGE and any(chart.table.leads) else base
    bars = base.mark_bar(color=frame.look.ours, size=_thickness()).encode(
        y=alt.Y(f"{value.id}:Q", title=None, axis=alt.Axis(tickCount=4, grid=True, format=axis_format(value.unit))),
    )
    return bars.properties(height=220)


def shares(chart: Chart, frame: Frame) -> Any:  # noqa: ANN401 - Altair's own union of charts
    """Shares in the axis's own order, each with its percentage: lying bars, so that every name is read whole."""
    return ranked_bars(chart, frame)


def contributions(chart: Chart, frame: Frame) -> Any:  # noqa: ANN401 - Altair's own union of charts
    """Bars to the right of a line for what adds, to its left for what takes away, in the table's order."""
    label, value = (column.id for column in chart.table.columns[:2])
    look, rows = frame.look, rows_to_draw(chart.table, frame.lang)
    names = None if frame.narrow else alt.Axis(labelLimit=260, labelColor=look.ink, domain=False, ticks=False)
    base = alt.Chart(inline(rows)).encode(
        y=alt.Y(f"{label}:N", sort=None, title=None, axis=names), tooltip=tooltips(chart, frame)
    )
    ends = [row[value] or 0.0 for row in rows]
    low, high = min(0.0, *ends), max(0.0, *ends)
    room = [ROOM_FOR_WORDS if low < 0 else 0, ROOM_FOR_WORDS if high > 0 else 0]
    scale = alt.Scale(domain=[low, high or 1.0], range=[room[0], {"expr": f"width - {room[1]}"}], nice=False)
    x = alt.X(f"{value}:Q", title=None, axis=None, scale=scale)
    height, down = (12, 9) if frame.narrow else (16, 0)
    adds = f"datum.{value} >= 0"
    colour = either(alt.ColorValue, adds, look.ours, look.context)
    layers = [
        base.mark_bar(height=height, yOffset=down).encode(x=x, color=colour),
        base.transform_filter(adds)
        .mark_text(align="left", dx=6, dy=down, color=look.ink)
        .encode(x=x, text=alt.Text(f"{value}_words:N")),
        base.transform_filter(f"!({adds})")
        .mark_text(align="right", dx=-6, dy=down, color=look.ink)
        .encode(x=x, text=alt.Text(f"{value}_words:N")),
        base.mark_rule(color=look.quiet).encode(x=alt.datum(0, scale=scale), y=alt.YValue(0), y2=alt.Y2Value("height")),
    ]
    if frame.narrow:
        above = base.mark_text(align="left", baseline="middle", dy=-10, color=look.ink, limit=300)
        layers.append(above.encode(x=alt.XValue(0), text=alt.Text(f"{label}:N")))
    step = ROW_HEIGHT_NARROW if frame.narrow else ROW_HEIGHT
    return alt.layer(*layers, height=max(1, len(rows)) * step)


def upright_axis(label: str, frame: Frame) -> "alt.X":
    """The axis of upright bars: `décembre 2025` on two lines, some names left out where there is no room for all."""
    words = alt.Axis(
        labelAngle=0,
        labelOverlap="parity",
        labelColor=frame.look.ink,
        labelExpr="split(datum.label, ' ')",
        ticks=False,
    )
    return alt.X(f"{label}:N", sort=None, title=None, axis=words)


def tooltips(chart: Chart, frame: Frame) -> "list[alt.Tooltip]":
    """Every column of the table's row under the pointer."""
    return [alt.Tooltip(f"{one.id}_words:N", title=one.label.said(frame.lang)) for one in chart.table.columns]


def _thickness() -> "alt.ExprRef":
    return alt.ExprRef(expr=f"min({WIDEST_COLUMN}, bandwidth('x') * 0.72)")
