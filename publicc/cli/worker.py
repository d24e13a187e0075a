"""`publicc worker`: the background work, one task after another."""

import importlib

import django
import typer
from django.core.management import call_command

from publicc.cli import installation
from publicc.store.home import Home
from publicc.store.presence import at_work

app = typer.Typer()


@app.command()
def worker(
    *,
    until_empty: bool = typer.Option(default=False, help="Leave when nothing is waiting, instead of waiting for more."),
) -> None:
    """Read deposits and rebuild the pool, as they are asked for on the site.

    `publicc serve` runs one; run it alone to put the site and the work on two machines' processes.

    Example: publicc worker
    """
    django.setup()
    tasks = importlib.import_module("publicc.intake.tasks")
    installation.prepare_database()
    tasks.take_up_again()
    importlib.import_module("publicc.harmonise.tasks").bring_up_to_date()
    importlib.import_module("publicc.intake.purging").start_purging()
    importlib.import_module("publicc.dashboards.digests").start_sending()
    importlib.import_module("publicc.surveys.erasing").start_erasing()
    importlib.import_module("publicc.reports.recurring.sending").start_sending()
    importlib.import_module("publicc.api.hooks.telling").start_telling()
    importlib.import_module("publicc.collective.person_reminders").start_reminding()
    importlib.import_module("publicc.sharing.daily").start_minding()
    importlib.import_module("publicc.collective.retention").start_running()
    with at_work(Home.from_environment()):
        call_command("db_worker", batch=until_empty, interval=0.5, startup_delay=False, verbosity=0)
