"""A deposit is whole or is not: killed processes, and two deposits at once, on a real encrypted vault."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from publicc.collective.profiles import OrganizationProfile
from publicc.intake.deposits.desk import deposit_files, deposits_at, undo_last_deposit
from publicc.store.home import Home
from tests.intake_deposits import RECEIVED, drawn
from tests.integration.intake.test_deposits import THREE

ORGANIZATION = OrganizationProfile("theatre", "Théâtre")
ROWS = 200_000
CHILD = """
import sys
from datetime import datetime
from pathlib import Path
from publicc.collective.profiles import OrganizationProfile
from publicc.intake.deposits.desk import deposit_files
from publicc.store.home import Home
deposit_files(Home(Path(sys.argv[1])), [Path(sys.argv[2])],
              organization=OrganizationProfile("theatre", "T"), received_at=datetime(2026, 11, 22))
"""


def written(folder: Path) -> list[Path]:
    paths = []
    for name, drawing in THREE.items():
        path = folder / name
        path.write_text(drawn(drawing), encoding="utf-8")
        paths.append(path)
    return paths


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def large(folder: Path) -> Path:
    head = "Numéro de transaction,Code client,Code événement,Date & heure transaction,Montant du billet"
    rows = (f"X{n},C{n % 9000},E{n % 80},2021-03-{n % 28 + 1:02} 10:00,{n % 60}" for n in range(ROWS))
    path = folder / "grand.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("after_seconds", [1.5, 4.0, 7.0])
def test_a_killed_deposit_leaves_the_former_state_and_can_be_done_again(
    home: Home, tmp_path: Path, after_seconds: float
) -> None:
    small = written(tmp_path)
    deposit_files(home, small, organization=ORGANIZATION, received_at=RECEIVED)
    file = large(tmp_path)
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(home.root), str(file)], env=dict(os.environ))
    time.sleep(after_seconds)
    child.send_signal(signal.SIGKILL)
    child.wait()
    finished = len(deposits_at(home, "theatre"))
    assert finished in (1, 2)
    report = deposit_files(home, [file], organization=ORGANIZATION, received_at=RECEIVED)
    assert report.held.tickets == 4 + ROWS
    undo_last_deposit(home, "theatre")
    assert len([entry for entry in deposits_at(home, "theatre") if entry.state == "active"]) == 1


def test_two_deposits_at_once_come_one_after_the_other(home: Home, tmp_path: Path) -> None:
    first, second, third = written(tmp_path)
    children = [
        subprocess.Popen([sys.executable, "-c", CHILD, str(home.root), str(file)], env=dict(os.environ))
        for file in (first, third)
    ]
    assert [child.wait() for child in children] == [0, 0]
    report = deposit_files(home, [second], organization=ORGANIZATION, received_at=RECEIVED)
    assert (report.held.customers, report.held.performances, report.held.tickets) == (2, 2, 4)
    assert len(deposits_at(home, "theatre")) == 3
