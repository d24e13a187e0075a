"""The map of forward sortation areas: tickets by area in five steps of one hue, insets for Montréal and Québec.

Areas are approximate inhabited areas until the official ones are imported; the caption says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import altair as alt

from publicc.dashboards.charts.look import Look
from publicc.dashboards.charts.reading import rows_to_draw
from publicc.dashboards.page import Chart, DataTable
from publicc.kernel.cells import Shown
from publicc.kernel.text import Lang, Text

_ONTARIO_LETTERS: Final = ("K", "L", "M", "N", "P")


@dataclass(frozen=True, slots=True)
class Panel:
    """One frame of the map: a centre (longitude, latitude), a scale, a size in pixels."""

    name: Text
    centre: tuple[float, float]
    scale: int
    width: int
    height: int


PANELS: Final[Mapping[str, tuple[Panel, ...]]] = {
    "qc": (
        Panel(Text("Montréal et environs", "Montréal area"), (-73.66, 45.54), 30000, 460, 420),
        Panel(Text("Sud du Québec", "Southern Québec"), (-72.0, 46.45), 2500, 320, 250),
        Panel(Text("Québec et environs", "Québec City area"), (-71.27, 46.83), 17000, 320, 140),
    ),
    "on": (
        Panel(Text("Toronto et environs", "Toronto area"), (-79.40, 43.72), 26000, 460, 420),
        Panel(Text("Sud de l'Ontario", "Southern Ontario"), (-79.6, 43.9), 2600, 320, 250),
        Panel(Text("Ottawa et environs", "Ottawa area"), (-75.70, 45.38), 15000, 320, 140),
    ),
}
"""Province → frames: the first is the large one. Inhabited places must be readable, the empty north need not."""


def province_of(areas: DataTable) -> str:
    """The province whose areas the map draws: Ontario when most of the figure lives there, else Québec."""
    weights = {"on": 0.0, "qc": 0.0}
    for area, value, *_ in areas.rows:
        if isinstance(value, Shown):
            weights["on" if str(area).startswith(_ONTARIO_LETTERS) else "qc"] += float(value.value)
    return "on" if weights["on"] > weights["qc"] else "qc"


def choropleth(chart: Chart, look: Look, lang: Lang, *, areas_url: str, feature: str) -> Any:  # noqa: ANN401 - Altair's union
    """The table's first column is the FSA, its second the figure that colours it; every column is in the tooltip."""
    area, value = (column.id for column in chart.table.columns[:2])
    rows = rows_to_draw(chart.table, lang)
    shown = sorted(row[value] for row in rows if row[value] is not None)
    steps = _thresholds(shown)
    fields = [value, *(f"{column.id}_words" for column in chart.table.columns)]
    lookup = alt.LookupData(data=alt.Data(values=rows), key=area, fields=fields)
    tooltip = [alt.Tooltip(f"{column.id}_words:N", title=column.label.said(lang)) for column in chart.table.columns]
    colour = alt.condition(
        f"isValid(datum.{value})",
        alt.Color(
            f"{value}:Q",
            scale=alt.Scale(type="threshold", domain=steps, range=list(look.ramp[-(len(steps) + 1) :])),
            legend=alt.Legend(title=chart.table.columns[1].label.said(lang), orient="bottom", format=",.0f"),
        ),
        alt.value(look.empty),
    )
    panels = []
    for panel in PANELS[province_of(chart.table)]:
        base = (
            alt.Chart(alt.UrlData(url=areas_url, format=alt.TopoDataFormat(type="topojson", feature=feature)))
            .mark_geoshape(stroke=look.paper, strokeWidth=0.5, clip=True)
            .transform_lookup(lookup="id", from_=lookup)
            .encode(color=colour, tooltip=tooltip)
            .project(
                type="mercator",
                center=list(panel.centre),
                scale=panel.scale,
                translate=[panel.width / 2, panel.height / 2],
            )
            .properties(
                width=panel.width,
                height=panel.height,
                title=alt.TitleParams(panel.name.said(lang), color=look.quiet, fontSize=12),
            )
        )
        panels.append(base)
    first, second, third = panels
    return alt.hconcat(first, alt.vconcat(second, third, spacing=12), spacing=16)


def _thresholds(values: list[float]) -> list[float]:
    """Up to four cuts at the quintiles of the shown values, without repeats."""
    cuts = [values[min(len(values) - 1, len(values) * k // 5)] for k in range(1, 5)] if values else []
    return sorted({cut for cut in cuts if cut > 0})
