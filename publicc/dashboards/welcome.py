"""What a member sees before their organization has data: what to bring, what it opens, what is under way."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from publicc.collective.access import Visitor, can_deposit
from publicc.collective.doors import for_members
from publicc.intake.queries import history
from publicc.intake.states import DepositState
from publicc.kernel.text import Text


def empty_page(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The way to the first deposit, or to the one that waits."""
    newest = next(iter(history(who)), None)
    waiting = newest if newest is not None and (newest.at_work or newest.where is DepositState.TO_CONFIRM) else None
    kept = newest is not None and newest.where is DepositState.ACCEPTED
    told = {
        "waiting": waiting,
        "kept": kept,
        "steps": _steps(newest.where if newest else None, at_work=bool(newest and newest.at_work)),
        "may_deposit": can_deposit(who),
        "slug": who.organization.slug,
    }
    return render(request, "dashboards/empty.html", told)


def _steps(state: DepositState | None, *, at_work: bool) -> tuple[tuple[Text, str], ...]:
    """The way to the first answer, and where the organization is on it. `state`: of the newest deposit."""
    here = 0
    if at_work or state is DepositState.TO_CONFIRM:
        here = 1
    elif state is DepositState.ACCEPTED:
        here = 2
    marks = ("done", "here", "next")
    return tuple((step, marks[(at > here) - (at < here) + 1]) for at, step in enumerate(_WAY))


_WAY: Final = (
    Text("Déposer vos fichiers", "Deposit your files"),
    Text("Vérifier et confirmer", "Check and confirm"),
    Text("Regrouper et masquer les identités", "Group and hide identities"),
    Text("Lire la première réponse", "Read the first answer"),
)


TOUR_COOKIE: Final = "tour"
_A_YEAR: Final = 365 * 24 * 3600


def wants_tour(request: HttpRequest) -> bool:
    """Whether the short tour stands on top of *En bref*: until it is dismissed, or when asked for again."""
    return request.COOKIES.get(TOUR_COOKIE) != "seen" or request.GET.get("tour") == "again"


@for_members
@require_POST
def dismiss_tour(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Put the tour away on this browser; *Mots et chiffres* has the way back to it."""
    answer = redirect("answers", who.organization.slug)
    answer.set_cookie(TOUR_COOKIE, "seen", max_age=_A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return answer
