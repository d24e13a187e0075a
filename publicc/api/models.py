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
