"""*Rapports*: the documents an organization can make by a click, how they look, and the files."""

from collections.abc import Mapping, Sequence
from typing import cast
from urllib.parse import parse_qsl

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_htmx.middleware import HtmxDetails

from publicc.collective.access import Visitor, can_deposit, can_export, check_can_export
from publicc.collective.doors import for_members
from publicc.collective.trail import record
from publicc.dashboards.describing import chips, stamp, without_filters
from publicc.dashboards.responses import lang
from publicc.dashboards.showing import show
from publicc.dashboards.welcome import empty_page
from publicc.kernel.text import LANGUAGES, Lang, Text
from publicc.reports.downloads import as_download
from publicc.reports.kinds import KINDS
from publicc.reports.making import FORMS, Wanted, make
from publicc.reports.names import LANGUAGE_NAMES
from publicc.reports.styles import choose_style, letterhead_of
from publicc.store.snapshots import NoSnapshot
from publicc.surveys.models import Survey


@for_members
@require_safe
def reports(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Every kind of report, over the season and filters of the address."""
    asked = cast("Mapping[str, Sequence[str]]", dict(request.GET.lists()))
    try:
        showing = show(who.scope, "season", asked)
    except NoSnapshot:
        return empty_page(request, who)
    if not showing.choices.seasons:
        return empty_page(request, who)
    told = cast("HtmxDetails", request.htmx)  # type: ignore[attr-defined]
    part = told and not told.history_restore_request
    page = {
        "layout": "web/part.html" if part else "web/base.html",
        "kinds": KINDS.values(),
        "forms": FORMS.items(),
        "languages": [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
        "language": lang(),
        "chips": [one for one in chips(showing.filters, showing.choices) if one.name != "show"],
        "clear": without_filters(showing.filters, showing.choices),
        "held": [pair for pair in parse_qsl(showing.filters.query_string()) if pair[0] != "show"],
        "surveys": Survey.objects.filter(organization=who.organization, versions__isnull=False).distinct(),
        "shows": showing.choices.by_dimension.get("show", ()),
        "filters": showing.filters,
        "stamp": stamp(showing),
        "slug": who.organization.slug,
        "may_export": can_export(who),
        "may_style": can_deposit(who),
        "style": letterhead_of(who.organization.slug),
    }
    return render(request, "reports/reports.html", page)


@for_members
@require_safe
def report_file(request: HttpRequest, who: Visitor, kind: str) -> HttpResponse:
    """One report as a file; the trail keeps who took it, of which snapshot."""
    check_can_export(who)
    asked = {name: values for name, values in request.GET.lists() if name not in {"format", "lang"}}
    wanted = Wanted(kind, request.GET.get("format", "pdf"), _language(request), asked)
    made = make(who.scope, who.organization.name, wanted, letterhead_of(who.organization.slug))
    record(
        action="make_report",
        actor=request.user,
        organization=who.organization,
        object_id=f"{kind}.{wanted.form} {made.snapshot[:12]}",
    )
    return as_download(made)


@for_members
@require_POST
def report_style(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Change the logo and colour, and come back."""
    logo = request.FILES.get("logo")
    choose_style(
        who=who,
        by=request.user,
        colour=request.POST.get("colour", ""),
        logo=logo.read() if logo else None,
        without_logo=request.POST.get("without_logo") == "on",
    )
    messages.success(request, Text("Vos rapports ont ce visage.", "Your reports look like this now.").said(lang()))
    return redirect("reports", who.organization.slug)


def _language(request: HttpRequest) -> Lang:
    asked = request.GET.get("lang", "")
    return asked if asked in LANGUAGES else lang()
