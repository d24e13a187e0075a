"""The e-mail digest: what needs someone in an organization, to those who asked for it, as often as they asked.

Sent by the worker each day, or by `publicc digests`. It holds the person's own organization's figures and nothing of
others; nothing is sent when nothing needs them, nor to someone who is no longer a member.
"""

import logging
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from publicc.collective.access import Visitor
from publicc.collective.daily import ask_again
from publicc.collective.models import Membership
from publicc.collective.trail import record
from publicc.dashboards.alerts import Alert, alerts_of
from publicc.dashboards.models import DigestChoice
from publicc.dashboards.notes import Person
from publicc.kernel.errors import NotFound
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Lang, Text, language

log = logging.getLogger("publicc.dashboards")
_SOON: Final = timedelta(minutes=5)
_SALT: Final = "publicc.digests"
_DAYS_BETWEEN: Final = {DigestChoice.Every.DAY: 1, DigestChoice.Every.WEEK: 7}
_SUBJECT: Final = Text("{organization} : ce qui demande votre attention", "{organization}: what needs your attention")
_SEE: Final = Text("Le voir : {address}", "See it: {address}")
_WHY: Final = Text(
    "Vous recevez ce courriel parce que vous l'avez demandé. Changer ou arrêter : {settings}\nArrêter sans vous "
    "identifier : {stop}",
    "You receive this e-mail because you asked for it. Change or stop: {settings}\nStop without signing in: {stop}",
)


@dataclass(frozen=True, slots=True)
class Sent:
    """How many digests left, how many were due with nothing to tell, and how many could not leave."""

    sent: int
    quiet: int
    failed: int


def choice_of(who: Visitor, by: Person) -> DigestChoice:
    """What a person chose in an organization; never, until they choose."""
    found = DigestChoice.objects.filter(person_id=by.pk, organization=who.organization).first()
    return found or DigestChoice(organization=who.organization)


@transaction.atomic
def choose(*, who: Visitor, by: Person, every: str, lang: Lang) -> None:
    """Keep how often a person wants to be told, in the language they read the page in."""
    DigestChoice.objects.update_or_create(
        person_id=by.pk, organization=who.organization, defaults={"every": every, "lang": lang}
    )
    record(action="choose_alerts", actor=by, organization=who.organization, object_id=every)


def stop_token(choice: DigestChoice) -> str:
    """What lets a digest be stopped from the e-mail itself: signed, it opens nothing else."""
    return signing.dumps(choice.pk, salt=_SALT)


def stopped_by(token: str) -> DigestChoice:
    """The choice that a token may stop. Raises NotFound for any other text."""
    gone = NotFound(Text("Ce lien n'est plus bon.", "This link is no longer good."))
    try:
        found = DigestChoice.objects.filter(pk=signing.loads(token, salt=_SALT)).first()
    except signing.BadSignature as problem:
        raise gone from problem
    if found is None:
        raise gone
    return found


def send_digests(on: date) -> Sent:
    """Send what is due on a day. One failure never keeps the others from leaving."""
    told: dict[str, tuple[Alert, ...]] = {}
    sent = quiet = failed = 0
    for choice in _due(on):
        slug = choice.organization.slug
        if slug not in told:
            told[slug] = alerts_of(OwnRows(slug))
        if not told[slug]:
            quiet += 1
            continue
        try:
            _send(choice, told[slug])
        except OSError as problem:
            log.warning("a digest could not leave: %s", type(problem).__name__)
            failed += 1
            continue
        DigestChoice.objects.filter(pk=choice.pk).update(last_sent_on=on)
        sent += 1
    return Sent(sent, quiet, failed)


def _due(on: date) -> list[DigestChoice]:
    """Choices whose day has come, of people who are still members and can be written to."""
    asked = DigestChoice.objects.exclude(every=DigestChoice.Every.NEVER).select_related("person", "organization")
    members = set(Membership.objects.values_list("user_id", "organization_id"))
    return [
        one
        for one in asked.order_by("pk").filter(person__is_active=True).exclude(person__email="")
        if (one.person_id, one.organization_id) in members and _has_come(one, on)
    ]


def _has_come(choice: DigestChoice, on: date) -> bool:
    between = _DAYS_BETWEEN[DigestChoice.Every(choice.every)]
    return choice.last_sent_on is None or (on - choice.last_sent_on).days >= between


def _send(choice: DigestChoice, alerts: tuple[Alert, ...]) -> None:
    lang = language(choice.lang)
    stop = _address("stop_alerts", stop_token(choice))
    message = EmailMessage(
        subject=_SUBJECT.said(lang, organization=choice.organization.name),
        body=body_of(choice, alerts, stop),
        to=[choice.person.email],
        connection=get_connection(fail_silently=False),
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
    message.send()


def body_of(choice: DigestChoice, alerts: tuple[Alert, ...], stop: str) -> str:
    """The digest in plain text, in the person's language."""
    lang, slug = language(choice.lang), choice.organization.slug
    parts = []
    for one in alerts:
        lines = [one.title.said(lang), *(f"  – {detail.said(lang)}" for detail in one.details)]
        parts.append("\n".join((*lines, _SEE.said(lang, address=_address(one.route, slug)))))
    why = _WHY.said(lang, settings=_address("alerts", slug), stop=stop)
    return "\n\n".join((*parts, f"-- \n{why}", ""))


def _address(route: str, argument: str) -> str:
    return f"{settings.SITE_ADDRESS}{reverse(route, args=[argument])}"


@task()
def send_daily() -> None:
    """Send what is due now, and again tomorrow."""
    send_digests(timezone.localdate())
    ask_again(send_daily)


def start_sending() -> None:
    """Ask for the next sending unless it already is. Called when a worker starts."""
    ask_again(send_daily, after=_SOON)
