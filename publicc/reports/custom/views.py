"""*Rapports sur mesure*: composed block by block, previewed page by page, taken in any form."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from publicc.collective.access import Visitor, can_export, check_can_export
from publicc.collective.doors import for_members
from publicc.collective.trail import record
from publicc.dashboards.responses import lang
from publicc.dashboards.saved import views_for
from publicc.dashboards.showing import Showing, show
from publicc.dashboards.welcome import empty_page
from publicc.kernel.errors import BadInput, NotFound
from publicc.kernel.period import season_label
from publicc.kernel.text import LANGUAGES, Lang, Text
from publicc.reports.custom import keeping
from publicc.reports.custom.blocks import FROM, SCREEN, Block, offered
from publicc.reports.custom.making import asked_by, composed, pages_of
from publicc.reports.downloads import as_download
from publicc.reports.making import FORMS, Wanted, written
from publicc.reports.models import CustomReport
from publicc.reports.names import LANGUAGE_NAMES, question_of
from publicc.reports.recurring.times import Over
from publicc.reports.styles import letterhead_of
from publicc.store.snapshots import NoSnapshot

_FIRST: Final = "season"


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def custom_reports(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Every composed report that the person may see; a new one by its name."""
    if request.method == "POST":
        made = keeping.begin(who=who, by=request.user, name=request.POST.get("name", ""))
        return redirect("custom_report", who.organization.slug, made.pk)
    return _list(request, who)


def _list(request: HttpRequest, who: Visitor, removed: CustomReport | None = None) -> HttpResponse:
    reports = keeping.reports_for(who, request.user)
    page = {
        "reports": [(one, keeping.may_change(one, who, request.user), len(one.blocks)) for one in reports],
        "removed": removed,
        "may": can_export(who),
        "slug": who.organization.slug,
        **_forms(),
    }
    return render(request, "reports/custom_reports.html", page)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def custom_report(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """One composed report: its blocks in order, what may be added, its settings."""
    report = keeping.report_of(who, request.user, number)
    if request.method == "POST":
        _DEEDS.get(request.POST.get("deed", ""), _unknown)(request, who, number)
        back = request.POST.get("from", "")
        anchor = "#add" if request.POST.get("deed") in {"add", "view", "words"} else "#blocks"
        answer = redirect("custom_report", who.organization.slug, number)
        answer["Location"] += (f"?from={back}" if back in FROM else "") + anchor
        return answer
    try:
        return _editor(request, who, report)
    except NoSnapshot:
        return empty_page(request, who)


def _editor(request: HttpRequest, who: Visitor, report: CustomReport) -> HttpResponse:
    wanted = request.GET.get("from", _FIRST)
    wanted = wanted if wanted in FROM else _FIRST
    showing = show(who.scope, wanted, asked_by(report))
    blocks = keeping.blocks_of(report)
    used = {one.screen for one in blocks if one.kind == SCREEN}
    shown = {one: offered(show(who.scope, one, asked_by(report)).screen) for one in used}
    page = {
        "report": report,
        "blocks": [(at, one, _label(one, shown), question_of(one.screen)) for at, one in enumerate(blocks)],
        "last": len(blocks) - 1,
        "screens": [(one, question_of(one)) for one in FROM],
        "from": wanted,
        "offered": offered(showing.screen),
        "views": views_for(who, request.user),
        "overs": _overs(showing),
        "may_change": keeping.may_change(report, who, request.user) and can_export(who),
        "may": can_export(who),
        "slug": who.organization.slug,
        **_forms(),
    }
    return render(request, "reports/custom_report.html", page)


def _label(block: Block, shown: Mapping[str, Sequence[Block]]) -> Text:
    """What a block says today: the title of a chart is a finding, and findings change."""
    return next((one.label for one in shown.get(block.screen, ()) if one.part == block.part), block.label)


def _overs(showing: Showing) -> list[tuple[str, Text]]:
    seasons = [season_label(one) for one in showing.choices.seasons]
    named = [(one, Text("Saison {s}", "Season {s}").filled(s=one)) for one in seasons]
    return [*((one.value, one.label) for one in Over), *named]


def _forms() -> dict[str, object]:
    return {
        "forms": [(name, one.label) for name, one in FORMS.items()],
        "languages": [(one, LANGUAGE_NAMES[one]) for one in LANGUAGES],
        "language": lang(),
    }


def _add(request: HttpRequest, who: Visitor, number: UUID) -> None:
    """Add the blocks that were ticked, of one screen."""
    report = keeping.report_of(who, request.user, number)
    screen = request.POST.get("from", "")
    if screen not in FROM:
        raise _choose()
    wanted = set(request.POST.getlist("part"))
    chosen = [one for one in offered(show(who.scope, screen, asked_by(report)).screen) if one.part in wanted]
    if not chosen:
        raise _choose()
    keeping.change(who=who, by=request.user, number=number, how=keeping.adding(chosen))


def _add_view(request: HttpRequest, who: Visitor, number: UUID) -> None:
    view = next((one for one in views_for(who, request.user) if str(one.pk) == request.POST.get("view", "")), None)
    if view is None:
        raise _choose()
    _change(request, who, number, keeping.adding([keeping.view_block(view)]))


def _add_words(request: HttpRequest, who: Visitor, number: UUID) -> None:
    block: Block = keeping.words_block(request.POST.get("words", ""))
    _change(request, who, number, keeping.adding([block]))


def _rewrite(request: HttpRequest, who: Visitor, number: UUID) -> None:
    _change(request, who, number, keeping.rewriting(_at(request), request.POST.get("words", "")))


def _settle(request: HttpRequest, who: Visitor, number: UUID) -> None:
    told = request.POST
    keeping.settle(
        who=who,
        by=request.user,
        number=number,
        name=told.get("name", ""),
        over=told.get("over", ""),
        with_before=told.get("with_before") == "on",
        shared=told.get("shared") == "on",
    )
    messages.success(request, Text("Le rapport est enregistré.", "The report is saved.").said(lang()))


def _change(request: HttpRequest, who: Visitor, number: UUID, how: keeping.Change) -> None:
    keeping.change(who=who, by=request.user, number=number, how=how)


def _at(request: HttpRequest) -> int:
    written = request.POST.get("at", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 4 else -1


def _unknown(request: HttpRequest, who: Visitor, number: UUID) -> None:  # noqa: ARG001 - as the others
    raise _choose()


def _choose() -> BadInput:
    return BadInput(Text("Rien n'a été choisi.", "Nothing was chosen."), do=Text("Cocher un bloc.", "Tick a block."))


_DEEDS: Final[dict[str, Callable[[HttpRequest, Visitor, UUID], None]]] = {
    "add": _add,
    "view": _add_view,
    "words": _add_words,
    "rewrite": _rewrite,
    "settle": _settle,
    "up": lambda request, who, number: _change(request, who, number, keeping.moving(_at(request), -1)),
    "down": lambda request, who, number: _change(request, who, number, keeping.moving(_at(request), 1)),
    "drop": lambda request, who, number: _change(request, who, number, keeping.dropping(_at(request))),
    "back": lambda request, who, number: keeping.go_back(who=who, by=request.user, number=number),
}


@for_members
@require_POST
def copy_report(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """A copy of one's own."""
    like = keeping.report_of(who, request.user, number)
    name = Text("{name} (copie)", "{name} (copy)").said(lang(), name=like.name[:68])
    made = keeping.begin(who=who, by=request.user, name=name, like=like)
    return redirect("custom_report", who.organization.slug, made.pk)


@for_members
@require_POST
def remove_report(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """Take it away, and offer to put it back."""
    return _list(request, who, removed=keeping.remove(who=who, by=request.user, number=number))


@for_members
@require_POST
def restore_report(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """Put it back."""
    keeping.restore(who=who, by=request.user, number=number)
    messages.success(request, Text("Le rapport est de retour.", "The report is back.").said(lang()))
    return redirect("custom_reports", who.organization.slug)


@for_members
@require_safe
def preview(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """The report as it will be on paper, page by page."""
    report = keeping.report_of(who, request.user, number)
    pages = pages_of(report, letterhead_of(who.organization.slug), _language(request))
    page = {
        "report": report,
        "pages": range(1, len(pages) + 1),
        "said_in": _language(request),
        "may": can_export(who),
        "slug": who.organization.slug,
        **_forms(),
    }
    return render(request, "reports/custom_preview.html", page)


@for_members
@require_safe
def preview_page(request: HttpRequest, who: Visitor, number: UUID, page: int) -> HttpResponse:
    """One page as a picture."""
    report = keeping.report_of(who, request.user, number)
    pages = pages_of(report, letterhead_of(who.organization.slug), _language(request))
    if not 0 < page <= len(pages):
        raise NotFound(Text("Cette page n'existe pas.", "This page does not exist."))
    return HttpResponse(pages[page - 1], content_type="image/png", headers={"X-Content-Type-Options": "nosniff"})


@for_members
@require_safe
def custom_file(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """The report as a file; the trail keeps who took it, of which snapshot."""
    check_can_export(who)
    report = keeping.report_of(who, request.user, number)
    document = composed(report)
    form = request.GET.get("format", "pdf")
    wanted = Wanted(document.kind, form, _language(request), {})
    made = written(document, who.organization.slug, wanted, letterhead_of(who.organization.slug))
    told = f"custom.{form} {made.snapshot[:12]}"
    record(action="make_report", actor=request.user, organization=who.organization, object_id=told)
    return as_download(made)


def _language(request: HttpRequest) -> Lang:
    asked = request.GET.get("lang", "")
    return asked if asked in LANGUAGES else lang()
