"""The record of a deposit: who brought what, where it is on its way, what came of it. No cell of any file."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from publicc.collective.models import Organization
from publicc.intake.states import AT_WORK, DepositState
from publicc.kernel.text import Text


class Deposit(models.Model):
    """One deposit made on the site."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="deposits")
    depositor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=12, choices=[(s.value, s.label.fr) for s in DepositState])
    brought_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    file_names: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    octets = models.BigIntegerField(default=0)
    vault_deposit = models.BigIntegerField(null=True, blank=True)
    """The number of this deposit inside the organization's vault; empty when it changed nothing there."""
    undoes = models.BooleanField(default=False)
    """The pool is being rebuilt without this deposit."""
    report: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    """`DepositReport.as_json()`: figures, names of files and columns, in both languages."""
    problem: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    """Why it was refused or waits again: a sentence in both languages; empty when all is well."""

    step: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    step_done = models.BigIntegerField(default=0)
    step_total = models.BigIntegerField(null=True, blank=True)
    step_began_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-brought_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in DepositState]), name="deposit_state_is_known"
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=models.Q(state__in=[s.value for s in AT_WORK]),
                name="one_deposit_at_work_per_organization",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization.slug} {self.brought_at:%Y-%m-%d} {self.state}"

    @property
    def where(self) -> DepositState:
        """Its state, as a word of the list."""
        return DepositState(self.state)

    @property
    def at_work(self) -> bool:
        """Whether a worker holds it."""
        return self.where in AT_WORK

    @property
    def problem_text(self) -> Text | None:
        """Why it was refused or waits again."""
        return Text(**self.problem) if self.problem else None

    @property
    def step_text(self) -> Text:
        """What is being done."""
        return Text(**self.step) if self.step else self.where.label
