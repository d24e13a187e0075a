"""Signing in: an address and a password, slowed down after five wrong tries; in a demonstration, accounts to try."""

import json
from typing import Any

from allauth.account.views import LoginView
from axes.decorators import axes_form_invalid
from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from publicc.collective.demonstration import DemoAccount, demo_accounts
from publicc.kernel.formats import wait
from publicc.kernel.text import Text
from publicc.web.errors import problem_page
from publicc.web.language import lang_of


class SignIn(LoginView):
    """django-allauth's sign-in, with demonstration accounts when the whole installation is a demonstration."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 - Django's signature
        """Add the accounts one may try."""
        told: dict[str, Any] = super().get_context_data(**kwargs)
        accounts = demo_accounts() if settings.DEMO else []
        told["elsewhere"] = settings.OIDC_NAME
        told["accounts"] = [(account, _filled(account)) for account in accounts]
        return told

    @axes_form_invalid  # type: ignore[untyped-decorator]
    def form_invalid(self, form: Form) -> HttpResponse:
        """Show what is wrong, or that one must wait."""
        response: HttpResponse = super().form_invalid(form)
        return response


def _filled(account: DemoAccount) -> str:
    """What the button of an account writes into the form."""
    return json.dumps({"id_login": account.email, "id_password": account.password})


@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """There is no public sign-up."""
    return render(request, "account/signup_closed.html")


def locked_out(request: HttpRequest, *_: object) -> HttpResponse:
    """After too many wrong tries: wait, whether the account exists or not."""
    seconds = float(settings.AXES_COOLOFF_TIME) * 3600
    told = Text(
        "Trop d'essais avec ce courriel. Attendre {wait}, puis réessayer.",
        "Too many tries with this e-mail. Wait {wait}, then try again.",
    )
    lang = lang_of(request)
    return problem_page(request, 429, told.said(lang, wait=wait(seconds, lang)))
