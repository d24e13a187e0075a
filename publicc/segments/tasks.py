"""Long work of the room, in the background: scoring every organization's buyers, each at home."""

import logging

from django.conf import settings
from django.utils.module_loading import import_string
from django_tasks import task

from publicc.kernel.errors import BadInput
from publicc.kernel.scope import OwnRows
from publicc.segments.learning import Settings
from publicc.segments.learning_actions import VersionProgress, measure_drift, train
from publicc.segments.local import score_organization
from publicc.segments.models import SegmentVersion
from publicc.segments.queries import current
from publicc.store.home import Home
from publicc.store.snapshots import current as current_snapshot

log = logging.getLogger("publicc.segments")


@task()
def score_everyone() -> None:
    """Score the buyers of every organization of the current snapshot by the model in force, then prepare the screens.

    Asked for after every snapshot and every publication. Without a model, only the screens are prepared.
    """
    home = Home.from_environment()
    if score_all(home):
        try:
            measure_drift(home)
        except BadInput as problem:
            log.info("drift not measured: %s", problem.sentence("en"))
    import_string(settings.AFTER_SCORING_TASK).enqueue()


@task()
def train_version(version_id: int) -> None:
    """Train a version that was begun; its page reads how it advances, or why it stopped."""
    version = SegmentVersion.objects.get(pk=version_id)
    train(Home.from_environment(), version, Settings(), VersionProgress(version))


def score_all(home: Home) -> dict[str, int]:
    """Organization → how many buyers were looked at; empty without a model in force or a snapshot."""
    model, manifest = current(), current_snapshot(home)
    if model is None or manifest is None:
        return {}
    return {slug: score_organization(home, OwnRows(slug), model) for slug in sorted(manifest.organizations)}
