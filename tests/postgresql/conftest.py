"""What only PostgreSQL has: collected when the control database is one (`make postgres`)."""

import os

import pytest

from publicc.collective.models import Organization
from tests.agreed import with_agreement

collect_ignore_glob = [] if os.environ.get("DATABASE_URL", "").startswith("postgres") else ["test_*.py"]


@pytest.fixture
def theatre(db: None) -> Organization:
    return with_agreement(Organization.objects.create(slug="theatre", name="Théâtre du Nord"))


@pytest.fixture
def opera(db: None) -> Organization:
    return with_agreement(Organization.objects.create(slug="opera", name="Opéra des Rives"))
