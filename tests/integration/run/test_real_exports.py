"""Real exports through the whole job must give the counts that their README and two independent readings gave."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.shared_data import SHARED, needs_shared

pytestmark = [pytest.mark.shared, needs_shared]

ROOT = Path(__file__).parents[3]
TICKETING = SHARED / "ticketing"
IDENTITIES = ("E-Mail", "Numéro de téléphone", "Adresse de facturation (rue)", "Nom de l'adresse de facturation")

EXPORTS = {
    "french-theatre": ["arenametrics/sample.csv"],
    "shop-before": ["pretix/t0/orderlist_positions_default.csv"],
    "shop-after": ["pretix/t1/orderlist_positions_semicolon.csv", "pretix/t1/eventdata_default.csv"],
    "workbook": ["pretix/t1/orderlist_xlsx.xlsx"],
    "music-shop": ["cdnow/CDNOW_sample.txt"],
    "grosses": ["arttheater/gross_revenue_by_event.csv"],
    "opera": ["spektrix_ca/manitobaopera_json_data.json"],
    "events-only": ["spektrix_ca/kaymeekcentre_data.json"],
    "no-tables": ["ticketsource/openapi-1.1.json"],
}
COUNTED = ("rows_refused", "customers", "performances", "shows", "tickets", "revenue", "taxes", "first_order_on",
           "last_order_on")  # fmt: skip
EXPECTED = {
    "french-theatre": (0, 24, 40, 25, 99, 2337.0, 0.0, "2015-06-02", "2015-06-04"),
    "shop-before": (0, 49, 10, 1, 518, 22300.0, 0.0, "2026-11-21", "2026-11-21"),
    "shop-after": (0, 60, 11, 2, 532, 22775.0, 11.98, "2026-11-21", "2026-11-21"),
    "workbook": (0, 60, 11, 2, 532, 22775.0, 11.98, "2026-11-21", "2026-11-21"),
    "music-shop": (0, 2357, 0, 0, 16479, 244091.94, 0.0, "1997-01-01", "1998-06-30"),
    "grosses": (0, 0, 0, 456, 0, 827986.75, 0.0, None, None),
    "opera": (0, 0, 16, 12, 0, 0.0, 0.0, None, None),
    "events-only": (0, 0, 0, 54, 0, 0.0, 0.0, None, None),
}
"""By the README, but for customers of the shop: one an e-mail or, without one, an order (56 and 4 at the end)."""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of them in one source, given by a path relative to where the command is run."""
    room = tmp_path_factory.mktemp("real")
    for name, files in EXPORTS.items():
        (room / "source" / name).mkdir(parents=True)
        for file in files:
            (room / "source" / name / Path(file).name).write_bytes((TICKETING / file).read_bytes())
    told = subprocess.run(
        [sys.executable, "-m", "publicc", "run", "source", "--out", "out", "--lang", "en"],
        cwd=room,
        env={"PUBLICC_HOME": str(room / "home"), "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1, told.stderr
    assert "no-tables: No table was recognised" in told.stderr
    return room


def organizations(room: Path) -> dict[str, dict[str, Any]]:
    return dict(json.loads((room / "out" / "run.json").read_text(encoding="utf-8"))["organizations"])


@pytest.mark.parametrize("name", EXPECTED)
def test_a_real_export_gives_the_counts_of_a_correct_reading(room: Path, name: str) -> None:
    found = organizations(room)[name]
    assert dict(zip(COUNTED, EXPECTED[name], strict=True)) == {count: found[count] for count in COUNTED}


def test_only_what_holds_no_table_is_left_out(room: Path) -> None:
    assert set(organizations(room)) == set(EXPECTED)


def identities() -> set[bytes]:
    """What the shop's file says of its buyers, in the columns of identities."""
    with (TICKETING / EXPORTS["shop-before"][0]).open(encoding="utf-8", newline="") as file:
        told = {row[column] for row in csv.DictReader(file) for column in IDENTITIES if column in row}
    return {value.lower().encode() for value in told if len(value) > 7}


def test_the_results_name_nobody(room: Path) -> None:
    secrets = identities()
    assert len(secrets) > 90
    for path in (room / "out").rglob("*.*"):
        content = path.read_bytes().lower()
        assert not [secret for secret in secrets if secret in content], path.name
