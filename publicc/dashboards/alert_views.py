"""The page of alerts: what needs someone now, and how often to be told by e-mail; stopping from the e-mail itself."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from publicc.collective.access import Visitor
from publicc.collective.doors import for_members
from publicc.dashboards.alerts import alerts_of
from publicc.dashboards.digests import choice_of, choose, stopped_by
from publicc.dashboards.models import DigestChoice
from publicc.dashboards.responses import lang
from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text

EVERY: Final = {
    DigestChoice.Every.NEVER: Text("Jamais", "Never"),
    DigestChoice.Every.DAY: Text("Chaque jour, s'il y a quelque chose", "Every day, when there is something"),
    DigestChoice.Every.WEEK: Text("Chaque semaine, s'il y a quelque chose", "Every week, when there is something"),
}


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def alerts(request: HttpRequest, who: Visitor) -> HttpResponse:
    """What needs someone now, and the choice of being told."""
    if request.method == "POST":
        _choose(request, who)
        return redirect("alerts", who.organization.slug)
    told = {
        "alerts": alerts_of(who.scope),
        "every": [(value.value, words) for value, words in EVERY.items()],
        "chosen": choice_of(who, request.user).every,
        "address": getattr(request.user, "email", ""),
        "slug": who.organization.slug,
    }
    return render(request, "dashboards/alerts.html", told)


def _choose(request: HttpRequest, who: Visitor) -> None:
    every = request.POST.get("every", "")
    if every not in DigestChoice.Every.values:
        raise BadInput(
            Text("Ce rythme d'envoi n'existe pas.", "There is no such frequency."),
            do=Text("Choisir jamais, chaque jour ou chaque semaine.", "Choose never, every day or every week."),
        )
    choose(who=who, by=request.user, every=every, lang=lang())
    messages.success(request, Text("Votre choix est gardé.", "Your choice is kept.").said(lang()))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop a digest from its e-mail, without signing in: asked first, done on posting (one click for mail programs)."""
    choice = stopped_by(token)
    if request.method == "POST":
        DigestChoice.objects.filter(pk=choice.pk).update(every=DigestChoice.Every.NEVER)
    told = {"stopped": request.method == "POST", "organization": choice.organization.name}
    return render(request, "dashboards/alerts_stopped.html", told)
