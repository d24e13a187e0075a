"""The life of a release as the hub follows it. The files say the same, sealed: they alone put a release in force."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from publicc.collective.models import Organization
from publicc.kernel.period import Period
from publicc.releases.groups.states import GroupState
from publicc.releases.publication import ReleaseState


class Release(models.Model):
    """One closed period: a candidate, then in force, then perhaps withdrawn."""

    first_on = models.DateField()
    last_on = models.DateField()
    state = models.CharField(max_length=12, default=ReleaseState.CANDIDATE.value)
    certificate = models.CharField(max_length=32)
    """The id that its certificate gives it."""
    shown = models.PositiveIntegerField()
    withheld = models.PositiveIntegerField()
    attacks = models.PositiveIntegerField()
    built_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    built_at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=300, blank=True)
    """Why it was withdrawn."""

    class Meta:
        ordering: ClassVar[list[str]] = ["-first_on", "-last_on"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["first_on", "last_on"], name="one_release_a_period"),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in ReleaseState]), name="release_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_on}..{self.last_on} {self.state}"

    @property
    def period(self) -> Period:
        """The days it is about."""
        return Period(self.first_on, self.last_on)


class Approval(models.Model):
    """One person of the hub who answers for a release."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="approvals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["release", "person"], name="one_approval_a_person_and_release")
        ]

    def __str__(self) -> str:
        return f"{self.release} · {self.person}"


class Fact(models.Model):
    """One exact figure of one night that an owner opened to a partner: what it knows beside releases. Never erased."""

    known_to = models.CharField(max_length=60)
    """Slug, as of the owner: what was read stays known when an organization is gone."""
    owner = models.CharField(max_length=60)
    performance = models.CharField(max_length=64)
    on = models.DateField()
    metric = models.CharField(max_length=60)
    amount = models.FloatField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["known_to", "owner", "performance", "metric"], name="a_figure_is_learnt_once"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["on"], name="facts_by_day")]

    def __str__(self) -> str:
        return f"{self.known_to} · {self.owner} · {self.on} · {self.metric}"


class PeerGroup(models.Model):
    """A group of peers that an organization asked for, and what became of it. Its members never change."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="peer_groups")
    name = models.CharField(max_length=80)
    why = models.CharField(max_length=600)
    members: models.JSONField[list[str], list[str]] = models.JSONField()
    """Slugs of organizations, the asker left out."""
    state = models.CharField(max_length=10)
    verdict = models.CharField(max_length=12)
    """What the policy said when it was asked for (`disclosure.custom.Verdict`)."""
    word = models.CharField(max_length=300, blank=True)
    """What the hub says when it refuses."""
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in GroupState]), name="group_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.name} · {self.state}"

    @property
    def where(self) -> GroupState:
        """Where it stands."""
        return GroupState(self.state)

    @property
    def address(self) -> str:
        """The query of the page of comparisons that reads it."""
        return f"peers_group={self.pk}"
