"""Asking for a report to be made again: written, changed, paused, taken away, put back; each deed is in the trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from publicc.collective.access import Visitor, can_deposit, check_can_export
from publicc.collective.accounts import checked_address
from publicc.collective.models import Membership, Organization
from publicc.collective.trail import record
from publicc.kernel.errors import BadInput, NotAllowed, NotFound
from publicc.kernel.text import Lang, Text
from publicc.reports.custom.keeping import report_of
from publicc.reports.kinds import check_show, kind_of
from publicc.reports.making import form_of
from publicc.reports.models import Recipient, Schedule
from publicc.reports.recurring.times import HOURS, MONTH_DAYS, WEEKDAYS, Every, Over, Rule, next_time

Person = AbstractBaseUser | AnonymousUser
MOST_RECIPIENTS: Final = 30
MOST_SCHEDULES: Final = 20
LINK_DAYS: Final = (7, 14, 30)
REFUSALS: Final = 3
"""Times in a row that an address is refused before nothing is sent to it any more."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks for. `emails`: addresses, as they were typed."""

    kind: str
    form: str
    lang: Lang
    rule: Rule
    over: Over
    emails: Sequence[str]
    needs_account: bool = True
    link_days: int = 14
    show: str = ""
    custom: UUID | None = None
    """The composed report, when the kind is one."""


def schedules_of(who: Visitor) -> list[Schedule]:
    """The schedules of an organization that were not taken away."""
    own = Schedule.objects.filter(organization=who.organization, removed_at=None)
    return list(own.select_related("author", "custom").prefetch_related("recipients"))


def schedule_of(who: Visitor, number: UUID, *, removed: bool = False) -> Schedule:
    """One schedule of an organization. Raises NotFound."""
    own = Schedule.objects.filter(organization=who.organization, removed_at__isnull=not removed)
    found = own.prefetch_related("recipients").filter(pk=number).first()
    if found is None:
        raise NotFound(Text("Cet envoi n'existe pas.", "There is no such schedule."))
    return found


@transaction.atomic
def write_schedule(*, who: Visitor, by: Person, asked: Asked, schedule: Schedule | None = None) -> Schedule:
    """Ask for a report, or change what was asked. Made from then on in this person's right.

    Raises NotAllowed beyond one's role, NotFound for no such kind or form, BadInput for what cannot be used.
    """
    check_can_export(who)
    _check(asked)
    emails = _addresses(who, asked)
    custom = report_of(who, by, asked.custom) if asked.custom else None
    if schedule is None:
        _check_room(who)
        schedule = Schedule(organization=who.organization)
    schedule.author_id, schedule.custom = by.pk, custom
    schedule.kind, schedule.show, schedule.form, schedule.lang = asked.kind, asked.show, asked.form, asked.lang
    schedule.every, schedule.day, schedule.hour = asked.rule.every.value, asked.rule.day, asked.rule.hour
    schedule.over, schedule.needs_account, schedule.link_days = asked.over.value, asked.needs_account, asked.link_days
    now = timezone.now()
    schedule.next_at, schedule.problem = next_at(schedule, now), {}
    schedule.ran_at = schedule.ran_at or now
    schedule.save()
    schedule.recipients.exclude(email__in=emails).delete()
    for email in emails:
        Recipient.objects.get_or_create(schedule=schedule, email=email)
    record(action="schedule_report", actor=by, organization=who.organization, object_id=str(schedule.pk))
    return schedule


def next_at(schedule: Schedule, after: datetime) -> datetime | None:
    """When a schedule comes due after a moment, by the clock of its organization."""
    return next_time(schedule.rule, after, zone_of(schedule.organization))


def zone_of(organization: Organization) -> ZoneInfo:
    """The clock of an organization; the installation's own when its name means nothing."""
    try:
        return ZoneInfo(organization.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)


@transaction.atomic
def pause(*, who: Visitor, by: Person, number: UUID) -> Schedule:
    """Make nothing until it is taken up again."""
    return _marked(who, by, number, action="pause_report", paused_at=timezone.now())


@transaction.atomic
def take_up(*, who: Visitor, by: Person, number: UUID) -> Schedule:
    """Make it again from now on, in this person's right; what came due in between is not made up for."""
    schedule = _marked(who, by, number, action="resume_report", paused_at=None)
    schedule.author_id, schedule.problem = by.pk, {}
    schedule.next_at = next_at(schedule, timezone.now())
    schedule.ran_at = timezone.now()
    schedule.save(update_fields=["author", "next_at", "ran_at", "problem"])
    return schedule


@transaction.atomic
def remove(*, who: Visitor, by: Person, number: UUID) -> Schedule:
    """Take it away; what it made stays in the archive, and it can be put back."""
    return _marked(who, by, number, action="remove_report_schedule", removed_at=timezone.now())


@transaction.atomic
def restore(*, who: Visitor, by: Person, number: UUID) -> Schedule:
    """Put back one that was taken away, as it was."""
    check_can_export(who)
    schedule = schedule_of(who, number, removed=True)
    schedule.removed_at, schedule.next_at = None, next_at(schedule, timezone.now())
    schedule.save(update_fields=["removed_at", "next_at"])
    record(action="restore_report_schedule", actor=by, organization=who.organization, object_id=str(number))
    return schedule


def _marked(who: Visitor, by: Person, number: UUID, *, action: str, **marks: datetime | None) -> Schedule:
    check_can_export(who)
    schedule = schedule_of(who, number)
    for name, value in marks.items():
        setattr(schedule, name, value)
    schedule.save(update_fields=list(marks))
    record(action=action, actor=by, organization=who.organization, object_id=str(number))
    return schedule


def _check(asked: Asked) -> None:
    if asked.custom is None:
        kind = kind_of(asked.kind)
        check_show(kind, (asked.show,) if asked.show else ())
        if kind.about_survey:
            raise BadInput(
                Text("Ce rapport ne se fait pas tout seul.", "This report is not made by itself."),
                do=Text("Le faire depuis la page du sondage.", "Make it from the survey's page."),
            )
    form_of(asked.form)
    days = {Every.WEEK: WEEKDAYS, Every.MONTH: MONTH_DAYS}.get(asked.rule.every)
    if asked.rule.hour not in HOURS or (days is not None and asked.rule.day not in days):
        raise BadInput(
            Text("Ce moment n'existe pas.", "There is no such moment."),
            do=Text(
                "Choisir un jour de la semaine (1 à 7) ou du mois (1 à 31), et une heure de 0 à 23.",
                "Choose a day of the week (1 to 7) or of the month (1 to 31), and an hour from 0 to 23.",
            ),
        )
    if asked.link_days not in LINK_DAYS:
        raise BadInput(
            Text("Cette durée n'est pas offerte.", "This duration is not offered."),
            do=Text("Choisir 7, 14 ou 30 jours.", "Choose 7, 14 or 30 days."),
        )


def _check_room(who: Visitor) -> None:
    if Schedule.objects.filter(organization=who.organization, removed_at=None).count() >= MOST_SCHEDULES:
        raise BadInput(
            Text(f"Il y a déjà {MOST_SCHEDULES} envois.", f"There are already {MOST_SCHEDULES} schedules."),
            do=Text("En retirer un d'abord.", "Remove one first."),
        )


def _addresses(who: Visitor, asked: Asked) -> list[str]:
    """The addresses, once each. Outside ones are for a link without an account, which a steward or director sends."""
    emails = list(dict.fromkeys(checked_address(one) for one in asked.emails if one.strip()))
    if not 0 < len(emails) <= MOST_RECIPIENTS:
        raise BadInput(
            Text(
                f"Un envoi a de 1 à {MOST_RECIPIENTS} destinataires.",
                f"A schedule has 1 to {MOST_RECIPIENTS} recipients.",
            ),
            do=Text("Écrire une adresse par ligne.", "Write one address a line."),
        )
    held = Membership.objects.filter(organization=who.organization, user__is_active=True)
    members = {one.lower() for one in held.values_list("user__email", flat=True)}
    strangers = [one for one in emails if one not in members]
    if strangers and asked.needs_account:
        raise BadInput(
            Text(
                "Une adresse n'a pas de compte dans cet organisme.", "An address has no account in this organization."
            ),
            found=Text("{emails}.", "{emails}.").filled(emails=", ".join(strangers[:5])),
            do=Text(
                "L'inviter dans Personnes et rôles, ou choisir un lien qui s'ouvre sans compte.",
                "Invite them in People and roles, or choose a link that opens without an account.",
            ),
        )
    if not asked.needs_account and not can_deposit(who):
        raise NotAllowed(
            Text(
                "Votre rôle ne permet pas un lien sans compte.", "Your role does not allow a link without an account."
            ),
            do=Text(
                "Demander à la direction ou à la personne responsable des données.",
                "Ask the director or the data steward.",
            ),
        )
    return emails
