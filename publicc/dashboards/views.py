"""Own screens: a page, the drawing of a chart as JSON, a table as a file."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, cast

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from publicc.collective.access import Visitor, check_can_export
from publicc.collective.doors import for_members
from publicc.collective.trail import record
from publicc.dashboards.charts.drawing import MAP_KIND, specification
from publicc.dashboards.charts.maps import province_of
from publicc.dashboards.describing import chips, definitions, provenance, stamp
from publicc.dashboards.filters import said_as_sentence
from publicc.dashboards.page import Chart, DataTable, Screen
from publicc.dashboards.screens.quality import quality_screen
from publicc.dashboards.showing import Showing, show
from publicc.dashboards.wording import on_day
from publicc.dashboards.writing import Provenance, as_csv, as_xlsx
from publicc.intake.quality import kept_report, told_quality
from publicc.kernel.errors import NotFound
from publicc.kernel.text import Lang, Text, language
from publicc.store.home import Home
from publicc.store.snapshots import NoSnapshot

AREAS: Final = "areas/fsa_areas_{province}.topojson"
AREAS_FEATURE: Final = "fsa"
_FILES: Final = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}
_GONE: Final = Text("Cette page n'existe pas.", "This page does not exist.")


def _lang() -> Lang:
    return language(get_language())


def _asked(request: HttpRequest) -> Mapping[str, Sequence[str]]:
    return cast("Mapping[str, Sequence[str]]", dict(request.GET.lists()))


@for_members
@require_safe
def season(request: HttpRequest, who: Visitor) -> HttpResponse:
    """*Ma saison*."""
    return _page(request, who, "season")


@for_members
@require_safe
def audiences(request: HttpRequest, who: Visitor) -> HttpResponse:
    """*Mes publics*."""
    return _page(request, who, "audiences")


@for_members
@require_safe
def territories(request: HttpRequest, who: Visitor) -> HttpResponse:
    """*Territoires*."""
    return _page(request, who, "territories")


def _page(request: HttpRequest, who: Visitor, screen_id: str) -> HttpResponse:
    try:
        showing = show(who.scope, screen_id, _asked(request))
    except NoSnapshot:
        return render(request, "dashboards/empty.html", {"screen_id": screen_id})
    lang = _lang()
    return render(
        request,
        "dashboards/screen.html",
        {
            "screen": showing.screen,
            "filters": showing.filters,
            "chips": chips(showing.filters, showing.choices),
            "sentence": said_as_sentence(showing.filters, showing.choices, lang),
            "definitions": definitions(showing.screen.metrics),
            "stamp": stamp(showing),
            "query": showing.filters.query_string(),
            "slug": who.organization.slug,
        },
    )


@for_members
@require_safe
def chart(request: HttpRequest, who: Visitor, screen_id: str, chart_id: str) -> HttpResponse:
    """The Vega-Lite specification of one chart, with an ETag that changes with the snapshot, filters and language."""
    showing = show(who.scope, screen_id, _asked(request))
    drawn = showing.screen.chart(chart_id)
    if drawn is None:
        raise NotFound(_GONE)
    return _drawing(request, drawn, _tag(who, showing, chart_id))


def _drawing(request: HttpRequest, drawn: Chart, tag: str) -> HttpResponse:
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        areas = static(AREAS.format(province=province_of(drawn.table))) if drawn.kind == MAP_KIND else ""
        response = JsonResponse(specification(drawn, lang=_lang(), areas_url=areas, feature=AREAS_FEATURE))
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response


def _tag(who: Visitor, showing: Showing, chart_id: str) -> str:
    return _tag_of(
        who.organization.slug, showing.snapshot, showing.filters.query_string(), showing.screen.id, chart_id, _lang()
    )


def _tag_of(*parts: str) -> str:
    return f'"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


@for_members
@require_safe
def table(request: HttpRequest, who: Visitor, screen_id: str, *, table_id: str, form: str) -> HttpResponse:
    """One table of a screen as CSV or XLSX, with its definitions and stamp inside."""
    check_can_export(who)
    showing = show(who.scope, screen_id, _asked(request))
    found = showing.screen.table(table_id)
    if found is None:
        raise NotFound(_GONE)
    return _file(request, who, showing.screen, found, provenance(showing, found), form)


def _file(  # noqa: PLR0917 - what, for whom, in which form
    request: HttpRequest, who: Visitor, screen: Screen, found: DataTable, told: Provenance, form: str
) -> HttpResponse:
    if form not in _FILES:
        raise NotFound(_GONE)
    record(
        action="export_table",
        actor=request.user,
        organization=who.organization,
        object_id=f"{screen.id}/{found.id}.{form}",
    )
    kind, write = _FILES[form]
    return HttpResponse(
        write(found, told, _lang()),
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{screen.id}-{found.id}.{form}"'},
    )


@for_members
@require_safe
def quality(request: HttpRequest, who: Visitor) -> HttpResponse:
    """*Qualité et harmonisation*: the report of the last deposit."""
    told = kept_report(Home.from_environment(), who.organization.slug)
    if told is None:
        return render(request, "dashboards/empty.html", {"screen_id": "quality"})
    page = {
        "screen": quality_screen(told),
        "findings": told_quality(told, _lang(), findings_shown=len(told["findings"])).findings,
        "as_of": on_day(date.fromisoformat(told["as_of"])),
        "rows_read": told["rows_read"],
        "rows_refused": told["rows_refused"],
        "slug": who.organization.slug,
        "query": "",
    }
    return render(request, "dashboards/quality.html", page)


@for_members
@require_safe
def quality_chart(request: HttpRequest, who: Visitor, chart_id: str) -> HttpResponse:
    """The drawing of the dimensions, with an ETag that changes with the report."""
    told = _report_of(who)
    drawn = quality_screen(told).chart(chart_id)
    if drawn is None:
        raise NotFound(_GONE)
    return _drawing(request, drawn, _tag_of(who.organization.slug, json.dumps(told), chart_id, _lang()))


@for_members
@require_safe
def quality_table(request: HttpRequest, who: Visitor, *, table_id: str, form: str) -> HttpResponse:
    """One table of the report as CSV or XLSX."""
    check_can_export(who)
    told = _report_of(who)
    screen = quality_screen(told)
    found = screen.table(table_id)
    if found is None:
        raise NotFound(_GONE)
    provenance_told = Provenance(definitions=(), stamp=((Text("Rapport du", "Report of"), told["as_of"]),))
    return _file(request, who, screen, found, provenance_told, form)


def _report_of(who: Visitor) -> Mapping[str, Any]:
    told = kept_report(Home.from_environment(), who.organization.slug)
    if told is None:
        raise NotFound(_GONE)
    return told
