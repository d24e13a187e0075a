"""The venue behind room names: the same name in two cities is two venues; a room is told from the house that holds it.

`Salle Wilfrid-Pelletier (Place des Arts)` names a room and a house; `Place des Arts - Salle Wilfrid-Pelletier` the same
two. A name of general words (*Grande salle*, *Studio*) says nothing outside its own organization.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from publicc.directory.names import folded, words
from publicc.directory.recognition.counting import Words
from publicc.directory.recognition.scoring import DOUBTFUL, SURE, same_words
from publicc.directory.recognition.wordlists import DROPPED, PLACE_WORDS, SHARED_ROOMS

_PARTS: Final = re.compile(r"\s+[-–—|/]+\s+|\s*[,:;()\[\]]+\s*")
_CODE: Final = re.compile(r"\b(?:TM )?ID\s*:?\s*\d+\b", re.IGNORECASE)


class Kin(StrEnum):
    """How two names of places are related."""

    SAME = "SAME"
    HOUSE = "HOUSE"
    """One house, two of its rooms, or a room and its house."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as one organization names it. `fsa`: first three characters of its postal code."""

    name: str
    organization: str = ""
    municipality: str | None = None
    fsa: str | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """How sure two names are of one place, and whether of one room of it."""

    score: float
    kin: Kin = Kin.SAME


APART: Final = Likeness(0.0)


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name taken apart: its telling parts, as sets of words. Empty when the name tells nothing by itself."""

    parts: tuple[Words, ...]


def read_place(name: str) -> PlaceName:
    """Take a name apart: `Salle X, Théâtre Y` → X and Y; words such as *salle*, *théâtre*, *centre* do not tell."""
    parts = []
    for part in _PARTS.split(_CODE.sub(" ", name)):
        said = words(part)
        telling = tuple(word for word in said.split() if word not in PLACE_WORDS and word not in DROPPED)
        if telling and said not in SHARED_ROOMS and not all(word.isdigit() for word in telling):
            parts.append(telling)
    return PlaceName(tuple(dict.fromkeys(parts)))


def place_likeness(one: Spot, other: Spot) -> Likeness:
    """How sure two organizations mean one place. Two municipalities make two places, whatever the name."""
    here, there = folded(one.municipality or ""), folded(other.municipality or "")
    if here and there and here != there:
        return APART
    a, b = read_place(one.name).parts, read_place(other.name).parts
    if not a or not b:
        return APART
    shared = [(x, y) for x in a for y in b if same_words(x, y) >= SURE]
    if not shared:
        return APART
    left = {x for x in a if x not in {met for met, _ in shared}}
    right = {y for y in b if y not in {met for _, met in shared}}
    score = 0.97 if here and there else 0.8
    if one.fsa and other.fsa and one.fsa != other.fsa:
        score *= 0.9
    return Likeness(score, Kin.SAME if not (left and right) and len(shared) == max(len(a), len(b)) else Kin.HOUSE)


@dataclass(frozen=True, slots=True)
class GroupedPlaces:
    """The venue of each spot, and the pairs to be asked about: places in the list given, and the score."""

    venue_of: tuple[int, ...]
    doubts: tuple[tuple[int, int, float], ...]


def group_places(spots: Sequence[Spot]) -> GroupedPlaces:
    """Group spots that are surely one house, whatever their order; a spot of unknown city is only asked about."""
    venue = list(range(len(spots)))
    members = {number: [number] for number in venue}
    doubts: list[tuple[int, int, float]] = []
    pairs = sorted(_scored(spots), key=lambda p: (-p[2], *sorted((spots[p[0]].name, spots[p[1]].name))))
    for one, other, score in pairs:
        a, b = venue[one], venue[other]
        if a == b:
            continue
        alike = all(place_likeness(spots[x], spots[y]).score >= DOUBTFUL for x in members[a] for y in members[b])
        if score < SURE or not alike:
            doubts.append((one, other, score))
            continue
        kept, gone = min(a, b), max(a, b)
        for number in members.pop(gone):
            venue[number] = kept
            members[kept].append(number)
    return GroupedPlaces(tuple(venue), tuple(doubt for doubt in doubts if venue[doubt[0]] != venue[doubt[1]]))


def _scored(spots: Sequence[Spot]) -> Iterator[tuple[int, int, float]]:
    """Pairs that share the beginning of a telling word and may be one place."""
    near: dict[str, list[int]] = defaultdict(list)
    for number, spot in enumerate(spots):
        stems = {word[:4] for part in read_place(spot.name).parts for word in part}
        for other in sorted({other for stem in stems for other in near[stem]}):
            score = place_likeness(spots[other], spot).score
            if score >= DOUBTFUL:
                yield other, number, score
        for stem in stems:
            near[stem].append(number)
