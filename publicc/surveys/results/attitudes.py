"""The two-question module on non-publics, put to people met outside venues: kept as totals by day beside own rows.

From there the metrics read it like any own figure (docs/metrics/attitudes.en.md). Only surveys that ask nothing about a
visit are counted: everybody who was asked after an evening came.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from django.db.models import Count, F, Sum

from publicc.directory.official.layers import Layer
from publicc.kernel.scope import OwnRows
from publicc.store.attitudes import DayOfAttitudes, attitudes_file, write_attitudes
from publicc.store.home import Home
from publicc.store.shelf import Shelf
from publicc.store.snapshots import NoSnapshot, current_or_refuse
from publicc.surveys.models import Response, Survey
from publicc.surveys.results.doubts import Answered
from publicc.surveys.results.reading import (
    census_of,
    definitions,
    is_of_population,
    read_answers,
    weights_to_population,
)
from publicc.surveys.results.tables import ATTENDED, attitude_of
from publicc.surveys.results.weighting import Weights
from publicc.surveys.states import ResponseState

_PRIME: Final = 1_000_003
Standing = tuple[str, ...]


def keep_attitudes(home: Home, scope: OwnRows) -> None:
    """Put the totals beside an organization's rows of the current snapshot; nothing to do before its first one.

    Run again without a new answer, it reads nothing and changes nothing.
    """
    try:
        snapshot = current_or_refuse(home).id
        file = attitudes_file(home, snapshot, scope.organization)
    except NoSnapshot:
        return
    versions = (snapshot, Shelf.of(home).version_of(Layer.CENSUS))
    write_attitudes(file, _days(scope, versions, _standing(scope)))


def met_outside(scope: OwnRows) -> list[Survey]:
    """The organization's surveys that ask the two questions of people met outside venues."""
    every = Survey.objects.filter(organization__slug=scope.organization).select_related("organization").order_by("pk")
    return [one for one in every if is_of_population(definitions(one))]


def days_of(people: Sequence[Answered], weights: Weights) -> list[DayOfAttitudes]:
    """The totals of each day, of those who finished and answered both questions."""
    found: defaultdict[tuple[date, str, bool], list[float]] = defaultdict(list)
    for one, weight in zip(people, weights.values.tolist(), strict=True):
        attitude = attitude_of(one.answers)
        if attitude is not None:
            found[date.fromisoformat(one.day), attitude, one.answers[ATTENDED] == "yes"].append(weight)
    return sorted(
        DayOfAttitudes(*told, len(weights), sum(weights), sum(weight**2 for weight in weights))
        for told, weights in found.items()
    )


@lru_cache(maxsize=256)
def _days(scope: OwnRows, versions: tuple[str, str], standing: Standing) -> tuple[DayOfAttitudes, ...]:  # noqa: ARG001 - they renew it
    """Read once for each state of the answers, of the snapshot and of the census."""
    if not standing:
        return ()
    people = [one for survey in met_outside(scope) for one in read_answers(survey).people if one.is_done]
    return tuple(days_of(people, weights_to_population(people, census_of(scope))))


def _standing(scope: OwnRows) -> Standing:
    """What changes whenever an answer that counts comes, goes or is judged."""
    rows = Response.objects.filter(survey__in=met_outside(scope), state=ResponseState.DONE).order_by()
    told = rows.values("survey", "is_kept", "marks").annotate(n=Count("pk"), sum=Sum(F("pk") % _PRIME))
    return tuple(sorted(map(str, told.values_list("survey", "is_kept", "marks", "n", "sum"))))
