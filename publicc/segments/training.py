"""From patterns of the pool to a draft of the model: fitted, supported, described, matched to the version in force.

Pure: the same patterns and settings give the same file.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from publicc.kernel.progress import SILENT, Progress
from publicc.kernel.text import Text
from publicc.releases.patterns import ORGANIZATIONS, PEOPLE, Patterns
from publicc.segments.choosing import Candidate, chosen, tried
from publicc.segments.evidence import evidence, golden_questions, membership_advantage
from publicc.segments.fitting import Fit, Floats, refined
from publicc.segments.learning import CAP, Material, Settings, material, stands_on_enough
from publicc.segments.matching import matched
from publicc.segments.model import DECIMALS, FLOOR, SegmentClass, SegmentModel, Table, read_model
from publicc.segments.naming import default_name

STRONGEST: Final = 5
COLOURS: Final = 8
_PARCOURS: Final = {
    "active_months": 18,
    "lost_months": 36,
    "count_months": 24,
    "bounds": [1, 3, 10],
    "min_history_months": 36,
}


def trained(
    patterns: Patterns,
    settings: Settings,
    *,
    version: str,
    created: str,
    previous: SegmentModel | None = None,
    progress: Progress = SILENT,
) -> SegmentModel:
    """A draft, its profiles numbered and described; those matched to a profile in force keep its code and words.

    Raises BadInput when no number of profiles holds.
    """
    whole = material(patterns)
    sample = whole.drawn(settings.seed)
    candidates = tried(sample, settings, progress)
    best = chosen(candidates, settings)
    progress.step(Text("Questions à poser", "What to ask"), 0, 1)
    golden, reached = golden_questions(sample, best.k, settings)
    solution = refined(whole.design, whole.weights, best.solution)
    priors, tables = _published(whole, solution)
    model = SegmentModel(
        id="profils",
        version=version,
        created=created,
        features=whole.features,
        classes=_described(whole, priors, tables),
        priors=priors,
        tables=tables,
        evidence=evidence(whole, solution, golden),
        golden=golden,
        parcours=_PARCOURS,
        training=_training(patterns, sample, settings)
        | {
            "patterns": len(whole.places),
            "likelihood": solution.likelihood,
            "margins": margins_of(whole),
        },
        quality=_quality(whole, solution, tables, [best, *(one for one in candidates if one is not best)])
        | {"golden": {"agreement": list(reached)}},
        privacy={
            "people": PEOPLE,
            "organizations": ORGANIZATIONS,
            "floor": FLOOR,
            "membership_auc": membership_advantage(sample, best.k, settings),
        },
    )
    return read_model((model if previous is None else matched(model, previous, patterns)).as_json())


def _published(of: Material, solution: Fit) -> tuple[tuple[float, ...], Mapping[str, Table]]:
    """Priors and tables as they may be published: each probability rests on enough people and organizations.

    Levels of a class with too few share what is left to them in proportion to the pool.
    """
    classes, made, k = solution.classes(of.design), of.design, solution.k
    tables: dict[str, Table] = {}
    for one, first, width in zip(of.features, made.edges, made.widths, strict=True):
        place = of.places[:, of.features.index(one)]
        pool = np.array([of.people[place == at].sum() for at in range(width)])
        rows = []
        for c in range(k):
            told = np.exp(solution.logs[first : first + width, c])
            weak = np.array(
                [not stands_on_enough(of.by_organization[(classes == c) & (place == at)]) for at in range(width)]
            )
            if weak.any():
                told[weak] = told[weak].sum() * pool[weak] / pool[weak].sum()
            rows.append(_rounded(told))
        tables[one.id] = tuple(rows)
    return _rounded(solution.priors), tables


def _rounded(told: Floats) -> tuple[float, ...]:
    """Six decimals, none under the floor; the largest takes what rounding leaves."""
    floored = np.maximum(told / told.sum(), FLOOR)
    values = [round(float(one), DECIMALS) for one in floored / floored.sum()]
    at = values.index(max(values))
    values[at] = round(1 - sum(value for i, value in enumerate(values) if i != at), DECIMALS)
    return tuple(values)


def strongest(
    of: Material, tables: Mapping[str, Table], c: int, margins: Mapping[str, list[float]]
) -> list[tuple[str, int, float, float]]:
    """What sets a profile apart: feature, level, its share in the profile, in the pool; the largest ratio first."""
    found = [
        (one.id, at, tables[one.id][c][at], float(margins[one.id][at]))
        for one in of.features
        for at in range(len(one.levels))
        if tables[one.id][c][at] >= 0.15
    ]
    return sorted(found, key=lambda told: -told[2] / max(told[3], FLOOR))[:STRONGEST]


def margins_of(of: Material) -> dict[str, list[float]]:
    """Share of each level among the people of whom the feature is known."""
    told = {}
    for at, one in enumerate(of.features):
        people = [float(of.people[of.places[:, at] == level].sum()) for level in range(len(one.levels))]
        told[one.id] = [each / sum(people) for each in people]
    return told


def _described(of: Material, priors: tuple[float, ...], tables: Mapping[str, Table]) -> tuple[SegmentClass, ...]:
    margins, told = margins_of(of), []
    features = {one.id: one for one in of.features}
    for c in range(len(priors)):
        code = f"P{c + 1}"
        signs = [(features[name], features[name].levels[at]) for name, at, _, _ in strongest(of, tables, c, margins)]
        card = Text(
            "Plus souvent que les autres : " + "; ".join(f"{f.label.fr.lower()} {v.label.fr}" for f, v in signs) + ".",
            "More often than others: " + "; ".join(f"{f.label.en.lower()} {v.label.en}" for f, v in signs) + ".",
        )
        told.append(SegmentClass(code, default_name(code), card, f"segment-{c % COLOURS + 1}"))
    return tuple(told)


def _training(patterns: Patterns, sample: Material, settings: Settings) -> dict[str, Any]:
    people, learnt = patterns.total, int(sample.people.sum())
    return {
        "to": patterns.on.isoformat(),
        "window_months": 36,
        "people": round(people, -2),
        "organizations": int((patterns.people.sum(axis=0) > 0).sum()),
        "people_for_choice": round(learnt, -2),
        "sampled": learnt < people,
        "cap": CAP,
        "starts": settings.starts,
        "draws": settings.draws,
    }


def _quality(
    of: Material, solution: Fit, tables: Mapping[str, Table], evidence_for: Sequence[Candidate]
) -> dict[str, Any]:
    """Of the candidates, the first is the one chosen."""
    best, *_ = evidence_for
    scores = solution.scores(of.design)
    told = np.exp(scores - scores.max(axis=1, keepdims=True))
    certainty = (told / told.sum(axis=1, keepdims=True)).max(axis=1)
    people, margins = of.people, margins_of(of)
    return {
        **best.told(),
        "candidates": [one.told() for one in sorted(evidence_for, key=lambda one: one.k)],
        "sure_07": float(people @ (certainty >= 0.7) / people.sum()),
        "undetermined": float(people @ (certainty < 0.6) / people.sum()),
        "strongest": {
            f"P{c + 1}": [
                {"feature": name, "level": at, "share": share, "pool": pool}
                for name, at, share, pool in strongest(of, tables, c, margins)
            ]
            for c in range(best.k)
        },
    }
