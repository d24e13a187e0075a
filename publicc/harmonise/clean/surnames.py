"""Surnames: particles, saints, hyphenated and married names."""

from dataclasses import dataclass
from typing import Final

from publicc.harmonise.clean.civilities import without_civilities
from publicc.harmonise.clean.couples import persons_in
from publicc.harmonise.clean.text import folded, words_of

_SAINTS: Final = {"st": "saint", "ste": "sainte", "sts": "saints"}
_PARTICLES: Final = frozenset(
    words_of(
        "saint sainte saints de des du d la le les l van von der den ter ten di da dos del della el al abu "
        "ben bin ibn mc mac o"
    )
)
_MARRIED: Final = frozenset(words_of("nee born epouse ep veuve vve"))


@dataclass(frozen=True, slots=True)
class Surname:
    """A surname ready to compare. `name` is None when nothing readable is there."""

    name: str | None = None
    """Letters only, all parts closed up in their order: `tremblaygagnon`."""
    parts: tuple[str, ...] = ()
    """Each surname of a double one; particles and saints belong to the word after them: `sainthilaire`."""
    words: tuple[str, ...] = ()
    """Words as written, for the case where the first name was typed in the same field."""


def _attached(words: list[str]) -> list[str]:
    parts: list[str] = []
    prefix = ""
    for word in words:
        plain = _SAINTS.get(word, word)
        if plain in _PARTICLES:
            prefix += plain
        else:
            parts.append(prefix + plain)
            prefix = ""
    return [*parts, prefix] if prefix else parts


def surname(raw: str) -> Surname:
    """Read one surname field as it was written; of a couple's two surnames both are kept as parts."""
    words = [
        word
        for person in persons_in(folded(raw))
        for word in without_civilities(words_of(person))
        if word not in _MARRIED
    ]
    parts = tuple(dict.fromkeys(part for part in _attached(words) if any(c.isalpha() for c in part)))
    return Surname("".join(parts), parts, tuple(words)) if parts else Surname()
