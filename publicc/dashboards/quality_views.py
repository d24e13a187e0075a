"""*Qualité et harmonisation*: the report of the last deposit, its drawing and its tables as files."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from publicc.collective.access import Visitor, can_export, check_can_export
from publicc.collective.doors import for_members
from publicc.dashboards.responses import GONE, drawing, drawn_of, lang, picture_file, table_file, tag_of
from publicc.dashboards.screens.quality import quality_screen
from publicc.dashboards.welcome import empty_page
from publicc.dashboards.wording import on_day
from publicc.dashboards.writing import Provenance
from publicc.intake.quality import kept_report, told_quality
from publicc.kernel.errors import NotFound
from publicc.kernel.text import Text
from publicc.store.home import Home


@for_members
@require_safe
def quality(request: HttpRequest, who: Visitor) -> HttpResponse:
    """*Qualité et harmonisation*: the report of the last deposit."""
    told = kept_report(Home.from_environment(), who.organization.slug)
    if told is None:
        return empty_page(request, who)
    page = {
        "screen": quality_screen(told),
        "findings": told_quality(told, lang(), findings_shown=len(told["findings"])).findings,
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
    drawn = drawn_of(quality_screen(told), chart_id)
    slug = who.organization.slug
    return drawing(request, slug, drawn, tag_of(slug, json.dumps(told), chart_id, lang()))


@for_members
@require_safe
def quality_picture(request: HttpRequest, who: Visitor, *, chart_id: str, form: str) -> HttpResponse:  # noqa: ARG001
    """The drawing of the dimensions as PNG or SVG."""
    told = _report_of(who)
    report = Text("rapport du {day}", "report of {day}").filled(day=on_day(date.fromisoformat(told["as_of"])))
    return picture_file(quality_screen(told), chart_id, form, f"{who.organization.name} · {report.said(lang())}")


@for_members
@require_safe
def quality_table(request: HttpRequest, who: Visitor, *, table_id: str, form: str) -> HttpResponse:
    """One table of the report as CSV or XLSX."""
    check_can_export(who)
    told = _report_of(who)
    screen = quality_screen(told)
    found = screen.table(table_id)
    if found is None:
        raise NotFound(GONE)
    provenance_told = Provenance(definitions=(), stamp=((Text("Rapport du", "Report of"), told["as_of"]),))
    return table_file(request, who, screen, found, provenance_told, form)


def _report_of(who: Visitor) -> Mapping[str, Any]:
    told = kept_report(Home.from_environment(), who.organization.slug)
    if told is None:
        raise NotFound(GONE)
    return told
