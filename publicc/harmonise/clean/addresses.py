"""Civic addresses of French and English Canada: number, apartment, street; boxes and rural routes."""

import re
from dataclasses import dataclass
from typing import Final

from publicc.harmonise.clean.text import folded, words_of

_UNIT: Final = re.compile(
    r"(?:#|\b(?:app|apt|appt|apart|appartement|apartment|suite|unit|unite|bureau|bur|local|porte|ph|logement|log)\b)"
    r"\s*[#:]?\s*[a-z]?\d*[a-z]?(?![^\W_])"
)
_UNIT_FIRST: Final = re.compile(r"^\s*[a-z]?\d+[a-z]?\s*-\s*(\d+[a-z]?)\b")
_BOX: Final = re.compile(r"\b(?:c\s*p|p\s*o\s*box|po\s*box|case postale|boite postale|b\s*p|box|succ)\s*(\d+)\b")
_RURAL: Final = re.compile(r"\b(?:r\s*r|route rurale|rural route|rr)\s*#?\s*(\d+)\b")
_NUMBERED_WORD: Final = re.compile(r"[^\W\d_][\s#]*\d")
_DIGIT: Final = re.compile(r"\d")
_CIVIC: Final = re.compile(r"^\s*(\d+)\s*(?:[a-z]\b|1/2)?\s*(.*)$")
_PUNCTUATION: Final = re.compile(r"[^\w#/]+|_")
_ORDINAL: Final = re.compile(r"\b(\d+)\s*(?:st|nd|rd|th|e|er|re|ere|eme|ieme)\b")

_TYPES: Final = frozenset(
    words_of(
        "rue r street st str av ave avenue boul blvd bd bld boulevard ch chemin rd road rang rg route rte "
        "place pl drive dr cres crescent croissant crois court crt ct cour lane ln terrasse terr terrace "
        "impasse imp allee montee mtee square sq carre way promenade prom parkway pkwy quai circle cir cercle "
        "autoroute aut highway hwy ruelle passage trail cote sentier voie rond"
    )
)
_DIRECTIONS: Final = frozenset(words_of("n s e o w nord sud est ouest north south east west no ne so se nw sw"))
_LINKS: Final = frozenset(words_of("de des du d la le les l the of"))
_SAINTS: Final = {"st": "saint", "ste": "sainte", "sts": "saints", "mt": "mont", "mtn": "mont", "mount": "mont"}

_NUMBERS_AHEAD: Final = "^\\s*(?:[a-z]?[0-9]+[a-z]?\\s*-\\s*)?([0-9]+)"
_UNIT_BEHIND: Final = (
    "[\\s,]*(?:#|\\b(?:app|apt|appt|apart|appartement|apartment|suite|unit|unite|bureau|bur|local|log|logement)\\b)"
    "[\\s.:#]*[a-z]?[0-9]+$"
)
_BOX_OR_ROUTE: Final = "\\br\\W*r\\b|\\brura|\\broute|box|\\bc\\W*p\\b|\\bb\\W*p\\b|postale|\\bsucc"
"""What makes of the number behind it a box or a rural route."""


def civic_sql(line: str) -> str:
    """SQL: the civic number with which a folded line begins, behind its apartment if need be; else NULL."""
    return f"nullif(regexp_extract({line}, '{_NUMBERS_AHEAD}', 1), '')"


def unnumbered_sql(line: str) -> str:
    """SQL: a folded line with `1` for the numbers that it begins with. Streets are few, doors are many."""
    return f"regexp_replace({line}, '{_NUMBERS_AHEAD}', '1')"


def doorless_sql(line: str) -> str:
    """SQL: a folded line without the apartment that it ends with: `address` reads the same street of far fewer."""
    return (
        f"CASE WHEN NOT regexp_matches({line}, '[0-9]$') OR regexp_matches({line}, '{_BOX_OR_ROUTE}') THEN {line}"
        f" ELSE regexp_replace({line}, '{_UNIT_BEHIND}', '') END"
    )


@dataclass(frozen=True, slots=True)
class Address:
    """An address ready to compare; each part is None when it is not written."""

    civic: str | None = None
    street: str | None = None
    """Words of the street without its type and direction, closed up: `christophecolomb`, `rr3`, `box120`."""


def address(raw: str) -> Address:
    """Read one address line as it was written."""
    line = folded(raw).replace("'", "").strip()
    if ahead := _UNIT_FIRST.match(line):
        line = line[ahead.start(1) :]
    line = _PUNCTUATION.sub(" ", line).strip()
    for pattern, name in ((_BOX, "box"), (_RURAL, "rr")) if _NUMBERED_WORD.search(line) else ():
        if found := pattern.search(line):
            rest = _CIVIC.match(line[: found.start()])
            return Address(civic=rest[1] if rest else None, street=name + found[1])
    if found := _UNIT.search(line):
        line = line[: found.start()] + " " + line[found.end() :]
    civic, street = None, line
    if found := _CIVIC.match(line):
        civic, street = found[1], found[2]
    if _DIGIT.search(street):
        street = _ORDINAL.sub(r"\1", street)
    return Address(civic, _street(street.split()) or None)


def _street(words: list[str]) -> str:
    kept = _trimmed(words)
    return "".join(_SAINTS.get(word, word) for word in kept if word not in _LINKS or len(kept) == 1)


def _trimmed(words: list[str]) -> list[str]:
    """Type in front (French) or behind (English), then direction behind, taken off as long as a name remains."""
    first, last = 0, len(words)
    while last - first > 1 and words[last - 1] in _DIRECTIONS:
        last -= 1
    leading_saint = last - first > 1 and words[first] in _SAINTS
    if last - first > 1 and words[first] in _TYPES and not (leading_saint and words[first + 1] not in _TYPES):
        first += 1
    elif last - first > 1 and words[last - 1] in _TYPES:
        last -= 1
    while last - first > 1 and words[last - 1] in _DIRECTIONS:
        last -= 1
    return words[first:last]
