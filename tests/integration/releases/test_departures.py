"""An organization leaves by the pages: asked for, carried out, proved; and what is left of it is nothing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from publicc.collective.models import Departure, Membership, Organization, Seat
from publicc.collective.queries import profiles
from publicc.disclosure.seal import seal_holds
from publicc.harmonise.pipeline import harmonise
from publicc.kernel.vocabulary import UserRole
from publicc.releases.departing.carrying_out import depart
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.snapshots import current
from tests.agreed import with_agreement
from tests.drawn_vaults import fill

HELD = {
    "customers": """
        customer_key | first_name | last_name | email
        -------------+------------+-----------+----------------
        1            | Ada        | Roy       | ada@exemple.ca
    """,
    "performances": """
        performance_key | title
        ----------------+-------
        E1              | Hamlet
    """,
    "tickets": """
        order_key | customer_key | performance_key
        ----------+--------------+----------------
        A         | 1            | E1
    """,
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    return Home.from_environment()


@pytest.fixture
def both(db: None, home: Home) -> list[Organization]:
    made = [Organization.objects.create(slug=slug, name=slug.title()) for slug in ("ballet", "opera")]
    for one in made:
        with_agreement(one)
        fill(home, one.slug, **HELD)
    harmonise(home, KeyRing.open(home), profiles(), as_of=date(2026, 1, 1))
    return made


@pytest.fixture
def as_(django_user_model: type) -> Callable[..., Client]:
    def signed_in(organization: Organization | None, role: UserRole) -> Client:
        user = django_user_model.objects.create(username=f"{role}{organization}")
        if organization:
            Membership.objects.create(user=user, organization=organization, role=role.value)
        else:
            Seat.objects.create(user=user, role=role.value)
        client = Client()
        client.force_login(user)
        return client

    return signed_in


def test_an_exit_leaves_nothing_and_says_so_under_a_signature(
    both: list[Organization], home: Home, as_: Callable[..., Client]
) -> None:
    director, hub = as_(both[0], UserRole.DIRECTOR), as_(None, UserRole.OPERATOR)
    page = director.get("/o/ballet/leave/").content.decode()
    assert "Vous ne les avez pas encore prises" in page
    director.post("/o/ballet/leave/ask/", {"typed": "opera"})
    assert not Departure.objects.exists(), "another name asks for nothing"
    director.post("/o/ballet/leave/ask/", {"typed": "ballet"})
    director.post("/o/ballet/leave/ask/", {"deed": "stay"})
    director.post("/o/ballet/leave/ask/", {"typed": "ballet"})
    departure = Departure.objects.get(state="ASKED")
    assert "ballet" not in {one.slug for one in profiles()}, "nothing of it is harmonised any more"

    assert hub.get(f"/hub/departures/{departure.pk}/proof.pdf").status_code == 404
    hub.post(f"/hub/departures/{departure.pk}/", {"typed": "opera"})
    departure.refresh_from_db()
    assert departure.state == "ASKED"
    before = current(home)
    hub.post(f"/hub/departures/{departure.pk}/", {"typed": "ballet"})
    depart(departure)

    departure.refresh_from_db()
    proof = departure.proof
    assert departure.state == "DONE"
    assert set(proof["left"].values()) == {0}
    assert (proof["held"]["customers"], proof["held"]["tickets"]) == (1, 1)
    assert before is not None
    assert before.id in proof["snapshots_removed"]
    assert list(current(home).organizations) == ["opera"]  # type: ignore[union-attr]
    assert seal_holds(proof)
    assert not seal_holds({**proof, "done_at": "2020-01-01"})
    assert hub.get(f"/hub/departures/{departure.pk}/proof.json").json() == proof
    assert hub.get(f"/hub/departures/{departure.pk}/proof.pdf").content.startswith(b"%PDF")
    assert "Preuve (PDF)" in hub.get("/hub/departures/").content.decode()
    assert director.get("/o/ballet/leave/").status_code == 404


def test_a_departure_stopped_half_way_is_finished_by_running_it_again(both: list[Organization], home: Home) -> None:
    ballet = both[0]
    departure = Departure.objects.create(
        organization=ballet, name=ballet.name, slug=ballet.slug, asked_at=ballet.created_at, state="CARRIED_OUT",
        proof={"held": {"customers": 1, "persons": 1, "tickets": 1, "performances": 1, "octets": 5}},
    )  # fmt: skip
    KeyRing.open(home).destroy("ballet")
    (home.vaults / "ballet.duckdb").unlink()
    depart(departure)
    departure.refresh_from_db()
    assert departure.proof["held"]["customers"] == 1
    assert set(departure.proof["left"].values()) == {0}
