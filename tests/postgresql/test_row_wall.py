"""The database's own wall between organizations, and each known way around it."""

from datetime import timedelta

import psycopg
import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from publicc.collective import row_wall
from publicc.collective.models import Membership, Organization, Right
from publicc.directory.dates import actions
from publicc.directory.models import PlannedDate
from publicc.intake.models import Deposit
from publicc.kernel.vocabulary import UserRole


def told() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.organization', true)")
        return str(cursor.fetchone()[0])


def rights_seen() -> set[int]:
    return set(Right.objects.values_list("organization_id", flat=True))


def test_every_table_of_an_organization_has_its_wall_and_new_ones_cannot_escape(db: None) -> None:
    owned = {
        model._meta.db_table
        for model in apps.get_models()
        if any(field.column == "organization_id" for field in model._meta.concrete_fields)
    }
    excused = {apps.get_model(label)._meta.db_table for label in row_wall.NOT_WALLED}
    assert owned - excused == row_wall.standing() == row_wall.walled()


def test_a_question_without_any_filter_gives_one_organization_only(theatre: Organization, opera: Organization) -> None:
    assert rights_seen() == {theatre.pk, opera.pk}
    with row_wall.only(theatre.pk):
        assert rights_seen() == {theatre.pk}
        assert Right.objects.filter(organization=opera).update(purpose="x") == 0
        assert Right.objects.filter(organization=opera).delete()[0] == 0
    assert rights_seen() == {theatre.pk, opera.pk}


def test_nothing_can_be_written_in_another_organization_s_name(theatre: Organization, opera: Organization) -> None:
    with row_wall.only(theatre.pk), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Deposit.objects.create(organization=opera)
    with row_wall.only(theatre.pk), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Right.objects.filter(organization=theatre).update(organization=opera)


def test_the_setting_ends_with_its_block(theatre: Organization, opera: Organization) -> None:
    with row_wall.only(theatre.pk):
        with row_wall.everyone():
            assert rights_seen() == {theatre.pk, opera.pk}
        assert rights_seen() == {theatre.pk}
    assert told() == row_wall.ALL


@pytest.mark.django_db(transaction=True)
def test_a_block_that_fails_leaves_no_setting_on_a_connection_that_is_kept() -> None:
    with pytest.raises(ZeroDivisionError), row_wall.only(1):
        raise ZeroDivisionError
    assert told() == row_wall.ALL
    with pytest.raises(DatabaseError), row_wall.only(1), connection.cursor() as cursor:
        cursor.execute("SELECT 1/0")
    assert told() == row_wall.ALL


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_says_nothing_reads_no_row() -> None:
    Right.objects.create(organization=Organization.objects.create(slug="a", name="A"), purpose="OWN_DASHBOARD")
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        assert other.execute("SELECT count(*) FROM collective_right").fetchone() == (0,)
        other.execute("SELECT set_config('app.organization', '', true)")
        assert other.execute("SELECT count(*) FROM collective_right").fetchone() == (0,)


def test_another_permissive_policy_opens_nothing(theatre: Organization, opera: Organization) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE POLICY careless ON collective_right USING (true)")
    with row_wall.only(theatre.pk):
        assert rights_seen() == {theatre.pk}


def test_the_owner_of_the_tables_is_held_and_is_no_superuser(theatre: Organization, opera: Organization) -> None:
    assert not row_wall.is_above_walls()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableowner = current_user FROM pg_tables WHERE tablename = 'collective_right'")
        assert cursor.fetchone() == (True,)


def test_a_page_whose_filter_was_forgotten_shows_nothing_of_another_organization(
    theatre: Organization, opera: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = timezone.localdate() + timedelta(days=3)
    for number, (organization, title) in enumerate([(theatre, "NOTRE PIÈCE"), (opera, "LE SECRET DE L'OPÉRA")]):
        PlannedDate.objects.create(organization=organization, key=str(number), title=title, on=soon)
    user = get_user_model().objects.create(username="d@theatre.example")
    Membership.objects.create(user=user, organization=theatre, role=UserRole.DIRECTOR)
    client = Client()
    client.force_login(user)
    monkeypatch.setattr(actions, "plans_for", lambda _: PlannedDate.objects.all())
    page = client.get(f"/o/{theatre.slug}/plans/").content.decode()
    assert "NOTRE PIÈCE" in page
    assert "SECRET" not in page


def test_a_text_that_the_database_cannot_hold_is_refused_in_a_sentence(theatre: Organization) -> None:
    user = get_user_model().objects.create(username="s@theatre.example")
    Membership.objects.create(user=user, organization=theatre, role=UserRole.STEWARD)
    client = Client()
    client.force_login(user)
    soon = (timezone.localdate() + timedelta(days=3)).isoformat()
    sent = client.post(f"/o/{theatre.slug}/plans/", {"title": "Le\x00lac", "on": soon})
    assert sent.status_code in {200, 400}
    assert client.get(f"/o/{theatre.slug}/plans/?show=%00").status_code == 200
