"""What an organization keeps for its documents: how they look, when they are made again, and those that were."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from publicc.collective.models import Organization
from publicc.kernel.text import Text
from publicc.reports.letterhead import STAGE_RED
from publicc.reports.recurring.times import Every, Over, Rule


class Style(models.Model):
    """The logo and colour of an organization's documents. The logo is the PNG that we drew, never the file given."""

    organization = models.OneToOneField(Organization, on_delete=models.CASCADE, related_name="report_style")
    colour = models.CharField(max_length=7, default=STAGE_RED)
    logo = models.BinaryField(blank=True, default=b"")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(colour__regex=r"^#[0-9a-f]{6}$"), name="report_colour_is_one")
        ]

    def __str__(self) -> str:
        """Whose style."""
        return f"{self.organization} · {self.colour}"


class Schedule(models.Model):
    """A report made again by itself: which, when, over which period, and how those who receive it open it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="report_schedules")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    """In whose right it is made: without their role, nothing is."""
    kind = models.CharField(max_length=20)
    custom = models.ForeignKey("CustomReport", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    """The composed report, when the kind is one."""
    show = models.CharField(max_length=64, blank=True)
    form = models.CharField(max_length=4, default="pdf")
    lang = models.CharField(max_length=2, default="fr")
    every = models.CharField(max_length=8)
    day = models.PositiveSmallIntegerField(default=1)
    hour = models.PositiveSmallIntegerField(default=7)
    over = models.CharField(max_length=8)
    needs_account = models.BooleanField(default=True)
    """Whether the link asks to sign in; otherwise whoever holds it opens it until it expires."""
    link_days = models.PositiveSmallIntegerField(default=14)
    next_at = models.DateTimeField(null=True, blank=True)
    """When it comes due; empty when no clock says it."""
    ran_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    problem: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    """Why the last one could not be made, in both languages; empty when all is well."""

    class Meta:
        ordering: ClassVar[list[str]] = ["kind", "every", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(every__in=[one.value for one in Every]), name="schedule_every_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(over__in=[one.value for one in Over]), name="schedule_over_is_known"
            ),
            models.CheckConstraint(condition=models.Q(hour__lte=23), name="schedule_hour_is_one"),
        ]

    def __str__(self) -> str:
        """Whose, which, how often."""
        return f"{self.organization} · {self.kind} · {self.every}"

    @property
    def rule(self) -> Rule:
        """When, as a rule of the clock."""
        return Rule(Every(self.every), self.day, self.hour)

    @property
    def problem_text(self) -> Text | None:
        """The problem as a sentence."""
        return Text(**self.problem) if self.problem else None


class Recipient(models.Model):
    """An address that a schedule writes to. `refusals`: times in a row that its server would not take the message."""

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="recipients")
    email = models.EmailField()
    refusals = models.PositiveSmallIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True, blank=True)
    """When the person asked not to be written to any more."""

    class Meta:
        ordering: ClassVar[list[str]] = ["email"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["schedule", "email"], name="one_recipient_an_address")
        ]

    def __str__(self) -> str:
        """Which schedule's."""
        return str(self.schedule)


class Edition(models.Model):
    """A report that a schedule made, kept for good: its figures, words, definitions and look."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="report_editions")
    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="editions")
    due_at = models.DateTimeField()
    made_at = models.DateTimeField(auto_now_add=True)
    form = models.CharField(max_length=4)
    lang = models.CharField(max_length=2)
    title: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField()
    period: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField()
    snapshot = models.CharField(max_length=64, blank=True)
    archive = models.BinaryField()
    """`recurring.archive.kept`: enough to make it again."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the file as it was first made."""

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["schedule", "due_at"], name="one_edition_a_time")
        ]

    def __str__(self) -> str:
        """Its number."""
        return str(self.pk)

    @property
    def title_text(self) -> Text:
        """What it is called."""
        return Text(**self.title)

    @property
    def period_text(self) -> Text:
        """What it tells of."""
        return Text(**self.period)


class Sending(models.Model):
    """An edition told to one address by a link, and what became of it."""

    class State(models.TextChoices):
        """Where the message is."""

        WAITING = "WAITING"
        SENT = "SENT"
        REFUSED = "REFUSED"
        LATE = "LATE"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sendings")
    email = models.EmailField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    sent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["email"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["edition", "email"], name="one_sending_an_address")
        ]

    def __str__(self) -> str:
        """Its number."""
        return str(self.pk)

    def is_open(self, at: datetime) -> bool:
        """Whether its link opens anything at that moment."""
        return self.revoked_at is None and at < self.expires_at


class CustomReport(models.Model):
    """A report that someone composed: its blocks in order, over a period found anew each time, or over one season."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="custom_reports")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    blocks: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)
    before: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)
    """The blocks as they were before the last change, to go back to."""
    can_go_back = models.BooleanField(default=False)
    over = models.CharField(max_length=9, default=Over.CURRENT.value)
    """One of `Over`, or a season by its label."""
    with_before = models.BooleanField(default=True)
    """Whether key figures recall those of a year earlier."""
    is_shared = models.BooleanField(default=False)
    changed_at = models.DateTimeField(auto_now=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]

    def __str__(self) -> str:
        """Its name."""
        return self.name
