"""Labels of the box office → our closed lists, in French and in English. A word that is not known is asked, once.

The words themselves are in `words.toml`.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_NOISE: Final = re.compile(r"[^a-z0-9$%+]+")


def folded(label: str) -> str:
    """Lower case, without accents nor punctuation, single spaces: `Catégorie de prix*` → `categorie de prix`."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", label.replace("œ", "oe").replace("Œ", "OE"))
    plain = unicodedata.normalize("NFKD", spaced).encode("ascii", "ignore").decode().lower()
    return _NOISE.sub(" ", plain).strip()


@dataclass(frozen=True, slots=True)
class WordList:
    """One list: exact labels first, then words looked for inside the label, in the order given."""

    exact: Mapping[str, str]
    inside: tuple[tuple[str, re.Pattern[str]], ...] = ()

    def code_of(self, label: str) -> str | None:
        """Our code for a label, None when it is not known."""
        plain = folded(label)
        if plain in self.exact:
            return self.exact[plain]
        return next((code for code, pattern in self.inside if pattern.search(plain)), None)


_WORDS: Final[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def _word_list(name: str) -> WordList:
    exact = {folded(word): code for code, words in _WORDS[name]["exact"].items() for word in words}
    inside = _WORDS[name]["inside"].items()
    return WordList(exact, tuple((code, re.compile(rf"\b(?:{'|'.join(parts)})")) for code, parts in inside))


TICKET_STATUS: Final = _word_list("ticket_status")
"""Only VALID counts. `expired` = a reservation that lapsed."""

PRICE_GROUP: Final = _word_list("price_group")
CHANNEL: Final = _word_list("channel")
"""A channel says who sold, not where the buyer sat."""

PRODUCT: Final = _word_list("product")
"""Kinds of line: everything but TICKET is set apart and never a ticket."""

PERFORMANCE_STATUS: Final = _word_list("performance_status")
"""Datascène's five. « Reportée » with a date is RESCHEDULED; without one, POSTPONED (the date decides)."""

EVENT_TYPE: Final = _word_list("event_type")
DEAL_TYPE: Final = _word_list("deal_type")

LISTS: Final[Mapping[str, WordList]] = {
    "ticket_status": TICKET_STATUS,
    "order_status": TICKET_STATUS,
    "price_category": PRICE_GROUP,
    "channel": CHANNEL,
    "product_kind": PRODUCT,
    "performance_status": PERFORMANCE_STATUS,
    "event_type": EVENT_TYPE,
    "deal_type": DEAL_TYPE,
}
"""Target of a column → the list its labels are read with."""

_INSIDE_PRICES: Final = {
    "DONATION": r"\bdonation\b",
    "GIFT_CARD": r"\b(?:carte cadeau|gift card)",
    "MEMBERSHIP": r"\badhesion annuelle",
}
NOT_A_TICKET_AS_PRICE: Final = WordList(
    {word: code for word, code in PRODUCT.exact.items() if code not in ("TICKET", "FEE") and word != "concession"},
    tuple((code, re.compile(pattern)) for code, pattern in _INSIDE_PRICES.items()),
)
"""Price categories that say the line is no ticket: systems sell donations and gift cards beside tickets."""
