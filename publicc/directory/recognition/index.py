"""Where to look for a title among many: by what it is called in any of its forms, else by the rare words it shares.

Two titles are compared only when a form of each is the same, or when two of their rarest words begin alike: slips of
the keyboard and *Juliet* beside *Juliette* still meet, two titles with one common word do not.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final

from publicc.directory.recognition.counting import Words
from publicc.directory.recognition.reading import Reading
from publicc.directory.recognition.works import work_of

_STEM: Final = 4
_RARE: Final = 3
_CROWD: Final = 60
"""A pair of stems shared by more titles than this says too little to compare them all."""


class Index:
    """Readings, found again by number. Add all of them, then ask."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self.readings = list(readings)
        self._common = Counter(stem for reading in self.readings for stem in {word[:_STEM] for word in reading.core})
        self._named: dict[str, list[int]] = defaultdict(list)
        self._paired: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, reading in enumerate(self.readings):
            for name in _names(reading):
                self._named[name].append(number)
            for pair in self._pairs(reading):
                self._paired[pair].append(number)

    def like(self, reading: Reading) -> set[int]:
        """Numbers of the readings worth comparing with this one; itself included when it is there."""
        found: set[int] = set()
        for name in _names(reading):
            found.update(self._named.get(name, ()))
        for pair in self._pairs(reading):
            near = self._paired.get(pair, ())
            if len(near) <= _CROWD:
                found.update(near)
        return found

    def _pairs(self, reading: Reading) -> Iterator[tuple[str, str]]:
        stems = {word[:_STEM] for word in reading.core if len(word) > 2}
        if len(stems) > _RARE:
            stems = set(sorted(stems, key=lambda stem: (self._common[stem], stem))[:_RARE])
        return combinations(sorted(stems), 2)


def _names(reading: Reading) -> set[str]:
    return {_name(form.words) for form in reading.forms if form.words}


def _name(said: Words) -> str:
    return work_of(said) or "".join(said)
