"""The page where a director or data steward takes the e-mails of a segment's buyers who accept them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from publicc.collective.access import Visitor, can_write_to_buyers
from publicc.collective.doors import for_members
from publicc.dashboards import segment_buyers
from publicc.dashboards.responses import lang
from publicc.dashboards.segment_buyers import Axis, Segment
from publicc.dashboards.welcome import empty_page
from publicc.harmonise.own_buyers import FORMS, Standing
from publicc.store.snapshots import NoSnapshot


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def buyers(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Choose a segment; see who accepts e-mails; take their addresses."""
    try:
        axes = segment_buyers.axes_of(who)
    except NoSnapshot:
        return empty_page(request, who)
    if request.method != "POST":
        return _page(request, who, axes)
    chosen = segment_buyers.segment_of(axes, request.POST.get("segment", ""))
    form = request.POST.get("form", "")
    if form:
        return _file(request, who, chosen, form)
    found = segment_buyers.standing_with_emails(who=who, segment=chosen)
    return _page(request, who, axes, chosen=chosen, standing=found.standing)


def _page(
    request: HttpRequest,
    who: Visitor,
    axes: tuple[Axis, ...],
    *,
    chosen: Segment | None = None,
    standing: Standing | None = None,
) -> HttpResponse:
    told = {
        "slug": who.organization.slug,
        "axes": axes,
        "may_write": can_write_to_buyers(who),
        "chosen": chosen,
        "asked": chosen.key if chosen else request.GET.get("segment", ""),
        "standing": standing,
    }
    return render(request, "dashboards/segment_buyers.html", told)


def _file(request: HttpRequest, who: Visitor, chosen: Segment, form: str) -> HttpResponse:
    found = segment_buyers.emails_of(who=who, by=request.user, segment=chosen, form=form, lang=lang())
    name = f"{'courriels' if lang() == 'fr' else 'e-mails'}-{chosen.code.lower()}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(found.content, content_type=FORMS[form], headers=headers)
