"""Making editions: what came due is composed once, kept for good, and each address told later by `sending`.

An edition is made in the right of who asked for it, as that right is on the day. A file made again from an edition
that was kept is byte for byte the one first made, as long as the program that writes it is the same (PDF, workbook,
CSV); slides hold the same figures in other bytes. Its snapshot need not be there any more.
"""

import hashlib
import logging
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.cache import caches
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from publicc.collective.access import Visitor, check_can_export, visitor
from publicc.collective.models import Membership
from publicc.collective.trail import record
from publicc.dashboards.keeping import program
from publicc.intake.models import Deposit
from publicc.intake.states import DepositState
from publicc.kernel.errors import NotFound, PublicCError
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Lang, Text, language
from publicc.reports.custom.making import composed
from publicc.reports.drawing import DRAWINGS_CACHE
from publicc.reports.making import Made, Wanted, document_of, form_of, written
from publicc.reports.models import Edition, Schedule, Sending
from publicc.reports.recurring.archive import kept, read_back
from publicc.reports.recurring.schedules import REFUSALS, next_at, zone_of
from publicc.reports.recurring.times import Every, Over, asked_over
from publicc.reports.styles import letterhead_of

log = logging.getLogger("publicc.reports")
SLOWLY: Final = timedelta(minutes=5)
"""A schedule that follows a deposit waits so long after it: several deposits of a morning make one edition."""


def make_due(now: datetime) -> int:
    """Make every edition that has come due; how many. What cannot be made says why on its page, and waits its turn."""
    return sum(_run(schedule, now) for schedule in due(now))


def due(now: datetime) -> list[Schedule]:
    """Schedules whose moment has come, by organization."""
    asked = Schedule.objects.filter(paused_at=None, removed_at=None).select_related(
        "organization", "author", "custom__organization"
    )
    by_clock = asked.filter(next_at__lte=now)
    after_deposit = [one for one in asked.filter(every=Every.DEPOSIT.value) if _has_new_data(one, now)]
    return [*by_clock.order_by("organization__slug", "pk"), *after_deposit]


def _has_new_data(schedule: Schedule, now: datetime) -> bool:
    since = Q(finished_at__gt=schedule.ran_at) if schedule.ran_at else Q()
    accepted = Deposit.objects.filter(organization=schedule.organization, state=DepositState.ACCEPTED.value)
    last = accepted.filter(since).order_by("-finished_at").first()
    return last is not None and last.finished_at is not None and last.finished_at <= now - SLOWLY


def _run(schedule: Schedule, now: datetime) -> bool:
    """Make one edition, or keep why it cannot be. Either way the schedule waits for its next time."""
    due_at = schedule.next_at or now
    try:
        with transaction.atomic():
            _make(schedule, due_at, now)
            _wait(schedule, now)
    except PublicCError as problem:
        log.warning("a recurring report could not be made: %s", problem.code)
        why = {lang: problem.sentence(lang) for lang in ("fr", "en")}
        _wait(schedule, now, problem=why)
        return False
    return True


def _wait(schedule: Schedule, now: datetime, problem: dict[str, str] | None = None) -> None:
    schedule.next_at, schedule.ran_at, schedule.problem = next_at(schedule, now), now, problem or {}
    schedule.save(update_fields=["next_at", "ran_at", "problem"])


def make_now(*, who: Visitor, schedule: Schedule) -> Edition:
    """An edition outside its time, for its recipients; the next one comes when it would have."""
    check_can_export(who)
    now = timezone.now()
    with transaction.atomic():
        return _make(schedule, now, now)


def _make(schedule: Schedule, due_at: datetime, now: datetime) -> Edition:
    slug = schedule.organization.slug
    _check_right(schedule)
    on = due_at.astimezone(zone_of(schedule.organization)).date()
    asked = dict(asked_over(Over(schedule.over), on))
    if schedule.show:
        asked["show"] = [schedule.show]
    document = (
        composed(schedule.custom, asked)
        if schedule.custom
        else document_of(OwnRows(slug), schedule.organization.name, schedule.kind, asked)
    )
    look, lang = letterhead_of(slug), language(schedule.lang)
    content = form_of(schedule.form).write(document, look, lang)
    edition, _ = Edition.objects.get_or_create(
        schedule=schedule,
        due_at=due_at,
        defaults={
            "organization": schedule.organization,
            "form": schedule.form,
            "lang": schedule.lang,
            "title": {"fr": document.title.fr, "en": document.title.en},
            "period": {"fr": document.subtitle.fr, "en": document.subtitle.en},
            "snapshot": document.snapshot,
            "archive": kept(document, look),
            "digest": hashlib.sha256(content).hexdigest(),
        },
    )
    caches[DRAWINGS_CACHE].set(_key(edition, schedule.form, lang), content)
    expires = now + timedelta(days=schedule.link_days)
    for email in _written_to(schedule):
        Sending.objects.get_or_create(edition=edition, email=email, defaults={"expires_at": expires})
    record(action="make_report", actor=schedule.author, organization=schedule.organization, object_id=str(edition.pk))
    return edition


def _written_to(schedule: Schedule) -> list[str]:
    """The addresses that still take the report; where the link asks for an account, those that still have one here."""
    held = schedule.recipients.filter(stopped_at=None, refusals__lt=REFUSALS)
    emails = list(held.values_list("email", flat=True))
    if not schedule.needs_account:
        return emails
    here = Membership.objects.filter(organization=schedule.organization, user__is_active=True)
    members = {one.lower() for one in here.values_list("user__email", flat=True)}
    return [one for one in emails if one in members]


def _check_right(schedule: Schedule) -> None:
    """The right of who asked, as it is today: a role that was lost makes nothing."""
    gone = NotFound(
        Text(
            "La personne qui a demandé cet envoi ne travaille plus ici.",
            "The person who asked for this no longer works here.",
        ),
        do=Text(
            "Une autre personne reprend l'envoi : le mettre en pause, puis le reprendre.",
            "Another person takes it over: pause it, then take it up again.",
        ),
    )
    if schedule.author is None or not schedule.author.is_active:
        raise gone
    try:
        who = visitor(schedule.author, schedule.organization.slug)
    except NotFound as problem:
        raise gone from problem
    check_can_export(who)


def edition_of(who: Visitor, number: UUID) -> Edition:
    """One edition of an organization. Raises NotFound."""
    own = Edition.objects.filter(organization=who.organization).defer("archive").select_related("schedule")
    found = own.prefetch_related("sendings").filter(pk=number).first()
    if found is None:
        raise NotFound(Text("Ce rapport n'existe pas.", "There is no such report."))
    return found


def editions_of(who: Visitor, limit: int = 60) -> list[Edition]:
    """The editions of an organization, newest first."""
    own = Edition.objects.filter(organization=who.organization).defer("archive")
    return list(own.select_related("schedule").prefetch_related("sendings")[:limit])


def file_of(edition: Edition, form: str, lang: Lang) -> Made:
    """An edition as a file, in the form it was made in or in another: its very figures, whatever happened since."""
    document, look = read_back(bytes(edition.archive))
    key = _key(edition, form, lang)
    held = caches[DRAWINGS_CACHE].get(key)
    slug = edition.organization.slug
    if held is not None:
        name = f"{slug}-{document.kind}-{document.made_on}-{lang}.{form}"
        return Made(name, form_of(form).content_type, bytes(held), document.snapshot)
    made = written(document, slug, Wanted(document.kind, form, lang, {}), look)
    caches[DRAWINGS_CACHE].set(key, made.content)
    return made


def is_the_first_file(edition: Edition, content: bytes) -> bool:
    """Whether a file is byte for byte the one that was first made."""
    return hashlib.sha256(content).hexdigest() == edition.digest


def _key(edition: Edition, form: str, lang: Lang) -> str:
    return f"edition-{edition.pk}-{form}-{lang}-{program()[:16]}"
