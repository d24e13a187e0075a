"""One's own figures beside the middle half of the peers and their median."""

from typing import Any, Final

from publicc.dashboards.charts.bars import tooltips
from publicc.dashboards.charts.channels import inline
from publicc.dashboards.charts.look import Frame
from publicc.dashboards.charts.reading import axis_format, rows_to_draw
from publicc.dashboards.page import Chart
from publicc.kernel.later import later

alt = later("altair")

ROW_HEIGHT: Final = 30
ROW_HEIGHT_NARROW: Final = 46


def beside_peers(chart: Chart, frame: Frame) -> Any:  # noqa: ANN401 - Altair's own union of charts
    """One row a figure: a grey bar for the middle half of peers, a stroke for their median, a point for one's own.

    Columns of the table: name, own, median, low and high of the middle half; then whatever the tooltip should tell.
    """
    name, own, median, low, high = (column.id for column in chart.table.columns[:5])
    look = frame.look
    rows = [row for row in rows_to_draw(chart.table, frame.lang) if row[own] is not None and row[median] is not None]
    names = None if frame.narrow else alt.Axis(labelLimit=300, labelColor=look.ink, domain=False, ticks=False)
    base = alt.Chart(inline(rows)).encode(
        y=alt.Y(f"{name}:N", sort=None, title=None, axis=names), tooltip=tooltips(chart, frame)
    )
    axis = alt.Axis(format=axis_format(chart.table.columns[1].unit), tickCount=5, grid=True, orient="top")
    down = 10 if frame.narrow else 0
    half = base.mark_bar(height=12, color=look.context, opacity=0.35, yOffset=down)
    stroke = base.mark_tick(thickness=3, height=20, color=look.context, opacity=1, yOffset=down)
    point = base.mark_point(filled=True, size=100, shape="diamond", color=look.ours, opacity=1, yOffset=down)
    layers = [
        half.transform_filter(f"isValid(datum['{low}'])").encode(
            x=alt.X(f"{low}:Q", title=None, axis=axis), x2=alt.X2(f"{high}:Q")
        ),
        stroke.encode(x=alt.X(f"{median}:Q", title=None, axis=axis)),
        point.encode(x=alt.X(f"{own}:Q", title=None, axis=axis, scale=alt.Scale(zero=True))),
    ]
    if frame.narrow:
        above = base.mark_text(align="left", dy=-12, color=look.ink, limit=300)
        layers.append(above.encode(x=alt.XValue(0), text=alt.Text(f"{name}:N")))
    step = ROW_HEIGHT_NARROW if frame.narrow else ROW_HEIGHT
    return alt.layer(*layers, height=max(1, len(rows)) * step)
