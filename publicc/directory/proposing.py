"""Takes the labels of a snapshot into the directory: suggestions are renewed, what a person settled is left alone."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction
from django.db.models import Q

from publicc.collective.models import Organization
from publicc.directory.common import Seen, SeenShow, SeenVenue
from publicc.directory.models import Entry, Label
from publicc.directory.planning import Known, Plan, plan_shows, plan_venues
from publicc.directory.states import EntryKind, EntryOrigin, LabelState
from publicc.kernel.vocabulary import Discipline

_SETTLED = (LabelState.CONFIRMED.value, LabelState.CORRECTED.value)
One = TypeVar("One", SeenShow, SeenVenue)


@dataclass(frozen=True, slots=True)
class Proposed:
    """How many labels wait for a person's word, and how many entries recognition made."""

    suggested: int
    made: int


@transaction.atomic
def propose(seen: Seen) -> Proposed:
    """Renew the suggestions from the labels of the current snapshot. The same labels give the same suggestions.

    A label that was not announced is kept, and suggested nothing: its title may not lead anyone to it yet.
    """
    made = _propose(EntryKind.SHOW, seen.shows, plan_shows) + _propose(EntryKind.VENUE, seen.venues, plan_venues)
    _list_announced()
    _forget_unused()
    waiting = Label.objects.filter(state=LabelState.SUGGESTED.value, entry__isnull=False).count()
    return Proposed(waiting, made)


def _propose(kind: EntryKind, seen: Sequence[One], plan_for: Callable[[Sequence[One], Sequence[Known]], Plan]) -> int:
    labels = _kept_labels(kind, seen)
    open_ones = [
        one
        for one in seen
        if one.is_public
        and (label := labels.get((one.organization, one.own_id)))
        and label.state == LabelState.SUGGESTED.value
    ]
    towns = {labels[one.organization, one.own_id].municipality for one in open_ones}
    plan = plan_for(open_ones, _known(kind, towns))
    for number, (entry_id, confidence) in plan.placed.items():
        _suggest(labels[open_ones[number].organization, open_ones[number].own_id], entry_id, confidence)
    for new in plan.made:
        entry = Entry.objects.create(
            kind=kind.value,
            name_fr=new.name,
            discipline="" if new.discipline is Discipline.UNKNOWN else new.discipline.value,
            municipality=new.municipality,
            origin=EntryOrigin.RECOGNITION.value,
        )
        for number, confidence in zip(new.labels, new.confidences, strict=True):
            _suggest(labels[open_ones[number].organization, open_ones[number].own_id], entry.pk, confidence)
    Label.objects.bulk_update(labels.values(), ["entry", "confidence"], batch_size=500)
    return len(plan.made)


def _suggest(label: Label, entry: int, confidence: float) -> None:
    label.entry_id = entry
    label.confidence = confidence


def _kept_labels(kind: EntryKind, seen: Iterable[One]) -> dict[tuple[str, str], Label]:
    """The label of each thing seen, made or brought up to date; suggestions of what is gone are forgotten."""
    wanted = {(one.organization, one.own_id): one for one in seen}
    organizations = {one.slug: one for one in Organization.objects.all()}
    kept = {(one.organization.slug, one.own_id): one for one in _labels(kind)}
    suggested = {place: label.pk for place, label in kept.items() if label.state == LabelState.SUGGESTED.value}
    Label.objects.filter(pk__in=[number for place, number in suggested.items() if place not in wanted]).delete()
    for (slug, own_id), one in sorted(wanted.items()):
        if slug not in organizations:
            continue
        label = kept.get((slug, own_id)) or Label(organization=organizations[slug], kind=kind.value, own_id=own_id)
        label.text, label.is_public = one.text[:400], one.is_public
        if isinstance(one, SeenShow):
            label.discipline = one.discipline.value
        else:
            label.municipality = one.municipality
        if label.state == LabelState.SUGGESTED.value:
            label.entry_id, label.confidence = None, 0.0
        kept[slug, own_id] = label
    new = [label for place, label in sorted(kept.items()) if label.pk is None]
    Label.objects.bulk_create(new, batch_size=500)
    old = [label for place, label in kept.items() if place in wanted]
    Label.objects.bulk_update(old, ["text", "is_public", "discipline", "municipality"], batch_size=500)
    return {place: kept[place] for place in wanted if place in kept}


def _known(kind: EntryKind, towns: set[str]) -> list[Known]:
    """Names that lead to entries. Of candidate venues, only those of the towns where something was given."""
    elsewhere = Q(origin=EntryOrigin.ODCAF.value, is_listed=False) & ~Q(municipality__in=towns)
    entries = list(Entry.objects.filter(kind=kind.value, merged_into__isnull=True).exclude(elsewhere).order_by("id"))
    found = [
        Known(one.pk, one.name_fr, "", Discipline(one.discipline or "UNKNOWN"), one.municipality, one.postal_code[:3])
        for one in entries
    ]
    found += [Known(one.pk, one.name_en, "", Discipline(one.discipline or "UNKNOWN")) for one in entries if one.name_en]
    found += [
        Known(one.entry_id, one.text, one.organization.slug, Discipline(one.discipline or "UNKNOWN"), one.municipality)
        for one in _labels(kind)
        if one.state in _SETTLED and one.entry_id is not None
    ]
    return found


def _labels(kind: EntryKind) -> Iterable[Label]:
    return Label.objects.filter(kind=kind.value).select_related("organization").order_by("organization__slug", "own_id")


def _list_announced() -> None:
    """List the entries of settled labels that were announced meanwhile."""
    settled = Label.objects.filter(state__in=_SETTLED, is_public=True)
    Entry.objects.filter(is_listed=False, labels__in=settled).update(is_listed=True)


def _forget_unused() -> None:
    """Entries that recognition made, that nobody listed and no label leads to any more."""
    unused = Entry.objects.filter(origin=EntryOrigin.RECOGNITION.value, is_listed=False, labels__isnull=True)
    unused.filter(merged__isnull=True, parts__isnull=True, changes__isnull=True).delete()
