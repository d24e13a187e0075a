"""Answers beside what the same people bought: of those who agreed to it, for their organization alone, as totals.

Each answer counts for one: those who agree to be tied are not a sample of buyers, and weights would not make them one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import duckdb
import numpy as np

from publicc.kernel.errors import PublicCError
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Parcours
from publicc.metrics.members import segments_of
from publicc.store.facts import own_facts
from publicc.store.home import Home
from publicc.store.snapshots import current_or_refuse
from publicc.surveys.results.doubts import Answered
from publicc.surveys.results.estimates import Estimate, mean, net_recommendation

RECOMMENDATION: Final = "core.nps.v1"
EXPERIENCE: Final = "core.overall.v1"
_YEAR: Final = timedelta(days=365)
_OFTEN: Final = (
    ("1", Text("1 fois", "Once")),
    ("2", Text("2 ou 3 fois", "2 or 3 times")),
    ("4", Text("4 fois ou plus", "4 times or more")),
    ("0", Text("Pas dans l'année", "Not in the year")),
)
_VISITS: Final = """
    SELECT buyer_id, count(DISTINCT performance_id) FROM purchases
    WHERE ticket_status = 'VALID' AND buyer_id IS NOT NULL AND starts_on > $first AND starts_on <= $last
    GROUP BY buyer_id
"""


@dataclass(frozen=True, slots=True)
class Group:
    """Tied people who bought alike: how many, what they recommend (−100 to 100) and how the outing was (1 to 5)."""

    label: Text
    people: int
    recommendation: Estimate
    experience: Estimate


@dataclass(frozen=True, slots=True)
class Axis:
    """One way of telling buyers apart, with its groups that have anyone in them."""

    title: Text
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Bought:
    """What tied buyers bought: buyer → lifecycle, buyer → how often in a year, at the last day of the data."""

    as_of: date
    lifecycles: Mapping[str, str]
    visits: Mapping[str, int]


def bought(scope: OwnRows) -> Bought | None:
    """What the organization's own rows say of its buyers; None before anything was harmonised."""
    home = Home.from_environment()
    try:
        as_of = current_or_refuse(home).as_of
        with own_facts(home, scope) as facts:
            lifecycles = segments_of(facts, scope, axis="parcours", as_of=as_of)
            visits = dict(facts.execute(_VISITS, {"first": as_of - _YEAR, "last": as_of}).fetchall())
    except (PublicCError, duckdb.Error):
        return None
    return Bought(as_of, lifecycles, visits)


def by_behaviour(people: Iterable[Answered], buyers: Mapping[int, str], told: Bought) -> tuple[int, tuple[Axis, ...]]:
    """How many tied answers are of a buyer who is still known, and what they say by lifecycle and by frequency."""
    tied = [(one, buyers[one.id]) for one in people if one.id in buyers]
    known = [(one, buyer) for one, buyer in tied if buyer in told.lifecycles]
    lifecycles = [(told.lifecycles[buyer], one) for one, buyer in known]
    often = [(_often(told.visits.get(buyer, 0)), one) for one, buyer in known]
    axes = (
        Axis(Text("Par parcours", "By lifecycle"), _groups(lifecycles, [(one.value, one.label) for one in Parcours])),
        Axis(Text("Par nombre de visites en un an", "By visits in a year"), _groups(often, _OFTEN)),
    )
    return len(known), tuple(axis for axis in axes if axis.groups)


def _often(visits: int) -> str:
    return "4" if visits >= 4 else "2" if visits >= 2 else str(visits)


def _groups(placed: Sequence[tuple[str, Answered]], labels: Iterable[tuple[str, Text]]) -> tuple[Group, ...]:
    held: dict[str, list[Answered]] = {}
    for code, one in placed:
        held.setdefault(code, []).append(one)
    return tuple(_group(label, held[code]) for code, label in labels if code in held)


def _group(label: Text, people: Sequence[Answered]) -> Group:
    marks = _numbers(people, RECOMMENDATION)
    visits = _numbers(people, EXPERIENCE)
    return Group(label, len(people), net_recommendation(marks, np.ones(len(marks))), mean(visits, np.ones(len(visits))))


def _numbers(people: Sequence[Answered], question: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    given = [one.answers.get(question) for one in people]
    return np.array([float(one) for one in given if one is not None and str(one).isdigit()], dtype=np.float64)
