"""The check-up of the control database, the trail, the queue, mail and the settings of the site."""

import smtplib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from publicc.collective import row_wall, trail, trail_guard
from publicc.collective.models import Organization
from publicc.kernel.checkup import Checked, bad, caution, good
from publicc.kernel.text import Text

_PATIENCE: Final = timedelta(minutes=15)


def check_site(*, now: datetime) -> Iterator[Checked]:
    """Every check of the site; those of tables only when the tables are there."""
    tables = check_migrations()
    yield tables
    if tables.do is None:
        yield check_trail()
        yield from check_walls()
        yield check_queue(now=now)
        yield check_demonstration()
    yield check_mail()
    yield check_settings()


def check_migrations() -> Checked:
    """Whether the control database answers and is of this version."""
    try:
        plan = MigrationExecutor(connection)
        left = plan.migration_plan(plan.loader.graph.leaf_nodes())
    except DatabaseError:
        return bad(
            "database",
            Text("La base de contrôle ne répond pas.", "The control database does not answer."),
            Text("Vérifier DATABASE_URL et les droits.", "Check DATABASE_URL and permissions."),
        )
    if left:
        told = Text(
            "Migrations qui manquent à la base de contrôle : {n}.", "Migrations that the control database lacks: {n}."
        )
        do = Text(
            "Lancer publicc serve ou publicc worker : ils la mettent à jour.",
            "Run publicc serve or publicc worker: they bring it up to date.",
        )
        return bad("database", told.filled(n=len(left)), do)
    told = Text("La base de contrôle ({kind}) est à jour.", "The control database ({kind}) is up to date.")
    return good("database", told.filled(kind=connection.vendor))


def check_trail() -> Checked:
    """Whether the trail is guarded and its chain whole."""
    if not trail_guard.guards() >= trail_guard.GUARDS:
        return bad(
            "trail",
            Text(
                "La base ne garde plus le journal contre les changements.",
                "The database no longer guards the trail against changes.",
            ),
            Text("Lancer publicc serve : il remet la garde.", "Run publicc serve: it puts the guard back."),
        )
    broken = trail.first_broken()
    if broken is not None:
        return bad(
            "trail",
            Text("La chaîne du journal se rompt à l'entrée {n}.", "The chain of the trail breaks at entry {n}.").filled(
                n=broken
            ),
            Text(
                "Comparer avec la dernière sauvegarde, et ouvrir un incident.",
                "Compare with the last backup, and open an incident.",
            ),
        )
    return good(
        "trail",
        Text("Le journal est gardé, et sa chaîne est entière.", "The trail is guarded, and its chain is whole."),
    )


def check_walls() -> Iterator[Checked]:
    """On PostgreSQL, whether each table of an organization is walled and the program's own role is held by it."""
    if connection.vendor != "postgresql":
        return
    bare = sorted(row_wall.walled() - row_wall.standing())
    if bare or row_wall.is_above_walls():
        yield bad(
            "walls",
            Text(
                "La base ne sépare pas elle-même les organismes : {what}.",
                "The database itself does not part organizations: {what}.",
            ).filled(what=", ".join(bare) or "superuser / BYPASSRLS"),
            Text(
                "Donner dans DATABASE_URL un rôle qui possède sa base, sans SUPERUSER ni BYPASSRLS, et relancer.",
                "Name in DATABASE_URL a role that owns its database, no SUPERUSER nor BYPASSRLS, and start again.",
            ),
        )
    else:
        told = Text("La base elle-même sépare les organismes.", "The database itself parts organizations.")
        yield good("walls", told)


def check_queue(*, now: datetime) -> Checked:
    """Whether work waits too long, or failed in the last day."""
    results = DBTaskResult.objects.filter(enqueued_at__gte=now - timedelta(days=1))
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY, enqueued_at__lt=now - _PATIENCE)
    late = waiting.exclude(run_after__gt=now).count()
    failed = results.filter(status=TaskResultStatus.FAILED).count()
    if late:
        told = Text(
            "Travaux qui attendent depuis plus de 15 minutes : {n}.", "Tasks that have waited for over 15 minutes: {n}."
        )
        return bad("queue", told.filled(n=late), Text("Lancer publicc worker.", "Run publicc worker."))
    if failed:
        told = Text("Travaux qui ont échoué depuis un jour : {n}.", "Tasks that failed within a day: {n}.")
        return caution("queue", told.filled(n=failed), Text("Lire le journal du serveur.", "Read the server's log."))
    return good("queue", Text("Aucun travail en retard.", "No task is late."))


def check_mail() -> Checked:
    """Whether messages can leave."""
    if not settings.EMAIL_CONFIG:
        return caution(
            "mail",
            Text(
                "Aucun serveur de courriel : les messages vont au journal du serveur.",
                "No mail server: messages go to the server's log.",
            ),
            Text("Nommer PUBLICC_EMAIL_HOST.", "Set PUBLICC_EMAIL_HOST."),
        )
    try:
        with get_connection(timeout=5):
            pass
    except (OSError, smtplib.SMTPException):
        return bad(
            "mail",
            Text("Le serveur de courriel ne répond pas.", "The mail server does not answer."),
            Text(
                "Vérifier PUBLICC_EMAIL_HOST et PUBLICC_EMAIL_PORT.", "Check PUBLICC_EMAIL_HOST and PUBLICC_EMAIL_PORT."
            ),
        )
    return good("mail", Text("Le serveur de courriel répond.", "The mail server answers."))


def check_demonstration() -> Checked:
    """Whether a demonstration stands beside nothing real."""
    real = Organization.objects.filter(is_demo=False).exists()
    if settings.DEMO and real:
        return bad(
            "demonstration",
            Text("Mode de démonstration à côté de vrais organismes.", "Demonstration mode beside real organizations."),
            Text("Retirer PUBLICC_DEMO.", "Unset PUBLICC_DEMO."),
        )
    n = Organization.objects.count()
    return good("demonstration", Text("Organismes : {n}.", "Organizations: {n}.").filled(n=n))


def check_settings() -> Checked:
    """Whether the site is set for the open."""
    if settings.DEBUG:
        return bad(
            "settings",
            Text("Le mode de mise au point est en marche.", "Debug mode is on."),
            Text("Retirer PUBLICC_DEBUG.", "Unset PUBLICC_DEBUG."),
        )
    if not settings.HTTPS:
        return caution(
            "settings",
            Text(
                "Le site n'exige pas TLS : sur cette machine seulement.",
                "The site does not require TLS: on this machine only.",
            ),
            Text(
                "Derrière un serveur mandataire TLS, mettre PUBLICC_HTTPS=1.",
                "Behind a TLS proxy, set PUBLICC_HTTPS=1.",
            ),
        )
    return good("settings", Text("Le site exige TLS.", "The site requires TLS."))
