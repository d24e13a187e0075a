"""What a person does to their organization's planned dates: enter, import, open to others, remove, undo."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from publicc.collective.access import Visitor, check_can_plan
from publicc.collective.trail import record
from publicc.directory.actions import Person
from publicc.directory.dates.openness import Openness
from publicc.directory.dates.reading import Planned, read_plans
from publicc.directory.models import PlanChange, PlannedDate
from publicc.kernel.errors import BadUsage, NotFound
from publicc.kernel.text import Text

_FIELDS: Final = ("title", "on", "at", "discipline", "room", "postal_code", "seats", "openness")


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did: dates made, dates brought up to date, dates that said the same already."""

    made: int
    changed: int
    same: int


def plans_for(who: Visitor) -> QuerySet[PlannedDate]:
    """The planned dates of this person's organization, by date."""
    return PlannedDate.objects.filter(organization=who.organization)


@transaction.atomic
def enter(*, who: Visitor, by: Person, plans: Iterable[Planned]) -> Taken:
    """Make or bring up to date the dates given; the same ones again change nothing."""
    check_can_plan(who)
    known = {one.key: one for one in plans_for(who)}
    before: dict[str, object] = {}
    taken = {"made": 0, "changed": 0, "same": 0}
    for plan in plans:
        held = known.get(plan.key)
        done = "made" if held is None else "same" if planned_of(held) == plan else "changed"
        taken[done] += 1
        if done != "same":
            before[plan.key] = _state(held) if held else None
            row = held or PlannedDate(organization=who.organization, key=plan.key)
            for name in _FIELDS:
                setattr(row, name, getattr(plan, name))
            row.save()
            known[plan.key] = row
    _keep(who, by, before, "plan_dates")
    return Taken(**taken)


def take_file(*, who: Visitor, by: Person, content: bytes, openness: Openness) -> Taken:
    """Take the dates of a CSV or iCalendar file, all or none. Raises BadInput with the lines at fault."""
    check_can_plan(who)
    return enter(who=who, by=by, plans=read_plans(content, openness, who.organization.time_zone))


@transaction.atomic
def open_to(*, who: Visitor, by: Person, ids: Iterable[int], openness: Openness) -> int:
    """Say how far these dates are told; how many changed. Raises NotFound for one that is not one's own."""
    rows = [row for row in _own(who, ids) if row.openness != openness.value]
    before: dict[str, object] = {row.key: _state(row) for row in rows}
    for row in rows:
        row.openness = openness.value
        row.save(update_fields=["openness"])
    _keep(who, by, before, "open_dates")
    return len(rows)


@transaction.atomic
def remove(*, who: Visitor, by: Person, ids: Iterable[int]) -> int:
    """Take these dates away; how many. Raises NotFound for one that is not one's own."""
    rows = _own(who, ids)
    before: dict[str, object] = {row.key: _state(row) for row in rows}
    for row in rows:
        row.delete()
    _keep(who, by, before, "remove_dates")
    return len(rows)


@transaction.atomic
def undo(*, who: Visitor, by: Person) -> int:
    """Take back the organization's last change of dates; how many were put back. Raises BadUsage without any."""
    check_can_plan(who)
    change = _last(who)
    if change is None:
        raise BadUsage(Text("Il n'y a rien à annuler.", "There is nothing to undo."))
    for key, told in change.before.items():
        _put_back(who, key, told if isinstance(told, dict) else None)
    change.undone_at = timezone.now()
    change.save(update_fields=["undone_at"])
    record(action="undo_dates", actor=by, organization=who.organization, object_id=str(change.pk))
    return len(change.before)


def can_undo(who: Visitor) -> bool:
    """Whether the organization has a change of dates to take back."""
    return _last(who) is not None


def planned_of(row: PlannedDate) -> Planned:
    """A kept date as a file would give it."""
    return Planned(row.key, **{name: getattr(row, name) for name in _FIELDS})


def _own(who: Visitor, ids: Iterable[int]) -> list[PlannedDate]:
    check_can_plan(who)
    wanted = set(ids)
    rows = list(plans_for(who).filter(pk__in=wanted))
    if not wanted or len(rows) != len(wanted):
        raise NotFound(Text("Cette date n'existe pas.", "This date does not exist."))
    return rows


def _last(who: Visitor) -> PlanChange | None:
    return PlanChange.objects.filter(organization=who.organization, undone_at__isnull=True).first()


def _keep(who: Visitor, by: Person, before: Mapping[str, object], action: str) -> None:
    if before:
        change = PlanChange.objects.create(organization=who.organization, author_id=by.pk, before=dict(before))
        record(action=action, actor=by, organization=who.organization, object_id=str(change.pk))


def _state(row: PlannedDate) -> dict[str, object]:
    return {name: str(held) if isinstance(held := getattr(row, name), date | time) else held for name in _FIELDS}


def _put_back(who: Visitor, key: str, told: Mapping[str, Any] | None) -> None:
    if told is None:
        plans_for(who).filter(key=key).delete()
        return
    known = dict(told)
    known["on"] = date.fromisoformat(known["on"])
    known["at"] = time.fromisoformat(known["at"]) if known["at"] else None
    PlannedDate.objects.update_or_create(organization=who.organization, key=key, defaults=known)
