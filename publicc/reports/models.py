"""What an organization keeps for its documents: how they look."""

from typing import ClassVar

from django.db import models

from publicc.collective.models import Organization
from publicc.reports.letterhead import STAGE_RED


class Style(models.Model):
    """The logo and colour of an organization's documents. The logo is the PNG that we drew, never the file given."""

    organization = models.OneToOneField(Organization, on_delete=models.CASCADE, related_name="report_style")
    colour = models.CharField(max_length=7, default=STAGE_RED)
    logo = models.BinaryField(blank=True, default=b"")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(colour__regex=r"^#[0-9a-f]{6}$"), name="report_colour_is_one")
        ]

    def __str__(self) -> str:
        """Whose style."""
        return f"{self.organization} · {self.colour}"
