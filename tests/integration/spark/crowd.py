"""A crowd of customers drawn from a seed: aliases, families, slips, values that strangers share, and canaries.

A canary is a name that nobody bears: found in clear where it should not be, it says that identities leaked.
"""

import csv
import random
from pathlib import Path
from typing import Final

FIRST: Final = (
    "Anne", "Luc", "Marie", "Jean-Sébastien", "Robert", "Zoé", "Émile", "Geneviève", "Sunil", "Kateri", "William",
    "Hélène", "Olivier", "Fatou", "Wei", "Noah", "Léa", "Pierre-Luc", "Maude", "Thérèse",
)  # fmt: skip
LAST: Final = (
    "Tremblay", "Gagnon", "Roy", "Côté", "Bouchard", "Gauthier", "Morin", "Lavoie", "Fortin", "Gagné", "Ouellet",
    "Pelletier", "Bélanger", "Lévesque", "Bergeron", "Leblanc", "Paquette", "Girard", "Simard", "Boucher",
    "Saint-Hilaire", "O'Brien", "Nguyen", "Singh",
)  # fmt: skip
STREETS: Final = (
    "rue Rachel", "boul. Saint-Laurent", "av. du Parc", "rue Racine", "chemin Sainte-Foy", "rue King Ouest",
)  # fmt: skip
CITIES: Final = (("Montréal", "H2X"), ("Québec", "G1R"), ("Sherbrooke", "J1H"), ("Chicoutimi", "G7H"))
CANARY: Final = "Zyxwarthin"
HEADERS: Final = (
    "organization", "customer_number", "first_name", "last_name", "address", "city", "postal_code", "phone", "email",
)  # fmt: skip


def crowd(rows: int, seed: int) -> list[dict[str, str]]:
    """About `rows` customers of three organizations; one in fifty is a canary, with aliases as the others have."""
    chance = random.Random(seed)
    made: list[dict[str, str]] = []
    while len(made) < rows:
        person = _person(chance, len(made))
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            made.append(_alias(chance, person) | {"customer_number": f"c{len(made):06}"})
    return made


def write_crowd(path: Path, rows: list[dict[str, str]]) -> Path:
    """The customers as a CSV file."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, HEADERS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def _person(chance: random.Random, number: int) -> dict[str, str]:
    city, sector = chance.choice(CITIES)
    first, last = chance.choice(FIRST), CANARY if number % 50 == 0 else chance.choice(LAST)
    return {
        "first_name": first,
        "last_name": last,
        "address": f"{chance.randrange(1, 400)} {chance.choice(STREETS)}",
        "city": city,
        "postal_code": f"{sector} {chance.randrange(10)}{chance.choice('ABCEGHJK')}{chance.randrange(10)}",
        "phone": f"514 2{chance.randrange(10, 100)} {chance.randrange(1000, 10000)}",
        "email": f"{first}.{last}{chance.randrange(99)}@courriel.ca".lower(),
    }


def _alias(chance: random.Random, person: dict[str, str]) -> dict[str, str]:
    """The person as one box office knows them: a slip here, a silence there, a value of the box office's own."""
    told = person | {"organization": chance.choice(("opera", "musee", "cirque"))}
    for name in ("address", "phone", "email", "postal_code"):
        if chance.random() < 0.2:
            told[name] = ""
    if chance.random() < 0.1:
        told["first_name"] = told["first_name"][0]
    if chance.random() < 0.1:
        told["last_name"] = told["last_name"][:-2] + told["last_name"][:-3:-1]
    if chance.random() < 0.05:
        told |= {"email": "billetterie@opera.ca", "phone": "999-999-9999"}
    if chance.random() < 0.03:
        told |= {"address": "1 Place des Arts", "postal_code": "H2X 1Y9", "city": "Montréal"}
    return told
