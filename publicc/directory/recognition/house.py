"""The habits of one house: the heads and brackets that it puts around many titles, and that are no part of any.

`SPOTLIGHT: …`, `RCA 25/26 - …`, `… (CLE)`: what recurs before or behind different titles names a series or a room of
that house. Only the titles of one organization can tell, so habits are learned from them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from publicc.directory.names import words
from publicc.directory.recognition.marks import lift
from publicc.directory.recognition.wordlists import ABOUT

SEPARATOR: Final = re.compile(r"\s*:\s+|\s+[-–—|]+\s+|\s+:\s*")
BRACKET: Final = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_PLAIN: Final = frozenset(":-–—|([{")
_HEADS: Final = 3
"""Different titles that one head must stand before."""
_ABOUT: Final = re.compile(rf"\b(?:{'|'.join(ABOUT)})\b")
_KEPT: Final = re.compile(rf"^$|\b(?:19|20)\d\d\b|{_ABOUT.pattern}")
"""Heads that tell shows apart however often they recur: an edition, an activity about a show."""


@dataclass(frozen=True, slots=True)
class House:
    """What an organization writes around its titles, as folded words."""

    heads: frozenset[str] = frozenset()
    brackets: frozenset[str] = frozenset()


NO_HABITS: Final = House()


def habits(titles: Iterable[str]) -> House:
    """Learn the habits of one organization from all its titles, whatever their order.

    A head that tells what is done *about* a show (`Opera Primer: …`, `Atelier : …`) is no habit: the title behind it is
    not being played.
    """
    behind: dict[str, set[str]] = {}
    around: dict[str, set[str]] = {}
    for title in set(titles):
        if _PLAIN.isdisjoint(title):
            continue
        bare = lift(title).title
        for said in BRACKET.findall(bare) if bare[-1:] in ")]}" else ():
            around.setdefault(words(said), set()).add(words(BRACKET.sub(" ", bare)))
        parts = SEPARATOR.split(bare, maxsplit=1)
        if len(parts) == 2 and words(parts[1]):
            behind.setdefault(words(parts[0]), set()).add(words(parts[1]))
    return House(
        frozenset(head for head, tails in behind.items() if len(tails) >= _HEADS and not _KEPT.search(head)),
        frozenset(said for said, bare in around.items() if len(bare) >= _HEADS and not said.isdigit()),
    )


def is_about(head: str) -> bool:
    """Whether folded words before a title say that it is spoken of, not played."""
    return bool(_ABOUT.search(head))
