"""Reminders of requests whose thirty days run out: by e-mail to those who answer, with a number and no identity."""

import logging
from datetime import date
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from publicc.collective.access import MAY_ANSWER_PERSONS
from publicc.collective.daily import ask_again
from publicc.collective.models import Membership, PersonRequest
from publicc.collective.person_rights import clock, reminder_due
from publicc.kernel import formats
from publicc.kernel.text import Text

log = logging.getLogger("publicc.collective")

_SUBJECT: Final = Text("Demande {number} : répondre avant le {on}", "Request {number}: answer by {on}")
_MESSAGE: Final = Text(
    "Bonjour,\n\nLa demande {number} d'une personne, faite à {name}, attend une réponse avant le {on}.\n\n{link}",
    "Hello,\n\nRequest {number} of a person, made to {name}, awaits an answer by {on}.\n\n{link}",
)


def remind(today: date) -> int:
    """Write to the director and the data steward of each request that reached a threshold; how many messages left."""
    sent = 0
    for one in PersonRequest.objects.filter(closed_at=None).select_related("organization"):
        threshold = reminder_due(clock(one.received_on, today).days_left, one.reminded)
        if threshold is None:
            continue
        sent += _write(one)
        PersonRequest.objects.filter(pk=one.pk).update(reminded=[*one.reminded, threshold])
    return sent


def _write(one: PersonRequest) -> int:
    """In both languages: nobody's preference is known to a daily run."""
    roles = [role.value for role in MAY_ANSWER_PERSONS]
    held = Membership.objects.filter(organization=one.organization, role__in=roles, user__is_active=True)
    to = sorted({email for email in held.values_list("user__email", flat=True) if email})
    link = f"{settings.SITE_ADDRESS}{reverse('person_request', args=[one.organization.slug, one.pk])}"
    due = one.clock.due_on
    told = {"number": one.number, "name": one.organization.name, "link": link}
    bodies = [_MESSAGE.said(lang, on=formats.day(due, lang), **told) for lang in ("fr", "en")]
    subject = " / ".join(_SUBJECT.said(lang, number=one.number, on=formats.day(due, lang)) for lang in ("fr", "en"))
    sent = 0
    for address in to:
        try:
            sent += EmailMessage(subject=subject, body="\n\n-- \n\n".join(bodies), to=[address]).send()
        except OSError as problem:
            log.warning("a reminder could not leave: %s", type(problem).__name__)
    return sent


@task()
def remind_daily() -> None:
    """Write what is due, and again tomorrow."""
    start_reminding()


def start_reminding() -> None:
    """Write what is due now; the next time is asked for. Called when a worker starts."""
    remind(timezone.localdate())
    ask_again(remind_daily)
