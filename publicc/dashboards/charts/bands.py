"""Where each thing stands against its usual band, and two measures against one another."""

from typing import Any, Final

from publicc.dashboards.charts.bars import tooltips
from publicc.dashboards.charts.channels import inline
from publicc.dashboards.charts.look import Frame
from publicc.dashboards.charts.reading import axis_format, rows_to_draw
from publicc.dashboards.page import Chart
from publicc.kernel.formats import Unit
from publicc.kernel.later import later

alt = later("altair")

ROW_HEIGHT: Final = 26
ROW_HEIGHT_NARROW: Final = 42
MOST_ROWS: Final = 20
ROOM_FOR_NAMES: Final = 140
_SHAPES: Final = ["triangle-down", "circle", "triangle-up"]


def bands(chart: Chart, frame: Frame) -> Any:  # noqa: ANN401 - Altair's own union of charts
    """One row a thing: its usual band in grey, where it stands as a point whose shape and colour say on which side.

    Columns of the table: name, where it stands, low and high of the band; then whatever the tooltip should tell.
    """
    name, here, low, high = (column.id for column in chart.table.columns[:4])
    look = frame.look
    rows = [row for row in rows_to_draw(chart.table, frame.lang) if row[here] is not None][:MOST_ROWS]
    for row in rows:
        row["side"] = _side(row[here], row[low], row[high])
    names = None if frame.narrow else alt.Axis(labelLimit=300, labelColor=look.ink, domain=False, ticks=False)
    base = alt.Chart(inline(rows)).encode(
        y=alt.Y(f"{name}:N", sort=None, title=None, axis=names), tooltip=tooltips(chart, frame)
    )
    axis = alt.Axis(format=axis_format(chart.table.columns[1].unit), tickCount=5, grid=True, orient="top")
    x = alt.X(f"{here}:Q", title=None, axis=axis, scale=alt.Scale(zero=True))
    down = 10 if frame.narrow else 0
    usual = base.mark_bar(height=10, color=look.context, opacity=0.35, yOffset=down)
    side = alt.Scale(domain=["below", "within", "above"], range=_SHAPES)
    hue = alt.Scale(domain=["below", "within", "above"], range=[look.ours, look.quiet, look.below])
    points = base.mark_point(filled=True, size=90, opacity=1, yOffset=down).encode(
        x=x, shape=alt.Shape("side:N", scale=side, legend=None), color=alt.Color("side:N", scale=hue, legend=None)
    )
    layers = [usual.encode(x=alt.X(f"{low}:Q", title=None, axis=axis), x2=alt.X2(f"{high}:Q")), points]
    if frame.narrow:
        above = base.mark_text(align="left", dy=-10, color=look.ink, limit=300)
        layers.append(above.encode(x=alt.XValue(0), text=alt.Text(f"{name}:N")))
    step = ROW_HEIGHT_NARROW if frame.narrow else ROW_HEIGHT
    return alt.layer(*layers, height=max(1, len(rows)) * step)


def _side(here: float, low: float | None, high: float | None) -> str:
    if low is not None and here < low:
        return "below"
    return "above" if high is not None and here > high else "within"


def scatter(chart: Chart, frame: Frame) -> Any:  # noqa: ANN401 - Altair's own union of charts
    """One point a thing. Columns of the table: name, across, upwards; names are written where there is room."""
    name, across, upwards = chart.table.columns[:3]
    look = frame.look
    rows = [row for row in rows_to_draw(chart.table, frame.lang) if None not in {row[across.id], row[upwards.id]}]
    room = 0 if frame.narrow else ROOM_FOR_NAMES
    base = alt.Chart(inline(rows)).encode(
        x=alt.X(
            f"{across.id}:Q",
            title=across.label.said(frame.lang),
            scale=alt.Scale(zero=False, padding=20, range=[0, {"expr": f"width - {room}"}]),
            axis=alt.Axis(format="$,.2f" if across.unit is Unit.MONEY else axis_format(across.unit), tickCount=5),
        ),
        y=alt.Y(
            f"{upwards.id}:Q",
            title=None,
            scale=alt.Scale(zero=False, padding=16),
            axis=alt.Axis(format=axis_format(upwards.unit), tickCount=5, grid=True),
        ),
        tooltip=tooltips(chart, frame),
    )
    points = base.mark_point(filled=True, size=80, opacity=0.85, color=look.ours)
    if frame.narrow:
        return alt.layer(points, height=280)
    words = base.mark_text(align="left", dx=8, color=look.quiet, limit=150).encode(text=alt.Text(f"{name.id}:N"))
    return alt.layer(points, words, height=320)
