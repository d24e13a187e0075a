"""Words put before or after a name that are not part of it."""

from collections.abc import Sequence
from typing import Final

from publicc.harmonise.clean.text import words_of

BEFORE: Final = frozenset(
    words_of(
        "m mr mme mmes mm mlle mlles mrs ms miss mx me mtre dr dre drs prof monsieur madame mademoiselle "
        "messieurs mesdames docteur docteure maitre sir rev reverend hon honorable mister abbe famille family"
    )
)
AFTER: Final = frozenset(words_of("jr sr ii iii iv phd ing esq md fils pere cpa msrc ceo"))


def without_civilities(words: Sequence[str]) -> list[str]:
    """The words of a name without civilities in front and suffixes behind; a lone initial `m` stays an initial."""
    first, last = 0, len(words)
    while first < last - 1 and words[first] in BEFORE:
        first += 1
    while last > first + 1 and words[last - 1] in AFTER:
        last -= 1
    kept = list(words[first:last])
    return [] if len(kept) == 1 and kept[0] in BEFORE and len(kept[0]) > 1 else kept
