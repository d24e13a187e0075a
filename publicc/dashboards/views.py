"""Own screens: a page, the drawing of a chart as JSON, a table as a file."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final, cast

from django.contrib import messages
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe
from django_htmx.middleware import HtmxDetails

from publicc.collective.access import Visitor, can_export, check_can_export
from publicc.collective.doors import for_members
from publicc.collective.trail import record
from publicc.dashboards.charts.drawing import MAP_KIND, picture, specification
from publicc.dashboards.charts.maps import province_of
from publicc.dashboards.describing import chips, defined, definitions, provenance, staleness, stamp, without_filters
from publicc.dashboards.glossary import WORDS
from publicc.dashboards.keeping import SCREENS_CACHE
from publicc.dashboards.page import Chart, DataTable, Screen, Spec
from publicc.dashboards.questions import QUESTIONS
from publicc.dashboards.saved import forget_view, keep_view, may_forget, views_for
from publicc.dashboards.screens.quality import quality_screen
from publicc.dashboards.showing import Showing, show
from publicc.dashboards.welcome import empty_page
from publicc.dashboards.wording import on_day
from publicc.dashboards.writing import Provenance, as_csv, as_xlsx
from publicc.directory.areas import fsa_topojson_path
from publicc.directory.official.layers import Layer
from publicc.intake.quality import kept_report, told_quality
from publicc.kernel.errors import NotFound
from publicc.kernel.text import Lang, Text, language
from publicc.metrics.registry import METRICS
from publicc.store.home import Home
from publicc.store.shelf import Shelf
from publicc.store.snapshots import NoSnapshot

AREAS: Final = "areas/fsa_areas_{province}.topojson"
AREAS_FEATURE: Final = "fsa"
_FILES: Final = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}
_PICTURES: Final = {"png": "image/png", "svg": "image/svg+xml"}
_GONE: Final = Text("Cette page n'existe pas.", "This page does not exist.")


def _lang() -> Lang:
    return language(get_language())


def _asked(request: HttpRequest) -> Mapping[str, Sequence[str]]:
    return cast("Mapping[str, Sequence[str]]", dict(request.GET.lists()))


@for_members
@require_safe
def answers(request: HttpRequest, who: Visitor) -> HttpResponse:
    """*En bref*: every question with its one answer, under the same filters; the proof is one click away."""
    try:
        told = [(question, show(who.scope, screen_id, _asked(request))) for screen_id, question in QUESTIONS.items()]
    except NoSnapshot:
        return empty_page(request, who)
    first = told[0][1]
    if not first.choices.seasons:
        return empty_page(request, who)
    page = {
        "layout": _layout(request),
        "answers": [(question, showing.screen) for question, showing in told],
        "filters": first.filters,
        "chips": chips(first.filters, first.choices),
        "clear": without_filters(first.filters, first.choices),
        "stale": staleness(first),
        "stamp": stamp(first),
        "query": first.filters.query_string(),
        "slug": who.organization.slug,
        "kept": [(view, may_forget(view, who, request.user)) for view in views_for(who, request.user)],
    }
    return render(request, "dashboards/answers.html", page)


@for_members
@require_POST
def keep(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Keep the view under a name, and come back to it."""
    told = request.POST
    kept = keep_view(
        who=who,
        by=request.user,
        name=told.get("name", ""),
        screen=told.get("screen", ""),
        query=told.get("query", ""),
        shared=told.get("shared") == "on",
    )
    told_kept = Text("La vue « {name} » est gardée dans En bref.", "The view “{name}” is kept in In brief.")
    messages.success(request, told_kept.said(_lang(), name=kept.name))
    return redirect(f"{reverse(kept.screen, args=[who.organization.slug])}?{kept.query}")


@for_members
@require_POST
def forget(request: HttpRequest, who: Visitor, view_id: str) -> HttpResponse:
    """Forget a view."""
    forget_view(who=who, by=request.user, view_id=view_id)
    messages.success(request, Text("La vue est retirée.", "The view is removed.").said(_lang()))
    return redirect("answers", who.organization.slug)


@for_members
@require_safe
def season(request: HttpRequest, who: Visitor) -> HttpResponse:
    """*Ma saison*."""
    return _page(request, who, "season")


@for_members
@require_safe
def pace(request: HttpRequest, who: Visitor) -> HttpResponse:
    """*Rythme de vente*."""
    return _page(request, who, "pace")


@for_members
@require_safe
def prices(request: HttpRequest, who: Visitor) -> HttpResponse:
    """*Prix*."""
    return _page(request, who, "prices")


@for_members
@require_safe
def audiences(request: HttpRequest, who: Visitor) -> HttpResponse:
    """*Mes publics*."""
    return _page(request, who, "audiences")


@for_members
@require_safe
def segments(request: HttpRequest, who: Visitor) -> HttpResponse:
    """*Segments*."""
    return _page(request, who, "segments")


@for_members
@require_safe
def show_page(request: HttpRequest, who: Visitor) -> HttpResponse:
    """*Fiche spectacle*: the shows, or one of them."""
    return _page(request, who, "show")


@for_members
@require_safe
def territories(request: HttpRequest, who: Visitor) -> HttpResponse:
    """*Territoires*."""
    return _page(request, who, "territories")


@for_members
@require_safe
def non_publics(request: HttpRequest, who: Visitor) -> HttpResponse:
    """*Non-publics*."""
    return _page(request, who, "non-publics")


def _page(request: HttpRequest, who: Visitor, screen_id: str) -> HttpResponse:
    try:
        showing = show(who.scope, screen_id, _asked(request))
    except NoSnapshot:
        return empty_page(request, who)
    if not showing.choices.seasons:
        return empty_page(request, who)
    return render(
        request,
        "dashboards/screen.html",
        {
            "layout": _layout(request),
            "kept_under": f"{showing.key} {_lang()} {can_export(who)}",
            "kept_seconds": caches[SCREENS_CACHE].default_timeout,
            "screen": showing.screen,
            "filters": showing.filters,
            "chips": partial(chips, showing.filters, showing.choices),
            "clear": without_filters(showing.filters, showing.choices),
            "definitions": partial(definitions, showing),
            "stamp": partial(stamp, showing),
            "stale": partial(staleness, showing),
            "query": showing.filters.query_string(),
            "slug": who.organization.slug,
            "may_export": can_export(who),
        },
    )


def _layout(request: HttpRequest) -> str:
    """The whole page, or only what a change of filter repaints."""
    told = cast("HtmxDetails", request.htmx)  # type: ignore[attr-defined]
    return "web/part.html" if told and not told.history_restore_request else "web/base.html"


@for_members
@require_safe
def chart(request: HttpRequest, who: Visitor, screen_id: str, chart_id: str) -> HttpResponse:
    """The Vega-Lite specification of one chart, with an ETag that changes with the snapshot, filters and language."""
    showing = show(who.scope, screen_id, _asked(request))
    drawn = _drawn(showing.screen, chart_id)
    return _drawing(request, who.organization.slug, drawn, _tag(who, showing, chart_id))


def _drawn(screen: Screen, chart_id: str) -> Chart:
    drawn = screen.chart(chart_id)
    if drawn is None:
        raise NotFound(_GONE)
    return drawn


def _areas_address(slug: str, province: str) -> str:
    """Where the page finds the areas of a map: official limits when they were imported, else what is shipped."""
    shelf = Shelf.of(Home.from_environment())
    if shelf.file(Layer.FSA_LIMITS, Path(AREAS.format(province=province)).name) is None:
        return static(AREAS.format(province=province))
    version = shelf.imported()[Layer.FSA_LIMITS].version
    return reverse("limits", kwargs={"slug": slug, "version": version, "province": province})


@for_members
@require_safe
def limits(request: HttpRequest, who: Visitor, *, version: str, province: str) -> HttpResponse:  # noqa: ARG001 - open data, the same for every member
    """The official limits of a province's FSAs, simplified for a page. The address changes with what is imported."""
    shelf = Shelf.of(Home.from_environment())
    one = shelf.imported().get(Layer.FSA_LIMITS)
    file = shelf.file(Layer.FSA_LIMITS, f"fsa_areas_{province}.topojson")
    if one is None or file is None or one.version != version:
        raise NotFound(_GONE)
    kept = {"Cache-Control": "private, max-age=31536000, immutable"}
    return HttpResponse(file.read_bytes(), content_type="application/json", headers=kept)


def _drawing(request: HttpRequest, slug: str, drawn: Chart, tag: str) -> HttpResponse:
    narrow = request.GET.get("room") == "narrow"
    tag = f'{tag[:-1]}-narrow"' if narrow else tag
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        areas = _areas_address(slug, province_of(drawn.table)) if drawn.kind == MAP_KIND else ""
        told = specification(drawn, lang=_lang(), narrow=narrow, areas_url=areas, feature=AREAS_FEATURE)
        response = JsonResponse(told)
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response


@for_members
@require_safe
def chart_picture(request: HttpRequest, who: Visitor, screen_id: str, *, chart_id: str, form: str) -> HttpResponse:
    """One chart as PNG or SVG on white paper, saying whose figures they are and of when."""
    showing = show(who.scope, screen_id, _asked(request))
    lang = _lang()
    said = " · ".join((who.organization.name, *(part.said(lang) for part in stamp(showing))))
    return _picture(showing.screen, chart_id, form, said)


def _picture(screen: Screen, chart_id: str, form: str, said: str) -> HttpResponse:
    drawn = _drawn(screen, chart_id)
    if form not in _PICTURES:
        raise NotFound(_GONE)
    return HttpResponse(
        picture(drawn, "svg" if form == "svg" else "png", lang=_lang(), said=said, areas=_areas_of(drawn)),
        content_type=_PICTURES[form],
        headers={"Content-Disposition": f'attachment; filename="{screen.id}-{chart_id}.{form}"'},
    )


def _areas_of(drawn: Chart) -> Spec | None:
    """The areas of a map, as data."""
    if drawn.kind != MAP_KIND:
        return None
    province = province_of(drawn.table)
    official = Shelf.of(Home.from_environment()).file(Layer.FSA_LIMITS, f"fsa_areas_{province}.topojson")
    areas: Spec = json.loads((official or fsa_topojson_path(province)).read_text(encoding="utf-8"))
    return areas


def _tag(who: Visitor, showing: Showing, chart_id: str) -> str:
    return _tag_of(
        who.organization.slug, showing.key, showing.filters.query_string(), showing.screen.id, chart_id, _lang()
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
def glossary(request: HttpRequest, who: Visitor) -> HttpResponse:  # noqa: ARG001 - for members, the same for all
    """The words of the screens, and every figure from its plain words to its formula."""
    told = {"words": WORDS, "figures": [defined(one) for one in METRICS.values()]}
    return render(request, "dashboards/glossary.html", told)


@for_members
@require_safe
def quality(request: HttpRequest, who: Visitor) -> HttpResponse:
    """*Qualité et harmonisation*: the report of the last deposit."""
    told = kept_report(Home.from_environment(), who.organization.slug)
    if told is None:
        return empty_page(request, who)
    page = {
        "screen": quality_screen(told),
        "findings": told_quality(told, _lang(), findings_shown=len(told["findings"])).findings,
        "as_of": on_day(date.fromisoformat(told["as_of"])),
        "rows_read": told["rows_read"],
        "rows_refused": told["rows_refused"],
        "slug": who.organization.slug,
        "query": "",
        "may_export": can_export(who),
    }
    return render(request, "dashboards/quality.html", page)


@for_members
@require_safe
def quality_chart(request: HttpRequest, who: Visitor, chart_id: str) -> HttpResponse:
    """The drawing of the dimensions, with an ETag that changes with the report."""
    told = _report_of(who)
    drawn = _drawn(quality_screen(told), chart_id)
    slug = who.organization.slug
    return _drawing(request, slug, drawn, _tag_of(slug, json.dumps(told), chart_id, _lang()))


@for_members
@require_safe
def quality_picture(request: HttpRequest, who: Visitor, *, chart_id: str, form: str) -> HttpResponse:  # noqa: ARG001
    """The drawing of the dimensions as PNG or SVG."""
    told = _report_of(who)
    report = Text("rapport du {day}", "report of {day}").filled(day=on_day(date.fromisoformat(told["as_of"])))
    return _picture(quality_screen(told), chart_id, form, f"{who.organization.name} · {report.said(_lang())}")


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
