"""Adds to an installation a house with buyers, a person of its hub, and a draft that a short training gives.

`python -m tests.functional.profiled_installation PASSWORD`, under the `PUBLICC_HOME` of the installation.
"""

import importlib
import sys
from dataclasses import replace

import django

from publicc.segments.learning import Settings
from publicc.segments.model import Evidence
from publicc.segments.training import trained
from publicc.store.home import Home
from tests.drawn_vaults import fill
from tests.unit.segments.planted import planted

SLUG = "maison-des-profils"
HUB = "operations@hub.example"
VERSION = "2026.1"
NIGHTS = (("2025-10-10", "Théâtre"), ("2025-11-11", "Danse"), ("2025-12-12", "Théâtre"), ("2026-01-13", "Danse"))


def main(password: str) -> None:
    """The house is deposited and waits for its harmonisation; the draft waits for its names."""
    django.setup()
    models = importlib.import_module("publicc.collective.models")
    purposes = importlib.import_module("publicc.collective.purposes").Purpose
    users = importlib.import_module("django.contrib.auth").get_user_model()
    house = models.Organization.objects.create(slug=SLUG, name="Maison des profils")
    importlib.import_module("tests.agreed").with_agreement(house, *purposes)
    director, operator = (
        users.objects.create_user(username=email, email=email, password=password)
        for email in (f"direction@{SLUG}.example", HUB)
    )
    models.Membership.objects.create(user=director, organization=house, role="DIRECTOR")
    models.Seat.objects.create(user=operator, role="OPERATOR")
    deposit()
    model = trained(
        planted().patterns, Settings(draws=2, starts=4, candidates=(4,)), version=VERSION, created="2026-01-31"
    )
    told = replace(model, evidence=(Evidence(frozenset(), 1.0),), assign=0.4)  # little is known of that house's buyers
    versions = importlib.import_module("publicc.segments.models").SegmentVersion
    versions.objects.create(version=VERSION, state="DRAFT", file=told.as_json(), sha256=told.sha256)


def deposit() -> None:
    """Thirty-six buyers of one to four nights."""
    customers = ["customer_key | first_name | last_name | email", "---"]
    customers += [f"C{n} | Prénom{n} | Nom{n} | c{n}@poste.ca" for n in range(36)]
    performances = ["performance_key | title | starts_on | starts_at | has_time | capacity | discipline_label", "---"]
    for n, (day, discipline) in enumerate(NIGHTS):
        performances.append(f"E{n} | Titre {n} | {day} | {day} 20:00:00 | true | 100 | {discipline}")
    tickets = ["order_key | customer_key | performance_key | ordered_on", "---"]
    tickets += [f"T{n}-{e} | C{n} | E{e} | 2025-09-0{1 + e}" for n in range(36) for e in range(1 + n % len(NIGHTS))]
    tables = {"customers": customers, "performances": performances, "tickets": tickets}
    fill(Home.from_environment(), SLUG, **{name: "\n".join(rows) for name, rows in tables.items()})


if __name__ == "__main__":
    main(sys.argv[1])
