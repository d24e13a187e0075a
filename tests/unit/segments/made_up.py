"""A model made up for tests: three profiles, drawn tables."""

from random import Random

from publicc.kernel.text import Text
from publicc.segments.features import FEATURES
from publicc.segments.model import Evidence, Feature, SegmentClass, SegmentModel, Table


def made_up_model(k: int = 3, seed: int = 7, features: tuple[Feature, ...] = FEATURES) -> SegmentModel:
    """Tables drawn from a seed; every feature known, or one missing, is enough to tell a profile."""
    chance = Random(seed)

    def drawn(levels: int) -> tuple[float, ...]:
        weights = [chance.random() ** 3 + 0.02 for _ in range(levels)]
        told = [round(one / sum(weights), 6) for one in weights]
        return (*told[:-1], round(1 - sum(told[:-1]), 6))

    every = frozenset(one.id for one in features)
    tables: dict[str, Table] = {one.id: tuple(drawn(len(one.levels)) for _ in range(k)) for one in features}
    return SegmentModel(
        id="profils",
        version="2026.1",
        created="2026-01-31",
        features=features,
        classes=tuple(
            SegmentClass(
                f"P{c + 1}", Text(f"Nom {c + 1}", f"Name {c + 1}"), Text("Fiche.", "Card."), f"segment-{c + 1}"
            )
            for c in range(k)
        ),
        priors=drawn(k),
        tables=tables,
        evidence=(
            Evidence(every, 1.0),
            *(Evidence(every - {one}, 0.9) for one in sorted(every)),
            Evidence(every - {"organizations", "usual_discipline"}, 0.8),
        ),
        golden=("party", "lead_time", "moment"),
    )
