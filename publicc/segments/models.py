"""Versions of the common model, as the hub follows them. The file holds all that scoring needs."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from publicc.segments.model import SegmentModel, read_model
from publicc.segments.states import VersionState


class SegmentVersion(models.Model):
    """One training: a draft, then named, then in force, then replaced. Kept for good."""

    version = models.CharField(max_length=16, unique=True)
    """`2026.1`: year of training, then which one of the year."""
    state = models.CharField(max_length=10, default=VersionState.TRAINING.value)
    file = models.TextField(blank=True)
    """The model, canonical JSON; empty until it is trained."""
    sha256 = models.CharField(max_length=64, blank=True)
    words_before = models.JSONField(default=list)
    """Former names and cards, the last given first: what undoing brings back."""
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    retired_at = models.DateTimeField(null=True)
    vote = models.CharField(max_length=300, blank=True)
    """Why the collective accepted that many people change profile, when they did."""
    step = models.JSONField(default=dict)
    """What training is doing: a sentence in both languages."""
    step_done = models.PositiveIntegerField(default=0)
    step_total = models.PositiveIntegerField(null=True)
    problem = models.JSONField(default=dict)
    """Why training stopped: a sentence in both languages."""
    drift = models.JSONField(default=dict)
    """How far people have moved since training (`drifting.Drift`), of the version in force; empty until measured."""

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in VersionState]),
                name="segment_version_state_is_known",
            ),
            models.UniqueConstraint(
                fields=["state"],
                condition=models.Q(state=VersionState.PUBLISHED.value),
                name="one_segment_version_in_force",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[VersionState.TRAINING.value, VersionState.FAILED.value])
                | ~models.Q(file=""),
                name="segment_version_has_its_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.state}"

    @property
    def model(self) -> SegmentModel:
        """The model of the file. Raises BadInput when it is damaged or not there yet."""
        return read_model(self.file)
