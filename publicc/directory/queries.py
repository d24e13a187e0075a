"""Reads of the directory for other rooms."""

from collections.abc import Collection
from types import MappingProxyType

from django.db.models import Count, Q

from publicc.directory.almanac import Almanac
from publicc.directory.breaks import current_rules
from publicc.directory.common import CommonCodes
from publicc.directory.models import Entry, Label
from publicc.directory.recognition.scoring import SURE
from publicc.directory.states import EntryKind, LabelState

_SETTLED = Q(state__in=[LabelState.CONFIRMED.value, LabelState.CORRECTED.value])


def common_codes() -> CommonCodes:
    """What may stand beside shows and venues in the pool: what a person settled, and sure suggestions; days too.

    A sure suggestion counts when its entry is listed, or when the labels of two organizations lead to it: the word of
    one organization that nobody confirmed makes no common entry.
    """
    met = Entry.objects.annotate(houses=Count("labels__organization", distinct=True))
    shared = met.filter(Q(is_listed=True) | Q(houses__gte=2)).values("pk")
    sure = Q(state=LabelState.SUGGESTED.value, confidence__gte=SURE, entry__in=shared)
    found = Label.objects.filter(_SETTLED | sure, entry__isnull=False).select_related("organization", "entry")
    codes: dict[str, dict[tuple[str, str], str]] = {EntryKind.SHOW.value: {}, EntryKind.VENUE.value: {}}
    for label in found:
        if label.entry is not None:
            codes[label.kind][label.organization.slug, label.own_id] = label.entry.code
    return CommonCodes(
        MappingProxyType(codes[EntryKind.SHOW.value]),
        MappingProxyType(codes[EntryKind.VENUE.value]),
        Almanac(*current_rules()),
    )


def show_that_follows(organization: str, own_id: str, among: Collection[str]) -> str | None:
    """The organization's show that stands for `own_id` now, one of `among`; None when there is none, or several.

    What a person settled stays after a title is gone: its entry, or the one this was merged into, leads to the show.
    """
    shows = Label.objects.filter(organization__slug=organization, kind=EntryKind.SHOW.value, entry__isnull=False)
    gone = shows.filter(_SETTLED, own_id=own_id).select_related("entry__merged_into").first()
    if gone is None or gone.entry is None:
        return None
    entry = gone.entry.merged_into or gone.entry
    sure = Q(state=LabelState.SUGGESTED.value, confidence__gte=SURE)
    heirs = list(shows.filter(_SETTLED | sure, entry=entry, own_id__in=among).values_list("own_id", flat=True)[:2])
    return heirs[0] if len(heirs) == 1 else None
