"""Telling each address that an edition is there: by a link that expires, never the figures themselves.

A message that cannot leave waits for the next run; one whose address is refused is told to who asked for it, on the
page and by e-mail. After three refusals in a row nothing is sent there. Run by the worker, every hour or sooner.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from publicc.collective.access import Visitor, check_can_export
from publicc.collective.daily import ask_again
from publicc.collective.trail import record
from publicc.kernel import formats
from publicc.kernel.errors import NotFound
from publicc.kernel.text import Text, language
from publicc.reports.models import Edition, Recipient, Schedule, Sending
from publicc.reports.recurring.editions import make_due
from publicc.reports.recurring.schedules import REFUSALS, Person

log = logging.getLogger("publicc.reports")
EVERY: Final = timedelta(hours=1)
SOON: Final = timedelta(minutes=2)
TOO_LATE: Final = timedelta(days=3)
"""A message that could not leave for so long is not sent any more: its page says so."""
_SALT: Final = "publicc.sent-report"


@dataclass(frozen=True, slots=True)
class Done:
    """What one run did. `waiting`: messages that could not leave and will be tried again."""

    made: int
    sent: int
    refused: int
    waiting: int


def run_due(now: datetime) -> Done:
    """Make what has come due, then tell every address that waits."""
    made = make_due(now)
    Sending.objects.filter(state=Sending.State.WAITING, edition__made_at__lt=now - TOO_LATE).update(
        state=Sending.State.LATE
    )
    waiting = Sending.objects.filter(state=Sending.State.WAITING, revoked_at=None)
    found = waiting.select_related("edition__organization", "edition__schedule__author")
    states = [_send(one, now) for one in found.defer("edition__archive").order_by("edition__made_at", "email")]
    return Done(
        made,
        states.count(Sending.State.SENT),
        states.count(Sending.State.REFUSED),
        states.count(Sending.State.WAITING),
    )


def _send(sending: Sending, now: datetime) -> Sending.State:
    held = Recipient.objects.filter(schedule=sending.edition.schedule, email=sending.email)
    try:
        _message(sending).send()
    except SMTPRecipientsRefused:
        state = Sending.State.REFUSED
        held.update(refusals=F("refusals") + 1)
    except OSError as problem:
        log.warning("a report could not leave: %s", type(problem).__name__)
        return Sending.State.WAITING
    else:
        state = Sending.State.SENT
        held.update(refusals=0)
    sending.state, sending.sent_at = state, now
    sending.save(update_fields=["state", "sent_at"])
    if state is Sending.State.REFUSED:
        _tell_author(sending)
    else:
        organization = sending.edition.organization
        record(action="send_report", actor=None, organization=organization, object_id=str(sending.pk))
    return state


def _message(sending: Sending) -> EmailMessage:
    edition, schedule = sending.edition, sending.edition.schedule
    lang, organization = language(edition.lang), edition.organization
    stop = _address("stop_report", token_of(sending))
    link = (
        _address("report_edition", organization.slug, edition.pk)
        if schedule.needs_account
        else _address("sent_report", token_of(sending))
    )
    told = {
        "title": edition.title_text,
        "organization": organization.name,
        "period": edition.period_text,
        "link": link,
        "until": formats.day(timezone.localtime(sending.expires_at).date(), lang),
        "stop": stop,
    }
    parts = (_READY, _ACCOUNT if schedule.needs_account else _OPEN, _STOP)
    body = "".join(one.said(lang, **told) for one in parts)
    return EmailMessage(
        subject=_one_line(_SUBJECT.said(lang, organization=organization.name, title=edition.title_text)),
        body=body,
        to=[sending.email],
        connection=get_connection(fail_silently=False),
        headers={
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def _tell_author(sending: Sending) -> None:
    """Write to who asked that an address is refused; a failure of this message changes nothing."""
    schedule = sending.edition.schedule
    address = getattr(schedule.author, "email", "")
    if not address or address == sending.email:
        return
    lang, page = language(sending.edition.lang), _address("report_schedule", schedule.organization.slug, schedule.pk)
    told = {"email": sending.email, "title": sending.edition.title_text, "page": page, "times": REFUSALS}
    try:
        EmailMessage(_REFUSED.said(lang), _REFUSED_BODY.said(lang, **told), to=[address]).send()
    except OSError as problem:
        log.warning("a refusal could not be told: %s", type(problem).__name__)


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _address(route: str, *arguments: object) -> str:
    return f"{settings.SITE_ADDRESS}{reverse(route, args=arguments)}"


def token_of(sending: Sending) -> str:
    """What a link carries: the number of the sending, signed. It opens that edition and nothing else."""
    return signing.dumps(str(sending.pk), salt=_SALT)


def opened_by(token: str) -> Sending:
    """The sending of a link without account. Raises NotFound, in the same words, once forged, expired or revoked."""
    sending = _signed(token)
    if sending.edition.schedule.needs_account or not sending.is_open(timezone.now()):
        raise _over()
    return sending


def _signed(token: str) -> Sending:
    try:
        number = UUID(signing.loads(token, salt=_SALT))
    except (signing.BadSignature, ValueError, TypeError, AttributeError) as problem:
        raise _over() from problem
    found = Sending.objects.select_related("edition__organization", "edition__schedule").filter(pk=number).first()
    if found is None:
        raise _over()
    return found


def note_opened(sending: Sending) -> None:
    """Keep when a link was first used; the trail tells it, without the address."""
    if Sending.objects.filter(pk=sending.pk, opened_at=None).update(opened_at=timezone.now()):
        organization = sending.edition.organization
        record(action="open_sent_report", actor=None, organization=organization, object_id=str(sending.pk))


def stopped_by(token: str) -> Sending:
    """The sending whose person may ask for nothing more, whether or not its link still opens. Raises NotFound."""
    return _signed(token)


@transaction.atomic
def stop(sending: Sending) -> None:
    """Write no more to this address for this schedule."""
    held = Recipient.objects.filter(schedule=sending.edition.schedule, email=sending.email, stopped_at=None)
    if held.update(stopped_at=timezone.now()):
        organization = sending.edition.organization
        record(action="stop_report", actor=None, organization=organization, object_id=str(sending.edition.schedule_id))


@transaction.atomic
def revoke(*, who: Visitor, by: Person, edition: Edition) -> int:
    """Close every link of an edition at once, and send none that still waits; how many."""
    check_can_export(who)
    closed = edition.sendings.filter(revoked_at=None).update(revoked_at=timezone.now())
    record(action="revoke_report_links", actor=by, organization=who.organization, object_id=str(edition.pk))
    return closed


def refused(schedule: Schedule) -> Iterable[Recipient]:
    """Addresses that were refused so often that nothing is sent to them."""
    return [one for one in schedule.recipients.all() if one.refusals >= REFUSALS]


@task()
def send_reports() -> None:
    """Make and send what is due now, and look again within the hour."""
    run_due(timezone.now())
    ask_again(send_reports, after=EVERY)


def start_sending() -> None:
    """Ask for the next run unless it already waits. Called when a worker starts."""
    ask_again(send_reports, after=SOON)


def _over() -> NotFound:
    return NotFound(Text("Ce lien ne vaut plus.", "This link no longer holds."))


_SUBJECT: Final = Text("{organization} : {title}", "{organization}: {title}")
_READY: Final = Text(
    "Bonjour,\n\nLe rapport « {title} » de {organization} est prêt ({period}).\n\n{link}\n\n",
    "Hello,\n\nThe report “{title}” of {organization} is ready ({period}).\n\n{link}\n\n",
)
_OPEN: Final = Text(
    "Ce lien s'ouvre sans compte jusqu'au {until}. Ne le transmettez qu'à des personnes à qui ce rapport est destiné.",
    "This link opens without an account until {until}. Pass it on only to people for whom this report is meant.",
)
_ACCOUNT: Final = Text("Ce lien demande votre compte.", "This link asks for your account.")
_STOP: Final = Text("\n\n-- \nNe plus le recevoir : {stop}\n", "\n\n-- \nStop receiving it: {stop}\n")
_REFUSED: Final = Text("Une adresse refuse vos rapports", "An address refuses your reports")
_REFUSED_BODY: Final = Text(
    "Le serveur de {email} n'a pas pris le rapport « {title} ». Corriger ou retirer l'adresse :\n\n{page}\n\n"
    "Après {times} refus de suite, rien n'y est plus envoyé.\n",
    "The server of {email} did not take the report “{title}”. Correct or remove the address:\n\n{page}\n\n"
    "After {times} refusals in a row, nothing is sent there any more.\n",
)
