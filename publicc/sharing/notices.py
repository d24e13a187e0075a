"""What is written to people of either side. A message names the show and the organization, and holds no figure.

It says the same whether or not the organization that was asked holds anything.
"""

import logging
from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail

from publicc.collective.models import Membership, Organization
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole
from publicc.sharing.models import ShowRequest

log = logging.getLogger("publicc.sharing")
ASKED: Final = Text(
    "{asker} vous demande l'accès aux chiffres de « {title} ».",
    "{asker} asks you for access to the figures of “{title}”.",
)
REMINDED: Final = Text(
    "{asker} attend votre réponse au sujet de « {title} ».", "{asker} awaits your answer about “{title}”."
)
GRANTED: Final = Text(
    "{owner} a accordé votre demande au sujet de « {title} ».", "{owner} granted your request about “{title}”."
)
DECLINED: Final = Text(
    "{owner} a décliné votre demande au sujet de « {title} ».", "{owner} declined your request about “{title}”."
)
REVOKED: Final = Text(
    "{owner} a révoqué l'accès à « {title} ».", "{owner} revoked the access to “{title}”."
)  # fmt: skip
ENDING: Final = Text(
    "L'accès de {asker} à « {title} », accordé par {owner}, prend fin bientôt.",
    "The access of {asker} to “{title}”, granted by {owner}, ends soon.",
)
_MESSAGE: Final = Text(
    "Bonjour,\n\n{told}\n\nLa demande et la réponse sont dans Public C, sous « Partage de spectacles ».",
    "Hello,\n\n{told}\n\nThe request and the answer are in Public C, under “Show sharing”.",
)


def tell_owner(request: ShowRequest, told: Text) -> None:
    """Write to those who decide for the owner."""
    if request.owner is not None:
        _tell(request, told, _people_of(request.owner, (UserRole.DIRECTOR,)))


def tell_asker(request: ShowRequest, told: Text) -> None:
    """Write to the person who asked, as long as they still belong to the organization that did."""
    if request.asker is not None and request.asked_by_id is not None:
        still = Membership.objects.filter(organization=request.asker, user_id=request.asked_by_id)
        people = get_user_model().objects.filter(pk__in=still.values("user_id"), is_active=True).exclude(email="")
        _tell(request, told, people.values_list("email", flat=True))


def _people_of(organization: Organization, roles: Iterable[UserRole]) -> Iterable[str]:
    held = Membership.objects.filter(organization=organization, role__in=[one.value for one in roles])
    return held.filter(user__is_active=True).exclude(user__email="").values_list("user__email", flat=True)


def _tell(request: ShowRequest, told: Text, addresses: Iterable[str]) -> None:
    """In both languages, French first: a person's language is not known here. One failure stops nothing."""
    said = told.filled(asker=request.asker_name, owner=request.owner_name, title=request.title)
    body = "\n\n—\n\n".join(_MESSAGE.said(lang, told=said.said(lang)) for lang in ("fr", "en"))
    for address in addresses:
        try:
            send_mail(f"{said.said('fr')} / {said.said('en')}"[:200], body, settings.DEFAULT_FROM_EMAIL, [address])
        except OSError as problem:
            log.warning("a notice of sharing could not leave: %s", type(problem).__name__)
