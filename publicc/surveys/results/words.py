"""Open answers: what must not be read masked, which words come back. Pure; nothing here leaves the organization."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_MASK: Final = "•••"
_HIDDEN: Final = (
    re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"),
    re.compile(r"(?:\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]?\d{3}[\s.-]?\d{4}\b"),
    re.compile(r"\b[A-Za-z]\d[A-Za-z][ -]?\d[A-Za-z]\d\b"),
    re.compile(r"https?://\S+"),
    re.compile(r"(?<![\w@])@\w{2,}"),
    re.compile(r"\b(?:M\.|Mme|Mlle|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Dre)\s+[A-ZÀ-Ý][\w'’-]+(?:\s+[A-ZÀ-Ý][\w'’-]+)?"),
)
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_EMPTY: Final = frozenset(Path(__file__).with_name("empty_words.txt").read_text(encoding="utf-8").split())
"""Words of French and English that say nothing by themselves, accents aside."""


def masked(words: str) -> str:
    """The words without e-mails, telephones, postal codes, addresses of pages and titled names."""
    for pattern in _HIDDEN:
        words = pattern.sub(_MASK, words)
    return words


def terms(comments: Iterable[str], most: int = 20, fewest: int = 2) -> list[tuple[str, int]]:
    """The words that come back, with how many comments hold them; accents and capitals aside, empty words left out.

    Each word is given as it was most often written. The comments are masked ones.
    """
    holding: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    for comment in comments:
        written = [one.lower() for one in _WORD.findall(comment)]
        for word in written:
            forms.setdefault(_folded(word), Counter())[word] += 1
        holding.update({_folded(word) for word in written})
    found = [
        (name, times)
        for name, times in holding.items()
        if times >= fewest and name not in _EMPTY and f"{name}s" not in _EMPTY
    ]
    found.sort(key=lambda one: (-one[1], one[0]))
    return [(forms[name].most_common(1)[0][0], times) for name, times in found[:most]]


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFD", word)
    return "".join(one for one in plain if not unicodedata.combining(one)).removesuffix("s")
