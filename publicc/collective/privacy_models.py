"""What privacy asks to keep: requests of persons (who asks is sealed, what was done is told in counts), departures."""

from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

from publicc.collective.person_rights import Clock, Outcome, RequestKind, Verified, clock
from publicc.collective.states import DepartureState, IncidentDeed


class PersonRequest(models.Model):
    """A person's request about their own data, in one organization."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(
        "collective.Organization", on_delete=models.CASCADE, related_name="person_requests"
    )
    number = models.CharField(max_length=12)
    """What it is called in letters, e-mails and the trail: year and rank, such as 2026-003."""
    kind = models.CharField(max_length=14, choices=[(k.value, k.label.fr) for k in RequestKind])
    received_on = models.DateField()
    verified = models.CharField(max_length=16, choices=[(v.value, v.label.fr) for v in Verified])
    who = models.BinaryField()
    """Who asks, how to reach them and their words, sealed with the organization's key."""
    marks: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    """The records of the vault that are theirs, by keyed marks that name nobody."""
    done: models.JSONField[list[dict[str, int | str]], list[dict[str, int | str]]] = models.JSONField(
        default=list, blank=True
    )
    """What was done, in order: a deed, the day, counts of rows."""
    reminded: models.JSONField[list[int], list[int]] = models.JSONField(default=list, blank=True)
    """Days left at each reminder sent."""
    outcome = models.CharField(max_length=14, choices=[(o.value, o.label.fr) for o in Outcome], blank=True)
    motive = models.CharField(max_length=400, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["received_on", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organization", "number"], name="one_number_a_request"),
            models.CheckConstraint(
                condition=models.Q(closed_at=None, outcome="") | models.Q(closed_at__isnull=False, outcome__gt=""),
                name="a_closed_request_has_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization.slug} {self.number}"

    @property
    def asked(self) -> RequestKind:
        """What is asked."""
        return RequestKind(self.kind)

    @property
    def clock(self) -> Clock:
        """How long is left to answer, today."""
        return clock(self.received_on, timezone.localdate())

    @property
    def is_open(self) -> bool:
        """Whether it still wants an answer."""
        return self.closed_at is None

    @property
    def ended(self) -> Outcome | None:
        """How it ended."""
        return Outcome(self.outcome) if self.outcome else None


class Departure(models.Model):
    """An organization that leaves, and the proof of what was destroyed. Kept when all else of it goes."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(
        "collective.Organization", null=True, on_delete=models.SET_NULL, related_name="departures"
    )
    name = models.CharField(max_length=200)
    slug = models.CharField(max_length=60)
    state = models.CharField(
        max_length=12, choices=[(s.value, s.label.fr) for s in DepartureState], default=DepartureState.ASKED.value
    )
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    carried_out_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    done_at = models.DateTimeField(null=True)
    proof: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict, blank=True)
    """What was destroyed, what is left of it, what reads otherwise from now on; signed (`disclosure.seal`)."""

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in DepartureState]), name="departure_state_is_known"
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=models.Q(state__in=["ASKED", "CARRIED_OUT"]),
                name="one_departure_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.state}"

    @property
    def where(self) -> DepartureState:
        """Where it is on its way."""
        return DepartureState(self.state)


class RetentionRun(models.Model):
    """The proof of one run of the retention schedule: how many things were removed, and a digest of which."""

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    version = models.CharField(max_length=20)
    removed: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    """SHA-256 of the kinds and numbers of the things removed, sorted."""

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {sum(self.removed.values())}"


class Incident(models.Model):
    """A confidentiality incident, with what the regulation asks a register to hold. Steps are added, never changed."""

    number = models.CharField(max_length=12, unique=True)
    data = models.TextField(max_length=1000)
    """Which personal information, or why it cannot be said."""
    circumstances = models.TextField(max_length=2000)
    happened = models.CharField(max_length=120)
    """The day or the period, as far as it is known."""
    known_on = models.DateField()
    persons = models.PositiveIntegerField(null=True, blank=True)
    """How many people; None when it is not known."""
    reasoning = models.TextField(max_length=2000)
    """Sensitivity of the data, feared use, probability of harm: why the risk of serious injury is there or not."""
    serious = models.BooleanField()
    measures = models.TextField(max_length=2000)
    organizations = models.ManyToManyField("collective.Organization", related_name="incidents")
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-known_on", "-id"]

    def __str__(self) -> str:
        return self.number


class IncidentStep(models.Model):
    """Something done about an incident, and when."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20, choices=[(k.value, k.label.fr) for k in IncidentDeed])
    on = models.DateField()
    words = models.CharField(max_length=600, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.incident} {self.kind}"

    @property
    def deed(self) -> IncidentDeed:
        """What was done."""
        return IncidentDeed(self.kind)
