"""Pages of a departure: the director asks for it, the hub carries it out and hands the proof over."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from publicc.collective import departures
from publicc.collective.access import Visitor
from publicc.collective.doors import for_hub, for_roles
from publicc.collective.models import Departure, Seat
from publicc.collective.trail import record
from publicc.intake.own_data import FORMS
from publicc.kernel.errors import BadInput, BadUsage, NotFound
from publicc.kernel.text import Lang, Text, language
from publicc.kernel.vocabulary import UserRole
from publicc.releases.departing.carrying_out import start
from publicc.releases.departing.proof import backups_told, exported_at, proof_pdf
from publicc.releases.departing.remains import PLACES, remains_of
from publicc.store.home import Home
from publicc.store.keys import KeyRing

_ASKED: Final = Text(
    "Le départ est demandé : rien de vous n'est plus harmonisé. Le pôle détruit le reste et vous remet la preuve.",
    "The exit is asked for: nothing of yours is harmonised from now on. The hub destroys the rest and gives you proof.",
)
_STAYS: Final = Text(
    "Vous restez. Signer l'entente de nouveau pour que vos données soient comptées.",
    "You stay. Sign the agreement again for your data to be counted.",
)
_STARTED: Final = Text("Le départ est en cours.", "The exit is under way.")


def _lang() -> Lang:
    return language(get_language())


@for_roles(UserRole.DIRECTOR)
@require_safe
def leaving(request: HttpRequest, who: Visitor) -> HttpResponse:
    """What leaving does, what is held today, and asking for it."""
    home = Home.from_environment()
    counted = remains_of(home, KeyRing.open(home), who.organization.slug)
    asked = departures.asked_by(who.organization)
    probe = asked or Departure(organization=who.organization)
    told = {
        "asked": asked,
        "exported": exported_at(probe),
        "forms": FORMS,
        "places": [(place.words, counted[place.code]) for place in PLACES],
        "backups": backups_told(home, timezone.now()),
    }
    return render(request, "releases/leaving.html", told)


@for_roles(UserRole.DIRECTOR)
@require_POST
def ask(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Ask to leave, or take it back."""
    try:
        if request.POST.get("deed") == "stay":
            departures.take_back(who=who, by=request.user)
        else:
            departures.ask(who=who, by=request.user, typed=request.POST.get("typed", ""))
    except (BadInput, BadUsage) as problem:
        messages.error(request, problem.sentence(_lang()))
    else:
        messages.success(request, (_STAYS if request.POST.get("deed") == "stay" else _ASKED).said(_lang()))
    return redirect("leaving", who.organization.slug)


@for_hub(UserRole.OPERATOR, UserRole.AUDITOR)
@require_safe
def hub_departures(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Who asked to leave, who left, and the proofs."""
    told = {"departures": Departure.objects.all(), "may_carry_out": seat.role == UserRole.OPERATOR}
    return render(request, "releases/departures.html", told)


@for_hub(UserRole.OPERATOR)
@require_POST
def carry_out(request: HttpRequest, seat: Seat, number: UUID) -> HttpResponse:  # noqa: ARG001 - the door hands it
    """Destroy what an organization that asked to leave brought."""
    departure = _departure(number)
    if request.POST.get("typed", "").strip() != departure.slug:
        messages.error(request, Text("Ce n'est pas son nom court.", "This is not its short name.").said(_lang()))
        return redirect("hub_departures")
    try:
        start(departure, by=request.user)
    except BadUsage as problem:
        messages.error(request, problem.sentence(_lang()))
    else:
        messages.success(request, _STARTED.said(_lang()))
    return redirect("hub_departures")


@for_hub(UserRole.OPERATOR, UserRole.AUDITOR)
@require_safe
def proof(request: HttpRequest, seat: Seat, number: UUID, form: str) -> HttpResponseBase:  # noqa: ARG001 - the same
    """The signed proof of a departure, on paper or for programs."""
    departure = _departure(number)
    if "signature" not in departure.proof or form not in {"pdf", "json"}:
        raise NotFound(Text("Cette preuve n'existe pas.", "This proof does not exist."))
    record(action="export_proof", actor=request.user, organization=None, object_id=str(number))
    headers = {"Content-Disposition": f'attachment; filename="depart-{departure.slug}.{form}"'}
    if form == "json":
        return JsonResponse(departure.proof, headers=headers)
    return HttpResponse(proof_pdf(departure.proof, _lang()), content_type="application/pdf", headers=headers)


def _departure(number: UUID) -> Departure:
    found = Departure.objects.filter(pk=number).first()
    if found is None:
        raise NotFound(Text("Ce départ n'existe pas.", "This exit does not exist."))
    return found
