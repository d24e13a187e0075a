"""Whether the model in force still describes people: how far each habit has moved since training, and who is left out.

Population stability index of a feature: Σ (now − then) · ln(now / then) over its levels, 0 when nothing moved; under
0.10 steady, from 0.25 another population (the usual bounds of credit scoring, where the index comes from).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Term
from publicc.releases.patterns import Patterns
from publicc.segments.fitting import Floats
from publicc.segments.matching import classes_by
from publicc.segments.model import FLOOR, Feature, SegmentModel

WATCHED: Final = 0.10
MOVED: Final = 0.25
MORE_LEFT_OUT: Final = 0.05
"""Rise of the share of undetermined people from which the model no longer tells enough of them."""


class Verdict(Term):
    """What drift asks for."""

    STEADY = "STEADY", "Stable", "Steady"
    WATCH = "WATCH", "À surveiller", "To be watched"
    RETRAIN = "RETRAIN", "À réapprendre", "To be trained again"


SENTENCES: Final[Mapping[Verdict, Text]] = {
    Verdict.STEADY: Text(
        "Le modèle en vigueur décrit encore bien les gens.", "The model in force still describes people well."
    ),
    Verdict.WATCH: Text(
        "Des habitudes bougent depuis l'apprentissage : à regarder de nouveau après la saison.",
        "Habits are moving since training: look again after the season.",
    ),
    Verdict.RETRAIN: Text(
        "Les gens ont changé depuis l'apprentissage : apprendre une nouvelle version.",
        "People have changed since training: train a new version.",
    ),
}


@dataclass(frozen=True, slots=True)
class Drift:
    """What has moved between the training of a model and a day. Shares 0–1."""

    on: str
    """Day of the data looked at, ISO."""
    features: Mapping[str, float]
    """Feature → population stability index, to two decimals."""
    undetermined_then: float
    undetermined_now: float

    @property
    def verdict(self) -> Verdict:
        """Train again when a habit is another, or clearly more people are left out; watch when one moves."""
        most = max(self.features.values(), default=0.0)
        if most >= MOVED or self.undetermined_now - self.undetermined_then >= MORE_LEFT_OUT:
            return Verdict.RETRAIN
        return Verdict.WATCH if most >= WATCHED else Verdict.STEADY

    def told(self) -> dict[str, Any]:
        """As it is kept, and as the command prints it."""
        return {
            "on": self.on,
            "features": dict(self.features),
            "undetermined_then": self.undetermined_then,
            "undetermined_now": self.undetermined_now,
            "verdict": self.verdict.value,
        }


def read_drift(told: Mapping[str, Any]) -> Drift | None:
    """What `told` kept; None when nothing was."""
    if not told:
        return None
    return Drift(told["on"], dict(told["features"]), told["undetermined_then"], told["undetermined_now"])


def drift_of(model: SegmentModel, patterns: Patterns) -> Drift:
    """The people of `patterns` against those whom the model was learnt from."""
    then = model.training.get("margins", {})
    compared = [one for one in model.features if one.id in patterns.traits and one.id in then]
    features = {one.id: round(_stability(np.array(then[one.id]), _shares(one, patterns)), 2) for one in compared}
    people = patterns.people.sum(axis=1)
    left_out = float(people[classes_by(model, patterns) < 0].sum() / max(people.sum(), 1))
    return Drift(
        patterns.on.isoformat(), features, round(float(model.quality.get("undetermined", 0.0)), 3), round(left_out, 3)
    )


def _shares(one: Feature, patterns: Patterns) -> Floats:
    """Share of each level of a feature, among the people of whom it is known."""
    place, people = patterns.places[:, patterns.traits.index(one.id)], patterns.people.sum(axis=1)
    now = np.zeros(len(one.levels))
    for at, code in enumerate(patterns.codes[one.id]):
        level = one.place(code)
        if level is not None:
            now[level] += people[place == at].sum()
    return np.asarray(now / max(now.sum(), 1), dtype=np.float64)


def _stability(then: Floats, now: Floats) -> float:
    one, other = np.maximum(then, FLOOR), np.maximum(now, FLOOR)
    return float(((other - one) * np.log(other / one)).sum())
