"""Pages of groups of peers: the member's own, and the hub's."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from publicc.collective.access import Visitor
from publicc.collective.doors import for_hub, for_members
from publicc.collective.models import Organization, Seat
from publicc.disclosure.policy import Policy
from publicc.kernel.errors import BadInput, BadUsage
from publicc.kernel.text import Lang, Text, language
from publicc.kernel.vocabulary import UserRole
from publicc.releases.groups import asking
from publicc.releases.groups.forms import GroupForm
from publicc.releases.groups.judging import Judgement, judge, judge_for_hub, latest
from publicc.releases.groups.states import GroupState
from publicc.releases.models import PeerGroup
from publicc.releases.policies import policy_in_force
from publicc.store.home import Home


def _lang() -> Lang:
    return language(get_language())


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The groups that an organization asked for, the rule, and the form of another."""
    home = Home.from_environment()
    released = latest(home, who.organization.slug)
    given = request.POST if request.method == "POST" else None
    form = GroupForm(given, released) if released is not None and asking.can_ask(who) else None
    if request.method == "POST":
        asking.check_can_ask(who)
        if form is not None and form.is_valid():
            try:
                _tell(request, *asking.ask(home=home, who=who, by=request.user, wish=form.wish()))
            except (BadInput, BadUsage) as problem:
                form.add_error(None, problem.sentence(_lang()))
            else:
                return redirect("groups", who.organization.slug)
    found = PeerGroup.objects.filter(organization=who.organization)
    told = {
        "groups": [(one, _why(home, one)) for one in found],
        "form": form,
        "released": released,
        "names": released.names if released else {},
        "left": asking.left_this_year(home, who.organization),
        "rules": _rules(policy_in_force(home)),
        "may_ask": asking.can_ask(who),
    }
    return render(request, "releases/groups.html", told, status=400 if form is not None and form.errors else 200)


@for_members
@require_POST
def withdraw(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """Give a group up."""
    try:
        asking.withdraw(who=who, by=request.user, number=number)
        messages.success(request, Text("Le groupe est retiré.", "The group is withdrawn.").said(_lang()))
    except BadUsage as problem:
        messages.error(request, problem.sentence(_lang()))
    return redirect("groups", who.organization.slug)


@for_hub(UserRole.OPERATOR)
@require_safe
def hub_groups(request: HttpRequest, seat: Seat) -> HttpResponse:  # noqa: ARG001 - the door hands it
    """What waits, with what the policy says of it; what was settled; who is of one legal group."""
    home = Home.from_environment()
    found = PeerGroup.objects.select_related("organization", "asked_by")
    organizations = Organization.objects.order_by("legal_group", "name")
    told = {
        "waiting": [(one, _verdict(home, one), _named(one)) for one in found if one.where is GroupState.WAITING],
        "settled": [one for one in found if one.where is not GroupState.WAITING][:50],
        "organizations": sorted(organizations, key=lambda one: one.name.casefold()),
        "legal": [one for one in organizations if one.legal_group],
        "rules": _rules(policy_in_force(home)),
    }
    return render(request, "releases/hub_groups.html", told)


@for_hub(UserRole.OPERATOR)
@require_POST
def decide(request: HttpRequest, seat: Seat, number: UUID) -> HttpResponse:
    """Allow or refuse a group."""
    allowed = request.POST.get("deed") == "allow"
    try:
        asking.decide(
            home=Home.from_environment(),
            seat=seat,
            number=number,
            allowed=allowed,
            word=request.POST.get("word", "")[:300],
        )
    except BadUsage as problem:
        messages.error(request, problem.sentence(_lang()))
    else:
        done = Text("Le groupe est permis.", "The group is allowed.")
        refused = Text("Le groupe est refusé.", "The group is refused.")
        messages.success(request, (done if allowed else refused).said(_lang()))
    return redirect("hub_groups")


@for_hub(UserRole.OPERATOR)
@require_POST
def legal_group(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Say who is of one legal group."""
    try:
        asking.join_legally(seat=seat, slugs=request.POST.getlist("slugs")[:200], name=request.POST.get("name", ""))
        messages.success(request, Text("C'est noté.", "It is kept.").said(_lang()))
    except BadInput as problem:
        messages.error(request, problem.sentence(_lang()))
    return redirect("hub_groups")


def _rules(policy: Policy) -> dict[str, int]:
    return {
        "others": policy.groups.others,
        "a_year": policy.groups.a_year,
        "apart": policy.money.overlap,
    }


def _why(home: Home, group: PeerGroup) -> Judgement | None:
    """Why a group was refused, and the wider one; None of the others."""
    released = latest(home, group.organization.slug) if group.where is GroupState.REFUSED else None
    return judge(home, released, group.members, besides=group) if released is not None else None


def _verdict(home: Home, group: PeerGroup) -> Judgement | None:
    released = latest(home, group.organization.slug)
    return judge_for_hub(home, released, group) if released is not None else None


def _named(group: PeerGroup) -> list[str]:
    found = Organization.objects.filter(slug__in=group.members).values_list("name", flat=True)
    return sorted(found, key=str.casefold)


def _tell(request: HttpRequest, group: PeerGroup, judged: Judgement) -> None:
    if group.where is GroupState.WAITING:
        told = Text(
            "La demande est partie au pôle : la politique permet ce groupe.",
            "The request went to the hub: the policy permits this group.",
        )
        messages.success(request, told.said(_lang()))
    else:
        messages.warning(request, judged.why.said(_lang()))
