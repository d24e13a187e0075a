"""Keeping and forgetting views."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from publicc.collective.access import Visitor
from publicc.collective.doors import for_members
from publicc.dashboards.responses import lang
from publicc.dashboards.saved import forget_view, keep_view
from publicc.kernel.text import Text


@for_members
@require_POST
def keep(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Keep the view under a name, and come back to it."""
    told = request.POST
    kept = keep_view(
        who=who,
        by=request.user,
        name=told.get("name", ""),
        screen=told.get("screen", ""),
        query=told.get("query", ""),
        shared=told.get("shared") == "on",
    )
    told_kept = Text("La vue « {name} » est gardée dans En bref.", "The view “{name}” is kept in In brief.")
    messages.success(request, told_kept.said(lang(), name=kept.name))
    return redirect(f"{reverse(kept.screen, args=[who.organization.slug])}?{kept.query}")


@for_members
@require_POST
def forget(request: HttpRequest, who: Visitor, view_id: str) -> HttpResponse:
    """Forget a view."""
    forget_view(who=who, by=request.user, view_id=view_id)
    messages.success(request, Text("La vue est retirée.", "The view is removed.").said(lang()))
    return redirect("answers", who.organization.slug)
