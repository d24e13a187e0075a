"""A calendar at a secret address: one's planned dates, read by any calendar program, until the address is closed."""

import hashlib
import secrets

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from publicc.api.models import Feed
from publicc.collective.access import Visitor, check_can_export, visitor
from publicc.collective.trail import record
from publicc.directory.dates.actions import planned_of, plans_for
from publicc.directory.dates.writing import to_calendar
from publicc.kernel.errors import NotAllowed, NotFound
from publicc.kernel.text import Lang, Text

Person = AbstractBaseUser | AnonymousUser


def feed_of(who: Visitor, by: Person) -> Feed | None:
    """The address that a person has in an organization."""
    return Feed.objects.filter(organization=who.organization, owner_id=by.pk, revoked_at=None).first()


@transaction.atomic
def open_feed(*, who: Visitor, by: Person) -> str:
    """A new secret address, shown once; the one before is closed. Raises NotAllowed for who may not export."""
    check_can_export(who)
    Feed.objects.filter(organization=who.organization, owner_id=by.pk, revoked_at=None).update(
        revoked_at=timezone.now()
    )
    secret = secrets.token_urlsafe(32)
    made = Feed.objects.create(organization=who.organization, owner_id=by.pk or 0, digest=_digest(secret))
    record(action="open_calendar_feed", actor=by, organization=who.organization, object_id=str(made.pk))
    return secret


@transaction.atomic
def close_feed(*, who: Visitor, by: Person) -> None:
    """Close one's address at once."""
    held = feed_of(who, by)
    if held is not None:
        held.revoked_at = timezone.now()
        held.save(update_fields=["revoked_at"])
        record(action="close_calendar_feed", actor=by, organization=who.organization, object_id=str(held.pk))


def calendar_at(secret: str, lang: Lang) -> bytes:
    """The calendar of an address, in the right of its person as it is today. Raises NotFound for any other address."""
    gone = NotFound(Text("Cette adresse n'existe pas.", "There is no such address."))
    held = Feed.objects.select_related("organization", "owner").filter(digest=_digest(secret), revoked_at=None).first()
    if held is None or not held.owner.is_active:
        raise gone
    try:
        who = visitor(held.owner, held.organization.slug)
        check_can_export(who)
    except (NotFound, NotAllowed) as problem:
        raise gone from problem
    plans = [planned_of(one) for one in plans_for(who)]
    return to_calendar(plans, name=held.organization.name, zone=held.organization.time_zone, lang=lang)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
