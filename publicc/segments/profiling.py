"""How a model tells the profiles of a relation of traits, as `releases` asks it. Pure."""

from publicc.releases.profiled import Profiling
from publicc.segments.model import SegmentModel, read_model
from publicc.segments.sql import scoring


def profiling_of(model: SegmentModel) -> Profiling:
    """Of a model: each profile by its code and its name."""
    statement, values = scoring(model, "traits")
    names = {one.code: one.name for one in model.classes}
    return Profiling(model.version, model.sha256, names, statement, values, model.as_json())


def read_profiling(file: str) -> Profiling:
    """Of a model as a release keeps it. Raises BadInput when the file is damaged."""
    return profiling_of(read_model(file))
