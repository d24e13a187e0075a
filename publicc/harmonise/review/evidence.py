"""Why two records look like one person: each field, how far it agrees, and how much that weighs.

Weights are those of `linkage.evidence`, in bits: +1 makes one person twice as likely. Fields that one side leaves empty
weigh nothing.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Self

import numpy as np

from publicc.harmonise.linkage.compare import Step, decoded, steps_of
from publicc.harmonise.linkage.evidence import ABSENT, bits_by_field
from publicc.harmonise.linkage.model import Comparison, Model
from publicc.harmonise.linkage.train import Trained

_FULL: Final = frozenset({"exact", "same door", "same address"})


class Degree(StrEnum):
    """How far a field agrees."""

    AGREE = "agree"
    NEAR = "near"
    DIFFER = "differ"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class FieldEvidence:
    """What one field says of a pair. `level` is the model's own name of the degree; `rarity` in bits."""

    field: str
    degree: Degree
    level: str
    rarity: int | None
    weight: float

    def as_json(self) -> dict[str, Any]:
        """For the vault and for machines."""
        return {
            "field": self.field,
            "degree": self.degree.value,
            "level": self.level,
            "rarity": self.rarity,
            "weight": round(self.weight, 2),
        }

    @classmethod
    def of_json(cls, told: dict[str, Any]) -> Self:
        """From what `as_json` gave."""
        return cls(told["field"], Degree(told["degree"]), told["level"], told["rarity"], told["weight"])


Evidence = tuple[FieldEvidence, ...]


def evidence_json(evidence: Evidence) -> str:
    """One line of JSON."""
    return json.dumps([one.as_json() for one in evidence], separators=(",", ":"))


def evidence_of(told: str) -> Evidence:
    """From one line of JSON."""
    return tuple(FieldEvidence.of_json(one) for one in json.loads(told))


def explain(patterns: Sequence[int], trained: Trained, model: Model) -> dict[int, Evidence]:
    """The evidence of each of these patterns, under the weights that were learned."""
    wanted = np.unique(np.array(patterns, dtype=np.int64))
    columns = [
        [_said(comparison, steps[step], float(bits)) for step, bits in zip(at, weights, strict=True)]
        for comparison, steps, at, weights in zip(
            model.comparisons,
            (steps_of(comparison) for comparison in model.comparisons),
            decoded(wanted, model),
            bits_by_field(trained.over(wanted), model),
            strict=True,
        )
    ]
    return {int(pattern): evidence for pattern, evidence in zip(wanted, zip(*columns, strict=True), strict=True)}


def _said(comparison: Comparison, step: Step, weight: float) -> FieldEvidence:
    if step.level is None:
        return FieldEvidence(comparison.name, Degree.ABSENT, ABSENT, None, 0.0)
    if step.level is comparison.levels[-1]:
        degree = Degree.DIFFER
    else:
        degree = Degree.AGREE if step.level.name in _FULL else Degree.NEAR
    return FieldEvidence(comparison.name, degree, step.level.name, step.rarity, weight)
