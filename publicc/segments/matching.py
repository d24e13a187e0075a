"""A new version against the former one: profiles that are the same keep their code, and who goes where is told."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from publicc.kernel.errors import BadInput
from publicc.kernel.later import later
from publicc.kernel.text import Text
from publicc.releases.patterns import Patterns
from publicc.segments.model import SegmentClass, SegmentModel
from publicc.segments.naming import default_name

optimize = later("scipy.optimize")

LEAST_CELL: Final = 10
"""People under which a cell of the migration matrix is hidden."""
COLOURS: Final = 8


def classes_by(model: SegmentModel, patterns: Patterns) -> NDArray[np.int64]:
    """The class of each pattern by a model, by position; −1 where it is not certain enough or does not know them."""
    scores = np.tile(np.array(model.log_priors), (len(patterns.places), 1))
    for one in model.features:
        if one.id not in patterns.traits:
            continue
        place, codes = patterns.places[:, patterns.traits.index(one.id)], patterns.codes[one.id]
        table = np.array(model.log_tables[one.id])
        for at, code in enumerate(codes):
            level = one.place(code)
            if level is not None:
                scores[place == at] += table[:, level]
    told = np.exp(scores - scores.max(axis=1, keepdims=True))
    certainty = told.max(axis=1) / told.sum(axis=1)
    return np.where(certainty >= model.assign, np.argmax(scores, axis=1), -1)


def matched(model: SegmentModel, previous: SegmentModel, patterns: Patterns) -> SegmentModel:
    """The same model, its profiles called as those of the former version that most of their people come from.

    With the matrix of who goes where: rows former profiles, columns new ones, cells under ten people hidden.
    """
    old, new = classes_by(previous, patterns), classes_by(model, patterns)
    people = patterns.people.sum(axis=1)
    both = (old >= 0) & (new >= 0)
    table = np.zeros((previous.k, model.k), dtype=np.int64)
    np.add.at(table, (old[both], new[both]), people[both])
    if not table.sum():
        raise BadInput(
            Text("Personne n'a de profil dans les deux versions.", "Nobody has a profile in both versions."),
            do=Text("Apprendre de nouveau sur une autre période.", "Train again on another period."),
        )
    rows, columns = optimize.linear_sum_assignment(-table)
    heirs = {int(c): int(r) for r, c in zip(rows, columns, strict=True) if table[r, c] > 0}
    kept = sum(int(table[r, c]) for c, r in heirs.items()) / int(table.sum())
    return _inherited(model, previous, heirs, _matrix(table) | {"kept": kept})


def _matrix(table: NDArray[np.int64]) -> dict[str, Any]:
    return {"people": [[int(n) if n >= LEAST_CELL else None for n in row] for row in table]}


def _inherited(
    model: SegmentModel, previous: SegmentModel, heirs: Mapping[int, int], matrix: dict[str, Any]
) -> SegmentModel:
    from_old = {c: previous.classes[r] for c, r in heirs.items()}
    free = (f"P{n}" for n in range(1, 100) if f"P{n}" not in previous.codes)
    colours = [f"segment-{n + 1}" for n in range(COLOURS)]
    classes = []
    for c, one in enumerate(model.classes):
        if c in from_old:
            former = from_old[c]
            classes.append(SegmentClass(former.code, former.name, former.card, former.colour))
        else:
            code = next(free)
            taken = {told.colour for told in from_old.values()} | {told.colour for told in classes}
            colour = next((each for each in colours if each not in taken), one.colour)
            classes.append(SegmentClass(code, default_name(code), one.card, colour))
    renamed = {f"P{c + 1}": one.code for c, one in enumerate(classes)}
    quality = {**model.quality, "strongest": {renamed[k]: v for k, v in model.quality["strongest"].items()}}
    gone = [one.code for one in previous.classes if one.code not in {told.code for told in classes}]
    told = {
        **matrix,
        "rows": list(previous.codes),
        "columns": [one.code for one in classes],
        "gone": gone,
        "hidden_under": LEAST_CELL,
    }
    return replace(model, classes=tuple(classes), quality=quality, migration=told, previous=previous.version)
