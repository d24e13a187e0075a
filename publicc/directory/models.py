"""The common directory (*répertoire commun*): entries that all share, what each house calls them, every change.

And the calendar: dates that organizations plan, and the tables of school and trade breaks, version after version.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from publicc.collective.models import Organization
from publicc.directory.dates.openness import Openness
from publicc.directory.states import Deed, EntryKind, EntryOrigin, LabelState
from publicc.kernel.vocabulary import Discipline, TargetAudience

_CODES = {EntryKind.SHOW: "S", EntryKind.VENUE: "V", EntryKind.ROOM: "R", EntryKind.SERIES: "F"}


class Entry(models.Model):
    """A show, a venue, one of its rooms, or a series, under the name that all share.

    It is listed once somebody has said that it exists; before, only those whose labels led to it see it.
    """

    kind = models.CharField(max_length=8)
    name_fr = models.CharField(max_length=400)
    name_en = models.CharField(max_length=400, blank=True)
    discipline = models.CharField(max_length=24, blank=True)
    genre = models.CharField(max_length=12, blank=True)
    """Artsdata's id, `K6-100`: gives the discipline unless `discipline` says more."""
    language = models.CharField(max_length=40, blank=True)
    """BCP-47, main language first, commas between; `zxx` = without words. Never the language of a buyer."""
    audience = models.CharField(max_length=16, blank=True)
    within = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    """The venue of a room, the series of a show."""
    municipality = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=7, blank=True)
    """Of the venue: its address is public."""
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    artsdata = models.CharField(max_length=40, blank=True)
    """Identifier in the open knowledge graph, `K2-196`."""
    origin = models.CharField(max_length=12)
    origin_id = models.CharField(max_length=80, blank=True)
    is_listed = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name_fr", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=[one.value for one in EntryKind]), name="entry_kind_is_known"),
            models.CheckConstraint(
                condition=Q(origin__in=[one.value for one in EntryOrigin]), name="entry_origin_is_known"
            ),
            models.CheckConstraint(
                condition=Q(discipline__in=["", *(one.value for one in Discipline)]), name="entry_discipline_is_known"
            ),
            models.CheckConstraint(
                condition=Q(audience__in=["", *(one.value for one in TargetAudience)]), name="entry_audience_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind=EntryKind.ROOM.value) | Q(within__isnull=False), name="a_room_is_in_a_venue"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="a_point_has_two_coordinates",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")), name="no_entry_is_its_own_heir"
            ),
            models.UniqueConstraint(
                fields=["origin", "origin_id"], condition=~Q(origin_id=""), name="an_import_is_not_doubled"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["kind", "name_fr"], name="entries_by_name")]

    def __str__(self) -> str:
        return self.name_fr

    @property
    def code(self) -> str:
        """The entry's public code, stable for ever: `S000042`."""
        return f"{_CODES[EntryKind(self.kind)]}{self.pk:06d}"


class Label(models.Model):
    """What one organization calls a show or a venue, and the entry it was taken to be. Shown to its owner only.

    The hub's analyst sees it too once the performance has been announced (`is_public`).
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="labels")
    kind = models.CharField(max_length=8)
    own_id = models.CharField(max_length=64)
    """The show's or venue's id in the pool."""
    text = models.CharField(max_length=400)
    discipline = models.CharField(max_length=24, blank=True)
    municipality = models.CharField(max_length=120, blank=True)
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="labels")
    state = models.CharField(max_length=9, default=LabelState.SUGGESTED.value)
    confidence = models.FloatField(default=0.0)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    """Who settled it; nobody while it is only suggested."""
    is_public = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["organization", "kind", "text"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organization", "kind", "own_id"], name="a_label_is_mapped_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[EntryKind.SHOW.value, EntryKind.VENUE.value]), name="label_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in LabelState]), name="label_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[LabelState.CONFIRMED.value, LabelState.CORRECTED.value])
                | Q(entry__isnull=False),
                name="a_settled_label_has_an_entry",
            ),
            models.CheckConstraint(
                condition=Q(confidence__gte=0.0, confidence__lte=1.0), name="label_confidence_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Change(models.Model):
    """One thing that was done to the directory, with what it takes to undo it. Never erased."""

    at = models.DateTimeField(auto_now_add=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    deed = models.CharField(max_length=12)
    """A `Deed`."""
    label = models.ForeignKey(Label, null=True, on_delete=models.SET_NULL, related_name="changes")
    entry = models.ForeignKey(Entry, null=True, on_delete=models.SET_NULL, related_name="changes")
    before: models.JSONField[dict[str, object], dict[str, object]] = models.JSONField(default=dict)
    """The state before, by label or entry number: what `undo` puts back."""
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(deed__in=[one.value for one in Deed]), name="deed_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.deed} {self.label_id or self.entry_id}"


class PlannedDate(models.Model):
    """A performance that an organization plans. Another organization sees what `openness` lets out, never more."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="planned_dates")
    key = models.CharField(max_length=120)
    """Finds it again in the next file."""
    title = models.CharField(max_length=400)
    on = models.DateField()
    at = models.TimeField(null=True, blank=True)
    discipline = models.CharField(max_length=24, default=Discipline.UNKNOWN.value)
    room = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=6, blank=True)
    """Of the room, never of a person."""
    seats = models.PositiveIntegerField(null=True, blank=True)
    openness = models.CharField(max_length=9, default=Openness.HELD.value)

    class Meta:
        ordering: ClassVar[list[str]] = ["on", "at", "key"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organization", "key"], name="a_plan_is_kept_once"),
            models.CheckConstraint(
                condition=Q(discipline__in=[one.value for one in Discipline]), name="plan_discipline_is_known"
            ),
            models.CheckConstraint(
                condition=Q(openness__in=[one.value for one in Openness]), name="plan_openness_is_known"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["on", "openness"], name="plans_by_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.title}"


class PlanChange(models.Model):
    """One thing that was done to planned dates, with what it takes to undo it."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="plan_changes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    before: models.JSONField[dict[str, object], dict[str, object]] = models.JSONField(default=dict)
    """Key → the date as it was, nothing for one that was not there."""
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return f"{self.organization} {self.at:%Y-%m-%d %H:%M}"


class BreaksVersion(models.Model):
    """The table of school and trade breaks as the hub set it at one moment. The last one holds; none is erased."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    rules: models.JSONField[list[dict[str, object]], list[dict[str, object]]] = models.JSONField(default=list)
    """`directory.calendar.Rule`, one a break."""
    what = models.CharField(max_length=200)
    """What was changed, in the words of the one who did it."""

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
