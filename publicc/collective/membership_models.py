"""Joining and staying: applications, onboarding rounds, agreements, rights, invitations."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from publicc.collective.purposes import Purpose, Speed
from publicc.collective.states import ApplicationState
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole


class Round(models.Model):
    """An onboarding round (*cohorte*): organizations accompanied together."""

    name = models.CharField(max_length=120, unique=True)
    begins_on = models.DateField()
    places = models.PositiveSmallIntegerField(default=10)

    class Meta:
        ordering: ClassVar[list[str]] = ["-begins_on"]

    def __str__(self) -> str:
        return self.name


class Application(models.Model):
    """An organization that asks to join, with the evidence of the two criteria and what the hub found of each."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    received_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.label.fr) for s in ApplicationState])
    name = models.CharField(max_length=200)
    contact = models.CharField(max_length=120)
    email = models.EmailField()
    territory = models.CharField(max_length=120, blank=True)
    system = models.CharField(max_length=120, blank=True)
    """Its ticketing system."""
    speed = models.CharField(max_length=10, choices=[(s.value, s.label.fr) for s in Speed])
    seasons = models.PositiveSmallIntegerField()
    """Full seasons of history."""
    policy_url = models.URLField(max_length=400)
    policy_quote = models.CharField(max_length=600)
    """The sentence of the privacy policy that names improvement, statistics or trends."""
    need = models.TextField(max_length=2000)
    policy_holds = models.BooleanField(null=True)
    policy_note = models.CharField(max_length=400, blank=True)
    data_holds = models.BooleanField(null=True)
    data_note = models.CharField(max_length=400, blank=True)
    round = models.ForeignKey(Round, null=True, on_delete=models.PROTECT, related_name="applications")
    organization = models.ForeignKey("collective.Organization", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.name} · {self.state}"

    @property
    def where(self) -> ApplicationState:
        """Where it is on its way."""
        return ApplicationState(self.state)


class Agreement(models.Model):
    """One signature of the agreement: which words, by whom, when, until when. Kept when all else goes."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(
        "collective.Organization", null=True, on_delete=models.SET_NULL, related_name="agreements"
    )
    organization_name = models.CharField(max_length=200)
    version = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    """SHA-256 of the words signed (`agreement_text`)."""
    lang = models.CharField(max_length=2)
    speed = models.CharField(max_length=10, choices=[(s.value, s.label.fr) for s in Speed])
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    signatory = models.CharField(max_length=120)
    title = models.CharField(max_length=120)
    expires_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    pdf = models.BinaryField()
    pdf_digest = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar[list[str]] = ["-signed_at"]

    def __str__(self) -> str:
        return f"{self.organization_name} · {self.version} · {self.signed_at:%Y-%m-%d}"


class Right(models.Model):
    """One purpose that an organization allows, from when until when."""

    organization = models.ForeignKey("collective.Organization", on_delete=models.CASCADE, related_name="rights")
    purpose = models.CharField(max_length=20, choices=[(p.value, p.label.fr) for p in Purpose])
    granted_at = models.DateTimeField(auto_now_add=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    until = models.DateField(null=True)
    """Last day, when the right was given for a time."""
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-granted_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organization", "purpose"],
                condition=models.Q(withdrawn_at=None),
                name="one_right_at_a_time_for_a_purpose",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.purpose}"

    @property
    def label(self) -> Text:
        """The purpose in words."""
        return Purpose(self.purpose).label


class Invitation(models.Model):
    """A way in for one person, once, for a few days. The link is signed; this row says whether it still holds."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey("collective.Organization", on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=12, choices=[(r.value, r.label.fr) for r in UserRole])
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-invited_at"]

    def __str__(self) -> str:
        return f"{self.organization} · {self.role} · {self.invited_at:%Y-%m-%d}"
