"""The discipline a show most likely has, from its title, its venue and what its organization has given before.

Each word of the title, the venue and the organization votes with how often it went with each discipline among the shows
already classed (naive Bayes, each count softened); a genre named in the title votes as a hundred shows would. A
suggestion is made only when it is likely: what stays doubtful is *à classer*.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from publicc.directory.disciplines import read_label
from publicc.directory.names import folded, words
from publicc.directory.recognition.counting import count, spelled
from publicc.directory.recognition.marks import lift
from publicc.directory.recognition.wordlists import CUES
from publicc.kernel.vocabulary import Discipline

LIKELY: Final = 0.85
"""Suggested from here on."""
_SOFT: Final = 0.5
_NAMED: Final = 60.0
_CUED: Final = 8.0
_UNCLASSED: Final = frozenset({Discipline.UNKNOWN, Discipline.OTHER})


@dataclass(frozen=True, slots=True)
class Classed:
    """A show whose discipline somebody gave. `venue`: any name of the place that is the same each time."""

    title: str
    organization: str
    venue: str
    discipline: Discipline


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A discipline, and how likely it is, 0–1."""

    discipline: Discipline
    confidence: float


class History:
    """What was classed before, ready to be asked. The order of shows does not matter."""

    def __init__(self, shows: Iterable[Classed]) -> None:
        self._shows: Counter[Discipline] = Counter()
        self._clues: dict[str, Counter[Discipline]] = defaultdict(Counter)
        for one in shows:
            self.add(one)

    def add(self, one: Classed, times: int = 1) -> None:
        """Learn one show; with `times=-1`, forget it."""
        if one.discipline in _UNCLASSED:
            return
        self._shows[one.discipline] += times
        for clue in set(_clues(one.title, one.organization, one.venue)):
            self._clues[clue][one.discipline] += times

    def likely(self, title: str, organization: str, venue: str) -> Suggestion | None:
        """The likeliest discipline, however unlikely; None when nothing was ever classed and the title names none."""
        named = read_label(lift(title).title).discipline
        clues = sorted(set(_clues(title, organization, venue)))
        votes = _votes(title, named)
        candidates = {one for one, shows in self._shows.items() if shows > 0} | votes.keys()
        if not candidates:
            return None
        weights = {one: self._weight(one, clues) + votes.get(one, 0.0) for one in candidates}
        top = max(weights.values())
        total = sum(math.exp(weight - top) for weight in weights.values())
        best = max(candidates, key=lambda one: (weights[one], one.value))
        return Suggestion(best, math.exp(weights[best] - top) / total)

    def suggest(self, title: str, organization: str, venue: str) -> Suggestion | None:
        """The discipline to suggest; None when none is likely enough."""
        found = self.likely(title, organization, venue)
        return found if found and found.confidence >= LIKELY else None

    def _weight(self, one: Discipline, clues: list[str]) -> float:
        shows, everything = self._shows[one], sum(self._shows.values())
        weight = math.log((shows + _SOFT) / (everything + _SOFT * len(Discipline)))
        for clue in clues:
            seen = self._clues.get(clue)
            if seen is None or sum(seen.values()) <= 0:
                continue
            usual = (shows + _SOFT) / (everything + _SOFT * len(Discipline))
            weight += math.log((seen[one] + usual) / (sum(seen.values()) + 1)) - math.log(usual)
        return weight


def _votes(title: str, named: Discipline) -> dict[Discipline, float]:
    """What the title says by itself: a genre that it names, words that go with one discipline."""
    votes: dict[Discipline, float] = {}
    if named not in _UNCLASSED:
        votes[named] = math.log(_NAMED)
    for cue in {CUES[word] for word in words(title).split() if word in CUES}:
        votes[Discipline(cue)] = votes.get(Discipline(cue), 0.0) + math.log(_CUED)
    return votes


def _clues(title: str, organization: str, venue: str) -> Iterator[str]:
    yield from (f"word {word}" for word in count(spelled(lift(title).title))[0] if len(word) > 2)
    if venue:
        yield f"venue {folded(venue)}"
    yield f"house {organization}"
