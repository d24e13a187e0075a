"""Folding: the same letters for the same word, whatever the accents, the case and the apostrophes."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 200
"""Characters looked at in one value: longer ones are cut, as no name, address or e-mail needs more."""

_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "’": "'", "`": "'", "´": "'"})
_WORD: Final = re.compile(r"[^\W_]+")


def folded(raw: str) -> str:
    """Lower case without accents; ligatures spelled out; cut at `LONGEST`. Other scripts keep their letters."""
    plain = raw[:LONGEST]
    if plain.isascii():
        return plain.lower().replace("`", "'")
    plain = unicodedata.normalize("NFKD", plain)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return plain.lower().translate(_LIGATURES)


def words_of(text: str) -> list[str]:
    """Runs of letters and digits, apostrophes closed up (`d'amours` is one word)."""
    return _WORD.findall(text.replace("'", ""))
