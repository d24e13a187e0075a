"""The long work that follows a deposit: every vault harmonised, a new pool published."""

import logging
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from publicc.collective.queries import profiles
from publicc.harmonise.pipeline import made_by
from publicc.harmonise.stages import Stages
from publicc.harmonise.together import harmonise_together
from publicc.intake.progress import RecordedProgress
from publicc.intake.tasks import finish
from publicc.store.home import Home
from publicc.store.rollups import RollupTables
from publicc.store.snapshots import current, forget_others

log = logging.getLogger("publicc.harmonise")


@task()
def rebuild(deposit_id: str) -> None:
    """Publish a pool that holds what the vaults hold, and bring the deposit that asked for it to its end.

    A failure leaves the last good pool in place and the deposit waiting: a worker that starts takes it up again.
    """
    _publish(timezone.localdate(), Stages(progress=RecordedProgress(deposit_id)))
    finish(deposit_id)


@task()
def prepare_again() -> None:
    """Publish the same pool as of the same day, as this version of the program prepares it."""
    published = current(Home.from_environment())
    if published is not None:
        _publish(published.as_of, Stages())


@task()
def take_out() -> None:
    """Publish a pool without those who were taken out of a vault, and remove every snapshot that may hold them."""
    home = Home.from_environment()
    published = current(home)
    if published is not None:
        _publish(published.as_of, Stages())
        forget_others(home)


def bring_up_to_date() -> bool:
    """Ask for the pool anew if an older program prepared it, so that nobody has to. Called when a worker starts."""
    published = current(Home.from_environment())
    behind = published is not None and published.code_version != made_by(_tables())
    if behind:
        prepare_again.enqueue()
    return behind


def _tables() -> RollupTables:
    made: RollupTables = import_string(settings.ROLLUP_TABLES)()
    return made


def _publish(as_of: date, stages: Stages) -> None:
    home = Home.from_environment()
    harmonise_together(home, profiles(), as_of=as_of, stages=stages, tables=_tables())
    import_string(settings.AFTER_REBUILD_TASK).enqueue()
