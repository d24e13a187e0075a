"""Who goes where: members of an organization's public, how keen they are, and the seasons they come in."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from publicc.demo.chance import Chance, Flags, Floats, Ints, Stream, chosen, happens, indices
from publicc.demo.habits import of_kinds
from publicc.demo.organizations import Plan
from publicc.demo.people import People
from publicc.demo.places import Homes, distance_km, position_of
from publicc.demo.seasons import DISCIPLINES, WINDOWS

SEGMENTS: Final = ("single", "occasional", "regular", "passionate")
SEGMENT_SHARES: Final = (0.56, 0.28, 0.125, 0.035)
VISITS: Final = np.array([1.0, 1.7, 4.4, 11.0])
"""Expected order lines a season while active."""
STAYS: Final = np.array([0.0, 0.34, 0.72, 0.88])
"""Planted: the chance to be active again the season after."""
COMES_BACK: Final = 0.07
"""The chance that someone who had left is active again in a later season."""
ENTRY: Final = (0.32, 0.20, 0.09, 0.22, 0.17)
"""Share of members whose first season is each window."""
SILENCE: Final = 0.45
"""What is left of loyalty after the years without exports."""
ALIASES: Final = (0.905, 0.08, 0.015)
"""Planted: shares of members with one, two, three customer records."""
FAR_KM: Final = 15.0


@dataclass(frozen=True)
class Audience:
    """The public of one organization. Arrays of one length, one a member; `active` is members × windows."""

    person: Ints
    segment: Ints
    keenness: Floats
    active: Flags
    far: Flags
    local: Flags
    subscriber: Flags
    records: Ints
    """How many customer records the box office holds of each."""

    def __len__(self) -> int:
        return len(self.person)


def audience(chance: Chance, plan: Plan, people: People, *, at: Homes, customers: int) -> Audience:
    """The members of `plan`'s public: near ones more than far ones, lovers of its disciplines first."""
    stream = chance.stream("audience", plan.slug)
    venue = position_of(at, plan.venue)
    km = distance_km(at.latitude, at.longitude, float(at.latitude[venue]), float(at.longitude[venue]))[people.home]
    taste = people.taste[:, [DISCIPLINES.index(d) for d in plan.disciplines]].max(axis=1)
    taste = np.maximum(taste, 0.03 if plan.crowded else 0.25)
    likely = taste * (np.exp(-km / (plan.reach_km * 2.5)) + plan.draw) * np.exp(stream.normal(0.0, 0.6, len(people)))
    records_each = sum((i + 1) * share for i, share in enumerate(ALIASES))
    person = chosen(stream, likely, round(plan.share * customers / records_each))
    n = len(person)
    kind = people.kind[person]
    segment = _segments(stream, kind)
    home_fsa = at.fsa[people.home[person]]
    loyal = segment >= 2
    likely_subscriber = np.minimum(1.0, plan.subscribers * 3.0 * of_kinds("subscribes")[kind])
    return Audience(
        person=person, segment=segment, keenness=VISITS[segment] * np.exp(stream.normal(0.0, 0.25, n)),
        active=_seasons(stream, segment), far=km[person] > FAR_KM,
        local=np.array([f[0] == "H" and f[1] != "7" for f in home_fsa], dtype=np.bool_),
        subscriber=loyal & happens(stream, likely_subscriber, n), records=indices(stream, np.array(ALIASES), n) + 1,
    )  # fmt: skip


def _segments(stream: Stream, kind: Ints) -> Ints:
    """How keen each member is: the planted shares, bent by the loyalty of their kind."""
    shares = np.array(SEGMENT_SHARES) * np.exp(of_kinds("loyalty")[:, None] * np.arange(len(SEGMENT_SHARES)))
    edges = np.cumsum(shares / shares.sum(axis=1, keepdims=True), axis=1)
    return np.asarray((stream.random(len(kind))[:, None] > edges[kind][:, :-1]).sum(axis=1), dtype=np.int64)


def _seasons(stream: Stream, segment: Ints) -> Flags:
    n = len(segment)
    entry = indices(stream, np.array(ENTRY), n)
    active = np.zeros((n, len(WINDOWS)), dtype=np.bool_)
    for w in range(len(WINDOWS)):
        begun = entry < w
        stays = STAYS[segment] * (SILENCE if w == 3 else 1.0)
        again = np.where(active[:, w - 1] if w else False, stays, np.where(segment > 0, COMES_BACK, 0.02))
        active[:, w] = (entry == w) | (begun & happens(stream, again, n))
    return active
