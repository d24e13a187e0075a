"""What the generator planted is found again through the public commands: `publicc demo build`, then `publicc run`."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HOUSE = "theatre-du-grand-hunier"
SEASONS = ("2017-2018", "2018-2019", "2019-2020", "2024-2025", "2025-2026")


def publicc(*words: str | Path) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "publicc", *map(str, words)], check=True, capture_output=True, timeout=400
    )
    return done.stdout


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The truth of one house, what `run` counted of it, and its dashboard."""
    folder = tmp_path_factory.mktemp("truths")
    publicc("demo", "build", "--organizations", "1", "--customers", "3000", "--out", folder / "demo")
    source, out = folder / "source", folder / "out"
    shutil.copytree(folder / "demo" / HOUSE, source / HOUSE)
    truth = json.loads((folder / "demo" / "truth" / "truth.json").read_text())
    publicc("run", source, "--out", out, "--as-of", truth["as_of"])
    return {
        "truth": truth["organizations"][HOUSE],
        "findings": truth["findings"],
        "out": out,
        "run": json.loads((out / "run.json").read_text())["organizations"][HOUSE],
        "seasons": json.loads((out / "dashboards" / f"{HOUSE}.json").read_text())["seasons"],
    }


def shown(told: dict[str, Any], season: str, screen: str, metric: str) -> float:
    cell = told["seasons"][season][screen]["figures"][metric]["cell"]
    assert cell["state"] == "shown", cell
    return float(cell["value"])


def test_every_count_is_the_true_one(told: dict[str, Any]) -> None:
    for name in ("tickets", "revenue", "performances", "shows", "first_order_on", "last_order_on"):
        assert told["run"][name] == told["truth"][name], name


def test_persons_behind_aliases_are_found_within_one_percent(told: dict[str, Any]) -> None:
    assert told["run"]["persons"] == pytest.approx(told["truth"]["persons"], rel=0.01)
    assert told["run"]["persons"] < told["run"]["customers"]


@pytest.mark.parametrize("season", SEASONS)
def test_the_screen_shows_the_true_admissions_and_occupancy(told: dict[str, Any], season: str) -> None:
    truth = told["truth"]["seasons"][season]
    assert shown(told, season, "season", "admission_count") == truth["admissions"]
    assert shown(told, season, "season", "occupancy_rate") == pytest.approx(truth["occupancy"], abs=1e-6)


@pytest.mark.parametrize("season", SEASONS)
def test_at_the_december_peak_people_come_from_farther_and_buy_later(told: dict[str, Any], season: str) -> None:
    rows = told["seasons"][season]["territories"]["tables"]["indices"]["rows"]
    december = next(row for row in rows if row[0]["fr"].startswith("décembre"))
    distance, local, sale_period = (cell["value"] for cell in december[1:4])
    assert distance > 100 > local
    assert sale_period < 100


def test_the_price_change_is_found(told: dict[str, Any]) -> None:
    before = shown(told, "2018-2019", "season", "average_price_paid")
    after = shown(told, "2019-2020", "season", "average_price_paid")
    assert after / before == pytest.approx(told["findings"]["price_change"]["factor"], abs=0.05)


def test_the_segments_that_were_planted_are_found_again(told: dict[str, Any]) -> None:
    """Each within two buyers of a hundred: aliases that no rule could join make a few more newcomers."""
    planted = told["findings"]["parcours_at_as_of"][HOUSE]
    answered = publicc(
        "query", "parcours_share", "--organization", HOUSE, "--by", "parcours", "--run", told["out"], "--json"
    )
    shares = {row["parcours"]: row["parcours_share"]["value"] for row in json.loads(answered)["rows"]}
    assert set(planted) <= set(shares)
    assert {"NEW", "RETURNING", "REGULAR", "PASSIONATE", "LOST"} <= set(planted)
    for code, buyers in planted.items():
        assert shares[code] == pytest.approx(buyers / sum(planted.values()), abs=0.02), code
