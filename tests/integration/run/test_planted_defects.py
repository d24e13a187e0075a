"""Defects planted in the demonstration's exports are read through: `publicc demo build`, then `publicc run`.

Negative amounts, two date forms in one column, performances put off, entries scanned, taxes that differ by system.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

NEGATIVE, PUT_OFF, SCANNED, TAXED = (
    "harbourlight-stage", "festival-les-nuits-de-la-marelle", "maison-des-petits-pas", "opera-du-levant",
)  # fmt: skip
HOUSES = (NEGATIVE, PUT_OFF, SCANNED, TAXED)


def publicc(*words: str | Path) -> None:
    subprocess.run([sys.executable, "-m", "publicc", *map(str, words)], check=True, capture_output=True, timeout=1200)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The four houses of a small collective, run once."""
    folder = tmp_path_factory.mktemp("planted")
    publicc("demo", "build", "--customers", "2500", "--out", folder / "demo")
    for house in HOUSES:
        shutil.copytree(folder / "demo" / house, folder / "source" / house)
    truth = json.loads((folder / "demo" / "truth" / "truth.json").read_text())
    publicc("run", folder / "source", "--out", folder / "out", "--as-of", truth["as_of"])
    return folder / "out"


def true(out: Path, house: str) -> dict[str, Any]:
    return dict(json.loads((out.parent / "demo" / "truth" / "truth.json").read_text())["organizations"][house])


def counted(out: Path, house: str) -> dict[str, Any]:
    return dict(json.loads((out / "run.json").read_text())["organizations"][house])


def pool(out: Path, table: str, house: str, what: str) -> Any:  # noqa: ANN401 - one value of any kind
    rows = f"SELECT {what} FROM '{out}/pool/{table}.parquet' WHERE organization = ?"
    return (duckdb.execute(rows, [house]).fetchone() or (None,))[0]


@pytest.mark.parametrize("house", HOUSES)
def test_no_defect_changes_the_true_counts(out: Path, house: str) -> None:
    told, truth = counted(out, house), true(out, house)
    names = ("tickets", "revenue", "performances", "shows", "customers", "first_order_on", "last_order_on")
    known = [name for name in names if truth[name] is not None]
    assert {name: told[name] for name in known} == {name: truth[name] for name in known}
    assert told["rows_refused"] == 0


@pytest.mark.parametrize("house", HOUSES)
def test_the_admissions_of_each_season_are_the_true_ones(out: Path, house: str) -> None:
    seasons = json.loads((out / "dashboards" / f"{house}.json").read_text())["seasons"]
    for season, truth in true(out, house)["seasons"].items():
        cell = seasons[season]["season"]["figures"]["admission_count"]["cell"]
        assert (cell["state"], cell["value"]) == ("shown", truth["admissions"]), season


def test_a_negative_row_refunds_the_sale_it_names(out: Path) -> None:
    refunded = pool(out, "purchases", NEGATIVE, "count(*) FILTER (ticket_status = 'REFUNDED')")
    assert refunded == true(out, NEGATIVE)["tickets_refunded_by_a_negative_row"] > 0


def test_two_date_forms_of_one_column_are_both_read(out: Path) -> None:
    former = pool(out, "purchases", NEGATIVE,
                  "count(*) FILTER (ordered_on < DATE '2019-03-01' AND ticket_status = 'VALID')")  # fmt: skip
    assert former == true(out, NEGATIVE)["tickets_in_the_former_date_form"] > 0
    assert pool(out, "purchases", NEGATIVE, "count(*) FILTER (ordered_on IS NULL)") == 0


def test_performances_put_off_keep_their_former_date(out: Path) -> None:
    moved = "count(*) FILTER (status = 'RESCHEDULED' AND previous_starts_on = starts_on - 9 AND rescheduled_on "
    found = pool(out, "performances", PUT_OFF, f"{moved} = starts_on - 12)")
    assert found == true(out, PUT_OFF)["performances_rescheduled"] > 0


def test_entries_at_the_door_are_counted(out: Path) -> None:
    truth = true(out, SCANNED)
    valid = "FILTER (ticket_status = 'VALID' AND is_scanned {0})"
    assert pool(out, "purchases", SCANNED, f"count(*) {valid.format('')}") == truth["tickets_scanned"] > 0
    known = pool(out, "purchases", SCANNED, f"count(*) {valid.format('IS NOT NULL')}")
    assert known == truth["tickets_expected_at_the_door"]


def test_taxes_inside_the_amounts_of_one_system_are_taken_out_and_told(out: Path) -> None:
    assert counted(out, TAXED)["taxes"] == pytest.approx(true(out, TAXED)["taxes"], abs=0.005)
