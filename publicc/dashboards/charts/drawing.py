"""From a chart to its specification: finds the drawing of its kind, adds the look. Also pictures, without a browser."""

import re
import textwrap
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

import vl_convert

from publicc.dashboards.charts.bands import bands, scatter
from publicc.dashboards.charts.bars import columns_in_time, contributions, ranked_bars, shares
from publicc.dashboards.charts.curves import build_up, season_curves
from publicc.dashboards.charts.estimates import estimates
from publicc.dashboards.charts.grids import differences, heat
from publicc.dashboards.charts.lines import indices
from publicc.dashboards.charts.look import PAGE, PRINT, Frame, Look, config
from publicc.dashboards.charts.maps import REGIONS_MAP, choropleth
from publicc.dashboards.charts.peers import beside_peers
from publicc.dashboards.page import Chart, Spec
from publicc.kernel.later import later
from publicc.kernel.text import Lang

schemas = later("altair.utils.schemapi")

PLAIN_KINDS: Final[Mapping[str, Callable[[Chart, Frame], Any]]] = {
    "ranked_bars": ranked_bars,
    "columns_in_time": columns_in_time,
    "shares": shares,
    "estimates": estimates,
    "contributions": contributions,
    "season_curves": season_curves,
    "build_up": build_up,
    "heat": heat,
    "differences": differences,
    "indices": indices,
    "bands": bands,
    "scatter": scatter,
    "beside_peers": beside_peers,
}
MAP_KIND: Final = "choropleth"
MAP_KINDS: Final = (MAP_KIND, REGIONS_MAP)
_OUTLINE: Final = re.compile(r' d="([^"]*)"')
_FRACTION: Final = re.compile(r"\.\d+")
_AREA_WORDS: Final = re.compile(r' aria-label="[^"]*" role="graphics-symbol" aria-roledescription="geoshape"')
PICTURE_WIDTH: Final = 900
PICTURE_FEATURE: Final = "fsa"
D3_LOCALES: Final[dict[Lang, Literal["fr-CA", "en-CA"]]] = {"fr": "fr-CA", "en": "en-CA"}


def specification(
    chart: Chart, *, lang: Lang, look: Look = PAGE, narrow: bool = False, areas_url: str = "", feature: str = ""
) -> Spec:
    """The Vega-Lite specification of a chart. `areas_url` is where the page finds the areas of a map."""
    frame = Frame(look, lang, narrow)
    with schemas.debug_mode(arg=False):  # a test holds ours to the schema: checking takes longer than drawing
        if chart.kind in MAP_KINDS:
            drawn = choropleth(chart, frame, areas_url=areas_url, feature=feature)
        else:
            drawn = PLAIN_KINDS[chart.kind](chart, frame)
        spec: Spec = drawn.to_dict(validate=False)
    if chart.kind not in MAP_KINDS:
        spec["width"] = "container"
    spec["description"] = chart.summary.said(lang)
    return spec


def picture(
    chart: Chart, form: Literal["png", "svg"], *, lang: Lang, said: str = "", areas: Spec | None = None
) -> bytes:
    """The chart as PNG or SVG on white paper, with its title and subtitle, then `said` (whose, when, from which data).

    `areas` is the TopoJSON of a map, as data.
    """
    spec = specification(chart, lang=lang, look=PRINT, areas_url="areas", feature=PICTURE_FEATURE)
    if areas is not None:
        put_areas(spec, areas)
    if "width" in spec:
        spec["width"] = PICTURE_WIDTH
    spec["config"] = {**config(PRINT), "background": PRINT.paper}
    spec["padding"] = 24
    spec["title"] = {
        "text": _lines(chart.title.said(lang), 76),
        "subtitle": [*_lines(chart.subtitle.said(lang), 118), *([said] if said else [])],
        "anchor": "start",
        "fontSize": 18,
        "subtitleFontSize": 13,
        "subtitleColor": PRINT.quiet,
        "subtitlePadding": 6,
        "offset": 16,
    }
    locale = D3_LOCALES[lang]
    if form == "svg":
        return str(vl_convert.vegalite_to_svg(spec, format_locale=locale)).encode()
    return bytes(vl_convert.vegalite_to_png(spec, scale=2, format_locale=locale))


def still(chart: Chart, width: int, *, lang: Lang, narrow: bool = False, areas: Spec | None = None) -> str:
    """The chart as SVG to be put in a page without any script: its colours are the page's own."""
    spec = specification(chart, lang=lang, narrow=narrow, areas_url="areas", feature=PICTURE_FEATURE)
    if areas is not None:
        put_areas(spec, areas)
    if "width" in spec:
        spec["width"] = width
        spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    spec["config"] = config(PAGE)
    drawn = str(vl_convert.vegalite_to_svg(spec, format_locale=D3_LOCALES[lang]))
    if chart.kind in MAP_KINDS:  # hundreds of outlines: whole pixels, and no words of their own
        return _OUTLINE.sub(lambda one: f' d="{_FRACTION.sub("", one[1])}"', _AREA_WORDS.sub("", drawn))
    return drawn


def _lines(words: str, longest: int) -> list[str]:
    """A title cut where it must turn to the next line; figures keep their unit beside them."""
    return textwrap.wrap(words, longest, break_long_words=False, break_on_hyphens=False) or [""]


def put_areas(node: Any, areas: Spec) -> None:  # noqa: ANN401 - walks any JSON
    """Replace the address of the areas by the areas themselves, wherever the specification asks for them."""
    if isinstance(node, dict):
        if node.get("url") == "areas":
            node.pop("url")
            node["values"] = areas
        for child in node.values():
            put_areas(child, areas)
    elif isinstance(node, list):
        for child in node:
            put_areas(child, areas)
