"""How sure two titles are one show, 0–1, and why. Symmetric, and blind to the order in which titles are met."""

from enum import StrEnum
from typing import Final

from publicc.directory.recognition.counting import Words
from publicc.directory.recognition.forms import Form
from publicc.directory.recognition.reading import Reading
from publicc.directory.recognition.works import work_of
from publicc.kernel.vocabulary import Discipline

SURE: Final = 0.9
"""From here on two labels are joined without asking."""
DOUBTFUL: Final = 0.6
"""From here on a person is asked; below, they are two shows."""


class Family(StrEnum):
    """Disciplines that one show may be classed under by two organizations without either being wrong."""

    STAGE = "STAGE"
    MUSIC = "MUSIC"
    MOVEMENT = "MOVEMENT"
    SCREEN = "SCREEN"
    WALLS = "WALLS"


_FAMILIES: Final[dict[Discipline, frozenset[Family]]] = {
    Discipline.THEATRE: frozenset({Family.STAGE}),
    Discipline.SPOKEN_WORD: frozenset({Family.STAGE}),
    Discipline.HUMOUR: frozenset({Family.STAGE}),
    Discipline.VARIETY: frozenset({Family.STAGE, Family.MUSIC, Family.MOVEMENT}),
    Discipline.MUSICAL: frozenset({Family.STAGE, Family.MUSIC}),
    Discipline.OPERA: frozenset({Family.MUSIC, Family.STAGE}),
    Discipline.CIRCUS: frozenset({Family.MOVEMENT, Family.STAGE}),
    Discipline.DANCE: frozenset({Family.MOVEMENT}),
    Discipline.CLASSICAL_MUSIC: frozenset({Family.MUSIC}),
    Discipline.INSTRUMENTAL_MUSIC: frozenset({Family.MUSIC}),
    Discipline.SONG_FR: frozenset({Family.MUSIC}),
    Discipline.SONG_EN: frozenset({Family.MUSIC}),
    Discipline.SONG_OTHER: frozenset({Family.MUSIC}),
    Discipline.CINEMA: frozenset({Family.SCREEN}),
    Discipline.EXHIBITION: frozenset({Family.WALLS}),
}
_APART: Final = frozenset({Family.SCREEN, Family.WALLS})


def likeness(one: Reading, other: Reading) -> float:
    """How sure two titles name one show, from the titles alone. Numbers, ages and guests that differ speak against."""
    if not one.core or not other.core:
        return 0.0
    found = max(
        (_alike(a, b) for a in one.forms for b in other.forms if a.core or b.core or a.worth * b.worth >= 0.8),
        default=0.0,
    )
    if found < DOUBTFUL:
        return found
    return found * _against(one, other)


def family_factor(one: Discipline, other: Discipline) -> float:
    """1 when two disciplines may be those of one show; 0 between a screen and a stage; a doubt otherwise."""
    a, b = _FAMILIES.get(one), _FAMILIES.get(other)
    if a is None or b is None or a & b:
        return 1.0
    return 0.0 if (a | b) & _APART else 0.85


def _alike(a: Form, b: Form) -> float:
    ceiling = a.worth * b.worth
    return ceiling * same_words(a.words, b.words) if ceiling >= DOUBTFUL else 0.0


def same_words(one: Words, other: Words) -> float:
    """How far two runs of significant words are the same, 0–1: same order, at most one slip of the keyboard a word."""
    if one == other or "".join(one) == "".join(other):
        return 1.0
    work = work_of(one)
    if work is not None and work == work_of(other):
        return 0.96
    if len(one) == len(other) and sorted(one) == sorted(other):
        return 0.65
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) > max(1, len(shorter) // 3):
        return 0.0
    return _in_order(shorter, longer)


def _in_order(shorter: Words, longer: Words) -> float:
    """Share of words that stand in both in the same order; a word on one side only costs less than another word."""
    shared, near, at = 0, 0, 0
    for word in shorter:
        for place in range(at, len(longer)):
            if longer[place] == word or _near(longer[place], word):
                near += longer[place] != word
                shared, at = shared + 1, place + 1
                break
    replaced = len(shorter) - shared
    if replaced:
        return 0.8 * shared / len(longer)
    added = len(longer) - shared
    if near and (added or len(longer) == 1):
        return 0.75
    return 1.0 - 0.4 * added / len(longer) - 0.04 * near / len(longer)


def _near(a: str, b: str) -> bool:
    """One slip of the keyboard in a long word, or a word cut short: `juliet`, `juliette`; `doc`, `documentary`."""
    if len(a) > len(b):
        a, b = b, a
    if a[:1] != b[:1] or len(a) < 3:
        return False
    if b.startswith(a):
        return len(b) - len(a) <= (1 if len(a) == 4 else 2 if len(a) > 4 else 0) or (
            len(b) > 8 and len(b) >= 2 * len(a)
        )
    if len(b) - len(a) > 1 or len(a) < 5:
        return False
    return _one_slip(a, b)


def _one_slip(a: str, b: str) -> bool:
    first = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) == len(b):
        swapped = a[first : first + 2] == b[first : first + 2][::-1] and a[first + 2 :] == b[first + 2 :]
        return swapped or a[first + 1 :] == b[first + 1 :]
    return a[first:] == b[first + 1 :]


def _against(one: Reading, other: Reading) -> float:
    """What speaks against one show although the words agree."""
    factor = 1.0
    if one.numbers != other.numbers:
        factor *= 0.3 if one.numbers and other.numbers else 0.55
    if one.years != other.years:
        factor *= 0.3 if one.years and other.years else 0.95
    if one.ages and other.ages and one.ages != other.ages:
        factor *= 0.6
    if one.guests and other.guests and not _overlap(one.guests, other.guests):
        factor *= 0.6
    elif bool(one.guests) != bool(other.guests) and min(len(one.core), len(other.core)) == 1:
        factor *= 0.85
    if one.notes and other.notes and not _overlap(one.notes, other.notes):
        factor *= 0.93
    return factor


def _overlap(one: Words, other: Words) -> bool:
    """Whether half of the shorter list is in the longer one, or they are one word cut otherwise."""
    shorter, longer = sorted((one, other), key=len)
    return "".join(one) == "".join(other) or 2 * sum(word in longer for word in shorter) >= len(shorter)
