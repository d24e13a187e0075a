"""Pages of deposits: bring files, check what was understood, follow the work, read the report, undo."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from publicc.collective.access import Visitor, can_deposit, check_can_deposit
from publicc.collective.doors import for_members
from publicc.intake import actions, pages, queries
from publicc.intake.blanks import blank_table
from publicc.intake.forms import read_corrections
from publicc.intake.progress import seconds_left
from publicc.intake.quality import quality_of
from publicc.intake.states import DepositState, steps_of
from publicc.intake.uploads import bounded, left_out
from publicc.kernel.errors import BadInput, Busy
from publicc.kernel.text import Lang, Text, language
from publicc.store.home import Home


def _lang() -> Lang:
    return language(get_language())


@bounded
@for_members
def deposits(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The place where files are dropped, and what was deposited before."""
    if request.method == "POST":
        return _bring(request, who)
    return _deposits_page(request, who)


def _deposits_page(request: HttpRequest, who: Visitor, problem: str = "", status: int = 200) -> HttpResponse:
    told = {
        "history": queries.history(who),
        "may_deposit": can_deposit(who),
        "last": actions.last_accepted(who),
        "left_out": left_out(request),
        "problem": problem,
    }
    return render(request, "intake/deposits.html", told, status=status)


def _bring(request: HttpRequest, who: Visitor) -> HttpResponse:
    check_can_deposit(who)
    files = request.FILES.getlist("files")
    try:
        octets = sum(file.size or 0 for file in files)
        deposit = actions.bring_files(who=who, by=request.user, files=files, octets=octets)
    except (BadInput, Busy) as problem:
        return _deposits_page(request, who, problem.sentence(_lang()), 400)
    for name, why in left_out(request):
        told = Text("« {name} » n'a pas été pris : {why}", "“{name}” was not taken: {why}")
        messages.warning(request, told.said(_lang(), name=name, why=why))
    return redirect("deposit", who.organization.slug, deposit.pk)


@for_members
@require_safe
def deposit(request: HttpRequest, who: Visitor, deposit_id: UUID) -> HttpResponse:
    """One deposit, wherever it is on its way."""
    found = queries.deposit_of(who, deposit_id)
    told: dict[str, object] = {
        "deposit": found,
        "may_deposit": can_deposit(who),
        "left": seconds_left(found),
        "steps": steps_of(found.where),
    }
    if found.where is DepositState.TO_CONFIRM and can_deposit(who):
        kept = actions.review(who=who, deposit=found)
        told |= {
            "tables": pages.tables_page(kept),
            "meanings": pages.meanings(_lang()),
            "grains": pages.grains(_lang()),
            "questions": pages.questions_page(kept),
            "rehearsal": pages.report_page(kept.report, _lang()),
        }
    elif found.report:
        told |= {"report": pages.report_page(found.report, _lang()), "undoable": actions.last_accepted(who) == found}
        if found.where is DepositState.ACCEPTED:
            told["quality"] = quality_of(Home.from_environment(), who.organization.slug, _lang())
    return render(request, "intake/deposit.html", told)


@for_members
@require_safe
def progress(request: HttpRequest, who: Visitor, deposit_id: UUID) -> HttpResponse:
    """The part of the page that says how far the work is; the whole page once the work is over."""
    found = queries.deposit_of(who, deposit_id)
    if not found.at_work:
        return HttpResponseClientRefresh()
    told = {"deposit": found, "left": seconds_left(found), "steps": steps_of(found.where)}
    return render(request, "intake/progress.html", told)


@for_members
@require_POST
def confirm(request: HttpRequest, who: Visitor, deposit_id: UUID) -> HttpResponse:
    """Settle the mapping and receive the files."""
    found = queries.deposit_of(who, deposit_id)
    kept = actions.review(who=who, deposit=found)
    actions.confirm(who=who, by=request.user, deposit=found, given=read_corrections(request.POST, kept))
    return redirect("deposit", who.organization.slug, found.pk)


@for_members
@require_POST
def abandon(request: HttpRequest, who: Visitor, deposit_id: UUID) -> HttpResponse:
    """Forget the files before anything of them is kept."""
    actions.abandon(who=who, by=request.user, deposit=queries.deposit_of(who, deposit_id))
    said = Text("Les fichiers sont oubliés; rien n'a été gardé.", "The files are forgotten; nothing was kept.")
    messages.success(request, said.said(_lang()))
    return redirect("deposits", who.organization.slug)


@for_members
@require_POST
def undo(request: HttpRequest, who: Visitor, deposit_id: UUID) -> HttpResponse:
    """Take back the last deposit."""
    found = queries.deposit_of(who, deposit_id)
    actions.undo(who=who, by=request.user, deposit=found)
    return redirect("deposit", who.organization.slug, found.pk)


@for_members
@require_safe
def refused(request: HttpRequest, who: Visitor, deposit_id: UUID) -> HttpResponse:
    """The refused rows with their reasons, for those who deposit."""
    found = queries.deposit_of(who, deposit_id)
    content = actions.refused_rows(who=who, by=request.user, deposit=found, lang=_lang())
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = "lignes-refusees" if _lang() == "fr" else "refused-rows"
    answer["Content-Disposition"] = f'attachment; filename="{name}-{found.brought_at:%Y-%m-%d}.csv"'
    return answer


@for_members
@require_POST
def own_data(request: HttpRequest, who: Visitor) -> StreamingHttpResponse:
    """Everything the organization brought, as a ZIP of open files, for those who answer for its data."""
    form = request.POST.get("form", "")
    content = actions.own_data(who=who, by=request.user, form=form)
    headers = {"Content-Disposition": f'attachment; filename="{who.organization.slug}-{form}.zip"'}
    return StreamingHttpResponse(content, content_type="application/zip", headers=headers)


@for_members
@require_safe
def template(request: HttpRequest, who: Visitor, name: str) -> HttpResponse:  # noqa: ARG001 - the same for all
    """An empty table to fill in by hand."""
    file_name, content = blank_table(name, _lang())
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
