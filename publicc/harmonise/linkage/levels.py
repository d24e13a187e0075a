"""Words for writing a model: levels, slips of the keyboard, keys. SQL conditions compare the records `l` and `r`."""

from publicc.harmonise.linkage.model import Key, Level, Relation
from publicc.kernel.text import Text


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


def close(left: str, right: str, *, long: int = 99) -> str:
    """One slip away (a letter added, lost, changed, two exchanged), or two slips in words of `long` letters or more.

    The cheap distance goes first: it counts an exchange as two, and rules nearly every pair out.
    """
    slips = f"CASE WHEN least(length({left}), length({right})) >= {long} THEN 2 ELSE 1 END"
    return (
        f"(abs(length({left}) - length({right})) <= 2 AND least(length({left}), length({right})) >= 3"
        f" AND levenshtein({left}, {right}) <= {slips} + 1 AND damerau_levenshtein({left}, {right}) <= {slips})"
    )


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
