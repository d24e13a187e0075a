"""What a person does to the directory: confirm, correct, say that it is not the same, merge, split, undo.

An organization settles its own labels; the hub's analyst settles the entries that all share, and the labels of shows
that were announced. Every deed is kept with what it takes to undo it, and told in the trail of those it touches.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from publicc.collective.access import (
    Visitor,
    can_settle_directory,
    check_can_settle,
    check_can_settle_directory,
)
from publicc.collective.trail import record
from publicc.directory.models import Change, Entry, Label
from publicc.directory.recognition.scoring import SURE
from publicc.directory.states import Deed, EntryOrigin, LabelState
from publicc.kernel.errors import BadInput, BadUsage, NotFound
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Discipline

Person = AbstractBaseUser | AnonymousUser
_LABEL_FIELDS: Final = ("entry_id", "state", "confidence", "author_id")


def labels_for(who: Visitor) -> QuerySet[Label]:
    """The labels this person may settle: their organization's own; for the hub, every announced one."""
    check_can_settle(who)
    if can_settle_directory(who):
        return Label.objects.filter(is_public=True)
    return Label.objects.filter(organization=who.organization)


@transaction.atomic
def confirm(*, who: Visitor, by: Person, label_id: int, discipline: str = "") -> Label:
    """The label is the entry suggested for it, and of that discipline where the entry has none.

    Raises NotFound, BadUsage when nothing is suggested.
    """
    label = _label(who, label_id)
    if label.entry is None:
        raise BadUsage(Text("Rien n'est proposé pour ce libellé.", "Nothing is suggested for this label."))
    _settle(label, by, Deed.CONFIRM, entry=label.entry, state=LabelState.CONFIRMED, confidence=label.confidence)
    if discipline in Discipline.__members__ and not label.entry.discipline:
        label.entry.discipline = discipline
        label.entry.save(update_fields=["discipline"])
        change = label.changes.first()
        if change is not None:
            change.before = {**change.before, "unclassed": label.entry.pk}
            change.save(update_fields=["before"])
    return label


@transaction.atomic
def confirm_sure(*, who: Visitor, by: Person) -> int:
    """Confirm at once every suggestion that recognition is sure of; how many. One deed: one undo takes all back."""
    labels = list(sure_labels(who).select_related("entry", "organization"))
    if not labels:
        return 0
    before: dict[str, object] = {"labels": {str(label.pk): _state(label) for label in labels}}
    Change.objects.create(author_id=by.pk, deed=Deed.CONFIRM.value, before=before)
    for label in labels:
        label.state, label.author_id = LabelState.CONFIRMED.value, by.pk
    Label.objects.bulk_update(labels, ["state", "author_id"], batch_size=500)
    Entry.objects.filter(labels__in=[one for one in labels if one.is_public], is_listed=False).update(is_listed=True)
    _tell(labels, "confirm_sure_labels", str(len(labels)), by)
    return len(labels)


def sure_labels(who: Visitor) -> QuerySet[Label]:
    """The labels this person may settle whose suggestion is sure, and whose entry is that of another house too.

    One that nobody else brought is confirmed one at a time: its owner lists a new entry by doing so.
    """
    shared = Q(entry__is_listed=True) | Q(entry__in=Entry.objects.annotate(
        houses=Count("labels__organization", distinct=True)).filter(houses__gte=2))  # fmt: skip
    return labels_for(who).filter(
        shared, state=LabelState.SUGGESTED.value, entry__isnull=False, confidence__gte=SURE
    ).distinct()  # fmt: skip


@transaction.atomic
def correct(*, who: Visitor, by: Person, label_id: int, entry_id: int | None = None, name: str = "") -> Label:
    """The label is another entry of its kind, or a new one under `name`. Raises NotFound, BadInput."""
    label = _label(who, label_id)
    if entry_id is not None:
        entry = _entry(label.kind, entry_id)
    elif name.strip():
        entry = Entry.objects.create(
            kind=label.kind,
            name_fr=" ".join(name.split())[:400],
            discipline=label.discipline if label.discipline not in {"UNKNOWN", ""} else "",
            municipality=label.municipality,
            origin=EntryOrigin.PERSON.value,
        )
    else:
        raise BadInput(
            Text("Aucun nom n'est donné.", "No name is given."),
            do=Text("Choisir une fiche ou écrire le nom.", "Choose an entry or write the name."),
        )
    _settle(label, by, Deed.CORRECT, entry=entry, state=LabelState.CORRECTED, confidence=1.0)
    return label


@transaction.atomic
def refuse(*, who: Visitor, by: Person, label_id: int) -> Label:
    """The label is not what was suggested: it is to be mapped, and is not suggested again."""
    label = _label(who, label_id)
    _settle(label, by, Deed.REFUSE, entry=None, state=LabelState.REFUSED, confidence=0.0)
    return label


@transaction.atomic
def merge(*, who: Visitor, by: Person, entry_id: int, into_id: int) -> Entry:
    """Two entries are one: labels, rooms and merged ones of the first go to the second, which keeps its code.

    Raises NotFound, BadInput when they are of two kinds or one and the same.
    """
    check_can_settle_directory(who)
    gone = _entry(None, entry_id)
    kept = _entry(gone.kind, into_id)
    if gone == kept:
        raise BadInput(Text("C'est la même fiche.", "This is the same entry."))
    labels, parts = list(gone.labels.select_related("organization")), list(gone.parts.all())
    before = {
        "labels": {str(label.pk): _state(label) for label in labels},
        "parts": [part.pk for part in parts],
        "merged": [one.pk for one in gone.merged.all()],
        "was_listed": kept.is_listed,
    }
    gone.labels.update(entry=kept)
    gone.parts.update(within=kept)
    gone.merged.update(merged_into=kept)
    gone.merged_into, kept.is_listed = kept, kept.is_listed or gone.is_listed
    gone.save()
    kept.save()
    Change.objects.create(author_id=by.pk, deed=Deed.MERGE.value, entry=gone, before=before)
    _tell(labels, "merge_entries", kept.code, by)
    return kept


@transaction.atomic
def split(*, who: Visitor, by: Person, label_ids: Iterable[int], name: str) -> Entry:
    """Labels that were taken for one entry are another: they leave it for a new one under `name`, confirmed.

    Raises NotFound, BadInput when they are not all of one entry.
    """
    check_can_settle_directory(who)
    labels = [_label(who, label_id) for label_id in sorted(set(label_ids))]
    held = {label.entry_id for label in labels}
    if len(held) != 1 or None in held or not name.strip():
        raise BadInput(
            Text("Ces libellés ne sont pas d'une même fiche.", "These labels are not of one entry."),
            do=Text("Choisir des libellés d'une fiche, et un nom.", "Choose labels of one entry, and a name."),
        )
    left = labels[0].entry
    made = Entry.objects.create(
        kind=labels[0].kind,
        name_fr=" ".join(name.split())[:400],
        discipline=left.discipline if left else "",
        municipality=left.municipality if left else "",
        origin=EntryOrigin.PERSON.value,
        is_listed=True,
    )
    before: dict[str, object] = {"labels": {str(label.pk): _state(label) for label in labels}}
    for label in labels:
        label.entry, label.state, label.confidence, label.author_id = made, LabelState.CORRECTED.value, 1.0, by.pk
        label.save()
    Change.objects.create(author_id=by.pk, deed=Deed.SPLIT.value, entry=made, before=before)
    _tell(labels, "split_entry", made.code, by)
    return made


@transaction.atomic
def undo(*, who: Visitor, by: Person) -> Change:
    """Take back this person's last deed; raises BadUsage when there is none left."""
    check_can_settle(who)
    change = Change.objects.filter(author_id=by.pk, undone_at__isnull=True).order_by("-id").first()
    if change is None:
        raise BadUsage(Text("Il n'y a rien à annuler.", "There is nothing to undo."))
    held = change.entry or (change.label.entry if change.label else None)
    told = change.before.get("labels", {})
    before = told if isinstance(told, dict) else {}
    led = list(Entry.objects.filter(labels__in=[int(key) for key in before]).distinct())
    labels = _put_back(before)
    _classed_back(change.before)
    for entry in {one.pk: one for one in (*led, *([held] if held else []))}.values():
        _unlist_unheld(entry)
    if change.deed == Deed.MERGE.value and change.entry is not None:
        _unmerge(change.entry, change.before)
    change.undone_at = timezone.now()
    change.save(update_fields=["undone_at"])
    _tell(labels, "undo_directory", str(change.pk), by)
    return change


def can_undo(by: Person) -> bool:
    """Whether this person has a deed to take back."""
    return Change.objects.filter(author_id=by.pk, undone_at__isnull=True).exists()


def _settle(label: Label, by: Person, deed: Deed, *, entry: Entry | None, state: LabelState, confidence: float) -> None:
    Change.objects.create(
        author_id=by.pk, deed=deed.value, label=label, before={"labels": {str(label.pk): _state(label)}}
    )
    label.entry, label.state, label.confidence, label.author_id = entry, state.value, confidence, by.pk
    label.save()
    if entry is not None and label.is_public and not entry.is_listed:
        entry.is_listed = True
        entry.save(update_fields=["is_listed"])
    _tell([label], f"{deed.value.lower()}_label", str(label.pk), by)


def _label(who: Visitor, label_id: int) -> Label:
    found = labels_for(who).select_related("entry", "organization").filter(pk=label_id).first()
    if found is None:
        raise NotFound(Text("Ce libellé n'existe pas.", "This label does not exist."))
    return found


def _entry(kind: str | None, entry_id: int) -> Entry:
    found = Entry.objects.filter(pk=entry_id, merged_into__isnull=True).first()
    if found is None or (kind is not None and found.kind != kind):
        raise NotFound(Text("Cette fiche n'existe pas.", "This entry does not exist."))
    return found


def _state(label: Label) -> dict[str, object]:
    return {name: getattr(label, name) for name in _LABEL_FIELDS}


def _classed_back(before: dict[str, Any]) -> None:
    """The entry that was given a discipline has none again."""
    if "unclassed" in before:
        Entry.objects.filter(pk=before["unclassed"]).update(discipline="")


def _put_back(told: dict[str, Any]) -> list[Label]:
    labels = list(Label.objects.filter(pk__in=[int(key) for key in told]).select_related("organization"))
    for label in labels:
        for name, value in told[str(label.pk)].items():
            setattr(label, name, value)
        label.save()
    return labels


def _unlist_unheld(entry: Entry | None) -> None:
    """An entry that rested on the word just taken back is listed no more."""
    made_here = (EntryOrigin.RECOGNITION.value, EntryOrigin.PERSON.value)
    held = Label.objects.filter(entry=entry, state__in=[LabelState.CONFIRMED.value, LabelState.CORRECTED.value])
    if entry is not None and entry.origin in made_here and entry.merged_into is None and not held.exists():
        entry.is_listed = False
        entry.save(update_fields=["is_listed"])


def _unmerge(gone: Entry, before: dict[str, Any]) -> None:
    kept = gone.merged_into
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    Entry.objects.filter(pk__in=before["parts"]).update(within=gone)
    Entry.objects.filter(pk__in=before["merged"]).update(merged_into=gone)
    if kept is not None and not before["was_listed"]:
        kept.is_listed = False
        kept.save(update_fields=["is_listed"])


def _tell(labels: Iterable[Label], action: str, object_id: str, by: Person) -> None:
    actor = by if isinstance(by, AbstractBaseUser) else None
    told = {label.organization_id: label.organization for label in labels}
    for organization in told.values():
        record(action=action, actor=actor, organization=organization, object_id=object_id)
