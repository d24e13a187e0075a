"""Surveys, what was published of them, links, responses; opt-ins apart.

Answers and contacts are sealed with a key of their organization (`sealing`): without it a row says only that somebody
answered, that day, in that language. Numbers of rows are drawn at random: their order tells nothing of who came when.
"""

import secrets
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from publicc.collective.models import Organization
from publicc.surveys.states import LinkKind, ResponseState, SurveyState


def random_key() -> str:
    """An unguessable short name for an address: 80 bits in 20 characters."""
    return secrets.token_hex(10)


def random_number() -> int:
    """A row's number: at random, so that two tables filled by the same person have no common order."""
    return secrets.randbits(62) + 1


class Survey(models.Model):
    """A questionnaire of an organization, being written or asked. `draft` is what the next version will freeze."""

    key = models.CharField(max_length=20, unique=True, default=random_key)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="surveys")
    name = models.CharField(max_length=120)
    state = models.CharField(
        max_length=8, choices=[(s.value, s.label.fr) for s in SurveyState], default=SurveyState.DRAFT.value
    )
    draft: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.name


class Version(models.Model):
    """A questionnaire as it was published. Never rewritten."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    definition: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    consent = models.PositiveIntegerField()
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["survey", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["survey", "number"], name="one_version_of_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.survey} v{self.number}"


class Link(models.Model):
    """An address where a survey is answered. `code` is what stands in it."""

    code = models.CharField(max_length=20, unique=True, default=random_key)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=12, choices=[(k.value, k.label.fr) for k in LinkKind])
    target = models.CharField(max_length=60, blank=True)
    """The show or the performance, by its id in the pool."""
    label = models.CharField(max_length=200)
    is_kiosk = models.BooleanField(default=False)
    """A device that stays: no guard against a second answer, back to the beginning after each."""
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["survey", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["survey", "kind", "target", "is_kiosk"], name="one_link_to_a_thing")
        ]

    def __str__(self) -> str:
        return self.label


class Response(models.Model):
    """What one person answered, sealed. No address, no device, no hour: the day only."""

    id = models.BigAutoField(primary_key=True, default=random_number)
    token = models.CharField(max_length=64, unique=True)
    """Digest of what stands in the person's address: who reads this table cannot answer in their place."""
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="responses")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="responses")
    link = models.ForeignKey(Link, null=True, on_delete=models.SET_NULL, related_name="responses")
    state = models.CharField(max_length=8, choices=[(s.value, s.label.fr) for s in ResponseState])
    day = models.DateField()
    language = models.CharField(max_length=2)
    seconds = models.PositiveIntegerField(null=True)
    marks: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    """Suspicions known when it came."""
    is_kept: models.BooleanField[bool | None, bool | None] = models.BooleanField(null=True)
    """What the owner decided of a response set apart; None = not looked at."""
    answers = models.BinaryField()
    words_erased = models.BooleanField(default=False)
    """Whether what the person wrote is gone, its time being over."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["survey", "state"], name="responses_of_a_survey"),
            models.Index(fields=["survey", "day"], name="responses_of_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.day}"


class SpentInvitation(models.Model):
    """A personal invitation that was answered, by the digest of its number: the same one is not answered twice."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["survey", "digest"], name="an_invitation_is_spent_once")
        ]

    def __str__(self) -> str:
        return self.digest[:8]


class Invitee(models.Model):
    """Whose a personal invitation is, sealed: read only when that person asks that their answer be tied."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitees")
    digest = models.CharField(max_length=64)
    """Of the invitation's number; another one than that of a spent invitation."""
    buyer = models.BinaryField()
    made_on = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["survey", "digest"], name="one_invitee_of_an_invitation")
        ]

    def __str__(self) -> str:
        return self.digest[:8]


class Tie(models.Model):
    """A response tied to the blinded buyer who gave it, because they asked for it. Removed as soon as they say so."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    response = models.OneToOneField(Response, on_delete=models.CASCADE, related_name="tie")
    digest = models.CharField(max_length=64, unique=True)
    """Of the invitation's number: who holds the invitation may take the tie back."""
    buyer = models.BinaryField()
    consent = models.PositiveIntegerField()
    """Version of the words that were agreed to (`tying.CONSENTS`)."""

    def __str__(self) -> str:
        return self.digest[:8]


class OptIn(models.Model):
    """A contact left on the form that follows the questionnaire. Nothing in it leads to a response."""

    id = models.BigAutoField(primary_key=True, default=random_number)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    month = models.DateField()
    """The first of the month when it was left: no closer, so that it cannot be told from the day of a response."""
    wishes: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    contact = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.organization_id} {self.month:%Y-%m}"


class Arrival(models.Model):
    """A file of answers from another program, sealed, while its owner says how it is read. Gone the next day."""

    key = models.CharField(max_length=20, unique=True, default=random_key)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="arrivals")
    name = models.CharField(max_length=120)
    table = models.BinaryField()
    made_on = models.DateField()

    def __str__(self) -> str:
        return self.key


class Coding(models.Model):
    """How an organization's files of answers are read: what it said once is proposed the next time."""

    organization = models.OneToOneField(Organization, on_delete=models.CASCADE, related_name="+")
    columns: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    """Folded heading → target (`coding`)."""
    words: models.JSONField[dict[str, dict[str, str]], dict[str, dict[str, str]]] = models.JSONField(default=dict)
    """Question → folded words → value of a choice."""

    def __str__(self) -> str:
        return str(self.organization_id)
