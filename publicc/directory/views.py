"""The pages where labels are mapped to the common directory, one at a time, by keyboard or not."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from publicc.collective.access import Visitor, check_can_settle_directory
from publicc.collective.doors import MEMBERS, for_roles
from publicc.directory import actions, queue
from publicc.directory.models import Entry
from publicc.directory.pages import decided, label_page
from publicc.kernel.errors import BadInput, BadUsage
from publicc.kernel.text import Lang, Text, count_form, language
from publicc.kernel.vocabulary import UserRole


def _lang() -> Lang:
    return language(get_language())


@for_roles(*MEMBERS, UserRole.OPERATOR)
@require_safe
def queue_page(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The next label that waits, after those passed over."""
    return _drawn(request, who, queue.asked(who=who, skipped=_skipped(request.GET.get("skip", ""))))


@for_roles(*MEMBERS, UserRole.OPERATOR)
@require_safe
def one_label(request: HttpRequest, who: Visitor, label_id: int) -> HttpResponse:
    """One label, waiting or settled: where an undo leads."""
    return _drawn(request, who, queue.asked(who=who, label_id=label_id))


@for_roles(*MEMBERS, UserRole.OPERATOR)
@require_POST
def answer(request: HttpRequest, who: Visitor, label_id: int) -> HttpResponse:
    """Keep the answer, and go on to the next label."""
    said = request.POST.get("answer", "")
    if said == "confirm":
        kind = request.POST.get("discipline", "")
        actions.confirm(who=who, by=request.user, label_id=label_id, discipline=kind)
    elif said == "refuse":
        actions.refuse(who=who, by=request.user, label_id=label_id)
    elif said == "correct":
        _correct(request, who, label_id)
    else:
        raise BadInput(Text("Cette réponse n'existe pas.", "There is no such answer."))
    return _onward(who, _skipped(request.POST.get("skip", "")))


@for_roles(*MEMBERS, UserRole.OPERATOR)
@require_POST
def confirm_sure(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Confirm at once what recognition is sure of; one undo takes it all back."""
    n = actions.confirm_sure(who=who, by=request.user)
    one, many = Text("libellé confirmé", "label confirmed"), Text("libellés confirmés", "labels confirmed")
    counted = Text(f"{n} {count_form(n, 'fr', one.fr, many.fr)}", f"{n} {count_form(n, 'en', one.en, many.en)}")
    told = Text("{counted}; une seule annulation les reprend.", "{counted}; one undo takes them back.")
    messages.success(request, told.filled(counted=counted).said(_lang()))
    return _onward(who, 0)


@for_roles(*MEMBERS, UserRole.OPERATOR)
@require_POST
def undo(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Take back one's last deed, and show what it was about."""
    try:
        change = actions.undo(who=who, by=request.user)
    except BadUsage as problem:
        messages.info(request, problem.sentence(_lang()))
        return _onward(who, 0)
    messages.success(request, Text("Votre réponse est annulée.", "Your answer is undone.").said(_lang()))
    if change.label_id is not None:
        return redirect("directory_label", who.organization.slug, change.label_id)
    return _onward(who, 0)


@for_roles(*MEMBERS, UserRole.OPERATOR)
@require_safe
def one_entry(request: HttpRequest, who: Visitor, entry_id: int) -> HttpResponse:
    """A common entry with the labels that lead to it, for the hub's analyst: merge and split."""
    check_can_settle_directory(who)
    entry = get_object_or_404(Entry, pk=entry_id)
    if entry.merged_into_id is not None:
        return redirect("directory_entry", who.organization.slug, entry.merged_into_id)
    told = {
        "entry": entry,
        "labels": entry.labels.filter(is_public=True).select_related("organization").order_by("text", "pk"),
        "others": queue.entries_like(entry, request.GET.get("q", "")),
        "sought": request.GET.get("q", "")[:100],
        "changes": decided(entry, _lang()),
        "can_undo": actions.can_undo(request.user),
    }
    return render(request, "directory/entry.html", told)


@for_roles(*MEMBERS, UserRole.OPERATOR)
@require_POST
def settle(request: HttpRequest, who: Visitor, entry_id: int) -> HttpResponse:
    """Merge the entry into another, or split labels from it."""
    check_can_settle_directory(who)
    if request.POST.get("deed") == "merge":
        into = request.POST.get("into", "")
        entry = actions.merge(who=who, by=request.user, entry_id=entry_id, into_id=int(into) if into.isdecimal() else 0)
        messages.success(request, Text("Les deux fiches sont réunies.", "The two entries are merged.").said(_lang()))
    else:
        chosen = [int(one) for one in request.POST.getlist("labels") if one.isdecimal()]
        entry = actions.split(who=who, by=request.user, label_ids=chosen, name=request.POST.get("name", ""))
        messages.success(request, Text("La fiche est scindée.", "The entry is split.").said(_lang()))
    return redirect("directory_entry", who.organization.slug, entry.pk)


def _correct(request: HttpRequest, who: Visitor, label_id: int) -> None:
    name = request.POST.get("name", "")
    label = queue.asked(who=who, label_id=label_id).label
    found = queue.entry_named(label.kind, name, label.municipality) if label else None
    actions.correct(who=who, by=request.user, label_id=label_id, entry_id=found, name=name)


def _drawn(request: HttpRequest, who: Visitor, asked: queue.Asked) -> HttpResponse:
    told = {
        "counts": asked.counts,
        "label": label_page(asked.label, who, _lang()),
        "names": queue.names_of(asked.label.kind) if asked.label else [],
        "to_map": queue.to_map(who),
        "sure": actions.sure_labels(who).count(),
        "can_undo": actions.can_undo(request.user),
        "skip": asked.place,
        "next": asked.place + 1,
    }
    return render(request, "directory/queue.html", told)


def _onward(who: Visitor, skipped: int) -> HttpResponseRedirect:
    address = reverse("directory", args=[who.organization.slug])
    return HttpResponseRedirect(f"{address}?skip={skipped}" if skipped else address)


def _skipped(told: str) -> int:
    return int(told) if told.isdecimal() and len(told) < 7 else 0
