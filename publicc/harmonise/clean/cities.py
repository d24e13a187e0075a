"""Municipalities: one spelling, and the city that a borough or a merged municipality now belongs to."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from publicc.harmonise.clean.text import folded, words_of

_MERGED: Final = "data/merged_municipalities.txt"
_SAINTS: Final = {"st": "saint", "ste": "sainte", "mt": "mont", "mount": "mont", "ft": "fort"}
_SECTORS: Final = frozenset(
    words_of(
        "north south east west northeast northwest southeast southwest central outer inner upper lower "
        "downtown and nord sud est ouest city ville secteur region centre"
    )
)
_PROVINCES: Final = frozenset(words_of("qc quebec on ontario nb pq que ont canada"))


@dataclass(frozen=True, slots=True)
class City:
    """A city ready to compare."""

    name: str | None = None
    """As written, one spelling, closed up: `sainthyacinthe`, `downtownmontrealnortheast`."""
    municipality: str | None = None
    """Without its sector, and the city of today where it was merged: `montreal`."""


@cache
def _city_of_today() -> dict[str, str]:
    known = {}
    for line in files(__package__).joinpath(_MERGED).read_text(encoding="utf-8").splitlines():
        today, _, merged = line.partition(":")
        for part in merged.split(","):
            known["".join(_core(_spelled(part)))] = "".join(_core(_spelled(today)))
    return known


def _spelled(raw: str) -> list[str]:
    return [_SAINTS.get(word, word) for word in words_of(folded(raw))]


def _core(words: list[str]) -> list[str]:
    return [word for word in words if word not in _SECTORS] or words


def city(raw: str) -> City:
    """Read one city field as it was written: `MTL`, `Ste-Foy (Québec)`, `St-Jérôme, QC`."""
    words = _spelled(raw)
    while len(words) > 1 and words[-1] in _PROVINCES:
        words.pop()
    if not any(word.isalpha() for word in words):
        return City()
    municipality = "".join(_core(words))
    return City("".join(words), _city_of_today().get(municipality, municipality))
