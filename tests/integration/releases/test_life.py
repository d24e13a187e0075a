"""The life of a release: built, approved by two people, in force, withdrawn; each step in the trail."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from publicc.collective.models import Membership, Organization, Seat, TrailEntry
from publicc.collective.purposes import Purpose
from publicc.disclosure.policy import ReleaseRefused
from publicc.kernel.period import Period, season_period
from publicc.kernel.scope import OwnRows
from publicc.kernel.vocabulary import UserRole
from publicc.releases.actions import build_candidate, closed_periods
from publicc.releases.catalogue import catalogue_for
from publicc.releases.models import Release
from publicc.releases.publication import PUBLICATION_FILE, folder_of, read_history
from publicc.store.home import Home
from publicc.store.manifest import Manifest, OrganizationCounts
from publicc.store.snapshots import publish
from tests.agreed import with_agreement
from tests.unit.releases.pool import write_pool

pytestmark = pytest.mark.django_db
SEASON = season_period(2018)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path / "home"))
    place = Home(tmp_path / "home")
    counts = OrganizationCounts(first_performance_on=date(2018, 9, 15), last_performance_on=date(2018, 11, 14))

    def build(folder: Path) -> Manifest:
        write_pool(folder, houses=6, persons=40)
        return Manifest("a" * 20, datetime(2020, 1, 15, tzinfo=UTC), date(2020, 1, 15), "1", pool=counts)

    publish(place, build)
    return place


def seated(role: UserRole, name: str) -> Client:
    user = get_user_model().objects.create(username=f"{name}@hub.example", email=f"{name}@hub.example")
    Seat.objects.create(user=user, role=role.value)
    client = Client()
    client.force_login(user)
    return client


def member(slug: str = "house-00") -> Client:
    organization = with_agreement(Organization.objects.create(slug=slug, name=slug), *Purpose)
    user = get_user_model().objects.create(username=f"a@{slug}.example")
    Membership.objects.create(user=user, organization=organization, role=UserRole.READER.value)
    client = Client()
    client.force_login(user)
    return client


def test_two_people_put_a_release_in_force_and_members_read_it_until_it_is_withdrawn(home: Home) -> None:
    operator, auditor, reader = seated(UserRole.OPERATOR, "pole"), seated(UserRole.AUDITOR, "verif"), member()
    assert "2018-2019" in operator.get("/hub/releases/").content.decode()
    release = build_candidate(home, SEASON)
    page = f"/hub/releases/{release.pk}/"
    assert catalogue_for(home, OwnRows("house-00")).releases == ()
    assert reader.get(f"/o/house-00/register/{release.pk}.json").status_code == 404

    assert operator.post(f"{page}approve/").status_code == 302
    assert operator.post(f"{page}approve/").status_code == 302
    release.refresh_from_db()
    assert (release.state, release.approvals.count()) == ("candidate", 1)
    auditor.post(f"{page}approve/")
    release.refresh_from_db()
    assert release.state == "published"
    (read,) = catalogue_for(home, OwnRows("house-00")).releases
    assert read.period == SEASON
    assert catalogue_for(home, OwnRows("a-stranger")).releases == ()
    told = json.loads(reader.get(f"/o/house-00/register/{release.pk}.json").content)
    assert [one["role"] for one in told["publication"]["approvals"]] == ["OPERATOR", "AUDITOR"]
    assert "@hub.example" not in json.dumps(told), "members read the seats, not the people"
    seen = json.loads(auditor.get(f"{page}certificate.json").content)
    assert [one["person"] for one in seen["publication"]["approvals"]] == ["pole@hub.example", "verif@hub.example"]
    for address in ("/o/house-00/register/", "/o/house-00/benchmarks/"):
        assert reader.get(address).status_code == 200
    for client in (operator, auditor):
        assert client.get(page).status_code == client.get(f"{page}certificate.json").status_code == 200

    operator.post(f"{page}withdraw/", {"reason": " "})
    release.refresh_from_db()
    assert release.state == "published"
    operator.post(f"{page}withdraw/", {"reason": "Une source était fausse."})
    release.refresh_from_db()
    assert (release.state, release.reason) == ("withdrawn", "Une source était fausse.")
    assert catalogue_for(home, OwnRows("house-00")).releases == ()
    assert read_history(home).holds(SEASON), "what was read stays known"
    with pytest.raises(ReleaseRefused, match="released already"):
        build_candidate(home, SEASON)
    done = list(TrailEntry.objects.filter(action__endswith="_release").order_by("id").values_list("action", flat=True))
    assert done == ["build_release", "approve_release", "approve_release", "publish_release", "withdraw_release"]


def test_whoever_built_a_release_never_approves_it(home: Home) -> None:
    operator = seated(UserRole.OPERATOR, "pole")
    release = build_candidate(home, SEASON, get_user_model().objects.get(username="pole@hub.example"))
    operator.post(f"/hub/releases/{release.pk}/approve/")
    assert release.approvals.count() == 0
    assert f"/hub/releases/{release.pk}/approve/" not in operator.get(f"/hub/releases/{release.pk}/").content.decode()


def test_a_candidate_is_built_again_and_its_approvals_with_it(home: Home) -> None:
    operator = seated(UserRole.OPERATOR, "pole")
    release = build_candidate(home, SEASON)
    operator.post(f"/hub/releases/{release.pk}/approve/")
    again = build_candidate(home, SEASON)
    assert (again.pk, again.approvals.count()) == (release.pk, 0)
    assert Release.objects.count() == 1


def test_what_puts_a_release_in_force_cannot_be_written_by_hand(home: Home) -> None:
    operator, auditor = seated(UserRole.OPERATOR, "pole"), seated(UserRole.AUDITOR, "verif")
    release = build_candidate(home, SEASON)
    for client in (operator, auditor):
        client.post(f"/hub/releases/{release.pk}/approve/")
    file = folder_of(home, SEASON) / PUBLICATION_FILE
    file.write_text(file.read_text(encoding="utf-8").replace("verif", "verof"), encoding="utf-8")
    assert catalogue_for(home, OwnRows("house-00")).releases == ()
    with pytest.raises(ReleaseRefused, match="altered"):
        read_history(home)


def test_only_the_hub_closes_a_period_and_only_one_that_is_closed(home: Home) -> None:
    auditor, reader = seated(UserRole.AUDITOR, "verif"), member()
    for client in (auditor, reader):
        assert client.post("/hub/releases/build/", {"period": "2018-2019"}).status_code == 404
    operator = seated(UserRole.OPERATOR, "pole")
    for asked in ("2018-2019", "tomorrow"):
        assert operator.post("/hub/releases/build/", {"period": asked}).status_code == 302
    with pytest.raises(ReleaseRefused, match="not closed"):
        build_candidate(home, season_period(2019))
    assert (
        operator.get("/hub/releases/99/").status_code == operator.post("/hub/releases/99/approve/").status_code == 404
    )


def test_closed_periods_are_seasons_and_quarters_the_newest_first() -> None:
    found = closed_periods(date(2018, 10, 1), date(2019, 6, 1), date(2019, 7, 1), 3)
    assert found == [Period(date(2018, 12, 1), date(2019, 2, 28)), Period(date(2018, 9, 1), date(2018, 11, 30))]
    assert season_period(2018) in closed_periods(date(2018, 10, 1), date(2019, 6, 1), date(2019, 12, 1), 3)
