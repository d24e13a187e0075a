"""What an account asks for: an address that is one, a password that is not easy to guess."""

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text


def checked_address(email: str) -> str:
    """The address, in small letters. Raises BadInput for what is none."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as problem:
        raise BadInput(Text("Ce courriel n'en est pas un.", "This is not an e-mail address.")) from problem
    return address


def check_password(password: str, user: Any) -> None:  # noqa: ANN401 - the user model of the settings
    """Raise BadInput for a password that is too easy to guess."""
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise BadInput(
            Text("Ce mot de passe est trop facile à deviner.", "This password is too easy to guess."),
            do=Text("En choisir un d'au moins douze caractères.", "Choose one of at least twelve characters."),
        ) from problem
