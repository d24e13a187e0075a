"""A grant that comes after releases: refused when both together would tell of an organization that granted nothing."""

from collections.abc import Callable
from datetime import timedelta
from itertools import takewhile
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from publicc.collective.models import Organization
from publicc.directory.models import Entry, Label
from publicc.directory.states import EntryKind, LabelState
from publicc.kernel.cells import Shown
from publicc.kernel.errors import BadInput
from publicc.kernel.period import season_period
from publicc.kernel.vocabulary import UserRole
from publicc.releases.build import build_release
from publicc.releases.facts import granted_within
from publicc.releases.granted import NOTHING_GRANTED
from publicc.releases.portrait import portraits_of
from publicc.releases.publication import Approval, folder_of, publish
from publicc.releases.signing import signer_of
from publicc.sharing.deciding import Decision, grant_request
from publicc.sharing.models import ShowRequest
from publicc.sharing.requesting import Wish, ask
from publicc.sharing.standing import make_standing
from publicc.sharing.states import Figures, RequestState
from publicc.store.home import Home
from tests.integration.sharing.tour import AS_OF, OTHERS, PRESENTERS

HOUSES = (*PRESENTERS, *OTHERS)
OF_2019 = season_period(2019)
SOON = timezone.localdate() + timedelta(days=300)
EXACT = frozenset({Figures.ATTENDANCE, Figures.REVENUE, Figures.TIMING})


@pytest.fixture
def released(home: Home) -> Home:
    """The season of the old show, which every house played once, read by all members."""
    signer = signer_of(home, "Pôle")
    told = folder_of(home, OF_2019)
    build_release(next(home.pool.glob("c*")), told, period=OF_2019, as_of=AS_OF, signer=signer)
    publish(told, [Approval(one, "OPERATOR", "2024-06-02") for one in ("ana", "bea")], signer=signer, on=AS_OF)
    return home


@pytest.fixture
def old(tour: Entry) -> Entry:
    """The old show is the common one, at every house."""
    Label.objects.all().delete()
    for slug in HOUSES:
        Label.objects.create(
            organization=Organization.objects.get(slug=slug), kind=EntryKind.SHOW.value, own_id=f"{slug}-old",
            text="La tournée", entry=tour, state=LabelState.CONFIRMED.value, confidence=1.0,
        )  # fmt: skip
    return tour


def requests_to(person: Callable[..., tuple], show: Entry, *slugs: str) -> dict[str, ShowRequest]:
    who, by = person("compagnie", UserRole.PARTNER)
    wish = Wish(figures=EXACT, why="Une reprise.", until=SOON)
    owners = list(Organization.objects.filter(slug__in=slugs))
    made = ask(who=who, by=by, entry=show, owners=owners, wish=wish, form=uuid4())
    return {one.owner.slug: one for one in made if one.owner}


def grant(person: Callable[..., tuple], request: ShowRequest, figures: frozenset[Figures] = EXACT) -> ShowRequest:
    who, by = person(request.owner.slug)
    decision = Decision(figures=figures, shows=frozenset({f"{who.organization.slug}-old"}), expires_on=SOON)
    return grant_request(who=who, by=by, number=request.pk, decision=decision)


def test_a_grant_is_refused_in_words_once_it_would_take_a_release_apart(
    released: Home, old: Entry, person: Callable[..., tuple]
) -> None:
    requests = requests_to(person, old, *HOUSES[:-1])
    granted = list(takewhile(lambda slug: opened(person, requests[slug]), HOUSES[:-1]))
    refused = HOUSES[len(granted)]
    assert 1 <= len(granted) < len(HOUSES) - 1, "some fit beside the release; never all but one"
    known = granted_within(OF_2019)
    with pytest.raises(BadInput) as problem:
        grant(person, requests[refused])
    french, english = problem.value.sentence("fr"), problem.value.sentence("en")
    assert "pas être accordés sous cette forme" in french
    assert Figures.REVENUE.label.en in english
    assert not any(other in english.lower() for other in HOUSES)
    assert granted_within(OF_2019) == known, "what is refused is not known"
    assert grant(person, requests[refused], frozenset({Figures.TIMING})).state == RequestState.GRANTED
    who, by = person(HOUSES[-1])
    asker = Organization.objects.get(slug="compagnie")
    make_standing(who=who, by=by, asker=asker, entry=old, figures=EXACT, until=SOON)
    assert requests_to(person, old, HOUSES[-1])[HOUSES[-1]].state == RequestState.PENDING, "left to its owner"


def test_a_member_reads_the_released_cells_by_the_api(
    released: Home, tour: Entry, browser: Callable[..., Client]
) -> None:
    base = "/api/v1/organizations/nord/releases"
    member = browser("nord")
    [portrait] = portraits_of(released, is_public=False)
    assert [one["release"] for one in member.get(base).json()] == [portrait.name]
    cells = f"{base}/{portrait.name}/cells?limit=10000"
    told = member.get(cells)
    shown = {float(cell.value) for cell in portrait.cells.values() if isinstance(cell, Shown)}
    assert {one["cell"]["value"] for one in told.json()["cells"] if one["cell"]["state"] == "shown"} == shown
    assert told.json()["page"]["count"] == len(portrait.cells)
    assert member.get(cells, headers={"If-None-Match": told["ETag"]}).status_code == 304
    assert member.get(f"{base}/none/cells").status_code == 404
    assert browser("compagnie", UserRole.PARTNER).get("/api/v1/organizations/compagnie/releases").status_code == 404


def opened(person: Callable[..., tuple], request: ShowRequest) -> bool:
    try:
        return grant(person, request).state == RequestState.GRANTED
    except BadInput:
        return False


def test_before_any_release_is_read_every_grant_opens(home: Home, old: Entry, person: Callable[..., tuple]) -> None:
    for request in requests_to(person, old, *HOUSES).values():
        assert grant(person, request).state == RequestState.GRANTED
    assert granted_within(OF_2019) != NOTHING_GRANTED, "the next release is made with what they know"
