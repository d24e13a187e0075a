"""What a member sees before their organization has data: what to bring, what it opens, what is under way."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from publicc.collective.access import Visitor, can_deposit
from publicc.intake.queries import history
from publicc.intake.states import DepositState


def empty_page(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The way to the first deposit, or to the one that waits."""
    newest = next(iter(history(who)), None)
    waiting = newest if newest is not None and (newest.at_work or newest.where is DepositState.TO_CONFIRM) else None
    told = {"waiting": waiting, "may_deposit": can_deposit(who), "slug": who.organization.slug}
    return render(request, "dashboards/empty.html", told)
