"""The segmentation of the demonstration: learnt like any other, then named after the kinds of people it planted."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from publicc.collective.demonstration import check_only_demonstrations
from publicc.kernel.errors import BadInput
from publicc.kernel.later import later
from publicc.kernel.progress import SILENT, Progress
from publicc.kernel.text import Text
from publicc.segments.actions import publish, rename
from publicc.segments.learning import Settings
from publicc.segments.learning_actions import begin, measure_drift, train
from publicc.segments.model import SegmentModel
from publicc.segments.models import SegmentVersion
from publicc.segments.queries import current
from publicc.segments.states import VersionState
from publicc.segments.tasks import score_all
from publicc.store.home import Home

optimize = later("scipy.optimize")

LOOK: Final = Settings(draws=20, starts=12, candidates=(5, 6))
"""Less than a hub would: a demonstration is built while somebody waits. The card tells how many draws were made."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a planted kind is called, and the codes of traits that tell it (`demo.habits.KINDS`)."""

    name: Text
    card: Text
    signs: Mapping[str, tuple[str, ...]]


PROFILES: Final[Mapping[str, Named]] = {
    "subscribers": Named(
        Text("Abonnés", "Subscribers"),
        Text(
            "À deux, par abonnement, longtemps d'avance, souvent le soir en fin de semaine. La musique, l'opéra et le "
            "théâtre les retiennent.",
            "Two at a time, by subscription, long ahead, often on week-end evenings. Music, opera and theatre keep "
            "them.",
        ),
        {"subscription": ("PART", "MOSTLY"), "lead_time": ("91+",), "channel": ("OTHER",)},
    ),
    "faithful": Named(
        Text("Prévoyants", "Planners"),
        Text(
            "À deux, un mois d'avance ou plus, au téléphone, au plein tarif, surtout les soirs de fin de semaine.",
            "Two at a time, a month ahead or more, by telephone, at full price, mostly on week-end evenings.",
        ),
        {
            "subscription": ("NONE",),
            "party": ("2",),
            "lead_time": ("31-90", "91+"),
            "channel": ("OTHER",),
            "price_level": ("AROUND", "ABOVE"),
        },
    ),
    "families": Named(
        Text("Sorties en famille", "Family outings"),
        Text(
            "À trois ou quatre, en ligne, un mois ou deux d'avance, de jour quand il y a une matinée.",
            "Three or four at a time, online, a month or two ahead, by day when there is a matinee.",
        ),
        {"party": ("3-4", "5+"), "lead_time": ("31-90", "91+"), "channel": ("WEB",)},
    ),
    "spontaneous": Named(
        Text("Sorties spontanées", "Spontaneous outings"),
        Text(
            "À deux, dans les derniers jours, en ligne, aux prix réduits, plutôt en semaine.",
            "Two at a time, in the last days, online, at reduced prices, rather on weekdays.",
        ),
        {"party": ("2",), "lead_time": ("0-7",), "channel": ("WEB",), "price_level": ("BELOW",)},
    ),
    "friends": Named(
        Text("Entre amis", "With friends"),
        Text(
            "À trois et plus, au guichet, dans les derniers jours, les soirs de fin de semaine.",
            "Three or more, at the box office, in the last days, on week-end evenings.",
        ),
        {"party": ("3-4", "5+"), "lead_time": ("0-7",), "channel": ("COUNTER",)},
    ),
    "curious": Named(
        Text("Curieux en solo", "Curious on their own"),
        Text(
            "Seuls, en ligne, dans le mois, souvent en semaine, d'une discipline et d'un organisme à l'autre.",
            "Alone, online, within the month, often on weekdays, from one discipline and one organization to another.",
        ),
        {"party": ("1",), "lead_time": ("8-30",), "channel": ("WEB",), "price_level": ("AROUND", "ABOVE")},
    ),
}
"""Kind planted → what the hub of the demonstration called the profile it became. Subscribers come from « faithful »."""


def publish_demo_segmentation(home: Home, progress: Progress = SILENT) -> None:
    """Train, name, put in force and score, once; a demonstration too small for a model keeps the reason why.

    Raises NotAllowed beside a real organization.
    """
    check_only_demonstrations()
    if not SegmentVersion.objects.exists():
        version = begin()
        try:
            version = train(home, version, LOOK, progress)
        except BadInput:
            return
        version = rename(version, {code: (PROFILES[kind].name, PROFILES[kind].card) for code, kind in
                                   kinds_of(version.model).items()})  # fmt: skip
        if version.state == VersionState.NAMED:
            publish(version, score=False)
    if current() is not None:
        score_all(home)
        measure_drift(home)


def kinds_of(model: SegmentModel) -> dict[str, str]:
    """Code of profile → the planted kind that it resembles most; each kind once."""
    kinds = list(PROFILES)
    unlike = [[-_likeness(model, c, PROFILES[kind].signs) for kind in kinds] for c in range(model.k)]
    rows, columns = optimize.linear_sum_assignment(unlike)
    return {model.codes[c]: kinds[at] for c, at in zip(rows, columns, strict=True)}


def _likeness(model: SegmentModel, c: int, signs: Mapping[str, tuple[str, ...]]) -> float:
    """Mean logarithm of the probability of the signs in a class, over the features that the model has."""
    told = []
    for one in model.features:
        wanted = [at for at, level in enumerate(one.levels) if set(level.codes) & set(signs.get(one.id, ()))]
        if wanted:
            told.append(math.log(sum(model.tables[one.id][c][at] for at in wanted)))
    return sum(told) / max(len(told), 1)
