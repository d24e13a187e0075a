"""Which versions there are, and the one in force."""

from functools import lru_cache

from publicc.kernel.errors import NotFound
from publicc.kernel.text import Text
from publicc.releases.profiled import Profiling
from publicc.segments.model import SegmentModel, read_model
from publicc.segments.models import SegmentVersion
from publicc.segments.profiling import profiling_of
from publicc.segments.states import VersionState


def current() -> SegmentModel | None:
    """The model in force; None when none was published. Raises BadInput when its file is damaged."""
    found = current_version()
    return _read(found.file) if found is not None else None


def profiling_in_force() -> Profiling | None:
    """How releases put people in the profiles of the model in force; None when none was published.

    Raises BadInput when its file is damaged.
    """
    model = current()
    return None if model is None else profiling_of(model)


def current_version() -> SegmentVersion | None:
    """The version in force."""
    return SegmentVersion.objects.filter(state=VersionState.PUBLISHED.value).first()


def version_named(version: str | None) -> SegmentVersion:
    """A version by its number; the newest when none is named. Raises NotFound."""
    asked = SegmentVersion.objects.filter(version=version) if version else SegmentVersion.objects.all()
    found = asked.first()
    if found is None:
        raise NotFound(
            Text("Il n'y a pas de telle version du modèle.", "There is no such version of the model."),
            do=Text(
                "Lancer publicc segment list, ou publicc segment train.",
                "Run publicc segment list, or publicc segment train.",
            ),
        )
    return found


@lru_cache(maxsize=4)
def _read(file: str) -> SegmentModel:
    return read_model(file)
