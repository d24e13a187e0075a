"""From files on a page to figures in the pool, through the pages a person sees."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from publicc.collective.models import Organization, TrailEntry
from publicc.harmonise.tasks import bring_up_to_date
from publicc.intake.models import Deposit
from publicc.intake.states import DepositState
from publicc.intake.tasks import take_up_again
from publicc.kernel.vocabulary import UserRole
from publicc.store.home import Home
from publicc.store.manifest import MANIFEST_FILE
from publicc.store.snapshots import current

CUSTOMERS = """Code client;Titre;Prénom;Nom;Adresse;Ville;Province;Pays;Code postal;Téléphone;Courriel
C1;Mme;Ada;Roy;1 rue Principale;Montréal;QC;Canada;H2X 1Y4;514 555-0101;ada@example.org
C2;M.;Ben;Côté;2 rue Principale;Laval;QC;Canada;H7N 1A1;450 555-0102;ben@example.org
"""
PERFORMANCES = """Code événement;Titre événement;Nom de la salle;Date & heure de début;Nombre de sièges;Discipline
E1;Les Belles-Sœurs;Grande salle;2019-01-10 20:00;300;Théâtre
E2;Tartuffe;Grande salle;2019-03-02 20:00;300;Théâtre
"""
ORDERS = """\
Numéro de transaction;Code client;Code événement;Date & heure transaction;Montant du billet;Catégorie de prix
T1;C1;E1;2018-12-01 10:00;35,00;Régulier
T1;C1;E1;2018-12-01 10:00;35,00;Régulier
T2;C1;E2;2019-02-01 11:00;35,00;Régulier
T3;C2;E2;2019-02-03 12:00;28,00;Étudiant
"""
PAGE = "/o/theatre-du-nord/deposit/"


def files(orders: str = ORDERS) -> list[SimpleUploadedFile]:
    named = {"clients.csv": CUSTOMERS, "evenements.csv": PERFORMANCES, "transactions.csv": orders}
    return [SimpleUploadedFile(name, text.encode()) for name, text in named.items()]


def brought(client: Client, *, given: list[SimpleUploadedFile] | None = None) -> Deposit:
    client.post(PAGE, {"files": given or files()})
    return Deposit.objects.latest("brought_at")


def confirmed(client: Client, deposit: Deposit, **answers: str) -> Deposit:
    client.post(f"{PAGE}{deposit.pk}/confirm/", answers)
    deposit.refresh_from_db()
    return deposit


def text_of(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", unescape(client.get(address).content.decode()))


pytestmark = pytest.mark.django_db(transaction=True)


def test_files_are_understood_and_nothing_is_kept_before_a_person_confirms(signed_in: Callable[..., Client]) -> None:
    client = signed_in()
    deposit = brought(client)
    assert deposit.where is DepositState.TO_CONFIRM, deposit.problem
    page = text_of(client, f"{PAGE}{deposit.pk}/")
    assert "Ada" in page
    assert "Rien n'est encore gardé" in page
    assert current(Home.from_environment()) is None


def test_a_confirmed_deposit_reaches_the_pool_and_its_files_are_forgotten(
    signed_in: Callable[..., Client], own_home: Path
) -> None:
    client = signed_in()
    deposit = confirmed(client, brought(client))
    assert deposit.where is DepositState.ACCEPTED, deposit.problem
    manifest = current(Home.from_environment())
    assert manifest is not None
    assert manifest.organizations["theatre-du-nord"].tickets == 4
    assert list((own_home / "deposits" / "theatre-du-nord").iterdir()) == []
    quality = (own_home / "reports" / "quality" / "theatre-du-nord.json").read_text()
    assert "completeness" in quality.lower()
    assert "ada@example.org" not in quality
    page = text_of(client, f"{PAGE}{deposit.pk}/")
    assert "8 lignes gardées" in page
    assert "Maillon faible" in page


def test_no_cell_of_a_file_is_kept_in_the_control_database(signed_in: Callable[..., Client]) -> None:
    client = signed_in()
    deposit = confirmed(client, brought(client))
    told = repr([deposit.report, deposit.problem, deposit.step, list(TrailEntry.objects.values())])
    for cell in ("Ada", "ada@example.org", "H2X", "514 555", "Régulier"):
        assert cell not in told


def test_the_same_files_again_change_nothing(signed_in: Callable[..., Client]) -> None:
    client = signed_in()
    confirmed(client, brought(client))
    before = current(Home.from_environment())
    again = confirmed(client, brought(client))
    after = current(Home.from_environment())
    assert again.where is DepositState.ACCEPTED, again.problem
    assert before is not None
    assert after is not None
    assert after.organizations["theatre-du-nord"].tickets == before.organizations["theatre-du-nord"].tickets


def test_undoing_gives_back_what_was_there(signed_in: Callable[..., Client]) -> None:
    client = signed_in()
    confirmed(client, brought(client))
    more = ORDERS + "T4;C2;E1;2018-12-20 12:00;28,00;Étudiant\n"
    second = confirmed(client, brought(client, given=files(more)))
    assert _tickets() == 5
    client.post(f"{PAGE}{second.pk}/undo/")
    second.refresh_from_db()
    assert second.where is DepositState.UNDONE, second.problem
    assert _tickets() == 4


def _tickets() -> int:
    manifest = current(Home.from_environment())
    return manifest.organizations["theatre-du-nord"].tickets if manifest else 0


def test_only_the_last_deposit_can_be_undone(signed_in: Callable[..., Client]) -> None:
    client = signed_in()
    first = confirmed(client, brought(client))
    confirmed(client, brought(client, given=files(ORDERS + "T4;C2;E1;2018-12-20 12:00;28,00;Étudiant\n")))
    assert client.post(f"{PAGE}{first.pk}/undo/").status_code == 400
    first.refresh_from_db()
    assert first.where is DepositState.ACCEPTED


def test_a_corrected_meaning_is_what_is_received(signed_in: Callable[..., Client]) -> None:
    client = signed_in()
    deposit = brought(client)
    page = client.get(f"{PAGE}{deposit.pk}/").content.decode()
    field = re.search(r'name="(column-\d+-\d+)" aria-label="Courriel"', page)
    assert field
    deposit = confirmed(client, deposit, **{field[1]: ""})
    assert "Courriel" in [name for table in deposit.report["tables"] for name in table["dropped_columns"]]


def test_an_abandoned_deposit_leaves_nothing(signed_in: Callable[..., Client], own_home: Path) -> None:
    client = signed_in()
    deposit = brought(client)
    client.post(f"{PAGE}{deposit.pk}/abandon/")
    deposit.refresh_from_db()
    assert deposit.where is DepositState.ABANDONED
    assert list((own_home / "deposits" / "theatre-du-nord").iterdir()) == []
    assert client.post(f"{PAGE}{deposit.pk}/confirm/").status_code == 400


def test_a_file_that_holds_no_table_is_refused_in_a_sentence(signed_in: Callable[..., Client], own_home: Path) -> None:
    client = signed_in()
    deposit = brought(client, given=[SimpleUploadedFile("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(500))])
    assert deposit.where in {DepositState.REFUSED, DepositState.TO_CONFIRM}
    assert "photo.csv" in text_of(client, f"{PAGE}{deposit.pk}/")


@pytest.mark.parametrize("role", [UserRole.READER, UserRole.ANALYST])
def test_who_may_only_read_sees_the_history_and_no_cell(signed_in: Callable[..., Client], role: UserRole) -> None:
    deposit = brought(signed_in())
    reader = signed_in(role)
    assert "Ada" not in text_of(reader, f"{PAGE}{deposit.pk}/")
    assert "Choisir des fichiers" not in text_of(reader, PAGE)
    assert reader.post(PAGE, {"files": files()}).status_code == 403
    assert reader.post(f"{PAGE}{deposit.pk}/confirm/").status_code == 403
    assert reader.get(f"{PAGE}{deposit.pk}/refused.csv").status_code in {403, 404}


def test_a_second_deposit_waits_for_the_first(signed_in: Callable[..., Client], theatre: Organization) -> None:
    Deposit.objects.create(organization=theatre, state=DepositState.RECEIVING)
    answer = signed_in().post(PAGE, {"files": files()})
    assert answer.status_code == 400
    assert "déjà en cours" in unescape(answer.content.decode())


def test_a_file_beyond_the_limit_is_left_out_with_its_reason(
    signed_in: Callable[..., Client], settings: Settings
) -> None:
    settings.UPLOAD_FILE_BYTES = 100
    answer = signed_in().post(PAGE, {"files": files()})
    assert answer.status_code == 400
    assert "transactions.csv" in unescape(answer.content.decode())
    assert not Deposit.objects.exists()


def test_a_picture_is_left_out_and_the_rest_goes_on(signed_in: Callable[..., Client]) -> None:
    client = signed_in()
    deposit = brought(client, given=[*files(), SimpleUploadedFile("logo.png", b"x")])
    assert deposit.file_names == ["clients.csv", "evenements.csv", "transactions.csv"]


def test_a_form_without_its_token_is_refused(signed_in: Callable[..., Client], theatre: Organization) -> None:
    guarded = Client(enforce_csrf_checks=True)
    guarded.cookies = signed_in().cookies
    assert guarded.post(PAGE, {"files": files()}).status_code == 403


def test_what_a_stopped_worker_had_begun_is_taken_up_again(signed_in: Callable[..., Client]) -> None:
    client = signed_in()
    deposit = brought(client)
    Deposit.objects.filter(pk=deposit.pk).update(state=DepositState.RECEIVING)

    assert take_up_again() == 1
    deposit.refresh_from_db()
    assert deposit.where is DepositState.ACCEPTED, deposit.problem


def test_a_pool_that_an_older_program_prepared_is_prepared_again_as_of_the_same_day(
    signed_in: Callable[..., Client],
) -> None:
    client, home = signed_in(), Home.from_environment()
    assert not bring_up_to_date()
    confirmed(client, brought(client))
    published = current(home)
    assert published is not None
    assert not bring_up_to_date()

    told = replace(published, code_version="0.0.1/1", as_of=date(2019, 4, 1))
    (home.pool / published.id / MANIFEST_FILE).write_text(json.dumps(told.as_json()), encoding="utf-8")
    assert bring_up_to_date()
    again = current(home)
    assert again is not None
    assert (again.code_version, again.as_of) == (published.code_version, told.as_of)


def test_progress_is_told_while_at_work_and_the_page_reloads_at_the_end(
    signed_in: Callable[..., Client], theatre: Organization
) -> None:
    client = signed_in()
    deposit = Deposit.objects.create(
        organization=theatre,
        state=DepositState.READING,
        step={"fr": "Lecture de clients.csv", "en": "Reading clients.csv"},
        step_done=1,
        step_total=3,
    )
    assert "Lecture de clients.csv" in text_of(client, f"{PAGE}{deposit.pk}/progress/")
    Deposit.objects.update(state=DepositState.ACCEPTED)
    assert client.get(f"{PAGE}{deposit.pk}/progress/")["HX-Refresh"] == "true"
