"""Tokens: who may act through which program, for what, until when. The secret itself is kept nowhere."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models

from publicc.api.scopes import TokenScope
from publicc.collective.models import Organization

LONGEST_NAME = 80


class Token(models.Model):
    """One token of one person in one organization. `digest`: SHA-256 of a secret of 256 random bits."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="api_tokens")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=LONGEST_NAME)
    scopes: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_on = models.DateField(null=True, blank=True)
    """The last day it was used; no more than a day, so that a busy program writes once."""

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at"]

    def __str__(self) -> str:
        """Its name, never its secret."""
        return f"{self.organization} · {self.name}"

    def is_good(self, at: datetime) -> bool:
        """Whether it opens anything at that moment."""
        return self.revoked_at is None and at < self.expires_at

    @property
    def opens(self) -> tuple[TokenScope, ...]:
        """Its scopes, in the order of the list."""
        return tuple(one for one in TokenScope if one.value in self.scopes)


class Feed(models.Model):
    """A secret address of one person's in one organization, where a calendar program finds its planned dates."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="calendar_feeds")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the secret part of the address."""
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at"]

    def __str__(self) -> str:
        """Whose organization's."""
        return str(self.organization)


class Hook(models.Model):
    """An address that is told when something happens. Its signing secret is derived, never kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="webhooks")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=500)
    kinds: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["made_at"]

    def __str__(self) -> str:
        """Its number."""
        return str(self.pk)


class Delivery(models.Model):
    """One thing that happened, told to one address: until it is taken, or given up."""

    class State(models.TextChoices):
        """Where it is."""

        WAITING = "WAITING"
        DONE = "DONE"
        GIVEN_UP = "GIVEN_UP"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="deliveries")
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=80)
    """Number of the thing, as the API knows it."""
    happened_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    answer = models.CharField(max_length=40, blank=True)
    """What came of the last try: a status, or the kind of failure."""

    class Meta:
        ordering: ClassVar[list[str]] = ["-happened_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["hook", "kind", "subject"], name="told_once_to_an_address")
        ]

    def __str__(self) -> str:
        """What happened."""
        return f"{self.kind} {self.subject}"
