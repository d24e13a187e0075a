"""Tables drawn as heat: rows × columns with the figure written in each cell, empty where there is none."""

from typing import TYPE_CHECKING, Any

from publicc.dashboards.charts.channels import either, inline
from publicc.dashboards.charts.look import Frame
from publicc.dashboards.charts.reading import rows_to_draw
from publicc.dashboards.page import Chart
from publicc.kernel.later import later

if TYPE_CHECKING:
    import altair as alt
else:
    alt = later("altair")

CELL_HEIGHT = 34


def heat(chart: Chart, frame: Frame) -> Any:  # noqa: ANN401 - Altair's own union of charts
    """First column names the rows; every other column is one column of cells, all in the same unit."""
    cells = _cells(chart, frame)
    highest = max((c["value"] for c in cells if c["value"] is not None), default=1) or 1
    scale = alt.Scale(type="quantize", range=list(frame.look.ramp), domain=[0, highest])
    return _grid(chart, frame, cells, scale, f"datum.value > {highest * 0.55}")


def differences(chart: Chart, frame: Frame) -> Any:  # noqa: ANN401 - Altair's own union of charts
    """The same grid around zero: one hue for more, another for less, neutral between."""
    cells = _cells(chart, frame)
    reach = max((abs(c["value"]) for c in cells if c["value"] is not None), default=1) or 1
    scale = alt.Scale(type="quantize", range=list(frame.look.around), domain=[-reach, reach])
    return _grid(chart, frame, cells, scale, f"abs(datum.value) > {reach * 0.6}")


def _cells(chart: Chart, frame: Frame) -> list[dict[str, Any]]:
    lang = frame.lang
    name, *columns = chart.table.columns
    return [
        {
            "row": row[name.id],
            "column": column.label.said(lang),
            "value": row[column.id],
            "words": row[f"{column.id}_words"] if row[column.id] is not None else "",
        }
        for row in rows_to_draw(chart.table, lang)
        for column in columns
    ]


def _grid(chart: Chart, frame: Frame, cells: list[dict[str, Any]], scale: "alt.Scale", strong: str) -> Any:  # noqa: ANN401, PLR0917 - Altair's own union of charts; what a grid is made of
    look, columns = frame.look, chart.table.columns[1:]
    base = alt.Chart(inline(cells)).encode(
        x=alt.X(
            "column:N", sort=None, title=None, axis=alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False)
        ),
        y=alt.Y("row:N", sort=None, title=None, axis=alt.Axis(labelColor=look.ink)),
        tooltip=[
            alt.Tooltip("row:N", title=" "),
            alt.Tooltip("column:N", title=" "),
            alt.Tooltip("words:N", title=" "),
        ],
    )
    boxes = base.mark_rect(stroke=look.paper, strokeWidth=2).encode(
        color=alt.condition(
            "isValid(datum.value)",
            alt.Color("value:Q", scale=scale, legend=None),
            alt.value(look.empty),
        )
    )
    words = base.mark_text(fontSize=12).encode(
        text=alt.Text("words:N"), color=either(alt.ColorValue, strong, look.paper, look.ink)
    )
    layers = [boxes, words] if len(columns) <= 12 else [boxes]
    return alt.layer(*layers, height=max(1, len(chart.table.rows)) * CELL_HEIGHT)
