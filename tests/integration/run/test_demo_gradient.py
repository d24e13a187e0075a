"""The gradient that the invented census plants in each town is found again through `publicc demo install` and `query`.

The whole demonstration is large. Here its own people and publics are exported as plain tables, one house a town, one
performance and one ticket a buyer; the census is the one that the demonstration ships.
"""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from publicc.cli.app import app
from publicc.demo.audience import audience
from publicc.demo.build import DEFAULT_SEED, TRUTH
from publicc.demo.census import CENSUS_FILE, GRADIENTS, invented_census
from publicc.demo.chance import Chance
from publicc.demo.organizations import Plan, plans
from publicc.demo.people import People, populate
from publicc.demo.places import Homes, homes, position_of

CUSTOMERS = 6_000
TERRITORY = {"Montréal": "06", "Québec": "03", "Rimouski": "01", "Saguenay": "02", "Sherbrooke": "05", "Toronto": "ON"}
"""Town → the home territory around it."""


def house_of(town: str, chosen: tuple[Plan, ...]) -> Plan:
    """The largest house of a town."""
    return max((plan for plan in chosen if plan.city == town), key=lambda plan: plan.share)


def export(folder: Path, plan: Plan, people: People, at: Homes, chance: Chance) -> None:
    folder.mkdir(parents=True)
    (folder / "organization.toml").write_text(
        f'name = "{plan.name}"\nterritory = "{plan.territory}"\ndisciplines = ["{plan.disciplines[0].value}"]\n'
        f'[[venues]]\nlabel = "Salle"\ncity = "{plan.city}"\npostal_code = "{at.code[position_of(at, plan.venue)]}"\n',
        encoding="utf-8",
    )
    public = audience(chance, plan, people, at=at, customers=CUSTOMERS)
    with (
        (folder / "clients.csv").open("w", encoding="utf-8", newline="") as known,
        (folder / "ventes.csv").open("w", encoding="utf-8", newline="") as sold,
    ):
        clients, orders = csv.writer(known), csv.writer(sold)
        clients.writerow(["Code client", "Prénom", "Nom", "Ville", "Province", "Code postal"])
        orders.writerow(
            ["No commande", "Code client", "Date commande", "Titre événement", "Nom de la salle",
             "Date & heure de début", "Tarif", "Quantité", "Prix unitaire"]
        )  # fmt: skip
        for at_row, person in enumerate(public.person.tolist()):
            home = people.home[person]
            name = (people.first_name[person], people.last_name[person])
            clients.writerow([f"C{person}", *name, at.city[home], at.province[home], at.code[home]])
            orders.writerow(
                [at_row, f"C{person}", "2025-10-01", "Le lac", "Salle", "2025-11-10 20:00", "Régulier", 1, "30,00"]
            )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gradient")
    chance, chosen, at = Chance(DEFAULT_SEED), plans(12), homes()
    people = populate(chance, at, chosen, CUSTOMERS)
    for town in TERRITORY:
        plan = house_of(town, chosen)
        export(folder / "demo" / plan.slug, plan, people, at, chance)
    (folder / "demo" / TRUTH).mkdir()
    invented_census(chance, at, chosen, people).write(folder / "demo" / TRUTH / CENSUS_FILE)
    subprocess.run(
        [sys.executable, "-m", "publicc", "demo", "install", "--from", str(folder / "demo")],
        env={**os.environ, "PUBLICC_HOME": str(folder / "home"), "PUBLICC_DEMO": "1"},
        check=True, capture_output=True, timeout=500,
    )  # fmt: skip
    return folder / "home"


@pytest.mark.parametrize("town", TERRITORY)
def test_the_sign_of_the_gradient_is_the_planted_one(town: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLICC_HOME", str(home))
    words = ["query", "census_profile_index", "--organization", house_of(town, plans(12)).slug, "--json"]
    words += ["--where", f"home_territory={TERRITORY[town]}"]
    told = json.loads(CliRunner().invoke(app, words).stdout)
    indices = {row["census_trait"]: row["census_profile_index"] for row in told["rows"]}
    found = float(indices["degree"]["value"]) - 100
    assert found * GRADIENTS.get(town, 1) > 2, indices["degree"]
