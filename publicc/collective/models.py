"""Organizations, memberships and the trail."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from publicc.kernel.vocabulary import UserRole


class Organization(models.Model):
    """One member organization of the collective. Its slug names its vault, its rollup and its rows in the pool."""

    slug = models.SlugField(unique=True, max_length=60)
    name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=60, default="America/Toronto")
    territory = models.CharField(max_length=120, blank=True)
    size = models.CharField(max_length=20, blank=True)
    disciplines: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    links_across = models.BooleanField(default=False)
    """The organization granted the right to recognise its buyers at other organizations that granted it too."""
    local_territory = models.CharField(max_length=60, blank=True)
    """Territory that counts as local in its indices; empty = that of its venue."""
    venues: models.JSONField[list[dict[str, str]], list[dict[str, str]]] = models.JSONField(default=list, blank=True)
    """Its rooms and where they are: `label`, `city`, `postal_code` (of the room, never of a person)."""
    legal_group = models.CharField(max_length=120, blank=True)
    """Organizations of one legal group (one owner, one operator) count as one wherever others are compared or added."""
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person's role in one organization."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=[(r.value, r.label.fr) for r in UserRole])

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "organization"], name="one_role_per_person_and_organization"),
            models.CheckConstraint(condition=models.Q(role__in=[r.value for r in UserRole]), name="role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organization} · {self.role}"


class Seat(models.Model):
    """One person's role at the hub itself: it operates, it audits, or it is someone reports are addressed to."""

    ROLES: ClassVar[tuple[UserRole, ...]] = (UserRole.OPERATOR, UserRole.AUDITOR, UserRole.FUNDER, UserRole.SERVICE)

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seat")
    role = models.CharField(max_length=12, choices=[(r.value, r.label.fr) for r in ROLES])

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(role__in=["OPERATOR", "AUDITOR", "FUNDER", "SERVICE"]), name="seat_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.role}"


class AppendOnly(models.QuerySet["TrailEntry"]):
    """Rows that are added and read. The database refuses the rest too (`trail_guard`)."""

    def update(self, **kwargs: object) -> int:  # noqa: ARG002 - Django's signature
        """Refuse."""
        raise TypeError(_ONLY_ADDED)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise TypeError(_ONLY_ADDED)


_ONLY_ADDED = "the trail is only added to"


class TrailEntry(models.Model):
    """One thing that was done, by whom, to what, in which organization. Never a cell's value, never an identity.

    Accounts and organizations may be gone: an entry keeps their number, which is never given again.
    """

    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    organization = models.ForeignKey(
        Organization, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="trail"
    )
    action = models.CharField(max_length=60)
    object_id = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=20, default="done")
    purpose = models.CharField(max_length=200, blank=True)
    """Why, when the action asks for a reason."""
    request = models.CharField(max_length=20, blank=True)
    """Number of the request it was done in; empty = a command or background work."""
    seal = models.CharField(max_length=64, blank=True)
    """SHA-256 of the seal before and of this entry: a changed or missing row breaks the chain."""

    objects = AppendOnly.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "-id"], name="trail_of_organization"),
            models.Index(fields=["actor", "object_id"], name="trail_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.object_id}"


from publicc.collective.membership_models import (  # noqa: E402 - Django finds models in this module
    Agreement,
    Application,
    Invitation,
    Right,
    Round,
)
from publicc.collective.privacy_models import Departure, Incident, IncidentStep, PersonRequest, RetentionRun  # noqa: E402 - the same
from publicc.collective.workspace_models import (  # noqa: E402 - the same
    Accompaniment,
    DocumentApproval,
    Participation,
    PartVersion,
    Project,
    ProjectFile,
    ReferenceDocument,
)

__all__ = [
    "Accompaniment",
    "Agreement",
    "AppendOnly",
    "Application",
    "Departure",
    "DocumentApproval",
    "Incident",
    "IncidentStep",
    "Invitation",
    "Membership",
    "Organization",
    "PartVersion",
    "Participation",
    "PersonRequest",
    "Project",
    "ProjectFile",
    "ReferenceDocument",
    "RetentionRun",
    "Right",
    "Round",
    "Seat",
    "TrailEntry",
]
