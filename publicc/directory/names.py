"""Comparing names of places and labels whatever their accents, case and punctuation."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_LIGATURES: Final = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O"})
_SAINT: Final = (re.compile(r"\bste\b"), re.compile(r"\bst\b"))
_NOT_LETTERS: Final = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=256)
def words(text: str) -> str:
    """Lower case words without accents, one space apart: `Théâtre  (jeune-public)` → `theatre jeune public`.

    The last ones are kept: a title is read a piece at a time, and the same piece many times.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LIGATURES)).encode("ascii", "ignore").decode()
    return _NOT_LETTERS.sub(" ", text.lower()).strip()


def folded(name: str) -> str:
    """A place name reduced to its letters, `St`/`Ste` opened: `STE-FOY`, `Sainte Foy` → `saintefoy`."""
    female, male = _SAINT
    return male.sub("saint", female.sub("sainte", words(name))).replace(" ", "")
