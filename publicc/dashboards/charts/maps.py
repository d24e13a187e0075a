"""The map of forward sortation areas: tickets by area in five steps of one hue, insets for Montréal and Québec.

Areas are approximate inhabited areas until the official ones are imported; the caption says so.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from publicc.dashboards.charts.bars import tooltips
from publicc.dashboards.charts.channels import inline
from publicc.dashboards.charts.look import Frame
from publicc.dashboards.charts.reading import rows_to_draw
from publicc.dashboards.charts.towns import TOWNS
from publicc.dashboards.page import Chart, DataTable
from publicc.directory.places import home_territories
from publicc.directory.territories import REGIONS
from publicc.kernel.cells import Shown
from publicc.kernel.formats import Unit, number
from publicc.kernel.later import later
from publicc.kernel.text import Lang, Text

if TYPE_CHECKING:
    import altair as alt
else:
    alt = later("altair")

_ONTARIO_LETTERS: Final = ("K", "L", "M", "N", "P")
_NICE: Final = (1, 2, 3, 5, 8, 10, 15, 20, 30, 50, 80)
GAP: Final = 12
BEYOND: Final = 8
"""Pixels around a frame within which areas are still drawn, so that the cut is not seen: beyond them, no outline."""
REGIONS_MAP: Final = "regions_map"
AROUND_100: Final = [50.0, 80.0, 125.0, 200.0]
"""Cuts of an index: half of what is usual, near it, double."""
NO_RATE: Final = Text("hors du territoire ou trop peu peuplé", "outside the territory or too few people")
WITHHELD: Final = Text("masqué, ou personne", "withheld, or nobody")
NOBODY: Final = Text("aucun", "none")
_KNOWN: Final = "known"
"""The name under which the figures of the areas stand once in the specification: each frame of the map reads them."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One frame of the map: a centre (longitude, latitude), a scale, a size in pixels."""

    key: str
    name: Text
    centre: tuple[float, float]
    scale: int
    width: int
    height: int


_MONTREAL: Final = Text("Montréal et environs", "Montréal area")
_QUEBEC: Final = Text("Québec et environs", "Québec City area")
_SOUTH: Final = Text("Le Québec habité", "Southern Québec")
_TORONTO: Final = Text("Toronto et environs", "Toronto area")
_OTTAWA: Final = Text("Ottawa et environs", "Ottawa area")
_SOUTH_ON: Final = Text("Le sud de l'Ontario", "Southern Ontario")
WIDE: Final[Mapping[str, tuple[Panel, ...]]] = {
    "qc": (
        Panel("metro", _MONTREAL, (-73.66, 45.53), 33000, 500, 472),
        Panel("south", _SOUTH, (-72.5, 46.95), 2450, 360, 270),
        Panel("capital", _QUEBEC, (-71.27, 46.83), 17000, 360, 170),
    ),
    "on": (
        Panel("metro", _TORONTO, (-79.40, 43.72), 28000, 500, 472),
        Panel("south", _SOUTH_ON, (-79.6, 44.2), 2800, 360, 270),
        Panel("capital", _OTTAWA, (-75.70, 45.38), 15000, 360, 170),
    ),
}
"""Province → frames: the first is the large one. Inhabited places must be readable, the empty north need not."""
NARROW: Final[Mapping[str, tuple[Panel, ...]]] = {
    "qc": (
        Panel("metro", _MONTREAL, (-73.66, 45.53), 22000, 320, 320),
        Panel("capital", _QUEBEC, (-71.27, 46.83), 15000, 320, 160),
        Panel("south", _SOUTH, (-72.5, 46.95), 2150, 320, 240),
    ),
    "on": (
        Panel("metro", _TORONTO, (-79.40, 43.72), 18000, 320, 320),
        Panel("capital", _OTTAWA, (-75.70, 45.38), 13000, 320, 160),
        Panel("south", _SOUTH_ON, (-79.6, 44.2), 2500, 320, 240),
    ),
}


def province_of(areas: DataTable) -> str:
    """The province whose areas the map draws: Ontario when most of the figure lives there, else Québec."""
    weights = {"on": 0.0, "qc": 0.0}
    for area, value, *_ in areas.rows:
        if isinstance(value, Shown):
            weights["on" if str(area).startswith(_ONTARIO_LETTERS) else "qc"] += float(value.value)
    return "on" if weights["on"] > weights["qc"] else "qc"


def drawn_province(chart: Chart) -> str:
    """The province that a map draws."""
    return "qc" if chart.kind == REGIONS_MAP else province_of(chart.table)


def choropleth(chart: Chart, frame: Frame, *, areas_url: str, feature: str) -> Any:  # noqa: ANN401 - Altair's union
    """The table's first column is the FSA, its second the figure that colours it; every column is in the tooltip.

    Of a map of regions, the first column is Québec's region, and every FSA of it has its colour.
    """
    province = drawn_province(chart)
    areas = alt.UrlData(url=areas_url, format=alt.TopoDataFormat(type="topojson", feature=feature))
    known, names = _known(chart, frame)
    drawn = _areas(chart, frame, areas, names)
    panels = [_panel(one, drawn, frame, province) for one in (NARROW if frame.narrow else WIDE)[province]]
    data = {_KNOWN: known}
    if frame.narrow:
        return alt.vconcat(*panels, spacing=GAP, datasets=data)
    first, second, third = panels
    return alt.hconcat(first, alt.vconcat(second, third, spacing=GAP), spacing=GAP, datasets=data)


def _known(chart: Chart, frame: Frame) -> tuple[list[dict[str, Any]], list[str]]:
    """What is known of each area, its step and its words and nothing else; then the names of the steps in order."""
    area, value = (column.id for column in chart.table.columns[:2])
    rows = rows_to_draw(chart.table, frame.lang)
    steps = AROUND_100 if _is_index(chart) else thresholds(sorted(row[value] for row in rows if row[value] is not None))
    names = step_names(steps, frame.lang)
    nobody = _nobody(chart, frame)
    for row in rows:
        row["step"] = names[bisect_right(steps, row[value])] if row[value] is not None else nobody
    if chart.kind == REGIONS_MAP:
        rows = _by_area(rows, area)
    wanted = dict.fromkeys((_area(chart), *_fields(chart)))
    return [{name: row[name] for name in wanted} for row in rows], names


def _is_index(chart: Chart) -> bool:
    return chart.table.columns[1].unit is Unit.INDEX


def _nobody(chart: Chart, frame: Frame) -> str:
    return (NO_RATE if _is_index(chart) else WITHHELD if chart.kind == REGIONS_MAP else NOBODY).said(frame.lang)


def _area(chart: Chart) -> str:
    """The column that names an area of the map."""
    return "fsa" if chart.kind == REGIONS_MAP else chart.table.columns[0].id


def _fields(chart: Chart) -> list[str]:
    return ["step", *(f"{column.id}_words" for column in chart.table.columns)]


def _areas(chart: Chart, frame: Frame, areas: "alt.UrlData", names: list[str]) -> Any:  # noqa: ANN401 - Altair's own union
    """Every area in the colour of its step, which the legend names in words; nobody there has a colour of its own."""
    nobody = _nobody(chart, frame)
    lookup = alt.LookupData(data=alt.NamedData(_KNOWN), key=_area(chart), fields=_fields(chart))
    legend = alt.Legend(
        title=chart.table.columns[1].label.said(frame.lang),
        orient="bottom",
        direction="horizontal",
        symbolType="square",
        symbolSize=180,
        symbolStrokeWidth=0,
        columns=3 if frame.narrow or chart.kind == REGIONS_MAP else 6,
    )
    ramp = frame.look.around if _is_index(chart) else frame.look.ramp[-len(names) :]
    scale = alt.Scale(domain=[nobody, *names], range=[frame.look.empty, *ramp])
    shapes = alt.Chart(areas).mark_geoshape(stroke=frame.look.paper, strokeWidth=0.5, clip=True)
    return shapes.transform_lookup(lookup="id", from_=lookup, default=nobody).encode(
        color=alt.Color("step:N", scale=scale, legend=legend), tooltip=tooltips(chart, frame)
    )


def _by_area(rows: list[dict[str, Any]], region: str) -> list[dict[str, Any]]:
    """The row of each region, once for every FSA whose people live in it."""
    told = {row[region]: row for row in rows}
    named = {code: told[name] for code, name in REGIONS.items() if name in told}
    return [{**named[code], "fsa": fsa} for fsa, code in home_territories().items() if code in named]


def _panel(panel: Panel, areas: Any, frame: Frame, province: str) -> Any:  # noqa: ANN401 - Altair's own union of charts
    """Areas and the names of towns in one frame, on a ground that tells land from the page."""
    look = frame.look
    towns = alt.Chart(inline(one for one in TOWNS if one["province"] == province and one[panel.key]))
    towns = towns.encode(
        longitude=alt.Longitude("longitude:Q"), latitude=alt.Latitude("latitude:Q"), text=alt.Text("name:N")
    )
    halo = towns.mark_text(stroke=look.paper, strokeWidth=3, strokeJoin="round", color=look.paper, clip=True)
    words = towns.mark_text(color=look.ink, clip=True)
    size = alt.Size(f"{panel.key}:O", scale=alt.Scale(domain=[1, 2, 3], range=[13, 11.5, 10.5]), legend=None)
    return (
        alt.layer(areas, halo.encode(size=size), words.encode(size=size))
        .project(
            type="mercator",
            center=list(panel.centre),
            scale=panel.scale,
            translate=[panel.width / 2, panel.height / 2],
            clipExtent=[[-BEYOND, -BEYOND], [panel.width + BEYOND, panel.height + BEYOND]],
        )
        .properties(
            width=panel.width,
            height=panel.height,
            view=alt.ViewConfig(fill=look.ground, stroke=None, cornerRadius=2),
            title=alt.TitleParams(
                panel.name.said(frame.lang), color=look.quiet, fontSize=12, fontWeight="normal", anchor="start"
            ),
        )
    )


def thresholds(values: list[float]) -> list[float]:
    """Up to four cuts near the quintiles of the shown values, at figures one can say: 5, 15, 30, 80."""
    cuts = [values[min(len(values) - 1, len(values) * k // 5)] for k in range(1, 5)] if values else []
    return sorted({_said_easily(cut) for cut in cuts if cut > 1})


def _said_easily(value: float) -> float:
    """The nearest figure of a short list, times a power of ten."""
    power = 1.0
    while value / power > _NICE[-1]:
        power *= 10
    return min((nice * power for nice in _NICE), key=lambda nice: abs(nice - value))


def step_names(steps: list[float], lang: Lang) -> list[str]:
    """The words of each step, weak to strong: `moins de 5`, `5 à 14`, `15 et plus`."""
    if not steps:
        return [Text("1 et plus", "1 or more").said(lang)]
    said = [number(step, lang) for step in steps]
    upto = [number(step - 1, lang) for step in steps[1:]]
    between = [
        a if a == b else Text("{a} à {b}", "{a} to {b}").said(lang, a=a, b=b) for a, b in zip(said, upto, strict=False)
    ]
    return [
        Text("moins de {n}", "under {n}").said(lang, n=said[0]),
        *between,
        Text("{n} et plus", "{n} or more").said(lang, n=said[-1]),
    ]
