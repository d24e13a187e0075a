"""The words that titles are taken apart by (`data/title_words.toml`), read once."""

import tomllib
from pathlib import Path
from typing import Final

from publicc.directory.names import words

_TABLE: Final = tomllib.loads((Path(__file__).parents[1] / "data" / "title_words.toml").read_text(encoding="utf-8"))

DROPPED: Final = frozenset(_TABLE["dropped"])
COUNTERS: Final = frozenset(_TABLE["counters"])
GENERAL: Final = frozenset(_TABLE["general"])
COMPANIES: Final[tuple[str, ...]] = tuple(f"{one} " for one in _TABLE["companies"])
FRENCH: Final = frozenset(_TABLE["french"])
ENGLISH: Final = frozenset(_TABLE["english"])
ABOUT: Final[tuple[str, ...]] = tuple(_TABLE["about"])
FORMATS: Final[dict[str, float]] = _TABLE["formats"]
SPELLINGS: Final[dict[str, str]] = _TABLE["spellings"]
COUNTED: Final[dict[str, str]] = _TABLE["counted"]
ROMAN: Final[dict[str, str]] = _TABLE["roman"]
PLACE_WORDS: Final = frozenset(_TABLE["place_words"])
SHARED_ROOMS: Final = frozenset(_TABLE["shared_rooms"])
CUES: Final[dict[str, str]] = {word: discipline for discipline, told in _TABLE["cues"].items() for word in told}
"""Word of a title → the discipline it speaks for."""


def significant(text: str) -> tuple[str, ...]:
    """The words of a title that count, folded, in order; all of them when none would be left."""
    said = words(text).split()
    return tuple(word for word in said if word not in DROPPED) or tuple(said)
