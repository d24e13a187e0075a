"""What the hub is told of its members' progress, and what is prepared again when there is nothing to prepare."""

from pathlib import Path

import pytest

from publicc.collective.models import Organization
from publicc.harmonise.progressing import members_progress
from publicc.harmonise.tasks import bring_up_to_date, prepare_again, take_out
from publicc.intake.models import Deposit
from publicc.intake.states import DepositState
from publicc.store.home import Home
from publicc.store.snapshots import current


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Home:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path / "home"))
    return Home.from_environment()


def test_only_accepted_deposits_count_and_without_a_pool_nobody_is_in_it(home: Home) -> None:
    for slug, state in (("theatre", DepositState.ACCEPTED), ("opera", DepositState.RECEIVING)):
        Deposit.objects.create(organization=Organization.objects.create(slug=slug, name=slug), state=state)
    assert members_progress() == ({"theatre"}, set())


def test_a_pool_that_cannot_be_read_holds_nobody(home: Home) -> None:
    home.pool.mkdir(parents=True)
    (home.pool / "current").write_text("../elsewhere", encoding="utf-8")
    assert members_progress() == (set(), set())


def test_without_a_pool_nothing_is_prepared_again(home: Home) -> None:
    prepare_again.call()
    take_out.call()
    assert not bring_up_to_date()
    assert current(home) is None
