"""How a made-up model tells profiles: of everybody, whatever little is known of them."""

from dataclasses import replace

from publicc.releases.profiled import Profiling
from publicc.segments.model import Evidence, Table
from publicc.segments.profiling import profiling_of
from tests.unit.segments.made_up import made_up_model


def drawn_profiling() -> Profiling:
    """By the price that people choose: the rest of what is known tells nothing."""
    model = made_up_model()
    tables: dict[str, Table] = {
        one.id: tuple((1 / len(one.levels),) * len(one.levels) for _ in range(3)) for one in model.features
    }
    tables["price_level"] = ((0.8, 0.1, 0.1), (0.1, 0.8, 0.1), (0.1, 0.1, 0.8))
    told = replace(model, tables=tables, priors=(0.34, 0.33, 0.33), evidence=(Evidence(frozenset(), 1.0),), assign=0.45)
    return profiling_of(told)
