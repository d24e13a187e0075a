"""What pages answer with beside pages: drawings, pictures and files, each told whose figures they are."""

import hashlib
import json
from pathlib import Path
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from publicc.collective.access import Visitor
from publicc.collective.trail import record
from publicc.dashboards.charts.drawing import MAP_KINDS, picture, specification
from publicc.dashboards.charts.maps import drawn_province
from publicc.dashboards.page import Chart, DataTable, Screen, Spec
from publicc.dashboards.writing import Provenance, as_csv, as_xlsx
from publicc.directory.areas import fsa_topojson_path
from publicc.directory.official.layers import Layer
from publicc.kernel.errors import NotFound
from publicc.kernel.text import Lang, Text, language
from publicc.store.home import Home
from publicc.store.shelf import Shelf

AREAS: Final = "areas/fsa_areas_{province}.topojson"
AREAS_FEATURE: Final = "fsa"
_FILES: Final = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}
_PICTURES: Final = {"png": "image/png", "svg": "image/svg+xml"}
GONE: Final = Text("Cette page n'existe pas.", "This page does not exist.")


def lang() -> Lang:
    """The language of the page."""
    return language(get_language())


def drawn_of(screen: Screen, chart_id: str) -> Chart:
    """A chart of a screen. Raises NotFound when it has none of that id."""
    drawn = screen.chart(chart_id)
    if drawn is None:
        raise NotFound(GONE)
    return drawn


def _areas_address(slug: str, province: str) -> str:
    """Where the page finds the areas of a map: for members, official limits once imported; else what is shipped."""
    shelf = Shelf.of(Home.from_environment())
    if not slug or shelf.file(Layer.FSA_LIMITS, Path(AREAS.format(province=province)).name) is None:
        return static(AREAS.format(province=province))
    version = shelf.imported()[Layer.FSA_LIMITS].version
    return reverse("limits", kwargs={"slug": slug, "version": version, "province": province})


def drawing(request: HttpRequest, slug: str, drawn: Chart, tag: str) -> HttpResponse:
    """The Vega-Lite specification of a chart, or 304 when the reader holds it already."""
    narrow = request.GET.get("room") == "narrow"
    tag = f'{tag[:-1]}-narrow"' if narrow else tag
    held = get_conditional_response(request, etag=tag)
    if held is not None:
        response: HttpResponse = held
    else:
        areas = _areas_address(slug, drawn_province(drawn)) if drawn.kind in MAP_KINDS else ""
        told = specification(drawn, lang=lang(), narrow=narrow, areas_url=areas, feature=AREAS_FEATURE)
        response = JsonResponse(told)
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response


def picture_file(screen: Screen, chart_id: str, form: str, said: str) -> HttpResponse:
    """A chart as PNG or SVG, saying whose figures they are."""
    drawn = drawn_of(screen, chart_id)
    if form not in _PICTURES:
        raise NotFound(GONE)
    return HttpResponse(
        picture(drawn, "svg" if form == "svg" else "png", lang=lang(), said=said, areas=areas_of(drawn)),
        content_type=_PICTURES[form],
        headers={"Content-Disposition": f'attachment; filename="{screen.id}-{chart_id}.{form}"'},
    )


def areas_of(drawn: Chart) -> Spec | None:
    """The areas of a map, as data."""
    if drawn.kind not in MAP_KINDS:
        return None
    province = drawn_province(drawn)
    official = Shelf.of(Home.from_environment()).file(Layer.FSA_LIMITS, f"fsa_areas_{province}.topojson")
    areas: Spec = json.loads((official or fsa_topojson_path(province)).read_text(encoding="utf-8"))
    return areas


def tag_of(*parts: str) -> str:
    """An ETag that changes with any of the parts."""
    return f'"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


def table_file(  # noqa: PLR0917 - what, for whom, in which form
    request: HttpRequest, who: Visitor, screen: Screen, found: DataTable, told: Provenance, form: str
) -> HttpResponse:
    """A table as CSV or XLSX; the trail keeps who took it."""
    written = table_bytes(screen, found, told, form)
    record(
        action="export_table",
        actor=request.user,
        organization=who.organization,
        object_id=f"{screen.id}/{found.id}.{form}",
    )
    return written


def table_bytes(screen: Screen, found: DataTable, told: Provenance, form: str) -> HttpResponse:
    """A table as CSV or XLSX, for anybody: nothing is told to a trail. Raises NotFound for another form."""
    if form not in _FILES:
        raise NotFound(GONE)
    kind, write = _FILES[form]
    return HttpResponse(
        write(found, told, lang()),
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{screen.id}-{found.id}.{form}"'},
    )
