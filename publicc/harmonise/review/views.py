"""The page where doubtful pairs are answered, one at a time, by keyboard or not."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from publicc.collective.access import Visitor
from publicc.collective.doors import MEMBERS, for_roles
from publicc.harmonise.review import actions
from publicc.harmonise.review.book import Answer
from publicc.harmonise.review.pages import pair_page
from publicc.harmonise.review.sensitivity import read_sensitivity
from publicc.harmonise.review.sensitivity_page import sensitivity_page
from publicc.kernel.errors import BadInput, BadUsage
from publicc.kernel.text import Lang, Text, language
from publicc.kernel.vocabulary import UserRole
from publicc.store.home import Home


def _lang() -> Lang:
    return language(get_language())


@for_roles(*MEMBERS, UserRole.OPERATOR)
@require_safe
def review(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The next pair that waits, after those passed over."""
    asked = actions.question(who=who, by=request.user, skipped=_skipped(request.GET.get("skip", "")))
    return _drawn(request, asked)


@for_roles(*MEMBERS, UserRole.OPERATOR)
@require_safe
def one_pair(request: HttpRequest, who: Visitor, pair_id: str) -> HttpResponse:
    """One pair, waiting or answered: where an undo leads."""
    return _drawn(request, actions.question(who=who, by=request.user, pair_id=pair_id))


@for_roles(*MEMBERS, UserRole.OPERATOR)
@require_POST
def answer(request: HttpRequest, who: Visitor, pair_id: str) -> HttpResponse:
    """Keep the answer, and go on to the next pair."""
    try:
        said = Answer(request.POST.get("answer", ""))
    except ValueError as problem:
        raise BadInput(Text("Cette réponse n'existe pas.", "There is no such answer.")) from problem
    actions.answer(who=who, by=request.user, pair_id=pair_id, said=said)
    return _onward(who, _skipped(request.POST.get("skip", "")))


@for_roles(*MEMBERS, UserRole.OPERATOR)
@require_POST
def undo(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Take back one's last answer, and show that pair again."""
    try:
        pair_id = actions.undo(who=who, by=request.user)
    except BadUsage as problem:
        messages.info(request, problem.sentence(_lang()))
        return _onward(who, 0)
    messages.success(request, Text("Votre réponse est annulée.", "Your answer is undone.").said(_lang()))
    return redirect("review_pair", who.organization.slug, pair_id)


@for_roles(*MEMBERS, UserRole.OPERATOR)
@require_safe
def sensitivity(request: HttpRequest, who: Visitor) -> HttpResponse:
    """How the headline figures move with the threshold."""
    found = read_sensitivity(Home.from_environment(), actions.holder_of(who))
    return render(request, "harmonise/sensitivity.html", {"view": sensitivity_page(found, _lang())})


def _drawn(request: HttpRequest, asked: actions.Question) -> HttpResponse:
    told = {"counts": asked.counts, "pair": pair_page(asked, _lang()), "skip": asked.place, "next": asked.place + 1}
    return render(request, "harmonise/review.html", told)


def _onward(who: Visitor, skipped: int) -> HttpResponseRedirect:
    address = reverse("review", args=[who.organization.slug])
    return HttpResponseRedirect(f"{address}?skip={skipped}" if skipped else address)


def _skipped(told: str) -> int:
    return int(told) if told.isdecimal() and len(told) < 7 else 0
