"""Jobs 10 and 11 of the users, from the sign-in page to the right number, counted again here in plain Python."""

import csv
import io
import re
from collections import defaultdict
from datetime import date, timedelta
from html import unescape
from typing import NamedTuple
from uuid import uuid4

import duckdb
import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from publicc.collective.models import Membership, Organization
from publicc.directory.models import Entry
from publicc.kernel.vocabulary import UserRole
from publicc.sharing.models import ShowRequest
from publicc.sharing.states import Figures
from publicc.store.home import Home
from publicc.store.snapshots import current
from tests.integration.sharing.tour import PRESENTERS

PASSWORD = "un mot de passe assez long"  # noqa: S105 - of a person who lives as long as this file's tests
CITIES = PRESENTERS[:2]
UNTIL = timezone.localdate() + timedelta(days=300)


def signed_in(slug: str, role: UserRole) -> Client:
    """Through the sign-in page, as a person does, to a page of their organization."""
    email = f"ada@{slug}.example"
    user = get_user_model().objects.create_user(email, email, PASSWORD)
    Membership.objects.create(user=user, organization=Organization.objects.get(slug=slug), role=role.value)
    browser = Client()
    first = browser.post("/account/login/", {"login": email, "password": PASSWORD}, follow=True)
    assert first.redirect_chain[-1][0].startswith(f"/o/{slug}/")
    return browser


def read(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode()).replace("\u00a0", " ")


class Run(NamedTuple):
    """What one presenter's files say of the show, counted row by row."""

    tickets: int
    buyers: int
    new: int
    back: int


def counted(home: Home, slug: str) -> Run:
    """Tickets and buyers of the show; of the buyers, those never seen here before, and of these who came back."""
    manifest = current(home)
    assert manifest is not None
    file = str(home.pool / manifest.id / "purchases" / f"{slug}.parquet")
    days: dict[str, dict[str, set[date]]] = defaultdict(lambda: defaultdict(set))
    with duckdb.connect() as connection:
        rows = connection.execute("SELECT person_id, show_id, starts_on FROM read_parquet($file)", {"file": file})
        sold = rows.fetchall()
    for person, show, day in sold:
        days[person][show].add(day)
    came = {person: theirs for person, theirs in days.items() if f"{slug}-tour" in theirs}
    first = {person: min(theirs[f"{slug}-tour"]) for person, theirs in came.items()}
    new = [person for person in came if not any(day < first[person] for seen in came[person].values() for day in seen)]
    year = timedelta(365)
    back = [
        person
        for person in new
        if any(
            first[person] < day <= first[person] + year
            for show, seen in came[person].items()
            for day in seen
            if show != f"{slug}-tour"
        )
    ]
    return Run(sum(show == f"{slug}-tour" for _, show, _ in sold), len(came), len(new), len(back))


def table(browser: Client, address: str) -> dict[str, dict[str, str]]:
    """A downloaded table: presenter → column → what is written."""
    lines = browser.get(address).content.decode("utf-8-sig").splitlines()
    rows = csv.DictReader(io.StringIO("\n".join(lines)), delimiter=";")
    return {row["Diffuseur"]: row for row in rows if None not in row.values()}


def decimal(written: str) -> float:
    return float(written.replace(",", "."))


def asked_by_the_producer(browser: Client, tour: Entry) -> dict[str, int]:
    """The producer asks two presenters: request numbers by presenter."""
    form = {
        "form": str(uuid4()), "presenters": list(CITIES), "figures": [one.value for one in Figures],
        "why": "La prochaine tournée.", "until": UNTIL.isoformat(), "first_on": "", "last_on": "",
    }  # fmt: skip
    assert browser.post(f"/o/compagnie/sharing/ask/{tour.pk}/", form).status_code == 302
    return {one.owner.slug: one.pk for one in ShowRequest.objects.all() if one.owner}


def choices(slug: str) -> dict[str, object]:
    return {
        "shows": [f"{slug}-tour"], "figures": [one.value for one in Figures], "delay_days": "30", "may_export": "on",
        "nights": [f"{slug}-tour-{n}" for n in range(3)], "first_on": "", "last_on": "",
        "expires_on": UNTIL.isoformat(),
    }  # fmt: skip


def test_job_10_how_did_my_audience_differ_from_city_to_city(home: Home, tour: Entry) -> None:
    producer = signed_in("compagnie", UserRole.PARTNER)
    for slug, number in asked_by_the_producer(producer, tour).items():
        presenter = signed_in(slug, UserRole.DIRECTOR)
        assert presenter.post(f"/o/{slug}/sharing/requests/{number}/grant/", choices(slug)).status_code == 302
    listed = read(producer, "/o/compagnie/sharing/")
    show = f"/o/compagnie/sharing/shows/{tour.pk}/"
    assert show in listed
    page = read(producer, show)
    places, audience = table(producer, f"{show}tables/places.csv"), table(producer, f"{show}tables/audience.csv")
    for slug in CITIES:
        run = counted(home, slug)
        told, people = places[slug.title()], audience[slug.title()]
        assert decimal(told["Entrées"]) == run.tickets
        assert decimal(told["Taux d'occupation"]) == run.tickets / 300
        assert decimal(people["Acheteurs, à 5 près"]) == 5 * round(run.buyers / 5)
        assert decimal(people["Nouveaux pour le diffuseur"]) == pytest.approx(run.new / run.buyers, abs=0.025)
    everyone = sum(counted(home, slug).tickets for slug in CITIES)
    assert f"6 représentations chez 2 diffuseurs : {everyone} entrées" in page


def test_job_11_who_asks_for_my_data_and_what_exactly_will_they_see(home: Home, tour: Entry) -> None:
    producer = signed_in("compagnie", UserRole.PARTNER)
    number = asked_by_the_producer(producer, tour)["nord"]
    nord = signed_in("nord", UserRole.DIRECTOR)
    assert "1 demande attend votre réponse" in read(nord, "/o/nord/sharing/")
    one = f"/o/nord/sharing/requests/{number}/"
    preview, run = read(nord, one), counted(home, "nord")
    assert "Ce que Compagnie verrait" in preview
    words = " ".join(re.sub("<[^>]+>", " ", preview).split())
    assert f"Ville nord Nord 3 {run.tickets} 300" in words
    assert f"Nouveaux, revenus en douze mois – {round(100 * run.back / run.new / 5) * 5} %" in words
    assert nord.post(f"{one}grant/", choices("nord")).status_code == 302
    show = f"/o/compagnie/sharing/shows/{tour.pk}/"
    told = table(producer, f"{show}tables/places.csv")
    assert decimal(told["Nord"]["Entrées"]) == run.tickets
    assert nord.post(f"{one}revoke/", {"word": ""}).status_code == 302
    assert producer.get(show).status_code == 404
    assert "1 demande attend" not in read(nord, "/o/nord/sharing/")
