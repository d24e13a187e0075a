"""What the pages of the directory show, ready to draw in one language."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q

from publicc.collective.access import Visitor, can_settle_directory
from publicc.directory.models import Change, Entry, Label
from publicc.directory.queue import suggested_discipline
from publicc.directory.recognition.scoring import SURE
from publicc.directory.states import Deed, EntryKind, LabelState
from publicc.kernel.formats import percent
from publicc.kernel.text import Lang, Text
from publicc.kernel.vocabulary import Discipline

_NAMES: Final = {EntryKind.SHOW.value: Text("Titre", "Title"), EntryKind.VENUE.value: Text("Nom", "Name")}
_QUESTIONS: Final = {
    EntryKind.SHOW.value: Text("Est-ce ce spectacle ?", "Is it this show?"),
    EntryKind.VENUE.value: Text("Est-ce ce lieu ?", "Is it this venue?"),
}
_UNMAPPED: Final = Text("À classer", "To be mapped")
_SURE: Final = Text("La reconnaissance en est sûre ({share}).", "Recognition is sure of it ({share}).")
_ALIKE: Final = Text(
    "Une fois les mentions mises à part, les deux noms sont les mêmes.",
    "Once marks are set apart, both names are the same.",
)
_DOUBTFUL: Final = Text(
    "La reconnaissance hésite ({share}) : votre réponse tranche.",
    "Recognition hesitates ({share}): your answer settles it.",
)
_OWN: Final = Text(
    "Aucun autre organisme n'a proposé ce nom : confirmer l'inscrit au répertoire commun.",
    "No other organization brought this name: confirming lists it in the common directory.",
)
_LIKELY: Final = Text(
    "Retenir la discipline proposée : {kind} ({share})", "Keep the suggested discipline: {kind} ({share})"
)
_NOTHING: Final = Text(
    "Rien n'est proposé pour ce libellé. Tant qu'il est à classer, il n'est montré qu'à vous.",
    "Nothing is suggested for this label. While it is to be mapped, only you are shown it.",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One facet: what the label says, what the entry says."""

    name: str
    own: str
    common: str


@dataclass(frozen=True, slots=True)
class LabelPage:
    """A label and the entry suggested for it. `whose` is empty for the label's owner."""

    id: int
    question: str
    says: str
    whose: str
    lines: tuple[Line, ...]
    has_entry: bool
    entry_id: int | None
    state: str
    name: str
    likely: str = ""
    """The discipline suggested for a show that has none."""
    likely_words: str = ""


def label_page(label: Label | None, who: Visitor, lang: Lang) -> LabelPage | None:
    """The page of the label that is asked about; None when none waits."""
    if label is None:
        return None
    likely = suggested_discipline(label)
    return LabelPage(
        id=label.pk,
        question=(_QUESTIONS[label.kind] if label.entry else _UNMAPPED).said(lang),
        says=_says(label, lang),
        whose=label.organization.name if label.organization != who.organization else "",
        lines=tuple(_lines(label, lang)),
        has_entry=label.entry is not None,
        entry_id=label.entry_id if can_settle_directory(who) else None,
        state=LabelState(label.state).label.said(lang),
        name=label.entry.name_fr if label.entry else label.text,
        likely=likely.discipline.value if likely else "",
        likely_words=_LIKELY.said(lang, kind=likely.discipline.label, share=percent(likely.confidence, lang, 0))
        if likely
        else "",
    )


@dataclass(frozen=True, slots=True)
class Decided:
    """One thing that was decided of an entry: what, when, and when it was taken back if it was."""

    words: str
    at: datetime
    undone_at: datetime | None


def decided(entry: Entry, lang: Lang) -> list[Decided]:
    """The last things decided of the entry or of a label that leads to it, newest first."""
    changes = Change.objects.filter(Q(entry=entry) | Q(label__entry=entry) | Q(entry__merged_into=entry))
    return [
        Decided(f"{Deed(one.deed).label.said(lang)} : {name}" if lang == "fr" else f"{Deed(one.deed).label.en}: {name}",
                one.at, one.undone_at)
        for one in changes.select_related("label", "entry")[:20]
        if (name := str(one.label or one.entry or ""))
    ]  # fmt: skip


def _says(label: Label, lang: Lang) -> str:
    entry = label.entry
    if entry is None:
        return _NOTHING.said(lang)
    if not entry.is_listed and not entry.labels.exclude(organization=label.organization).exists():
        return _OWN.said(lang)
    if label.confidence >= 1.0:
        return _ALIKE.said(lang)
    told = _SURE if label.confidence >= SURE else _DOUBTFUL
    return told.said(lang, share=percent(label.confidence, lang, 0))


def _lines(label: Label, lang: Lang) -> Iterator[Line]:
    entry = label.entry
    yield Line(_NAMES[label.kind].said(lang), label.text, _bilingual(entry) if entry else "")
    if label.kind == EntryKind.SHOW.value:
        name = Text("Discipline", "Discipline").said(lang)
        yield Line(name, _discipline(label.discipline, lang), _discipline(entry.discipline, lang) if entry else "")
    else:
        yield Line(Text("Ville", "City").said(lang), label.municipality, entry.municipality if entry else "")


def _bilingual(entry: Entry) -> str:
    return f"{entry.name_fr} · {entry.name_en}" if entry.name_en else entry.name_fr


def _discipline(value: str, lang: Lang) -> str:
    return Discipline(value or Discipline.UNKNOWN.value).label.said(lang)
