"""Requests for a show and what became of them; standing agreements; figures of persons as they were told."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from publicc.collective.models import Organization
from publicc.directory.models import Entry
from publicc.sharing.states import Reason, RequestState

LONGEST_WHY = 600
LONGEST_WORD = 300
DEFAULT_DELAY_DAYS = 30
DEFAULT_MONTHS = 24


class ShowRequest(models.Model):
    """What one organization asks of another about one show, and what that one decided. Kept when either leaves."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    asker = models.ForeignKey(Organization, null=True, on_delete=models.SET_NULL, related_name="asked_shows")
    asker_name = models.CharField(max_length=200)
    owner = models.ForeignKey(Organization, null=True, on_delete=models.SET_NULL, related_name="shows_asked")
    owner_name = models.CharField(max_length=200)
    entry = models.ForeignKey(Entry, null=True, on_delete=models.SET_NULL, related_name="requests")
    title = models.CharField(max_length=400)
    """The show's name when it was asked for."""
    form = models.UUIDField()
    """Of the form that was sent: sent again, it asks nothing again."""
    state = models.CharField(max_length=10, default=RequestState.PENDING.value)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    figures: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    why = models.CharField(max_length=LONGEST_WHY)
    until = models.DateField()
    """Until when the asker wants it."""
    reminded_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=14, blank=True)
    word = models.CharField(max_length=LONGEST_WORD, blank=True)
    """What the owner adds when it declines or revokes."""
    shows: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    """The owner's own shows that it granted, by their ids in the pool."""
    granted: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    granted_first_on = models.DateField(null=True)
    granted_last_on = models.DateField(null=True)
    left_out: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    delay_days = models.PositiveSmallIntegerField(default=DEFAULT_DELAY_DAYS)
    may_export = models.BooleanField(default=True)
    expires_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    """When both were told that it ends soon."""
    by_standing = models.BooleanField(default=False)
    """Whether a standing agreement granted it."""

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["form", "owner"], name="a_form_asks_an_owner_once"),
            models.UniqueConstraint(
                fields=["asker", "owner", "entry"],
                condition=Q(state=RequestState.PENDING.value),
                name="one_pending_request_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in RequestState]), name="request_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=["", *(one.value for one in Reason)]), name="request_reason_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.GRANTED.value) | Q(expires_on__isnull=False), name="a_grant_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asker_name} → {self.owner_name} · {self.title} · {self.state}"


class Standing(models.Model):
    """What an owner grants beforehand to one organization for one show: a tour's agreement."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="standing_given")
    asker = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="standing_held")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="standing")
    figures: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    delay_days = models.PositiveSmallIntegerField(default=DEFAULT_DELAY_DAYS)
    until = models.DateField()
    may_export = models.BooleanField(default=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["owner", "asker", "entry"], condition=Q(ended_at=None), name="one_standing_agreement_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.owner} → {self.asker} · {self.entry}"


class Told(models.Model):
    """Figures of persons of one run as they were told: protected already, frozen, the same for every partner.

    They are what partners know: a later version follows only when enough people separate the two.
    """

    owner = models.CharField(max_length=60)
    """Slug: what was told stays known when the organization is gone."""
    kind = models.CharField(max_length=130)
    """`audience`, `profiles`, `survey`, or `overlap` with the other organization's slug."""
    run = models.CharField(max_length=64)
    """Digest of the owner's shows."""
    shows: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    performances: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    """Those that it covers; of a survey, the numbers of the responses it counts."""
    through_on = models.DateField()
    """The last night it covers; of a survey, the day of the last response."""
    cells: models.JSONField[dict[str, object], dict[str, object]] = models.JSONField(default=dict)
    snapshot = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-through_on", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner", "kind", "run", "through_on"], name="a_run_is_told_once_a_night")
        ]

    def __str__(self) -> str:
        return f"{self.owner} · {self.kind} · {self.through_on}"
