"""The long work that follows a deposit: every vault harmonised, a new pool published."""

import logging

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from publicc.collective.queries import profiles
from publicc.harmonise.pipeline import harmonise
from publicc.harmonise.stages import Stages
from publicc.intake.progress import RecordedProgress
from publicc.intake.tasks import finish
from publicc.store.home import Home
from publicc.store.keys import KeyRing

log = logging.getLogger("publicc.harmonise")


@task()
def rebuild(deposit_id: str) -> None:
    """Publish a pool that holds what the vaults hold, and bring the deposit that asked for it to its end.

    A failure leaves the last good pool in place and the deposit waiting: a worker that starts takes it up again.
    """
    home = Home.from_environment()
    today = timezone.localdate()
    stages = Stages(progress=RecordedProgress(deposit_id))
    tables = import_string(settings.ROLLUP_TABLES)()
    harmonise(home, KeyRing.open(home), profiles(), as_of=today, stages=stages, tables=tables)
    finish(deposit_id)
    import_string(settings.AFTER_REBUILD_TASK).enqueue()
