"""From a chart to its specification: finds the drawing of its kind, adds the look. Also pictures, without a browser."""

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

import vl_convert

from publicc.dashboards.charts.bars import columns_in_time, ranked_bars, shares
from publicc.dashboards.charts.curves import season_curves
from publicc.dashboards.charts.grids import heat
from publicc.dashboards.charts.lines import indices
from publicc.dashboards.charts.look import PAGE, PRINT, Look, config
from publicc.dashboards.charts.maps import choropleth
from publicc.dashboards.page import Chart, Spec
from publicc.kernel.text import Lang

PLAIN_KINDS: Final[Mapping[str, Callable[[Chart, Look, Lang], Any]]] = {
    "ranked_bars": ranked_bars,
    "columns_in_time": columns_in_time,
    "shares": shares,
    "season_curves": season_curves,
    "heat": heat,
    "indices": indices,
}
MAP_KIND: Final = "choropleth"
_D3_LOCALES: Final[dict[Lang, Literal["fr-CA", "en-CA"]]] = {"fr": "fr-CA", "en": "en-CA"}


def specification(chart: Chart, *, lang: Lang, look: Look = PAGE, areas_url: str = "", feature: str = "") -> Spec:
    """The Vega-Lite specification of a chart. `areas_url` is where the page finds the areas of a map."""
    if chart.kind == MAP_KIND:
        drawn = choropleth(chart, look, lang, areas_url=areas_url, feature=feature)
    else:
        drawn = PLAIN_KINDS[chart.kind](chart, look, lang).properties(width="container")
    spec: Spec = drawn.to_dict()
    spec["description"] = chart.summary.said(lang)
    return spec


def picture(chart: Chart, *, lang: Lang, width: int = 900, areas: Spec | None = None, feature: str = "") -> bytes:
    """The chart as PNG on white paper, title and subtitle inside. `areas` is the TopoJSON of a map, as data."""
    spec = specification(chart, lang=lang, look=PRINT, areas_url="areas", feature=feature)
    if areas is not None:
        _put_areas(spec, areas)
    if "width" in spec:
        spec["width"] = width
    spec["config"] = {**config(PRINT), "background": PRINT.paper}
    spec["padding"] = 24
    spec["title"] = {
        "text": chart.title.said(lang),
        "subtitle": chart.subtitle.said(lang),
        "anchor": "start",
        "fontSize": 18,
        "subtitleFontSize": 13,
        "offset": 16,
    }
    png: bytes = vl_convert.vegalite_to_png(spec, scale=2, format_locale=_D3_LOCALES[lang])
    return png


def _put_areas(node: Any, areas: Spec) -> None:  # noqa: ANN401 - walks any JSON
    """Replace the address of the areas by the areas themselves, wherever the specification asks for them."""
    if isinstance(node, dict):
        if node.get("url") == "areas":
            node.pop("url")
            node["values"] = areas
        for child in node.values():
            _put_areas(child, areas)
    elif isinstance(node, list):
        for child in node:
            _put_areas(child, areas)
