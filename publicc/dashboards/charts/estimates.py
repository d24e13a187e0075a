"""Shares with what they may be off by: a bar, its interval as a line across its end, the figure in words."""

from typing import TYPE_CHECKING, Any

from publicc.dashboards.charts.bars import ROW_HEIGHT, ROW_HEIGHT_NARROW, tooltips
from publicc.dashboards.charts.channels import either, inline
from publicc.dashboards.charts.look import Frame
from publicc.dashboards.charts.reading import rows_to_draw
from publicc.dashboards.page import Chart
from publicc.kernel.formats import number
from publicc.kernel.later import later
from publicc.kernel.text import Lang

if TYPE_CHECKING:
    import altair as alt
else:
    alt = later("altair")

ROOM_FOR_WORDS = 132
"""Pixels kept beyond the highest interval for the figure and its interval in words."""


def estimates(chart: Chart, frame: Frame) -> Any:  # noqa: ANN401 - Altair's own union of charts
    """Bars of the table's first figure, its second and third the ends of its interval, in the table's order."""
    label, value, low, high = (column.id for column in chart.table.columns[:4])
    look, rows = frame.look, rows_to_draw(chart.table, frame.lang)
    for row in rows:
        known = row[low] is not None and row[high] is not None
        row["said"] = (
            f"{row[f'{value}_words']}  ({_bare(row[low], frame.lang)}–{row[f'{high}_words']})" if known else ""
        )
    names = None if frame.narrow else alt.Axis(labelLimit=260, labelColor=look.ink, domain=False, ticks=False)
    base = alt.Chart(inline(rows)).encode(
        y=alt.Y(f"{label}:N", sort=None, title=None, axis=names), tooltip=tooltips(chart, frame)
    )
    top = max((row[high] or 0.0 for row in rows), default=0.0) or 1.0
    scale = alt.Scale(domain=[0, top], range=[0, {"expr": f"width - {ROOM_FOR_WORDS}"}], nice=False)
    x = alt.X(f"{value}:Q", title=None, axis=None, scale=scale)
    ends = {"x": alt.X(f"{low}:Q", title=None, axis=None, scale=scale), "x2": alt.X2(f"{high}:Q")}
    height, down = (12, 9) if frame.narrow else (16, 0)
    colour = either(alt.ColorValue, f"datum.{value}_state == 'fragile'", look.ours_soft, look.ours)
    layers = [
        base.mark_bar(height=height, yOffset=down).encode(x=x, color=colour),
        base.mark_rule(color=look.ink, strokeWidth=1.5, yOffset=down).encode(**ends),
        base.mark_text(align="left", dx=6, dy=down, color=look.ink).encode(
            x=alt.X(f"{high}:Q", title=None, axis=None, scale=scale), text=alt.Text("said:N")
        ),
    ]
    if frame.narrow:
        above = base.mark_text(align="left", baseline="middle", dy=-10, color=look.ink, limit=300)
        layers.append(above.encode(x=alt.XValue(0), text=alt.Text(f"{label}:N")))
    step = ROW_HEIGHT_NARROW if frame.narrow else ROW_HEIGHT
    return alt.layer(*layers, height=max(1, len(rows)) * step)


def _bare(share: float, lang: Lang) -> str:
    """A share as a whole number of hundredths, its sign written once after the end of the interval."""
    return number(100 * share, lang)
