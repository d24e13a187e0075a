"""Charts of documents: the drawings of the screens, on white paper, in the organization's colour, as SVG or PNG."""

import re
import threading
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any, Final, Literal

import typst
import vl_convert
from django.core.cache import caches

from publicc.dashboards.charts.drawing import D3_LOCALES, MAP_KINDS, PICTURE_FEATURE, put_areas, specification
from publicc.dashboards.charts.look import PRINT, Look, config
from publicc.dashboards.keeping import kept_under
from publicc.dashboards.page import Chart, Spec
from publicc.dashboards.responses import areas_of
from publicc.kernel.text import Lang
from publicc.store.home import Home
from publicc.store.shelf import Shelf

DRAWINGS_CACHE: Final = "drawings"
FONT: Final = "Source Sans Pro"
WIDTH: Final = 660
"""Pixels across the text of a page."""
DOTS_PER_INCH: Final = 192
"""Two dots a pixel of the drawing."""
_ALONE: Final = b'#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("drawn.svg")'
_OUTLINE: Final = re.compile(r' d="[^"]*"')
_FRACTION: Final = re.compile(r"(\.\d)\d+")
_MARK_WORDS: Final = re.compile(r' aria-label="[^"]*" role="graphics-symbol" aria-roledescription="[^"]*"')
_ready = threading.Lock()


def paper(colour: str) -> Look:
    """The colours of files, own figures in the organization's own; the paper is white."""
    return replace(PRINT, ours=colour, ours_soft=_mixed(colour, 0.45), paper="#ffffff", ramp=_ramp(colour))


def _ramp(colour: str) -> tuple[str, ...]:
    """Five steps of the colour, weak to strong."""
    return (*(_mixed(colour, share) for share in (0.88, 0.66, 0.42, 0.18)), _darker(colour))


def _mixed(colour: str, white: float) -> str:
    return "#" + "".join(f"{round(int(colour[at : at + 2], 16) * (1 - white) + 255 * white):02x}" for at in (1, 3, 5))


def _darker(colour: str) -> str:
    return "#" + "".join(f"{round(int(colour[at : at + 2], 16) * 0.75):02x}" for at in (1, 3, 5))


@cache
def font_folder() -> str:
    """Where the typeface of documents is: the same on every machine, so that a document is too."""
    folder = str(files("font_source_sans_pro") / "files")
    with _ready:
        vl_convert.register_font_directory(folder)
    return folder


def drawn(chart: Chart, form: Literal["png", "svg"], *, lang: Lang, look: Look, width: int = WIDTH) -> bytes:
    """The chart without its title, which the document writes. A map takes its own size. Drawn once, then kept."""
    shelf = Shelf.of(Home.from_environment())
    key = kept_under(repr(chart), form, lang, look, width, shelf.version_of(), version("vl-convert-python"))
    kept = caches[DRAWINGS_CACHE].get(key)
    if kept is None:
        kept = _picture(_specified(chart, lang, look, width), form, lang)
        caches[DRAWINGS_CACHE].set(key, kept)
    return bytes(kept)


def _specified(chart: Chart, lang: Lang, look: Look, width: int) -> Spec:
    font_folder()
    spec = specification(chart, lang=lang, look=look, areas_url="areas", feature=PICTURE_FEATURE)
    areas = areas_of(chart)
    if areas is not None:
        put_areas(spec, areas)
    if "width" in spec:
        spec["width"] = width
        spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    spec["config"] = {**config(look), "font": FONT, "background": None}
    spec["padding"] = 2
    return spec


def _picture(spec: Spec, form: Literal["png", "svg"], lang: Lang) -> bytes:
    """The drawing; as PNG, by the writer of the PDF: on a map its rasterizer takes a tenth of vl-convert's time."""
    svg = _light(str(vl_convert.vegalite_to_svg(spec, format_locale=D3_LOCALES[lang]))).encode()
    if form == "svg":
        return svg
    pages = typst.compile(
        {"main.typ": _ALONE, "drawn.svg": svg}, format="png", ppi=DOTS_PER_INCH, font_paths=typeface(system=True)
    )
    return bytes(pages[0] if isinstance(pages, list) else pages)


def _light(svg: str) -> str:
    """The same drawing, its outlines to a tenth of a pixel; a document says the words of a chart beside it."""
    return _OUTLINE.sub(lambda one: _FRACTION.sub(r"\1", one[0]), _MARK_WORDS.sub("", svg))


@cache
def typeface(*, system: bool) -> Any:  # noqa: ANN401 - typst's own
    """The typeface of documents, read once a process; what it lacks is written with the machine's own (`system`)."""
    return typst.Fonts(include_system_fonts=system, include_embedded_fonts=True, font_paths=[font_folder()])


def is_map(chart: Chart) -> bool:
    """Whether the chart is a map, which slides hold as a picture."""
    return chart.kind in MAP_KINDS
