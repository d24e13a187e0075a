"""What a person keeps of the screens: a view with its filters under a name of their own."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from publicc.collective.models import Organization

LONGEST_NAME = 80
LONGEST_QUERY = 500
LONGEST_NOTE = 120


class SavedView(models.Model):
    """A screen under filters, kept by one person for themselves or for their organization. Holds no figure."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="saved_views")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    screen = models.CharField(max_length=30)
    query = models.CharField(max_length=LONGEST_QUERY, blank=True)
    """The filters, as the query of an address."""
    is_shared = models.BooleanField(default=False)
    """Whether every member of the organization finds it."""
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "kept_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organization", "author", "name"], name="one_view_a_name_and_person")
        ]

    def __str__(self) -> str:
        """Its name."""
        return self.name


class Note(models.Model):
    """What happened on a date, as the organization tells it: a campaign, a strike, a storm. Drawn on its curves."""

    class Kind(models.TextChoices):
        """What it was."""

        NOTE = "NOTE"
        CAMPAIGN = "CAMPAIGN"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.NOTE)
    on = models.DateField()
    words = models.CharField(max_length=LONGEST_NOTE)
    show = models.CharField(max_length=64, blank=True)
    """The show it is about; empty for the whole house."""
    removed_at = models.DateTimeField(null=True, blank=True)
    """Set when it was removed: it can still be put back."""

    class Meta:
        ordering: ClassVar[list[str]] = ["-on", "words"]

    def __str__(self) -> str:
        """Its words."""
        return self.words


class DigestChoice(models.Model):
    """How often a person wants to be told by e-mail what needs them in one organization, and in which language."""

    class Every(models.TextChoices):
        """How often."""

        NEVER = "NEVER"
        DAY = "DAY"
        WEEK = "WEEK"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    every = models.CharField(max_length=5, choices=Every.choices, default=Every.NEVER)
    lang = models.CharField(max_length=2, default="fr")
    last_sent_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "organization"], name="one_digest_a_person_and_organization"),
            models.CheckConstraint(condition=models.Q(every__in=("NEVER", "DAY", "WEEK")), name="digest_is_known"),
        ]

    def __str__(self) -> str:
        """Who, where, how often."""
        return f"{self.person_id} · {self.organization} · {self.every}"


class PinnedView(models.Model):
    """A view that a person put on their own page. Colleagues pin a shared view each for themselves."""

    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="pins")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    pinned_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pinned_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["view", "person"], name="one_pin_a_view_and_person")
        ]

    def __str__(self) -> str:
        """The view."""
        return str(self.view)
