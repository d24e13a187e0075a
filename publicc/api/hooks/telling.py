"""Telling what happened: signed, tried again later and later, given up after a day and a half. Run by the worker."""

import hashlib
import hmac
import json
import logging
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

import httpx
from django.utils import timezone
from django_tasks import task

from publicc.api.hooks.guard import target_of
from publicc.api.hooks.happenings import Kind, happenings
from publicc.api.hooks.keeping import secret_of
from publicc.api.models import Delivery, Hook
from publicc.collective.daily import ask_again
from publicc.collective.models import Membership, Organization
from publicc.kernel.errors import BadInput

log = logging.getLogger("publicc.api")
WAITS: Final = tuple(timedelta(minutes=one) for one in (1, 5, 30, 120, 480, 1440))
TIMEOUT: Final = 8.0
EVERY: Final = timedelta(minutes=1)
IDLE: Final = timedelta(hours=1)
FORGOTTEN: Final = timedelta(days=30)


def emit(kind: Kind, organization: Organization | None, subject: str, at: datetime | None = None) -> int:
    """Have every address that asked for it told that something happened; how many. None = every organization.

    The same happening is told once to an address, however often it is emitted.
    """
    at = at or timezone.now()
    asked = Hook.objects.filter(removed_at=None, made_at__lte=at)
    if organization is not None:
        asked = asked.filter(organization=organization)
    made = 0
    for hook in asked:
        if kind.value in hook.kinds:
            told = {"happened_at": at, "next_at": at}
            made += Delivery.objects.get_or_create(hook=hook, kind=kind.value, subject=subject[:80], defaults=told)[1]
    return made


def run_due(now: datetime) -> dict[str, int]:
    """Look for what happened, then tell what waits: how many were taken, put off, given up."""
    if Hook.objects.filter(removed_at=None).exists():
        for one in happenings(now):
            emit(one.kind, one.organization, one.subject, one.at)
    Delivery.objects.filter(happened_at__lt=now - FORGOTTEN).exclude(state=Delivery.State.WAITING).delete()
    members = set(Membership.objects.values_list("user_id", "organization_id"))
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING, next_at__lte=now, hook__removed_at=None)
    states = [
        _tell(one, now)
        for one in waiting.select_related("hook__organization", "hook__author").order_by("happened_at")[:500]
        if (one.hook.author_id, one.hook.organization_id) in members
    ]
    return {one.value: states.count(one) for one in Delivery.State}


def _tell(delivery: Delivery, now: datetime) -> Delivery.State:
    delivery.tries += 1
    delivery.answer = _answer(delivery, now)
    if delivery.answer.startswith("2"):
        delivery.state = Delivery.State.DONE
    elif delivery.tries > len(WAITS):
        delivery.state = Delivery.State.GIVEN_UP
    else:
        delivery.next_at = now + WAITS[delivery.tries - 1]
    delivery.save(update_fields=["tries", "answer", "state", "next_at"])
    return Delivery.State(delivery.state)


def _answer(delivery: Delivery, now: datetime) -> str:
    """The status that came back, or the kind of failure. The answer is not read, a redirection never followed."""
    body = body_of(delivery)
    at = int(now.timestamp())
    try:
        target = target_of(delivery.hook.address)
        headers = {
            "Host": target.host,
            "Content-Type": "application/json",
            "User-Agent": "Public-C-webhooks/1",
            "Publicc-Event": delivery.kind,
            "Publicc-Delivery": str(delivery.pk),
            "Publicc-Signature": f"t={at},v1={signature(secret_of(delivery.hook), at, body)}",
        }
        with (
            httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False) as http,
            http.stream(
                "POST", target.url, content=body, headers=headers, extensions={"sni_hostname": target.name}
            ) as told,
        ):
            return f"{told.status_code} {HTTPStatus(told.status_code).phrase}"[:40]
    except (BadInput, OSError, httpx.HTTPError, ValueError) as problem:
        log.info("a webhook could not be told: %s", type(problem).__name__)
        return type(problem).__name__[:40]


def body_of(delivery: Delivery) -> bytes:
    """What is told: what happened, to whom, when, and the number to ask the API for. No figure, no person."""
    told = {
        "id": str(delivery.pk),
        "kind": delivery.kind,
        "organization": delivery.hook.organization.slug,
        "subject": delivery.subject,
        "happened_at": delivery.happened_at.isoformat(),
    }
    return json.dumps(told, separators=(",", ":")).encode()


def signature(secret: str, at: int, body: bytes) -> str:
    """HMAC-SHA-256, in hexadecimal, of the second of sending, a point, and the body."""
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


@task()
def tell() -> None:
    """Tell what is due now, and look again within the minute; within the hour when nobody listens."""
    run_due(timezone.now())
    ask_again(tell, after=EVERY if Hook.objects.filter(removed_at=None).exists() else IDLE)


def start_telling() -> None:
    """Ask for the next run unless it already waits. Called when a worker starts."""
    ask_again(tell, after=EVERY)
