"""Fills an installation with the drawn tour: its organizations, their agreements, the common show, people to sign in.

`python -m tests.functional.tour_installation PASSWORD`, under the `PUBLICC_HOME` of the installation.
"""

import importlib
import sys

import django

from publicc.store.home import Home
from tests.integration.sharing.tour import OTHERS, PRESENTERS, draw_tour


def main(password: str) -> None:
    """The tour as it stands before anybody asked for anything."""
    django.setup()
    importlib.import_module("publicc.cli.installation").prepare_database()
    models = importlib.import_module("publicc.collective.models")
    directory = importlib.import_module("publicc.directory.models")
    purposes = importlib.import_module("publicc.collective.purposes").Purpose
    with_agreement = importlib.import_module("tests.agreed").with_agreement
    entry = directory.Entry.objects.create(kind="SHOW", name_fr="La Tournée", origin="PERSON", is_listed=True)
    for slug in (*PRESENTERS, *OTHERS):
        house = with_agreement(models.Organization.objects.create(slug=slug, name=slug.title()), *purposes)
        if slug in PRESENTERS:
            directory.Label.objects.create(
                organization=house, kind="SHOW", own_id=f"{slug}-tour", text="La tournée", entry=entry,
                state="CONFIRMED", confidence=1.0,
            )  # fmt: skip
    producer = models.Organization.objects.create(slug="compagnie", name="Compagnie")
    users = importlib.import_module("django.contrib.auth").get_user_model()
    for slug, role in (*((slug, "DIRECTOR") for slug in PRESENTERS), (producer.slug, "PARTNER")):
        email = f"direction@{slug}.example"
        person = users.objects.create_user(username=email, email=email, password=password)
        house = models.Organization.objects.get(slug=slug)
        models.Membership.objects.create(user=person, organization=house, role=role)
    draw_tour(Home.from_environment().root)


if __name__ == "__main__":
    main(sys.argv[1])
