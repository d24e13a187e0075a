"""An organization that signed, for tests of what comes after."""

from django.utils import timezone

from publicc.collective.agreements import record_paper
from publicc.collective.models import Organization
from publicc.collective.purposes import Purpose


def with_agreement(organization: Organization, *purposes: Purpose) -> Organization:
    """The same organization, its agreement entered; its own dashboards allowed unless purposes are named."""
    allowed = list(purposes) or [Purpose.OWN_DASHBOARD]
    record_paper(organization, signatory="Ana Roy", title="Directrice", on=timezone.localdate(), purposes=allowed)
    return organization
