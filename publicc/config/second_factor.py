"""The second factor: secrets encrypted in the database, its pages in our words, enrolment asked of everyone."""

import base64
import secrets
from collections.abc import Callable
from typing import Final

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac

_NONCE: Final = 12
_BOUND_TO: Final = b"publicc|second factor|1"
_STILL_OPEN: Final = ("/account/", "/preferences/", "/health/", "/static/", "/invitation/", "/join/")
"""Addresses that someone signed in reaches before they have a second factor."""


class SecondFactor(DefaultMFAAdapter):
    """django-allauth's second factor, its secrets under a key made from the installation's own."""

    def get_totp_issuer(self) -> str:
        """What the application on the phone calls us."""
        return "Public C"

    def encrypt(self, text: str) -> str:
        """A secret, as the database holds it."""
        nonce = secrets.token_bytes(_NONCE)
        return base64.b64encode(nonce + AESGCM(_key()).encrypt(nonce, text.encode(), _BOUND_TO)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret itself. Raises InvalidTag when the installation's key is another one."""
        raw = base64.b64decode(encrypted_text)
        return AESGCM(_key()).decrypt(raw[:_NONCE], raw[_NONCE:], _BOUND_TO).decode()


def _key() -> bytes:
    return salted_hmac("publicc.second-factor", "key", algorithm="sha256").digest()


def enrolment_first(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Where it is asked, lead whoever has no second factor to the page that gives one, whatever they open."""

    def led(request: HttpRequest) -> HttpResponse:
        if (
            settings.SECOND_FACTOR
            and request.user.is_authenticated
            and not request.path.startswith(_STILL_OPEN)
            and not is_mfa_enabled(request.user)
        ):
            return redirect("mfa_index")
        return get_response(request)

    return led
