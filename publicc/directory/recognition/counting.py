"""Words of a title on one side, its numbers on the other: *Part Two*, *IV*, *18th*, *2009*, *2008-2009*."""

import re
from typing import Final

from publicc.directory.names import words
from publicc.directory.recognition.wordlists import COUNTED, COUNTERS, DROPPED, ROMAN, SPELLINGS

Words = tuple[str, ...]

YEAR: Final = re.compile(r"(?:19|20)\d\d")
_RANK: Final = re.compile(r"#\d+(?=\s+\w)")
_ORDINAL: Final = re.compile(r"(\d+)(?:st|nd|rd|th|e|er|ere|eme|ieme)")
_SEASON: Final = re.compile(r"((?:19|20)\d\d)\s?[-–/]\s?((?:19|20)?\d\d)\b")


def spelled(text: str) -> list[str]:
    """The folded words of a part of a title, spelled one way; a rank (`#1 tribute`) is no number of the show."""
    said = words(_RANK.sub(" ", text) if "#" in text else text).split()
    return said if SPELLINGS.keys().isdisjoint(said) else [SPELLINGS.get(word, word) for word in said]


def count(said: list[str]) -> tuple[Words, list[str]]:
    """Significant words without numbers, and the numbers; these stay words where little else is left: `9 to 5`."""
    kept, counted = split_numbers(said)
    if kept and (not counted or any(len(word) > 2 for word in kept)):
        return kept, counted
    return tuple(said), []


def split_numbers(said: list[str]) -> tuple[Words, list[str]]:
    """Significant words, and numbers: digits, ordinals, Roman ones, `part two`."""
    kept: list[str] = []
    counted: list[str] = []
    before = ""
    for word in said:
        number = _number(word, before)
        if number is not None:
            counted.append(number)
        elif word not in DROPPED:
            kept.append(word)
        before = word
    return tuple(kept), counted


def numbers_in(counted: list[str], title: str) -> frozenset[str]:
    """The numbers of a title, the year or season that ends it included: it tells productions and editions apart."""
    season = _SEASON.search(title) if counted else None
    if season is None:
        return frozenset(counted)
    return frozenset(number for number in counted if number not in season.groups()) | {f"{season[1]}-{season[2][-2:]}"}


def _number(word: str, before: str) -> str | None:
    if word[0].isdigit():
        if word.isdigit():
            return word.lstrip("0") or "0"
        ordinal = _ORDINAL.fullmatch(word)
        return ordinal[1] if ordinal else None
    if before in COUNTERS and word in COUNTED:
        return COUNTED[word]
    return ROMAN.get(word)
