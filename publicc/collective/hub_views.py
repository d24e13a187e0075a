"""Pages of joining: the public form, and for the hub who is where, each application, rounds."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from publicc.collective import joining
from publicc.collective.doors import for_hub
from publicc.collective.forms import ApplicationForm, JudgementForm, RoundForm
from publicc.collective.joining import SEASONS_ASKED, Judgement
from publicc.collective.models import Application, Round, Seat
from publicc.collective.people_views import tell_link
from publicc.collective.purposes import OPENS, Speed
from publicc.kernel.errors import BadInput, BadUsage, Busy, NotFound
from publicc.kernel.text import Lang, Text, language
from publicc.kernel.vocabulary import UserRole


def _lang() -> Lang:
    return language(get_language())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """The form of an organization that asks to join."""
    form = ApplicationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            joining.apply(form.save(commit=False))
        except Busy as problem:
            form.add_error(None, problem.sentence(_lang()))
        else:
            return redirect("joined")
    told = {"form": form, "speeds": [(one, OPENS[one]) for one in Speed]}
    return render(request, "collective/join.html", told, status=400 if form.errors else 200)


@never_cache
def joined(request: HttpRequest) -> HttpResponse:
    """What happens after the form."""
    return render(request, "collective/joined.html")


@for_hub(UserRole.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Applications, rounds, and where each member is on the way."""
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            joining.open_round(seat=seat, by=request.user, made=form.save(commit=False))
        except BadInput as problem:
            form.add_error(None, problem.sentence(_lang()))
        else:
            return redirect("hub_members")
    deposited, harmonised = import_string(settings.MEMBERS_PROGRESS)()
    told = {
        "applications": Application.objects.select_related("round"),
        "stages": joining.stages(deposited, harmonised),
        "rounds": Round.objects.all(),
        "form": form,
    }
    return render(request, "collective/members.html", told, status=400 if form.errors else 200)


@for_hub(UserRole.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def application(request: HttpRequest, seat: Seat, number: UUID) -> HttpResponse:
    """One application: its evidence, and what the hub found of the two criteria."""
    found = _application(number)
    form = JudgementForm(request.POST or None, initial=_found(found))
    if request.method == "POST" and form.is_valid():
        joining.judge(seat=seat, by=request.user, application=found, found=Judgement(**form.cleaned_data))
        messages.success(request, Text("Le jugement est gardé.", "The judgement is kept.").said(_lang()))
        return redirect("hub_application", number)
    told = {
        "one": found,
        "speed": Speed(found.speed),
        "opens": OPENS[Speed(found.speed)],
        "seasons_asked": SEASONS_ASKED,
        "form": form,
        "rounds": Round.objects.all(),
        "ready": bool(found.policy_holds and found.data_holds),
    }
    return render(request, "collective/application.html", told, status=400 if form.errors else 200)


@for_hub(UserRole.OPERATOR)
@require_POST
def settle(request: HttpRequest, seat: Seat, number: UUID) -> HttpResponse:
    """Select into a round, or decline."""
    found = _application(number)
    given = request.POST.get("round", "")
    into = Round.objects.filter(pk=int(given)).first() if given.isdecimal() and len(given) < 10 else None
    try:
        if request.POST.get("deed") == "decline":
            joining.decline(seat=seat, by=request.user, application=found)
        else:
            tell_link(request, joining.select(seat=seat, by=request.user, application=found, into=into))
    except (BadUsage, BadInput) as problem:
        messages.error(request, problem.sentence(_lang()))
    return redirect("hub_application", number)


def _application(number: UUID) -> Application:
    found = Application.objects.select_related("round", "organization").filter(pk=number).first()
    if found is None:
        raise NotFound(Text("Cette demande n'existe pas.", "This application does not exist."))
    return found


def _found(application: Application) -> dict[str, object]:
    return {
        "policy_holds": application.policy_holds,
        "policy_note": application.policy_note,
        "data_holds": application.data_holds,
        "data_note": application.data_note,
    }
