"""The page where one's own buyers are invited: who came, who accepts e-mails, then the file of this round."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from publicc.collective.access import Visitor, can_write_to_buyers, check_can_survey
from publicc.collective.agreements import allows
from publicc.collective.doors import for_members
from publicc.collective.purposes import Purpose
from publicc.harmonise.inviting import FEWEST_TOGETHER
from publicc.harmonise.own_buyers import Standing
from publicc.harmonise.rests import COMMON_DAYS, OWN_DAYS
from publicc.kernel.errors import BadInput
from publicc.surveys.inviting import SINCE_DAYS, invite_buyers, shares_rests, standing_of
from publicc.surveys.models import Link
from publicc.surveys.sharing import link_of
from publicc.surveys.views import lang


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, who: Visitor, survey_key: str, code: str) -> HttpResponse:
    """Choose how far back, see who accepts e-mails, take the file."""
    link = link_of(who, survey_key, code)
    check_can_survey(who)
    if request.method != "POST":
        return _page(request, who, link)
    since = _since(request)
    try:
        if request.POST.get("do") == "take":
            return _file(request, who, link, since)
        came, standing = standing_of(who=who, link=link, since_days=since)
    except BadInput as problem:
        return _page(request, who, link, since=since, problem=problem.sentence(lang()))
    return _page(request, who, link, since=since, came=came, standing=standing)


def _since(request: HttpRequest) -> int:
    given = request.POST.get("since", "")
    return next((one for one in SINCE_DAYS if str(one) == given), SINCE_DAYS[1])


def _page(
    request: HttpRequest, who: Visitor, link: Link, *, since: int = SINCE_DAYS[1], came: int = 0,
    standing: Standing | None = None, problem: str = "",
) -> HttpResponse:  # fmt: skip
    told = {
        "survey": link.survey,
        "about": link,
        "since": since,
        "spans": SINCE_DAYS,
        "came": came,
        "standing": standing,
        "may_take": can_write_to_buyers(who),
        "is_allowed": allows(who.organization, Purpose.SURVEYS),
        "is_common": shares_rests(who),
        "own_days": OWN_DAYS,
        "common_days": COMMON_DAYS,
        "fewest": FEWEST_TOGETHER,
        "problem": problem,
    }
    return render(request, "surveys/invite.html", told, status=400 if problem else 200)


def _file(request: HttpRequest, who: Visitor, link: Link, since: int) -> HttpResponse:
    page = request.build_absolute_uri(reverse("answer_survey", args=[link.code]))
    found = invite_buyers(
        who=who, by=request.user, link=link, since_days=since, address=lambda one: f"{page}?i={one}", lang=lang()
    )
    headers = {"Content-Disposition": f'attachment; filename="invitations-{link.survey.key[:8]}.csv"'}
    return HttpResponse(found.content, content_type="text/csv; charset=utf-8", headers=headers)
