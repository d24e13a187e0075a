"""What a person keeps of the screens: a view with its filters under a name of their own."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from publicc.collective.models import Organization

LONGEST_NAME = 80
LONGEST_QUERY = 500


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
