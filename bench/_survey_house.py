"""The organization and the open survey of the bench of surveys, made and read in a process of their own.

`python -m bench._survey_house make` prepares the home of the environment and prints the code of the link;
`python -m bench._survey_house read` prints what each response holds, one JSON object a line.
"""

import importlib
import json
import sys
from collections.abc import Callable
from typing import Final

import django
from django.db import connection


def make() -> None:
    """A survey on the common core with two modules, open."""
    importlib.import_module("publicc.cli.installation").prepare()
    actions = importlib.import_module("publicc.surveys.actions")
    access = importlib.import_module("publicc.collective.access")
    models = importlib.import_module("publicc.collective.models")
    text = importlib.import_module("publicc.kernel.text")
    users = importlib.import_module("django.contrib.auth").get_user_model()
    theatre = models.Organization.objects.create(slug="maison", name="Maison des mesures")
    user = users.objects.create(username="direction@maison.example", email="direction@maison.example")
    models.Membership.objects.create(user=user, organization=theatre, role="DIRECTOR")
    who = access.visitor(user, theatre.slug)
    title = text.Text("Votre sortie", "Your visit")
    made = actions.create(who=who, by=user, title=title, visited=True)
    actions.retitle(who=who, by=user, key=made.key, title=title, modules=["mod.price", "mod.barriers"])
    actions.publish(who=who, by=user, key=made.key)
    print(made.links.get().code)


def read() -> None:
    """Every response, opened: the digest of its token, its state and its answers."""
    models = importlib.import_module("publicc.surveys.models")
    sealing = importlib.import_module("publicc.store.sealing")
    seal = sealing.Seal.of("maison", "answers")
    with connection.cursor() as cursor:
        sound = "ok" if connection.vendor != "sqlite" else cursor.execute("PRAGMA integrity_check").fetchone()[0]
    print(json.dumps({"sound": sound}))
    for one in models.Response.objects.iterator():
        print(json.dumps({"token": one.token, "state": one.state, "answers": seal.opened(one.answers, one.pk)}))


DEEDS: Final[dict[str, Callable[[], None]]] = {"make": make, "read": read}

if __name__ == "__main__":
    django.setup()
    DEEDS[sys.argv[1]]()
