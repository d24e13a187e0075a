"""The break that the demonstration plants in crowded days is found again through `publicc run` and `publicc query`.

The whole demonstration is large. Here its own programmes, days and fullness are exported as plain tables: each order
takes all the seats of an evening, in rooms of a quarter of the size, and nothing else has to be read.
"""

import csv
import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from publicc.demo.build import DEFAULT_SEED
from publicc.demo.chance import Chance
from publicc.demo.organizations import Plan, plans
from publicc.demo.sales import BREAK_ABOVE, BREAK_SLOPE, crowding, fullness
from publicc.demo.seasons import AS_OF, Programme, programme

HOUSE = "theatre-du-grand-hunier"


def publicc(*words: str | Path) -> str:
    told = subprocess.run(
        [sys.executable, "-m", "publicc", *map(str, words)], check=True, capture_output=True, timeout=400, text=True
    )
    return told.stdout


def export(folder: Path, plan: Plan, played: Programme, shares: list[float]) -> None:
    """Performances and orders of one house up to the day of the exports; other houses sell one ticket an evening."""
    folder.mkdir(parents=True)
    (folder / "organization.toml").write_text(
        f'name = "{plan.name}"\nterritory = "{plan.territory}"\ndisciplines = ["{plan.disciplines[0].value}"]\n',
        encoding="utf-8",
    )
    with (
        (folder / "programmation.csv").open("w", encoding="utf-8", newline="") as offered,
        (folder / "ventes.csv").open("w", encoding="utf-8", newline="") as sold,
    ):
        nights, orders = csv.writer(offered), csv.writer(sold)
        nights.writerow(["Code représentation", "Titre événement", "Nom de la salle", "Date & heure de début", "Jauge"])
        orders.writerow(["No commande", "Date commande", "Code représentation", "Tarif", "Quantité", "Prix unitaire"])
        for at, (day, seats) in enumerate(zip(played.day.tolist(), (played.capacity // 4).tolist(), strict=True)):
            on = date(1970, 1, 1) + timedelta(day)
            if on > AS_OF or played.cancelled[at]:
                continue
            tickets = round(seats * shares[at]) if plan.slug == HOUSE else 1
            show, room = f"Spectacle {played.show[at]}", f"Salle {played.room[at]}"
            nights.writerow([f"P{at}", show, room, f"{on} {played.hour[at]:02d}:00", seats])
            orders.writerow([at, f"{on - timedelta(9)} 12:00", f"P{at}", "Régulier", tickets, "20.00"])


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """What `publicc query crowding_break` says of one house of the Quartier."""
    folder, chance = tmp_path_factory.mktemp("crowding"), Chance(DEFAULT_SEED)
    quartier = [plan for plan in plans(12) if plan.crowded]
    programmes = [programme(chance, plan, 1.0) for plan in quartier]
    same_day = crowding(programmes)
    for plan, played in zip(quartier, programmes, strict=True):
        export(folder / "source" / plan.slug, plan, played, fullness(plan, played, same_day).tolist())
    publicc("run", folder / "source", "--out", folder / "out", "--as-of", AS_OF.isoformat())
    answered = publicc("query", "crowding_break", "--organization", HOUSE, "--run", folder / "out", "--json")
    return {row["estimate"]: row["crowding_break"] for row in json.loads(answered)["rows"]}


def test_the_planted_break_is_found_within_one(told: dict[str, dict[str, float]]) -> None:
    assert told["break"]["state"] == "shown"
    assert abs(told["break"]["value"] - BREAK_ABOVE) <= 1
    assert told["break_low"]["value"] - 1 <= BREAK_ABOVE <= told["break_high"]["value"] + 1


def test_each_performance_past_the_break_costs_what_was_planted(told: dict[str, dict[str, float]]) -> None:
    assert told["slope_low"]["value"] <= -BREAK_SLOPE <= told["slope_high"]["value"]
    assert told["slope_high"]["value"] < 0
    assert abs(told["slope_below"]["value"]) < BREAK_SLOPE / 3
