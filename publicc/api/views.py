"""Pages about the API: an organization's tokens, what every operation does; and addresses that are nothing."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from publicc.api.problems import problem
from publicc.api.scopes import TokenScope
from publicc.api.service import api
from publicc.api.tokens import LIFETIMES, make_token, revoke_token, tokens_for
from publicc.collective.access import Visitor, can_deposit, can_export
from publicc.collective.doors import for_members


@for_members
def tokens(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The tokens of an organization; a new one shows its secret here, once."""
    told: dict[str, Any] = {}
    if request.method == "POST":
        days = request.POST.get("days", "")
        token, secret = make_token(
            who=who,
            by=request.user,
            name=request.POST.get("name", ""),
            scopes=request.POST.getlist("scopes"),
            days=int(days) if days.isascii() and days.isdigit() and len(days) < 5 else 0,
        )
        told = {"fresh": token, "secret": secret}
    may = {TokenScope.REPORT: can_export(who), TokenScope.DEPOSIT: can_deposit(who)}
    now = timezone.now()
    page = {
        "slug": who.organization.slug,
        "tokens": [(one, one.is_good(now)) for one in tokens_for(who, request.user)],
        "scopes": [one for one in TokenScope if may.get(one, True)],
        "lifetimes": LIFETIMES,
        **told,
    }
    return render(request, "api/tokens.html", page)


@for_members
@require_POST
def revoke(request: HttpRequest, who: Visitor, token_id: UUID) -> HttpResponse:
    """Close a token, and come back."""
    revoke_token(who=who, by=request.user, token_id=token_id)
    return redirect("api_tokens", who.organization.slug)


@login_required
@require_safe
def described(request: HttpRequest) -> HttpResponse:
    """Every operation, its parameters and its problems, read from the OpenAPI file itself."""
    schema = api.get_openapi_schema()
    operations = [
        {
            "method": method.upper(),
            "path": path,
            "summary": told["summary"],
            "description": told.get("description", ""),
            "parameters": told.get("parameters", []),
            "responses": told["responses"].items(),
            "tag": (told.get("tags") or [""])[0],
            "id": told["operationId"],
        }
        for path, methods in schema["paths"].items()
        for method, told in methods.items()
    ]
    about = schema["info"]["description"].split("\n\n")
    return render(request, "api/described.html", {"operations": operations, "about": about})


@csrf_exempt
def nothing(request: HttpRequest, path: str = "") -> HttpResponse:  # noqa: ARG001 - whatever it is
    """An address of the API that is nothing."""
    return problem(404, "not_found")
