"""The queue of labels that wait for a person's word, the most doubtful first."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from publicc.collective.access import Visitor
from publicc.directory.actions import labels_for
from publicc.directory.models import Entry, Label
from publicc.directory.recognition.discipline import Classed, History, Suggestion
from publicc.directory.states import EntryKind, LabelState
from publicc.kernel.errors import NotFound
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Discipline


@dataclass(frozen=True, slots=True)
class Counts:
    """How far the mapping is: labels that wait, labels settled, labels left to be mapped."""

    waiting: int
    settled: int
    to_map: int


@dataclass(frozen=True, slots=True)
class Asked:
    """The label put before a person, if any waits; `place`: how many are passed over."""

    counts: Counts
    label: Label | None
    place: int = 0


def asked(*, who: Visitor, skipped: int = 0, label_id: int | None = None) -> Asked:
    """The label asked for, else the next that waits after those skipped. Raises NotFound."""
    labels = labels_for(who)
    if label_id is not None:
        found = labels.select_related("entry", "organization").filter(pk=label_id).first()
        if found is None:
            raise NotFound(Text("Ce libellé n'existe pas.", "This label does not exist."))
        return Asked(counts(labels), found, skipped)
    waiting = _waiting(labels).select_related("entry", "organization").order_by("confidence", "text", "pk")
    return Asked(counts(labels), waiting[skipped : skipped + 1].first() if skipped else waiting.first(), skipped)


def counts(labels: QuerySet[Label]) -> Counts:
    """How far the mapping of these labels is."""
    settled = labels.filter(state__in=[LabelState.CONFIRMED.value, LabelState.CORRECTED.value]).count()
    waiting = _waiting(labels).count()
    return Counts(waiting, settled, labels.count() - settled - waiting)


def to_map(who: Visitor, most: int = 50) -> list[Label]:
    """Labels for which nothing is suggested, or whose suggestion was refused: *à classer*, by title."""
    labels = labels_for(who).filter(entry__isnull=True).select_related("organization")
    return list(labels.order_by("text", "pk")[:most])


def names_of(kind: str, most: int = 300) -> list[str]:
    """Names of the listed entries of a kind, to choose from."""
    listed = Entry.objects.filter(kind=kind, is_listed=True, merged_into__isnull=True)
    return list(listed.order_by("name_fr").values_list("name_fr", flat=True)[:most])


def entries_like(entry: Entry, sought: str, most: int = 50) -> list[Entry]:
    """Other entries of its kind whose name, code or city holds every word sought; the first by name without any."""
    found = Entry.objects.filter(kind=entry.kind, merged_into__isnull=True).exclude(pk=entry.pk)
    for word in sought.split()[:8]:
        number = word[1:] if word[1:].isdecimal() and len(word) < 12 else ""
        code = Q(pk=int(number)) if number else Q()
        named = Q(name_fr__icontains=word) | Q(name_en__icontains=word) | Q(municipality__icontains=word)
        found = found.filter(named | code if number else named)
    return list(found.order_by("name_fr", "pk")[:most])


def suggested_discipline(label: Label) -> Suggestion | None:
    """The discipline its title and house make likely, when neither the label nor its entry says one."""
    if label.kind != EntryKind.SHOW.value or label.discipline not in {"", Discipline.UNKNOWN.value}:
        return None
    if label.entry is None or label.entry.discipline:
        return None
    classed = Label.objects.filter(kind=EntryKind.SHOW.value, organization=label.organization)
    told = classed.exclude(discipline__in=["", Discipline.UNKNOWN.value]).values_list("text", "discipline")
    slug = label.organization.slug
    history = History(Classed(text, slug, "", Discipline(kind)) for text, kind in told)
    return history.suggest(label.text, slug, "")


def entry_named(kind: str, name: str, municipality: str) -> int | None:
    """The listed entry of that name; of a venue, in that city. None when there is none, or two."""
    named = Entry.objects.filter(kind=kind, is_listed=True, merged_into__isnull=True, name_fr__iexact=name.strip())
    if municipality:
        named = named.filter(municipality__in=["", municipality])
    found = list(named.values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def _waiting(labels: QuerySet[Label]) -> QuerySet[Label]:
    return labels.filter(state=LabelState.SUGGESTED.value, entry__isnull=False)
