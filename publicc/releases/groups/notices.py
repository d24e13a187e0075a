"""What is written about groups: to the hub when one waits, to who asked when it is settled. No figure, no member."""

import logging
from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail

from publicc.collective.models import Membership, Seat
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole
from publicc.releases.groups.states import GroupState
from publicc.releases.models import PeerGroup

log = logging.getLogger("publicc.releases")
_ASKED: Final = Text(
    "{asker} demande un groupe de comparaison : « {name} ». Il attend votre réponse, sous « Groupes de pairs ».",
    "{asker} asks for a comparison group: “{name}”. It awaits your answer, under “Peer groups”.",
)
_SETTLED: Final = {
    GroupState.ALLOWED: Text(
        "Votre groupe « {name} » est permis : il se lira dès la prochaine publication, sous « Comparatifs ».",
        "Your group “{name}” is allowed: it will be read from the next release on, under “Benchmarks”.",
    ),
    GroupState.REFUSED: Text(
        "Votre groupe « {name} » n'est pas permis. La raison et le groupe plus large sont sous « Comparatifs ».",
        "Your group “{name}” is not allowed. The reason and the wider group are under “Benchmarks”.",
    ),
}


def tell_hub(group: PeerGroup) -> None:
    """Write to the hub's analysts."""
    seats = Seat.objects.filter(role=UserRole.OPERATOR.value, user__is_active=True).exclude(user__email="")
    _tell(_ASKED.filled(asker=group.organization.name, name=group.name), seats.values_list("user__email", flat=True))


def tell_asker(group: PeerGroup) -> None:
    """Write to the person who asked, as long as they still belong to the organization."""
    if group.asked_by_id is None:
        return
    still = Membership.objects.filter(organization=group.organization, user_id=group.asked_by_id)
    people = get_user_model().objects.filter(pk__in=still.values("user_id"), is_active=True).exclude(email="")
    _tell(_SETTLED[group.where].filled(name=group.name), people.values_list("email", flat=True))


def _tell(told: Text, addresses: Iterable[str]) -> None:
    """In both languages, French first: a person's language is not known here. One failure stops nothing."""
    subject = Text("Groupe de comparaison", "Comparison group")
    body = "\n\n—\n\n".join(told.said(lang) for lang in ("fr", "en"))
    for address in addresses:
        try:
            send_mail(f"{subject.fr} / {subject.en}", body, settings.DEFAULT_FROM_EMAIL, [address])
        except OSError as problem:
            log.warning("a notice of a group could not leave: %s", type(problem).__name__)
