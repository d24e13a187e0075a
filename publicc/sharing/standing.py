"""Standing agreements: what an owner grants beforehand to one organization for the whole tour of a show."""

from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from publicc.collective.access import Visitor
from publicc.collective.agreements import allows
from publicc.collective.models import Organization
from publicc.collective.purposes import Purpose
from publicc.collective.trail import record
from publicc.directory.models import Entry
from publicc.kernel.errors import BadInput, NotFound
from publicc.kernel.text import Text
from publicc.sharing.access import GONE, check_can_decide
from publicc.sharing.deciding import LONGEST_DELAY, Decision, open_grant, own_shows
from publicc.sharing.foreseeing import check_tells_of_no_other
from publicc.sharing.models import DEFAULT_DELAY_DAYS, ShowRequest, Standing
from publicc.sharing.openings import Person, family_of, figures_of, heir_of
from publicc.sharing.states import Figures

_TELLS: Final = "grant_show_by_standing"


def standing_of(who: Visitor) -> QuerySet[Standing]:
    """The agreements that an organization gives today."""
    held = Standing.objects.filter(owner=who.organization, ended_at=None, until__gte=timezone.localdate())
    return held.select_related("asker", "entry")


@transaction.atomic
def make_standing(
    *,
    who: Visitor,
    by: Person,
    asker: Organization,
    entry: Entry,
    figures: frozenset[Figures],
    until: date,
    delay_days: int = DEFAULT_DELAY_DAYS,
    may_export: bool = True,
) -> Standing:
    """Grant beforehand; one that was given before to the same organization for the same show ends."""
    check_can_decide(who)
    if asker.pk == who.organization.pk or not figures:
        raise BadInput(
            Text("Choisir un partenaire et des chiffres.", "Choose a partner and figures."),
        )
    if until <= timezone.localdate():
        raise BadInput(Text("La date de fin est passée.", "The end date is past."))
    if not 1 <= delay_days <= LONGEST_DELAY:
        raise BadInput(Text("Le délai va de 1 jour à dix ans.", "The delay goes from 1 day to ten years."))
    Standing.objects.filter(owner=who.organization, asker=asker, entry=entry, ended_at=None).update(
        ended_at=timezone.now()
    )
    made = Standing.objects.create(
        owner=who.organization,
        asker=asker,
        entry=heir_of(entry),
        figures=sorted(one.value for one in figures),
        delay_days=delay_days,
        until=until,
        may_export=may_export,
        made_by_id=by.pk,
        made_at=timezone.now(),
    )
    record(action="make_standing", actor=by, organization=who.organization, object_id=str(made.pk))
    return made


@transaction.atomic
def end_standing(*, who: Visitor, by: Person, number: UUID) -> None:
    """End an agreement: later requests wait for an answer; what it granted already is revoked one by one."""
    check_can_decide(who)
    if not Standing.objects.filter(pk=number, owner=who.organization, ended_at=None).update(ended_at=timezone.now()):
        raise NotFound(GONE)
    record(action="end_standing", actor=by, organization=who.organization, object_id=str(number))


def grant_by_standing(request: ShowRequest) -> bool:
    """Grant a new request that stays within a standing agreement: no more figures, nor longer, than it declares."""
    owner, asker = request.owner, request.asker
    if owner is None or asker is None or request.entry is None or not allows(owner, Purpose.SHOW_SHARING):
        return False
    found = Standing.objects.filter(
        owner=owner, asker=asker, entry__in=family_of(request.entry), ended_at=None, until__gte=request.until
    ).first()
    asked = figures_of(request.figures)
    shows = frozenset(one.id for one in own_shows(owner, request.entry) if one.is_sure)
    if found is None or not shows or not asked <= figures_of(found.figures):
        return False
    decision = Decision(
        asked, shows, request.until, request.first_on, request.last_on,
        delay_days=found.delay_days, may_export=found.may_export,
    )  # fmt: skip
    try:
        check_tells_of_no_other(request, decision.terms(owner.slug))
    except BadInput:
        return False  # it waits for an answer, which may be narrower
    open_grant(request, decision)
    request.by_standing = True
    request.save()
    record(action=_TELLS, actor=None, organization=owner, object_id=str(request.pk))
    return True
