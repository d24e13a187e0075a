"""How people get an account: by invitation only. Nobody can open one alone."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitationOnly(DefaultAccountAdapter):
    """Closes the public sign-up form; everything else is django-allauth's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the adapter's signature
        """Say no: accounts come from invitations and from the operator's commands."""
        return False


def sign_in_name(request: HttpRequest, credentials: dict[str, str] | None = None) -> str:
    """The address someone tries to sign in with, for counting wrong tries: one count whatever its capitals."""
    given = (credentials or {}).get("email") or request.POST.get("login") or ""
    return given.strip().lower()
