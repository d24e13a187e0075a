"""The calendar's pages: dates entered, imported, undone; what others may know; the pressure that follows."""

from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from publicc.collective.models import Membership, Organization, TrailEntry
from publicc.directory.models import PlannedDate
from publicc.kernel.vocabulary import UserRole
from publicc.store.home import Home
from publicc.store.snapshots import snapshot_folder
from publicc.store.tables import SUPPLY_FILE
from tests.integration.dashboards.test_screens_by_address import browser_of, publish_world

SNAPSHOT = "c" * 32
DISTRICT = "quartier-des-spectacles"
SATURDAY = date(2019, 10, 19)


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Client:
    """A director's browser. Last season, each Saturday of the district had two performances a kilometre apart."""
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    publish_world(tmp_path, SNAPSHOT)
    rows = [
        {"starts_on": date(2018, 9, 1) + timedelta(7 * at), "starts_hour": 20, "territory": DISTRICT,
         "discipline": "THEATRE", "seats": 100, "seats_from": "ROOM", "room": f"Salle {whose}",
         "municipality": "Montréal", "latitude": 45.508 + shift, "longitude": -73.566, "organizations": [whose]}
        for at in range(40) for whose, shift in (("theatre", 0.0), ("cabaret", 0.01))
    ]  # fmt: skip
    pq.write_table(pa.Table.from_pylist(rows), snapshot_folder(Home(tmp_path), SNAPSHOT) / SUPPLY_FILE)
    browser = browser_of(UserRole.DIRECTOR)
    Organization.objects.update(
        venues=[{"label": "Grande salle", "postal_code": "H2X 1Y4"}], territory=DISTRICT, disciplines=["THEATRE"]
    )
    return browser


def rival() -> Client:
    """The director of another house of the district."""
    cabaret, _ = Organization.objects.get_or_create(
        slug="cabaret", name="Cabaret", territory=DISTRICT, venues=[{"label": "Cave", "postal_code": "H2X 1Y6"}]
    )
    user, _ = get_user_model().objects.get_or_create(username="direction@cabaret.example")
    Membership.objects.get_or_create(user=user, organization=cabaret, defaults={"role": UserRole.DIRECTOR.value})
    browser = Client()
    browser.force_login(user)
    return browser


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode()).replace("\u00a0", " ")


def month_of(client: Client, slug: str = "theatre") -> str:
    return page(client, f"/o/{slug}/calendar/?month=2019-10&territory={DISTRICT}&discipline=THEATRE&day={SATURDAY}")


def give(client: Client, told: str, slug: str = "theatre", **more: str) -> str:
    file = SimpleUploadedFile("dates.csv", told.encode())
    answer = client.post(f"/o/{slug}/plans/file/", {"file": file, **more}, follow=True)
    return unescape(answer.content.decode()).replace("\u00a0", " ")


TWO = "date,title,time,discipline,seats\n2019-10-19,Le Fleuve,20:00,Théâtre,400\n2019-10-26,La Rive,20:00,Danse,300\n"


def test_a_date_entered_on_the_page_stands_in_ones_own_calendar(client: Client) -> None:
    told = {"title": "Le Fleuve", "on": "2019-10-19", "at": "20:00", "discipline": "THEATRE", "room": "Grande salle",
            "postal_code": "", "seats": "400", "openness": "HELD"}  # fmt: skip
    assert "La date est enregistrée." in unescape(client.post("/o/theatre/plans/", told, follow=True).content.decode())
    assert "Le Fleuve" in page(client, "/o/theatre/plans/")
    own = month_of(client)
    assert "Le Fleuve" in own
    assert "Samedi 19 octobre 2019 : 1 représentation dans le territoire, pression 0." in own


def test_a_wrong_date_is_told_beside_its_field_and_kept_nowhere(client: Client) -> None:
    told = {"title": "", "on": "pas une date", "discipline": "THEATRE", "postal_code": "90210", "openness": "HELD"}
    answer = client.post("/o/theatre/plans/", told)
    assert answer.status_code == 400
    assert "Écrire un code postal canadien" in unescape(answer.content.decode())
    assert PlannedDate.objects.count() == 0


def test_the_same_file_twice_changes_nothing_and_an_import_is_undone_whole(client: Client) -> None:
    assert "Dates ajoutées : 2; mises à jour : 0; déjà connues : 0." in give(client, TWO)
    assert "Dates ajoutées : 0; mises à jour : 0; déjà connues : 2." in give(client, TWO)
    assert "mises à jour : 1; déjà connues : 1." in give(client, TWO.replace("400", "450"))
    assert "annulé" in unescape(client.post("/o/theatre/plans/undo/", follow=True).content.decode())
    assert sorted(PlannedDate.objects.values_list("seats", flat=True)) == [300, 400]
    client.post("/o/theatre/plans/undo/")
    assert PlannedDate.objects.count() == 0
    assert "rien à annuler" in unescape(client.post("/o/theatre/plans/undo/", follow=True).content.decode())


def test_a_file_with_a_wrong_line_is_refused_whole(client: Client) -> None:
    assert "ligne 3 : la date ne s'écrit pas" in give(client, "date,title\n2019-10-19,A\n19/10/2019,B\n")
    assert PlannedDate.objects.count() == 0
    assert "aucune date" in give(client, "date,title\n")


def test_what_a_house_holds_is_unknown_to_others_and_what_it_offers_has_no_name(client: Client) -> None:
    other = rival()
    give(other, TWO, "cabaret")
    before = month_of(client)
    for secret in ("Le Fleuve", "Cave", "Cabaret", "La Rive"):
        assert secret not in before
    assert "Aucune représentation connue ce jour-là." in before
    ids = list(PlannedDate.objects.filter(organization__slug="cabaret").values_list("pk", flat=True))
    other.post("/o/cabaret/plans/change/", {"plans": ids, "deed": "open", "openness": "OFFERED"})
    offered = month_of(client)
    assert "Samedi 19 octobre 2019 : 1 représentation dans le territoire, pression" in offered
    assert "offerte par un membre" in offered
    for secret in ("Le Fleuve", "Cave", "Cabaret", "La Rive"):
        assert secret not in offered
    other.post("/o/cabaret/plans/change/", {"plans": ids, "deed": "remove"})
    assert "Aucune représentation connue ce jour-là." in month_of(client)
    assert TrailEntry.objects.filter(action="open_dates").count() == 1


def test_the_pressure_of_a_planned_neighbour_is_the_formula_against_last_season(client: Client) -> None:
    """400 seats at the same discipline, about as near as last season's 100: four times as much as usual."""
    give(
        rival(),
        TWO.splitlines()[0] + ",postal code\n2019-10-19,X,20:00,THEATRE,400,H2X 1Y6\n",
        "cabaret",
        openness="OFFERED",
    )
    told = client.get(f"/o/theatre/calendar/tables/month.csv?month=2019-10&territory={DISTRICT}&discipline=THEATRE")
    line = next(one for one in told.content.decode("utf-8-sig").splitlines() if one.startswith("2019-10-19"))
    cells = line.split(";")
    assert cells[2] == "1"
    assert 380 < float(cells[4].replace(",", ".")) < 520
    quiet = next(one for one in told.content.decode("utf-8-sig").splitlines() if one.startswith("2019-10-12"))
    assert quiet.split(";")[4] in {"0", "0,0"}


def test_dates_are_compared_up_to_four_and_strange_addresses_never_fail(client: Client) -> None:
    give(client, TWO)
    asked = "&".join(f"date=2019-10-{at}" for at in (19, 20, 21, 26, 27))
    told = page(client, f"/o/theatre/calendar/?month=2019-10&{asked}")
    assert "Dates comparées" in told
    assert "samedi 26 octobre 2019" in told
    assert "27 octobre" not in told.split("Dates comparées")[0].split("answer-sentence")[1].split("</p>")[0]
    for strange in ("month=x", "day=2019-13-45", "territory=' OR 1", "discipline=é", "date=&date=1", "evening=2",
                    "month=9999-01", "day=2019-10-19&month=2019-11", "month=2019-12&evening=1"):  # fmt: skip
        assert client.get(f"/o/theatre/calendar/?{strange}").status_code == 200
    assert client.get("/o/theatre/calendar/tables/nope.csv").status_code == 404


def test_the_territory_of_the_supply_is_chosen_and_stays_in_every_address(client: Client) -> None:
    told = page(client, f"/o/theatre/supply/?territory={DISTRICT}&season=2018-2019&discipline=THEATRE")
    assert f'<option value="{DISTRICT}" selected' in told
    assert f"charts/grid-inside.json?season=2018-2019&discipline=THEATRE&territory={DISTRICT}" in told
    assert f'href="/o/theatre/supply/?territory={DISTRICT}&season=2018-2019"' in told, (
        "without the discipline, the territory stays"
    )
    for strange in ("territory=nowhere", "territory=", "territory=%00' OR 1", f"territory={DISTRICT}&territory=x"):
        assert client.get(f"/o/theatre/supply/?{strange}").status_code == 200
    assert 'value="nowhere"' not in page(client, "/o/theatre/supply/?territory=nowhere")


def test_ones_own_dates_leave_as_icalendar_and_the_trail_says_so(client: Client) -> None:
    give(client, TWO)
    told = client.get("/o/theatre/plans/dates.ics")
    assert told["Content-Type"].startswith("text/calendar")
    assert b"SUMMARY:Le Fleuve" in told.content
    assert TrailEntry.objects.filter(action="export_dates").exists()


def test_a_reader_sees_the_dates_and_changes_none(client: Client) -> None:
    give(client, TWO)
    reader = browser_of(UserRole.READER)
    assert "Le Fleuve" in page(reader, "/o/theatre/plans/")
    told = {"title": "A", "on": "2019-10-19", "discipline": "THEATRE", "openness": "HELD"}
    for address, given in (("", told), ("file/", {}), ("change/", {"plans": ["1"], "deed": "remove"}), ("undo/", {})):
        assert reader.post(f"/o/theatre/plans/{address}", given).status_code == 403
    assert reader.get("/o/theatre/plans/dates.ics").status_code == 403
    assert PlannedDate.objects.count() == 2


def test_a_date_of_another_house_cannot_be_ticked(client: Client) -> None:
    give(rival(), TWO, "cabaret")
    other = PlannedDate.objects.first()
    assert other is not None
    answer = client.post("/o/theatre/plans/change/", {"plans": [other.pk], "deed": "remove"})
    assert answer.status_code == 404
    assert PlannedDate.objects.count() == 2
    client.post("/o/theatre/plans/change/", {"plans": ["x"], "deed": "remove"})
    assert PlannedDate.objects.count() == 2
