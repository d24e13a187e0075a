"""What the agreements in force let a release do, today."""

from collections.abc import Iterable

from publicc.collective.agreements import allowing
from publicc.collective.models import Organization
from publicc.collective.purposes import Purpose
from publicc.releases.consent import Consent


def consent_today(slugs: Iterable[str]) -> Consent:
    """Of the organizations of a snapshot."""
    return Consent.given(
        slugs,
        described=Organization.objects.values_list("slug", flat=True),
        counted=allowing(Purpose.POOLED_STATISTICS).values_list("slug", flat=True),
        compared=allowing(Purpose.COMPARISONS).values_list("slug", flat=True),
    )
