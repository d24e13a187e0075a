"""*Portrait collectif*: for members, for the hub and its funders, and in public; the page, its charts, its tables."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from publicc.collective.access import Visitor
from publicc.collective.doors import for_hub, for_members
from publicc.collective.models import Seat
from publicc.dashboards.portrait.asked import Asked, asked_portrait
from publicc.dashboards.portrait.place import Place, documents_at, drawn_at, tables_at
from publicc.dashboards.portrait.screen import TITLE
from publicc.dashboards.responses import GONE, drawing, drawn_of, lang, picture_file, table_bytes, table_file, tag_of
from publicc.kernel.errors import NotFound
from publicc.kernel.vocabulary import UserRole
from publicc.releases.register import entry_of

_READERS = (UserRole.OPERATOR, UserRole.AUDITOR, UserRole.FUNDER, UserRole.SERVICE)
PUBLIC = Place("public_portrait", is_public=True)
AT_HUB = Place("hub_portrait")


def _at(who: Visitor) -> Place:
    return Place("portrait", slug=who.organization.slug)


@for_members
@require_safe
def portrait(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The portrait as members read it."""
    return _page(request, _at(who))


@for_members
@require_safe
def portrait_chart(request: HttpRequest, who: Visitor, chart_id: str) -> HttpResponse:
    """The drawing of one chart."""
    return _chart(request, _at(who), chart_id)


@for_members
@require_safe
def portrait_picture(request: HttpRequest, who: Visitor, *, chart_id: str, form: str) -> HttpResponse:
    """One chart as PNG or SVG."""
    return _picture(request, _at(who), chart_id, form)


@for_members
@require_safe
def portrait_table(request: HttpRequest, who: Visitor, *, table_id: str, form: str) -> HttpResponse:
    """One table as CSV or XLSX. The same for every role: nothing in it is the organization's own."""
    asked = _asked(request, _at(who))
    found = asked.screen.table(table_id)
    if found is None:
        raise NotFound(GONE)
    return table_file(request, who, asked.screen, found, asked.provenance(found), form)


@for_hub(*_READERS)
@require_safe
def hub_portrait(request: HttpRequest, seat: Seat) -> HttpResponse:  # noqa: ARG001 - the same for every seat
    """The portrait as funders, associations and the hub read it."""
    return _page(request, AT_HUB)


@for_hub(*_READERS)
@require_safe
def hub_portrait_chart(request: HttpRequest, seat: Seat, chart_id: str) -> HttpResponse:  # noqa: ARG001 - the same for every seat
    """The drawing of one chart."""
    return _chart(request, AT_HUB, chart_id)


@for_hub(*_READERS)
@require_safe
def hub_portrait_picture(request: HttpRequest, seat: Seat, *, chart_id: str, form: str) -> HttpResponse:  # noqa: ARG001 - the same for every seat
    """One chart as PNG or SVG."""
    return _picture(request, AT_HUB, chart_id, form)


@for_hub(*_READERS)
@require_safe
def hub_portrait_table(request: HttpRequest, seat: Seat, *, table_id: str, form: str) -> HttpResponse:  # noqa: ARG001 - the same for every seat
    """One table as CSV or XLSX."""
    return _table(request, AT_HUB, table_id, form)


@require_safe
def public_portrait(request: HttpRequest) -> HttpResponse:
    """The public edition, under the stricter rules. Nobody signs in."""
    return _page(request, PUBLIC)


@require_safe
def public_chart(request: HttpRequest, chart_id: str) -> HttpResponse:
    """The drawing of one chart of the public edition."""
    return _chart(request, PUBLIC, chart_id)


@require_safe
def public_picture(request: HttpRequest, *, chart_id: str, form: str) -> HttpResponse:
    """One chart of the public edition as PNG or SVG."""
    return _picture(request, PUBLIC, chart_id, form)


@require_safe
def public_table(request: HttpRequest, *, table_id: str, form: str) -> HttpResponse:
    """One table of the public edition as CSV or XLSX."""
    return _table(request, PUBLIC, table_id, form)


def _page(request: HttpRequest, place: Place) -> HttpResponse:
    asked = asked_portrait(request.GET, is_public=place.is_public)
    told = cast("HtmxDetails", request.htmx)  # type: ignore[attr-defined]
    layout = "web/part.html" if told and not told.history_restore_request else "web/base.html"
    if asked is None:
        return render(request, "dashboards/portrait_empty.html", {"layout": layout, "title": TITLE})
    screen = asked.screen
    page = {
        "layout": layout,
        "place": place,
        "screen": screen,
        "period": asked.chosen.period,
        "season": asked.period,
        "filters": asked.chips(),
        "charts": drawn_at(place, asked.chosen, screen.charts),
        "tables": tables_at(place, asked.chosen, screen.tables),
        "documents": documents_at(place, asked.period),
        "definitions": asked.definitions(),
        "stamp": asked.stamp(),
        "entry": entry_of(asked.chosen.as_entry()),
        "slug": place.slug,
    }
    return render(request, "dashboards/portrait.html", page)


def _asked(request: HttpRequest, place: Place) -> Asked:
    asked = asked_portrait(request.GET, is_public=place.is_public)
    if asked is None:
        raise NotFound(GONE)
    return asked


def _chart(request: HttpRequest, place: Place, chart_id: str) -> HttpResponse:
    asked = _asked(request, place)
    tag = tag_of(place.route, place.slug, asked.chosen.name, str(asked.chosen.is_public), chart_id, lang())
    return drawing(request, place.slug, drawn_of(asked.screen, chart_id), tag)


def _picture(request: HttpRequest, place: Place, chart_id: str, form: str) -> HttpResponse:
    asked = _asked(request, place)
    said = " · ".join((TITLE.said(lang()), *(part.said(lang()) for part in asked.stamp())))
    return picture_file(asked.screen, chart_id, form, said)


def _table(request: HttpRequest, place: Place, table_id: str, form: str) -> HttpResponse:
    asked = _asked(request, place)
    found = asked.screen.table(table_id)
    if found is None:
        raise NotFound(GONE)
    return table_bytes(asked.screen, found, asked.provenance(found), form)
