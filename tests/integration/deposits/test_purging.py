"""Files that nobody confirmed do not wait for ever: erased with age, told on the deposit's page and in the trail."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from publicc.collective.models import TrailEntry
from publicc.intake.models import Deposit
from publicc.intake.purging import purge_uploads, start_purging
from publicc.intake.states import DepositState
from tests.integration.deposits.test_deposit_on_the_site import PAGE, brought

pytestmark = pytest.mark.django_db(transaction=True)


def aged(deposit: Deposit, days: int) -> Deposit:
    Deposit.objects.filter(pk=deposit.pk).update(brought_at=timezone.now() - timedelta(days=days))
    deposit.refresh_from_db()
    return deposit


def test_a_deposit_never_confirmed_is_erased_after_a_week_and_says_so(
    signed_in: Callable[..., Client], own_home: Path
) -> None:
    client = signed_in()
    deposit = aged(brought(client), days=8)
    folders = own_home / "deposits" / "theatre-du-nord"
    assert list(folders.iterdir()) != []
    assert purge_uploads() == 1
    deposit.refresh_from_db()
    assert deposit.where is DepositState.ABANDONED
    assert "n'a pas été confirmé en 7 jours" in deposit.problem["fr"]
    assert list(folders.iterdir()) == []
    assert TrailEntry.objects.filter(action="purge_deposit", object_id=str(deposit.pk), actor=None).count() == 1
    assert "7" in client.get(f"{PAGE}{deposit.pk}/").content.decode()


def test_a_recent_one_and_its_files_are_left_alone(signed_in: Callable[..., Client], own_home: Path) -> None:
    deposit = aged(brought(signed_in()), days=6)
    assert purge_uploads() == 0
    deposit.refresh_from_db()
    assert deposit.where is DepositState.TO_CONFIRM
    assert list((own_home / "deposits" / "theatre-du-nord" / str(deposit.pk)).iterdir()) != []


def test_a_folder_that_no_deposit_waits_for_is_swept_with_age(own_home: Path, settings: Settings) -> None:
    lost = own_home / "deposits" / "theatre-du-nord" / "lost"
    lost.mkdir(parents=True)
    purge_uploads()
    assert lost.exists()
    settings.UPLOADS_KEPT_FOR = timedelta(days=-1)
    purge_uploads()
    assert not lost.exists()


def test_a_worker_asks_for_the_next_purge_once(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    start_purging()
    start_purging()
    (asked,) = DBTaskResult.objects.all()
    assert asked.run_after is not None
    assert asked.run_after > timezone.now() + timedelta(hours=23)
