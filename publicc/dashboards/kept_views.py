"""Keeping and forgetting views."""

from urllib.parse import parse_qs

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from publicc.collective.access import Visitor
from publicc.collective.doors import for_members
from publicc.dashboards.describing import staleness
from publicc.dashboards.notes import noted
from publicc.dashboards.responses import lang
from publicc.dashboards.saved import forget_view, keep_view, pin_view, pinned_by, unpin_view, views_for
from publicc.dashboards.showing import show
from publicc.dashboards.welcome import empty_page
from publicc.kernel.text import Text
from publicc.store.snapshots import NoSnapshot


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
    if told.get("pinned") == "on":
        pin_view(who=who, by=request.user, view_id=str(kept.pk))
    told_kept = Text("La vue « {name} » est gardée dans En bref.", "The view “{name}” is kept in In brief.")
    messages.success(request, told_kept.said(lang(), name=kept.name))
    return redirect(f"{reverse(kept.screen, args=[who.organization.slug])}?{kept.query}")


@for_members
@require_safe
def my_page(request: HttpRequest, who: Visitor) -> HttpResponse:
    """*Ma page*: the views that a person pinned, each with its answer and its first picture."""
    views = pinned_by(who, request.user)
    try:
        slug = who.organization.slug
        told = [(view, noted(show(who.scope, view.screen, parse_qs(view.query)), slug)) for view in views]
    except NoSnapshot:
        return empty_page(request, who)
    others = [view for view in views_for(who, request.user) if view not in views]
    page = {
        "pins": told,
        "others": others,
        "stale": staleness(told[0][1]) if told else None,
        "slug": who.organization.slug,
    }
    return render(request, "dashboards/my_page.html", page)


@for_members
@require_POST
def pin(request: HttpRequest, who: Visitor, view_id: str) -> HttpResponse:
    """Put a view on one's own page."""
    view = pin_view(who=who, by=request.user, view_id=view_id)
    told = Text("La vue « {name} » est sur votre page.", "The view “{name}” is on your page.")
    messages.success(request, told.said(lang(), name=view.name))
    return redirect("my_page", who.organization.slug)


@for_members
@require_POST
def unpin(request: HttpRequest, who: Visitor, view_id: str) -> HttpResponse:
    """Take a view off one's own page."""
    view = unpin_view(who=who, by=request.user, view_id=view_id)
    told = Text(
        "La vue « {name} » n'est plus sur votre page; elle reste gardée.",
        "The view “{name}” is no longer on your page; it is still kept.",
    )
    messages.success(request, told.said(lang(), name=view.name))
    return redirect("my_page", who.organization.slug)


@for_members
@require_POST
def forget(request: HttpRequest, who: Visitor, view_id: str) -> HttpResponse:
    """Forget a view."""
    forget_view(who=who, by=request.user, view_id=view_id)
    messages.success(request, Text("La vue est retirée.", "The view is removed.").said(lang()))
    return redirect("answers", who.organization.slug)
