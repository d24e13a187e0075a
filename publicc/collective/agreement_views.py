"""The page of the agreement: read, sign, allow one purpose at a time, withdraw, end; and the signed document."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from publicc.collective import agreements
from publicc.collective.access import Visitor, can_sign
from publicc.collective.agreement_text import CURRENT
from publicc.collective.agreements import Signature
from publicc.collective.doors import for_roles
from publicc.collective.forms import SignatureForm
from publicc.collective.models import Agreement
from publicc.collective.purposes import OPENS, USES, Purpose, Speed, needed_by
from publicc.collective.trail import record
from publicc.kernel.errors import BadInput, BadUsage, NotFound
from publicc.kernel.text import Lang, Text, language
from publicc.kernel.vocabulary import UserRole

_READERS = (UserRole.STEWARD, UserRole.DIRECTOR, UserRole.AUDITOR)


def _lang() -> Lang:
    return language(get_language())


@for_roles(*_READERS)
@require_safe
def agreement(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The agreement that holds, what it allows, and the one to sign."""
    return _page(request, who, SignatureForm(initial={"digest": CURRENT.digest}))


@for_roles(*_READERS)
@require_POST
def sign(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Sign."""
    form = SignatureForm(request.POST)
    if not form.is_valid():
        return _page(request, who, form, 400)
    told = form.cleaned_data
    given = Signature(
        signatory=told["signatory"], title=told["title"], speed=Speed(told["speed"]), lang=_lang(),
        authorized=told["authorized"], digest=told["digest"],
    )  # fmt: skip
    try:
        agreements.sign(who=who, by=request.user, given=given)
    except (BadInput, BadUsage) as problem:
        form.add_error(None, problem.sentence(_lang()))
        return _page(request, who, form, 400)
    messages.success(request, _SIGNED.said(_lang()))
    return redirect("agreement", who.organization.slug)


@for_roles(*_READERS)
@require_POST
def right(request: HttpRequest, who: Visitor, purpose: str) -> HttpResponse:
    """Allow or withdraw one purpose."""
    named = next((one for one in Purpose if one.value == purpose), None)
    if named is None:
        raise NotFound(Text("Cette finalité n'existe pas.", "There is no such purpose."))
    until = request.POST.get("until", "")
    try:
        if request.POST.get("deed") == "withdraw":
            agreements.withdraw(who=who, by=request.user, purpose=named)
        else:
            agreements.grant(who=who, by=request.user, purpose=named, until=_day(until))
    except (BadInput, BadUsage) as problem:
        messages.error(request, problem.sentence(_lang()))
    else:
        messages.success(request, _OBEYED.said(_lang()))
    return redirect("agreement", who.organization.slug)


@for_roles(*_READERS)
@require_POST
def end(request: HttpRequest, who: Visitor) -> HttpResponse:
    """End the agreement."""
    try:
        agreements.end(who=who, by=request.user)
    except BadUsage as problem:
        messages.error(request, problem.sentence(_lang()))
    else:
        messages.success(request, _ENDED.said(_lang()))
    return redirect("agreement", who.organization.slug)


@for_roles(*_READERS)
@require_safe
def document(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """A signed agreement, as signed."""
    found = Agreement.objects.filter(organization=who.organization, pk=number).first()
    if found is None:
        raise NotFound(Text("Cette entente n'existe pas.", "This agreement does not exist."))
    record(action="export_agreement", actor=request.user, organization=who.organization, object_id=str(number))
    return HttpResponse(
        bytes(found.pdf),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="entente-{found.signed_at:%Y-%m-%d}.pdf"'},
    )


def _page(request: HttpRequest, who: Visitor, form: SignatureForm, status: int = 200) -> HttpResponse:
    held = agreements.holding(who.organization)
    allowed = {Purpose(one.purpose): one for one in agreements.rights_of(who.organization)}
    told = {
        "held": held,
        "speed": Speed(held.speed) if held else None,
        "opens": OPENS[Speed(held.speed)] if held else None,
        "speeds": [(one, OPENS[one]) for one in Speed],
        "purposes": [(one, USES[one], allowed.get(one), needed_by(one)) for one in Purpose],
        "allowed": len(allowed),
        "text": CURRENT,
        "renewed": held is not None and held.version != CURRENT.version,
        "past": Agreement.objects.filter(organization=who.organization),
        "may_sign": can_sign(who),
        "form": form,
    }
    return render(request, "collective/agreement.html", told, status=status)


def _day(given: str) -> date | None:
    try:
        found = parse_date(given) if given else None
    except ValueError:
        found = None
    if given and found is None:
        raise BadInput(Text("Cette date ne se lit pas.", "This date cannot be read."))
    return found


_SIGNED = Text(
    "L'entente est signée. Vos propres tableaux de bord sont permis; accordez le reste une finalité à la fois.",
    "The agreement is signed. Your own dashboards are allowed; grant the rest one purpose at a time.",
)
_OBEYED = Text("C'est noté : la prochaine harmonisation en tient compte.", "Noted: the next harmonisation obeys.")
_ENDED = Text(
    "L'entente a pris fin : rien de vous n'est plus harmonisé.",
    "The agreement has ended: nothing of yours is harmonised any more.",
)
