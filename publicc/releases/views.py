"""Pages of releases: the hub closes, approves and withdraws; every member reads the register of anonymization."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from publicc.collective.access import Visitor
from publicc.collective.doors import for_hub, for_members
from publicc.collective.models import Seat
from publicc.disclosure.policy import ReleaseRefused
from publicc.kernel.errors import BadUsage, NotFound
from publicc.kernel.period import parse_period
from publicc.kernel.text import Text, language
from publicc.kernel.vocabulary import UserRole
from publicc.releases import tasks
from publicc.releases.actions import approve, certificate_of, may_approve, waiting_periods, withdraw
from publicc.releases.models import Release
from publicc.releases.publication import ReleaseState
from publicc.releases.register import entry_of
from publicc.store.home import Home
from publicc.store.snapshots import NoSnapshot

_ANSWERS_FOR = (UserRole.OPERATOR, UserRole.AUDITOR)
_MOST_WAITING = 8
_BUILDING = Text("La publication se construit : une à deux minutes.", "The release is being built: a minute or two.")
_STEPS = {
    ReleaseState.CANDIDATE.value: Text(
        "Approuvée. Une deuxième personne doit l'approuver aussi.", "Approved. A second person must approve it too."
    ),
    ReleaseState.PUBLISHED.value: Text(
        "La publication est en vigueur : les membres la lisent.", "The release is in force: members read it."
    ),
    ReleaseState.WITHDRAWN.value: Text("La publication est retirée.", "The release is withdrawn."),
}


@for_hub(*_ANSWERS_FOR)
@require_safe
def hub_releases(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What was released, what waits for approval, and the closed periods that may be built."""
    try:
        waiting = waiting_periods(Home.from_environment())[:_MOST_WAITING]
    except NoSnapshot:
        waiting = []
    told = {
        "releases": Release.objects.prefetch_related("approvals__person"),
        "waiting": waiting,
        "may_build": seat.role == UserRole.OPERATOR,
    }
    return render(request, "releases/hub.html", told)


@for_hub(*_ANSWERS_FOR)
@require_safe
def hub_release(request: HttpRequest, seat: Seat, release_id: int) -> HttpResponse:
    """One release: its certificate, and what may be done with it."""
    release = _release(release_id)
    told = {
        "release": release,
        "entry": entry_of(certificate_of(Home.from_environment(), release, for_hub=True)),
        "may_approve": release.state == ReleaseState.CANDIDATE
        and may_approve(release, seat)
        and not release.approvals.filter(person_id=seat.user_id).exists(),
        "may_withdraw": release.state == ReleaseState.PUBLISHED,
    }
    return render(request, "releases/release.html", told)


@for_hub(*_ANSWERS_FOR)
@require_safe
def hub_certificate(request: HttpRequest, seat: Seat, release_id: int) -> HttpResponse:  # noqa: ARG001 - the door hands it
    """The certificate as JSON."""
    return _as_json(_release(release_id), for_hub=True)


@for_hub(UserRole.OPERATOR)
@require_POST
def build_release(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Ask the worker to close a period."""
    try:
        period = parse_period(request.POST.get("period", ""))
    except BadUsage as problem:
        messages.error(request, problem.sentence(language(get_language())))
        return redirect("hub_releases")
    tasks.build.enqueue(period.first_on.isoformat(), period.last_on.isoformat(), seat.user_id)
    _tell(
        request,
        Text("La publication se construit : une à deux minutes.", "The release is being built: a minute or two."),
    )
    return redirect("hub_releases")


@for_hub(*_ANSWERS_FOR)
@require_POST
def approve_release(request: HttpRequest, seat: Seat, release_id: int) -> HttpResponseBase:
    """One person's approval."""
    return _done(request, release_id, lambda release: approve(Home.from_environment(), release, seat))


@for_hub(*_ANSWERS_FOR)
@require_POST
def withdraw_release(request: HttpRequest, seat: Seat, release_id: int) -> HttpResponseBase:
    """Stop serving a release."""
    reason = request.POST.get("reason", "")
    return _done(request, release_id, lambda release: withdraw(Home.from_environment(), release, seat, reason))


@for_members
@require_safe
def register(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The register of anonymization: every release that members read, with its proof."""
    home = Home.from_environment()
    read = Release.objects.exclude(state=ReleaseState.CANDIDATE)
    told = [(release, entry_of(certificate_of(home, release))) for release in read]
    return render(request, "releases/register.html", {"entries": told, "slug": who.organization.slug})


@for_members
@require_safe
def register_certificate(request: HttpRequest, who: Visitor, release_id: int) -> HttpResponse:  # noqa: ARG001 - the same for all members
    """One entry of the register as JSON."""
    release = _release(release_id)
    if release.state == ReleaseState.CANDIDATE:
        raise _gone()
    return _as_json(release)


def _as_json(release: Release, *, for_hub: bool = False) -> JsonResponse:
    return JsonResponse(
        certificate_of(Home.from_environment(), release, for_hub=for_hub),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )


def _release(release_id: int) -> Release:
    found = Release.objects.filter(pk=release_id).first()
    if found is None:
        raise _gone()
    return found


def _done(request: HttpRequest, release_id: int, act: Callable[[Release], Release]) -> HttpResponseBase:
    release = _release(release_id)
    try:
        after = act(release)
    except ReleaseRefused as problem:
        messages.error(request, problem.sentence(language(get_language())))
    else:
        _tell(request, _STEPS[after.state])
    return redirect("hub_release", release_id=release_id)


def _tell(request: HttpRequest, words: Text) -> None:
    messages.success(request, words.said(language(get_language())))


def _gone() -> NotFound:
    return NotFound(Text("Cette page n'existe pas.", "This page does not exist."))
