"""One formula for all: log prior + Σ log p(level | class) over what is known; posterior = softmax. Pure.

A feature that is not known is a dropped term. Source: docs/reference/segmentation.en.md, section on the formula.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from publicc.segments.model import Feature, Level, SegmentModel

REASONS: Final = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """One known thing that speaks for the profile against the next one. `weight`: logarithm of the likelihood ratio."""

    feature: Feature
    level: Level
    weight: float


@dataclass(frozen=True, slots=True)
class Typing:
    """What the model says of one set of answers."""

    code: str | None
    """The profile; None = « indéterminé »."""
    posterior: Mapping[str, float]
    """Profile → probability; they add up to 1."""
    reasons: tuple[Reason, ...]
    """At most three, the strongest first: for the likeliest profile, against the runner-up."""

    @property
    def likeliest(self) -> str:
        """The profile of highest probability, shown or not."""
        return max(self.posterior, key=self.posterior.__getitem__)

    @property
    def certainty(self) -> float:
        """Probability of the likeliest profile, 0–1."""
        return self.posterior[self.likeliest]


def posterior(model: SegmentModel, places: Mapping[str, int]) -> tuple[float, ...]:
    """Probability of each class, in order, when these levels are known. Nothing known gives the priors."""
    scores = list(model.log_priors)
    for name, place in places.items():
        for c, row in enumerate(model.log_tables[name]):
            scores[c] += row[place]
    top = max(scores)
    weights = [math.exp(score - top) for score in scores]
    return tuple(weight / sum(weights) for weight in weights)


def places_of(model: SegmentModel, answers: Mapping[str, str]) -> dict[str, int]:
    """Which level each answer is of; what the model does not know is left out."""
    found = {one.id: one.place(answers[one.id]) for one in model.features if one.id in answers}
    return {name: place for name, place in found.items() if place is not None}


def typed(model: SegmentModel, answers: Mapping[str, str]) -> Typing:
    """The profile of somebody, from codes by feature: from tickets, from a survey, or both.

    None below the certainty of the model, or when too little is known for the profile to be trusted.
    """
    places = places_of(model, answers)
    told = posterior(model, places)
    ranked = sorted(range(model.k), key=lambda c: (-told[c], c))
    sure = told[ranked[0]] >= model.assign and model.is_enough(frozenset(places))
    return Typing(
        code=model.codes[ranked[0]] if sure else None,
        posterior=dict(zip(model.codes, told, strict=True)),
        reasons=_reasons(model, places, ranked[0], ranked[1]),
    )


def _reasons(model: SegmentModel, places: Mapping[str, int], first: int, second: int) -> tuple[Reason, ...]:
    found = []
    for name, place in places.items():
        table, feature = model.log_tables[name], model.feature(name)
        weight = table[first][place] - table[second][place]
        if weight > 0:
            found.append(Reason(feature, feature.levels[place], weight))
    return tuple(sorted(found, key=lambda one: (-one.weight, one.feature.id))[:REASONS])
