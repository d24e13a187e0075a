"""First names: compounds, initials, civilities, two persons in one field."""

from dataclasses import dataclass
from typing import Final

from publicc.harmonise.clean.civilities import BEFORE, without_civilities
from publicc.harmonise.clean.couples import persons_in
from publicc.harmonise.clean.nicknames import roots_of
from publicc.harmonise.clean.text import folded, words_of

_VOWELS: Final = frozenset("aeiouy")


@dataclass(frozen=True, slots=True)
class GivenName:
    """A first name ready to compare. `name` is None when only initials are known."""

    name: str | None = None
    """Letters only, compounds closed up: `jeansebastien`."""
    head: str | None = None
    """First word of a compound: `jean`."""
    initials: str | None = None
    """`js` for Jean-Sébastien, J.-S. and JS alike."""
    roots: tuple[str, ...] = ()
    """Formal names it may stand for, itself included: `bob` → bob, robert."""
    other: str | None = None
    """The second person of a couple written in one field."""


def _words_of_person(part: str) -> list[str]:
    words = without_civilities(words_of(part))
    long = [word for word in words if len(word) > 1]
    return long if long and len(words[0]) > 1 else words


def _are_initials(words: list[str]) -> bool:
    """Single letters of a script that has capitals: one Chinese character is a whole name."""
    if all(len(word) == 1 and word.upper() != word for word in words):
        return True
    return len(words) == 1 and len(words[0]) == 2 and words[0].isascii() and not _VOWELS & set(words[0])


def given_name(raw: str) -> GivenName:
    """Read one first-name field as it was written."""
    people = [words for words in map(_words_of_person, persons_in(folded(raw))) if words]
    if len(people) > 1:
        people = [words for words in people if words[0] not in BEFORE] or people
    if not people:
        return GivenName()
    words = people[0]
    other = "".join(people[1]) if len(people) > 1 else None
    if _are_initials(words):
        return GivenName(initials="".join(words), other=other)
    name = "".join(words)
    if not any(c.isalpha() for c in name):
        return GivenName(other=other)
    return GivenName(name, words[0], "".join(word[0] for word in words), roots_of(name), other)
