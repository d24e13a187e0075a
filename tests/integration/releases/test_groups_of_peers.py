"""A member asks for a group, the policy judges, the hub settles, the next release holds it for that member alone."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client

from publicc.collective.models import Membership, Organization, Seat, TrailEntry
from publicc.collective.purposes import Purpose
from publicc.kernel.cells import Shown
from publicc.kernel.period import Period, season_period
from publicc.kernel.scope import OwnRows
from publicc.kernel.vocabulary import UserRole
from publicc.releases.actions import approve, build_candidate
from publicc.releases.audit import audit_release
from publicc.releases.build import build_release
from publicc.releases.catalogue import Released, asked_cohort, catalogue_for
from publicc.releases.contents import GROUP
from publicc.releases.files import read_release
from publicc.releases.groups.queries import grouping_today, groups_of
from publicc.releases.groups.states import GroupState
from publicc.releases.history import Earlier, History, voters_of
from publicc.releases.models import PeerGroup
from publicc.releases.publication import Approval, folder_of, read_history
from publicc.releases.publication import publish as put_in_force
from publicc.releases.signing import signer_of
from publicc.store.home import Home
from publicc.store.manifest import Manifest, OrganizationCounts
from publicc.store.snapshots import current_or_refuse, publish, snapshot_folder
from tests.agreed import with_agreement
from tests.unit.releases.pool import write_pool

pytestmark = pytest.mark.django_db
AUTUMN = Period(date(2018, 9, 1), date(2018, 11, 30))
HOUSES = [f"house-{at:02}" for at in range(14)]
NINE = HOUSES[1:10]
COUNTED_BEFORE = History((Earlier(Period(date(2018, 9, 1), date(2018, 9, 30)), {}, counts_persons=True),))
"""So that releases here compare and count nothing: counting is tested elsewhere, and takes its time."""
PAGE = "/o/house-00/groups/"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fourteen houses, one release in force: the files alone."""
    place = Home(tmp_path_factory.mktemp("world") / "home")
    counts = OrganizationCounts(first_performance_on=date(2018, 9, 15), last_performance_on=date(2018, 11, 14))

    def build(folder: Path) -> Manifest:
        write_pool(folder, houses=14, persons=400, alike=True)
        return Manifest("a" * 20, datetime(2020, 1, 15, tzinfo=UTC), date(2020, 1, 15), "1", pool=counts)

    publish(place, build)
    folder, signer = folder_of(place, AUTUMN), signer_of(place)
    build_release(pool_of(place), folder, period=AUTUMN, as_of=date(2020, 1, 15), signer=signer, history=COUNTED_BEFORE)
    two = [Approval(name, "OPERATOR", "2020-01-16") for name in ("a", "b")]
    put_in_force(folder, two, signer=signer, on=date(2020, 1, 16))
    return place.root


@pytest.fixture
def home(world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The same, with members who agreed to everything."""
    shutil.copytree(world, tmp_path / "home")
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path / "home"))
    for slug in HOUSES:
        with_agreement(Organization.objects.create(slug=slug, name=slug.capitalize()), *Purpose)
    return Home(tmp_path / "home")


def pool_of(home: Home) -> Path:
    return snapshot_folder(home, current_or_refuse(home).id)


def in_force(home: Home, period: Period, monkeypatch: pytest.MonkeyPatch) -> None:
    known = read_history(home)
    monkeypatch.setattr(
        "publicc.releases.actions.read_history", lambda _: History((*known.releases, *COUNTED_BEFORE.releases))
    )
    release = build_candidate(home, period)
    for role in (UserRole.OPERATOR, UserRole.AUDITOR):
        approve(home, release, seat(role))


def seat(role: UserRole) -> Seat:
    email = f"{role.value.lower()}@pole.example"
    user, _ = get_user_model().objects.get_or_create(username=email, defaults={"email": email})
    return Seat.objects.get_or_create(user=user, defaults={"role": role.value})[0]


def hub() -> Client:
    client = Client()
    client.force_login(seat(UserRole.OPERATOR).user)
    return client


def member(slug: str = "house-00", role: UserRole = UserRole.ANALYST) -> Client:
    email = f"{role.value.lower()}@{slug}.example"
    user, _ = get_user_model().objects.get_or_create(username=email, defaults={"email": email})
    organization = Organization.objects.get(slug=slug)
    Membership.objects.get_or_create(user=user, organization=organization, defaults={"role": role.value})
    client = Client()
    client.force_login(user)
    return client


def asked(client: Client, members: list[str], name: str = "Nos semblables", page: str = PAGE) -> str:
    answer = client.post(page, {"name": name, "why": "Nos salles se ressemblent.", "named": members}, follow=True)
    return answer.content.decode()


def read(home: Home, slug: str, period: Period) -> Released:
    found = catalogue_for(home, OwnRows(slug), groups_of(slug)).of(period)
    assert found is not None
    return found


def test_a_group_is_asked_for_allowed_and_read_in_the_next_release_by_its_asker_alone(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    analyst, operator = member(), hub()
    assert "Demander ce groupe" in analyst.get(PAGE).content.decode()
    assert "la politique permet ce groupe" in asked(analyst, NINE)
    group = PeerGroup.objects.get()
    assert (group.where, group.members) == (GroupState.WAITING, NINE)
    assert [one.to for one in mail.outbox] == [["operator@pole.example"]]
    page = operator.get("/hub/groups/").content.decode()
    assert "House-05" in page
    assert "Permettre" in page
    operator.post(f"/hub/groups/{group.pk}/", {"deed": "allow"})
    assert mail.outbox[-1].to == ["analyst@house-00.example"]
    assert "house-05" not in mail.outbox[-1].body.lower()

    cohort = groups_of("house-00")[0].cohort
    before = read(home, "house-00", AUTUMN).peers("average_price_paid", cohort)
    assert not isinstance(before.median, Shown), "never on demand: what was released does not change"
    in_force(home, season_period(2018), monkeypatch)
    told = read(home, "house-00", season_period(2018)).peers("average_price_paid", cohort)
    assert isinstance(told.median, Shown)
    assert (told.median.n, told.members) == (9, 9)
    assert isinstance(told.p25, Shown)
    other = read(home, "house-01", season_period(2018))
    assert not any(name == GROUP for _, key in other.cells for name, _ in key)
    assert asked_cohort({"peers_group": [str(group.pk)]}, groups_of("house-01")) == asked_cohort({})
    address = f"/o/house-00/benchmarks/?season=2018-2019&peers_group={group.pk}"
    assert analyst.get(address).status_code == 200

    folder = folder_of(home, season_period(2018))
    certificate = (folder / "certificate.json").read_text(encoding="utf-8")
    assert str(group.pk) not in certificate
    assert "Nos semblables" not in certificate
    report = audit_release(folder)
    assert report.held
    assert report.attempts["asked_groups"].run > 0

    analyst.post(f"{PAGE}{group.pk}/withdraw/")
    assert groups_of("house-00") == ()
    assert grouping_today().asked == ()
    assert voters_of(read_release(folder))["average_price_paid"].asked, "what was read stays known to later releases"
    done = set(TrailEntry.objects.filter(action__endswith="_group").values_list("action", flat=True))
    assert done == {"ask_group", "allow_group", "withdraw_group"}


def test_what_the_policy_forbids_is_refused_at_once_with_why_and_the_nearest_group(home: Home) -> None:
    analyst = member()
    assert "il en faut 8" in asked(analyst, HOUSES[1:8])
    near = asked(analyst, HOUSES[2:])
    assert "trop proche" in near
    assert "Groupe permis le plus proche" in near
    assert {one.where for one in PeerGroup.objects.all()} == {GroupState.REFUSED}
    assert mail.outbox == []
    assert "3 groupes" in analyst.get(PAGE).content.decode(), "a refusal of the policy costs nothing"


def test_the_hub_cannot_allow_a_group_too_near_that_of_another_member_and_nobody_is_told_whose(home: Home) -> None:
    asked(member("house-13"), NINE, page="/o/house-13/groups/")
    first = PeerGroup.objects.get()
    hub().post(f"/hub/groups/{first.pk}/", {"deed": "allow"})
    analyst = member()
    assert "la politique permet ce groupe" in asked(analyst, HOUSES[2:11], "Presque le même")
    second = PeerGroup.objects.get(name="Presque le même")
    hub().post(f"/hub/groups/{second.pk}/", {"deed": "allow"})
    second.refresh_from_db()
    assert second.where is GroupState.WAITING
    hub().post(f"/hub/groups/{second.pk}/", {"deed": "refuse"})
    page = analyst.get(PAGE).content.decode()
    assert "trop proche d'un groupe déjà montré" in page.replace("&#x27;", "'")
    assert "Nos semblables" not in page


def test_a_year_gives_three_groups_and_a_reader_asks_for_none(home: Home) -> None:
    analyst = member()
    asked(analyst, NINE)
    given = PeerGroup.objects.get()
    for at in range(2):
        PeerGroup.objects.create(
            organization=given.organization, name=f"g{at}", why="w", members=["x"], state="REFUSED",
            verdict="permitted", asked_at=given.asked_at, decided_at=given.asked_at,
        )  # fmt: skip
    assert "sont demandés" in asked(analyst, HOUSES[3:13], "Un de trop")
    assert PeerGroup.objects.filter(name="Un de trop").count() == 0
    assert member(role=UserRole.READER).post(PAGE, {}).status_code == 403


def test_organizations_of_one_legal_group_are_one_asker(home: Home) -> None:
    hub().post("/hub/groups/legal/", {"slugs": ["house-00", "house-13"], "name": "Groupe Deux Rives"})
    assert "la politique permet ce groupe" in asked(member(), HOUSES[1:9])
    sister, page = member("house-13"), "/o/house-13/groups/"
    assert "trop proche" in asked(sister, HOUSES[2:10], "Presque le même", page=page)
    given = PeerGroup.objects.get(name="Nos semblables")
    for at in range(2):
        PeerGroup.objects.create(
            organization=given.organization, name=f"g{at}", why="w", members=["x"], state="REFUSED",
            verdict="permitted", asked_at=given.asked_at, decided_at=given.asked_at,
        )  # fmt: skip
    assert "sont demandés" in asked(sister, HOUSES[3:13], "Un de trop", page=page)


@pytest.mark.parametrize("given", [{"name": "", "why": "w"}, {"name": "n", "why": "w", "named": ["nobody"]}, {}])
def test_a_wish_that_means_nothing_is_told_on_the_page(home: Home, given: dict[str, object]) -> None:
    answer = member().post(PAGE, given)
    assert answer.status_code == 400
    assert PeerGroup.objects.count() == 0


def test_organizations_of_one_legal_group_count_as_one(home: Home) -> None:
    operator = hub()
    operator.post("/hub/groups/legal/", {"slugs": ["house-01", "house-02"], "name": "Groupe Deux Rives"})
    assert "il en faut 8" in asked(member(), HOUSES[1:9]), "eight organizations, seven legal groups"
    assert "Groupe Deux Rives" in operator.get("/hub/groups/").content.decode()
    assert grouping_today().heads(HOUSES)["house-02"] == "house-01"
    operator.post("/hub/groups/legal/", {"slugs": ["house-01", "house-02"], "name": ""})
    assert grouping_today().legal == {}
