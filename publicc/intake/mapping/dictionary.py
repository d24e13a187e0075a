"""Headers seen at box offices, French and English, and what they may mean. One word alone never decides.

A header with several meanings is settled by its neighbours (`Titre` beside a first name is a salutation) and by its
values. The words themselves are in `headers.toml`.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from publicc.intake.mapping.targets import Target
from publicc.intake.words import folded

_HEADERS: Final[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("headers.toml").read_text(encoding="utf-8"))

AMBIGUOUS: Final[Mapping[str, tuple[Target, ...]]] = {
    folded(header): tuple(Target(code) for code in codes) for header, codes in _HEADERS["ambiguous"].items()
}
"""Headers with several meanings, the likelier first; neighbours and values decide."""

MEANINGS: Final[Mapping[str, Target]] = {
    folded(header): Target(code) for code, headers in _HEADERS["meanings"].items() for header in headers
}
"""Folded header → its meaning, when it has one only."""

_JOINING: Final = frozenset(
    ["a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "of", "the", "and"]
)
"""Words that change nothing: `Date et heure de la vente` is `Date heure vente`."""


def _bare(folded_header: str) -> str:
    return " ".join(word for word in folded_header.split() if word not in _JOINING)


def _bare_meanings() -> dict[str, Target]:
    """Meanings by header without its joining words, where all headers that come to the same agree."""
    found: dict[str, set[Target]] = {}
    for header, target in MEANINGS.items():
        found.setdefault(_bare(header), set()).add(target)
    ambiguous = {_bare(header) for header in AMBIGUOUS}
    return {bare: targets.pop() for bare, targets in found.items() if len(targets) == 1 and bare not in ambiguous}


BARE_MEANINGS: Final[Mapping[str, Target]] = _bare_meanings()

PLACES: Final[Mapping[Target, Target]] = {
    Target.CITY: Target.PERFORMANCE_CITY,
    Target.POSTAL_CODE: Target.PERFORMANCE_POSTAL_CODE,
    Target.TICKET_STATUS: Target.PERFORMANCE_STATUS,
}
"""What these mean in a table of performances, where no customer lives."""


def plain_header(header: str) -> str:
    """The header as it is looked up: folded, without a mark of option nor a bracketed remark."""
    bare = header.partition("(")[0].partition("*")[0]
    return folded(bare) or folded(header)


def meanings_of(header: str) -> tuple[Target, ...]:
    """The meanings a header may have, likelier first; empty when it is not known."""
    plain = plain_header(header)
    if plain in AMBIGUOUS:
        return AMBIGUOUS[plain]
    known = MEANINGS.get(plain) or BARE_MEANINGS.get(_bare(plain))
    return (known,) if known else ()
