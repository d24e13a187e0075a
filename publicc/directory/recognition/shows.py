"""The show behind titles of several organizations: new titles against known shows, or many titles among themselves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from publicc.directory.recognition.house import NO_HABITS, House, habits
from publicc.directory.recognition.index import Index
from publicc.directory.recognition.reading import read_title
from publicc.directory.recognition.scoring import DOUBTFUL, SURE, family_factor, likeness
from publicc.kernel.vocabulary import Discipline


@dataclass(frozen=True, slots=True)
class Label:
    """One title as one organization writes it, with the discipline it gives the show if any."""

    title: str
    organization: str = ""
    discipline: Discipline = Discipline.UNKNOWN


@dataclass(frozen=True, slots=True)
class Match:
    """What a title may be: the number of a known show, how sure, and how sure the next best is."""

    known: int
    score: float
    next_score: float = 0.0

    @property
    def sure(self) -> bool:
        """Whether it may be joined without asking: sure by itself, and surer than any other."""
        return self.score >= SURE and self.next_score < self.score


@dataclass(slots=True)
class Shelf:
    """Titles read, and where to find them again."""

    labels: Sequence[Label]
    houses: Mapping[str, House] = field(default_factory=dict)
    index: Index = field(init=False)

    def __post_init__(self) -> None:
        self.houses = {**habits_of(self.labels), **self.houses}
        self.index = Index(read_title(one.title, self.houses.get(one.organization, NO_HABITS)) for one in self.labels)

    def score(self, one: int, other: int) -> float:
        """How sure two labels of the shelf are one show."""
        factor = family_factor(self.labels[one].discipline, self.labels[other].discipline)
        return factor and factor * likeness(self.index.readings[one], self.index.readings[other])

    def matches(self, label: Label, house: House = NO_HABITS) -> Match | None:
        """The likeliest of the shelf for a label that is not on it; None when nothing is worth asking about."""
        reading = read_title(label.title, house)
        best, second = (0.0, 0), 0.0
        for number in sorted(self.index.like(reading)):
            factor = family_factor(label.discipline, self.labels[number].discipline)
            score = factor and factor * likeness(reading, self.index.readings[number])
            if score > best[0]:
                best, second = (score, number), best[0]
            else:
                second = max(second, score)
        return Match(best[1], best[0], second) if best[0] >= DOUBTFUL else None


def habits_of(labels: Iterable[Label]) -> dict[str, House]:
    """What each organization writes around its titles."""
    titles: dict[str, list[str]] = {}
    for one in labels:
        titles.setdefault(one.organization, []).append(one.title)
    return {slug: habits(own) for slug, own in titles.items()}


def match_titles(new: Sequence[Label], known: Sequence[Label]) -> list[Match | None]:
    """For each new label, the known one it most likely is."""
    shelf = Shelf(known)
    houses = habits_of(new)
    return [shelf.matches(one, houses.get(one.organization, NO_HABITS)) for one in new]


@dataclass(frozen=True, slots=True)
class Grouped:
    """The groups of many labels, and the pairs that a person should look at. Numbers are places in the labels given."""

    group_of: tuple[int, ...]
    doubts: tuple[tuple[int, int, float], ...]


def group_titles(labels: Sequence[Label], houses: Mapping[str, House] | None = None) -> Grouped:
    """Group labels that are surely one show; without chains: each label of a group is like every other of it.

    `houses`: habits learned from more titles than these. The groups do not depend on the order of labels: pairs are
    taken surest first, ties by title then organization.
    """
    shelf = Shelf(labels, houses or {})
    pairs = _scored(shelf)
    groups = _Groups(shelf)
    for _, one, other in pairs:
        groups.join(one, other)
    doubts = tuple((one, other, -negative) for negative, one, other in pairs if groups.of[one] != groups.of[other])
    return Grouped(tuple(groups.of), doubts)


def _scored(shelf: Shelf) -> list[tuple[float, int, int]]:
    """Pairs worth a look, surest first, as (−score, one, other)."""
    found = [
        (-score, number, other)
        for number, reading in enumerate(shelf.index.readings)
        for other in shelf.index.like(reading)
        if other > number and (score := shelf.score(number, other)) >= DOUBTFUL
    ]

    def place(pair: tuple[float, int, int]) -> tuple[float, list[tuple[str, str]]]:
        return pair[0], sorted((shelf.labels[i].title, shelf.labels[i].organization) for i in pair[1:])

    return sorted(found, key=place)


_BEAR: Final = 0.75
"""What two labels must score to stand in one group because others of it are surely alike."""


class _Groups:
    """Groups under way: two are joined when a pair of them is sure and no pair of them is unlike."""

    def __init__(self, shelf: Shelf) -> None:
        self.of = list(range(len(shelf.labels)))
        self._members = {number: [number] for number in self.of}
        self._shelf = shelf

    def join(self, one: int, other: int) -> None:
        a, b = self.of[one], self.of[other]
        if a == b or self._shelf.score(one, other) < SURE:
            return
        if any(self._shelf.score(x, y) < _BEAR for x in self._members[a] for y in self._members[b]):
            return
        kept, gone = min(a, b), max(a, b)
        for member in self._members.pop(gone):
            self.of[member] = kept
            self._members[kept].append(member)
