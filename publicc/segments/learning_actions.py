"""Training a version: at once for a command, or in the background while somebody watches it advance."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from publicc.collective.trail import record
from publicc.kernel.errors import Busy, NotFound, PublicCError, unforeseen
from publicc.kernel.progress import SILENT, Progress
from publicc.kernel.text import Text
from publicc.releases.agreed import consent_today
from publicc.releases.patterns import Patterns, training_patterns
from publicc.segments.drifting import drift_of
from publicc.segments.learning import Settings
from publicc.segments.models import SegmentVersion
from publicc.segments.naming import is_named
from publicc.segments.queries import current, current_version
from publicc.segments.states import VersionState
from publicc.segments.training import trained
from publicc.store.home import Home
from publicc.store.snapshots import current_or_refuse, snapshot_folder


def begin(*, actor: Any = None) -> SegmentVersion:  # noqa: ANN401 - the user model of the settings
    """A new version, about to be trained. Raises Busy while another one is."""
    with transaction.atomic():
        if SegmentVersion.objects.filter(state=VersionState.TRAINING.value).exists():
            raise Busy(
                Text("Une segmentation est déjà en apprentissage.", "A segmentation is already being trained."),
                do=Text("Attendre qu'elle finisse.", "Wait until it ends."),
            )
        version = SegmentVersion.objects.create(version=_next_number(), made_by=actor)
        record(action="train_segments", actor=actor, organization=None, object_id=version.version)
    return version


def train(home: Home, version: SegmentVersion, settings: Settings, progress: Progress = SILENT) -> SegmentVersion:
    """Train a version that was begun, on the current snapshot. A failure is kept with it, in words, and raised."""
    try:
        model = trained(
            pool_patterns(home),
            settings,
            version=version.version,
            created=timezone.localdate().isoformat(),
            previous=current(),
            progress=progress,
        )
    except Exception as problem:
        known = problem if isinstance(problem, PublicCError) else unforeseen(problem)
        version.state = VersionState.FAILED.value
        version.problem = {"fr": known.sentence("fr"), "en": known.sentence("en")}
        version.save(update_fields=["state", "problem"])
        raise
    version.file, version.sha256 = model.as_json(), model.sha256
    version.state = (VersionState.NAMED if is_named(model) else VersionState.DRAFT).value
    version.save(update_fields=["file", "sha256", "state"])
    return version


def pool_patterns(home: Home) -> Patterns:
    """Patterns of the current snapshot, of the organizations whose agreement allows pooled statistics today."""
    manifest = current_or_refuse(home)
    return training_patterns(snapshot_folder(home, manifest.id), consent_today(manifest.organizations), manifest.as_of)


def measure_drift(home: Home) -> SegmentVersion:
    """Measure how far people have moved since the version in force was trained, and keep it there; gives the version.

    Raises NotFound when none is in force; BadInput when the pool no longer holds enough to tell.
    """
    version = current_version()
    if version is None:
        raise NotFound(
            Text("Aucune segmentation n'est en vigueur.", "No segmentation is in force."),
            do=Text("Apprendre une version, la nommer, puis la publier.", "Train a version, name it, then publish it."),
        )
    version.drift = {}
    try:
        version.drift = drift_of(version.model, pool_patterns(home)).told()
    finally:
        version.save(update_fields=["drift"])
    return version


class VersionProgress:
    """Hears each step and records it on the version."""

    def __init__(self, version: SegmentVersion) -> None:
        self._pk = version.pk

    def step(self, what: Text, done: int = 0, total: int | None = None) -> None:
        """Record the step where the page reads it."""
        told = {"step": {"fr": what.fr, "en": what.en}, "step_done": done, "step_total": total}
        SegmentVersion.objects.filter(pk=self._pk).update(**told)


def _next_number() -> str:
    year = timezone.localdate().year
    numbers = SegmentVersion.objects.filter(version__startswith=f"{year}.").values_list("version", flat=True)
    return f"{year}.{max((int(one.partition('.')[2]) for one in numbers), default=0) + 1}"
