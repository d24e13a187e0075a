"""Own screens: a page, the drawing of a chart as JSON, a table as a file."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import cast

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from publicc.collective.access import Visitor, can_export, check_can_export
from publicc.collective.doors import for_members
from publicc.dashboards.describing import (
    chips,
    chips_of,
    cleared,
    defined,
    definitions,
    provenance,
    staleness,
    stamp,
    without_filters,
)
from publicc.dashboards.glossary import WORDS
from publicc.dashboards.guides.catalogue import GUIDES
from publicc.dashboards.keeping import SCREENS_CACHE
from publicc.dashboards.notes import noted
from publicc.dashboards.questions import PAGES_TO_GO_TO, QUESTIONS
from publicc.dashboards.responses import GONE, drawing, drawn_of, lang, picture_file, table_file, tag_of
from publicc.dashboards.saved import may_forget, views_for
from publicc.dashboards.showing import EXPLORER, Showing, show
from publicc.dashboards.welcome import empty_page, wants_tour
from publicc.directory.official.layers import Layer
from publicc.directory.queries import show_that_follows
from publicc.kernel.errors import NotFound
from publicc.metrics.registry import METRICS
from publicc.store.home import Home
from publicc.store.shelf import Shelf
from publicc.store.snapshots import NoSnapshot


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
        "tour": wants_tour(request),
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
@require_safe
def questions(request: HttpRequest, who: Visitor) -> HttpResponse:
    """*Questions*: the seven questions of the sector, each with its answer and the way to its page."""
    try:
        told = [(guide, show(who.scope, one, {})) for one, guide in GUIDES.items()]
    except NoSnapshot:
        return empty_page(request, who)
    first = told[0][1]
    if not first.choices.seasons:
        return empty_page(request, who)
    page = {
        "layout": _layout(request),
        "answers": [(guide.question, showing.screen) for guide, showing in told],
        "filters": first.filters,
        "stale": staleness(first),
        "stamp": stamp(first),
        "slug": who.organization.slug,
    }
    return render(request, "dashboards/questions.html", page)


@for_members
@require_safe
def guide(request: HttpRequest, who: Visitor, screen_id: str) -> HttpResponse:
    """One of the seven questions: the answer, its evidence, what to try, the limits."""
    return _page(request, who, screen_id)


@for_members
@require_safe
def explore(request: HttpRequest, who: Visitor) -> HttpResponse:
    """*Explorer*: any figure, cut, filter and comparison that makes sense."""
    return _page(request, who, EXPLORER)


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
def habits(request: HttpRequest, who: Visitor) -> HttpResponse:
    """*Habitudes de sortie*."""
    return _page(request, who, "habits")


@for_members
@require_safe
def supply(request: HttpRequest, who: Visitor) -> HttpResponse:
    """*Offre et affluence*."""
    return _page(request, who, "supply")


@for_members
@require_safe
def benchmarks(request: HttpRequest, who: Visitor) -> HttpResponse:
    """*Comparatifs*."""
    return _page(request, who, "benchmarks")


@for_members
@require_safe
def non_publics(request: HttpRequest, who: Visitor) -> HttpResponse:
    """*Non-publics*."""
    return _page(request, who, "non-publics")


def _page(request: HttpRequest, who: Visitor, screen_id: str) -> HttpResponse:
    try:
        showing = noted(show(who.scope, screen_id, _asked(request)), who.organization.slug)
    except NoSnapshot:
        return empty_page(request, who)
    if not showing.choices.seasons:
        return empty_page(request, who)
    if (followed := _followed(request, who, showing)) is not None:
        return followed
    return render(
        request,
        "dashboards/screen.html",
        {
            "layout": _layout(request),
            "kept_under": f"{showing.key} {lang()} {can_export(who)}",
            "kept_seconds": caches[SCREENS_CACHE].default_timeout,
            "screen": showing.screen,
            "filters": showing.filters,
            "chips": partial(chips_of, showing),
            "clear": cleared(showing),
            "definitions": partial(definitions, showing),
            "stamp": partial(stamp, showing),
            "stale": partial(staleness, showing),
            "query": showing.query,
            "slug": who.organization.slug,
            "may_export": can_export(who),
            "pages": PAGES_TO_GO_TO,
        },
    )


def _followed(request: HttpRequest, who: Visitor, showing: Showing) -> HttpResponse | None:
    """To the same page of the show that stands for the one of the address, when the common directory knows it."""
    asked = request.GET.getlist("show")
    if "show" not in showing.filters.dropped or len(asked) != 1:
        return None
    known = [one.value for one in showing.choices.by_dimension.get("show", ())]
    heir = show_that_follows(who.organization.slug, asked[0], known)
    if heir is None:
        return None
    query = request.GET.copy()
    query["show"] = heir
    return redirect(f"{request.path}?{query.urlencode()}")


def _layout(request: HttpRequest) -> str:
    """The whole page, or only what a change of filter repaints."""
    told = cast("HtmxDetails", request.htmx)  # type: ignore[attr-defined]
    return "web/part.html" if told and not told.history_restore_request else "web/base.html"


@for_members
@require_safe
def chart(request: HttpRequest, who: Visitor, screen_id: str, chart_id: str) -> HttpResponse:
    """The Vega-Lite specification of one chart, with an ETag that changes with the snapshot, filters and language."""
    showing = noted(show(who.scope, screen_id, _asked(request)), who.organization.slug)
    drawn = drawn_of(showing.screen, chart_id)
    return drawing(request, who.organization.slug, drawn, _tag(who, showing, chart_id))


@for_members
@require_safe
def limits(request: HttpRequest, who: Visitor, *, version: str, province: str) -> HttpResponse:  # noqa: ARG001 - open data, the same for every member
    """The official limits of a province's FSAs, simplified for a page. The address changes with what is imported."""
    shelf = Shelf.of(Home.from_environment())
    one = shelf.imported().get(Layer.FSA_LIMITS)
    file = shelf.file(Layer.FSA_LIMITS, f"fsa_areas_{province}.topojson")
    if one is None or file is None or one.version != version:
        raise NotFound(GONE)
    kept = {"Cache-Control": "private, max-age=31536000, immutable"}
    return HttpResponse(file.read_bytes(), content_type="application/json", headers=kept)


@for_members
@require_safe
def chart_picture(request: HttpRequest, who: Visitor, screen_id: str, *, chart_id: str, form: str) -> HttpResponse:
    """One chart as PNG or SVG on white paper, saying whose figures they are and of when."""
    showing = noted(show(who.scope, screen_id, _asked(request)), who.organization.slug)
    said = " · ".join((who.organization.name, *(part.said(lang()) for part in stamp(showing))))
    return picture_file(showing.screen, chart_id, form, said)


def _tag(who: Visitor, showing: Showing, chart_id: str) -> str:
    return tag_of(who.organization.slug, showing.key, showing.query, showing.screen.id, chart_id, lang())


@for_members
@require_safe
def table(request: HttpRequest, who: Visitor, screen_id: str, *, table_id: str, form: str) -> HttpResponse:
    """One table of a screen as CSV or XLSX, with its definitions and stamp inside."""
    check_can_export(who)
    showing = show(who.scope, screen_id, _asked(request))
    found = showing.screen.table(table_id)
    if found is None:
        raise NotFound(GONE)
    return table_file(request, who, showing.screen, found, provenance(showing, found), form)


@for_members
@require_safe
def glossary(request: HttpRequest, who: Visitor) -> HttpResponse:  # noqa: ARG001 - for members, the same for all
    """The words of the screens, and every figure from its plain words to its formula."""
    told = {"words": WORDS, "figures": [defined(one) for one in METRICS.values()]}
    return render(request, "dashboards/glossary.html", told)
