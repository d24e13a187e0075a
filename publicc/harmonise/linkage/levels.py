"""Words for writing a model: levels, slips of the keyboard, keys. SQL conditions compare the records `l` and `r`."""

from typing import Final

from publicc.harmonise.linkage.model import Key, Level, Relation
from publicc.kernel.text import Text

NEVER: Final = 99
"""Letters of a word so long that two slips in it would be no more than one in another: there is none."""


def level(
    name: str,
    condition: str,
    *,
    same: float,
    home: float,
    chance: float,
    rarity: str | None = None,
    resembles: int = 0,
    sought: bool = False,
) -> Level:
    """One degree of agreement: how often a person (`same`), a household (`home`) and strangers (`chance`) reach it."""
    expected = {Relation.SAME_PERSON: same, Relation.SAME_HOUSEHOLD: home}
    return Level(name, condition, rarity, expected, resembles, chance, sought)


def close(left: str, right: str, *, long: int = NEVER) -> str:
    """One slip away (a letter added, lost, changed, two exchanged), or two slips in words of `long` letters or more.

    Each CASE keeps what follows from being computed where a cheaper look has the answer: two words of plain letters and
    one length differ, after one slip, in two places at most. A distance of Levenshtein counts an exchange as two.
    """
    shortest, apart = f"least(length({left}), length({right}))", f"abs(length({left}) - length({right}))"
    exchanged = f"damerau_levenshtein({left}, {right})"
    plain = f"strlen({left}) = strlen({right}) AND strlen({left}) = length({left})"
    one = f"""CASE WHEN {apart} > 1 THEN false
        WHEN {apart} = 1 THEN levenshtein({left}, {right}) <= 1
        WHEN {plain} THEN CASE WHEN hamming({left}, {right}) <= 2 THEN {exchanged} <= 1 ELSE false END
        ELSE {exchanged} <= 1 END"""
    two = f"""CASE WHEN {apart} > 2 THEN false
        WHEN levenshtein({left}, {right}) <= 3 THEN {exchanged} <= 2 ELSE false END"""
    slips = one if long == NEVER else f"CASE WHEN {shortest} >= {long} THEN {two} ELSE {one} END"
    return f"(CASE WHEN {shortest} < 3 THEN false ELSE {slips} END)"


def same_end(column: str, letters: int) -> str:
    """The same first letters or the same last ones: one slip leaves either half of a word as it was."""
    left, right = f"l.{column}", f"r.{column}"
    return f"(starts_with({left}, left({right}, {letters})) OR ends_with({left}, right({right}, {letters})))"


def either_begins(column: str) -> str:
    """One side is the beginning of the other."""
    return f"(starts_with(l.{column}, r.{column}) OR starts_with(r.{column}, l.{column}))"


def same_digits(column: str) -> str:
    """Whatever the letters, the digits are the same."""
    left, right = (f"regexp_replace({side}.{column}, '[^0-9]', '', 'g')" for side in "lr")
    return f"{left} = {right}"


def sound(name: str) -> str:
    """First letter, then consonants: survives most slips in the middle of a word."""
    return f"left({name}, 1) || regexp_replace(substr({name}, 2), '[aeiouyh]', '', 'g')"


def begins(*columns_and_letters: str | int) -> tuple[str, ...]:
    """The first letters of each column: `begins("given", 3, "city", 2)`."""
    return tuple(
        f"left({column}, {letters})"
        for column, letters in zip(columns_and_letters[::2], columns_and_letters[1::2], strict=True)
    )


def key(fr: str, en: str, *columns: str, cap: int = 40, unnest: str | None = None) -> Key:
    """A key made of several columns together; one of them unknown and there is no key."""
    return Key(Text(fr, en), columns, cap, unnest)
