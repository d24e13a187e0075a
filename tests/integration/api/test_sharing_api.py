"""What is shared by show, by the API: the same cells as the page, and nothing for anyone else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from publicc.collective.models import Organization
from publicc.directory.models import Entry
from publicc.kernel.vocabulary import UserRole
from publicc.sharing.deciding import revoke_grant
from tests.integration.sharing.conftest import browser, drawn, home, person, tour  # noqa: F401 - fixtures of the tour
from tests.integration.sharing.test_tour import asked, granted


@pytest.mark.usefixtures("home")
def test_a_program_reads_its_requests_and_the_cells_of_a_granted_show_until_it_is_revoked(
    tour: Entry,  # noqa: F811
    person: Callable[..., tuple],  # noqa: F811
    program: Callable[..., Client],
) -> None:
    requests = asked(person, tour, "nord", "sud")
    granted(person, requests["nord"], expires_on=timezone.localdate() + timedelta(days=90))
    base = "/api/v1/organizations/compagnie/sharing"
    producer = program(Organization.objects.get(slug="compagnie"), UserRole.PARTNER, ("READ",))
    assert {one["owner"]: one["state"] for one in producer.get(f"{base}/requests").json()} == {
        "Nord": "GRANTED",
        "Sud": "PENDING",
    }
    assert producer.get(f"{base}/requests/{requests['nord'].pk}").json()["side"] == "sent"
    assert [one["opened_by"] for one in producer.get(f"{base}/shows").json()] == [["Nord"]]
    told = producer.get(f"{base}/shows/{tour.pk}")
    tables = {one["id"]: one for one in told.json()["tables"]}
    assert tables["places"]["rows"][0]["admission_count"]["value"] == 240
    assert tables["audience"]["rows"][0]["band_2"] == {"state": "withheld", "reason": "persons"}
    assert producer.get(f"{base}/shows/{tour.pk}", headers={"If-None-Match": told["ETag"]}).status_code == 304
    other = program(Organization.objects.get(slug="sud"))
    assert other.get(f"{base}/shows").status_code == 404
    assert other.get(f"/api/v1/organizations/sud/sharing/shows/{tour.pk}").status_code == 404
    assert other.get(f"/api/v1/organizations/sud/sharing/requests/{requests['nord'].pk}").status_code == 404
    hub = program(Organization.objects.get(slug="compagnie"), UserRole.AUDITOR, ("READ",))
    assert hub.get(f"{base}/requests").status_code == 404
    who, by = person("nord")
    revoke_grant(who=who, by=by, number=requests["nord"].pk)
    assert producer.get(f"{base}/shows/{tour.pk}", headers={"If-None-Match": told["ETag"]}).status_code == 404
